"""What the training screen says: the mean of the positions is the loss shown, stations are the engine's snapshots, a run's words are its numbers."""
import math
from types import SimpleNamespace

import pytest
import torch
from pytest import approx
from torch.nn import functional as F

from engine import EngineError, load
from engine.snapshots import kept as kept_snapshots
from ui import links, runs, session, training
from ui.figures.training import series
from ui.i18n import LANGUAGES, Text
from ui.readings import pace as paces
from ui.readings import run as readings
from ui.readings import training as objectives
from ui.training import Now
from ui.writing import Writing

TEXT = "The capital of France is"
t = Text("en")


@pytest.fixture
def page(monkeypatch):
    """The choices of a reader, as a plain dictionary."""
    page = SimpleNamespace(session_state={}, query_params={})
    for module in (links, session, training):
        monkeypatch.setattr(module.st, "session_state", page.session_state)
    return page.session_state


def reported(step: int, **said) -> dict:
    return {"step": step + 1, "tokens": step * 768, "seconds": step * 0.05, "whole.loss": 8.3 - step * 0.05, "whole.norm": 1.5} | said


def a_run(part: str = "none", state: str = "running", steps: int = 60, text: str | None = None, **last) -> Now:
    about = {"steps": 100, "budget": 76_800, "parameters": 1000, "vocabulary": 4096, "counted": 5000, "probe": [0, 300, 301], "prompt": "Once", "tokenizer": None,
             "references": {"uniform": math.log(4096), "unigram": 5.9, "bigram": 2.6, "trigram": 1.4, "entropy": 0.5}}
    less = {} if part == "none" else {"less.loss": 5.0, "less.norm": 9.0, "less.sample": "zz"}
    log = [reported(i, **less, **({"whole.sample": f" text {i}", "whole.kept_out": 8.0} if i % 20 == 0 else {})) for i in range(steps)]
    if log:
        log[-1] |= last
    tensors = {"whole.pattern": torch.eye(3).expand(1, 2, 3, 3), "less.pattern": torch.full((1, 2, 3, 3), 1 / 3)}
    run = SimpleNamespace(state=state, order={"part": part, "text": text}, tensors=tensors, ahead=2, error=EngineError("run_died", "It died."))
    return Now(run, about if log else {}, log)


@pytest.mark.parametrize("station", ["0", "262144", "mini", "model"])
def test_the_loss_shown_is_the_mean_of_the_positions_and_autograds(page, station):
    seen = objectives.objective(TEXT, station)
    ids = [token.id for token in seen.trace.tokens]
    with torch.no_grad():
        wanted = F.cross_entropy(seen.lm.decoder(torch.tensor([ids[:-1]])).logits[0], torch.tensor(ids[1:]))
    places = objectives.places(t, seen)
    assert seen.mean == approx(float(wanted), abs=1e-4)
    assert sum(place["loss"] for place in places) / len(places) == approx(seen.mean, abs=1e-9)
    assert [place["target"] for place in places[:-1]] == [place["reads"] for place in places[1:]]
    assert t.number(seen.mean) in objectives.objective_sentence(t, seen)


def test_stations_are_the_snapshots_that_ship(page):
    assert objectives.moments() == kept_snapshots(objectives.checkpoint.find("mini"))
    for station, name in objectives.names().items():
        loaded = load(name).trace(TEXT).logits
        assert torch.equal(objectives.objective(TEXT, station).trace.logits, loaded)
    assert [station["id"] for station in objectives.stations(t)] == list(objectives.names())


def test_a_random_model_loses_ln_v_and_the_card_knows(page):
    for language in LANGUAGES:
        right, said = objectives.answer(Text(language))
        assert right == "even" and right in Text(language).group("training.guide.option")
        assert objectives.objective(Text(language)("training.guide.prompt"), "0").mean == approx(math.log(4096), abs=0.2)
        assert said["even"] == Text(language).number(math.log(4096))


@pytest.mark.parametrize("text", ["", "x", TEXT, "word " * 400])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_something_to_say(page, text, language):
    t = Text(language)
    seen = objectives.objective(text, "0")
    parts = [objectives.path(t, text), objectives.written(t, Writing((), iter(())), text, False)]
    for words in (objectives.objective_sentence(t, seen), *(part[key] for part in parts for key in ("title", "hint", "caption"))):
        assert "{" not in words and "nan" not in words.lower().split() and words.count("**") % 2 == 0
    assert len(objectives.places(t, seen)) == len(seen.trace.tokens) - 1


def test_the_step_is_the_engines(page):
    page["training.at"] = "mini"
    objectives.step(TEXT)                           # the first run only notes what is asked for
    made = objectives.step(TEXT)
    (found,) = made.pieces
    lm = session.model("mini")
    wanted = objectives.descent.descend(lm.decoder, [lm.bos, *lm.tokenizer.encode(TEXT)], 0.1)
    assert found.step == wanted and found.read[0] == found.read[1] == wanted.fingerprints[0]
    rows = {row["id"]: row["cells"] for row in objectives.compared(t, found)}
    assert rows["moved"][2]["value"] == wanted.moved and rows["loss"][2]["value"] == wanted.after and rows["weights"][1]["value"] == wanted.fingerprints[0]
    assert found.cache == 2 * 3 * 128 * found.ids
    assert ("up" in objectives.step_sentence(t, found)) == (wanted.after > wanted.before)


def test_too_short_a_text_or_too_large_a_model_makes_no_step(page, monkeypatch):
    for text in ("", TEXT):
        if text:
            monkeypatch.setattr(session, "LEARNING", 10)
        objectives.step(text)
        assert objectives.step(text).done and not objectives.step(text).pieces
        assert objectives.moves(t, objectives.step(text), "x")["text"] == t("training.moves.none")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["none", "residual", "norm", "positions", "mask"])
