"""Base and what fine-tuning made of it in a browser: texts, tokens, heads and weights are the engine's; a run on own lines, and files to and fro."""
import json
from dataclasses import replace

import pytest
import torch
from pytest import approx

from engine import checkpoint, distribution, parcel
from engine.chats import template
from engine.compare import likeliest, looks_elsewhere, pieces, shared
from engine.lora import Adapter, merge, moved
from ui.i18n import Text
from ui.readings.finetuning import ROWS, TOKENS

TEXT = "What is the capital of France?"
ALERT = "[data-testid=stAlert]"
RUN = "[data-part=learning]"
SLOW = 180_000                      # milliseconds for what a run does on a busy machine


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("finetuning", TEXT, lang="en")


@pytest.fixture(scope="module")
def made(base):
    """A small adapter that changes something, as a file would keep it."""
    adapter = Adapter.fresh(base.decoder, 2, 4.0, (1, 2, 3), 1)
    chance = torch.Generator().manual_seed(1)
    for tensor in (*adapter.b.values(), adapter.row_change):
        tensor.normal_(0, 0.05, generator=chance)
    return parcel.change(parcel.tensors(adapter), adapter.scale, base)


@pytest.fixture(scope="module")
def sha():
    return checkpoint.fingerprint(checkpoint.find("base") / checkpoint.WEIGHTS)


def written(lm) -> str:
    return "".join(step.text for step in lm.generate(TEXT, TOKENS, 0.0, seed=1))


def wait_for_texts(reader, *texts: str) -> None:
    reader.page.wait_for_function("""wanted => JSON.stringify([...document.querySelectorAll('[data-part=written] .words')].map(e => e.textContent)) === wanted
        && [...document.querySelectorAll('[data-part=written] .cursor')].every(c => c.hidden)""", arg=json.dumps(texts, ensure_ascii=False, separators=(",", ":")))


def upload(reader, where: str, name: str, data: bytes) -> None:
    reader.page.set_input_files(f".st-key-finetuning-{where} input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def test_texts_and_their_differences(reader, base, assistant):
    texts = [written(lm) for lm in (base, assistant)]
    wait_for_texts(reader, *texts)
    reader.page.wait_for_selector("[data-model=assistant] .came")
    marks = shared(pieces(texts[1]), pieces(texts[0]))[0]
    assert reader.all("[data-model=assistant] .came", "text") == [word for word, same in zip(pieces(texts[1]), marks) if not same]
    assert reader.all("[data-part=written] .prompt", "text") == [TEXT, ""]


@pytest.mark.parametrize("reads", ["same", "template"])
def test_tokens_before_and_after(reader, base, assistant, reads):
    reader.page.click(f"[data-name='finetuning.reads'] [data-option={reads}]")
    before, after = (distribution(trace.logits[-1]).probs for trace in (base.trace(TEXT), assistant.trace(TEXT) if reads == "same" else assistant.trace_chat(TEXT)))
    left, right = likeliest(before, after, ROWS)
    reader.page.wait_for_function("wanted => document.querySelector('[data-part=slopes] [data-side=after]')?.dataset.id === wanted", arg=str(right[0]))
    for side, ids, probs in (("before", left, before), ("after", right, after)):
        rows = f"[data-part=slopes] [data-side={side}]"
        assert reader.all(rows, "id") == [*map(str, ids), "rest"]
        assert reader.numbers(rows) == approx([*probs[ids].tolist(), 1 - float(probs[ids].sum())], abs=1e-5)
        assert reader.numbers(rows, "delta")[:ROWS] == approx((after - before)[ids].tolist(), abs=1e-5)


def test_heads_and_weights_are_the_engines(reader, base, assistant):
    apart = looks_elsewhere(base.trace(TEXT).pattern, assistant.trace(TEXT).pattern)
    assert reader.numbers("[data-part=heads] .cell") == approx(apart.flatten().tolist(), abs=1e-5)
    assert reader.numbers("[data-part=weights] td") == approx(moved(base.decoder, assistant.decoder).flatten().tolist(), abs=1e-4)
    reader.page.focus("[data-part=heads] .cell")
    reader.page.keyboard.press("ArrowRight")
    assert "0.1" in reader.page.inner_text("[data-part=heads] .readout")


def test_strength_nought_is_base_and_a_link_brings_it_back(reader, base, new_reader):
    slider = reader.page.locator("[data-name='finetuning.strength'] input")
    slider.focus()
    reader.page.keyboard.press("Home")
    slider.dispatch_event("change")
    wait_for_texts(reader, written(base), written(base))
    assert set(reader.numbers("[data-part=heads] .cell")) == set(reader.numbers("[data-part=weights] td")) == {0.0}
    assert set(reader.numbers("[data-part=slopes] .row", "delta")) == {0.0}
    query = reader.page.get_attribute(".vt .copy", "data-query")
    other = new_reader()
    other.page.goto(f"{other.url}/finetuning{query}")
    other.rest()
    assert other.page.input_value("[data-name='finetuning.strength'] input") == "0"
    other.close()
    reader.page.keyboard.press("End")
    slider.dispatch_event("change")
    reader.page.wait_for_function("() => document.querySelector('[data-part=weights] td').dataset.value > 0")


def test_what_is_forgotten_is_measured(reader):
    shipped = checkpoint.read_json(checkpoint.find("assistant") / checkpoint.EVALUATION)["figures"]
    rows = "[data-part=forgotten] .line"
    for language, row in zip(("en", "es"), zip(reader.numbers(rows, "before"), reader.numbers(rows, "after"))):
        assert row == approx((shipped[language]["loss"]["before"], shipped[language]["loss"]["after"]))
    reader.page.click("[data-part=forgotten] .press")
    reader.page.wait_for_function("() => document.querySelectorAll('[data-part=forgotten] .line').length > 4")


@pytest.mark.parametrize("name, data, code", [
    ("empty.txt", b"", "text_empty"), ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(400), "text_foreign"), ("huge.txt", b"a => b\n" * 60_000, "text_large")])
