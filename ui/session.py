"""The only cache, and the only bridge to the engine: models and traces, shared by all readers, read-only."""
import contextlib
import functools
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace

import streamlit as st
import torch

from engine import LanguageModel, ModelError, Trace, Without, checkpoint, contexts, distribution, heads, load, maps, neurons, plane, playground, scaling, talk, words
from engine import shots as examples
from engine.cards import Known, known
from engine.chats import template
from engine.descent import Descent, descend
from engine.lora import merge, moved
from engine.merges import Merges
from engine.model import NOTHING
from engine.positions import ByDistance, by_distance, cosines, sinusoidal
from ui import kept, tuned
from ui.points import payload, shades, starters

BASE, ASSISTANT = "base", "assistant"
TRACE_BYTES = 256 * 2**20
LEARNING = 10_000_000               # parameters of a model that a step of training is taken with for a reader: it takes three times its memory
MERGED = 6                          # models that are kept at some strength of what fine-tuning changed: 23 MB each
MODELS = 24                         # models of which what was computed is kept: those that ship, their snapshots, a few readers' own
_meant: ContextVar[str | None] = ContextVar("meant", default=None)


def current() -> str:
    """The name of the model that the reader looks at."""
    return _meant.get() or st.session_state.get("model") or st.session_state.get("links.model", BASE)


@contextlib.contextmanager
def meaning(name: str):
    """Inside, the current model is this one, whatever the reader looks at."""
    before = _meant.set(name)
    try:
        yield
    finally:
        _meant.reset(before)


def _by_model(cache: Callable, entries: int = MODELS) -> Callable:
    """A function whose last argument is a model's name, cached for all readers; where none is given, the current model is meant."""
    def decorate(made: Callable) -> Callable:
        kept_of, signature = cache(show_spinner=False, max_entries=entries)(made), inspect.signature(made)

        @functools.wraps(made)
        def of(*args, **named):
            bound = signature.bind(*args, **named)
            bound.apply_defaults()
            return kept_of(**bound.arguments | {"name": bound.arguments["name"] or current()})
        return of
    return decorate


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
        if (trace := self._find(key)) is None:
            trace = lm.trace_chat(text, window) if chat else lm.trace(text, window, without)
            self._keep(key, trace)
        return trace

    def all(self, lm: LanguageModel, texts: Sequence[str], without: Without) -> list[Trace]:
        """The traces of several texts, those that are not in the store from one forward pass for each length."""
        keys = {text: (lm.name, text, None, without, False) for text in texts}
        found = {text: self._find(key) for text, key in keys.items()}
        if missing := [text for text, trace in found.items() if trace is None]:
            for text, trace in zip(missing, lm.traces(missing, None, without), strict=True):
                found[text] = trace
                self._keep(keys[text], trace)
        return [found[text] for text in texts]

    def _find(self, key: tuple) -> Trace | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: tuple, trace: Trace) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = trace
                self._bytes += trace.nbytes
            while self._bytes > self._limit and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes


def model(name: str | None = None) -> LanguageModel:
    """A model by its name: one that ships, loaded once for all readers, or one of a reader's own. Raises ModelError."""
    name = name or current()
    return kept.model(name) or _shipped(name)


@st.cache_resource(show_spinner=False, max_entries=MODELS)
def _shipped(name: str) -> LanguageModel:
    torch.set_num_threads(1)        # one thread a reader: forward passes of several run side by side
    return load(name)


@st.cache_resource(show_spinner=False)
def _traces() -> Traces:
    return Traces()


@st.cache_data(show_spinner=False)
def shipped() -> dict[str, int | None]:
    """The models that ship with all their files, the whole app's first one first, each with its number of parameters where its card says it."""
    found = {name: checkpoint.read_json(checkpoint.MODELS / name / checkpoint.CARD).get("parameters")
             if (checkpoint.MODELS / name / checkpoint.CARD).is_file() else None for name in checkpoint.names()}
    return {name: found[name] for name in sorted(found, key=lambda name: name != BASE)}


@st.cache_data(show_spinner=False)
def cards() -> dict[str, Known]:
    """The models that this project has made, with weights or without, and what was measured of each."""
    return known()


