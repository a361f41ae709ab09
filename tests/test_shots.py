"""Examples in the prompt: the batch says what separate passes say, probabilities multiply, and one point of each measured curve is measured anew."""
import json
import math
from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from pytest import approx

from engine import load, probes, rules, shots
from engine.checkpoint import EVALUATION, MODELS, WEIGHTS
from engine.corpus import blocks
from engine.corpus.genre import genres
from engine.corpus.stream import LANGUAGES, PARTS, share
from engine.evaluate import SEED, answered, scored
from engine.shots import FORMS, Block

FIGURES = [folder.name for folder in sorted(MODELS.iterdir())
           if (folder / WEIGHTS).is_file() and (folder / EVALUATION).is_file() and "novel labels, 2 shots" in (folder / EVALUATION).read_text()]


@pytest.fixture(scope="module")
def nano():
    return load("nano")


def block(rule="labels", language="en", seed=3, count=6, form="arrow") -> Block:
    pairs, asked = rules.drawn(rule, language, seed)
    return Block(tuple(pairs[:count]), *asked, form)


def alone(lm, text: str, answer: str) -> list[float]:
    """The probability of each token of `answer` after `text`, from a trace of the whole."""
    ids = lm.tokenizer.encode(answer)
    trace = lm.trace(text + answer)
    rows = trace.logits[-len(ids) - 1:-1].softmax(-1)
    assert [token.id for token in trace.tokens[-len(ids):]] == ids
    return [float(row[id_]) for row, id_ in zip(rows, ids, strict=True)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_batch_says_what_separate_passes_say(nano, language, form):
    for rule in ("labels", "past"):
        asked = block(rule, language, form=form)
        found = shots.read(nano, asked)
        assert [shot.shots for shot in found] == list(range(7))
        for shot in found:
            prompt = asked.prompt(shot.shots)
            end = FORMS[form].join.rstrip(" ")
            assert list(shot.probs) == approx(alone(nano, prompt, f" {asked.answer}{end}"), abs=1e-6)
            assert torch.allclose(shot.logits, nano.trace(prompt).logits[-1], atol=1e-4)
            assert shot.read == len(nano.trace(prompt).tokens) and shot.dropped == 0
            assert "".join(token.text for token in shot.tokens) == f" {asked.answer}{end}"


def test_probability_is_the_product_of_the_conditional_ones(nano):
    asked = block()
    found = shots.read(nano, asked)
    assert any(len(shot.probs) > 1 for shot in found)
    for shot in found:
        assert shot.p == approx(math.prod(shot.probs), abs=1e-12)
    assert shots.probability(nano, asked) == approx(found[-1].p, rel=1e-4, abs=1e-9)


def test_greedy_answer_is_what_generation_writes(nano):
    for rule, language in (("labels", "en"), ("opposite", "es")):
        asked = block(rule, language)
        for shot in shots.read(nano, asked):
            written = "".join(step.text for step in nano.generate(asked.prompt(shot.shots), max_new_tokens=shots.LONGEST, temperature=0))
            ends = [written.index(mark) for mark in (",", "\n") if mark in written]
            assert shot.greedy == written[:min(ends, default=len(written))].strip()
            assert shot.ended or not ends


def test_right_is_what_the_evaluation_counts():
    lm = load("micro")
    for seed in range(8):
        found = shots.read(lm, block(seed=seed, count=8))
        wanted = answered(lm, [probes.label_probe("en", n, seed) for n in range(9)])
        assert [shot.right for shot in found] == [right for right, _ in wanted]
        assert [-math.log(math.prod(shot.probs[:-1])) for shot in found] == approx([nats for _, nats in wanted], abs=1e-3)


def test_long_rows_lose_their_beginning_like_any_text(tiny):
    asked = Block((("cat", "dog"), ("fox", "niña"), ("wood", "manzana"), ("mat", "jardín")), "niño", "the")
    found = shots.read(tiny, asked)
    assert found[-1].dropped > 0 and found[-1].read + len(found[-1].tokens) - 1 == tiny.context
    for shot in found:
        ids = [tiny.bos, *tiny.tokenizer.encode(asked.prompt(shot.shots) + " the")[shot.dropped:]]
        rows = tiny.decoder(torch.tensor([ids])).logits[0, -len(shot.tokens):].softmax(-1)
        assert list(shot.probs) == approx([float(row[token.id]) for row, token in zip(rows, shot.tokens, strict=True)], abs=1e-6)


@pytest.mark.parametrize("answer", ["", "the fox lived in a wood " * 8])
def test_no_answer_and_one_too_long_for_the_window_have_no_probability(tiny, answer):
    asked = Block((("cat", "dog"),), "fox", answer)
    assert [shot.p for shot in shots.read(tiny, asked)] == [None, None]
    assert shots.probability(tiny, asked) is None


@pytest.mark.parametrize("odd", ["", "   ", "👩‍👩‍👧", "<|endoftext|>", "שלום \u202e", "$x$ **b**", "a, b -> c", "'\"\\"])
def test_odd_cells_are_texts_like_others(nano, odd):
    for asked in (Block(((odd, odd),) * 3, odd, odd), Block((), odd, "x"), Block(((odd, "x"),), "", odd, "equals")):
        for shot in shots.read(nano, asked):
            assert shot.p is None or 0 <= shot.p <= 1


def test_a_model_without_a_first_token_reads_too(tiny):
    bare = replace(tiny, bos=None)
    (first, second) = shots.read(bare, Block((("cat", "dog"),), "", "the"))
    assert first.read == len(bare.trace(" ->").tokens) and 0 < second.p < 1


def test_orders_are_different_ones_and_the_given_one_is_first():
    for count in (0, 1, 2, 3, 8):
        found = shots.orders(count, 24, 1)
        assert found[0] == tuple(range(count)) and len(set(found)) == len(found) == min(24, math.factorial(count))
        assert all(sorted(order) == list(range(count)) for order in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("classes", rules.CLASSES)
def test_labels_are_drawn_like_those_of_the_evaluation(language, classes):
    held = {word for _, words in blocks.classes(language).values() for word in words}
    for seed in range(20):
        pairs, (word, label) = rules.drawn("labels", language, seed, classes)
        assert len(pairs) >= 4 * classes - 2 or len(pairs) == rules.MOST
        assert {word, *(word for word, _ in pairs)} <= held and len({word for word, _ in pairs} | {word}) == len(pairs) + 1
        assert len({label, *(label for _, label in pairs)}) <= classes
        assert rules.known("labels", language, seed, classes)[word] == label
    if classes == probes.CLASSES:
        assert probes.label_probe(language, 4, 7).prompt == Block(tuple(rules.drawn("labels", language, 7)[0][:4]), rules.drawn("labels", language, 7)[1][0], "").prompt(4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", rules.NAMES)
def test_pairs_come_from_the_list_that_is_named(rule, language):
    of = rules.task(rule, language)
    assert len(of.held_out) > 1
    for held_out, among in ((False, of.seen), (True, of.held_out)):
        pairs, asked = rules.drawn(rule, language, 5, held_out=held_out)
        assert asked in among and set(pairs) <= set(of.seen) and len(pairs) == rules.MOST
        assert all(word != asked[0] for word, _ in pairs) and rules.known(rule, language, 5)[asked[0]]


def test_shares_of_the_training_text_add_up_and_are_those_stated():
    for language in LANGUAGES:
        assert sum(share(language, genre) for genre in genres(language)) == approx(1)
        whole = sum(length for length, _ in PARTS)
        assert share(language, "copying") > 0.24 / whole * 0.999
        assert 0.02 < share(language, "pairs") < share(language, "labels") < 0.1


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("language, series, build", [
    ("en", "novel labels, 2 shots", lambda language, seed: probes.label_probe(language, 2, seed)),
    ("es", "pairs seen, 1 shots", lambda language, seed: probes.lexical_probe(language, False, 1, seed)),
    ("en", "pairs held out, 1 shots", lambda language, seed: probes.lexical_probe(language, True, 1, seed))])
def test_a_point_of_each_measured_curve_comes_out_again(name, language, series, build):
    lm = load(name)
    stated = json.loads((MODELS / name / EVALUATION).read_text())["figures"][language]["answers"][series]
    found = scored(lm, [build(language, SEED + i) for i in range(stated["n"])])
    assert found["n"] == stated["n"] and found["share"] == approx(stated["share"], abs=1.5 / stated["n"])       # a tie may fall otherwise elsewhere
    assert found["nats"] == approx(stated["nats"], abs=1e-2)


def test_ceiling_is_the_chance_that_the_class_was_shown():
    for shots_ in (0, 1, 2, 4, 8):
        hits = sum(any(label == asked[1] for _, label in pairs) for pairs, asked in (probes.label_pairs("en", shots_, seed) for seed in range(400)))
        assert hits / 400 == approx(probes.label_ceiling(shots_), abs=0.08)
    assert all(a < b for a, b in pairwise(probes.label_ceiling(n, 4) for n in range(9)))
