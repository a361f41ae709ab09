"""The facts of the story world, and the sentences that state them, ask for them and answer, in both languages.

It knows assets/world/facts.toml and the two phrasings.toml; it draws nothing and knows no other part of the corpus.
"""
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORLD = Path(__file__).parents[2] / "assets" / "world"
PATH = WORLD / "facts.toml"

SLOT = re.compile(r"{(\w+)}")
FIRST = re.compile(r"(?:^|[.?!] )[¿¡«\"]*\w")            # a sentence up to its first letter
CONTRACTS = re.compile(r"\b[Dd]e $|\b[Aa] $")           # del, al
ARTICLES = {"en": re.compile(r"(an?|the) (.+)"), "es": re.compile(r"(el|la|los|las|una?|unos|unas) (.+)")}
AN = re.compile(r"(?!uni|use|eu|ew|one)[aeiou]|hour", re.IGNORECASE)
INDEFINITE = {"el": "un", "la": "una", "los": "unos", "las": "unas", "": ""}
MASCULINE = {"blanca": "blanco", "negra": "negro", "roja": "rojo", "amarilla": "amarillo", "morada": "morado"}


@dataclass(frozen=True)
class Fact:
    """One thing that is true in the world, e.g. capital(France) = Paris, worded in one language."""
    id: str                         # "capital.france": the same in both languages
    relation: str                   # "capital"
    subject: str                    # "France"
    object: str                     # "Paris", always without an article
    article: str = ""               # of the subject, where the language needs one: "la" vaca, "a" cow, "the" sky
    object_article: str = ""        # of the object, likewise: "a" puppy, "el" mar


@dataclass(frozen=True)
class Phrasing:
    """How one relation is put into words in one language: templates for `word`, and what else a text about it needs."""
    relation: str
    title: tuple[str, ...]
    columns: tuple[str, ...]
    line: str                       # the fact as a list's left-hand side, without the object
    full: str
    say: tuple[str, ...]
    ask: tuple[str, ...]
    reply: tuple[str, ...]
    heldout: tuple[str, ...]        # for the measurement alone: they end with the object, and no text uses them
    wrong: tuple[tuple[str, str], ...] = ()     # (object, its article) that a false statement may put in: see `untrue`


@cache
def facts(language: str) -> tuple[Fact, ...]:
    """Every fact in the wording of `language`; the ids and their order are the same in each language."""
    return tuple(
        Fact(f"{relation}.{name}", relation, *row[language])
        for relation, rows in _read(PATH).items()
        for name, row in rows.items()
    )


@cache
def phrasing(language: str, relation: str) -> Phrasing:
    """The wording of a relation; a KeyError where the relation has none."""
    row = _read(WORLD / language / "phrasings.toml")[relation]
    wrong = row.get("wrong", [])
    if wrong == "others":
        said = [(fact.object, fact.object_article) for fact in facts(language) if fact.relation == relation]
    else:
        said = [_split(language, words) for words in wrong]
    lists = {key: tuple(row[key]) for key in ("title", "columns", "say", "ask", "reply", "heldout")}
    return Phrasing(relation, line=row["line"], full=row["full"], wrong=tuple(dict.fromkeys(said)), **lists)


@cache
def untrue(fact: Fact, language: str) -> tuple[Fact, ...]:
    """The fact with each wrong object in place of its own: the same id, and false. Fill them with `full`."""
    true = {other.object for other in facts(language) if (other.relation, other.subject) == (fact.relation, fact.subject)}
    return tuple(
        Fact(fact.id, fact.relation, fact.subject, other, fact.article, article)
        for other, article in phrasing(language, fact.relation).wrong
        if other not in true | {fact.subject}
    )


@cache
def word(template: str, fact: Fact, language: str) -> tuple[str, int, int]:
    """The template filled with the fact, and where the object stands in it first, without its article: text, start, end.

    Start and end are -1 where the template does not tell the object. Every filling is made once and then remembered:
    facts times templates are some ten thousand sentences.
    """
    forms = _forms(fact, language)
    text, start, end = "", -1, -1
    for place, piece in enumerate(SLOT.split(template)):
        if place % 2 == 0:
            text += piece
            continue
        article, noun = forms[piece]
        if article == "el" and language == "es" and CONTRACTS.search(text):
            text, article = text[:-1], "l"
        text += f"{article} {noun}" if article else noun
        if start < 0 and piece in ("o", "ao", "m"):
            start, end = len(text) - len(noun), len(text)
    return FIRST.sub(lambda found: found[0][:-1] + found[0][-1].upper(), text), start, end


@cache
def _forms(fact: Fact, language: str) -> dict[str, tuple[str, str]]:
    """What each slot may be filled with, as (article, words)."""
    head, _, tail = fact.subject.partition(" ")
    forms = {"s": ("", fact.subject), "head": ("", head), "tail": ("", tail), "o": ("", fact.object)}
    if language == "en":
        definite = "the" if fact.article else ""
        return forms | {
            "a": (_an(fact.article, fact.subject), fact.subject), "the": (definite, fact.subject),
            "p": ("", _plural(fact.subject)), "ao": (_an(fact.object_article, fact.object), fact.object),
        }
    return forms | {
        "a": (fact.article, fact.subject), "un": (INDEFINITE[fact.article], fact.subject),
        "ao": (fact.object_article, fact.object), "m": ("", MASCULINE.get(fact.object, fact.object)),
        "os": ("", "as" if fact.article == "las" else "os"),
    }


def _an(article: str, noun: str) -> str:
    return "an" if article == "a" and AN.match(noun) else article


def _plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|ch|sh)$", noun) else "s")


def _split(language: str, words: str) -> tuple[str, str]:
    """"a hive" as ("hive", "a")."""
    found = ARTICLES[language].fullmatch(words)
    return (found[2], "a" if found[1] == "an" else found[1]) if found else (words, "")


@cache
def _read(path: Path) -> dict[str, dict]:
    with path.open("rb") as file:
        return tomllib.load(file)