@pytest.mark.parametrize("state, steps", [("none", 0), ("waiting", 0), ("running", 0), ("running", 1), ("running", 60), ("paused", 60), ("done", 60), ("stopped", 0), ("stopped", 60), ("failed", 3)])
def test_a_run_has_something_to_say_in_every_state(page, language, part, state, steps):
    t = Text(language)
    page["training.part"] = part
    now = Now() if state == "none" else a_run(part, state, steps, **({"masked.kept_out": 9.0} if part == "mask" else {}))
    drawn = [readings.settings(t), readings.buttons(t, now), readings.meters(t, now), readings.curves(t, now), readings.forming(t, now), readings.samples(t, now), readings.norms(t, now)]
    for one in drawn:
        for words in (one["title"], one["hint"], one["caption"], one.get("said", "")):
            assert "{" not in words and "nan" not in words.lower().split() and words.count("**") % 2 == 0
    assert len(readings.table(t, now)) == steps


def test_curves_hold_what_was_reported(page):
    now = a_run("mask", **{"masked.kept_out": 8.8})
    curves = readings.curves(t, now)
    wanted = series("", [said["tokens"] for said in now.steps], [said["less.loss"] for said in now.steps], "contrast")
    (raw,) = [line for line in curves["series"] if line.get("faint") and line["colour"] == "contrast"]
    assert (raw["x"], raw["y"]) == (wanted["x"], wanted["y"])
    assert {line["name"]: line["y"] for line in curves["lines"]} == {t(f"training.reference.{key}"): value for key, value in now.about["references"].items()}
    assert t.number(8.8) in curves["caption"] and curves["x"]["to"] == 76_800


def test_the_smoothed_loss_begins_at_the_first_and_forgets_it():
    found = readings.smoothed([8.0] + [2.0] * 200)
    assert found[0] == 8.0 and found[1] == approx((readings.SMOOTH * 8 + 2) / (readings.SMOOTH + 1)) and found[-1] == approx(2, abs=1e-4)


@pytest.mark.parametrize("loss, line", [(8.2, "uniform"), (5.0, "unigram"), (2.0, "bigram"), (1.0, "trigram")])
def test_it_says_which_line_was_passed_last(page, loss, line):
    now = a_run(steps=1, **{"whole.loss": loss})
    assert t(f"training.run.passed.{line}", line=t.number(now.about["references"][line])) in readings.sentence(t, now)


@pytest.mark.parametrize("less, key", [(3.0, "worse"), (2.0, "better"), (2.55, "alike")])
def test_what_the_missing_part_does_is_read_off_both(page, less, key):
    now = a_run("positions", steps=1, **{"whole.loss": 2.5, "less.loss": less})
    assert readings.compared(t, now) == t(f"training.run.{key}", name="without positions", less=t.number(less), whole=t.number(2.5))


def test_pace_and_what_is_left_are_reckoned_from_the_last_steps(page):
    meters = {meter["id"]: meter["value"] for meter in readings.meters(t, a_run())["meters"]}
    assert meters["pace"] == t.number(768 / 0.05, 0) and meters["tokens"] == t.number(60 * 768, 0) and meters["left"] == f"{40 * 0.05:.0f} s" and meters["first"] == "8.30"


def test_a_run_that_waits_says_how_many_are_before_it(page):
    assert readings.meters(t, a_run(state="waiting", steps=0))["said"] == t("training.run.ahead", count=2)


def test_only_what_can_be_done_is_offered(page):
    def offered(now) -> set:
        return {control["value"] for control in readings.buttons(t, now)["controls"] if not control["disabled"]}
    assert offered(Now()) == {"start", "step"} and offered(a_run()) == {"pause", "stop", "anew"}
    assert offered(a_run(state="paused")) == {"go", "step", "stop", "anew"} and offered(a_run(state="done")) == {"start", "step", "anew"}
    page["training.source"] = "own"
    assert offered(Now()) == set()
    page[training.OWN] = "something"
    assert offered(Now()) == {"start", "step"}


@pytest.mark.parametrize("text, code", [("", "text_empty"), ("x\0", "text_foreign"), ("Only a line.", "text_short")])
def test_a_bad_text_of_ones_own_is_not_taken(page, text, code):
    with pytest.raises(EngineError) as refused:
        training.accept(text)
    assert refused.value.code == code and not training.mine()
    for language in LANGUAGES:
        assert "{" not in Text(language).error(refused.value)


def test_a_good_text_is_taken(page):
    training.accept("One two three, and a fox. " * 200)
    assert training.mine() == "One two three, and a fox. " * 200 and training.pasted() == 5200


def test_of_a_huge_text_the_beginning_is_taken(page):
    training.accept("One two three, and a fox. " * 20_000)
    assert len(training.mine()) == training.MOST < training.pasted() == 520_000


def test_nothing_is_timed_until_it_is_asked_for(page):
    lm = session.model("mini")
    assert paces.curve(t, lm, None)["caption"] == t("training.pace.not_yet") and paces.curve(t, lm, None)["series"] == []
    pieces = [paces.pace.Pace(kind, 64, seconds) for kind, seconds in (("parallel", 0.01), ("single", 0.2), ("recurrent", 0.05))]
    drawn = paces.curve(t, lm, Writing((), iter(()), pieces, True))
    assert "20.0" in drawn["caption"] and "5.0" in drawn["caption"] and len(drawn["series"]) == 3


def test_states_are_those_that_runs_have():
    assert {runs.RUNNING, runs.PAUSED, runs.DONE, runs.STOPPED, runs.FAILED} == t.group("training.run.state").keys()
