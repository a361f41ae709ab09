"""The endless stream of documents: languages and genres mixed by their shares, a little noise, no document twice."""
import hashlib
import itertools
import unicodedata
from collections.abc import Iterator
from functools import cache

from engine.corpus.chance import Chance, Menu
from engine.corpus.document import Document
from engine.corpus.genre import TELLERS, genres
from engine.corpus.split import held_out

LANGUAGES = tuple(TELLERS)
SHARE = Menu(LANGUAGES, (0.53, 0.47))       # of documents; Spanish words cost more tokens, so this is about half of the tokens each
EXACT = frozenset(("retold", "pairs", "labels", "machines", "sums", "sequences", "dictionary", "copying", "summary", "comprehension"))     # are never noisy
NOISE = 0.095                       # of the other documents: 6 % of all
VALIDATION = 0.01                   # of documents, by the hash of their text
MIXED = {"lookup": 10, "retold": 7, "recall": 13, "dictionary": 4, "labels": 9, "facts": 8, "quiz": 8}
PARTS = (                           # of a text that is to be trained on: how long each is beside the others, and which genres are so many % of it
    (0.24, {"copying": 100}),
    (1.344, {"dictionary": 100}),
    (1.104, {"retold": 75, "dictionary": 25}),
    (2.208, {"lookup": 50, "retold": 33, "dictionary": 17}),
    (9.744, {"lookup": 15, "retold": 12, "recall": 13, "dictionary": 8}),
    (1.15, MIXED),
    (3.2, {"lookup": 45, "retold": 30, "dictionary": 15, "recall": 10}),
    (7.0, MIXED),
    (10.01, {"lookup": 6, "retold": 4, "recall": 12, "dictionary": 2, "labels": 9, "facts": 9, "quiz": 9}))
PROBE = 24                          # documents a genre writes to learn how long its documents are


def write(language: str, genre: str, seed: int) -> Document:
    """One document of a genre; the same seed writes the same text."""
    chance = Chance(seed)
    draft = genres(language)[genre].write(TELLERS[language], chance)
    return Document(draft.text, language, genre, chance.nats, draft.answers)


def documents(seed: int, characters: int = 0) -> Iterator[Document]:
    """Documents of both languages without end, none twice, every choice and its surprise from one seeded chance.

    A text of `characters` that a model is to learn from comes in PARTS. Four lessons each rest on the one before: to copy; to
    find what stands beside a name; the same where more and more words stand between, in sentences told twice; to answer.
    Where all is mixed from the beginning, each of these comes many times later. Behind them everything is mixed, about half of it
    still to be looked up: where that was a fifth, the heads that do it were lost within two million tokens. Half-way there is one
    more lesson: six layers do not learn to tell two names apart while they read everything else too, but they do in two million
    tokens of nothing else, and then keep it with less.
    """
    seen: set[bytes] = set()
    for document in generated(seed, characters):
        digest = hashlib.blake2b(document.text.encode(), digest_size=8).digest()
        if digest not in seen:
            seen.add(digest)
            yield document


def generated(seed: int, characters: int = 0) -> Iterator[Document]:
    """The same documents before those that were there already are left out."""
    written = 0
    for number in itertools.count():
        chance = Chance(_seed(seed, number))
        language = chance.draw(SHARE)
        genre = chance.draw(_menu(language, _part(written / characters) if characters else len(PARTS)))
        draft = genres(language)[genre].write(TELLERS[language], chance)
        written += len(draft.text)
        noisy = genre not in EXACT and chance.flip(NOISE)
        if noisy:
            yield Document(_noisy(draft.text, chance), language, genre, chance.nats, noisy=True)
        else:
            yield Document(draft.text, language, genre, chance.nats, draft.answers)


def for_validation(document: Document) -> bool:
    """Whether a document belongs to the validation text, on every machine and for every seed."""
    return held_out("document", document.text, share=VALIDATION)


def _part(read: float) -> int:
    """The number of the part that comes next when this share of the text is written."""
    ends = itertools.accumulate(length for length, _ in PARTS)
    whole = sum(length for length, _ in PARTS)
    return next((i for i, end in enumerate(ends) if read < end / whole), len(PARTS) - 1)


def share(language: str, genre: str) -> float:
    """What share of a whole text that is to be trained on, of what is in this language, is of a genre, as PARTS and genres state it."""
    whole = sum(length for length, _ in PARTS)
    return sum(length / whole * _shares(language, part).get(genre, 0.0) for part, (length, _) in enumerate(PARTS)) / 100


def _shares(language: str, part: int) -> dict[str, float]:
    """How many % of a part of the text each genre is; outside of all parts by its own share."""
    stated = PARTS[part][1] if part < len(PARTS) else {}
    others = {name: genre.share for name, genre in genres(language).items() if name not in stated}
    left = (100 - sum(stated.values())) / sum(others.values())
    return stated | ({name: share * left for name, share in others.items()} if left else {})


@cache
def _menu(language: str, part: int) -> Menu:
    """How often each genre is picked in a part of the text, so that its share of the *text* comes out as stated."""
    shares = _shares(language, part)
    lengths = {name: sum(len(write(language, name, _seed(i, -1)).text) for i in range(PROBE)) / PROBE for name in shares}
    return Menu(shares, [share / lengths[name] for name, share in shares.items()])


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
