"""What the attention screen says of its numbers: the row of a pair adds up to one, what pushes a word to its logit, names state their thresholds."""
from dataclasses import replace

import pytest
from pytest import approx

from engine import Without, load
from engine.attribution import contributions
from engine.heads import THRESHOLDS, roles
from ui.i18n import LANGUAGES, Text
from ui.readings import attention as readings
from ui.readings import pair as pairs

TEXT = "Anna has a cat called Bella. Tom has a dog called"
t = Text("en")


@pytest.fixture(scope="module")
def lm():
    return load("base")


@pytest.mark.parametrize("mask", [False, True])
@pytest.mark.parametrize("query, key", [(0, 0), (2, 1), (11, 3), (4, 9)])
def test_row_adds_up_and_holds_the_pair(lm, mask, query, key):
    trace = lm.trace(TEXT, without=Without(mask=mask))
    columns, rows = pairs.row(t, trace, 3, 2, query, key)
    assert [column["kind"] for column in columns] == ["number", "number", "number", "length"]
    *parts, total = [row["cells"][3]["value"] for row in rows]
    assert sum(parts) == approx(total, abs=1e-5) == approx(1, abs=1e-5)
    (pair,) = [row for row in rows if row.get("marked")]
    assert pair["cells"][3]["value"] == approx(float(trace.pattern[3, 2, query, key]), abs=0)
    assert pair["cells"][0]["text"] == t.number(float(trace.scores[3, 2, query, key]))
    assert (pair["cells"][1]["text"] == "−∞") == (key > query and not mask)


def test_number_of_tokens_that_share_nine_tenths_is_the_least(lm):
    trace = lm.trace(TEXT)
    for layer in range(6):
        order = trace.pattern[layer, 4, -1].sort(descending=True).values
        said = pairs.row_sentence(t, trace, layer, 4, len(order) - 1, 0)
        count = next(n for n in range(1, len(order) + 1) if float(order[:n].sum()) >= pairs.SHARE)
        assert ("one token alone" in said) if count == 1 else f"it takes {count} to" in said


def test_value_times_weight_is_what_is_moved(lm):
    trace = lm.trace(TEXT)
    (value, moved, mix), _, _ = pairs.values(t, trace, 3, 2, 11, 3)
    assert moved["values"].tolist() == approx((value["values"] * trace.pattern[3, 2, 11, 3]).tolist(), abs=1e-7)
    together = sum(pairs.values(t, trace, 3, 2, 11, key)[0][1]["values"] for key in range(len(trace.tokens)))
    assert together.tolist() == approx(mix["values"].tolist(), abs=1e-5)


def test_products_add_up_to_the_score(lm):
    trace = lm.trace(TEXT)
    (q, k, product), at, hover = pairs.vectors(t, trace, 3, 2, 11, 3)
    D = len(q["values"])
    assert float(product["values"].sum()) / D ** 0.5 == approx(float(trace.scores[3, 2, 11, 3]), abs=1e-4)
    assert abs(float(product["values"][at])) == float(product["values"].abs().max()) and "{dimension}" in hover


@pytest.mark.parametrize("without", [Without(), Without(heads={(3, 1), (0, 2)}), Without(mask=True)])
def test_what_pushes_a_word_adds_up_to_its_logit(lm, without):
    trace = lm.trace(TEXT, without=without)
    best = int(trace.logits[-1].argmax())
    found = contributions(lm.decoder, trace, best)
    (column,), rows = readings.pushes(t, found, without.heads, 0, 2)
    *parts, logit = [row["cells"][0]["value"] for row in rows]
    assert sum(parts) == approx(logit, abs=1e-4) and logit == approx(float(trace.logits[-1, best]), abs=1e-3)
    assert column["most"] == approx(max(map(abs, parts)), abs=0)
    named = [row for row in rows if row.get("choose")]
    assert len(named) in (readings.PUSHING, readings.PUSHING + 1) and sum(row["marked"] for row in named) == 1
    (marked,) = [row for row in named if row["marked"]]
    assert marked["choose"] == "0.2" and bool(marked["title"]) == ((0, 2) in without.heads)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_state_their_thresholds_and_their_heads(lm, language):
    words, named = Text(language), roles(lm).names
    said = words("attention.names.text", **readings.measured(words))
    assert words.percent(THRESHOLDS["first"]) in said and words.percent(THRESHOLDS["previous"]) in said and "Olsson" in said
    listed = [line for line in said.splitlines() if any(line.startswith(words(f"attention.role.{kind}") + ": ") for kind in THRESHOLDS)]
    assert sum(line.count(".") for line in listed) == sum(name is not None for row in named for name in row)


def test_thresholds_that_are_said_to_be_one_are_one():
    assert len({share for kind, share in THRESHOLDS.items() if kind != "first"}) == 1


def test_heads_that_a_smaller_model_lacks_are_not_taken_away(lm, monkeypatch):
    monkeypatch.setattr(readings.links, "value", lambda key: {"attention.off": "0.0-0.3-5.7", "attention.mask": 0}[key])
    assert readings.removed(replace(lm.decoder.config, n_layer=1, n_head=2)).heads == {(0, 0)}
    assert readings.removed(lm.decoder.config).heads == {head for head in ((0, 0), (0, 3), (5, 7)) if head[0] < lm.decoder.config.n_layer and head[1] < lm.decoder.config.n_head}
