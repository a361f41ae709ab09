"""The verbs of a language with their complements: for each kind of noun what it can be the subject of."""
import re
from functools import cache

from engine.corpus.chance import Menu
from engine.corpus.lexicon import KINDS, VERB_KEYS, checked, refuse, table
from engine.corpus.pattern import Pattern

OWN = re.compile(r"\{(own|his|him|self)")


class VerbEntry:
    """A verb with its complements: those for a subject that is known, and those that name nobody's own."""

    __slots__ = ("verb", "complements", "neutral", "stative")

    def __init__(self, verb: str, patterns: tuple[Pattern, ...], stative: bool):
        self.verb, self.stative = verb, stative
        self.complements = Menu.zipf(patterns, 0.5)
        neutral = tuple(pattern for pattern in patterns if not OWN.search(pattern.source))
        self.neutral = Menu.zipf(neutral, 0.5) if neutral else None


@cache
def verbs_of(teller: type) -> dict[str, Menu]:
    """For each kind of noun, and each noun that has verbs of its own, what it can be the subject of, the most usual first."""
    file, nouns, groups = f"{teller.language}/verbs", teller.lexicon.nouns, teller.lexicon.groups
    found: dict[str, list[VerbEntry]] = {kind: [] for kind in KINDS}
    for row_id, row in table(teller.language, "verbs").items():
        checked(file, row_id, row, VERB_KEYS, ("who", "with", "es" if teller.language == "en" else "en"))
        verb = row.get("verb", row_id.replace("_", " "))
        bank = teller.book.made(row["with"], f"verbs:{verb}", (file, row_id), "shared")
        entry = VerbEntry(verb, bank.patterns, row.get("stative", False))
        for name in row["who"]:
            if name in nouns:
                found.setdefault(name, []).append(entry)
            elif name in KINDS or name in groups:
                for kind in groups.get(name, (name,)):
                    found[kind].append(entry)
            else:
                raise refuse(file, row_id, f"there is no kind, group or noun {name!r}")
    return {name: Menu.zipf(entries if name in KINDS else entries + found[nouns[name].kind], 0.05) for name, entries in found.items() if entries}
