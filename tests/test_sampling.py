"""Logits become probabilities step by step, and the draw follows them."""
import math

import pytest
import torch
from torch.testing import assert_close

from engine import KnobError, distribution
from engine.sampling import draw

LOGITS = torch.tensor([1.0, 3.0, -2.0, 2.5, 0.0, 2.9])
LIKELIEST_FIRST = [1, 5, 3, 0, 4, 2]


def kept(d) -> set[int]:
    return set(d.kept.nonzero().flatten().tolist())


@pytest.mark.parametrize("temperature", [0.1, 0.8, 1.0, 2.0, 50.0])
def test_softmax_of_scaled_logits(temperature):
    d = distribution(LOGITS, temperature)
    powers = [math.exp(x / temperature) for x in LOGITS.tolist()]
    assert_close(d.probs, torch.tensor([x / sum(powers) for x in powers]), atol=1e-6, rtol=0)
    assert_close(d.scaled, LOGITS / temperature, atol=1e-6, rtol=0)
    assert kept(d) == set(range(6)) and d.logits is LOGITS and d.temperature == temperature
    assert abs(d.entropy + sum(p * math.log(p) for p in d.probs.tolist() if p)) < 1e-5


@pytest.mark.parametrize("temperature", [0, 0.0, 1e-6, 1e-30, 1e-40, 1e-310])
def test_no_temperature_is_argmax(temperature):
    d = distribution(LOGITS, temperature)
    assert d.probs.tolist() == [0, 1, 0, 0, 0, 0] and d.entropy == 0
    assert draw(d, torch.Generator()) == 1


def test_temperature_widens():
    assert distribution(torch.zeros(8)).entropy == pytest.approx(math.log(8), abs=1e-5)
    entropies = [distribution(LOGITS, t).entropy for t in (0, 0.3, 0.8, 1, 2, 10)]
    assert entropies == sorted(entropies) and entropies[-1] < math.log(6)


@pytest.mark.parametrize("k", [1, 2, 5, 6, 99, None])
def test_top_k_keeps_the_likeliest(k):
    d = distribution(LOGITS, 0.8, top_k=k)
    assert kept(d) == set(LIKELIEST_FIRST[:k])
    whole = distribution(LOGITS, 0.8).probs * d.kept
    assert_close(d.probs, whole / whole.sum(), atol=1e-6, rtol=0)


@pytest.mark.parametrize("p", [0.01, 0.4, 0.7, 0.9, 0.999, 1.0])
@pytest.mark.parametrize("k", [None, 4])
def test_top_p_keeps_the_fewest_that_reach_p(p, k):
    d = distribution(LOGITS, 1.5, top_k=k, top_p=p)
    mass = distribution(LOGITS, 1.5, top_k=k).probs[LIKELIEST_FIRST].cumsum(0).tolist()
    fewest = next((n for n, m in enumerate(mass, 1) if m >= p), k or 6) if p < 1 else k or 6
    assert kept(d) == set(LIKELIEST_FIRST[:fewest])
    assert abs(d.probs.sum().item() - 1) < 1e-6 and not d.probs[~d.kept].any()


def test_equal_logits_are_cut_to_exactly_k():
    assert len(kept(distribution(torch.zeros(10), top_k=3))) == 3


def test_huge_logits_stay_numbers():
    d = distribution(torch.tensor([1e30, -1e30, 1e30]))
    assert d.probs.tolist() == [0.5, 0, 0.5] and d.entropy == pytest.approx(math.log(2), abs=1e-6)


@pytest.mark.parametrize("knob, value", [
    ("temperature", -0.1), ("temperature", math.nan), ("temperature", math.inf), ("top_k", 0), ("top_k", -3),
    ("top_p", 0.0), ("top_p", -0.5), ("top_p", 1.01), ("top_p", math.nan)])
def test_a_knob_out_of_range_is_named(knob, value):
    with pytest.raises(KnobError) as caught:
        distribution(LOGITS, **{knob: value})
    assert caught.value.code == knob and str(value) in str(caught.value)


def test_draws_come_as_often_as_their_probability():
    d = distribution(LOGITS, 1.0, top_k=4)
    chance = torch.Generator().manual_seed(1)
    counts = torch.bincount(torch.tensor([draw(d, chance) for _ in range(4000)]), minlength=6) / 4000
    assert_close(counts, d.probs, atol=0.03, rtol=0)
    assert not counts[~d.kept].any()


def test_the_same_seed_draws_the_same():
    d = distribution(torch.zeros(1000))
    first, again, other = ([draw(d, chance) for _ in range(5)]
                           for chance in (torch.Generator().manual_seed(seed) for seed in (7, 7, 8)))
    assert first == again != other
