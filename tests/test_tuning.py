"""The job that fine-tunes on a reader's lines: it reports what it does, leaves the base alone, and hands over what it measured."""
import json
import math
from dataclasses import replace

import pytest
import torch

import engine
from engine import KnobError, ModelError, TextError, parcel
from engine.chats import template
from engine.finetune import IGNORE, Recipe, continuation, encode, scored, tune
from engine.forgetting import FAMILIES, Piece, summed
from engine.live import jobs, tuning
from engine.lora import Adapter, Whole, merge
from ui.i18n import LANGUAGES
from ui.readings.tuning import PRESETS, RATES, example, sets

ORDER = {"base": "nano", "text": example("en", "polite"), "way": "lora", "rate": 0.005, "steps": 6, "replay": True, "language": "en", "seed": 1}


@pytest.fixture(scope="module")
def nano():
    return engine.load("nano")


def worked(**other) -> tuple[list[dict], dict]:
    log, tensors = [], {}
    for said, sent in jobs.run("tuning", ORDER | other, {}):
        log.append(json.loads(json.dumps(said)))
        tensors |= sent
    return log, tensors


def merged_of(log: list[dict]) -> dict:
    return {key: value for said in log for key, value in said.items()}


@pytest.fixture(scope="module")
def run():
    return worked()


def test_a_run_reports_every_step_and_what_it_measured(run):
    log, tensors = run
    assert [said["step"] for said in log if "loss" in said] == list(range(1, 7)) and log[-1] == {"phase": "done"}
    assert [said["phase"] for said in log if "phase" in said and said["phase"] != "train"] == ["read", "ask", "look back", "done"]
    latest = merged_of(log)
    assert (latest["lines"], latest["kept_out"], latest["talks"], latest["long"]) == (24, 6, True, 0)
    for when in ("before", "after"):
        assert latest[when]["asked"] == tuning.ASKED and latest[when]["own"] == latest[when]["fits"] == 6
    assert latest["asking"] == latest["of"] == tuning.ASKED + 6
    pieces = [Piece(*said["forgotten"]) for said in log if "forgotten" in said]
    assert len([piece for piece in pieces if piece.kind == "loss"]) == tuning.MEASURED[0] * len(FAMILIES) * 2
    assert len(latest["samples"]) == tuning.SAMPLES and all(one["prompt"] for one in latest["samples"])
    assert all(tensor.dtype in (torch.float16, torch.int64) for tensor in tensors.values())
    assert latest["left"] == 0


def test_what_it_reports_are_the_numbers_of_what_it_hands_over(run, nano):
    log, tensors = run
    latest = merged_of(log)
    change = parcel.change(tensors, latest["scale"], nano)
    assert isinstance(change, Adapter) and change.rows == (1, 2, 3)
    lm = replace(nano, decoder=merge(nano.decoder, change), chat=template(nano.tokenizer))
    lines = [line for i, line in enumerate(tuning.parse(ORDER["text"]), 1) if i % 5 == 0]
    assert latest["after"]["loss"] == pytest.approx(scored(lm, [encode(lm, lm.chat, [line]) for line in lines]), abs=1e-5)
    for one in latest["samples"]:
        assert one["text"] == tuning.answer(lm, one["prompt"])[0]


def test_the_same_order_learns_the_same(run):
    log, tensors = worked()
    assert all(torch.equal(value, tensors[name]) for name, value in run[1].items())


@pytest.mark.parametrize("way, kind", [("lora", Adapter), ("full", Whole)])
def test_learning_lowers_the_loss_either_way(nano, way, kind):
    log, tensors = worked(way=way, rate=0.01 if way == "lora" else 0.003, steps=30, replay=False)
    curve = [said["loss"] for said in log if "loss" in said]
    assert sum(curve[-5:]) < 0.6 * sum(curve[:5])
    latest = merged_of(log)
    assert isinstance(parcel.change(tensors, latest["scale"], nano), kind)
    before, after, _ = summed([Piece(*said["forgotten"]) for said in log if "forgotten" in said], "loss")
    assert after > before + 0.05                    # without replay something is forgotten


def test_plain_lines_are_continued_and_have_no_template(nano):
    log, tensors = worked(text="\n".join(f"The little dog number {i} ran home. 🙂" for i in range(6)), steps=3)
    latest = merged_of(log)
    assert not latest["talks"] and latest["kept_out"] == 0 and latest["after"]["loss"] is None
    assert "rows" not in tensors and parcel.change(tensors, latest["scale"], nano).rows == ()


def test_a_continuation_is_scored_whole_and_ends(nano):
    inputs, targets = continuation(nano, "The cat sat.")
    ids = nano.tokenizer.encode("The cat sat.")
    assert inputs == [nano.bos, *ids] and targets == [*ids, nano.bos] and IGNORE not in targets


def test_a_run_ends_when_its_time_is_up(nano):
    pairs = [continuation(nano, "The cat sat.")]
    steps = [progress for progress, _ in tune(nano, Whole.fresh(nano.decoder), pairs, None, Recipe(steps=5000, batch=2, rate=1e-4), seconds=0.4)]
    assert 1 < len(steps) < 5000 and steps[-1].seconds >= 0.4 and steps[-1].seconds_left == 0 and math.isfinite(steps[-1].loss)


@pytest.mark.parametrize("other, error, code", [
    ({"text": "too\nfew"}, TextError, "lines_few"), ({"text": "x\n" * 500}, TextError, "lines_many"), ({"text": ("word " * 2000 + "\n") * 5}, TextError, "examples"),
    ({"steps": 0}, KnobError, "tuning"), ({"steps": 10_000}, KnobError, "tuning"), ({"rate": 5.0}, KnobError, "tuning"), ({"way": "magic"}, KnobError, "tuning"),
    ({"base": "nobody"}, ModelError, "model_missing")])
def test_orders_that_cannot_be_run_are_refused(other, error, code):
    with pytest.raises(error) as raised:
        worked(**other)
    assert raised.value.code == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ready_made_lines_can_be_used(language):
    assert sets(language) == ["polite", "telegram", "words"]
    for name in sets(language):
        learnt, kept_out = tuning.part(tuning.parse(example(language, name)))
        assert len(learnt) == 24 and len(kept_out) == 6 and all(line.question for line in learnt + kept_out)


def test_presets_can_be_set_and_run():
    for way, rate, steps, replay in PRESETS.values():
        recipe, chosen = tuning._recipe({"way": way, "rate": float(rate), "steps": steps, "replay": replay, "seed": 1})
        assert rate in RATES and (recipe.steps, recipe.rate, chosen) == (steps, float(rate), way)
