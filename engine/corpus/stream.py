"""The endless stream of documents: languages and genres mixed by their shares, a little noise, no document twice."""
import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache

from engine.corpus.chance import Chance, Menu
from engine.corpus.document import Document
from engine.corpus.genre import TELLERS, genres
from engine.corpus.split import held_out

LANGUAGES = tuple(TELLERS)
SHARE = Menu(LANGUAGES, (0.53, 0.47))       # of documents; Spanish words cost more tokens, so this is about half of the tokens each
EXACT = frozenset(("pairs", "labels", "machines", "sums", "sequences", "dictionary", "copying", "summary", "comprehension"))     # are never noisy
NOISE = 0.1                         # of the other documents: 6 % of all
VALIDATION = 0.01                   # of documents, by the hash of their text
EARLY = {"lookup": 6.0, "dictionary": 10.0, "copying": 20.0, "labels": 2.0, "recall": 0.5, "sentences": 0.5}     # times their share at the beginning of a stream
PROBE = 24                          # documents a genre writes to learn how long its documents are


def write(language: str, genre: str, seed: int) -> Document:
    """One document of a genre; the same seed writes the same text."""
    chance = Chance(seed)
    draft = genres(language)[genre].write(TELLERS[language], chance)
    return Document(draft.text, language, genre, chance.nats, draft.answers)


def documents(seed: int, early: int = 0) -> Iterator[Document]:
    """Documents of both languages without end, none twice, every choice and its surprise from one seeded chance.

    Among the first `early` there are more of those that teach to look things up: attention learns that first, and needs it.
    """
    seen: set[bytes] = set()
    for document in generated(seed, early):
        digest = hashlib.blake2b(document.text.encode(), digest_size=8).digest()
        if digest not in seen:
            seen.add(digest)
            yield document


def generated(seed: int, early: int = 0) -> Iterator[Document]:
    """The same documents before those that were there already are left out."""
    number = 0
    while True:
        chance = Chance(_seed(seed, number))
        language = chance.draw(SHARE)
        genre = chance.draw(_menu(language, number < early))
        number += 1
        draft = genres(language)[genre].write(TELLERS[language], chance)
        noisy = genre not in EXACT and chance.flip(NOISE)
        if noisy:
            yield Document(_noisy(draft.text, chance), language, genre, chance.nats, noisy=True)
        else:
            yield Document(draft.text, language, genre, chance.nats, draft.answers)


def for_validation(document: Document) -> bool:
    """Whether a document belongs to the validation text, on every machine and for every seed."""
    return held_out("document", document.text, share=VALIDATION)


@cache
def _menu(language: str, early: bool) -> Menu:
    """How often each genre is picked, so that its share of the *text* comes out as stated."""
    weights = []
    for name, genre in genres(language).items():
        length = sum(len(write(language, name, _seed(i, -1)).text) for i in range(PROBE)) / PROBE
        weights.append(genre.share * (EARLY.get(name, 1.0) if early else 1.0) / length)
    return Menu(genres(language), weights)


def _seed(seed: int, number: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}/{number}".encode(), digest_size=8).digest(), "big")


def _noisy(text: str, chance: Chance) -> str:
    """The text as somebody in a hurry would type it, or a piece of it."""
    how = chance.pick(("lower", "bare", "plain", "upper", "typo", "spaces", "cut"), (4, 3, 3, 0.7, 3, 1, 4))
    if how == "lower":
        return text.lower()
    if how == "bare":
        return text.rstrip(".!?").replace("¿", "").replace("¡", "")
    if how == "plain":                      # accents left out, ñ kept
        parts = unicodedata.normalize("NFD", text.replace("ñ", "\0").replace("Ñ", "\1"))
        return "".join(c for c in parts if not unicodedata.combining(c)).replace("\0", "ñ").replace("\1", "Ñ")
    if how == "upper":
        return text.upper()
    if how == "spaces":
        at = chance.number(0, max(0, text.count(" ") - 1))
        parts = text.split(" ")
        return " ".join(parts[:at + 1]) + "  " + " ".join(parts[at + 1:])
    if how == "cut":                        # from the middle of a sentence to the middle of another
        words = text.split(" ")
        start = chance.number(0, len(words) // 2)
        return " ".join(words[start:chance.number(min(start + 3, len(words)), len(words))])
    at = chance.number(0, max(0, len(text) - 2))
    return text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]
