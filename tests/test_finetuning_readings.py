"""What the fine-tuning screen says and draws is what the models do, in both languages, at every strength."""
import math

import pytest
import torch
from pytest import approx

from engine import ModelError, distribution, parcel
from engine.forgetting import Piece
from engine.lora import Adapter, merge
from ui import links, session, tuned
from ui.i18n import LANGUAGES, Text
from ui.readings import finetuning, forgotten, tuning
from ui.runs import DONE, FAILED, PAUSED, RUNNING, STOPPED, Run
from ui.writing import Writing

TEXT = "What is the capital of France?"


@pytest.fixture
def state(untouched, monkeypatch):
    monkeypatch.setattr(tuned.st, "session_state", untouched)
    return untouched


@pytest.mark.parametrize("name", ["assistant", "pirate"])
def test_strength_nought_is_base_bit_for_bit(name):
    base, none = session.model(session.BASE), session.at_strength(name, 0.0)
    for key, value in base.decoder.state_dict().items():
        assert torch.equal(value, none.decoder.state_dict()[key])
    assert none.chat is None and torch.equal(base.trace(TEXT).logits, none.trace(TEXT).logits)
    assert not torch.tensor(session.weights_moved(name, 0.0)).any()
    assert session.at_strength(name, 1.0) is session.model(name)


def test_half_the_strength_moves_the_weights_half_as_far():
    whole, half = (torch.tensor(session.weights_moved("assistant", strength)) for strength in (1.0, 0.5))
    assert torch.allclose(2 * half, whole, rtol=1e-3)


