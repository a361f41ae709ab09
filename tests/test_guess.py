"""A guessed word: its probability is what the forward pass gives its tokens, in a row."""
import math

import pytest
from pytest import approx

from engine import TextError, distribution, load
from engine.guess import behind, guessed


@pytest.fixture(scope="module")
def base():
    return load("base")


@pytest.mark.parametrize("text, word", [("The capital of France is", "Paris"), ("La capital de Francia es", "París"),
                                        ("The cat slept on the ", "sofa"), ("The cat slept", "."), ("", "Once")])
def test_probability_is_the_product_along_the_text(base, text, word):
    found = guessed(base, text, word)
    product, so_far = 1.0, base.tokenizer.encode(text.rstrip(" "))
    for id_ in found.tokens:
        probs = distribution(base.trace(base.tokenizer.decode(so_far)).logits[-1]).probs
        product *= float(probs[id_])
        so_far.append(id_)
    assert found.probability == approx(product, rel=1e-4) and base.tokenizer.decode(so_far) == behind(text, word)
    assert found.nats == approx(-math.log(product), rel=1e-4)


def test_rank_and_best_are_those_of_the_next_token(base):
    probs = distribution(base.trace("The capital of France is").logits[-1]).probs
    right = guessed(base, "The capital of France is", " Paris ")
    assert right.rank == 1 and right.best == right.tokens and right.best_probability == approx(right.probability, rel=1e-4)
    assert int(probs.argmax()) == right.best[0]
    wrong = guessed(base, "The capital of France is", "zebra")
    assert wrong.rank > 1 and wrong.probability < 0.01 and (wrong.best, wrong.best_probability) == (right.best, approx(right.best_probability, rel=1e-4))


def test_the_models_own_word_is_whole(base):
    text = "Once upon a time there was a little cat. The cat slept on the"
    found = guessed(base, text, "sofa")
    word = base.tokenizer.decode(list(found.best))
    assert word[0] == " " and word[1:].isalpha() and len(found.best) > 1 and guessed(base, text, word).probability == approx(found.best_probability, rel=1e-4)


def test_a_word_behind_a_text(tiny):
    assert behind("The cat", "sat") == "The cat sat" and behind("The cat ", "sat") == "The cat sat" and behind("", "Once") == "Once"
    assert behind("The cat", ".") == "The cat."


@pytest.mark.parametrize("word, code", [("", "guess_empty"), ("   ", "guess_empty"), ("x" * 300, "guess_long")])
def test_what_is_no_word_is_said(tiny, word, code):
    with pytest.raises(TextError) as caught:
        guessed(tiny, "the cat", word)
    assert caught.value.code == code


def test_a_model_without_a_beginning_needs_a_text(tiny):
    from dataclasses import replace
    with pytest.raises(TextError) as caught:
        guessed(replace(tiny, bos=None), "", "the")
    assert caught.value.code == "guess_first"
    assert guessed(replace(tiny, bos=None), "the cat", "sat").probability > 0
