"""Base and assistant in a browser: both sets of bars, their differences, and the texts that both write to the end."""
import pytest
from pytest import approx

from ui.readings.context import ROWS
from ui.readings.finetuning import TOKENS

TEXT = "What is the capital of France?"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("finetuning", TEXT, lang="en")


def test_bars_of_the_two_models_and_of_the_template(reader, base, assistant, probs):
    first, second, third = probs(base.trace(TEXT)), probs(assistant.trace(TEXT)), probs(assistant.trace_chat(TEXT))
    for id, expected in (("base", first), ("tuned", second), ("chat", third)):
        top = expected.topk(ROWS).values.tolist()
        assert reader.numbers(f"[data-part={id}] .fill") == approx([*top, 1 - sum(top)], abs=1e-5)
    top = second.topk(ROWS)
    said = [float(text.replace("−", "-").replace("+", "")) for text in reader.all("[data-part=tuned] .delta", "text")][:ROWS]
    assert said == approx((100 * (second - first))[top.indices].tolist(), abs=0.051)


def test_both_write_what_the_models_write(reader, base, assistant):
    reader.page.wait_for_function("() => [...document.querySelectorAll('[data-part=written] .cursor')].every(c => c.hidden)")
    written = reader.all("[data-part=written] .written > span:nth-child(2)", "text")
    assert written == ["".join(step.text for step in lm.generate(TEXT, TOKENS, 0.0, seed=1)) for lm in (base, assistant)]
    assert reader.all("[data-part=written] .prompt", "text") == [TEXT, ""]


def test_chips_show_the_template(reader, base, assistant):
    assert reader.page.locator("[data-part=read_base] .chip").count() == len(base.trace(TEXT).tokens)
    chat = assistant.trace_chat(TEXT)
    assert reader.page.locator("[data-part=read_chat] .chip").count() == len(chat.tokens)
    assert reader.page.locator("[data-part=read_chat] .chip.special").count() == len(chat.tokens) - len(base.trace(TEXT).tokens) + 1


def test_new_text_starts_the_writing_anew(reader, base, assistant):
    text = "Hola, ¿qué tal? 👋"
    reader.type(text)
    assert reader.all("[data-part=written] .prompt", "text") == [text, ""]
    reader.page.wait_for_function("() => [...document.querySelectorAll('[data-part=written] .cursor')].every(c => c.hidden)")
    written = reader.all("[data-part=written] .written > span:nth-child(2)", "text")
    assert written == ["".join(step.text for step in lm.generate(text, TOKENS, 0.0, seed=1)) for lm in (base, assistant)]
