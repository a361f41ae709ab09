"""Surprise is the probability that the model gave to what then came: it adds up to the text's own, and to its perplexity."""
import math

import pytest
import torch
from pytest import approx

from engine import distribution, load
from engine.surprise import surprise

TEXT = "The cat sat on the mat"


def test_each_token_is_measured_by_what_came_before_it(tiny):
    trace = tiny.trace(TEXT)
    found = surprise(trace)
    assert len(found.logprobs) == len(found.ranks) == len(trace.tokens) - 1
    for i, token in enumerate(trace.tokens[1:]):
        probs = distribution(trace.logits[i]).probs
        assert math.exp(found.logprobs[i]) == approx(float(probs[token.id]), abs=1e-6)
        assert int(found.ranks[i]) == int((probs > probs[token.id]).sum()) + 1
        assert int(found.expected[i]) == int(probs.argmax())


def test_later_tokens_change_nothing_before_them(tiny):
    short, long = surprise(tiny.trace(TEXT)), surprise(tiny.trace(TEXT + " and more"))
    torch.testing.assert_close(long.logprobs[:len(short.logprobs)], short.logprobs, atol=1e-5, rtol=0)


def test_perplexity_is_the_loss_to_the_power_of_e(tiny):
    trace = tiny.trace(TEXT)
    ids = torch.tensor([token.id for token in trace.tokens])
    loss = torch.nn.functional.cross_entropy(trace.logits[:-1], ids[1:])
    assert surprise(trace).perplexity == approx(math.exp(float(loss)), rel=1e-5)


def test_text_of_one_token_surprises_nobody(tiny):
    assert surprise(tiny.trace("")).perplexity is None and len(surprise(tiny.trace("")).ranks) == 0


@pytest.mark.parametrize("known, odd", [("The capital of France is Paris.", "Is Paris the of capital France."), ("El gato duerme en el sofá.", "Sofá el duerme gato en el.")])
def test_base_is_less_surprised_by_a_sentence_than_by_its_words_in_disorder(known, odd):
    lm = load("base")
    assert surprise(lm.trace(known)).perplexity < surprise(lm.trace(odd)).perplexity
