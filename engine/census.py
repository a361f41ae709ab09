"""The corpus counted: how much text each genre makes of its chances, how little of it repeats itself, and whether it passes its gates."""
import itertools
import re
import zlib
from collections import Counter
from collections.abc import Sequence

from engine.corpus.document import Document
from engine.corpus.genre import NARRATIVE, TRANSLATION, genres
from engine.corpus.lexicon import lexicon, table
from engine.corpus.stream import LANGUAGES, generated, write
from engine.corpus.teller import Teller
from engine.corpus.words import inflections, words
from engine.errors import KnobError
from engine.tokenizer import Tokenizer

WORD = re.compile(r"\w+")
LETTERS = re.compile(r"[^\W\d_]+")
OPENING = 4                         # words of a document that are its opening
SHARED = 0.3                        # of the patterns of the smaller of two genres, and they count as one
USES = 50                           # per million tokens, and a lemma counts
NAMED = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\wáéíóúñü]*")
GATES = {                           # figure: (least, most)
    "distinct_4": (0.45, None), "zlib": (None, 3.2), "duplicates": (None, 0.01), "opening": (None, 0.02), "narrative_entropy": (1.2, None),
    "mixing": (None, 0.01), "noise": (0.05, 0.08), "genres": (35, None), "nouns": (400, None), "verbs": (250, None), "adjectives": (150, None),
    "adverbs": (60, None), "names": (120, None)}


def census(tokenizer: Tokenizer, count: int, seed: int) -> list[dict]:
    """One row for each language and genre, over `count` documents that it writes from `seed` on."""
    return [{"language": language, "genre": name, "share": entry.share / sum(g.share for g in genres(language).values()),
             **measure([write(language, name, seed + i) for i in range(count)], tokenizer)}
            for language in LANGUAGES for name, entry in genres(language).items()]


def measure(documents: Sequence[Document], tokenizer: Tokenizer) -> dict:
    """Tokens, nats per token, and four measures of sameness.

    distinct_4: different runs of four words among all of them. zlib: bytes per compressed byte. duplicates: documents
    whose text was there before. opening: the share of documents that begin with the commonest four words.
    """
    texts = [document.text for document in documents]
    tokens = sum(len(ids) for ids in tokenizer.encode_many(texts))
    rows = [WORD.findall(text.lower()) for text in texts]
    runs = [tuple(row[i:i + 4]) for row in rows for i in range(len(row) - 3)]
    raw = "\n".join(texts).encode()
    openings = Counter(tuple(row[:OPENING]) for row in rows)
    return {"documents": len(texts), "tokens": tokens, "nats_per_token": sum(d.nats for d in documents) / tokens,
            "distinct_4": len(set(runs)) / max(1, len(runs)), "zlib": len(raw) / len(zlib.compress(raw, 9)),
            "duplicates": 1 - len(set(texts)) / len(texts), "opening": max(openings.values()) / len(texts)}


def gates(tokenizer: Tokenizer, count: int, seed: int) -> dict[str, dict]:
    """For each language the figures that the corpus must reach, over its part of `count` documents of the stream before repeats are dropped.

    Beside each figure stand the least and the most that it may be, and whether it is (`passed`).
    """
    rows: dict[str, list[Document]] = {language: [] for language in LANGUAGES}
    for document in itertools.islice(generated(seed), count):
        rows[document.language].append(document)
    result = {}
    for language, found in rows.items():
        figures = measure(found, tokenizer)
        tale = [document for document in found if document.genre in NARRATIVE]
        figures["narrative_entropy"] = sum(d.nats for d in tale) / sum(len(ids) for ids in tokenizer.encode_many([d.text for d in tale]))
        figures["mixing"] = mixing(language, found)
        figures["noise"] = sum(document.noisy for document in found) / len(found)
        figures["genres"] = len(distinct_genres(language, seed))
        for name, counted in lemmas(language, found, figures["tokens"]).items():
            figures[name] = sum(uses >= USES for uses in counted.values())
        result[language] = {name: {"value": figures[name], "least": least, "most": most,
                                   "passed": (least is None or figures[name] >= least) and (most is None or figures[name] <= most)}
                            for name, (least, most) in GATES.items()}
    return result


def mixing(language: str, found: Sequence[Document]) -> float:
    """The share of words that only the other language has, in genres that do not translate."""
    other = "es" if language == "en" else "en"
    theirs = words(other) - words(language)
    foreign = total = 0
    for document in found:
        if document.genre not in TRANSLATION and not document.noisy:
            known = {name.lower() for name in NAMED.findall(document.text)}         # names are nobody's
            row = [word for word in LETTERS.findall(document.text.lower()) if word not in known]
            foreign += sum(word in theirs for word in row)
            total += len(row)
    return foreign / max(1, total)


def lemmas(language: str, found: Sequence[Document], tokens: int) -> dict[str, dict[str, float]]:
    """Uses per million tokens of every lemma, by part of speech; a form that two lemmas share counts for both."""
    counts: Counter = Counter()
    text = "\n".join(document.text for document in found).lower()
    counts.update(LETTERS.findall(text))
    scale, here = 1e6 / tokens, lexicon(language)

    def uses(forms) -> float:
        return scale * sum(counts[form] if LETTERS.fullmatch(form) else text.count(form) for form in {form.lower() for form in forms if form})

    verbs = dict.fromkeys(row.get("verb", id_.replace("_", " ")) for id_, row in table(language, "verbs").items())
    names = table("names")[language]
    return {"nouns": {noun.id: uses((noun.word, noun.plural)) for noun in here.nouns.values()},
            "verbs": {verb: uses(form for form in inflections(language, verb)) for verb in verbs},
            "adjectives": {row.id: uses((row.word, row.feminine, row.plural, row.feminine_plural)) for row in here.adjectives.values()},
            "adverbs": {word: uses((word,)) for rows in here.adverbs.values() for word in rows},
            "names": {name: uses((name,)) for name in (*names["girls"], *names["boys"])}}


def distinct_genres(language: str, seed: int, count: int = 60) -> list[set[str]]:
    """Genres, those that share more than `SHARED` of their patterns put together."""
    used: dict[str, set[str]] = {}
    for name in genres(language):
        Teller.record = []
        for i in range(count):
            write(language, name, seed + i)
        used[name], Teller.record = set(Teller.record), None
    groups = [{name} for name in used]
    for a, b in itertools.combinations(used, 2):
        least = min(len(used[a]), len(used[b]))
        if least and len(used[a] & used[b]) / least > SHARED:
            ours, theirs = (next(group for group in groups if name in group) for name in (a, b))
            if ours is not theirs:
                groups.remove(theirs)
                ours |= theirs
    return groups


def samples(language: str, genre: str, count: int, seed: int) -> list[str]:
    """`count` documents of one genre. Raises KnobError for a genre that the language does not have."""
    if genre not in genres(language):
        raise KnobError("genre", f"There is no genre {genre}: {', '.join(genres(language))}.", genre=genre)
    return [write(language, genre, seed + i).text for i in range(count)]
