"""The context window in a browser: what is struck out, both predictions, their difference, and the curve."""
import pytest
from pytest import approx

from engine import distribution
from ui.i18n import Text
from ui.readings.context import ROWS, SIZES

TEXT = "Tom has a cat. The cat is called Luna. Tom went to the market, bought bread, and played with his cat"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("context", "start", lang="en")


def slide(reader, size: int) -> None:
    reader.page.eval_on_selector("[data-part=window] input[type=range]", """(range, size) => {
        range.focus(); range.value = size; range.dispatchEvent(new Event('input', { bubbles: true }));
        range.dispatchEvent(new Event('change', { bubbles: true })); }""", size)


def settled(reader, text: str, size: int) -> None:
    reader.page.wait_for_function("stamp => document.querySelector('.vt[data-stamp]').dataset.stamp === stamp", arg=f"{text}\n{size}")


def test_both_predictions_and_their_difference(reader, base, probs):
    reader.type(TEXT)
    settled(reader, TEXT, 12)
    whole, cut = probs(base.trace(TEXT)), probs(base.trace(TEXT, window=12))
    top = whole.topk(ROWS).values.tolist()
    assert reader.numbers("[data-part=whole] .fill") == approx([*top, 1 - sum(top)], abs=1e-5)
    top = cut.topk(ROWS)
    assert reader.numbers("[data-part=cut] .fill")[:ROWS] == approx(top.values.tolist(), abs=1e-5)
    said = [float(text.replace("−", "-").replace("+", "")) for text in reader.all("[data-part=cut] .delta", "text")]
    change = (100 * (cut - whole))[top.indices].tolist()
    assert said == approx([*change, -sum(change)], abs=0.051)


def test_dragging_strikes_out_at_once_and_release_predicts(reader, base, probs):
    reader.type(TEXT)
    slider = reader.page.locator("[data-part=window] input[type=range]")
    slider.focus()
    slide(reader, 8)
    settled(reader, TEXT, 8)
    slider.press("ArrowLeft")
    settled(reader, TEXT, 7)
    trace = base.trace(TEXT, window=7)
    assert reader.page.locator("[data-part=window] .chip.dropped").count() == len(trace.dropped)
    assert reader.numbers("[data-part=window] .chips", "dropped") == [len(trace.dropped)]
    assert reader.numbers("[data-part=cut] .fill")[0] == approx(float(probs(trace).max()), abs=1e-5)
    assert "context.window=7" in reader.page.get_attribute(".tools button", "data-query")
    slide(reader, 12)
    settled(reader, TEXT, 12)


def test_window_larger_than_the_text_changes_nothing(reader):
    reader.type("Hello")
    assert reader.numbers("[data-part=whole] .fill") == approx(reader.numbers("[data-part=cut] .fill"), abs=1e-7)
    assert reader.page.inner_text("[data-part=window] figcaption") == Text("en")("context.sentence_all")
    assert reader.page.locator("[data-part=window] .chip.dropped").count() == 0


@pytest.mark.parametrize("language", ["es", "en"])
def test_curve_is_the_answer_for_each_window(reader, base, language):
    t = Text(language)
    reader.type(TEXT)
    reader.speak(language)
    token = base.tokenizer.encode(" " + t("context.answer"))[0]
    expected = [float(distribution(base.trace(t("context.story"), window=size).logits[-1]).probs[token]) for size in SIZES]
    reader.page.wait_for_function("title => document.querySelector('[data-part=curve] h3').textContent === title", arg=t("context.curve_title"))
    reader.page.wait_for_selector("[data-part=curve] .js-plotly-plot .scatterlayer path")
    x, y = reader.page.evaluate("(() => { const d = document.querySelector('[data-part=curve] .js-plotly-plot')._fullData[0]; return [[...d.x], [...d.y]] })()")
    assert x == list(SIZES) and y == approx(expected, abs=1e-5)
    assert reader.typed() == TEXT
