"""The cache of keys and values: how much it holds, what it spares, and that it changes nothing."""
import pytest
import torch

from engine.caching import cache_bytes, computed, timed


def test_bytes_are_those_of_the_cache(tiny):
    cache = tiny.decoder(torch.tensor([[1, 2, 3, 4, 5]])).cache()
    assert cache_bytes(tiny.decoder.config, 5) == sum(k.nbytes + v.nbytes for k, v in cache)


@pytest.mark.parametrize("length, first, with_cache, without", [(5, True, 5, 5), (6, False, 1, 6), (8, False, 1, 8), (9, False, 8, 8), (99, True, 8, 8)])
def test_positions_computed(length, first, with_cache, without):
    assert computed(length, 8, first) == (with_cache, without)


def test_both_ways_give_the_same_logits_and_take_time(tiny):
    runs = list(timed(tiny.decoder, [0, *tiny.tokenizer.encode("The cat sat on the mat")], 4))
    assert len(runs) == 4 and all(run.apart < 1e-4 and run.cached > 0 and run.whole > 0 for run in runs)
