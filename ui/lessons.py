"""Lessons: screens in order, each set as the teacher wants it, with something to read, to guess or to answer; a whole lesson fits in a link."""
import base64
import json
import tomllib
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from engine import KnobError
from ui import links, session
from ui.hiding import AROUND
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS, MAX_LESSON
from ui.tour import ORDER

STRUCTURE = Path(__file__).parent.parent / "assets" / "lessons.toml"
VERSION = "1."                      # what a packed lesson begins with
LARGEST = 60_000                    # bytes of a lesson before it is packed
MOST_STEPS, MOST_OPTIONS = 30, 6


@dataclass(frozen=True)
class Step:
    """One stop of a lesson: a screen, how it is set, and what is asked there."""
    screen: str
    knobs: dict[str, str]           # by their names in an address, `prompt` and `model` among them
    text: str = ""                  # what to do and see here
    hide: tuple[str, ...] = ()      # what is not drawn
    cover: tuple[str, ...] = ()     # what is not drawn until the reader has guessed
    guess: bool = False             # the next word is to be guessed
    question: str = ""
    options: tuple[str, ...] = ()
    right: int = 0                  # the number of the right option, from 0
    why: str = ""                   # said once an option is chosen


@dataclass(frozen=True)
class Lesson:
    """A lesson in one language."""
    title: str
    language: str
    steps: tuple[Step, ...]
    minutes: int = 0                # that it takes a class; 0: nobody said


@cache
def structure() -> dict[str, dict]:
    """What the lessons that ship are made of, besides their words: minutes, and for each step its screen, knobs, and what is hidden and asked."""
    return tomllib.loads(STRUCTURE.read_text(encoding="utf-8"))


def shipped(name: str, t: Text) -> Lesson:
    """A lesson that ships, in the language of `t`; its words are in the catalogue."""
    told, steps, facts = structure()[name], [], _facts(t)
    for number, step in enumerate(told["step"], 1):
        words = {key: said.format(**facts) for key, said in t.group(f"lessons.{name}.{number}").items()}
        options = {key.removeprefix("option."): said for key, said in words.items() if key.startswith("option.")}
        prompt = {"prompt": words["prompt"]} if "prompt" in words else {}
        steps.append(Step(step["screen"], prompt | step.get("knobs", {}) | step.get("in", {}).get(t.language, {}), words["text"], tuple(step.get("hide", ())), tuple(step.get("cover", ())),
                          step.get("guess", False), words.get("question", ""), tuple(options.values()),
                          list(options).index(step["right"]) if options else 0, words.get("why", "")))
    return Lesson(t(f"lessons.{name}.title"), t.language, tuple(steps), told["minutes"])


def _facts(t: Text) -> dict[str, str]:
    """The numbers that a lesson's words may name: those of the model that it is about."""
    decoder = session.model(session.BASE).decoder
    shape = decoder.config
    return {"parameters": t.number(sum(one.numel() for one in decoder.parameters()), 0), "vocabulary": t.number(shape.vocab_size, 0), "width": t.number(shape.n_embd, 0), "layers": t.number(shape.n_layer, 0), "heads": t.number(shape.n_head, 0)}


def find(link: str, t: Text) -> Lesson:
    """The lesson that a link names or carries. Raises KnobError, saying what is wrong with it."""
    return shipped(link, t) if link in structure() else unpack(link)


def pack(lesson: Lesson) -> str:
    """A lesson as the text that a link carries. Raises KnobError for one that is too long for it."""
    data = {key: value for key, value in asdict(lesson).items() if key != "steps"}
    data["steps"] = [{key: value for key, value in asdict(step).items() if value or key in ("screen", "knobs")} for step in lesson.steps]
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    packed = VERSION + base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")
    if len(packed) > MAX_LESSON or len(raw) > LARGEST:
        raise KnobError("lesson_long", f"The lesson takes {len(packed)} characters; a link holds {MAX_LESSON}.", size=len(packed), most=MAX_LESSON)
    return packed


