"""Every screen as Streamlit's own test runner sees it: both languages, hostile prompts, damaged models, odd links."""
import base64
import json
import re
import shutil

import numpy as np
import pytest
import streamlit as st
from pytest import approx
from streamlit.testing.v1 import AppTest

from engine import checkpoint, distribution
from ui import session
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS, MAX_TEXT
from ui.parts import is_special
from ui.tour import ORDER

SCREENS = ORDER
UNTYPED = ("fewshot", "scale", "glossary", "models")    # screens without the prompt
TYPED = tuple(screen for screen in ORDER if screen not in UNTYPED)
HOSTILE = {
    "empty": "", "blank": "   ", "emoji": "👩‍👩‍👧‍👦 👨🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", "rtl": "שלום \u202eabc\u202c مرحبا", "nul": "a\0b\x07\x1b[31m\ufeff",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)> &amp;", "markdown": "**b** _i_ `c` [a](javascript:x) # | ~~ :red[x] :material/home:",
    "latex": r"$\frac{1}{0}$ $$x^2$$ \begin{x} {name} {0} %s %(x)s", "lines": "one⏎two\ttab", "long": "añ 🙂 " * (MAX_TEXT // 5),
    "one_word": "x" * MAX_TEXT, "marks": "<|endoftext|><|user|><|end|>"}


def open_app(screen: str, **query: str) -> AppTest:
    """Come by a link, then go to a screen; the test runner loses the prompt on the way, so it is typed again there."""
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.query_params.update(query)
    at.run()
    if screen == "home":
        return at
    text = at.session_state["prompt"]
    at.switch_page(f"{screen}.py").run()
    return at if at.error or screen in UNTYPED else at.text_input(key="prompt").input(text).run()


def parts_of(at: AppTest, number: int = 0) -> dict[str, dict]:
    return {part["id"]: part for part in data_of(at, number)["parts"]}


def boards_of(at: AppTest) -> list[dict]:
    """What each board was sent."""
    return [sent for component in at.get("bidi_component") if "parts" in (sent := json.loads(component.proto.json))]


def data_of(at: AppTest, number: int = 0) -> dict:
    """What a board was sent; one that shows no text, such as the card at the top, is not counted, unless there is no other."""
    boards = boards_of(at)
    return ([board for board in boards if board["stamp"] is not None] or [board for board in boards if board["parts"][0]["kind"] != "guide"])[number]


def stands(at: AppTest, screen: str, language: str) -> None:
    """The screen is whole: its title in its language, figures drawn, nothing gone wrong."""
    assert not at.exception and not at.error
    assert [title.value for title in at.title] == [Text(language)(f"{screen}.title")]
    assert data_of(at)["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_screen_stands_in_each_language(screen, language):
    at = open_app(screen, lang=language)
    stands(at, screen, language)
    assert screen in UNTYPED or at.text_input(key="prompt").value == Text(language)("live.default")
    assert not at.warning
    for part in parts_of(at).values():
        for words in (part["title"], part["hint"], part["caption"]):
            assert words.count("**") % 2 == 0 and "nan" not in words.lower().split()


@pytest.mark.parametrize("screen", TYPED)
def test_hostile_prompts_are_texts_like_others(screen):
    at = open_app(screen, lang="en")
    for name, text in HOSTILE.items():
        at.text_input(key="prompt").input(text).run()
        stands(at, screen, "en")
        assert data_of(at)["stamp"].startswith(text.replace("⏎", "\n")), name
        assert at.text_input(key="prompt").value == text
        assert bool(at.info) == (len(text) >= MAX_TEXT), name
        for part in parts_of(at).values():
            if part["kind"] == "bars":
                assert sum(row["value"] for row in part["rows"]) == approx(1, abs=1e-5), name
            for words in (part["title"], part["hint"], part["caption"]):
                assert words.count("**") % 2 == 0, (name, words)


@pytest.mark.parametrize("screen", TYPED)
def test_language_changes_and_a_typed_text_stays(screen):
    at = open_app(screen, lang="en")
    at.text_input(key="prompt").input("mine").run()
    at.radio(key="lang").set_value("es").run()
    stands(at, screen, "es")
    assert at.text_input(key="prompt").value == "mine"


def test_text_that_nobody_touched_changes_language_too():
    at = open_app("home", lang="en")
    at.radio(key="lang").set_value("es").run()
    assert at.text_input(key="prompt").value == Text("es")("live.default")


@pytest.mark.parametrize("locale, language", [("es-MX", "es"), ("en-GB", "en"), ("fr-FR", "en")])
def test_language_of_the_browser_is_taken(locale, language):
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.context["locale"] = locale
    stands(at.run(), "home", language)


@pytest.mark.parametrize("screen, id", [("home", "next"), ("attention", "next"), ("context", "whole")])
def test_bars_are_the_models(screen, id):
    at = open_app(screen, prompt="The cat sat on")
    probs = distribution(session.model().trace("The cat sat on").logits[-1]).probs
    rows = parts_of(at)[id]["rows"]
    assert [row["value"] for row in rows[:-1]] == approx(probs.topk(len(rows) - 1).values.tolist(), abs=1e-6)


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen != "home"])
def test_table_holds_what_is_drawn(screen):
    at = open_app(screen, prompt="The cat sat")
    assert not at.dataframe
    at.toggle(key=f"{screen}.table").set_value(True).run()
    assert not at.exception and len(at.dataframe[0].value) > 5


