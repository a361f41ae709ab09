"""Softmax in a browser: every step from logit to probability is the engine's, and sliders redo it without the server."""
import math

import pytest
import torch
from pytest import approx

from engine import distribution
from engine.choices import thrown
from engine.diversity import distinct
from engine.sampling import tally, throw
from engine.surprise import surprise
from ui.figures.probabilities import PRESETS
from ui.readings.probabilities import COUNTS, TEMPERATURES, TEXTS, TOKENS

TEXT = "Once upon a time"
ROWS = ".chain tbody tr:not(.rest)"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("probabilities", TEXT, lang="en", **{"probabilities.temperature": 0.8})


@pytest.fixture(scope="module")
def logits(base):
    return base.trace(TEXT).logits[-1]


def same(reader, logits, **settings) -> None:
    """All that is drawn is what the engine makes of the logits."""
    d = distribution(logits, **settings)
    reader.page.wait_for_selector(ROWS)             # a change of language draws the table anew
    ids = [int(id) for id in reader.all(ROWS, "id")]
    assert ids == logits.argsort(descending=True, stable=True)[:len(ids)].tolist()
    assert reader.numbers(ROWS, "logit") == approx(logits[ids].tolist(), abs=1e-4)
    assert reader.numbers(ROWS, "scaled") == approx(d.scaled[ids].tolist(), abs=1e-3)
    assert reader.numbers(ROWS, "prob") == approx(d.probs[ids].tolist(), abs=1e-5)
    assert reader.all(ROWS, "kept") == [str(bool(kept)).lower() for kept in d.kept[ids]]
    (rest,) = reader.numbers(".chain tr.rest", "prob")
    assert rest == approx(1 - float(d.probs[ids].sum()), abs=1e-4)
    assert sum(reader.numbers(ROWS, "prob")) + rest == approx(1, abs=1e-6)
    assert reader.numbers(".entropy", "entropy") == approx([d.entropy], abs=1e-3)


def slide(reader, knob: str, value: float) -> None:
    reader.page.eval_on_selector(f"#chain-{knob}", """(range, value) => { range.value = value;
        range.dispatchEvent(new Event('input', { bubbles: true })); }""", value)


def written(reader) -> list[str]:
    reader.page.wait_for_function("() => [...document.querySelectorAll('[data-part=five] .cursor')].every(c => c.hidden)")
    return reader.all("[data-part=five] .written > span:nth-child(2)", "text")


def expected(base, text: str, **settings) -> list[str]:
    columns = zip(*base.continuations(text, (1, 2, 3, 4, 5), 16, **settings))
    return ["".join(step.text for step in steps if step) for steps in columns]


def test_chain_is_the_engines(reader, logits):
    same(reader, logits, temperature=0.8)


def test_five_texts_are_the_engines(reader, base):
    assert written(reader) == expected(base, TEXT, temperature=0.8)


def test_dragging_moves_the_bars_and_sends_nothing_until_released(reader, base, logits):
    written(reader)                             # the texts ask for more while they are being written
    slider = reader.page.locator("#chain-temperature")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y, at = box["y"] + box["height"] / 2, lambda share: box["x"] + box["width"] * share
    reader.page.mouse.move(at(0.4), y)
    reader.page.mouse.down()
    before = len(reader.sent)
    seen = set()
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        reader.page.mouse.move(at(share), y)
        temperature = float(slider.input_value())
        seen.add(temperature)
        same(reader, logits, temperature=temperature)
    assert len(seen) == 5 and len(reader.sent) == before
    reader.page.mouse.up()
    reader.page.wait_for_function("t => document.querySelector('.tools button').dataset.query.includes(`probabilities.temperature=${t}`)",
                                  arg=f"{temperature:g}")
    assert len(reader.sent) > before
    assert written(reader) == expected(base, TEXT, temperature=temperature)
    same(reader, logits, temperature=temperature)


def test_every_knob_agrees_with_the_engine(reader, logits):
    for temperature, top_k, top_p in ((1, 0, 1), (0.5, 3, 1), (1.5, 0, 0.5), (2, 50, 0.9), (0.05, 0, 1), (1, 1, 0.3), (0, 0, 1)):
        for knob, value in (("temperature", temperature), ("top_k", top_k), ("top_p", top_p)):
            slide(reader, knob, value)
        same(reader, logits, temperature=temperature, top_k=top_k or None, top_p=top_p if top_p < 1 else None)
    for knob, value in (("temperature", 1), ("top_k", 0), ("top_p", 1)):
        slide(reader, knob, value)


def test_knobs_move_by_keyboard_and_stay_with_a_new_text(reader, base):
    reader.page.focus("#chain-temperature")
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function("() => document.querySelector('.tools button').dataset.query.includes('probabilities.temperature=1.05')")
    text = "El cielo es azul y 🙂"
    reader.type(text)
    same(reader, base.trace(text).logits[-1], temperature=1.05)
    reader.speak("es")
    assert reader.typed() == text
    same(reader, base.trace(text).logits[-1], temperature=1.05)
    assert "1,05" in reader.page.inner_text("[data-part=chain] output >> nth=0")
    reader.speak("en")


