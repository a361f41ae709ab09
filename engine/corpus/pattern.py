"""Patterns: the little language in which the world's sentences are written as data, compiled once and filled in quickly.

[a|b] a choice · {form:what=label} a slot · (verb) a verb that agrees with the last subject · <rule> a pattern of that rule.
What a form or a slot says is the language's business (a Teller); this module knows no language.
"""
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from engine.corpus.lexicon import WORLD, refuse, table

PIECE = re.compile(r"\{[^{}]*\}|\([\w ]+[~!?]?(?::[A-Z](?:\+[A-Z])?)?\)|<\w+>|[\[\]|]|[^\[\]|{}(<]+|[(<]")
SLOT = re.compile(r"(?:(?P<form>\w+\+?):)?(?P<what>[\w.]+)(?::(?P<with>\w))?(?:=(?P<label>[a-z]))?(?:!(?P<answer>\w+))?")
VERB = re.compile(r"\((?P<verb>[\w ]+)(?P<tense>[~!?]?)(?::(?P<who>[A-Z](?:\+[A-Z])?))?\)")
ANSWER, INSIDE, CLOSE = "\ue000", "\ue001", "\ue002"       # around an answer, until the text is finished: kind, text
DEEP = 2                            # rules inside rules inside rules call no further ones


class Pattern(NamedTuple):
    """A compiled pattern: its source, its pieces, and the roles without which it cannot be told."""
    source: str
    pieces: tuple
    roles: frozenset[str]
    plain: bool                     # calls no rule


class Choice(NamedTuple):
    options: tuple[tuple, ...]


class Slot(NamedTuple):
    say: Callable                   # (teller, slot) -> str, found when the pattern was compiled
    form: str
    what: str
    label: str | None
    other: str | None               # what it agrees with
    answer: str | None
    plus: bool


class Verb(NamedTuple):
    verb: str
    tense: str
    who: tuple[str, ...]


class Rule(NamedTuple):
    bank: Callable[[], "Bank"]


class Bank(NamedTuple):
    """Patterns that say the same thing; `keys` names them for the census of shared patterns."""
    name: str
    patterns: tuple[Pattern, ...]


def fill(pieces: tuple, teller, out: list[str]) -> None:
    """Append what the pieces say to `out`."""
    for piece in pieces:
        kind = type(piece)
        if kind is str:
            out.append(piece)
        elif kind is Slot:
            text = piece.say(teller, piece)
            out.append(f"{ANSWER}{piece.answer}{INSIDE}{text}{CLOSE}" if piece.answer else text)
        elif kind is Choice:
            fill(teller.chance.pick(piece.options), teller, out)
        elif kind is Verb:
            out.append(teller.verb(piece.verb, piece.tense, piece.who))
        else:
            teller.depth += 1
            fill(teller.choose(piece.bank(), repeat=True).pieces, teller, out)
            teller.depth -= 1


def compiled(source: str, teller_class, where: tuple[str, str], rules: Callable[[str], Callable]) -> Pattern:
    """The pattern that `source` writes. Raises WorldError, naming `where`, for what is no pattern."""
    source = teller_class.typed(source)
    pieces = PIECE.findall(source)
    roles: set[str] = set()
    called: list[str] = []
    labels: set[str] = set()

    def sequence(i: int, inside: bool) -> tuple[tuple, int]:
        parts: list = []
        while i < len(pieces) and not (pieces[i] == "]" or inside and pieces[i] == "|"):
            piece = pieces[i]
            if piece == "[":
                options = []
                while True:
                    option, i = sequence(i + 1, True)
                    options.append(option)
                    if i >= len(pieces):
                        raise refuse(*where, f"a [ is not closed in {source!r}")
                    if pieces[i] == "]":
                        break
                parts.append(Choice(tuple(options)))
            elif piece[0] == "{":
                parts.append(slot(piece))
            elif piece[0] == "<" and len(piece) > 1:
                called.append(piece[1:-1])
                parts.append(Rule(rules(piece[1:-1])))
            elif piece[0] == "(" and (match := VERB.fullmatch(piece)):
                who = tuple((match["who"] or "").split("+")) if match["who"] else ()
                roles.update(who)
                if problem := teller_class.unknown_verb(match["verb"]):
                    raise refuse(*where, f"{problem} in {source!r}")
                parts.append(Verb(match["verb"], match["tense"], who))
            else:
                parts.append(piece)
            i += 1
        return tuple(parts), i

    def slot(piece: str) -> Slot:
        match = SLOT.fullmatch(piece[1:-1])
        if match is None:
            raise refuse(*where, f"{piece} is no slot in {source!r}")
        form, what, plus = match["form"] or "", match["what"], False
        if form.endswith("+"):
            form, plus = form[:-1], True
        if what[0].isupper() and what[0] != "S":
            roles.add(what[0])
        if match["with"] and match["with"].isupper():
            roles.add(match["with"])
        for name in (what if len(what) == 1 and what.islower() else None, match["with"]):
            if name and name.islower() and name not in labels:
                raise refuse(*where, f"{piece} speaks of {name}, which nothing before it is called, in {source!r}")
        if match["label"]:
            labels.add(match["label"])
        say = teller_class.speaker(form, what)
        if say is None:
            raise refuse(*where, f"{piece} says nothing known in {source!r}")
        return Slot(say, form, what, match["label"], match["with"], match["answer"], plus)

    parts, end = sequence(0, False)
    if end < len(pieces):
        raise refuse(*where, f"a {pieces[end]} stands alone in {source!r}")
    return Pattern(source, parts, frozenset(roles), not called)


class Book:
    """The banks of one language: every array of patterns in its folder, compiled when first asked for."""

    def __init__(self, teller_class):
        self.teller_class, self.language = teller_class, teller_class.language
        self._banks: dict[tuple[str, str], Bank] = {}

    def keys(self, file: str) -> tuple[str, ...]:
        """The names of a file's banks."""
        return tuple(table(self.language, *file.split("/")))

    def has(self, file: str, key: str) -> bool:
        return (WORLD / self.language / f"{file}.toml").is_file() and key in table(self.language, *file.split("/"))

    def bank(self, file: str, key: str) -> Bank:
        """The patterns under `key` of a file. Raises WorldError where there are none."""
        if (file, key) not in self._banks:
            rows = table(self.language, *file.split("/")).get(key)
            where = (f"{self.language}/{file}", key)
            if not isinstance(rows, list) or not rows or not all(isinstance(row, str) for row in rows):
                raise refuse(*where, "here must be a list of patterns")
            self._banks[file, key] = self.made(rows, f"{file}:{key}", where, file)
        return self._banks[file, key]

    def made(self, rows: list[str], name: str, where: tuple[str, str], file: str) -> Bank:
        """A bank of these patterns, whose rules are looked up in `file`, then in shared.toml."""
        return Bank(name, tuple(compiled(row, self.teller_class, where, lambda rule: self._rule(rule, file, where)) for row in rows))

    def _rule(self, rule: str, file: str, where: tuple[str, str]) -> Callable[[], Bank]:
        found = next((place for place in (file, "shared") if self.has(place, rule)), None)
        if found is None:
            raise refuse(*where, f"there is no rule <{rule}> in this file or in shared.toml")
        return cache(lambda: self.bank(found, rule))
