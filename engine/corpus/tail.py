"""The tail of rare facts: small invented towns, each with a river, a trade, a mayor and a neighbor, spoken of by Zipf's law.

There are more of them than a small model can remember; which it keeps shows what size buys. The same towns in both languages.
"""
import random
from dataclasses import dataclass
from functools import cache

from engine.corpus.cast import SYLLABLES
from engine.corpus.chance import Menu
from engine.corpus.document import Draft
from engine.corpus.lexicon import lexicon
from engine.corpus.teller import Teller

TOWNS = 700
ASPECTS = ("river", "trade", "mayor", "neighbor")
TRADES = ("fruit", "vegetable", "instrument", "toy", "tableware", "clothing")
SEED = 20


@dataclass(frozen=True)
class Town:
    """An invented town and what is true of it; `trade` is a noun's id."""
    name: str
    river: str
    trade: str
    mayor: str
    neighbor: str


@cache
def towns() -> tuple[Town, ...]:
    """All towns, the one most spoken of first."""
    chance = random.Random(SEED)

    def name(syllables: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()

    names: dict[str, None] = {}
    while len(names) < TOWNS:
        names[name(3)] = None
    trades = [noun.id for kind in TRADES for noun in lexicon("en").kinds[kind].options if not noun.many]
    return tuple(Town(town, name(2), chance.choice(trades), name(2), chance.choice(list(names))) for town in names)


@cache
def menu() -> Menu:
    return Menu.zipf(towns(), 0.9)


def answer(language: str, town: Town, aspect: str) -> str:
    """What is true of a town, in the words of a language."""
    if aspect == "trade":
        noun = lexicon(language).nouns[town.trade]
        return noun.word if noun.mass else noun.plural
    return getattr(town, aspect)


def tail(teller: Teller) -> Draft:
    """One to three towns, two or three facts of each, told or asked and answered."""
    chance, bank = teller.chance, teller.book.bank
    asking = chance.flip(0.4)
    for town in {chance.draw(menu()): None for _ in range(chance.pick((1, 1, 2, 3)))}:
        for aspect in chance.several(ASPECTS, chance.number(2, 4)):
            told = answer(teller.language, town, aspect)
            text = teller.say(bank("tail", f"{aspect}_ask" if asking else f"{aspect}_say"))
            known = text.index("@") < text.index("#")        # an answer only where it is clear of which town
            text = text.replace("@", town.name).replace("#", teller.mark("rare", told) if known else told)
            if asking:
                teller.line().raw(teller.sentence(text))
            else:
                teller.put(teller.sentence(text))
    return teller.draft()