def unpack(text: str) -> Lesson:
    """The lesson in a link, every step of it checked. Raises KnobError, naming the step and what is wrong in it."""
    if not text.startswith(VERSION):
        raise KnobError("lesson_unknown", f"There is no lesson {text[:40]!r}.", name=text[:40])
    try:
        body = text.removeprefix(VERSION)
        data = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        packed = zlib.decompressobj()
        raw = packed.decompress(data, LARGEST)
        told = json.loads(raw) if packed.eof else None
    except (ValueError, zlib.error, RecursionError) as error:
        raise KnobError("lesson_damaged", f"The lesson in the link is damaged: {error}.") from error
    if not isinstance(told, dict) or not isinstance(told.get("steps"), list) or not all(isinstance(step, dict) for step in told["steps"]):
        raise KnobError("lesson_damaged", "The lesson in the link is not whole.")
    if told.get("language") not in LANGUAGES or not 0 < len(told["steps"]) <= MOST_STEPS:
        raise KnobError("lesson_damaged", "The lesson in the link has no language, or no step, or too many.")
    steps = tuple(_step(number, step) for number, step in enumerate(told["steps"], 1))
    minutes = told.get("minutes", 0)
    return Lesson(_words(told, "title", 0), told["language"], steps, minutes if isinstance(minutes, int) and 0 <= minutes <= 999 else 0)


def _step(number: int, told: dict) -> Step:
    screen, knobs = told.get("screen"), told.get("knobs", {})
    if screen not in ORDER:
        raise KnobError("lesson_screen", f"Step {number} of the lesson names no screen: {screen!r}.", step=number, name=str(screen)[:40])
    if not isinstance(knobs, dict):
        raise KnobError("lesson_damaged", f"The settings of step {number} are none.")
    for key in ("model", *knobs):                       # the model first: other settings depend on what it has
        if key in knobs and not _fits(key, knobs[key], knobs.get("model", session.BASE)):
            raise KnobError("lesson_knob", f"Step {number} of the lesson sets {key} to what it cannot be.", step=number, name=str(key)[:40])
    hide, cover, options = (_listed(told, key, number) for key in ("hide", "cover", "options"))
    right = told.get("right", 0)
    if len(options) > MOST_OPTIONS or type(right) is not int or options and not 0 <= right < len(options):
        raise KnobError("lesson_question", f"The question of step {number} has no right answer, or too many to choose from.", step=number)
    return Step(screen, knobs, _words(told, "text", number), hide, cover, told.get("guess") is True, _words(told, "question", number), options,
                right, _words(told, "why", number))


def _fits(key: str, value: object, model: str) -> bool:
    if key not in KNOBS or key in ("lang", "lesson", "step") or not isinstance(value, str) or not _whole(value):
        return False
    if key == "model":
        return KNOBS[key].parse(value) is not None
    with session.meaning(model):
        return KNOBS[key].parse(value) is not None


def _whole(text: str) -> bool:
    """Whether a text holds no half of a letter, which no page can be sent."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _words(told: dict, key: str, number: int) -> str:
    if not isinstance(told.get(key, ""), str) or not _whole(told.get(key, "")):
        raise KnobError("lesson_damaged", f"{key} of step {number} is no text.")
    return told.get(key, "")


def _listed(told: dict, key: str, number: int) -> tuple[str, ...]:
    found = told.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and _whole(one) for one in found):
        raise KnobError("lesson_damaged", f"{key} of step {number} is no list of texts.")
    return tuple(found)


def view(screen: str) -> dict[str, str]:
    """How a screen is set now, as a step says it: the text, the model if it is another, and the screen's own knobs that are not at their defaults."""
    own = {key: str(links.value(key)) for key, knob in KNOBS.items() if key.startswith(f"{screen}.") and links.value(key) != knob.default}
    model = {"model": session.current()} if travels() and session.current() != session.BASE else {}
    return {"prompt": links.value("prompt")} | model | own


def travels() -> bool:
    """Whether the model that the teacher looks at is there for whoever opens the lesson: one of their own is not."""
    return session.current() in session.shipped()


def hideable(screen: str, seen: dict[str, str], t: Text) -> dict[str, str]:
    """What can be hidden of a screen, by name, with what it is called: what every screen has, and what was `seen` of this one."""
    return {name: t(f"lessons.around.{name}") for name in AROUND} | seen


