"""The attention screen in a browser: weights drawn are the model's, and a head is chosen by mouse, keys or link."""
from urllib.parse import parse_qs, urlparse

import pytest
from pytest import approx

from engine import Without
from engine.attribution import carried, contributions, towards
from engine.heads import KINDS, roles
from ui.i18n import Text

TEXT = "The fox said: hello, little bird! ñ"
SCALE = [(0.0, "#eef5f7"), (0.1, "#b9dbe4"), (0.3, "#6fb3c6"), (0.6, "#2f8ba6"), (1.0, "#064b60")]     # as in board.css
FUTURE = "#d9d6cf"
WEIGHTS_DRAWN = "() => [...document.querySelector('[data-part=head] canvas').weights]"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("attention", "start", lang="en")


def chosen(reader) -> str:
    return reader.page.get_attribute(".heads button[aria-checked=true]", "aria-label").removeprefix("head ").split(" ")[0]


def shows(reader, head: str) -> None:
    reader.page.wait_for_function("head => document.querySelector('[data-part=head] h3').textContent.includes(head)", arg=f" {head},")


def same_weights(drawn, pattern) -> None:
    assert drawn == approx(pattern.flatten().tolist(), abs=1e-6)


def colour_of(weight: float) -> list[int]:
    """The scale of weights, worked out from the palette."""
    weight = round(255 * min(1, weight)) / 255
    (low, a), (high, b) = next((a, b) for a, b in zip(SCALE, SCALE[1:]) if weight <= b[0])
    share = (weight - low) / (high - low)
    return [round(x + (y - x) * share) for x, y in zip(rgb(a), rgb(b))]


def rgb(colour: str) -> list[int]:
    return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]


def test_heatmap_holds_the_weights_of_the_head(reader, base):
    reader.type(TEXT)
    shows(reader, "1.0")
    same_weights(reader.page.evaluate(WEIGHTS_DRAWN), base.trace(TEXT).pattern[1, 0])


def test_hover_and_arrow_keys_say_who_reads_whom_and_how_much(reader, base):
    reader.type(TEXT)
    canvas, tip = reader.page.locator("[data-part=head] canvas"), reader.page.locator("[data-part=head] .tip")
    pattern = base.trace(TEXT).pattern[1, 0]
    canvas.focus()
    reader.page.keyboard.press("ArrowLeft")         # from the right: the last token and itself
    assert f"{100 * float(pattern[-1, -1]):.1f}%" in tip.text_content()
    reader.page.keyboard.press("ArrowLeft")
    assert f"{100 * float(pattern[-1, -2]):.1f}%" in tip.text_content()
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("ArrowRight")
    assert "the future: not allowed" in tip.text_content()
    canvas.blur()
    box = canvas.bounding_box()
    canvas.hover(position={"x": box["width"] - 14, "y": box["height"] - 8})
    assert f"{100 * float(pattern[-1, -1]):.1f}%" in tip.text_content()
    reader.page.mouse.move(2, 2)
    assert tip.is_hidden()


def test_cells_are_the_weights_as_colours(reader, base):
    reader.type(TEXT)
    pattern = base.trace(TEXT).pattern[1, 0]
    pixel = """([x, y]) => { const c = document.querySelector('[data-part=head] canvas'), d = devicePixelRatio;
        return [...c.getContext('2d').getImageData((c.clientWidth - x) * d, (c.clientHeight - y) * d, 1, 1).data] }"""
    assert reader.page.evaluate(pixel, [18, 14])[:3] == approx(colour_of(float(pattern[-1, -1])), abs=4)
    assert reader.page.evaluate(pixel, [18, 500])[:3] == approx(rgb(FUTURE), abs=1)


