"""What a reader set, in the address: read from a deep link with care, written into a link to copy."""
from urllib.parse import urlencode

import streamlit as st

from ui.knobs import KNOBS


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


def hold(key: str, default: object) -> None:
    """Keep a widget's value under a second name too: Streamlit lets go of one that came by a link as soon as the page changes."""
    held = st.session_state.get(f"links.{key}", default)
    st.session_state[key] = st.session_state[f"links.{key}"] = st.session_state.get(key, held)


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
    if "prompt" not in st.session_state and "prompt" in st.query_params:        # where nothing is typed, it waits in the address
        values["prompt"] = st.query_params["prompt"]
    return "?" + urlencode({key: found for key, found in values.items() if found != "" or key == "prompt"})
