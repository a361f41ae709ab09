"""Models of a reader's own: what a live run made, or what was opened; they last as long as the session, and no other reader sees them."""
import secrets
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import streamlit as st

from engine import LanguageModel

_models: WeakValueDictionary[str, LanguageModel] = WeakValueDictionary()        # those that some session still holds


@dataclass(frozen=True)
class Kept:
    """A model and what its reader knows it by."""
    label: str
    lm: LanguageModel


def keep(lm: LanguageModel, label: str) -> str:
    """Keep a model for this session; returns the name that it now goes by, which nobody can guess."""
    name = f"own-{secrets.token_hex(6)}"
    own = replace(lm, name=name)
    _models[name] = own
    st.session_state["kept"] = st.session_state.get("kept", {}) | {name: Kept(label, own)}
    return name


def mine() -> dict[str, str]:
    """The names of this reader's own models, the oldest first, each with its label."""
    return {name: one.label for name, one in st.session_state.get("kept", {}).items()}


def drop(name: str) -> None:
    """Let a model go; who looked at it looks at the app's own again."""
    for key in ("model", "links.model"):
        if st.session_state.get(key) == name:
            del st.session_state[key]
    st.session_state["kept"] = {other: one for other, one in st.session_state.get("kept", {}).items() if other != name}


def model(name: str) -> LanguageModel | None:
    """A model that some reader keeps; None if there is none of that name."""
    return _models.get(name)