@pytest.mark.parametrize("text", [TEXT, "", "👩‍👩‍👧 <b>*x*</b>"])
@pytest.mark.parametrize("reads", ["same", "template"])
def test_both_orders_are_the_distributions(state, text, reads):
    state["finetuning.reads"] = reads
    view = finetuning.look(text)
    left, right = finetuning.order(Text("en"), view)
    for rows, when in ((left, "before"), (right, "after")):
        values = [row[when] for row in rows]
        assert sum(values) == approx(1, abs=1e-5) and values[:-1] == sorted(values[:-1], reverse=True)
    logits = (session.model("assistant").trace_chat(text) if reads == "template" else session.model("assistant").trace(text)).logits[-1]
    probs = distribution(logits).probs
    assert [row["after"] for row in left[:-1]] == approx([float(probs[int(row["id"])]) for row in left[:-1]], abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_every_sentence_can_be_said(state, language, strength):
    state.update({"finetuning.strength": strength, "finetuning.model": "pirate"})
    t, view = Text(language), finetuning.look(TEXT)
    heads = finetuning.heads(t, view)
    said = [finetuning.sentence(t, view), finetuning.heads_sentence(t, view, heads["moved"]), finetuning.weights_sentence(t, view), *heads["said"],
            finetuning.template(t, view, finetuning.prompted(view)), forgotten.sentence(t, view, [], None)]
    assert all(words and "{" not in words and words.count("**") % 2 == 0 for words in said)
    assert (float(heads["moved"].max()) == 0) == (strength == 0) == (not heads["apart"].any())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_answered_by_the_models(language):
    right, values = finetuning.answer(Text(language))
    assert right == "assistant" and Text(language)("finetuning.guide.gold") in values["assistant"]


def test_words_are_marked_only_once_both_texts_are_written(state):
    view = finetuning.look(TEXT)
    models = finetuning.writers(view)
    writing = Writing((), iter(()), list(finetuning.texts(TEXT, 0.0, list(models.values()))))
    before = finetuning.panels(Text("en"), view, models, writing)
    writing.done = True
    after = finetuning.panels(Text("en"), view, models, writing)
    for panel, then in zip(before, after, strict=True):
        assert {mark for _, mark in panel["pieces"]} == {""} and [word for word, _ in panel["pieces"]] == [word for word, _ in then["pieces"]]
    assert any(mark == "came" for _, mark in after[1]["pieces"]) and any(mark == "gone" for _, mark in after[0]["pieces"])


def test_a_link_to_yours_without_one_shows_the_assistant(state):
    state["finetuning.model"] = "yours"
    assert finetuning.chosen()[:2] == ("assistant", "assistant") and "yours" not in finetuning.choices(Text("en"))


def test_rows_of_what_is_forgotten_are_the_sums_of_its_pieces(state):
    view = finetuning.look(TEXT)
    pieces = [Piece("loss", language, family, 2.0 * n, 3.0 * n, n) for n, (language, family) in enumerate([("en", "sums"), ("es", "sums"), ("en", "facts")], 1)]
    pieces += [Piece("facts", "en", "", 4, 2, 8)]
    losses, facts = forgotten.groups(Text("en"), view, pieces)
    assert [(row["before"], row["after"]) for row in losses["rows"]] == [(2.0, 3.0)] * 4 and all(row["worse"] for row in losses["rows"])
    assert [(row["before"], row["after"]) for row in facts["rows"]] == [(0.5, 0.25)]


REPORT = {"phase": "train", "step": 3, "steps": 9, "loss": 1.5, "seconds": 2.0, "left": 4.2, "asking": 2, "of": 9, "long": 2, "talks": True, "samples": [{"prompt": "a", "text": ""}],
          "before": {"facts": 0, "asked": 10, "lines": 0, "own": 3, "loss": 5.0, "fits": 3}, "after": {"facts": 7, "asked": 10, "lines": 2, "own": 3, "loss": 1.0, "fits": 3}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state_", [RUNNING, PAUSED, DONE, STOPPED, FAILED])
def test_a_run_is_told_in_every_state(language, state_):
    t, run = Text(language), Run("tuning", "ana", {"steps": 9, "way": "lora"}, {}, state=state_, latest=REPORT, log=[REPORT, REPORT | {"step": 4, "loss": math.nan}])
    for phase in ("read", "ask", "train", "look back"):
        run.latest = REPORT | {"phase": phase}
        assert "{" not in tuning.status(t, run)
    assert tuning.losses(run) == [[3, 1.5]] and tuning.done(run) == approx(2 / 6.2)
    assert "7" in tuning.result(t, run) and tuning.samples(t, run)[0]["text"] == t("finetuning.nothing")
    assert {name for name, one in tuning.buttons(t, run).items() if one["shown"]} == {
        RUNNING: {"pause", "stop"}, PAUSED: {"go", "stop"}}.get(state_, {"start"})


@pytest.mark.parametrize("name", tuning.PRESETS)
def test_a_preset_sets_what_it_says(state, name):
    links.remember(tuning.preset(name))
    assert tuning.settings() == tuning.PRESETS[name]
    assert tuning.meant(Text("en")) == Text("en")(f"finetuning.preset_hint.{name}")


def small(base) -> Adapter:
    """An adapter that changes something, as a run hands it over."""
    adapter = Adapter.fresh(base.decoder, 2, 4.0, (1, 2, 3), 1)
    for tensor in (*adapter.b.values(), adapter.row_change):
        tensor.normal_(0, 0.05, generator=torch.Generator().manual_seed(1))
    return parcel.change(parcel.tensors(adapter), adapter.scale, base)


def test_what_a_run_made_stands_as_yours_once(state):
    base = session.model(session.BASE)
    made = small(base)
    run = Run("tuning", "ana", {"steps": 9, "way": "lora"}, {}, state=STOPPED, latest={"scale": made.scale, "talks": True, "step": 4}, tensors=parcel.tensors(made),
              log=[{"forgotten": ["loss", "en", "sums", 4.0, 6.0, 2]}])
    assert tuned.over(base, run) and not tuned.over(base, run)
    id, name, strength = finetuning.chosen()
    assert (id, strength, tuned.mine().pieces) == ("yours", 1.0, (Piece("loss", "en", "sums", 4.0, 6.0, 2),)) and "yours" in finetuning.choices(Text("en"))
    lm, none = session.at_strength(name, 1.0), session.at_strength(name, 0.0)
    for key, value in merge(base.decoder, made).state_dict().items():
        assert torch.equal(lm.decoder.state_dict()[key], value) and torch.equal(none.decoder.state_dict()[key], base.decoder.state_dict()[key])
    assert lm.chat and none.chat is None and "4" in tuning.label(Text("en"), tuned.mine(), 1)


def test_a_file_gives_the_name_that_its_weights_have(state):
    base = session.model(session.BASE)
    made = small(base)
    tuned.opened(base, "a" * 64, parcel.pack(made, "a" * 64, True), "mine.safetensors")
    first = tuned.mine()
    tuned.opened(base, "a" * 64, parcel.pack(first.change, "a" * 64, True), "again.safetensors")
    assert tuned.mine().name == first.name and tuning.cost(Text("en"), first) == ""
    with pytest.raises(ModelError):
        tuned.opened(base, "b" * 64, parcel.pack(made, "a" * 64, True), "other.safetensors")
    assert tuned.mine().name == first.name


@pytest.mark.parametrize("log, latest", [([], {}), ([{"phase": "ask"}], {"phase": "ask"})])
def test_a_run_that_made_nothing_leaves_what_there_was(state, log, latest):
    run = Run("tuning", "ana", {}, {}, state=FAILED, log=log, latest=latest)
    assert not tuned.over(session.model(session.BASE), run) and tuned.mine() is None
