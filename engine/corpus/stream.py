"""The endless stream of documents: languages and genres mixed by their shares, a little noise, no document twice."""
import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache

from engine.corpus import en, es
from engine.corpus.chance import Chance
from engine.corpus.document import Document
from engine.corpus.genre import Genre
from engine.corpus.split import held_out

LANGUAGES: dict[str, dict[str, Genre]] = {"en": en.GENRES, "es": es.GENRES}
SHARE = {"en": 0.53, "es": 0.47}    # of documents; Spanish words cost more tokens, so this is about half of the tokens each
NOISE = 0.06                        # of documents that hold no gold answer
VALIDATION = 0.01                   # of documents, by the hash of their text
NARRATIVE = frozenset(("story", "bedtime", "adventure", "mystery", "fable", "diary", "letter", "email", "news", "sentences"))
TRANSLATION = frozenset(("pairs", "glossary", "translation", "dictionary"))     # genres in which both languages may stand
PROBE = 24                          # documents a genre writes to learn how long its documents are


def write(language: str, genre: str, seed: int) -> Document:
    """One document of a genre; the same seed writes the same text."""
    chance = Chance(seed)
    draft = LANGUAGES[language][genre].write(chance)
    return Document(draft.text, language, genre, chance.nats, draft.answers)


def documents(seed: int) -> Iterator[Document]:
    """Documents of both languages without end, none twice, every choice and its surprise from one seeded chance."""
    seen: set[bytes] = set()
    for document in generated(seed):
        digest = hashlib.blake2b(document.text.encode(), digest_size=8).digest()
        if digest not in seen:
            seen.add(digest)
            yield document


def generated(seed: int) -> Iterator[Document]:
    """The same documents before those that were there already are left out."""
    number = 0
    while True:
        chance = Chance(_seed(seed, number))
        number += 1
        language = chance.pick(list(SHARE), list(SHARE.values()))
        genres, weights = _weights(language)
        genre = chance.pick(genres, weights)
        draft = LANGUAGES[language][genre].write(chance)
        text = draft.text
        if not draft.answers and chance.flip(NOISE):
            text = _noisy(text, chance)
        yield Document(text, language, genre, chance.nats, draft.answers)


def for_validation(document: Document) -> bool:
    """Whether a document belongs to the validation text, on every machine and for every seed."""
    return held_out("document", document.text, share=VALIDATION)


@cache
def _weights(language: str) -> tuple[list[str], list[float]]:
    """How often each genre is picked, so that its share of the *text* comes out as stated."""
    weights = []
    for name, genre in LANGUAGES[language].items():
        length = sum(len(genre.write(Chance(_seed(i, -1))).text) for i in range(PROBE)) / PROBE
        weights.append(genre.share / length)
    return list(LANGUAGES[language]), weights


def _seed(seed: int, number: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}/{number}".encode(), digest_size=8).digest(), "big")


def _noisy(text: str, chance: Chance) -> str:
    """The text as somebody in a hurry would type it."""
    how = chance.pick(["lower", "bare", "plain", "upper", "typo"], [4, 3, 3, 1, 3])
    if how == "lower":
        return text.lower()
    if how == "bare":
        return text.rstrip(".!?").replace("¿", "").replace("¡", "")
    if how == "plain":                      # accents left out, ñ kept
        parts = unicodedata.normalize("NFD", text.replace("ñ", "\0").replace("Ñ", "\1"))
        return "".join(c for c in parts if not unicodedata.combining(c)).replace("\0", "ñ").replace("\1", "Ñ")
    if how == "upper":
        return text.upper()
    at = chance.number(0, max(0, len(text) - 2))
    return text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]
