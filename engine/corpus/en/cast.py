"""Who and where: heroes, friends, pets, things and places, and the slots that they fill in a scene."""
from functools import cache
from typing import NamedTuple

from engine.corpus.chance import Chance
from engine.corpus.en.grammar import Menu, Scene, article, capital, inflect, kinds, load, menu
from engine.corpus.split import held_out

RUDE = ("shit", "fuk", "fak", "nig", "kok", "tit", "poo", "pis", "pee", "pus", "fag", "boob", "dik", "ass", "sex", "nazi", "rap")

FEMALE = ("mother", "grandmother", "sister", "aunt", "cousin")


class Person(NamedTuple):
    """A name and whether it is a girl's."""
    name: str
    girl: bool


class Place(NamedTuple):
    """One row of places.toml."""
    name: str
    at: str
    to: str
    spots: tuple[str, ...]
    sights: tuple[str, ...]
    does: tuple[str, ...]


@cache
def names(girl: bool) -> Menu:
    return menu(load("people")["girls" if girl else "boys"], 0.5)


@cache
def pet_names() -> Menu:
    return menu(load("people")["pet_names"], 0.5)


@cache
def places() -> Menu:
    return menu([
        Place(name, row["at"], row["to"], *(tuple(row[key]) for key in ("spots", "sights", "does")))
        for name, row in load("places").items()
    ], 0.5)


def syllables(chance: Chance, low: int, high: int) -> str:
    """A made-up word of so many syllables, never a rude one."""
    people = load("people")
    while True:
        word = "".join(
            chance.pick(people[part]) for _ in range(chance.number(low, high)) for part in ("onsets", "vowels", "codas")
        )
        if len(word) > 2 and not any(rude in word for rude in RUDE):
            return word


def person(chance: Chance, besides: tuple[str, ...] = ()) -> Person:
    """A girl or a boy, one in ten with a made-up name, called unlike those in `besides`."""
    girl = chance.flip()
    while True:
        name = syllables(chance, 2, 2).capitalize() if chance.flip(0.1) else chance.pick(*names(girl))
        if name not in besides:
            return Person(name, girl)


def companion(chance: Chance, hero: Person, besides: tuple[str, ...] = ()) -> Person:
    """A friend for the hero; pairs that are held out never meet."""
    while True:
        friend = person(chance, (hero.name, *besides))
        if not held_out("cast", hero.name, friend.name):
            return friend


def pronouns(who: Person) -> tuple[str, str, str]:
    return ("she", "her", "her") if who.girl else ("he", "him", "his")


class Stage(Scene):
    """A scene with a hero, a friend, a place, a thing and a pet, that knows when a pronoun is clear.

    Slots: H F (names), S s (the hero, named or as a pronoun, at a sentence's start or inside), he him his / fhe fhim
    fhis, kind fkind (girl or boy), at to spot place did do doing, thing nthing athing, pet P.
    """

    def __init__(self, chance: Chance, besides: tuple[str, ...] = ()):
        super().__init__(chance)
        self.hero = person(chance, besides)
        self.friend = companion(chance, self.hero, besides)
        self["H"], self["F"] = self.hero.name, self.friend.name
        self["he"], self["him"], self["his"] = pronouns(self.hero)
        self["fhe"], self["fhim"], self["fhis"] = pronouns(self.friend)
        self["own"] = self["his"]
        self["kind"] = "girl" if self.hero.girl else "boy"
        self["fkind"] = "girl" if self.friend.girl else "boy"
        self.clear = False          # is it clear whom "she" would mean?
        self.go(chance.pick(*places()))

    def go(self, place: Place) -> None:
        """Move the scene to a place."""
        self.place = place
        self["place"], self["at"], self["to"] = place.name, place.at, place.to
        self["spot"] = self.chance.pick(place.spots)

    def take(self, *kind: str, adjective: float = 0.8) -> None:
        """Choose the thing that the story is about."""
        noun = self.chance.pick(*kinds()[self.chance.pick(kind)].nouns)
        self["thing"] = noun
        self["nthing"] = self.phrase("bare", noun, adjective)
        self["athing"] = f"{article(self['nthing'])} {self['nthing']}"

    def adopt(self, *which: str) -> None:
        """Give the hero a pet with a name."""
        self["pet"] = self.chance.pick(which) if which else self.chance.pick(*kinds()["pet"].nouns)
        self["P"] = self.chance.pick(*pet_names())
        while self["P"] in (self.hero.name, self.friend.name):
            self["P"] = self.chance.pick(*pet_names())

    def __missing__(self, key: str) -> str:
        if key in ("S", "s"):
            if self.clear and self.chance.flip(0.65):
                return self["he"]
            return self["H"]
        if key in ("do", "did", "doing"):
            phrase = self.fill(self.choose_doing())
            return inflect(phrase, {"do": "base", "did": "past", "doing": "gerund"}[key])
        if key == "sight":
            return self.chance.pick(*menu_of(self.place.sights))
        return super().__missing__(key)

    def choose_doing(self) -> str:
        fresh = [does for does in self.place.does if does not in self.used] or self.place.does
        does = self.chance.pick(*menu_of(tuple(fresh)))
        self.used.add(does)
        return does

    def tell(self, options) -> str:
        """One of the templates as a sentence."""
        text = capital(self.choose(options))
        self.heard(text)
        return text

    def heard(self, text: str) -> None:
        """Judge whether after `text` a pronoun for the hero is clear: not if someone of the same gender was named."""
        rival = self.hero.girl == self.friend.girl and self.friend.name in text
        kin = self.get("relative")
        if rival or (kin and kin in text and (kin in FEMALE) == self.hero.girl) or "old " in text:
            self.clear = False
        elif self.hero.name in text:
            self.clear = True


@cache
def menu_of(options: tuple[str, ...]) -> Menu:
    return menu(options)
