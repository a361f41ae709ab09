"""The prompt and all that follows it: one fragment, rerun at every keystroke, so that the frame never is."""
import contextlib
import threading
from collections.abc import Callable

import streamlit as st

from engine import EngineError
from ui.hiding import hidden
from ui.i18n import Text
from ui.knobs import MAX_TEXT

LONGEST = 0.25                      # seconds that a reader waits for another's turn
_turn = threading.Lock()


def live(t: Text, draw: Callable[[str], None], examples: str = "live.examples") -> None:
    """Draw one-click examples, the prompt, and what `draw` makes of the text, live.

    `examples` names the group of texts that are offered; they stand outside the fragment, which is redrawn at each key.
    """
    with st.container(horizontal=True, gap="small", key="examples"):
        for name, example in ({} if hidden("examples") else t.group(examples)).items():
            st.button(example if len(example) < 42 else example[:40].rstrip() + "…", key=f"example.{name}",
                      type="tertiary", on_click=_take, args=(example,))

    @st.fragment
    def body() -> None:
        text = st.text_input(t("live.prompt"), key="prompt", live="0ms", bind="query-params", persist_state="session",
                             max_chars=MAX_TEXT, placeholder=t("live.placeholder"))
        if len(text) >= MAX_TEXT:
            st.info(t("live.full", most=t.number(MAX_TEXT, 0)), icon=":material/block:")
        with turn(), in_words(t):
            draw(text.replace("⏎", "\n"))

    body()


@contextlib.contextmanager
def turn():
    """One reader's figures after the other's: worked out at once, they would take the interpreter from one another at every operation, and all come later."""
    mine = _turn.acquire(timeout=LONGEST)
    try:
        yield
    finally:
        if mine:
            _turn.release()


@contextlib.contextmanager
def in_words(t: Text):
    """Show what is wrong with what the reader brought as one sentence, in place of what could not be drawn."""
    try:
        yield
    except EngineError as error:
        st.error(t.error(error), icon=":material/error:")


def _take(example: str) -> None:
    st.session_state["prompt"] = example
