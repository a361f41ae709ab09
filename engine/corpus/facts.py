"""The facts of the story world, which both languages share."""
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parents[2] / "assets" / "world" / "facts.toml"


@dataclass(frozen=True)
class Fact:
    """One thing that is true in the world, e.g. capital(France) = Paris, worded in one language."""
    id: str                         # "capital.france": the same in both languages
    relation: str                   # "capital"
    subject: str                    # "France"
    object: str                     # "Paris"
    article: str = ""               # of the subject, where the language needs one: "la" vaca


@cache
def facts(language: str) -> tuple[Fact, ...]:
    """Every fact in the wording of `language`; the ids and their order are the same in each language."""
    with PATH.open("rb") as file:
        tables = tomllib.load(file)
    return tuple(
        Fact(f"{relation}.{name}", relation, *row[language])
        for relation, rows in tables.items()
        for name, row in rows.items()
    )
