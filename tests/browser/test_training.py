"""Training in a browser: what is drawn of the text is the engine's; a run starts, pauses, steps, stops, is still there for who comes back, and queues."""
import math

import pytest
from pytest import approx

from engine import descent, load
from engine.surprise import surprise
from ui.i18n import Text
from ui.runs import desk

TEXT = "The capital of France is"
GOOD = "The fox looked for water and found a stone. " * 90
SLOW = 400_000                      # milliseconds until a run, which goes below everything else, has begun on a busy machine
t = Text("en")


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("training", TEXT, lang="en", **{"training.at": "0"})


def lost(reader) -> list[float]:
    return reader.numbers(".shift .place", "loss")


def losses(name: str) -> list[float]:
    return (-surprise(load(name).trace(TEXT)).logprobs).tolist()


def at(reader, station: str) -> None:
    reader.page.wait_for_function("id => document.querySelector('.stations input').value === id", arg=station)


def press(reader, do: str) -> None:
    """Press a button of the run, once it can be pressed."""
    reader.page.click(f"[data-part=buttons] .press:text-is('{t(f'training.run.do.{do}')}'):enabled")


def state(reader, wanted: str, steps: int = 0) -> int:
    """Wait for a state and for so many steps; returns how many there are."""
    reader.page.wait_for_function("([state, steps]) => { const run = document.querySelector('.run'); return run.dataset.state === state && Number(run.dataset.steps) >= steps }", arg=[wanted, steps], timeout=SLOW)
    return int(reader.page.get_attribute(".run", "data-steps"))


def settled(reader) -> int:
    """The steps of a paused run, once the one that was on its way has come."""
    before = -1
    while (steps := state(reader, "paused")) != before:
        before = steps
        reader.page.wait_for_timeout(2500)
    return steps


def drawn(reader, part: str, number: int = 0) -> list[float]:
    """The numbers of a curve."""
    return reader.page.eval_on_selector(f"[data-part={part}] canvas", f"e => [...e.series[{number}].y]")


def test_losses_are_the_engines_and_the_slider_goes_from_moment_to_moment(reader):
    assert lost(reader) == approx(losses("mini@0"), abs=1e-4)
    assert sum(lost(reader)) / len(lost(reader)) == approx(math.log(4096), abs=0.5)       # random weights are not quite even
    reader.page.focus(".stations input")
    for _ in range(5):
        reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function("wanted => Math.abs(document.querySelector('.shift .place:last-child').dataset.loss - wanted) < 1e-4", arg=losses("mini")[-1])
    assert lost(reader) == approx(losses("mini"), abs=1e-4)
    assert drawn(reader, "path") == approx([sum(losses(name)) / len(losses(name)) for name in ("mini@0", "mini@262144", "mini@2097152", "mini@5242880", "mini@10485760", "mini")], abs=1e-4)
    reader.page.focus(".shift .places")
    reader.page.keyboard.press("ArrowRight")
    assert reader.page.inner_text(".shift + .readout").startswith("After ⟨start⟩")


def test_the_step_is_the_engines_and_a_rate_too_high_makes_it_worse(reader):
    lm = load("mini")
    ids = [lm.bos, *lm.tokenizer.encode(TEXT)]
    for rate in ("0.1", "1.0"):
        reader.page.click(f"[data-part=rate] [data-option='{rate}']")
        found = descent.descend(lm.decoder, ids, float(rate))
        reader.page.wait_for_function("wanted => Math.abs(document.querySelector('.moves [data-id=loss] td:last-child')?.dataset.value - wanted) < 1e-3", arg=found.after)
        assert float(reader.page.get_attribute(".moves [data-id=moved] td:last-child", "data-value")) == approx(found.moved, rel=1e-3)
        assert reader.page.get_attribute(".moves [data-id=weights] td:nth-child(2)", "data-value") == descent.fingerprint(dict(lm.decoder.named_parameters()))


def test_a_link_brings_the_settings_back(reader, new_reader):
    query = reader.page.get_attribute(".tools button", "data-query")
    other = new_reader()
    other.page.goto(f"{other.url}/training{query}&training.part=mask&training.seed=7")
    other.rest()
    assert lost(other) == approx(losses("mini"), abs=1e-4)
    assert other.page.get_attribute("[data-part=settings] [data-option=mask]", "aria-checked") == "true"
    assert other.page.input_value("[data-part=settings] .dial input") == "7"
    other.close()


