"""Readers in haste: what is set while an earlier drawing is on its way counts, what is set twice counts twice, and cards keep their order and kind."""
import pytest
from pytest import approx

from engine.rules import NAMES

TEXT = "Once upon a time there was a little dog."
HEAD = "() => [...document.querySelector('[data-part=head] canvas').weights]"
PARTS = "() => [...document.querySelectorAll('.vt [data-part]')].map(card => card.dataset.part)"


def view(reader, name: str, option: str) -> None:
    reader.page.click(f"[data-name='{name}'] [data-option={option}]")


def test_the_map_comes_back_after_the_lines(reader, base):
    reader.open("attention", TEXT, lang="en")
    for option, kind in (("lines", ".lines"), ("map", ".heatmap"), ("lines", ".lines"), ("map", ".heatmap")):
        view(reader, "attention.view", option)
        reader.page.wait_for_selector(f"[data-part=head] {kind} canvas")
        assert reader.page.locator("[data-part=head] canvas").count() == 1
    reader.type("The fox said")
    reader.page.wait_for_function("count => document.querySelector('[data-part=head] canvas').weights.length === count", arg=len(base.trace("The fox said").tokens) ** 2)
    assert reader.page.evaluate(HEAD) == approx(base.trace("The fox said").pattern[1, 0].flatten().tolist(), abs=1e-6)


def test_cards_that_come_stand_where_a_new_page_has_them(reader):
    reader.open("block", TEXT, lang="en")
    reader.page.click(".blockflow [data-stage=attention]")
    reader.page.wait_for_function("() => document.querySelector('.tools .copy').dataset.query.includes('block.stage=attention')")
    reader.rest()
    there = reader.page.evaluate(PARTS)
    reader.page.reload()
    reader.rest()
    assert reader.page.evaluate(PARTS) == there


def test_the_same_choice_counts_again_after_another_was_made_elsewhere(reader):
    reader.open("network", TEXT, lang="en")
    for _ in range(2):
        reader.page.click(".guide .go")
        reader.page.wait_for_function("() => { const bar = document.querySelector('.transport'); return bar?.dataset.steps === '300' && bar.dataset.busy === 'false' }")
        reader.rest()
        view(reader, "network.show", "neuron")
        reader.page.wait_for_selector("[data-part=terms]")
        reader.rest()
        assert reader.page.locator(".transport").count() == 0


def test_a_slider_under_quick_keys_ends_where_the_keys_lead(reader):
    reader.open("generation", TEXT, lang="en", **{"generation.temperature": 0.5, "generation.tokens": 3})
    reader.page.focus("[data-name='generation.temperature'] input")
    for _ in range(12):
        reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function("() => location.search.includes('generation.temperature=1.1')")
    reader.rest()
    assert float(reader.page.input_value("[data-name='generation.temperature'] input")) == approx(1.1)


def test_quick_steps_are_all_taken(reader, base):
    reader.open("generation", TEXT, lang="en", **{"generation.tokens": 2})
    for _ in range(7):
        reader.page.click(".transport [data-do=step]")
    reader.page.wait_for_function("() => document.querySelectorAll('.writing .token').length === 9 && location.search.includes('generation.tokens=9')")
    reader.rest()
    assert "".join(reader.all(".writing .token", "text")).replace("·", " ").startswith(" ") and reader.page.locator(".writing .token").count() == 9
    reader.page.wait_for_timeout(600)
    assert reader.page.locator(".writing .token").count() == 9


def test_two_settings_within_one_drawing_both_count(reader):
    reader.open("generation", TEXT, lang="en")
    reader.page.evaluate("""() => { document.querySelector("[data-name='generation.speed'] [data-option=fast]").click();
        const range = document.querySelector("[data-name='generation.top_k'] input"); range.value = 7; range.dispatchEvent(new Event('input')); range.dispatchEvent(new Event('change')); }""")
    reader.page.wait_for_function("() => location.search.includes('generation.speed=fast') && location.search.includes('generation.top_k=7')")


def test_a_slider_drawn_back_to_where_it_was_follows_the_card_again(reader):
    reader.open("scale", lang="en")
    range_ = "input[type=range][data-knob='scale.layers']"
    before = reader.page.input_value(range_)
    reader.page.evaluate("""range => { const e = document.querySelector(range), at = Number(e.value);
        for (const value of [at + 2, at]) { e.value = value; e.dispatchEvent(new Event('input')); } e.dispatchEvent(new PointerEvent('pointerup')); }""", range_)
    reader.page.click(".guide .go")
    reader.page.wait_for_function("() => document.querySelector('.grand b').dataset.value === '174604259328'")
    assert reader.page.input_value(range_) != before


@pytest.mark.parametrize("word", ["king\xa0", "👩‍👩‍👧 ", "a\tb"], ids=["a space that does not break", "a family", "a tab"])
def test_words_that_were_pasted_are_taken(reader, word):
    reader.open("embeddings", TEXT, lang="en", **{"embeddings.show": "sum"})
    reader.page.fill("input[data-knob='embeddings.a']", word)
    reader.page.keyboard.press("Tab")
    reader.page.wait_for_function("() => location.search.includes('embeddings.a=')")
    reader.rest()
    assert reader.page.input_value("input[data-knob='embeddings.a']") == word


def test_the_keyboard_stays_in_a_row_of_choices_that_changes(reader):
    reader.open("fewshot", lang="en")
    reader.page.focus("[data-name='fewshot.task'] [aria-checked=true]")
    for option in list(NAMES)[:2]:
        reader.page.keyboard.press("ArrowRight")
        reader.page.wait_for_selector(f"[data-name='fewshot.task'] [data-option={option}][aria-checked=true]")
        reader.rest()
        assert reader.page.evaluate("document.activeElement.dataset.option") == option
