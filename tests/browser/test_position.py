"""The screen of positions in a browser: words move by button, mouse and keys, and what is drawn is the four passes and the vectors."""
import pytest
import torch
from pytest import approx

from engine import Without
from engine.order import reordered, shuffled, words
from engine.positions import sinusoidal

TEXT = "Tom has a red ball. Ana has a blue kite."
CHIPS = "[data-part=order] .order button"
OFF = Without(positions=True)


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("position", "start", lang="en")


@pytest.fixture(autouse=True)
def typed(reader):
    reader.type(TEXT)


def places(reader) -> list[int]:
    return [int(word) for word in reader.all(CHIPS, "word")]


def settles(reader, order: list[int], bars: list[float], id: str = "shuffled") -> None:
    """Wait until the words stand in this order and the bars of a pass are these."""
    reader.page.wait_for_function("""([order, id, first]) => JSON.stringify([...document.querySelectorAll('[data-part=order] .order button')].map(e => +e.dataset.word)) === order
        && Math.abs(document.querySelector(`[data-part=${id}] .fill`)?.dataset.value - first) < 1e-5""", arg=[str(order).replace(" ", ""), id, bars[0]])
    assert reader.numbers(f"[data-part={id}] .fill") == approx(bars, abs=1e-5)


def bars(probs, trace) -> list[float]:
    top = probs(trace).topk(7).values.tolist()
    return [*top, 1 - sum(top)]


def test_button_shuffles_and_puts_back(reader, base, probs):
    count = len(words(TEXT))
    settles(reader, list(range(count)), bars(probs, base.trace(TEXT)), "typed")
    assert reader.page.locator("[data-part=shuffled], [data-part=leak]").count() == 0 and reader.page.locator("[data-part=unmoved]").is_visible()
    reader.page.click("[data-name='position.shuffle']")
    order = shuffled(count, 1)
    settles(reader, order, bars(probs, base.trace(reordered(TEXT, order))))
    settles(reader, order, bars(probs, base.trace(reordered(TEXT, order), without=OFF)), "shuffled_off")
    settles(reader, order, bars(probs, base.trace(TEXT, without=OFF)), "typed_off")
    assert reader.numbers("[data-part=leak] .fill")[:2] == [0, 0] and reader.page.locator("[data-part=unmoved]").count() == 0
    reader.page.click("[data-name='position.restore']:enabled")
    settles(reader, list(range(count)), bars(probs, base.trace(TEXT)), "typed")
    reader.page.wait_for_selector("[data-part=unmoved]")


def test_words_are_moved_by_keys_and_by_mouse(reader, base, probs):
    start = list(range(len(words(TEXT))))
    settles(reader, start, bars(probs, base.trace(TEXT)), "typed")
    reader.page.locator(f"{CHIPS} >> nth=3").focus()
    reader.page.keyboard.press("Shift+ArrowLeft")
    order = [0, 1, 3, 2, *start[4:]]
    settles(reader, order, bars(probs, base.trace(reordered(TEXT, order))))
    assert reader.page.evaluate("document.activeElement.dataset.word") == "3"
    boxes = [reader.page.locator(f"{CHIPS} >> nth={i}").bounding_box() for i in (0, 1)]
    reader.page.mouse.move(boxes[0]["x"] + 8, boxes[0]["y"] + 12)
    reader.page.mouse.down()
    reader.page.mouse.move(boxes[1]["x"] + boxes[1]["width"] - 4, boxes[1]["y"] + 12, steps=4)
    reader.page.mouse.up()
    order = [1, 0, *order[2:]]
    settles(reader, order, bars(probs, base.trace(reordered(TEXT, order))))


def test_table_holds_the_learned_vectors_and_frames_the_tokens(reader, base):
    reader.page.wait_for_selector("[data-part=table] canvas[data-ready=true]")
    drawn = reader.page.evaluate("[...document.querySelector('[data-part=table] canvas').values].slice(0, 512)")
    vectors = base.decoder.transformer.wpe.weight
    assert drawn == approx(vectors[:2].flatten().tolist(), abs=float(vectors.abs().max()) / 254 + 1e-5)
    assert float(reader.page.get_attribute("[data-part=table] canvas", "data-marked")) == len(base.trace(TEXT).tokens)


def test_kind_is_chosen_and_its_numbers_are_said(reader, base):
    trace = base.trace(TEXT)
    T, C = trace.position.shape
    values = "[...document.querySelector('[data-part=vectors] canvas').values]"
    assert reader.page.evaluate(values) == approx(trace.position[-14:].flatten().tolist(), abs=1e-6)
    reader.page.click("[data-option=sinusoidal]")
    reader.page.wait_for_function("() => document.querySelector('[data-part=vectors] h3').textContent.startsWith('Sinusoidal')")
    waves = sinusoidal(torch.arange(max(0, T - 14), T), C)
    assert reader.page.evaluate(values) == approx(waves.flatten().tolist(), abs=1e-6)
    canvas = reader.page.locator("[data-part=vectors] canvas")
    canvas.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("ArrowRight")
    said = reader.page.inner_text("[data-part=vectors] .tip")
    assert "cos(" in said and f"{float(waves[0, 1]):.3f}".replace("-", "−") in said


def test_link_brings_back_order_and_kind(reader, base, probs, new_reader):
    order = [3, 0, 1, 2, *range(4, len(words(TEXT)))]
    query = {"position.order": ".".join(map(str, order)), "position.kind": "rotary", "position.mask": 1}
    other = new_reader(locale="es-ES")
    other.open("position", TEXT, lang="es", **query)
    settles(other, order, bars(probs, base.trace(reordered(TEXT, order))))
    settles(other, order, bars(probs, base.trace(reordered(TEXT, order), without=Without(positions=True, mask=True))), "shuffled_off")
    assert "Rotatorias" in other.page.inner_text("[data-part=vectors] h3")
    link = other.page.get_attribute(".tools button", "data-query")
    assert all(f"{key}={value}" in link for key, value in query.items())
    other.close()