def test_a_run_starts_pauses_steps_and_is_still_there_for_who_comes_back(reader):
    press(reader, "start")
    state(reader, "running", 4)
    values = drawn(reader, "loss")
    assert values[0] == approx(math.log(4096), abs=0.2)
    lines = reader.page.eval_on_selector("[data-part=loss] canvas", "e => e.lines.map(line => line.y)")
    assert lines[0] == approx(math.log(4096)) and lines == sorted(lines, reverse=True) and len(lines) == 5
    assert reader.page.locator(".samples[data-rows] li:not(.head)").count() >= 1
    press(reader, "pause")
    steps = settled(reader)
    press(reader, "step")
    assert state(reader, "paused", steps + 1) == steps + 1 == settled(reader)
    reader.go("tokens")
    reader.go("training")
    assert state(reader, "paused", steps + 1) == steps + 1 and drawn(reader, "loss")[:len(values)] == values


def test_a_second_reader_waits_and_is_told_so(reader, new_reader):
    press(reader, "go")
    state(reader, "running")
    busy = [new_reader() for _ in range(desk().most - 1)]       # one for each core that is still free
    for someone in busy:
        someone.open("training", lang="en")
        press(someone, "start")
        state(someone, "running")
    other = new_reader()
    other.open("training", lang="en")
    press(other, "start")
    state(other, "waiting")
    assert other.page.inner_text(".run .said") == t("training.run.ahead", count=1)
    press(reader, "stop")
    steps = state(reader, "stopped")
    assert "Stopped" in reader.page.inner_text(".run .said")
    state(other, "running")
    press(other, "stop")
    state(other, "stopped")
    for someone in (*busy, other):
        someone.close()
    reader.page.wait_for_timeout(700)
    assert state(reader, "stopped") == steps


def test_what_was_trained_is_kept_for_every_screen(reader):
    press(reader, "keep")
    label = t("training.run.stories", tokens="0")[:8]
    reader.page.wait_for_function("() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    reader.page.click("[data-testid=stSidebar] [data-testid=stSelectbox] input")
    reader.page.wait_for_selector(f"[role=option]:has-text('{label}')")
    reader.page.keyboard.press("Escape")


def test_a_bad_text_is_refused_in_a_sentence_and_stays_in_its_box(reader):
    reader.page.click("[data-part=settings] [data-option=own]")
    box = "[data-testid=stTextArea] textarea"
    reader.page.wait_for_selector(box)
    assert reader.page.locator(f"[data-part=buttons] .press:text-is('{t('training.run.do.start')}')").is_disabled()
    for text, code in (("", "text_empty"), ("Only a line.", "text_short"), ("\u0000\u0001\ufffd\ufffdIHDR" * 9, "text_foreign")):
        reader.page.fill(box, text)
        reader.page.click("[data-testid=stFormSubmitButton] button")
        reader.page.wait_for_selector(f"[data-testid=stAlert]:has-text('{t(f'error.{code}').split('{')[0].split(':')[0].strip()}')")
        assert reader.page.input_value(box).replace("\u0000", "")[:6] == text.replace("\u0000", "")[:6]


def test_a_text_of_ones_own_is_learnt_and_a_huge_one_is_cut(reader):
    box = "[data-testid=stTextArea] textarea"
    reader.page.fill(box, GOOD * 30)
    reader.page.click("[data-testid=stFormSubmitButton] button")
    reader.page.wait_for_selector(f"text=of its {t.number(len(GOOD * 30), 0)} characters")
    press(reader, "anew" if reader.page.locator(f"[data-part=buttons] .press:text-is('{t('training.run.do.anew')}')").is_enabled() else "step")
    steps = state(reader, "paused", 1)
    assert steps <= 2 and 5 < drawn(reader, "loss")[0] < 6.5                # ln of a few hundred entries
    press(reader, "stop")
    state(reader, "stopped")


def test_three_ways_of_reading_are_timed_on_demand(new_reader):
    reader = new_reader()
    reader.open("training", lang="en", model="mini")
    assert reader.page.eval_on_selector("[data-part=pace] canvas", "e => e.series.length") == 0
    reader.page.click("[data-name='training.measure']")
    reader.page.wait_for_function("() => { const { series } = document.querySelector('[data-part=pace] canvas'); return series.length === 3 && series.every(({ x }) => x.length === 5) }", timeout=SLOW)
    at_once, single, recurrent = (drawn(reader, "pace", i) for i in range(3))
    assert single[-1] > at_once[-1] and recurrent[-1] > 0 and all(later > one for one, later in zip(single, single[1:], strict=False))
    reader.close()
