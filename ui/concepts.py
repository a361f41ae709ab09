"""The ideas of the concept map and how they rest on one another: the graph alone, without a word of any language."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "assets" / "concepts.toml"


@dataclass(frozen=True)
class Concept:
    """One idea: the ideas that it rests on directly, and the screen that shows it, with the knobs to open it with."""
    section: str
    rests: tuple[str, ...]
    screen: str
    knobs: Mapping[str, str] = field(default_factory=dict)
    role: str = ""                  # of the attention head that shows it, as engine.heads calls it


@cache
def concepts() -> dict[str, Concept]:
    """Every idea by its id, in the order of the file."""
    with FILE.open("rb") as file:
        return {id: Concept(section, **{**found, "rests": tuple(found["rests"])})
                for section, ideas in tomllib.load(file).items() for id, found in ideas.items()}


def leads(id: str) -> list[str]:
    """The ideas that rest on this one directly."""
    return [other for other, concept in concepts().items() if id in concept.rests]


@cache
def before(id: str) -> frozenset[str]:
    """All ideas that this one rests on, directly or not."""
    return frozenset().union(*({other} | before(other) for other in concepts()[id].rests))


@cache
def after(id: str) -> frozenset[str]:
    """All ideas that rest on this one, directly or not."""
    return frozenset(other for other in concepts() if id in before(other))


@cache
def depth(id: str) -> int:
    """How many ideas the longest chain has that ends just before this one; 0 for what rests on nothing."""
    return max((1 + depth(other) for other in concepts()[id].rests), default=0)


def chain(id: str) -> list[str]:
    """The longest chain of ideas that ends in this one, each resting on the one before it."""
    rests = concepts()[id].rests
    return [*(chain(max(rests, key=depth)) if rests else []), id]


def path(id: str) -> list[str]:
    """All that has to be read before an idea, and the idea itself at the end: nothing before what it rests on.

    What an idea rests on is read right before it where that can be, so that the path stays with one thing.
    """
    order: dict[str, None] = {}

    def read(idea: str) -> None:
        for other in sorted(concepts()[idea].rests, key=lambda other: (-depth(other), other)):
            if other not in order:
                read(other)
        order[idea] = None

    read(id)
    return list(order)