def test_attention_table_rows_sum_to_one():
    at = open_app("attention", prompt="The cat sat")
    at.toggle(key="attention.table").set_value(True).run()
    sums = at.dataframe[0].value.groupby("reads")["weight"].sum()
    assert sums.tolist() == approx([1.0] * len(sums), abs=1e-5)


def test_link_sets_every_knob():
    at = open_app("attention", **{"prompt": "Año 🙂", "lang": "es", "attention.head": "2.3"})
    assert parts_of(at)["heads"]["selected"] == "2.3" and at.text_input(key="prompt").value == "Año 🙂"
    assert data_of(at)["stamp"] == "Año 🙂" and not at.warning
    at = open_app("context", **{"prompt": "a b c d e f", "context.window": "5"})
    assert parts_of(at)["window"]["value"] == 5
    at = open_app("embeddings", **{"embeddings.view": "pca3", "embeddings.token": "300"})
    assert (parts_of(at)["map"]["view"], parts_of(at)["map"]["chosen"]) == ("pca3", 300)
    at = open_app("probabilities", **{"probabilities.temperature": "0.35", "probabilities.top_k": "7", "probabilities.top_p": "0.5"})
    assert [knob["value"] for knob in parts_of(at)["chain"]["knobs"]] == [0.35, 7, 0.5]


@pytest.mark.parametrize("key, value", [
    ("lang", "xx"), ("attention.head", "abc"), ("context.window", "0"), ("probabilities.temperature", "nan"),
    ("embeddings.view", "<b>"), ("prompt", "x" * (MAX_TEXT + 1))])
def test_bad_link_falls_back_and_says_so(key, value):
    at = open_app("home", **({"lang": "en"} | {key: value}))
    stands(at, "home", "en")
    assert [warning.value for warning in at.warning] == [Text("en")("frame.bad_link", names=key)]


@pytest.mark.parametrize("query", [{"attention.head": "99.99"}, {"embeddings.token": "999999"}])
def test_link_to_what_this_model_does_not_have_shows_the_nearest(query):
    shape = session.model().decoder.config
    at = open_app(next(iter(query)).split(".")[0], **query)
    assert not at.exception and not at.error
    if "attention.head" in query:
        assert parts_of(at)["heads"]["selected"] in (f"{shape.n_layer - 1}.{shape.n_head - 1}", KNOBS["attention.head"].default)
    else:
        assert 0 <= parts_of(at)["map"]["chosen"] < shape.vocab_size


@pytest.fixture
def models(monkeypatch, tmp_path):
    """A copy of the models to damage; whatever was cached of the real ones is forgotten, before and after."""
    copy = shutil.copytree(checkpoint.MODELS, tmp_path / "models")
    monkeypatch.setattr(checkpoint, "MODELS", copy)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield copy
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen, damage, code", [
    ("home", lambda m: shutil.rmtree(m / "base"), "model_missing"),
    ("attention", lambda m: (m / "base" / "model.safetensors").unlink(), "file_missing"),
    ("embeddings", lambda m: (m / "base" / "tokenizer.json").write_text("{"), "file_damaged"),
    ("context", lambda m: (m / "base" / "model.safetensors").write_bytes(b"\0" * 100), "file_damaged"),
    ("finetuning", lambda m: shutil.rmtree(m / "assistant"), "model_missing"),
    ("finetuning", lambda m: (m / "assistant" / "adapter.safetensors").write_bytes(b"oops"), "file_damaged")])
def test_model_that_cannot_be_loaded_says_what_to_do(models, screen, damage, code, language):
    damage(models)
    at = open_app(screen, lang=language)
    assert not at.exception
    (said,) = [error.value for error in at.error]
    assert "python -m engine build" in said
    pieces = re.split(r"\{\w+\}", Text(language)(f"error.{code}"))
    assert re.fullmatch(".+".join(map(re.escape, pieces)), said)
    assert str(models) not in said


def test_map_that_is_damaged_is_missed_in_words(models):
    (models / "base" / "map.safetensors").write_bytes(b"oops")
    at = open_app("embeddings", **{"lang": "en", "embeddings.view": "tsne"})
    stands(at, "embeddings", "en")
    assert parts_of(at)["map"]["missing"] == Text("en")("embeddings.missing")


def test_marks_typed_by_a_reader_are_text():
    at = open_app("finetuning", prompt=HOSTILE["marks"])
    assert sum(token["state"] == "special" for token in parts_of(at)["read_base"]["tokens"]) == 1
    assert sum(map(is_special, session.trace(HOSTILE["marks"]).tokens)) == 1


def test_a_summary_of_too_many_tokens_is_one_sentence_and_the_page_goes_on():
    at = open_app("context", lang="en", **{"context.policy": "summary", "context.room": "64", "context.summary": "1234567890" * 10})
    assert not at.exception and len(at.error) == 1 and at.text_input(key="context.summary").value == "1234567890" * 10
    assert any(part["id"] == "cost" for board in boards_of(at) for part in board["parts"])


def test_a_model_that_was_tuned_to_answer_is_looked_at_where_it_writes_on_from():
    text = "What is the capital of France?"
    at = open_app("probabilities", lang="en", prompt=text, model="assistant")
    lm = session.model("assistant")
    assert np.frombuffer(base64.b64decode(parts_of(at)["chain"]["logits"]["f32"]), "f4") == approx(lm.trace_chat(text).logits[-1].numpy(), abs=1e-4)
