"""Muon: every direction of the update has about the same length, and a step goes downhill."""
import pytest
import torch
from torch.testing import assert_close

from engine import muon
from engine.muon import Muon, orthogonalise


@pytest.fixture(autouse=True, params=[False, True], ids=["float32", "bfloat16"])
def half(request, monkeypatch):
    """Each test in either format of the iteration, whatever this processor has."""
    monkeypatch.setattr(muon, "has_bfloat16", lambda device: request.param)
    return request.param


def _random(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("shape", [(3, 16, 16), (2, 16, 64), (2, 64, 16), (1, 48, 16)], ids=str)
@pytest.mark.parametrize("size", [1e-4, 1.0, 1e4])
def test_singular_values_are_about_one(shape, size):
    values = torch.linalg.svdvals(orthogonalise(size * _random(*shape)))
    assert_close(values.median(), torch.tensor(1.0), atol=0.25, rtol=0)
    assert values.max() < 1.21 and (values > 0.68).float().mean() > 0.85      # the tiniest take more than five rounds


@pytest.mark.parametrize("shape", [(1, 8, 32), (1, 32, 8)], ids=str)
def test_directions_stay(shape, half):
    matrix = _random(*shape)
    u, _, v = torch.linalg.svd(matrix[0], full_matrices=False)
    turned = u.T @ orthogonalise(matrix)[0] @ v.T                       # diagonal in the matrix's own directions
    assert (turned - turned.diag().diag()).abs().max() < (2e-2 if half else 1e-3) and turned.diag().min() > 0.3


def test_each_matrix_of_a_stack_is_on_its_own():
    stack = _random(4, 8, 24)
    assert_close(orthogonalise(stack), torch.cat([orthogonalise(each[None]) for each in stack]), atol=1e-5, rtol=0)


def test_no_gradient_no_update():
    assert orthogonalise(torch.zeros(1, 4, 4)).eq(0).all()


@pytest.mark.parametrize("shape, length", [((16, 16), 1.0), ((16, 64), 2.0), ((64, 16), 1.0)], ids=str)
def test_a_first_step_is_the_orthogonal_gradient(shape, length):
    start, gradient = _random(*shape, seed=1), _random(*shape, seed=2)
    parameter = torch.nn.Parameter(start.clone())
    parameter.grad = gradient.clone()
    Muon([parameter], lr=0.1, weight_decay=0.5).step()
    expected = start * (1 - 0.1 * 0.5) - 0.1 * length * orthogonalise(gradient[None])[0]
    assert_close(parameter.detach(), expected, atol=1e-5, rtol=0)


def test_it_goes_downhill():
    target = _random(8, 8)
    parameter = torch.nn.Parameter(torch.zeros(8, 8))
    optimizer = Muon([parameter], lr=0.05)
    distances = []
    for _ in range(60):
        optimizer.zero_grad()
        distance = (parameter - target).pow(2).sum()
        distance.backward()
        optimizer.step()
        distances.append(distance.item())
    assert distances[-1] < 0.5 * distances[0]