def trace(text: str, name: str | None = None, window: int | None = None, without: Without = NOTHING) -> Trace:
    """One forward pass of a model over `text`; never write to what it returns."""
    return _traces().get(model(name), text, window, without, chat=False)


def traces(texts: Sequence[str], without: Without = NOTHING) -> list[Trace]:
    """The same of several texts: those of one length in one forward pass."""
    return _traces().all(model(), texts, without)


def trace_chat(text: str, name: str = ASSISTANT) -> Trace:
    """One forward pass of a chat model over `text` in its template."""
    return _traces().get(model(name), text, None, NOTHING, chat=True)


def read(lm: LanguageModel, text: str, chat: bool = False) -> Trace:
    """The same by a model at hand; in its template where `chat` says so."""
    return _traces().get(lm, text, None, NOTHING, chat)


def spoken_to(lm: LanguageModel, text: str) -> Trace:
    """The forward pass that a model writes on from: of the plain text, or in the template of one that was tuned to answer."""
    return read(lm, text, chat=lm.chat is not None)


def at_strength(name: str, strength: float) -> LanguageModel:
    """A fine-tuned model with so much of its change, 0…1 in tenths, in its base: one that ships, or a reader's own. Raises ModelError."""
    strength = round(strength, 1)
    return model(name) if strength == 1 and not tuned.own(name) else _merged(name, strength)


@st.cache_resource(show_spinner=False, max_entries=MERGED)
def _merged(name: str, strength: float) -> LanguageModel:
    own, base = tuned.own(name), model(BASE)
    if own is None:
        return replace(load(name, strength), name=f"{name}×{strength}")
    chat = template(base.tokenizer) if own.talks and strength else base.chat
    return replace(base, name=f"{name}×{strength}", decoder=merge(base.decoder, own.change, strength).eval(), chat=chat, card={})


@st.cache_data(show_spinner=False, max_entries=MODELS)
def weights_moved(name: str, strength: float) -> list[list[float]]:
    """How far each matrix has moved beside its size, by layer: ‖ΔW‖ / ‖W‖, (L, 4)."""
    return moved(model(BASE).decoder, at_strength(name, strength).decoder).tolist()


@st.cache_data(show_spinner=False, max_entries=MODELS)
def figures(name: str) -> dict:
    """What was measured of a fine-tuned model that ships, by language; nothing where its figures are not there."""
    path = checkpoint.MODELS / name / checkpoint.EVALUATION
    return checkpoint.read_json(path).get("figures", {}) if path.is_file() else {}


@st.cache_data(show_spinner=False, max_entries=64)
def likeliest_text(text: str, tokens: int, name: str) -> tuple[str, bool]:
    """What a model that ships writes at temperature 0, and whether it ended by itself."""
    steps = list(model(name).generate(text, tokens, 0.0))
    return "".join(step.text for step in steps), bool(steps) and steps[-1].id in model(name).stops


@_by_model(st.cache_resource)
def alike(kind: str, name: str | None = None) -> ByDistance:
    """The cosine of position vectors by how far apart they stand: "learned" by a model, or "sinusoidal" ones of the same size."""
    learned = model(name).decoder.transformer.wpe.weight
    n, C = learned.shape
    return by_distance(cosines(learned if kind == "learned" else sinusoidal(torch.arange(n), C)))


@_by_model(st.cache_resource)
def merges(name: str | None = None) -> Merges:
    """The merges of a model's tokenizer, ready to be replayed."""
    return Merges(model(name).tokenizer)


@_by_model(st.cache_data, 64)
def answer_by_window(text: str, answer: str, sizes: tuple[int, ...], name: str | None = None) -> list[float]:
    """The probability of the first token of `answer` after `text`, for each window size: one forward each."""
    lm = model(name)
    token = lm.tokenizer.encode(answer)[0]
    return [float(distribution(trace(text, name, min(size, lm.context)).logits[-1]).probs[token]) for size in sizes]


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
def learnt(data: str, width: int, layers: int, activation: str, seed: int, steps: int, rate: float) -> float:
    """The share of its training points that a small network has right after so many steps of gradient descent, without noise."""
    shape = playground.Shape(width, layers, activation)
    run = playground.Descent(shape, rate, *plane.problem(data, 0, seed), playground.start(shape, seed))
    for _ in range(steps):
        run.step()
    return playground.right(shape, run.theta, run.train)


