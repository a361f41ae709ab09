"""Everything that a reader can set: its default, and what of an address is taken for it."""
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from engine import ModelError, plane
from engine.model import Config
from engine.playground import ACTIVATIONS, WIDEST
from engine.rules import CLASSES, LABELS, MOST, NAMES
from engine.shots import FORMS
from engine.talk import POLICIES
from ui import kept, session
from ui.concepts import concepts
from ui.i18n import LANGUAGES

MAX_TEXT = 2000                     # characters in the prompt; part of the widget's identity, so one constant
MAX_SENTENCE = 300                  # characters in each of two sentences that are compared
MAX_SUMMARY = 120                   # characters; likewise
MAX_WINDOW, MIN_WINDOW = 256, 4
MAX_LESSON = 8000                   # characters of a lesson that a link carries
MAX_DEMO = 600                      # characters of a prompt on the models' screen
MAX_WORDS = 80                      # characters in a box for words
MAX_WRITTEN, MAX_TAKEN = 120, 20    # tokens written on the generation screen; how many of them a reader may have put there
MAX_STEPS, MAX_POINTS = 5000, 40    # of gradient descent on the network screen; points that a reader may add there
MAX_CELL, MAX_ROWS = 40, 4000       # characters in one box of an example, and in all of them as an address has them

UNLOCKED = "none"                   # instead of a head


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
    return lambda text: int(text) if re.fullmatch(r"\d{1,15}", text) and low <= int(text) <= high else None


def _one_of(*options: str) -> Callable[[str], str | None]:
    return lambda text: text if text in options else None


def _head(text: str) -> str | None:
    """A head that the model has, as "layer.head"."""
    found, shape = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text), _shape()
    return text if found and (not shape or int(found[1]) < shape.n_layer and int(found[2]) < shape.n_head) else None


def _heads(text: str) -> str | None:
    """Heads that the model has, in order, as "layer.head-layer.head"; or none."""
    named = text.split("-") if text else []
    return text if all(map(_head, named)) and named == sorted(set(named), key=lambda head: [*map(int, head.split("."))]) else None


def _model(text: str) -> str | None:
    """A model that ships, or one of this reader's own."""
    return text if text in session.shipped() or text in kept.mine() or text == session.BASE else None


def _lesson(text: str) -> str | None:
    """A lesson's name or content, which ui/lessons.py reads."""
    return text if re.fullmatch(rf"[\w.-]{{0,{MAX_LESSON}}}", text, re.ASCII) else None


def _card(text: str) -> str | None:
    """A model that has a card, or nothing: the one that the app uses."""
    return text if not text or text in session.cards() or text in kept.mine() else None


def _demo(text: str) -> str | None:
    """A prompt of one or several lines."""
    return text if len(text) <= MAX_DEMO and _plain(text.replace("\n", "")) else None


def _token(text: str) -> str | None:
    """A token id of the vocabulary, or nothing."""
    shape = _shape()
    return text if re.fullmatch(r"\d{0,6}", text) and (not text or not shape or int(text) < shape.vocab_size) else None


def _count(text: str) -> str | None:
    """Which one, as digits, or nothing; the screen knows how many there are."""
    return text if re.fullmatch(r"\d{0,4}", text) else None


def _order(text: str) -> str | None:
    """An order of a few words, as "2.0.1", or nothing."""
    numbers = [int(number) for number in text.split(".")] if re.fullmatch(r"\d{1,2}(\.\d{1,2})*", text) else []
    return text if not text or numbers and sorted(numbers) == list(range(len(numbers))) else None


def _sentence(text: str) -> str | None:
    return text if len(text) <= MAX_SENTENCE else None


def _path(text: str) -> str | None:
    """Tokens that were taken instead of those drawn, as "place-id.place-id" with rising places from 1, or nothing."""
    if not re.fullmatch(rf"(\d{{1,3}}-\d{{1,6}}(\.\d{{1,3}}-\d{{1,6}}){{0,{MAX_TAKEN - 1}}})?", text):
        return None
    pairs, shape = taken(text), _shape()
    places = [place for place, _ in pairs]
    rising = places == sorted(set(places)) and all(0 <= place < MAX_WRITTEN for place in places)
    return text if rising and all(not shape or id_ < shape.vocab_size for _, id_ in pairs) else None


