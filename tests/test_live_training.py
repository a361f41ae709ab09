"""Runs that train: they begin at ln V, from the seed alone, tell true numbers on the way, and what is taken away is away."""
import json
import math

import pytest
import torch
from pytest import approx

from engine import KnobError, TextError
from engine.corpus.stream import write
from engine.live import jobs, material, training
from engine.live.training import BATCH, LESS, LOOK, PLANS, WHOLE, Plan, start, train, without
from engine.model import NOTHING, Without
from engine.train import Recipe, validation_loss

SMALL = Plan(Recipe(tokens=8 * 32 * 40, rate=1e-2, warm_up=5), layers=2, heads=2, width=32, context=32)
ORDER = {"part": "none", "text": None, "language": "en", "seed": 3, "prompt": "Once upon a time"}
TALE = "\n\n".join(f"The {animal} number {i} looked for water.\nIt found a {thing} instead, and was content." for i in range(12)
                   for animal, thing in (("fox", "stone"), ("crow", "ring"), ("mouse", "crumb"), ("hare", "leaf")))


@pytest.fixture(autouse=True, scope="module")
def few():
    """Fewer stories than the app counts on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(material, "COUNTED", 250)
        patch.setattr(material, "KEPT_OUT", 60)
        patch.setattr(material, "CHUNK", 40)
        yield


def told(order: dict, plan: Plan = SMALL) -> list:
    return list(train(ORDER | order, plan))


@pytest.fixture(scope="module")
def alone():
    return told({})


@pytest.fixture(scope="module")
def cheating():
    return told({"part": "mask"})


def test_it_begins_at_ln_v_and_falls(alone):
    about, first, last = alone[0][0], alone[1][0], alone[-1][0]
    even = math.log(about["vocabulary"])
    assert about["references"]["uniform"] == even
    assert first["whole.loss"] == approx(even, abs=0.2) and first["whole.kept_out"] == approx(even, abs=0.2) and first["tokens"] == 0
    assert last["whole.kept_out"] < first["whole.kept_out"] - 1


@pytest.mark.parametrize("part", PLANS)
def test_every_plan_begins_at_ln_v_whatever_the_seed(part):
    plan = PLANS[part]
    decoder = start(plan, 4096, 7)
    ids = torch.randint(4096, (2, plan.context), generator=torch.Generator().manual_seed(0))
    for lack in (NOTHING, without(part, plan.layers)):
        with torch.no_grad():
            logits = decoder(ids[:, :-1], without=lack).logits
        assert float(torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())) == approx(math.log(4096), abs=0.2)


def test_every_step_is_told_and_every_message_fits_the_pipe(alone):
    about, steps = alone[0][0], [said for said, _ in alone[1:]]
    assert about["steps"] * BATCH * SMALL.context == about["budget"] and len(steps) == about["steps"] + 1
    assert [said["tokens"] for said in steps] == [i * BATCH * SMALL.context for i in range(len(steps))]
    assert all("whole.loss" in said and said["whole.norm"] > 0 for said in steps[:-1]) and "whole.loss" not in steps[-1]
    assert [i for i, said in enumerate(steps) if "whole.kept_out" in said] == [*range(0, about["steps"], LOOK), about["steps"]]
    assert json.loads(json.dumps([said for said, _ in alone])) == [said for said, _ in alone]
    assert all(later["seconds"] >= said["seconds"] for said, later in zip(steps, steps[1:], strict=False))


def test_the_same_seed_tells_the_same(alone):
    again = told({})
    for (one, _), (other, _) in zip(alone[1:], again[1:], strict=True):
        assert {k: v for k, v in one.items() if k != "seconds"} == {k: v for k, v in other.items() if k != "seconds"}
    assert told({"seed": 4})[1][0]["whole.sample"] != alone[1][0]["whole.sample"]


def test_weights_attention_and_samples_are_the_models(alone):
    about, (last, tensors) = alone[0][0], alone[-1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PLANS, "none", SMALL)
        lm = training.model(tensors, "none", about)
    trace = lm.decoder(torch.tensor([about["probe"]]))
    assert torch.equal(tensors["whole.pattern"], torch.stack([layer.pattern[0] for layer in trace.layers]))
    assert "".join(step.text for step in lm.generate("Once upon a time", min(training.WRITTEN, lm.context - 6), training.TEMPERATURE, seed=3)).startswith(last["whole.sample"][:20])
    assert not lm.decoder.training and lm.trace("The cat").logits.shape[1] == about["vocabulary"]


def test_kept_out_stories_are_told_to_nobody():
    learnt = material.stories("en", 5, 32, 4)
    unseen = {document.text for document in material.itertools.islice(material._told("en", -1, set()), 60)}
    seen = [document.text for document in material.itertools.islice(material._told("en", 5, unseen), 500)]
    assert not unseen & set(seen)
    inputs, targets = next(learnt.batches)
    assert inputs.shape == (4, 32) and torch.equal(inputs[:, 1:], targets[:, :-1]) and inputs[:, 0].eq(learnt.bos).all()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_lines_stand_in_their_order(language):
    found = material.stories(language, 1, 96, 8).references
    assert found["uniform"] > found["unigram"] > found["bigram"] > found["trigram"] > found["entropy"] > 0


def test_stories_fit_a_window():
    lengths = [len(material.teller().encode(write(language, genre, i).text)) for language in ("en", "es") for genre in material.GENRES for i in range(40)]
    assert sorted(lengths)[len(lengths) // 2] < PLANS["none"].context


@pytest.mark.parametrize("part, lack", [("residual", Without(residual={0, 1})), ("norm", Without(norm={0, 1, 2})), ("positions", Without(positions=True)), ("mask", Without(mask=True))])
def test_what_the_second_decoder_lacks_is_all_of_it(part, lack):
    assert without(part, 2) == lack


def test_both_decoders_start_alike_and_read_the_same(cheating):
    first = cheating[1][1]
    for name in (key.removeprefix("whole/") for key in first if key.startswith("whole/")):
        assert torch.equal(first[f"whole/{name}"], first[f"less/{name}"])
    assert first["less.pattern"][:, :, 0, 1:].sum() > 0.5 and first["whole.pattern"].triu(1).sum() == 0


def test_the_cheats_loss_with_a_mask_is_measured_beside_the_one_without(cheating):
    looks = [said for said, _ in cheating[1:] if "less.kept_out" in said]
    assert all({"whole.kept_out", "less.kept_out", "masked.kept_out"} <= said.keys() for said in looks)
    learnt, (_, tensors) = material.stories("en", 3, SMALL.context, BATCH), cheating[-1]
    decoder = start(SMALL, cheating[0][0]["vocabulary"], 0)
    decoder.load_state_dict({key.removeprefix("less/"): value for key, value in tensors.items() if key.startswith("less/")})
    found = [validation_loss(decoder, learnt.kept_out, 1, training.LOOKED_AT, True, lack) for lack in (Without(mask=True), NOTHING)]
    assert [looks[-1]["less.kept_out"], looks[-1]["masked.kept_out"]] == approx(found, abs=1e-4)


def test_a_run_of_the_whole_is_not_changed_by_the_other(alone, cheating):
    assert [said["whole.loss"] for said, _ in cheating[1:-1]] == approx([said["whole.loss"] for said, _ in alone[1:-1]], abs=1e-6)


def test_a_text_of_ones_own_is_learnt_with_a_tokenizer_of_its_own():
    reports = told({"text": TALE, "prompt": ""})
    about, first, last = reports[0][0], reports[1][0], reports[-1][0]
    assert first["whole.loss"] == approx(math.log(about["vocabulary"]), abs=0.2) and last["whole.kept_out"] < first["whole.kept_out"] / 2
    assert about["prompt"] and about["prompt"] in TALE and "entropy" not in about["references"]
    tokenizer = material.Tokenizer.read(about["tokenizer"])
    assert tokenizer.decode(tokenizer.encode(TALE)) == TALE and tokenizer.vocab_size == about["vocabulary"]


@pytest.mark.parametrize("text, code", [("   ", "text_empty"), ("a\0b", "text_foreign"), ("too short", "text_short")])
def test_a_text_that_nothing_can_be_learnt_from_is_refused(text, code):
    with pytest.raises(TextError) as refused:
        told({"text": text})
    assert refused.value.code == code


def test_a_part_that_nobody_has_planned_is_refused():
    with pytest.raises(KnobError):
        next(jobs.run("training", ORDER | {"part": "everything"}, {}))


def test_whole_and_less_are_the_names_of_the_reports(cheating):
    assert {key.partition(".")[0] for said, _ in cheating[1:] for key in said if "." in key} == {WHOLE, LESS, "masked"}
