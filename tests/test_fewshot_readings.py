"""What the screen of examples says: rows that are drawn or the reader's, and sentences that are the engine's numbers."""
import json
import math
from types import SimpleNamespace

import pytest
from pytest import approx

from engine import rules, shots
from engine.checkpoint import EVALUATION, MODELS
from engine.shots import Block
from ui import session, writing
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS, MAX_CELL, examples
from ui.readings import fewshot as readings

t = Text("en")
HOSTILE = ["", "   ", "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "שלום \u202eabc\u202c", "<script>alert(1)</script>", "**b** _i_ :red[x] [a](javascript:x)", "$\\frac{1}{0}$ {name} %s", "<|endoftext|><|user|>",
           "a, b -> c; d: e", "\\\"'", "x" * MAX_CELL, "🙂" * MAX_CELL]

pytestmark = pytest.mark.usefixtures("untouched")


def rows(*pairs, key=readings.OWN) -> dict:
    return {"fewshot.task": key.partition(".")[0], "fewshot.rows": readings.text(key, pairs)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_untouched_rows_are_those_of_the_seed(language):
    view = readings.look(Text(language))
    pairs, asked = rules.drawn("labels", language, KNOBS["fewshot.seed"].default)
    assert list(view.block.pairs) == pairs[:readings.DRAWN] and (view.block.question, view.block.answer) == asked
    assert view.spare == pairs[readings.DRAWN] and view.at == readings.DRAWN and view.wrong == 0
    assert examples(view.said) == (view.key, [*pairs[:readings.DRAWN], asked])
    assert [shot.p for shot in view.shots] == [shot.p for shot in shots.read(session.model(), view.block)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ["labels", *rules.NAMES, "own"])
def test_every_rule_has_rows_a_question_and_what_to_add(untouched, rule, language):
    untouched["fewshot.task"] = rule
    view = readings.look(Text(language))
    assert len(view.block.pairs) >= 6 and view.block.question and view.block.answer
    assert all(view.known.get(word, answer) == answer for word, answer in view.block.pairs)
    assert (view.spare is None) == (rule == "own")
    assert readings.kind(view) == {"own": None, "labels": "labels"}.get(rule, "seen")
    untouched["fewshot.held"] = 1
    assert readings.kind(readings.look(Text(language))) == {"own": None, "labels": "labels"}.get(rule, "held")


def test_rows_of_the_reader_hold_for_what_they_were_made_from_alone(untouched):
    drawn = readings.look(t)
    untouched["fewshot.rows"] = readings.text(drawn.key, [("mine", "x"), ("cat", "y")])
    assert readings.look(t).block == Block((("mine", "x"),), "cat", "y")
    untouched["fewshot.seed"] = 11
    assert readings.look(t).block.pairs != (("mine", "x"),)
    assert readings.look(Text("es")).key.startswith("labels.es")
    readings.links.remember({"fewshot.seed": 10})
    assert readings.look(t).block.question == "cat"


def test_wrong_answers_are_counted_and_a_question_of_ones_own_belongs_to_no_curve(untouched):
    untouched |= readings.spoilt(t)
    view = readings.look(t)
    assert view.wrong == 1 and t("fewshot.wrong", count=1) in readings.rows_sentence(t, view)
    (row,) = [row for row in readings.pairs(view) if row["truth"] != row["answer"]]
    assert row["truth"] == view.block.answer
    untouched["fewshot.rows"] = readings.text(view.key, [*view.block.pairs, ("something else", view.block.answer)])
    assert readings.kind(readings.look(t)) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_spoiling_costs_the_answer_more_than_half(untouched, language):
    before = readings.look(Text(language)).shots[-1].p
    untouched |= readings.spoilt(Text(language))
    assert readings.look(Text(language)).shots[-1].p < before / 2


def test_sentences_say_the_numbers(untouched):
    view = readings.look(t)
    first, last = view.shots[0].p, view.shots[-1].p
    said = readings.rows_sentence(t, view)
    assert t.percent(first, 1) in said and t.percent(last, 1) in said
    over = next(n for n, shot in enumerate(view.shots) if shot.p > 0.5)
    assert t("fewshot.likely", count=over) in said
    factors = readings.factors(t, view)
    assert math.prod(factor["p"] for factor in factors) == approx(last) and factors[-1]["text"] == ","
    assert t.percent(last, 1) in readings.product_sentence(t, view)
    assert [row["p"] for row in readings.results(t, view)] == [shot.p for shot in view.shots]
    lm = session.model()
    bars = readings.first_token(t, lm, view)
    assert sum(row["value"] for row in bars) == approx(1) and [row["name"] for row in bars if row.get("marked")] == [factors[0]["text"]]
    untouched["fewshot.at"] = "0"
    other = readings.first_sentence(t, lm, readings.look(t))
    probs = readings.look(t).shot.logits.softmax(-1)
    assert str(int((probs > probs[view.shot.tokens[0].id]).sum()) + 1) in other


def test_label_that_no_example_carries_is_said_to_be_unknowable(untouched):
    untouched |= rows(("dog", "wib"), ("cat", "zup"), key="labels.en.10.3")
    assert t("fewshot.unseen", answer="**zup**") in readings.rows_sentence(t, readings.look(t))


@pytest.mark.parametrize("odd", HOSTILE)
def test_odd_cells_are_drawn_like_others(untouched, odd, monkeypatch):
    monkeypatch.setattr(writing, "st", SimpleNamespace(session_state={}))
    for pairs in ([(odd, odd)] * 3, [("a", "b"), (odd, "b"), ("c", odd)], [(odd, odd)], [(odd, odd)] * (rules.MOST + 1)):
        untouched |= rows(*pairs)
        untouched["fewshot.at"] = "99"
        assert KNOBS["fewshot.rows"].parse(untouched["fewshot.rows"]) == untouched["fewshot.rows"]
        view, lm = readings.look(t), session.model()
        assert view.at == len(pairs) - 1 and len(readings.results(t, view)) == len(pairs)
        said = [readings.rows_sentence(t, view), readings.product_sentence(t, view), readings.first_sentence(t, lm, view), readings.orders(t, lm, view)["caption"]]
        assert all(sentence.count("**") % 2 == 0 for sentence in said)
        assert len(readings.table(t, lm, view)) >= len(pairs)


def test_orders_do_not_depend_on_how_the_examples_stand(untouched, monkeypatch):
    monkeypatch.setattr(writing, "st", SimpleNamespace(session_state={}))
    lm, pairs = session.model(), [("dog", "sun"), ("apple", "moon"), ("cat", "sun")]
    found = []
    for order in (pairs, pairs[::-1]):
        untouched |= rows(*order, ("horse", "sun"))
        view = readings.look(t)
        part = readings.orders(t, lm, view)
        while part["more"]:
            part = readings.orders(t, lm, view)
        assert part["yours"] == approx(shots.probability(lm, view.block), abs=1e-6)
        found.append(part["points"])
    assert found[0] == found[1] and len(found[0]) == 6
    for point in found[0]:
        block = Block(tuple(part["pairs"][i] for i in point["order"]), "horse", "sun")
        assert point["p"] == approx(shots.probability(lm, Block(tuple(map(tuple, block.pairs)), "horse", "sun")), abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", readings.MEASURED)
def test_measured_points_are_those_of_the_files(language, name):
    lines = readings.series(Text(language), name)
    assert {"base", "nano"} <= {line["name"] for line in lines} and sum(line["current"] for line in lines) == 1
    for line in lines:
        answers = json.loads((MODELS / line["name"] / EVALUATION).read_text())["figures"][language]["answers"]
        for point in line["points"]:
            stated = answers[f"{readings.MEASURED[name]}, {point['shots']} shots"]
            assert (point["share"], point["low"], point["high"]) == (stated["share"], stated["low"], stated["high"])
    sentence = readings.curves_sentence(Text(language), name, lines)
    base = next(line for line in lines if line["current"])
    assert Text(language).percent(base["points"][-1]["share"], 1) in sentence
    assert readings.curves_sentence(t, name, []) == t("fewshot.unmeasured")


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_is_answered_by_the_figures_of_base(language):
    right, values = readings.answer(Text(language))
    answers = json.loads((MODELS / "base" / EVALUATION).read_text())["figures"][language]["answers"]
    over = next(n for n in (0, 1, 2, 4, 8) if answers[f"novel labels, {n} shots"]["share"] > 0.5)
    assert right == {1: "few", 2: "few", 4: "four", 8: "eight"}[over] and values["enough"] == over
    assert values["after"] == Text(language).percent(answers[f"novel labels, {over} shots"]["share"])