def test_thumbnails_are_the_weights_as_colours(reader, base):
    reader.type(TEXT)
    pattern = base.trace(TEXT).pattern
    last = pattern.shape[-1] - 1
    pixels = reader.page.eval_on_selector_all(
        ".heads canvas", "all => all.map(c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data])")
    assert len(pixels) == pattern.shape[0] * pattern.shape[1]
    for number, data in enumerate(pixels):
        layer, head = divmod(number, pattern.shape[1])
        for q, k in ((0, 0), (last, 0), (last, last), (last // 2, 1)):
            at = 4 * (q * (last + 1) + k)
            assert data[at:at + 3] == approx(colour_of(float(pattern[layer, head, q, k])), abs=4)
        assert data[4:7] == approx(rgb(FUTURE), abs=1)


def test_bars_are_the_next_word(reader, base, probs):
    reader.type(TEXT)
    top = probs(base.trace(TEXT)).topk(7).values.tolist()
    assert reader.numbers("[data-part=next] .fill") == approx([*top, 1 - sum(top)], abs=1e-5)


def test_head_is_chosen_by_click_and_by_keyboard(reader, base):
    reader.type(TEXT)
    reader.page.click(f".heads button >> nth={base.decoder.config.n_head + 1}")
    shows(reader, "1.1")
    assert chosen(reader) == "1.1"
    reader.page.keyboard.press("ArrowRight")
    shows(reader, "1.2")
    reader.page.keyboard.press("ArrowDown")
    shows(reader, "2.2")
    assert chosen(reader) == "2.2"
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-checked')") == "true"
    same_weights(reader.page.evaluate(WEIGHTS_DRAWN), base.trace(TEXT).pattern[2, 2])


def test_link_brings_back_text_head_and_language(reader, base, new_reader):
    reader.type(TEXT)
    reader.page.click(f".heads button >> nth={base.decoder.config.n_head + 3}")
    shows(reader, "1.3")
    reader.page.click(".tools button")
    reader.page.wait_for_function("() => document.querySelector('.tools button').textContent === 'Copied'")
    link = reader.page.evaluate("navigator.clipboard.readText()")
    said = {key: values[0] for key, values in parse_qs(urlparse(link).query).items()}
    assert said["prompt"] == TEXT and said["lang"] == "en" and said["attention.head"] == "1.3"
    other = new_reader(locale="es-ES")
    other.page.goto(link)
    other.wait_for(TEXT)
    shows(other, "1.3")
    assert other.typed() == TEXT and chosen(other) == "1.3" and "which words" in other.title()
    other.close()


def test_language_switch_keeps_text_and_head(reader, base):
    reader.type(TEXT)
    reader.page.click(".heads button >> nth=2")
    shows(reader, "0.2")
    reader.speak("es")
    assert reader.typed() == TEXT and "qué palabras" in reader.title()
    shows(reader, "0.2")
    assert "\u202f%" in reader.page.text_content("[data-part=next] .value >> nth=0")
    same_weights(reader.page.evaluate(WEIGHTS_DRAWN), base.trace(TEXT).pattern[0, 2])
    reader.speak("en")


def test_text_longer_than_a_thumbnail_keeps_its_maxima(reader, base):
    text = "one two three four five six seven eight nine ten " * 4
    reader.type(text)
    assert len(base.trace(text).tokens) > 32
    assert reader.page.evaluate("document.querySelector('.heads canvas').width") == 32
    data = reader.page.evaluate("[...document.querySelector('.heads canvas').getContext('2d').getImageData(0, 0, 1, 1).data]")
    assert data[:3] == approx(colour_of(1.0), abs=4)


def test_pointer_previews_click_locks_and_a_second_click_unlocks(reader, base):
    reader.open("attention", TEXT, lang="en")
    pattern, tag = base.trace(TEXT).pattern, reader.page.locator("[data-part=head] .preview")
    reader.page.hover(".heads button >> nth=13")                    # head 1.5
    assert tag.text_content().startswith("preview of head 1.5")
    assert reader.page.evaluate(WEIGHTS_DRAWN) == approx(pattern[1, 5].flatten().tolist(), abs=0.5 / 255 + 1e-6)
    reader.page.mouse.move(2, 2)
    assert tag.is_hidden()
    same_weights(reader.page.evaluate(WEIGHTS_DRAWN), pattern[1, 0])
    reader.page.click(".heads button >> nth=13")
    shows(reader, "1.5")
    reader.page.click(".heads button >> nth=13")
    reader.page.wait_for_function("() => document.querySelector('.tools .copy').dataset.query.includes('attention.head=none')")
    assert reader.page.locator(".heads button[aria-checked=true]").count() == 0 and reader.page.locator(".free").is_hidden()
    reader.page.hover(".heads button >> nth=20")
    reader.page.mouse.move(2, 2)
    assert tag.text_content().startswith("preview of head 2.4"), "with none locked, the last one passed over stays"
    reader.page.focus(".heads button >> nth=0")
    reader.page.keyboard.press("ArrowRight")
    shows(reader, "0.1")
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_function("() => document.querySelector('.free').hidden")


def test_thumbnails_bear_what_each_head_adds_and_is_called_by(reader, base):
    reader.open("attention", TEXT, lang="en")
    trace = base.trace(TEXT)
    adds = contributions(base.decoder, trace, int(trace.logits[-1].argmax())).heads
    assert reader.numbers(".heads .adds") == approx(adds.flatten().tolist(), abs=1e-4)
    named = roles(base)
    signs = {kind: Text("en")(f"attention.sign.{kind}") for kind in KINDS}
    config = base.decoder.config
    assert reader.all(".heads .badge", "text") == [signs.get(named.of(layer, head), "") for layer in range(config.n_layer) for head in range(config.n_head)]


def test_top_share_is_drawn_as_the_slider_moves(reader, base):
    reader.open("attention", TEXT, lang="en")
    pattern = base.trace(TEXT).pattern[1, 0]
    fewest = sum(int((row.sort(descending=True).values.cumsum(0) < 0.6).sum()) + 1 for row in pattern)
    reader.page.eval_on_selector("[data-name='attention.top'] input", "e => { e.value = 60; e.dispatchEvent(new Event('input', { bubbles: true })); }")
    assert reader.numbers("[data-part=head] canvas", "kept") == [fewest]
    reader.page.eval_on_selector("[data-name='attention.top'] input", "e => e.dispatchEvent(new Event('change', { bubbles: true }))")
    reader.page.wait_for_function("() => document.querySelector('.tools .copy').dataset.query.includes('attention.top=60')")
    assert reader.numbers("[data-part=head] canvas", "kept") == [fewest]


def test_lines_say_their_scale_and_what_they_leave_out(reader, base):
    reader.open("attention", "one two three four five six seven eight nine ten " * 8, lang="en", **{"attention.view": "lines"})
    tokens = len(base.trace("one two three four five six seven eight nine ten " * 8).tokens)
    legend = reader.page.inner_text("[data-part=head] .legend")
    assert tokens > 60 and f"the last 60 of {tokens} tokens" in legend and "under 0.5%" in legend and "100%" in legend
    thick = reader.page.eval_on_selector_all(".line-sample", "all => all.map(line => line.getBoundingClientRect().height)")
    assert thick == sorted(thick) and thick[-1] == approx(7.5, abs=0.1)


def test_lines_of_other_tokens_vanish(reader, base):
    reader.open("attention", TEXT, lang="en", **{"attention.view": "lines"})
    pattern = base.trace(TEXT).pattern[1, 0]
    same_weights(reader.page.evaluate(WEIGHTS_DRAWN), pattern)
    assert reader.numbers("[data-part=head] canvas", "lines") == [int((pattern >= 0.005).sum())]
    reader.page.focus("[data-part=head] canvas")
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("ArrowUp")                           # the last but one reads
    assert reader.numbers("[data-part=head] canvas", "lines") == [int((pattern[-2] >= 0.005).sum())]
    assert f"{100 * float(pattern[-2].max()):.1f}%" in reader.page.inner_text("[data-part=head] .readout")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_function(f"() => document.querySelector('.tools .copy').dataset.query.includes('attention.pair={len(pattern) - 2}.{int(pattern[-2].argmax())}')")


@pytest.mark.parametrize("pair", ["", "5.2", "2.5"])
def test_pair_is_computed_step_by_step(reader, base, pair):
    reader.open("attention", TEXT, lang="en", **{"attention.head": "2.1", "attention.pair": pair or "999.0"})
    trace = base.trace(TEXT)
    query, key = map(int, pair.split(".")) if pair else (len(trace.tokens) - 1, int(trace.pattern[2, 1, -1].argmax()))
    q, k = trace.q[2, 1, query], trace.k[2, 1, key]
    value, weights = trace.v[2, 1, key], trace.pattern[2, 1, query]
    for part, vectors in (("pair", (q, k, q * k)), ("value", (value, weights[key] * value, weights @ trace.v[2, 1]))):
        drawn = reader.page.eval_on_selector_all(f"[data-part={part}] canvas", "all => all.map(canvas => [...canvas.values])")
        assert len(drawn) == len(vectors) and all(one == approx(vector.tolist(), abs=1e-5) for one, vector in zip(drawn, vectors))
    dot, score, _, weight, moves, *logit = reader.all("[data-part=steps] .value", "value")
    assert float(dot) == approx(float(q @ k), abs=1e-4) and float(score) == approx(float(trace.scores[2, 1, query, key]), abs=1e-5)
    assert float(weight) == approx(float(trace.pattern[2, 1, query, key]), abs=1e-6)
    moved = carried(base.decoder, trace, 2, 1, query, key)
    assert float(moves) == approx(float(moved.norm()), abs=1e-5)
    if query == len(trace.tokens) - 1:
        assert float(logit[0]) == approx(towards(base.decoder, trace, moved, int(trace.logits[-1].argmax())), abs=1e-4)
    assert ("not allow" in reader.page.text_content("[data-part=pair] figcaption")) == (key > query)
    *row, total = reader.numbers("[data-part=row] .fill")
    heaviest = weights[:query + 1].topk(min(6, query + 1)).values.tolist()
    assert row[:len(heaviest)] == approx(heaviest, abs=1e-6) and sum(row) == approx(total, abs=1e-5) == approx(1, abs=1e-5)
    assert ("−∞" in reader.page.text_content("[data-part=row] .marked")) == (key > query)


def test_what_pushes_the_word_adds_up_and_a_head_in_it_can_be_chosen(reader, base):
    reader.open("attention", TEXT, lang="en", **{"attention.head": "2.1"})
    trace = base.trace(TEXT)
    found = contributions(base.decoder, trace, int(trace.logits[-1].argmax()))
    *parts, logit = reader.numbers("[data-part=pushes] .fill")
    assert sum(parts) == approx(logit, abs=1e-4) and logit == approx(float(trace.logits[-1].max()), abs=1e-3)
    assert reader.page.text_content("[data-part=pushes] .marked button") == "head 2.1"
    assert reader.numbers("[data-part=pushes] .marked .fill") == approx([float(found.heads[2, 1])], abs=1e-4)
    best = divmod(int(found.heads.argmax()), base.decoder.config.n_head)
    reader.page.click("[data-part=pushes] button.choose >> nth=0")
    shows(reader, f"{best[0]}.{best[1]}")
    assert chosen(reader) == f"{best[0]}.{best[1]}"


def test_cards_stand_one_under_the_other_where_they_would_be_cramped(reader):
    reader.open("attention", TEXT, lang="en")
    tops = "() => ['heads', 'head'].map(id => document.querySelector(`[data-part=${id}]`).getBoundingClientRect().top)"
    one, two = reader.page.evaluate(tops)
    assert one == two
    reader.page.set_viewport_size({"width": 1120, "height": 1000})
    reader.page.wait_for_function("() => document.querySelector('.vt.stacked')")
    one, two = reader.page.evaluate(tops)
    assert two > one + 100
    reader.page.set_viewport_size({"width": 1400, "height": 1000})
    reader.page.wait_for_function("() => !document.querySelector('.vt.stacked')")


def test_taking_away_changes_the_prediction_and_a_link_brings_it_all_back(reader, base, probs, new_reader):
    reader.open("attention", TEXT, lang="en", **{"attention.head": "0.2"})
    whole = probs(base.trace(TEXT))

    def without(**parts):
        reader.page.wait_for_function("value => Math.abs(+document.querySelector('[data-part=without] .fill').dataset.value - value) < 1e-4",
                                      arg=float(probs(base.trace(TEXT, without=Without(**parts))).max()))

    without()
    reader.page.click("[data-name='attention.take'] >> nth=0")
    without(heads={(0, 2)})
    assert reader.page.locator(".heads button.off").count() == 1
    reader.page.click("[data-name='attention.mask']")
    without(heads={(0, 2)}, mask=True)
    same_weights(reader.page.evaluate(WEIGHTS_DRAWN), base.trace(TEXT, without=Without(heads={(0, 2)}, mask=True)).pattern[0, 2])
    assert reader.numbers("[data-part=next] .fill")[0] == approx(float(whole.max()), abs=1e-5)
    other = new_reader()
    other.page.goto(f"{other.url}/attention{reader.page.get_attribute('.tools .copy', 'data-query')}")
    other.rest()
    assert other.numbers("[data-part=without] .fill") == approx(reader.numbers("[data-part=without] .fill"), abs=1e-6)
    assert other.page.get_attribute("[data-name='attention.mask']", "aria-pressed") == "true" and other.page.locator(".heads button.off").count() == 1
    other.close()
    reader.page.click("[data-name='attention.take'] >> nth=2")
    without()
    assert reader.page.locator(".heads button.off").count() == 0
    reader.page.click("[data-name='attention.take'] >> nth=1")
    without(heads={(0, head) for head in range(base.decoder.config.n_head)})
    reader.page.click("[data-name='attention.take'] >> nth=2")
