"""The corpus counted: how much text each genre makes of its chances, and how little of it repeats itself."""
import re
import zlib
from collections import Counter

from engine.corpus.document import Document
from engine.corpus.stream import LANGUAGES, write
from engine.errors import KnobError
from engine.tokenizer import Tokenizer

WORD = re.compile(r"\w+")
OPENING = 4                         # words of a document that are its opening


def census(tokenizer: Tokenizer, count: int, seed: int) -> list[dict]:
    """One row for each language and genre, over `count` documents that it writes from `seed` on."""
    return [{"language": language, "genre": genre, "share": entry.share / sum(g.share for g in genres.values()),
             **measure([write(language, genre, seed + i) for i in range(count)], tokenizer)}
            for language, genres in LANGUAGES.items() for genre, entry in genres.items()]


def measure(documents: list[Document], tokenizer: Tokenizer) -> dict:
    """Tokens, nats per token, and four measures of sameness.

    distinct_4: different runs of four words among all of them. zlib: compressed bytes per byte. duplicates: documents
    whose text was there before. opening: the share of documents that begin with the commonest four words.
    """
    texts = [document.text for document in documents]
    tokens = sum(len(ids) for ids in tokenizer.encode_many(texts))
    words = [WORD.findall(text.lower()) for text in texts]
    runs = [tuple(row[i:i + 4]) for row in words for i in range(len(row) - 3)]
    raw = "\n".join(texts).encode()
    openings = Counter(tuple(row[:OPENING]) for row in words)
    return {"documents": len(texts), "tokens": tokens, "nats_per_token": sum(d.nats for d in documents) / tokens,
            "distinct_4": len(set(runs)) / max(1, len(runs)), "zlib": len(zlib.compress(raw, 9)) / len(raw),
            "duplicates": 1 - len(set(texts)) / len(texts), "opening": max(openings.values()) / len(texts)}


def samples(language: str, genre: str, count: int, seed: int) -> list[str]:
    """`count` documents of one genre. Raises KnobError for a genre that the language does not have."""
    if genre not in LANGUAGES[language]:
        raise KnobError("genre", f"There is no genre {genre}: {', '.join(LANGUAGES[language])}.", genre=genre)
    return [write(language, genre, seed + i).text for i in range(count)]
