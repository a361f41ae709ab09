"""The whole machine in a browser: its lines, strips and bars are the model's numbers, and each stage opens its screen."""
from pathlib import Path

import pytest
from pytest import approx

from ui.i18n import Text
from ui.readings import home
from ui.tour import ORDER

TEXT = "Once a small fox met an old owl."
PROMPTED = [screen for screen in ORDER[1:] if "\nlive(" in (Path(__file__).parents[2] / "pages" / f"{screen}.py").read_text()]       # in the others nothing is typed


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("", "start", lang="en")


def drawn(reader, what: str) -> list[float]:
    return reader.page.eval_on_selector("canvas.flow", f"c => [...c.drawn.{what}]")


def test_lines_strips_and_lengths_are_the_trace(reader, base):
    reader.type(TEXT)
    trace = base.trace(TEXT)
    assert drawn(reader, "reads") == approx(trace.pattern[:, :, -home.ROWS:, -home.ROWS:].mean(1).flatten().tolist(), abs=1e-5)
    assert drawn(reader, "streams") == approx(home.streams(trace).flatten().tolist(), abs=1e-5)
    assert drawn(reader, "lengths") == approx(home.lengths(trace).flatten().tolist(), abs=1e-3)


def test_keys_mark_a_row_and_read_a_block_out(reader, base):
    reader.type(TEXT)
    trace = base.trace(TEXT)
    canvas, readout = reader.page.locator("canvas.flow"), reader.page.locator("[data-part=flow] .readout")
    assert f"{float(trace.embedding[-1].norm()):.1f}" in readout.text_content()
    canvas.focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowRight"):
        reader.page.keyboard.press(key)
    attention, forward = trace.resid_mid[1, -2] - trace.resid_pre[1, -2], trace.resid_post[1, -2] - trace.resid_mid[1, -2]
    said = readout.text_content()
    assert said.startswith("Block 1:") and trace.tokens[-2].text.strip() in said
    assert all(f"{float(vector.norm()):.1f}" in said for vector in (attention, forward, trace.resid_post[1, -2]))
    canvas.blur()
    assert f"{float(trace.embedding[-1].norm()):.1f}" in readout.text_content()


def test_bars_are_the_next_word(reader, base, probs):
    reader.type(TEXT)
    top = probs(base.trace(TEXT)).topk(8)
    assert reader.numbers("[data-part=next] .fill") == approx([*top.values.tolist(), 1 - float(top.values.sum())], abs=1e-5)
    best = base.tokenizer.tokens([int(top.indices[0])])[0].text.strip()
    assert best in reader.page.inner_text("[data-part=next] .name >> nth=0")


def test_stages_count_the_tokens(reader, base):
    reader.type(TEXT)
    assert f" {len(base.trace(TEXT).tokens)} " in reader.page.inner_text(".stage >> nth=0")
    assert "4,096" in reader.page.inner_text(".stage >> nth=4")


def test_picture_is_drawn(reader):
    reader.type(TEXT)
    colours = reader.page.eval_on_selector(
        "[data-part=flow] canvas", "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size")
    assert colours > 20


def test_empty_text_is_a_text_too(reader, base):
    reader.type("")
    assert drawn(reader, "reads") == approx([1.0] * base.decoder.config.n_layer, abs=1e-6)


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
    for screen in (*PROMPTED, "home"):
        reader.go(screen)
        reader.wait_for(hostile)
        assert reader.typed() == hostile
        assert reader.page.evaluate("window.__pwned") is None
        assert reader.page.locator(".vt img[src=x], .vt script").count() == 0


@pytest.fixture
def at_home(reader):
    """The picture, of a text of its own, and the pixel at which a place in it stands: column `s`, `share` of its width, row or lane."""
    reader.open("", TEXT, lang="en")
    reader.type(TEXT)
    canvas = reader.page.locator("canvas.flow")
    box, S = canvas.bounding_box(), reader.page.locator(".doors [data-screen=block]").count() + 1
    label, after = 124, 176
    step = (box["width"] - label - after) / S
    strip = 0.42 * step
    spots = {"tokens": (60, 40), "embedding": (label + strip / 2, 40), "position": (label + 0.75 * strip, box["height"] - 30),
             "attention": (label + 2 * step + strip + 0.4 * (step - strip), 40), "block": (label + 3 * step + strip / 2, 22 + 27 * 1.5),
             "next": (box["width"] - 60, 60)}
    return lambda place: canvas.click(position=dict(zip("xy", spots[place], strict=True)))


