"""The model of the whole app: every screen stands with another one, a reader's own of any shape among them, and nobody else sees that."""
from dataclasses import replace

import pytest
import torch
from streamlit.testing.v1 import AppTest

from engine import LanguageModel
from engine.model import Config, Decoder
from ui import kept, session
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS
from ui.tour import ORDER

TEXTS = ("The cat sat on the mat.", "", "🙂 ñ", "word " * 60)
OWN = "own-0123456789ab"


@pytest.fixture(scope="module")
def foreign(tokenizer) -> LanguageModel:
    """One layer of two heads over 24 positions, an output of its own, and no token that begins a text."""
    decoder = Decoder(Config(vocab_size=330, n_positions=24, n_embd=12, n_layer=1, n_head=2, tie_word_embeddings=False)).initialise(1)
    return LanguageModel(OWN, decoder.eval().requires_grad_(False), tokenizer)


def open_app(screen: str, model: str, own: dict, language: str = "en") -> AppTest:
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.session_state["kept"] = own
    at.query_params.update({"lang": language, "model": model})
    at.run()
    return at if screen == "home" else at.switch_page(f"{screen}.py").run()


@pytest.mark.parametrize("screen", ORDER)
@pytest.mark.parametrize("model", ("nano", "assistant", OWN))
def test_every_screen_stands_with_another_model(screen, model, foreign):
    kept._models[OWN] = foreign
    at = open_app(screen, model, {OWN: kept.Kept("my model", foreign)})
    assert at.selectbox(key="model").value == model and not at.warning
    for text in TEXTS if at.text_input else ():
        at.text_input(key="prompt").input(text).run()
        assert not at.exception
        said = [error.value for error in at.error]
        assert not said or (text, model) == ("", OWN) and set(said) == {Text("en")("error.empty")}, (text, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_of_which_model_its_answer_is(language):
    def answers(model: str) -> list[str]:
        boards = [component.proto.json for component in open_app("probabilities", model, {}, language).get("bidi_component")]
        return [board for board in boards if Text(language)("live.of_model", model="base")[:20] in board]
    assert answers("nano") and not answers("base")


def test_a_model_of_somebody_else_is_no_choice(foreign):
    kept._models[OWN] = foreign
    at = open_app("home", OWN, {})
    assert at.selectbox(key="model").value == "base" and len(at.warning) == 1 and OWN not in at.selectbox(key="model").options


def test_what_is_kept_has_a_name_of_its_own_and_goes_with_the_session(untouched, monkeypatch, tiny):
    monkeypatch.setattr(kept.st, "session_state", untouched)
    own = replace(tiny, card={"x": 1})
    name, other = kept.keep(own, "mine"), kept.keep(own, "mine too")
    assert name != other and kept.mine() == {name: "mine", other: "mine too"}
    assert session.model(name).name == name and session.model(name).decoder is tiny.decoder
    kept.drop(other)
    assert kept.mine() == {name: "mine"} and kept.model(other) is None
    untouched.clear()
    assert kept.model(name) is None


def test_no_name_means_the_current_model_and_caches_do_not_mix(monkeypatch):
    monkeypatch.setattr(session.st, "session_state", state := {})
    assert session.current() == session.BASE and session.vocabulary().shape[1] == 256
    state["model"] = "nano"
    assert session.model().name == "nano" and session.vocabulary().shape[1] == 64 and session.vocabulary(name="base").shape[1] == 256
    assert session.trace("a") is session.trace("a", "nano") and session.trace("a") is not session.trace("a", "base")
    with session.meaning("mini"):
        assert session.model().name == "mini"
    assert session.roles() is session.roles("nano")
    assert torch.equal(session.model().decoder.transformer.wte.weight, session.vocabulary())


def test_a_link_names_the_model_only_where_it_is_another(monkeypatch):
    assert KNOBS["model"].parse("nano") == "nano" and KNOBS["model"].parse("../base") is None
    assert KNOBS["model"].parse("own-000000000000") is None
