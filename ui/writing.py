"""Texts that are being written while the reader goes on: a little at each run of the fragment, never for long.

The browser asks for the next piece once it has painted the last (ui/components/stream.js), so a keystroke is never kept
waiting, and a text that nobody looks at any more is not written on.
"""
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import streamlit as st

SLICE = 0.03                        # seconds of writing in one run


@dataclass
class Writing:
    """A text on its way: what it was asked for, where it comes from, what there is of it so far."""
    asked: tuple
    source: Iterator
    pieces: list = field(default_factory=list)
    done: bool = False


def advance(key: str, asked: tuple, start: Callable[[], Iterator], wait: bool = True, most: float = math.inf) -> Writing:
    """What is written so far for `asked`, plus what can be added in 30 ms, up to `most` pieces; another `asked` starts anew.

    The run that sees `asked` for the first time only notes it (unless `wait` is False): while somebody types, every run
    is a first one, and no time is lost on texts that the next letter makes void.
    """
    writing = st.session_state.get(key)
    if writing is None or writing.asked != asked:
        writing = st.session_state[key] = Writing(asked, start())
        if wait:
            return writing
    end = time.monotonic() + SLICE
    while not writing.done and len(writing.pieces) < most and time.monotonic() < end:
        piece = next(writing.source, None)
        writing.done = piece is None
        if piece is not None:
            writing.pieces.append(piece)
    return writing
