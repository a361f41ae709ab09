"""The only cache, and the only bridge to the engine: models and traces, shared by all readers, read-only."""
import threading
from collections import OrderedDict

import streamlit as st
import torch

from engine import LanguageModel, Trace, Without, distribution, load, maps
from engine.checkpoint import find
from engine.model import NOTHING
from ui.points import payload

BASE, ASSISTANT = "base", "assistant"
TRACE_BYTES = 256 * 2**20


class Traces:
    """A store of forward passes that forgets the least recently used once it holds too many bytes."""

    def __init__(self, limit: int = TRACE_BYTES):
        self._limit = limit
        self._kept: OrderedDict[tuple, Trace] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, lm: LanguageModel, text: str, window: int | None, without: Without, chat: bool) -> Trace:
        """The trace of `text`, from the store or from one forward pass."""
        key = (lm.name, text, window, without, chat)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        trace = lm.trace_chat(text, window) if chat else lm.trace(text, window, without)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = trace
                self._bytes += trace.nbytes
            while self._bytes > self._limit and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return trace


@st.cache_resource(show_spinner=False)
def model(name: str = BASE) -> LanguageModel:
    """A model by its name, loaded once for all readers. Raises ModelError."""
    torch.set_num_threads(1)        # one thread a reader: forward passes of several run side by side
    return load(name)


@st.cache_resource(show_spinner=False)
def _traces() -> Traces:
    return Traces()


def trace(text: str, name: str = BASE, window: int | None = None, without: Without = NOTHING) -> Trace:
    """One forward pass of a model over `text`; never write to what it returns."""
    return _traces().get(model(name), text, window, without, chat=False)


def trace_chat(text: str, name: str = ASSISTANT) -> Trace:
    """One forward pass of a chat model over `text` in its template."""
    return _traces().get(model(name), text, None, NOTHING, chat=True)


@st.cache_data(show_spinner=False, max_entries=64)
def answer_by_window(text: str, answer: str, sizes: tuple[int, ...]) -> list[float]:
    """The probability of the first token of `answer` after `text`, for each window size: one forward each."""
    token = model().tokenizer.encode(answer)[0]
    return [float(distribution(trace(text, window=size).logits[-1]).probs[token]) for size in sizes]


@st.cache_resource(show_spinner=False)
def atlas(name: str = BASE) -> maps.Atlas:
    """The maps of a model's vocabulary, computed once for all readers."""
    return maps.atlas(model(name).decoder.transformer.wte.weight, find(name))


@st.cache_resource(show_spinner=False)
def points(name: str = BASE) -> tuple[str, bytes]:
    """What the browser fetches of those maps, and its version."""
    return payload(model(name), atlas(name))
