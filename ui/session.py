"""The only cache, and the only bridge to the engine: models and traces, shared by all readers, read-only."""
import threading
from collections import OrderedDict

import streamlit as st
import torch

from engine import LanguageModel, Trace, Without, contexts, distribution, heads, load, maps, neurons, talk, words
from engine.checkpoint import find
from engine.merges import Merges
from engine.model import NOTHING
from engine.positions import ByDistance, by_distance, cosines, sinusoidal
from ui.points import payload, starters

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


@st.cache_resource(show_spinner=False)
def alike(kind: str, name: str = BASE) -> ByDistance:
    """The cosine of position vectors by how far apart they stand: "learned" by a model, or "sinusoidal" ones of the same size."""
    learned = model(name).decoder.transformer.wpe.weight
    n, C = learned.shape
    return by_distance(cosines(learned if kind == "learned" else sinusoidal(torch.arange(n), C)))


@st.cache_resource(show_spinner=False)
def merges(name: str = BASE) -> Merges:
    """The merges of a model's tokenizer, ready to be replayed."""
    return Merges(model(name).tokenizer)


@st.cache_data(show_spinner=False, max_entries=64)
def answer_by_window(text: str, answer: str, sizes: tuple[int, ...]) -> list[float]:
    """The probability of the first token of `answer` after `text`, for each window size: one forward each."""
    token = model().tokenizer.encode(answer)[0]
    return [float(distribution(trace(text, window=size).logits[-1]).probs[token]) for size in sizes]


@st.cache_data(show_spinner=False, max_entries=64)
def converse(said: tuple[str, ...]) -> list[tuple[str, str]]:
    """The assistant's own answers to what is said turn by turn."""
    return talk.converse(model(ASSISTANT), said)


@st.cache_data(show_spinner=False, max_entries=256)
def beliefs(said: tuple[str, ...], question: str, stem: str, word: str, size: int, policy: str, summary: str) -> list[float]:
    """How sure the assistant is of `word` when it is asked after each of the turns: one forward each."""
    lm, turns = model(ASSISTANT), converse(said)
    return [talk.belief(lm, talk.remember(lm, turns[:n + 1], question, size, policy, summary), stem, word) for n in range(len(turns))]


@st.cache_data(show_spinner=False, max_entries=16)
def drawn_against(text: str, temperature: float, tokens: int, seeds: int) -> float:
    """Of the tokens that `seeds` texts are continued with, the share that is drawn although another is likelier."""
    steps = [step for row in model().continuations(text, range(1, seeds + 1), tokens, temperature) for step in row if step]
    return sum(step.drawn != int(step.distribution.logits.argmax()) for step in steps) / len(steps)


@st.cache_resource(show_spinner=False)
def roles(name: str = BASE) -> heads.Roles:
    """What the heads of a model are called by: half a second of measuring, once for all readers."""
    return heads.roles(model(name))


@st.cache_resource(show_spinner=False)
def atlas(name: str = BASE) -> maps.Atlas:
    """The maps of a model's vocabulary, computed once for all readers."""
    return maps.atlas(model(name).decoder.transformer.wte.weight, find(name))


@st.cache_resource(show_spinner=False)
def projector(name: str = BASE) -> contexts.Projector | None:
    """The map of a model's contextual vectors, read once for all readers; None where none was built for these weights."""
    return contexts.built(find(name), model(name))


@st.cache_resource(show_spinner=False)
def vocabulary(rest: bool = False, name: str = BASE) -> torch.Tensor:
    """(V, C) the embeddings, or what is left of them without their axis of greatest variance."""
    embeddings = model(name).decoder.transformer.wte.weight
    return words.without_first(embeddings) if rest else embeddings


@st.cache_resource(show_spinner=False)
def gallery(name: str = BASE) -> neurons.Gallery | None:
    """What excites each neuron of a model, read once for all readers; None where nobody has looked for these weights."""
    return neurons.built(find(name))


@st.cache_resource(show_spinner=False)
def principal(rest: bool = False, name: str = BASE) -> torch.Tensor:
    """(C,) the direction in which those embeddings vary most."""
    return words.principal(vocabulary(rest, name))


@st.cache_resource(show_spinner=False)
def starts(name: str = BASE) -> torch.Tensor:
    """The ids of all tokens that start a word."""
    return starters(model(name))


@st.cache_resource(show_spinner=False)
def points(name: str = BASE) -> tuple[str, bytes]:
    """What the browser fetches of those maps, and its version."""
    return payload(model(name), atlas(name), projector(name))