def test_entropy_never_passes_that_of_a_fair_choice(reader, base):
    slide(reader, "temperature", 2)
    assert 0 <= reader.numbers(".entropy", "entropy")[0] <= math.log(base.decoder.config.vocab_size) + 1e-6


def fallen(reader, d, seed: int) -> None:
    """The dart drawn is the one that the seed throws at this distribution."""
    seen = thrown(d, throw(torch.Generator().manual_seed(seed)), 10)
    reader.page.wait_for_function("u => document.querySelector('[data-part=dart] .pin').dataset.u === u", arg=repr(seen.u))
    assert reader.numbers("[data-part=dart] .stretch.shade", "to") == approx([sum(seen.probs[:i + 1]) for i in range(10)], abs=1e-6)
    assert reader.numbers("[data-part=dart] .hit", "from") == approx([seen.before], abs=1e-6)
    assert reader.numbers("[data-part=dart] .hit", "to") == approx([seen.before + seen.hit], abs=1e-6)


def test_dart_is_the_engines_and_the_next_seed_throws_another(reader, logits):
    reader.open("probabilities", TEXT, lang="en", **{"probabilities.temperature": 1})
    d = distribution(logits, 1.0)
    fallen(reader, d, 1)
    reader.page.click("[data-part=dart] .press")
    fallen(reader, d, 2)


def test_tally_counts_the_engines_darts(reader, logits):
    reader.open("probabilities", TEXT, lang="en", **{"probabilities.temperature": 1, "probabilities.seed": 3})
    d = distribution(logits, 1.0)
    hits = tally(d, 3, COUNTS)
    ids = logits.argsort(descending=True, stable=True)[:10].tolist()
    for place, n in ((2, 1000), (0, 10)):
        reader.page.click(f"[data-option='{n}']")
        reader.page.wait_for_function("n => document.querySelector('[data-part=tally] h3').textContent.startsWith(n)", arg=f"{n:,} ")
        shares = (hits[place][ids] / n).tolist()
        assert reader.numbers("[data-part=tally] .fill") == approx([*shares, 1 - sum(shares)], abs=1e-6)


def test_second_temperature_is_drawn_beside_the_first_and_moves_at_once(reader, logits):
    slider = "[data-part=twin] input"
    for first, second in ((1.0, 1.5), (1.0, 0.3), (0.6, 0.3)):
        slide(reader, "temperature", first)
        reader.page.eval_on_selector(slider, "(range, value) => { range.value = value; range.dispatchEvent(new Event('input')); }", second)
        one, two = distribution(logits, first), distribution(logits, second)
        ids = logits.argsort(descending=True, stable=True)[:10]
        for which, d in (("one", one), ("two", two)):
            shares = d.probs[ids].tolist()
            assert reader.numbers(f"[data-part=twin] .track.{which}", "prob") == approx([*shares, 1 - sum(shares)], abs=1e-4)
        assert reader.numbers("[data-part=twin] .legend span[data-entropy]", "entropy") == approx([one.entropy, two.entropy], abs=1e-3)


@pytest.mark.parametrize("name", PRESETS)
def test_preset_is_one_click(reader, logits, name):
    reader.page.click(f"[data-preset={name}]")
    values = PRESETS[name]
    same(reader, logits, temperature=values["temperature"], top_p=values["top_p"] if values["top_p"] < 1 else None)
    assert reader.page.get_attribute(f"[data-preset={name}]", "aria-pressed") == "true"
    assert [float(reader.page.input_value(f"#chain-{knob}")) for knob in values] == list(map(float, values.values()))
    reader.page.wait_for_function("t => document.querySelector('.tools button').dataset.query.includes(`probabilities.temperature=${t}`)",
                                  arg=f"{float(values['temperature'])}")


def test_distinct_texts_are_counted_when_asked_for(reader, base):
    reader.open("probabilities", TEXT, lang="en")
    assert "Switch the count on" in reader.page.inner_text("[data-part=variety] figcaption")
    reader.page.click("[data-name='probabilities.curve']")
    reader.page.wait_for_function("() => document.querySelector('[data-part=variety] figcaption').textContent.startsWith('Of ')")
    counts = [c.distinct for c in distinct(base, TEXT, TEMPERATURES, range(1, TEXTS + 1), TOKENS) if c.tokens == TOKENS]
    assert reader.page.eval_on_selector("[data-part=variety] .js-plotly-plot", "e => [...e.data[0].y]") == counts


def test_perplexity_is_that_of_the_text(reader, base):
    assert f"Perplexity {surprise(base.trace(TEXT)).perplexity:.1f} over" in reader.page.inner_text("[data-part=surprise] figcaption")