def taken(path: str) -> list[tuple[int, int]]:
    """What "place-id.place-id" says: each place, from 0, and the token that stands there."""
    return [(int(place) - 1, int(id_)) for place, id_ in (pair.split("-") for pair in path.split(".") if pair)]


def _words(text: str) -> str | None:
    """A few words without control characters."""
    return text if len(text) <= MAX_WORDS and _plain(text) else None


def _plain(text: str) -> bool:
    """Whether a text has neither control characters nor halves of letters; a tab or a joiner that came by pasting does no harm."""
    return not any(letter != "\t" and unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


def _position(text: str) -> str | None:
    """A position in the text, or nothing."""
    return text if re.fullmatch(r"\d{0,3}", text) else None


def _layer(text: str) -> str | None:
    """A layer that the model has."""
    shape = _shape()
    return text if re.fullmatch(r"\d{1,2}", text) and (not shape or int(text) < shape.n_layer) else None


def _neuron(text: str) -> str | None:
    """A neuron that the model has, as "layer.neuron", or nothing."""
    found, shape = re.fullmatch(r"(\d{1,2})\.(\d{1,5})", text), _shape()
    known = found and (not shape or int(found[1]) < shape.n_layer and int(found[2]) < 4 * shape.n_embd)
    return text if known or not text else None


def _rows(text: str) -> str | None:
    """Examples and a question, as `examples` reads them, or nothing."""
    return text if not text or examples(text) else None


def examples(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """What a JSON list says, as the screen of few-shot writes it: what it was made from, and pairs of words, the last of which is asked for."""
    if len(text) > MAX_ROWS:
        return None
    try:
        made_from, *pairs = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    cells = [cell for pair in pairs if isinstance(pair, list) and len(pair) == 2 for cell in pair]
    good = len(cells) == 2 * len(pairs) and 1 <= len(pairs) <= MOST + 1 and all(isinstance(cell, str) and len(cell) <= MAX_CELL for cell in (made_from, *cells))
    return (made_from, [(word, answer) for word, answer in pairs]) if good and all(map(_plain, (made_from, *cells))) else None


def _points(text: str) -> str | None:
    """Points on the plane of the network screen, as "x.y.class.step-x.y.class.step", or nothing."""
    if not re.fullmatch(rf"(\d{{1,3}}\.\d{{1,3}}\.[01]\.\d{{1,4}}(-\d{{1,3}}\.\d{{1,3}}\.[01]\.\d{{1,4}}){{0,{MAX_POINTS - 1}}})?", text):
        return None
    numbers = [[int(number) for number in point.split(".")] for point in text.split("-") if point]
    return text if all(x <= 200 and y <= 200 and step <= MAX_STEPS for x, y, _, step in numbers) else None


def _shape() -> Config | None:
    """The shape of the model that the screens show; None where there is none, which the screens say themselves."""
    try:
        return session.model().decoder.config
    except ModelError:
        return None


KNOBS = {
    "prompt": Knob("", lambda text: text if len(text) <= MAX_TEXT else None, widget=True),
    "lang": Knob(None, _one_of(*LANGUAGES)),
    "model": Knob(session.BASE, _model),            # of the whole app; before those that depend on it
    "lesson": Knob("", _lesson),                    # one that ships, by name, or a teacher's own, packed
    "step": Knob("", lambda text: text if re.fullmatch(r"\d{0,2}", text) else None),       # of the lesson; empty: the first
    "tokens.word": Knob("", _count),                # by its number in the text; empty: the last one typed
    "tokens.step": Knob("", _count),                # of its merges; empty: the last one
    "tokens.pair": Knob("cat", _one_of("cat", "bicycle", "rain", "morning", "own")),
    "tokens.en": Knob("", _sentence),
    "tokens.es": Knob("", _sentence),
    "position.seed": Knob(0, _whole(0, 99_999)),    # of the shuffle; 0: the words as typed
    "position.order": Knob("", _order),             # by hand, "2.0.1", before any seed
    "position.ends": Knob(1, _whole(0, 1)),         # 1: the first and the last word stay
    "position.mask": Knob(0, _whole(0, 1)),         # 1: where positions are off, the mask is too
    "position.kind": Knob("learned", _one_of("learned", "sinusoidal", "rotary")),
    "attention.head": Knob("1.0", lambda text: text if text == UNLOCKED else _head(text)),
    "attention.view": Knob("map", _one_of("map", "lines")),
    "attention.top": Knob(100, _whole(1, 100)),             # % of each row's attention that is drawn
    "attention.pair": Knob("", lambda text: text if re.fullmatch(r"(\d{1,3}\.\d{1,3})?", text) else None),     # reader.read; empty: the last token's
    "attention.mask": Knob(0, _whole(0, 1)),                # 1: taken away
    "attention.off": Knob("", _heads),
    "embeddings.show": Knob("map", _one_of("map", "axes", "sum", "path")),
    "embeddings.measure": Knob("cosine", _one_of("cosine", "euclidean")),
    "embeddings.left": Knob("", _words),            # words; empty: the language's own
    "embeddings.right": Knob("", _words),
    "embeddings.bottom": Knob("", _words),
    "embeddings.top": Knob("", _words),
    "embeddings.axes": Knob("plane", _one_of("plane", "line")),
    "embeddings.rest": Knob(0, _whole(0, 1)),       # 1: the vocabulary's first axis is taken out
    "embeddings.a": Knob("", _words),
    "embeddings.b": Knob("", _words),
    "embeddings.c": Knob("", _words),
    "embeddings.expected": Knob("", _words),
    "embeddings.layer": Knob(6, _whole(0, 48)),     # 0: before the first block; more than there are: after the last
    "embeddings.at": Knob("", _position),           # of the followed token; empty: the last one
    "embeddings.view": Knob("pca2", _one_of("pca2", "pca3", "tsne")),
    "embeddings.token": Knob("", _token),           # an id; empty: the last token typed
    "block.layer": Knob("4", _layer),
    "block.at": Knob("", _count),                   # a position in the text; empty: the last one
    "block.neuron": Knob("", _neuron),              # "layer.neuron"; empty: the most active one
    "block.stage": Knob("forward", _one_of("norm_1", "attention", "add_1", "norm_2", "forward", "add_2")),
    "block.without": Knob("none", _one_of("none", "residual", "norm", "attention", "final")),
    "probabilities.temperature": Knob(0.8, _number(0, 2)),
    "probabilities.top_k": Knob(0, _whole(0, 100)),         # 0: no filter
    "probabilities.top_p": Knob(1.0, _number(0.01, 1)),
    "probabilities.second": Knob(1.5, _number(0, 2)),       # the temperature beside
    "probabilities.seed": Knob(1, _whole(1, 9999)),
    "probabilities.darts": Knob("1000", _one_of("10", "100", "1000", "10000")),
    "probabilities.curve": Knob(0, _whole(0, 1)),           # 1: texts are counted over temperatures
    "generation.temperature": Knob(0.8, _number(0, 2)),
    "generation.top_k": Knob(0, _whole(0, 100)),
    "generation.seed": Knob(1, _whole(1, 99)),
    "generation.speed": Knob("steady", _one_of("slow", "steady", "fast")),
    "generation.tokens": Knob(12, _whole(0, MAX_WRITTEN)),  # how many are written
    "generation.path": Knob("", _path),
    "generation.at": Knob(0, _whole(0, MAX_WRITTEN)),       # the token looked at, from 1; 0: the newest
    "context.window": Knob(12, _whole(MIN_WINDOW, MAX_WINDOW)),
    "context.room": Knob("96", _one_of("64", "96", "128", "256")),
    "context.turns": Knob(0, _whole(0, 7)),
    "context.policy": Knob("oldest", _one_of(*POLICIES)),
    "context.summary": Knob("", lambda text: text if len(text) <= MAX_SUMMARY else None, widget=True),
    "network.show": Knob("neuron", _one_of("neuron", "learn")),
    "network.layer": Knob("4", _layer),
    "network.at": Knob("", _count),                 # a position in the text; empty: the last one
    "network.neuron": Knob("", _neuron),            # "layer.neuron"; empty: the most active one
    "network.data": Knob("circle", _one_of(*plane.KINDS)),
    "network.noise": Knob(10, _whole(0, 50)),       # hundredths of a unit of the plane
    "network.seed": Knob(1, _whole(1, 99)),         # of the points and of the first weights
    "network.width": Knob(4, _whole(1, WIDEST)),
    "network.layers": Knob("1", _one_of("1", "2")),
    "network.activation": Knob("tanh", _one_of(*ACTIVATIONS)),
    "network.rate": Knob("0.3", _one_of("0.03", "0.1", "0.3", "1.0", "3.0", "10.0")),
    "network.steps": Knob(0, _whole(0, MAX_STEPS)),
    "network.points": Knob("", _points),            # the reader's own
    "network.speed": Knob("steady", _one_of("slow", "steady", "fast")),
    "network.surface": Knob("weights", _one_of("weights", "path")),
    "network.axes": Knob("", lambda text: text if re.fullmatch(r"(\d{1,3}\.\d{1,3})?", text) else None),      # two parameters; empty: the steepest at the start
    "training.at": Knob("model", _one_of("0", "262144", "2097152", "5242880", "10485760", "mini", "model")),        # tokens read by mini; model: the app's own, trained to its end
    "training.rate": Knob("0.1", _one_of("0.01", "0.1", "1.0")),
    "training.source": Knob("stories", _one_of("stories", "own")),
    "training.part": Knob("none", _one_of("none", "residual", "norm", "positions", "mask")),        # that the second decoder lacks; none: there is no second
    "training.seed": Knob(1, _whole(1, 99)),
    "fewshot.task": Knob(LABELS, _one_of(LABELS, *NAMES, "own")),
    "fewshot.classes": Knob("3", _one_of(*map(str, CLASSES))),
    "fewshot.held": Knob(0, _whole(0, 1)),          # 1: a pair is asked for that stood in no list of the training text
    "fewshot.form": Knob("arrow", _one_of(*FORMS)),
    "fewshot.seed": Knob(10, _whole(1, 9999)),
    "fewshot.rows": Knob("", _rows),                # as changed by the reader; empty: as drawn
    "fewshot.at": Knob("", _count),                 # after how many examples is looked at; empty: all
    "finetuning.temperature": Knob(0.0, _number(0, 2)),
    "finetuning.model": Knob("assistant", _one_of("assistant", "pirate", "yours")),         # what base is compared with
    "finetuning.all": Knob(0, _whole(0, 1)),                # 1: the texts of the others too
    "finetuning.strength": Knob(1.0, _number(0, 1)),
    "finetuning.reads": Knob("same", _one_of("same", "template")),
    "finetuning.way": Knob("lora", _one_of("lora", "full")),
    "finetuning.rate": Knob("0.002", _one_of("0.0003", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.03")),
    "finetuning.steps": Knob(120, _whole(10, 300)),
    "finetuning.replay": Knob(1, _whole(0, 1)),
    "scale.layers": Knob(6, _whole(1, 200)),        # of the shape that is worked out; base's as it comes
    "scale.heads": Knob(8, _whole(1, 200)),
    "scale.width": Knob(256, _whole(8, 20_480)),
    "scale.context": Knob(256, _whole(16, 131_072)),
    "scale.vocabulary": Knob(4096, _whole(64, 300_000)),
    "scale.tied": Knob(1, _whole(0, 1)),
    "scale.tokens": Knob(36_000_000, _whole(100_000, 10**14)),
    "scale.rate": Knob(15.0, _number(8, 19)),       # operations a second, as a power of ten
    "scale.price": Knob(1.0, _number(0.01, 1000)),  # of an hour
    "scale.fills": Knob("gpt3", _one_of("base", "gpt2", "gpt2-xl", "gpt3")),
    "scale.text": Knob("", _one_of("", *LANGUAGES)),        # of the measured figures; empty: the page's language
    "scale.loss": Knob("excess", _one_of("excess", "loss")),
    "scale.metric": Knob("answers", _one_of("answers", "nats")),
    "scale.over": Knob("size", _one_of("size", "depth", "training")),
    "scale.ability": Knob("friend", _one_of("friend", "pet", "labels")),
    "scale.hidden": Knob("sums", _one_of("sums", "rare")),
    "scale.all": Knob(8, _whole(1, 16)),            # questions that must all be right
    "glossary.idea": Knob("attention", lambda text: text if text in concepts() else None),
    "glossary.goal": Knob("", lambda text: text if not text or text in concepts() else None),      # the idea that the reader has set out for
    "models.card": Knob("", _card),                 # the model that is looked at; empty: the one that the app uses
    "models.beside": Knob("none", lambda text: text if text == "none" else _card(text) or None),
    "models.generate": Knob("", _demo),             # prompts; empty: the language's own
    "models.summarise": Knob("", _demo),
    "models.reason": Knob("", _demo),
}
