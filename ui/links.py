"""Everything a reader set, in the address: read from a deep link with care, written into a link to copy."""
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from engine import ModelError
from engine.model import Config
from ui import session
from ui.i18n import LANGUAGES

MAX_TEXT = 2000                     # characters in the prompt; part of the widget's identity, so one constant
MAX_WINDOW, MIN_WINDOW = 256, 4


@dataclass(frozen=True)
class Knob:
    """One setting: its default, how its text in an address becomes a value (None if it cannot), and who keeps it."""
    default: object
    parse: Callable[[str], object]
    widget: bool = False            # a Streamlit widget bound to the address, which reads and writes it by itself


def _number(low: float, high: float) -> Callable[[str], float | None]:
    def parse(text: str) -> float | None:
        try:
            value = float(text)
        except ValueError:
            return None
        return value if low <= value <= high else None
    return parse


def _whole(low: int, high: int) -> Callable[[str], int | None]:
    return lambda text: int(text) if re.fullmatch(r"\d{1,6}", text) and low <= int(text) <= high else None


def _one_of(*options: str) -> Callable[[str], str | None]:
    return lambda text: text if text in options else None


def _head(text: str) -> str | None:
    """A head that the model has, as "layer.head"."""
    found, shape = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text), _shape()
    return text if found and (not shape or int(found[1]) < shape.n_layer and int(found[2]) < shape.n_head) else None


def _token(text: str) -> str | None:
    """A token id of the vocabulary, or nothing."""
    shape = _shape()
    return text if re.fullmatch(r"\d{0,6}", text) and (not text or not shape or int(text) < shape.vocab_size) else None


def _shape() -> Config | None:
    """The shape of the model that the screens show; None where there is none, which the screens say themselves."""
    try:
        return session.model().decoder.config
    except ModelError:
        return None


KNOBS = {
    "prompt": Knob("", lambda text: text if len(text) <= MAX_TEXT else None, widget=True),
    "lang": Knob(None, _one_of(*LANGUAGES)),
    "attention.head": Knob("1.0", _head),
    "embeddings.view": Knob("pca2", _one_of("pca2", "pca3", "tsne")),
    "embeddings.token": Knob("", _token),           # an id; empty: the last token typed
    "probabilities.temperature": Knob(0.8, _number(0, 2)),
    "probabilities.top_k": Knob(0, _whole(0, 100)),         # 0: no filter
    "probabilities.top_p": Knob(1.0, _number(0.01, 1)),
    "context.window": Knob(12, _whole(MIN_WINDOW, MAX_WINDOW)),
    "finetuning.temperature": Knob(0.0, _number(0, 2)),
}


def restore() -> list[str]:
    """Read a deep link once a session; returns the names of the parameters that made no sense."""
    if "links.read" in st.session_state:
        return []
    st.session_state["links.read"] = True
    bad = []
    for key, knob in KNOBS.items():
        if key not in st.query_params:
            continue
        value = knob.parse(st.query_params[key])
        if value is None:
            bad.append(key)
            del st.query_params[key]
        elif not knob.widget:
            st.session_state[key] = value
    return bad


def value(key: str):
    """What the reader set, or the default."""
    return st.session_state.get(key, KNOBS[key].default)


def remember(knobs: dict) -> None:
    """Take what a figure reports as set; a value that could not stand in an address is not taken."""
    for key, reported in knobs.items():
        parsed = KNOBS[key].parse(f"{reported:g}" if isinstance(reported, float) else str(reported))
        if parsed is not None and parsed != value(key):
            st.session_state[key] = parsed


def publish(anew: bool = False) -> None:
    """Put what differs from its default into the address.

    `anew` writes it even where it seems to be there: a change of screen empties the browser's address, unseen from here.
    """
    for key, knob in KNOBS.items():
        if knob.widget or key not in st.session_state:
            continue
        text = str(st.session_state[key])
        if st.session_state[key] == knob.default:
            if key in st.query_params:
                del st.query_params[key]
        elif anew or st.query_params.get(key) != text:
            st.query_params[key] = text


def address(screen: str) -> str:
    """The query that brings a screen back as it is, defaults included: the text, the language, and the screen's own knobs."""
    values = {key: value(key) for key in KNOBS if "." not in key or key.startswith(f"{screen}.")}
    return "?" + urlencode({key: found for key, found in values.items() if found != "" or key == "prompt"})
