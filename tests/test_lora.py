"""A low-rank adapter: nothing at first, linear in its strength, and never written into the shared weights."""
import pytest
import torch
from torch.testing import assert_close

from engine.lora import EMBEDDING, TARGETS, Adapter, Whole, merge, moved


@pytest.fixture
def adapter(tiny):
    """An adapter of rank 2 with every part filled in."""
    fresh = Adapter.fresh(tiny.decoder, rank=2, alpha=6.0, rows=(1, 3), seed=0)
    chance = torch.Generator().manual_seed(1)
    for tensor in (*fresh.b.values(), fresh.row_change):
        tensor.normal_(generator=chance)
    return fresh


def test_a_fresh_adapter_changes_nothing(tiny):
    fresh = Adapter.fresh(tiny.decoder, rank=4, alpha=8.0, rows=(1,), seed=0)
    assert fresh.a.keys() == {f"transformer.h.{i}.{target}.weight" for i in range(2) for target in TARGETS}
    for name, value in merge(tiny.decoder, fresh).state_dict().items():
        assert torch.equal(value, tiny.decoder.state_dict()[name])


@pytest.mark.parametrize("strength", [0, 0.3, 1.0, -1.0])
def test_merged_weights_are_the_formula(tiny, adapter, strength):
    before = {name: value.clone() for name, value in tiny.decoder.state_dict().items()}
    merged = merge(tiny.decoder, adapter, strength).state_dict()
    for name, value in before.items():
        expected = value.clone()
        if name in adapter.a:
            expected += strength * 3.0 * adapter.a[name] @ adapter.b[name]              # alpha / rank = 3
        if name == EMBEDDING:
            expected[[1, 3]] += strength * adapter.row_change
        assert_close(merged[name], expected, atol=1e-6 if strength else 0, rtol=0)
        assert torch.equal(tiny.decoder.state_dict()[name], value)                      # the shared model is as it was
        assert merged[name].data_ptr() != tiny.decoder.state_dict()[name].data_ptr()


def test_the_change_of_a_matrix_has_the_rank_it_says(tiny, adapter):
    merged = merge(tiny.decoder, adapter)
    for name in adapter.a:
        change = (merged.get_parameter(name) - tiny.decoder.get_parameter(name)).double()
        assert torch.linalg.matrix_rank(change, atol=1e-4) == 2


def test_gradients_reach_the_adapter_and_not_the_base(tiny, adapter):
    for tensor in adapter.tensors():
        tensor.requires_grad_(True)
    sum(weight.pow(2).sum() for weight in adapter.changed(tiny.decoder).values()).backward()
    assert all(tensor.grad.abs().max() > 0 for tensor in adapter.tensors())
    assert all(parameter.grad is None for parameter in tiny.decoder.parameters())


def test_whole_weights_on_the_way_from_the_base(tiny):
    fresh = Whole.fresh(tiny.decoder)
    for name, value in merge(tiny.decoder, fresh).state_dict().items():
        assert torch.equal(value, tiny.decoder.state_dict()[name])
    for name, value in fresh.weights.items():
        fresh.weights[name] = value + 1
    ends = {strength: merge(tiny.decoder, fresh, strength).state_dict() for strength in (0, 0.5, 1.0)}
    for name, value in tiny.decoder.state_dict().items():
        assert torch.equal(ends[0][name], value)
        assert_close(ends[0.5][name], value + 0.5, atol=1e-6, rtol=0)
        assert torch.equal(ends[1.0][name], fresh.weights[name])


@pytest.mark.parametrize("strength", [0, 0.3, 1.0])
def test_what_moved_is_the_norm_of_the_difference(tiny, adapter, strength):
    found = moved(tiny.decoder, merge(tiny.decoder, adapter, strength))
    assert found.shape == (2, len(TARGETS))
    for i in range(2):
        for column, target in enumerate(TARGETS):
            name = f"transformer.h.{i}.{target}.weight"
            change = strength * adapter.scale * (adapter.a[name] @ adapter.b[name])
            assert float(found[i, column]) == pytest.approx(float(change.norm() / tiny.decoder.get_parameter(name).norm()), abs=1e-5)
