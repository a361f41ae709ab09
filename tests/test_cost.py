"""The cost of a window: every length is measured once, and memory is what the tensors take."""
import torch

from engine.cost import ATTENTION_LENGTHS, LENGTHS, measure, memory


def test_each_length_that_the_model_has_is_measured(tiny):
    costs = list(measure(tiny))
    assert [cost.tokens for cost in costs if cost.what == "forward"] == [n for n in LENGTHS if n <= tiny.context]
    assert [cost.tokens for cost in costs if cost.what == "attention"] == list(ATTENTION_LENGTHS)
    assert all(cost.seconds > 0 for cost in costs)


def test_memory_is_that_of_the_tensors(tiny):
    trace = tiny.trace("The cat sat on the mat")
    T = len(trace.tokens)
    done = tiny.decoder(torch.tensor([[token.id for token in trace.tokens]]))
    assert memory(tiny, T) == (trace.scores.nbytes, sum(k.nbytes + v.nbytes for k, v in done.cache()))
