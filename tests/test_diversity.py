"""Distinct continuations are counted as the engine writes them, and a tally of darts comes near the probabilities."""
import math

import pytest
import torch

from engine import distribution
from engine.diversity import distinct
from engine.sampling import land, landed, tally, throw

TEXT = "The cat sat"


def test_counts_are_those_of_the_texts(tiny):
    seen = list(distinct(tiny, TEXT, (0, 0.5, 2.0), range(1, 9), 6))
    assert len(seen) == 18 and [c.tokens for c in seen] == [1, 2, 3, 4, 5, 6] * 3
    for last in seen[5::6]:
        texts = {tuple(s.id for s in tiny.generate(TEXT, 6, last.temperature, seed=seed)) for seed in range(1, 9)}
        assert last.distinct == len(texts)
    assert seen[5].distinct == 1 < seen[-1].distinct


@pytest.mark.parametrize("knobs", [{}, {"temperature": 0}, {"top_k": 3}, {"top_p": 0.4}], ids=str)
def test_darts_thrown_together_land_as_one_by_one(knobs):
    d = distribution(torch.randn(300, generator=torch.Generator().manual_seed(1)), **knobs)
    u = torch.rand(200, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    assert landed(d, u).tolist() == [land(d, float(x)) for x in u] and d.kept[landed(d, u)].all()
    assert land(d, 0.0) == int(d.probs.argmax()) and d.kept[land(d, 1 - 2 ** -53)]


def test_a_tally_holds_every_dart_and_comes_nearer_with_more():
    d = distribution(torch.randn(50, generator=torch.Generator().manual_seed(4)), 0.7)
    counts = (10, 100, 1000, 10_000)
    hits = tally(d, 7, counts)
    assert hits.sum(-1).tolist() == list(counts) and (hits[1:] >= hits[:-1]).all()
    off = [float((row / n - d.probs).abs().max()) for row, n in zip(hits, counts, strict=True)]
    assert off[-1] < off[0] and all(gap < 4 * math.sqrt(0.25 / n) for gap, n in zip(off, counts, strict=True))
    assert int(tally(d, 7, (1,)).argmax()) == land(d, throw(torch.Generator().manual_seed(7)))       # the first is the one drawn