def arrived(reader, screen: str) -> None:
    """The reader stands on `screen`, and with the text."""
    reader.page.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=Text("en")(f"{screen}.title"))
    reader.rest()
    reader.wait_for(TEXT)
    assert reader.page.url.split("?")[0].endswith(f"/{screen}") and reader.typed() == TEXT


@pytest.mark.parametrize("place, screen", [("tokens", "tokens"), ("embedding", "embeddings"), ("position", "position"), ("next", "probabilities")])
def test_place_in_the_picture_opens_its_screen_with_the_text(reader, at_home, place, screen):
    at_home(place)
    arrived(reader, screen)


def test_click_in_a_block_opens_its_attention_or_the_block_at_the_marked_token(reader, at_home, base):
    at_home("attention")
    arrived(reader, "attention")
    head = home.heads(base.trace(TEXT))[2]
    assert head.startswith("2.") and f"attention.head={head}" in reader.page.url
    reader.go("home")
    reader.wait_for(TEXT)
    at_home("block")
    arrived(reader, "block")
    row = max(0, len(base.trace(TEXT).tokens) - home.ROWS) + 1
    assert "block.layer=2" in reader.page.url and f"block.at={row}" in reader.page.url


def test_keys_open_what_is_marked_and_buttons_each_block(reader, at_home):
    canvas = reader.page.locator("canvas.flow")
    canvas.focus()
    for key in ("ArrowRight", "ArrowRight"):
        reader.page.keyboard.press(key)
    assert "opens Block, block 1" in reader.page.text_content("[data-part=flow] .readout")
    assert reader.page.get_attribute(".doors .lit", "data-layer") == "1"
    reader.page.keyboard.press("Enter")
    arrived(reader, "block")
    assert "block.layer=1" in reader.page.url
    reader.go("home")
    reader.page.locator(".doors [data-screen=attention]").nth(4).press("Enter")
    arrived(reader, "attention")
    assert "attention.head=4." in reader.page.url


def test_stage_opens_its_screen_with_the_text(reader):
    reader.open("", TEXT, lang="en")
    reader.page.click(".stage >> nth=3")
    arrived(reader, "attention")


def test_question_is_answered_once_and_the_button_sets_the_text(reader):
    reader.open("", "start", lang="en")
    options, answer = reader.page.locator(".guide .options button"), reader.page.locator(".guide .answer")
    assert answer.text_content() == ""
    options.nth(2).click()
    assert answer.text_content().startswith("Not so. It is block 0") and options.nth(0).get_attribute("class") == "right"
    assert options.nth(2).get_attribute("class") == "wrong" and options.nth(1).is_disabled()
    reader.page.click(".guide .go")
    reader.wait_for(Text("en")("home.guide.prompt"))
    reader.type("other")
    reader.page.click(".guide .go")                 # and again, though it asks for the same as before
    reader.wait_for(Text("en")("home.guide.prompt"))


def test_tour_leads_on_and_back_with_the_text(reader):
    reader.open("", TEXT, lang="en")
    reader.page.click(".guide [data-go=on]")
    reader.page.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=Text("en")(f"{ORDER[1]}.title"))
    reader.rest()
    reader.wait_for(TEXT)
    assert reader.page.url.split("?")[0].endswith(f"/{ORDER[1]}")


def test_language_and_model_of_a_link_stay_along_the_tour(new_reader):
    reader = new_reader()
    reader.open("", lang="es", model="mini")
    reader.page.click(".guide .steps [data-go=on]")
    reader.page.wait_for_url("**/tokens?**")
    reader.rest()
    assert reader.title() == Text("es")("tokens.title") and "model=mini" in reader.page.url and "lang=es" in reader.page.url
    reader.close()


def test_address_with_the_name_of_the_first_screen_leads_there(reader):
    reader.open("home", TEXT, lang="es")
    assert reader.title() == Text("es")("home.title") and reader.typed() == TEXT
