"""Who and what texts are about: people, animals, things and places drawn from the lexicon, for the simulator and for every genre."""
from dataclasses import dataclass
from functools import cache

from engine.corpus.chance import Chance, Menu
from engine.corpus.lexicon import Adjective, Lexicon, Noun, lexicon, table
from engine.corpus.world import Being, Place, Thing

FRIENDS, KIN = ("boy", "girl"), "family"
FEMALE_KIN = frozenset(("mother", "grandmother", "sister", "aunt", "daughter", "niece", "mom", "grandma", "wife", "granddaughter"))
MALE_KIN = frozenset(("father", "grandfather", "brother", "uncle", "son", "nephew", "dad", "grandpa", "husband", "grandson"))
NOT_KIN = frozenset(("niece", "nephew", "parents", "grandparents", "family", "twin", "son", "daughter", "husband", "wife", "grandson", "granddaughter", "siblings", "baby"))
SORTS = {"toy": ("toy",), "clothing": ("clothing",), "treasure": ("treasure",), "tool": ("tool",), "food": ("snack", "staple"),
         "fruit": ("fruit", "vegetable"), "dish": ("dish",), "book": ("reading",), "present": ("toy", "treasure"), "seed": ("seed",)}
PLACES = {"outdoors": ("outdoors",), "indoors": ("building", "room"), "wild": ("nature",), "water": ("water",), "shop": ("shop",)}
FRAGILE = ("cup", "plate", "glass", "bowl", "vase", "jar", "mirror", "clock", "lamp", "bottle", "teapot", "jug", "plane", "boat", "robot", "puppet")
NOT_EATEN_ALONE = frozenset(("salt", "oil", "flour", "sugar", "cream", "garlic", "onion", "pepper"))     # nobody shares these with a friend
THIEVES = ("pet", "bird", "wild")
SYLLABLES = ("ba", "be", "bo", "da", "do", "fa", "ga", "ja", "ka", "ki", "la", "li", "lo", "ma", "mi", "mo", "na", "ni", "no", "pa", "pi", "ra", "ri", "ro", "sa", "ta",
             "ti", "to", "va", "vi", "zo", "zu", "bren", "dor", "fen", "gol", "jun", "kel", "lum", "mer", "nor", "pel", "ros", "sil", "tor", "wen", "zel", "tru", "kra", "plo")
INVENTED = 0.15                     # of people bear a name that nobody has heard before
NAMES, PETS = 0.5, 0.9              # Zipf's exponents: the first names of a list are the most common


@dataclass(eq=False, slots=True)
class Item:
    """A noun in use: what it looks like in this text, and whether it has been spoken of."""
    noun: Noun
    look: Adjective | None = None
    hue: Adjective | None = None
    known: bool = False
    plural: bool = False            # spoken of as several: the dogs


@dataclass(eq=False, slots=True)
class Who:
    """A being's words: its name if it has one, the noun for it, a look, and whether it has been spoken of."""
    name: str
    noun: Noun
    look: Adjective | None = None
    known: bool = False
    speaker: str = ""               # "1s" for I, "1p" for we, "3p" for they
    of: Being | None = None         # whose friend or mother


def invented(chance: Chance, syllables: int | None = None) -> str:
    """A name that is in no lexicon: Trulo, Brenki, Zelmi."""
    count = syllables or chance.pick((2, 2, 3))
    return "".join(chance.pick(SYLLABLES) for _ in range(count)).capitalize()


