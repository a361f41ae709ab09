"""The screen of tokens in a browser: chips are the tokenizer's, merges end in the word's tokens, surprise is the model's."""
import math

import pytest
from pytest import approx

from engine.surprise import surprise

TEXT = "The xylophone of the niño"
PIECES, BITS = "[data-part=pieces] .piece", "[data-part=merges] .bit"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("tokens", "start", lang="en")


@pytest.fixture(autouse=True)
def typed(reader):
    reader.type(TEXT)


def replays(reader, ids: list[int]) -> None:
    """Wait until the merges show just these pieces."""
    reader.page.wait_for_function("ids => JSON.stringify([...document.querySelectorAll('[data-part=merges] .bit')].map(e => +e.dataset.id)) === ids",
                                  arg=str(ids).replace(" ", ""))


def test_chips_are_the_tokens_and_their_bytes(reader, base):
    assert [int(i) for i in reader.all(PIECES, "id")] == [base.bos, *base.tokenizer.encode(TEXT)]
    assert bytes.fromhex("".join(reader.all(PIECES, "hex")[1:])).decode() == TEXT
    assert reader.all("[data-part=pieces] .counts b", "text")[:3] == ["25", "26", str(len(base.tokenizer.encode(TEXT)))]


def test_word_is_chosen_by_click_and_its_merges_end_in_its_tokens(reader, base):
    word = base.tokenizer.encode("The xylophone")[1:]
    replays(reader, base.tokenizer.encode(" niño"))
    reader.page.click(f"{PIECES} >> nth=2")
    replays(reader, word)
    assert reader.page.locator(f"{PIECES}[aria-pressed=true]").count() == len(word)


def test_merges_are_stepped_by_keys_played_and_stopped(reader, base):
    reader.page.click(f"{PIECES} >> nth=2")
    replays(reader, base.tokenizer.encode("The xylophone")[1:])
    slider = reader.page.locator("[data-part=merges] input")
    slider.focus()
    reader.page.keyboard.press("Home")
    first = [base.tokenizer.encode(letter)[0] for letter in " xylophone"]
    replays(reader, first)
    reader.page.keyboard.press("ArrowRight")
    assert len(reader.all(BITS, "id")) == len(first) - 1 and "rule" in reader.page.inner_text("[data-part=merges] .rule")
    play = reader.page.locator("[data-part=merges] .play")
    play.click()
    reader.page.wait_for_function("n => document.querySelectorAll('[data-part=merges] .bit').length < n", arg=len(first) - 1)
    play.click()
    left = len(reader.all(BITS, "id"))
    reader.page.wait_for_timeout(1000)
    assert len(reader.all(BITS, "id")) == left > 1


def test_two_sentences_are_counted_as_they_are_typed(reader, base):
    english, spanish = "The grandmother", "La abuela"
    for number, text in enumerate((english, spanish)):
        reader.page.fill(f"[data-part=pair] input >> nth={number}", "")
        reader.page.locator(f"[data-part=pair] input >> nth={number}").press_sequentially(text, delay=20)
    expected = [*base.tokenizer.encode(english), *base.tokenizer.encode(spanish)]
    reader.page.wait_for_function("ids => JSON.stringify([...document.querySelectorAll('[data-part=pair] .piece')].map(e => +e.dataset.id)) === ids",
                                  arg=str(expected).replace(" ", ""))
    assert reader.numbers("[data-part=pair] .fill") == approx([len(base.tokenizer.encode(text)) / base.context for text in (english, spanish)])
    assert reader.page.input_value("[data-part=pair] input >> nth=0") == english


def test_surprise_is_the_models_and_is_said_in_words(reader, base):
    trace = base.trace(TEXT)
    found = surprise(trace)
    levels = [float(level) for level in reader.all("[data-part=surprise] .piece", "level")[1:]]
    assert levels == approx([min(1, -p / math.log(trace.logits.shape[-1])) for p in found.logprobs.tolist()], abs=1e-5)
    assert f"{found.perplexity:,.1f}" in reader.page.inner_text("[data-part=surprise] figcaption")
    reader.page.locator("[data-part=surprise] .piece >> nth=0").focus()
    said = reader.page.locator("[data-part=surprise] .readout")
    assert "nothing" in said.text_content()
    reader.page.keyboard.press("End")
    assert f"rank {int(found.ranks[-1]):,} of" in said.text_content() and f"{-float(found.logprobs[-1]):.2f} nats" in said.text_content()


def test_link_brings_back_word_step_and_sentences(reader, base, new_reader):
    query = {"tokens.word": "1", "tokens.step": "2", "tokens.pair": "own", "tokens.en": "A fox", "tokens.es": "Un zorro"}
    other = new_reader(locale="es-ES")
    other.open("tokens", TEXT, lang="es", **query)
    assert len(other.all(BITS, "id")) == len(" xylophone") - 2
    assert [other.page.input_value(f"[data-part=pair] input >> nth={i}") for i in (0, 1)] == ["A fox", "Un zorro"]
    link = other.page.get_attribute(".tools button", "data-query")
    assert all(f"{key}={value.replace(' ', '+')}" in link for key, value in query.items())
    other.close()
