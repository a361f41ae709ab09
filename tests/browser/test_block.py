"""A block in a browser: its diagram, its stages, the lens, the ledger and what a removal does are the engine's numbers."""
import pytest
from pytest import approx

from engine import Without, attribution, block
from ui.readings.context import ROWS

TEXT = "The capital of France is"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("block", TEXT, lang="en")


@pytest.fixture(scope="module")
def trace(base):
    return base.trace(TEXT)


def knob(reader, name: str, value: str) -> None:
    """Wait until the screen was drawn with a knob set; the link on it says so."""
    reader.page.wait_for_function("said => document.querySelector('.tools button').dataset.query.includes(said)", arg=f"block.{name}={value}")
    reader.rest()


def stage(reader, name: str) -> None:
    reader.page.click(f".blockflow [data-stage={name}]")
    knob(reader, "stage", name)


def drawn(reader, selector: str, name: str) -> list[float]:
    return reader.page.eval_on_selector(selector, f"e => [...e.{name}]")


def test_diagram_is_the_block(reader, base, trace):
    found = block.inside(base.decoder, trace, 4)
    expected = [float(v.norm()) for v in (found.before, found.first.after, found.attended, found.middle, found.second.after, found.thought, found.after)]
    assert drawn(reader, "svg.blockflow", "lengths") == approx(expected, abs=1e-3)
    assert f"{expected[2]:.1f}" in reader.page.text_content(".blockflow [data-stage=attention] .note")


def test_lens_ends_at_the_output(reader, base, trace):
    best = int(trace.logits[-1].argmax())
    logits = attribution.lens(base.decoder, trace)
    assert reader.numbers(".lens .rank b", "rank") == [int((row > row[best]).sum()) + 1 for row in logits]
    assert reader.numbers(".lens .final .fill") == approx(trace.logits[-1].softmax(-1).topk(3).values.tolist(), abs=1e-4)


def test_ledger_adds_up_to_the_logit(reader, trace):
    shares = [float(value) for value in reader.all("[data-part=ledger] td.signed .fill", "value")[:-1]]
    assert sum(shares) == approx(float(trace.logits[-1].max()), abs=2e-3)
    assert reader.page.inner_text("[data-part=ledger] .total td.signed").strip() == f"{float(trace.logits[-1].max()):.2f}"


def test_a_key_changes_the_figures_in_place(reader, base):
    reader.page.evaluate("""() => {
      window.added = [];
      for (const figure of document.querySelectorAll('svg.gelu, .lens, [data-part=whole] .bars'))
        new MutationObserver(all => { for (const { addedNodes } of all) for (const node of addedNodes) if (node.nodeType === 1) window.added.push(node.tagName); }).observe(figure, { childList: true, subtree: true });
    }""")
    reader.type(TEXT + "n")
    count = len(base.trace(TEXT + "n").tokens)
    assert len(drawn(reader, "svg.gelu", "dots")) == 2 * count
    added = reader.page.evaluate("window.added")
    assert len(added) < reader.page.locator("svg.gelu > *").count() / 3 and not {"DIV", "SPAN", "BUTTON"} & set(added)
    reader.type(TEXT)


def test_neuron_is_chosen_by_keyboard(reader, base, trace):
    values = trace.neurons[4, -1].topk(10)
    assert reader.numbers(".neurons .fill") == approx(values.values.tolist(), abs=1e-4)
    reader.page.focus(".neurons button[aria-checked=true]")
    reader.page.keyboard.press("ArrowDown")
    second = int(values.indices[1])
    knob(reader, "neuron", f"4.{second}")
    dots = drawn(reader, "svg.gelu", "dots")
    assert dots[1::2] == approx(trace.neurons[4, :, second].tolist(), abs=1e-4)
    assert dots[::2] == approx(block.preactivations(base.decoder, trace, 4)[:, second].tolist(), abs=1e-4)
    pushed = block.pushed(base.decoder, trace, block.neuron_wrote(base.decoder, trace, 4, second))
    assert reader.numbers("[data-part=pushes] .fill")[0] == approx(float(pushed.max()), abs=1e-4)
    assert reader.page.locator(".places li").count() == 4


def test_layer_norm_number_by_number(reader, base, trace):
    stage(reader, "norm_1")
    assert reader.page.locator("[data-part=neurons]").count() == 0
    found = block.inside(base.decoder, trace, 4).first
    rows = reader.page.eval_on_selector_all("[data-part=norm] canvas", "all => all.map(c => [...c.values])")
    for row, expected in zip(rows, (found.before, found.scaled, found.gain, found.bias, found.after), strict=True):
        assert row == approx(expected.tolist(), abs=1e-4)
    reader.page.focus("[data-part=norm] .vectors")
    reader.page.keyboard.press("ArrowRight")
    at = int(reader.all("[data-part=norm] .readout", "dimension")[0])
    assert at != int(found.before.abs().argmax())
    assert reader.page.inner_text("[data-part=norm] .readout").endswith(f"= {float(found.after[at]):.2f}".replace("-", "−"))


def test_sum_of_the_stream(reader, base, trace):
    stage(reader, "add_1")
    before, added, after = reader.page.eval_on_selector_all("[data-part=add] canvas", "all => all.map(c => [...c.values])")
    assert [a + b for a, b in zip(before, added, strict=True)] == approx(after, abs=1e-3)
    assert after == approx(trace.resid_mid[4, -1].tolist(), abs=1e-4)


def test_part_taken_away_changes_the_prediction(reader, base, probs):
    reader.page.click("[data-name='block.without'] [data-option=residual]")
    knob(reader, "without", "residual")
    cut = base.trace(TEXT, without=Without(residual={4}))
    assert reader.numbers("[data-part=cut] .fill")[:ROWS] == approx(probs(cut).topk(ROWS).values.tolist(), abs=1e-5)
    assert reader.numbers("[data-part=whole] .fill")[:ROWS] == approx(probs(base.trace(TEXT)).topk(ROWS).values.tolist(), abs=1e-5)
    assert reader.page.locator(".blockflow .broken").count() == 2
    assert reader.page.locator("[data-part=ledger] td.signed").count() == 0
    reader.page.click("[data-name='block.without'] [data-option=none]")
    knob(reader, "without", "none")


def test_token_and_block_are_chosen_and_the_view_opens_elsewhere(reader, new_reader, base, trace):
    reader.page.click(".lens .stage-name >> text=block 2")
    knob(reader, "layer", "2")
    reader.page.click(".pick .chip >> nth=4")
    knob(reader, "at", "4")
    stage(reader, "forward")
    query = reader.page.get_attribute(".tools button", "data-query")
    expected = [float(state[2, 4].norm()) for state in (trace.resid_pre, trace.resid_mid, trace.resid_post)]
    other = new_reader()
    other.page.goto(f"{other.url}/block{query}")
    other.rest()
    for someone in (reader, other):
        assert drawn(someone, "svg.blockflow", "lengths")[::3] == approx(expected, abs=1e-3)
        assert someone.page.get_attribute(".pick .chip[aria-checked=true]", "title") == someone.page.get_attribute(".pick .chip >> nth=4", "title")
    other.close()


def test_card_sets_the_view_up(reader):
    reader.page.click(".guide .go")
    knob(reader, "layer", "4")
    reader.wait_for(TEXT)
    assert reader.page.locator(".blockflow [data-stage=forward][aria-checked=true]").count() == 1
    assert reader.page.get_attribute(".pick .chip[aria-checked=true]", "title") == reader.page.get_attribute(".pick .chip >> nth=-1", "title")