def test_lines_that_are_none_are_refused_in_a_sentence(reader, name, data, code):
    upload(reader, "upload", name, data)
    said = Text("en")(f"error.{code}", file=name, most=60) if code == "text_large" else Text("en")(f"error.{code}")
    reader.page.wait_for_selector(f"{ALERT}:has-text('{said[:50]}')")


def test_a_file_of_lines_fills_the_box(reader):
    upload(reader, "upload", "lines.txt", "¿Qué? => Eso. 🙂\n".encode() * 12)
    reader.page.wait_for_function("() => document.querySelector('.st-key-finetuning-lines textarea').value.startsWith('¿Qué? => Eso. 🙂')")
    reader.page.wait_for_function("() => document.querySelector('[data-part=learning] .hint').textContent.startsWith('Lines: 12.')")
    assert reader.page.locator(ALERT).count() == 0


@pytest.mark.parametrize("spoil, code", [(lambda data: b"no", "parcel_foreign"), (lambda data: data[:-9], "parcel_foreign"), (lambda data: data.replace(b"base_sha256\":\"", b"base_sha256\":\"f")[:len(data)], "parcel_")])
def test_a_model_that_was_not_made_here_is_refused(reader, made, sha, spoil, code):
    upload(reader, "again", "odd.safetensors", spoil(parcel.pack(made, sha, True)))
    reader.page.wait_for_selector(f".st-key-finetuning-again {ALERT}:has-text('odd.safetensors')")
    assert reader.page.locator("[data-name='finetuning.model'] [data-option=yours]").count() == 0


def test_a_downloaded_model_comes_back_and_writes_the_same(reader, base, made, sha):
    upload(reader, "again", "mine.safetensors", parcel.pack(made, sha, True))
    reader.page.wait_for_selector("[data-name='finetuning.model'] [data-option=yours][aria-checked=true]")
    mine = replace(base, decoder=merge(base.decoder, made).eval(), chat=template(base.tokenizer))
    wait_for_texts(reader, written(base), written(mine))
    assert reader.page.locator(f".st-key-finetuning-again {ALERT}").count() == 0
    with reader.page.expect_download() as download:
        reader.page.click(".st-key-finetuning-download button")
    change, talks = parcel.unpack(download.value.path().read_bytes(), base, sha, "mine.safetensors")
    assert talks and all(torch.equal(value, change.b[name]) for name, value in made.b.items())
    reader.page.click(".st-key-finetuning-keep button")
    reader.page.wait_for_selector(".st-key-finetuning-keep", state="detached")


def test_a_run_is_started_left_found_again_paused_and_stopped(reader):
    reader.page.click(".st-key-finetuning-set-words button")
    reader.page.wait_for_function("() => document.querySelector('[data-part=learning] .hint').textContent.startsWith('Lines: 30.')")
    reader.page.click(f"{RUN} [data-do=start]")
    reader.page.wait_for_selector(f"{RUN} [data-do=stop]:visible")
    reader.go("home")
    reader.go("finetuning")
    reader.page.wait_for_selector(f"{RUN} [data-do=stop]:visible")
    assert "bloop" in reader.page.input_value(".st-key-finetuning-lines textarea")
    reader.page.click(f"{RUN} [data-do=pause]")
    reader.page.wait_for_selector(f"{RUN} [data-do=go]:visible")
    assert Text("en")("finetuning.run.paused").partition("{")[0] in reader.page.inner_text(f"{RUN} .status")
    reader.page.click(f"{RUN} [data-do=go]")
    reader.page.wait_for_function("() => JSON.parse(document.querySelector('[data-part=learning] svg').dataset.losses ?? '[]').length > 1", timeout=SLOW)
    curve = json.loads(reader.page.get_attribute(f"{RUN} svg", "data-losses"))
    assert [step for step, _ in curve] == list(range(1, len(curve) + 1)) and all(loss > 0 for _, loss in curve)
    reader.page.click(f"{RUN} [data-do=stop]")
    reader.page.wait_for_selector(f"{RUN} [data-do=start]:visible")
    assert "Stopped" in reader.page.inner_text(f"{RUN} .status")