class Cast:
    """Draws beings, things and places, no noun and no name twice in one text; `Words` of the simulator."""

    def __init__(self, chance: Chance, lexicon: Lexicon, animals: bool = False, goal: str = ""):
        self.chance, self.lexicon, self.animals, self.goal = chance, lexicon, animals, goal
        self.hero: Being | None = None
        self.names: set[str] = set()
        self.invented = INVENTED
        self.nouns: set[Noun] = set()

    def name(self, female: bool) -> str:
        """A first name that nobody in this text has yet."""
        rows = table("names")[self.lexicon.language]["girls" if female else "boys"]
        while True:
            name = invented(self.chance) if self.chance.flip(self.invented) else self.chance.draw(_names(tuple(rows), NAMES))
            if name not in self.names:
                self.names.add(name)
                return name

    def pet_name(self) -> str:
        rows = table("names")["pets"][self.lexicon.language]
        menu = _names(tuple(rows), PETS)
        while (name := invented(self.chance) if self.chance.flip(self.invented) else self.chance.draw(menu)) in self.names:
            pass
        self.names.add(name)
        return name

    def noun(self, menu: Menu) -> Noun:
        """A noun of the menu that this text has not used, unless it has used nearly all."""
        for _ in range(6):
            noun = self.chance.draw(menu)
            if noun not in self.nouns:
                break
        self.nouns.add(noun)
        return noun

    def item(self, noun: Noun, looks: float = 0.45, hues: float = 0.35) -> Item:
        """The noun with, perhaps, a look or a color."""
        hue = self.chance.draw(noun.hues) if noun.hues and self.chance.flip(hues) else None
        look = self.chance.draw(noun.looks) if noun.looks and self.chance.flip(looks if hue is None else 0.2) else None
        return Item(noun, look, hue)

    def person(self, part: str, female: bool | None = None) -> Being:
        """A named boy or girl."""
        female = self.chance.flip() if female is None else female
        return Being(part, female, Who(self.name(female), self.lexicon.nouns["girl" if female else "boy"]))

    def being(self, part: str, taken: list[Being]) -> Being:
        if part in ("hero", "friend"):
            made = self._animal(part, self.lexicon.kinds["beast"], named=0.5) if self.animals else self.person(part)
        elif part == "kin":
            made = self.relative()
        elif part == "stranger":
            made = self.stranger()
        else:
            made = self._animal(part, self.lexicon.kinds["beast" if self.goal != "mystery" else self.chance.pick(THIEVES)])
        if part == "hero":
            self.hero = made
        made.label.of = None if made is self.hero else self.hero
        return made

    def relative(self) -> Being:
        """Somebody of the family, by what they are: the mother, the grandfather."""
        while (noun := self.noun(self.lexicon.kinds[KIN])).id in NOT_KIN or noun.many or noun.mass:
            pass
        female = noun.id in FEMALE_KIN or noun.id not in MALE_KIN and self.is_female(noun)
        return Being("kin", female, Who("", noun))

    def stranger(self) -> Being:
        """A baker, an old fisherman."""
        noun = self.noun(self.lexicon.kinds["job"])
        look = self.chance.draw(self.lexicon.classes["age"]) if self.chance.flip(0.25) else None
        if look is None and self.chance.flip(0.3):
            look = self.chance.draw(self.lexicon.classes["trait"])
        return Being("stranger", self.is_female(noun), Who("", noun, look))

    def is_female(self, noun: Noun) -> bool:
        """A person's gender: the noun's own in Spanish, and in English where the noun says it."""
        if self.lexicon.language == "es":
            return noun.feminine
        if noun.id in ("king", "prince", "knight", "fisherman", "wizard", "man", "boy", "grandfather", "father"):
            return False
        return noun.id in ("queen", "princess", "witch", "woman", "girl", "nurse", "grandmother", "mother") or self.chance.flip()

    def _animal(self, part: str, menu: Menu, named: float = 0.0) -> Being:
        noun = self.noun(menu)
        look = self.chance.draw(noun.looks) if noun.looks and self.chance.flip(0.5) else None
        female = noun.feminine if self.lexicon.language == "es" else self.chance.flip()
        name = self.pet_name() if named and self.chance.flip(named) else ""
        return Being(part, female, Who(name, noun, look))

    def thing(self, sort: str, taken: list[Thing]) -> Thing:
        kinds = SORTS[sort]
        if self.goal in ("broken", "truth") and sort in ("toy", "tool", "treasure", "dish"):
            noun = self.noun(_fragile(self.lexicon.language))
        else:
            while (noun := self.noun(self.lexicon.kinds[kinds[0] if len(kinds) == 1 else self.chance.pick(kinds)])).id in NOT_EATEN_ALONE or noun.many:
                pass
        item = self.item(noun)
        return Thing(sort, item, item.hue.id if item.hue else None)

    def place(self, sort: str, taken: list[Place]) -> Place:
        if sort == "home":
            return Place(sort, Item(self.lexicon.nouns["home"], known=True))
        kinds = PLACES[sort]
        while (noun := self.noun(self.lexicon.kinds[kinds[0] if len(kinds) == 1 else self.chance.pick(kinds)])).id == "home":
            pass
        return Place(sort, Item(noun))


@cache
def _names(rows: tuple[str, ...], exponent: float) -> Menu:
    return Menu.zipf(rows, exponent)


@cache
def _fragile(language: str) -> Menu:
    """Things that can break."""
    nouns = lexicon(language).nouns
    return Menu([nouns[id_] for id_ in FRAGILE if id_ in nouns])
