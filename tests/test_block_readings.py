"""What the screen about a block says of its numbers: the ledger adds up to the logit, the lens ends at the output, removals are the engine's."""
import base64
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from pytest import approx

from engine import Without
from ui import links, session
from ui.i18n import LANGUAGES, Text
from ui.readings import block as readings
from ui.readings import stage
from ui.tour import ORDER

TEXT = "The capital of France is"
t = Text("en")


@pytest.fixture
def page(monkeypatch):
    """The choices of a reader, as a plain dictionary."""
    page = SimpleNamespace(session_state={}, query_params={})
    monkeypatch.setattr(links, "st", page)
    return page.session_state


@pytest.fixture(scope="module")
def lm():
    return session.model()


def floats(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["f32"]), "<f4").reshape(packed["shape"])


def test_screen_is_in_the_tour():
    assert ORDER.index("attention") < ORDER.index("block") < ORDER.index("probabilities")


@pytest.mark.parametrize("removed", ["none", "norm", "attention", "final"])
def test_ledger_adds_up_to_the_logit(page, lm, removed):
    page["block.without"] = removed
    view = readings.look(lm, TEXT)
    rows = stage.ledger(t, view)["rows"]
    logit = float(view.trace.logits[-1, view.target.id])
    assert sum(row["cells"][2]["value"] for row in rows[:-1]) == approx(logit, abs=2e-3)
    assert rows[-1]["total"] and rows[-1]["cells"][2]["text"] == t.number(logit)
    assert rows[-1]["cells"][1]["value"] == approx(float(view.trace.resid_post[-1, -1].norm()), abs=1e-3)
    assert [row["marked"] for row in rows[:-1]].count(True) == 2


def test_ledger_of_a_cut_stream_claims_no_sum(page, lm):
    page["block.without"] = "residual"
    drawn = stage.ledger(t, readings.look(lm, TEXT))
    assert len(drawn["columns"]) == 2 and not any(row.get("total") for row in drawn["rows"])
    assert drawn["caption"] == t("block.ledger.cut", layer=4)


@pytest.mark.parametrize("removed", ["none", "residual", "norm", "attention", "final"])
def test_last_row_of_the_lens_is_the_output(page, lm, removed):
    page["block.without"] = removed
    view = readings.look(lm, TEXT)
    rows = readings.lens_rows(t, view)
    top = view.trace.logits[-1].softmax(-1).topk(readings.EXPECTED)
    assert [word["value"] for word in rows[-1]["words"]] == approx(top.values.tolist(), abs=1e-4)
    assert rows[-1]["rank"] == int((view.trace.logits[-1] > view.trace.logits[-1, view.target.id]).sum()) + 1
    assert removed != "none" or rows[-1]["rank"] == 1
    for before, now in zip(rows, rows[1:], strict=False):
        assert now["way"] == np.sign(before["rank"] - now["rank"])


@pytest.mark.parametrize("removed, without", [
    ("none", lambda L, H: Without()), ("residual", lambda L, H: Without(residual={2})), ("norm", lambda L, H: Without(norm={2})),
    ("attention", lambda L, H: Without(heads={(2, head) for head in range(H)})), ("final", lambda L, H: Without(norm={L}))])
def test_choice_is_what_the_engine_takes_away(page, lm, removed, without):
    without = without(lm.decoder.config.n_layer, lm.decoder.config.n_head)
    page |= {"block.without": removed, "block.layer": "2"}
    view = readings.look(lm, TEXT)
    torch.testing.assert_close(view.trace.logits, lm.trace(TEXT, without=without).logits, atol=1e-5, rtol=0)


def test_what_is_not_there_is_the_last_one(page, lm):
    page |= {"block.layer": "47", "block.at": "200", "block.neuron": "1.5"}
    view = readings.look(lm, TEXT)
    assert (view.layer, view.at) == (lm.decoder.config.n_layer - 1, len(view.trace.tokens) - 1)
    assert view.neuron == int(view.trace.neurons[-1, -1].argmax())         # neuron 5 of layer 1 is none of this one


def test_dots_are_the_neuron_at_every_token(page, lm):
    page |= {"block.neuron": "4.17", "block.at": "3"}
    view = readings.look(lm, TEXT)
    cards = {card["id"]: card for card in stage.cards(t, view)}
    dots = floats(cards["gelu"]["dots"])
    assert dots[:, 1] == approx(lm.trace(TEXT).neurons[4, :, 17].numpy(), abs=1e-5)
    assert cards["gelu"]["at"] == 3 and cards["neurons"]["selected"] == "4.17" and "4.17" in [row["id"] for row in cards["neurons"]["rows"]]


def test_places_are_the_gallerys(page, lm):
    view = readings.look(lm, TEXT)
    rows = {card["id"]: card for card in stage.cards(t, view)}["places"]["rows"]
    places = session.gallery().of(4, view.neuron)
    assert [row["value"] for row in rows] == [place.value for place in places]
    for row, place in zip(rows, places, strict=True):
        whole = "".join(piece.text for piece in lm.tokenizer.tokens(list(place.ids[1:]))).replace("\n", " ⏎ ")
        assert (row["before"] + row["token"] + row["after"]).strip("…") in whole


def test_model_without_a_gallery_says_so(page, lm, monkeypatch):
    monkeypatch.setattr(session, "gallery", lambda: None)
    cards = {card["id"]: card for card in stage.cards(t, readings.look(lm, TEXT))}
    assert cards["no_places"]["text"] == t("block.places.missing") and "places" not in cards


def test_heads_and_bias_are_the_ledgers_attention(page, lm):
    page["block.stage"] = "attention"
    view = readings.look(lm, TEXT)
    heads = sum(row["cells"][2]["value"] for row in stage.cards(t, view)[0]["rows"])
    (whole,) = [row["cells"][2]["value"] for row in stage.ledger(t, view)["rows"] if row["name"] == t("block.ledger.attention", layer=4)]
    bias = lm.decoder.transformer.h[4].attn.c_proj.bias
    assert heads + float(stage.block.pushed(lm.decoder, view.trace, bias)[view.target.id]) == approx(whole, abs=1e-3)


def test_heads_before_a_cut_claim_nothing_of_the_logit(page, lm):
    page |= {"block.stage": "attention", "block.without": "residual"}
    card = stage.cards(t, readings.look(lm, TEXT))[0]
    assert [column["kind"] for column in card["columns"]] == ["words", "length"] and all(len(row["cells"]) == 2 for row in card["rows"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("removed", ["none", "residual", "norm", "attention", "final"])
@pytest.mark.parametrize("text", ["", "a", TEXT])
def test_every_stage_has_something_to_say(page, lm, language, removed, text):
    t = Text(language)
    for name in readings.STAGES:
        page |= {"block.stage": name, "block.without": removed}
        view = readings.look(lm, text)
        for card in [*stage.cards(t, view), stage.ledger(t, view)]:
            assert "nan" not in card["caption"].lower().split() and card["caption"].count("**") % 2 == 0
        assert "{" not in readings.flow_sentence(t, view) + readings.lens_sentence(t, view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_of_the_card_is_one_of_its_options(lm, language):
    t = Text(language)
    right, values = readings.answer(t)
    assert right in t.group("block.guide.option")
    cut = lm.trace(t("block.guide.prompt"), without=Without(residual={values["layer"]})).logits[-1]
    best = int(lm.trace(t("block.guide.prompt")).logits[-1].argmax())
    assert values["rank"] == t.number(int((cut > cut[best]).sum()) + 1, 0)
