"""The genres: every kind of text that the world can write, with its share of a language's tokens.

Most are data: a file of patterns in assets/world/<language>/genres, told of two people and one of the family. The others need the
simulator, the facts, or an answer that the text itself gives.
"""
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from engine.corpus import blocks, knowledge, narrate, recall, tail
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.grammar import English
from engine.corpus.es.grammar import Spanish
from engine.corpus.lexicon import WORLD, refuse, table
from engine.corpus.teller import Teller

TELLERS: dict[str, type[Teller]] = {"en": English, "es": Spanish}
NARRATIVE = frozenset(("story", "fable", "bedtime", "adventure", "mystery", "diary", "letter", "email", "news", "sentences"))
TRANSLATION = frozenset(("pairs", "dictionary", "labels", "copying"))      # genres in which both languages may stand
DATA = 14.0                         # share of all the genres that are data together
Writer = Callable[[type[Teller], Chance], Draft]


class Genre(NamedTuple):
    """One kind of text: its share of the language's tokens (relative to the other shares), and who writes it."""
    share: float
    write: Writer


def telling(write: Callable[[Teller], Draft]) -> Writer:
    """A writer that needs no more than a teller."""
    return lambda teller_class, chance: write(teller_class(chance))


def _story(kind: str) -> Writer:
    return lambda teller_class, chance: narrate.story(teller_class, chance, kind)


def sentences(teller: Teller) -> Draft:
    """One to four sentences of the clause grammar that have nothing to do with one another."""
    for _ in range(teller.chance.pick((1, 1, 2, 3, 4))):
        teller.tell(teller.book.bank("clauses", "sentence"))
    return teller.draft()


OWN: dict[str, Genre] = {
    "story": Genre(6.0, _story("story")), "fable": Genre(2.0, _story("fable")), "bedtime": Genre(1.0, _story("bedtime")),
    "adventure": Genre(1.2, _story("adventure")), "mystery": Genre(1.2, _story("mystery")), "diary": Genre(1.5, narrate.diary),
    "summary": Genre(4.0, narrate.summary), "comprehension": Genre(4.0, narrate.comprehension), "sentences": Genre(38.0, telling(sentences)),
    "recall": Genre(12.0, telling(recall.recall)), "lookup": Genre(12.0, telling(recall.lookup)), "retold": Genre(5.0, telling(recall.retold)), "tail": Genre(1.5, telling(tail.tail)),
    "facts": Genre(12.0, telling(knowledge.prose)), "quiz": Genre(12.0, telling(knowledge.quiz)), "questions": Genre(1.0, telling(knowledge.questions)),
    "truth": Genre(1.5, telling(knowledge.truth)), "facts_table": Genre(1.5, telling(knowledge.listing)), "card": Genre(3.0, telling(knowledge.card)),
    "pairs": Genre(10.0, telling(blocks.pairs)), "labels": Genre(12.0, telling(blocks.labels)), "machines": Genre(1.0, telling(blocks.machines)),
    "sums": Genre(1.5, telling(blocks.sums)), "sequences": Genre(0.5, telling(blocks.sequences)), "dictionary": Genre(3.0, telling(blocks.dictionary)),
    "copying": Genre(1.0, telling(blocks.copying)),
}


def _data(name: str) -> Writer:
    """A genre that is data: its `main` patterns, told of A, A's friend B, and K of A's family."""
    def write(teller_class: type[Teller], chance: Chance) -> Draft:
        teller = teller_class(chance)
        cast = teller.cast
        a, b = cast.person("hero"), cast.person("friend")
        teller.roles = {"A": a, "B": b, "F": b}
        a.label.known = b.label.known = True
        kin = cast.relative()
        kin.label.of = a
        teller.roles["K"] = kin
        return teller.tell(teller.book.bank(f"genres/{name}", "main")).draft()
    return write


@cache
def genres(language: str) -> dict[str, Genre]:
    """Every genre of a language by name. Raises WorldError for a file of patterns that is not as it should be."""
    names = sorted(path.stem for path in (WORLD / language / "genres").glob("*.toml"))
    shares = {name: table(language, "genres", name).get("share", 1.0) for name in names}
    for name, share in shares.items():
        if not isinstance(share, (int, float)) or share <= 0:
            raise refuse(f"{language}/genres/{name}", "share", f"{share!r} is not a number above 0")
        if name in OWN:
            raise refuse(f"{language}/genres/{name}", "main", "a genre of this name is there already")
    total = sum(shares.values())
    return OWN | {name: Genre(DATA * share / total, _data(name)) for name, share in shares.items()}
