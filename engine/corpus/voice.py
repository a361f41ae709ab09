"""The same answers in another voice: what a pirate would make of them; the words are in assets/world/voices."""
import re
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.chat import Turn
from engine.corpus.lexicon import table

VOICES = ("pirate",)


def spoken(language: str, voice: str, chance: Chance, turn: Turn) -> Turn:
    """The turn, and those before it, with answers in the voice; what the user says stays."""
    earlier = tuple(spoken(language, voice, chance, before) for before in turn.earlier)
    return turn._replace(assistant=said(language, voice, chance, turn.assistant), earlier=earlier)


def said(language: str, voice: str, chance: Chance, answer: str) -> str:
    """The answer with a cry before it, some words for others, and an address before its last mark; every fact in it stays."""
    words = table("voices", voice)[language]
    swapped = _swaps(language, voice).sub(lambda found: _like(words["swap"][found[0].lower()], found[0]), answer)
    body, mark = (swapped[:-1], swapped[-1]) if swapped[-1:] in tuple(".!?") else (swapped, ".")
    return f"{chance.pick(words['cries'])} {body}{chance.pick(words['addresses'])}{mark}"


def heard(language: str, voice: str, answer: str) -> bool:
    """Whether an answer is in the voice: one of its own words stands in it."""
    return _marks(language, voice).search(answer) is not None


def _like(word: str, model: str) -> str:
    """The word with a capital where the one that it replaces has it."""
    return word[0].upper() + word[1:] if model[0].isupper() else word


@cache
def _swaps(language: str, voice: str) -> re.Pattern:
    return _any_of(sorted(table("voices", voice)[language]["swap"], key=len, reverse=True))


@cache
def _marks(language: str, voice: str) -> re.Pattern:
    return _any_of(table("voices", voice)[language]["marks"])


def _any_of(words: list[str]) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.I)
