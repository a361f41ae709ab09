"""Three ways to tell a place: waves and turns depend on distance alone, learned vectors need not; and what a mask still tells without any."""
import math

import pytest
import torch
from pytest import approx
from torch.testing import assert_close

from engine import Without
from engine.model import Config, Decoder
from engine.positions import by_distance, cosines, rotary, sinusoidal, turns

PLACES = torch.arange(40)


def test_sinusoidal_vectors_are_those_of_the_paper():
    vectors = sinusoidal(PLACES, 16)
    for place, pair in ((0, 0), (3, 0), (3, 5), (39, 7)):
        angle = place / 10000 ** (2 * pair / 16)
        assert vectors[place, 2 * pair:2 * pair + 2].tolist() == approx([math.sin(angle), math.cos(angle)], abs=1e-6)


@pytest.mark.parametrize("width", [2, 16, 256])
def test_product_of_sinusoidal_vectors_depends_on_distance_only(width):
    vectors = sinusoidal(PLACES, width).double()
    products = vectors @ vectors.T
    for distance in range(len(PLACES)):
        diagonal = products.diagonal(distance)
        assert_close(diagonal, torch.full_like(diagonal, float((distance * turns(width)).cos().sum())), atol=1e-4 * width, rtol=0)


def test_sinusoidal_vectors_all_have_one_length():
    assert_close(sinusoidal(PLACES, 64).norm(dim=-1), torch.full((40,), math.sqrt(32)), atol=1e-5, rtol=0)


@pytest.mark.parametrize("width", [2, 8, 32])
def test_product_of_turned_query_and_key_depends_on_distance_only(width):
    chance = torch.Generator().manual_seed(3)
    q, k = (torch.randn(width, generator=chance) for _ in range(2))
    products = rotary(q.expand(40, -1), PLACES) @ rotary(k.expand(40, -1), PLACES).T
    assert float(products[0, 0]) == approx(float(q @ k), abs=1e-4)
    for distance in range(-39, 40):
        diagonal = products.diagonal(distance)
        assert_close(diagonal, diagonal[:1].expand_as(diagonal), atol=1e-4, rtol=0)
    assert width == 2 or products.std() > 0.1


def test_turning_keeps_lengths_and_leaves_the_first_place_alone():
    x = torch.randn(2, 3, 40, 8, generator=torch.Generator().manual_seed(1))
    turned = rotary(x, PLACES)
    assert_close(turned.norm(dim=-1), x.norm(dim=-1), atol=1e-5, rtol=0)
    assert_close(turned[..., 0, :], x[..., 0, :])


def test_turns_of_turns_add_up():
    x = torch.randn(1, 8, generator=torch.Generator().manual_seed(2))
    assert_close(rotary(rotary(x, torch.tensor([3])), torch.tensor([4])), rotary(x, torch.tensor([7])), atol=1e-5, rtol=0)


def test_by_distance_is_what_the_diagonals_hold():
    similarity = torch.tensor([[1.0, 9, 9], [0.5, 1, 9], [0.1, 0.7, 1]])
    found = by_distance(similarity)
    assert found.mean.tolist() == approx([1, 0.6, 0.1]) and found.low.tolist() == approx([1, 0.5, 0.1]) and found.high.tolist() == approx([1, 0.7, 0.1])
    waves = by_distance(cosines(sinusoidal(PLACES, 64)))
    assert_close(waves.low, waves.high, atol=1e-5, rtol=0)


def decoder(layers: int) -> Decoder:
    """Random and wide, so that no two orders agree by chance."""
    made = Decoder(Config(vocab_size=50, n_positions=16, n_embd=16, n_layer=layers, n_head=4))
    chance = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for name, parameter in made.named_parameters():
            parameter.copy_(float(".ln_" in name and name.endswith("weight")) + 0.4 * torch.randn(parameter.shape, generator=chance))
    return made.eval().requires_grad_(False)


IDS = torch.tensor([[0, 7, 21, 33, 7, 48, 12]])
SHUFFLED = IDS[:, [0, 5, 3, 1, 2, 4, 6]]            # the last stays


def last(model: Decoder, ids, **without) -> torch.Tensor:
    return model(ids, without=Without(**without)).logits[0, -1]


def test_one_layer_without_positions_sees_a_bag_of_words():
    model = decoder(1)
    assert_close(last(model, SHUFFLED, positions=True), last(model, IDS, positions=True), atol=1e-4, rtol=0)
    assert (last(model, SHUFFLED) - last(model, IDS)).abs().max() > 0.1


def test_two_layers_without_positions_still_see_the_order_by_the_mask():
    model = decoder(2)
    assert (last(model, SHUFFLED, positions=True) - last(model, IDS, positions=True)).abs().max() > 0.01


@pytest.mark.parametrize("layers", [1, 2, 4])
def test_without_positions_and_mask_no_depth_sees_the_order(layers):
    model = decoder(layers)
    assert_close(last(model, SHUFFLED, positions=True, mask=True), last(model, IDS, positions=True, mask=True), atol=1e-3, rtol=0)


@pytest.mark.parametrize("width", (1, 3, 33))
def test_an_odd_width_lacks_the_last_cosine_or_leaves_the_last_number_unturned(width):
    assert_close(sinusoidal(PLACES, width), sinusoidal(PLACES, width + 1)[:, :width])
    x = torch.randn(2, 40, width, generator=torch.Generator().manual_seed(1))
    assert_close(rotary(x, PLACES)[..., -1], x[..., -1])
    assert_close(rotary(x, PLACES).norm(dim=-1), x.norm(dim=-1), atol=1e-5, rtol=0)
