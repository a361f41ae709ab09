"""The whole machine in a browser: its lines, strips and bars are the model's numbers, and each stage opens its screen."""
import json

import pytest
from pytest import approx

from ui.readings import home

TEXT = "Once a small fox met an old owl."


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("", "start", lang="en")


def test_lines_and_strips_are_the_trace(reader, base):
    reader.type(TEXT)
    trace = base.trace(TEXT)
    (drawn,) = reader.all("[data-part=flow] canvas", "reads")
    assert json.loads(drawn) == approx(trace.pattern[:, :, -1, -home.ROWS:].mean(1).flatten().tolist(), abs=1e-5)
    (drawn,) = reader.all("[data-part=flow] canvas", "streams")
    assert json.loads(drawn) == approx(home.streams(trace).flatten().tolist(), abs=1e-5)


def test_bars_are_the_next_word(reader, base, probs):
    reader.type(TEXT)
    top = probs(base.trace(TEXT)).topk(8)
    assert reader.numbers("[data-part=next] .fill") == approx([*top.values.tolist(), 1 - float(top.values.sum())], abs=1e-5)
    best = base.tokenizer.tokens([int(top.indices[0])])[0].text.strip()
    assert best in reader.page.inner_text("[data-part=next] .name >> nth=0")


def test_stages_count_the_tokens(reader, base):
    reader.type(TEXT)
    assert f" {len(base.trace(TEXT).tokens)} " in reader.page.inner_text(".stage >> nth=0")
    assert "4,096" in reader.page.inner_text(".stage >> nth=3")


def test_picture_is_drawn(reader):
    reader.type(TEXT)
    colours = reader.page.eval_on_selector(
        "[data-part=flow] canvas", "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size")
    assert colours > 20


def test_empty_text_is_a_text_too(reader, base):
    reader.type("")
    (drawn,) = reader.all("[data-part=flow] canvas", "reads")
    assert json.loads(drawn) == approx([1.0] * base.decoder.config.n_layer, abs=1e-6)


def test_typing_fast_loses_and_reorders_nothing(reader, base, probs):
    text = "The quick brown fox jumps over the lazy dog; ¿y el pingüino? 0123456789"
    reader.type("")
    reader.page.focus(".st-key-prompt input")
    reader.page.keyboard.type(text, delay=1000 / 30)
    reader.wait_for(text)
    assert reader.typed() == text
    assert reader.numbers("[data-part=next] .fill")[0] == approx(float(probs(base.trace(text)).max()), abs=1e-5)


def test_example_is_one_click(reader):
    reader.page.click(".st-key-examples button >> nth=1")
    reader.wait_for("The capital of France is")
    assert reader.typed() == "The capital of France is"


def test_hostile_text_stays_text_on_every_screen_and_survives_the_way(reader):
    hostile = "<img src=x onerror='window.__pwned=1'><script>window.__pwned=1</script> **b** $x^2$ [a](javascript:alert(1)) \u202eabc 👩‍👩‍👧"
    reader.type(hostile)
    for screen in ("embeddings", "attention", "probabilities", "context", "finetuning", "home"):
        reader.go(screen)
        reader.wait_for(hostile)
        assert reader.typed() == hostile
        assert reader.page.evaluate("window.__pwned") is None
        assert reader.page.locator(".vt img[src=x], .vt script").count() == 0


def test_stage_opens_its_screen_with_the_text(reader):
    reader.type(TEXT)
    reader.page.click(".stage >> nth=2")
    reader.page.wait_for_selector("[data-part=heads]")
    reader.wait_for(TEXT)
    assert reader.page.url.split("?")[0].endswith("/attention") and reader.typed() == TEXT
