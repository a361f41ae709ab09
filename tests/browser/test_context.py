"""The context window in a browser: what is struck out, both predictions, their difference, and the curve."""
import pytest
from pytest import approx

from engine import distribution
from engine.cost import ATTENTION_LENGTHS, LENGTHS
from engine.talk import POLICIES, answer, belief, converse, remember
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


def knob(reader, name: str, value: object) -> None:
    """Set a control of the talk, and wait until the link that would be copied, or the chosen cell, says so."""
    reader.page.evaluate("""([name, value]) => { const holder = document.querySelector(`[data-name="${name}"]`), range = holder.querySelector('input');
        if (range) { range.value = value; range.dispatchEvent(new Event('change', { bubbles: true })); }
        else holder.querySelector(`[data-option="${value}"]`).click(); }""", [name, value])


def cells(reader) -> list[float]:
    return reader.numbers(".grid button")


def expected_cells(assistant, t, size: int, summary: str) -> list[float]:
    talk = converse(assistant, tuple(t.group("context.talk.said").values()))
    return [belief(assistant, remember(assistant, talk[:n + 1], t("context.talk.question"), size, policy, summary), t("context.talk.stem"), " " + t("context.talk.word"))
            for policy in POLICIES for n in range(len(talk))]


def test_talk_grows_until_its_first_fact_falls_out(reader, assistant):
    reader.open("context", "start", lang="en")
    t = Text("en")
    assert cells(reader) == approx(expected_cells(assistant, t, 96, ""), abs=1e-4)
    assert reader.page.locator(".talk .dropped").count() == 0
    knob(reader, "context.turns", 5)
    reader.page.wait_for_selector(".talk .turn.user >> nth=5")
    assert t("context.talk.said.a") in reader.page.locator(".talk .turn").first.inner_text() and reader.page.locator(".talk .dropped").count() > 5
    memory = remember(assistant, converse(assistant, tuple(t.group("context.talk.said").values()))[:6], t("context.talk.question"), 96, "oldest")
    assert reader.page.locator(".talk .turn .text").last.inner_text() == answer(assistant, memory, 96)
    assert cells(reader)[5] < 0.5


def test_policy_keeps_what_is_written_as_a_summary_and_a_link_brings_it_back(reader, new_reader, assistant):
    reader.open("context", "start", lang="en")
    t = Text("en")
    summary = t("context.talk.said.a")
    reader.page.fill("[data-testid=stTextInput] input >> nth=1", summary)
    reader.page.wait_for_function("() => +document.querySelectorAll('.grid button')[23].dataset.value > 0.5")
    assert cells(reader) == approx(expected_cells(assistant, t, 96, summary), abs=1e-4)
    reader.page.locator(".grid button").nth(22).click()             # a summary, after six turns
    reader.page.wait_for_selector(".talk .front")
    reader.page.wait_for_function("() => document.querySelector('.tools .copy').dataset.query.includes('context.turns=6')")
    other = new_reader()
    other.page.goto(f"{other.url}/context{reader.page.get_attribute('.tools .copy', 'data-query')}")
    other.rest()
    assert cells(other) == approx(cells(reader), abs=1e-6)
    assert other.page.locator(".talk .front").all_inner_texts() == reader.page.locator(".talk .front").all_inner_texts()
    other.close()


def test_price_is_measured_when_asked_for(reader):
    reader.open("context", "start", lang="en")
    assert Text("en")("context.cost.wait") in reader.page.inner_text("[data-part=cost] figcaption")
    reader.page.click("[data-name='context.measure']")
    reader.page.wait_for_function("() => document.querySelector('[data-part=cost] figcaption').textContent.startsWith('At the last doubling')")
    forward, attention, square = reader.page.evaluate("document.querySelector('[data-part=cost] .js-plotly-plot')._fullData.map(d => [[...d.x], [...d.y]])")
    assert forward[0] == [n for n in LENGTHS] and attention[0] == list(ATTENTION_LENGTHS)
    assert square[1] == approx([attention[1][-1] * (n / 2048) ** 2 for n in ATTENTION_LENGTHS])