@_by_model(st.cache_data, 16)
def drawn_against(text: str, temperature: float, tokens: int, seeds: int, name: str | None = None) -> float:
    """Of the tokens that `seeds` texts are continued with, the share that is drawn although another is likelier."""
    steps = [step for row in model(name).continuations(text, range(1, seeds + 1), tokens, temperature) for step in row if step]
    return sum(step.drawn != int(step.distribution.logits.argmax()) for step in steps) / len(steps)


@_by_model(st.cache_resource, 64)
def shots(block: examples.Block, name: str | None = None) -> list[examples.Shot]:
    """What a model makes of a question after each number of examples: one batch, and a little more for its own answers."""
    return examples.read(model(name), block)


@_by_model(st.cache_resource)
def roles(name: str | None = None) -> heads.Roles:
    """What the heads of a model are called by: half a second of measuring, once for all readers."""
    return heads.roles(model(name))


@_by_model(st.cache_resource)
def atlas(name: str | None = None) -> maps.Atlas:
    """The maps of a model's vocabulary, computed once for all readers."""
    return maps.atlas(model(name).decoder.transformer.wte.weight, checkpoint.MODELS / name)


@_by_model(st.cache_resource)
def projector(name: str | None = None) -> contexts.Projector | None:
    """The map of a model's contextual vectors, read once for all readers; None where none was built for these weights."""
    return contexts.built(checkpoint.MODELS / name, model(name))


@_by_model(st.cache_resource)
def vocabulary(rest: bool = False, name: str | None = None) -> torch.Tensor:
    """(V, C) the embeddings, or what is left of them without their axis of greatest variance."""
    embeddings = model(name).decoder.transformer.wte.weight
    return words.without_first(embeddings) if rest else embeddings


@_by_model(st.cache_resource)
def lengths(name: str | None = None) -> torch.Tensor:
    """(V,) how long each of the embeddings is."""
    return vocabulary(name=name).norm(dim=-1)


@_by_model(st.cache_resource)
def gallery(name: str | None = None) -> neurons.Gallery | None:
    """What excites each neuron of a model, read once for all readers; None where nobody has looked for these weights."""
    return neurons.built(checkpoint.MODELS / name)


@_by_model(st.cache_resource)
def principal(rest: bool = False, name: str | None = None) -> torch.Tensor:
    """(C,) the direction in which those embeddings vary most."""
    return words.principal(vocabulary(rest, name))


@_by_model(st.cache_resource)
def starts(name: str | None = None) -> torch.Tensor:
    """The ids of all tokens that start a word."""
    return starters(model(name))


@_by_model(st.cache_resource)
def points(name: str | None = None) -> tuple[str, bytes]:
    """What the browser fetches of those maps, and its version."""
    return payload(model(name), atlas(name), projector(name))


@_by_model(st.cache_resource)
def places(name: str | None = None) -> tuple[str, bytes, float]:
    """What it fetches of the learned position vectors: a version, their shades, and what the strongest shade stands for."""
    return shades(model(name).decoder.transformer.wpe.weight)


@st.cache_resource(show_spinner=False)
def rungs() -> list[scaling.Point]:
    """The models of this project that have figures, read once for all readers."""
    return scaling.rungs()


@st.cache_resource(show_spinner=False)
def course() -> list[scaling.Point]:
    """A model on its way through its training, read once for all readers."""
    return scaling.course()


@_by_model(st.cache_data, 16)
def descent(text: str, rate: float, name: str | None = None) -> Descent:
    """One step of gradient descent on a text, taken by a copy of a model: a forward and a backward pass."""
    lm = model(name)
    if (count := sum(value.numel() for value in lm.decoder.parameters())) > LEARNING:
        raise ModelError("too_large_to_learn", f"{lm.name} has {count:,} parameters: a step of training is taken here with at most {LEARNING:,}.", most=LEARNING // 10**6)
    return descend(lm.decoder, [token.id for token in trace(text, name).tokens], rate)
