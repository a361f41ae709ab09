"""Texts that tell something once and ask for it later: who is whose friend, what a pet is called, whose, which color, where.

Everything told is told of two people at least, so that an answer must be looked up under the right name; of the more people, the
more there is to learn from each question.
"""
import re
from dataclasses import dataclass

from engine.corpus.cast import Item
from engine.corpus.chance import Menu
from engine.corpus.document import Draft
from engine.corpus.lexicon import table
from engine.corpus.pattern import Pattern
from engine.corpus.teller import Teller
from engine.corpus.world import Being, Place, Thing

KINDS = ("friend", "pet", "owner", "color", "place", "put", "name")
TWO_HOPS = ("petoffriend", "carried")
FILLERS = Menu((0, 1, 2, 3, 5, 8, 12, 16), (3, 3, 3, 2, 2, 2, 2, 2))
INTRODUCED = 0.5                    # of the texts about two people say first who they are
PEOPLE = Menu((2, 3, 4, 5), (4, 4, 3, 1))       # of whom the shortest texts tell
ALIKE = 0.5                         # of the texts tell, ask and answer all of a kind in the same words: then only who and what differ
CROWD = Menu((2, 3, 4, 5), (4, 5, 3, 1))        # of whom a text tells that tells all of it again
BARE = re.compile(r"{[^}]*!")       # a pattern that begins with its answer


@dataclass(frozen=True)
class Said:
    """Something told and something to be asked: its kind, the roles of its patterns, and what the answer is."""
    kind: str
    roles: dict
    answer: str


class Recall:
    """A text of this kind being written: its people, what is told of them, what is asked."""

    def __init__(self, teller: Teller, people: int = 2, alike: bool = False, led: bool = False):
        self.teller, self.chance, self.cast = teller, teller.chance, teller.cast
        self.bank = lambda key: teller.book.bank("recall", key)
        self.forms: dict[str, Pattern] | None = {} if alike else None
        self.led = led                  # a reply leads up to its answer ("It is Tom."), so that what comes next can be nothing else
        self.people = [self.cast.person("hero") for _ in range(people)]
        for being in self.people:
            being.label.known = True

    def pair(self, kind: str) -> list[Said]:
        """The same kind of thing about each of the people, each with an answer of its own."""
        lexicon, chance, cast, people = self.teller.lexicon, self.chance, self.cast, self.people
        if kind == "friend":
            return [Said(kind, {"A": who, "F": friend}, friend.label.name) for who in people for friend in [self._friend(who)]]
        if kind == "pet":
            same = cast.noun(lexicon.kinds["pet"]) if chance.flip(0.5) else None
            return [Said(kind, {"A": who, "X": Thing("pet", Item(noun, known=True)), "Z": Named(name)}, name)
                    for who in people for noun in [same or cast.noun(lexicon.kinds["pet"])] for name in [cast.pet_name()]]
        if kind == "name":
            return [Said(kind, {"J": Thing("job", Item(noun, known=True)), "Z": Named(name)}, name)
                    for _ in people for noun in [cast.noun(lexicon.kinds["job"])] for name in [cast.name(noun.feminine)]]
        if kind == "owner":
            return [Said(kind, {"A": who, "X": Thing("thing", Item(self._thing(), known=True))}, who.label.name) for who in people]
        if kind == "color":
            same, colors = self._thing(), chance.several(lexicon.classes["color"].options, len(people))
            return [Said(kind, {"A": who, "C": color, "X": Thing("thing", Item(same if chance.flip() else self._thing(), hue=color, known=True))}, color.word)
                    for who, color in zip(people, colors, strict=True)]
        places = [self._place() for _ in people]
        if kind == "place":
            return [Said(kind, {"A": who, "P": place}, place.label.noun.word) for who, place in zip(people, places, strict=True)]
        same = self._thing()
        return [Said(kind, {"A": who, "P": place, "X": Thing("thing", Item(same, known=True))}, place.label.noun.word)
                for who, place in zip(people, places, strict=True)]

    def hops(self, kind: str) -> tuple[list[Said], list[Said]]:
        """What is told, in two steps a person, and what can be asked only by joining both."""
        if kind == "petoffriend":
            friends = self.pair("friend")
            noun = self.cast.noun(self.teller.lexicon.kinds["pet"])
            told, asked = list(friends), []
            for friend in friends:
                name = self.cast.pet_name()
                roles = {"X": Thing("pet", Item(noun, known=True)), "Z": Named(name)}
                told.append(Said("pet", {"A": friend.roles["F"], **roles}, name))
                asked.append(Said(kind, {"A": friend.roles["A"], "F": friend.roles["F"], **roles}, name))
            return told, asked
        told, asked = self.pair("place"), []
        for there in tuple(told):
            thing = Thing("thing", Item(self._thing(), known=True))
            told.append(Said("carried", {"A": there.roles["A"], "X": thing}, there.answer))
            asked.append(Said(kind, {"X": thing, "P": there.roles["P"]}, there.answer))
        return told, asked

    def _friend(self, who: Being) -> Being:
        friend = self.cast.person("friend")
        friend.label.known = True
        return friend

    def _thing(self):
        while (noun := self.cast.noun(self.teller.lexicon.kinds["thing"])).mass or noun.many:
            pass
        return noun

    def _place(self) -> Place:
        while (noun := self.cast.noun(self.teller.lexicon.kinds["place"])).id == "home" or noun.mass:
            pass
        return Place("place", Item(noun, known=True))

    def say(self, said: Said) -> str:
        return self._told(f"{said.kind}_say", said)

    def question(self, said: Said) -> tuple[str, str]:
        """A question and its reply, in which the answer is marked."""
        return self._told(f"{said.kind}_ask", said), self._told(f"{said.kind}_reply", said, self.led)

    def _told(self, key: str, said: Said, led: bool = False) -> str:
        self.teller.roles = said.roles
        bank = self.bank(key)
        if led:
            bank = bank._replace(patterns=tuple(pattern for pattern in bank.patterns if not BARE.match(pattern.source)))
        if self.forms is None:
            return self.teller.say(bank)
        if key not in self.forms:
            self.forms[key] = self.teller.choose(bank)
        return self.teller.fill(self.forms[key])

    def filler(self) -> str:
        """A sentence about something else."""
        self.teller.roles = {}
        return self.teller.say(self.teller.book.bank("clauses", "sentence"))

    def intro(self) -> str:
        self.teller.roles = dict(zip("AB", self.people, strict=True))
        return self.teller.say(self.bank("intro"))


class Named:
    """Somebody of whom the text gives the name only."""

    def __init__(self, name: str):
        self.label = self
        self.name = name
        self.known, self.speaker, self.part, self.animal, self.female, self.noun = True, "", "", False, False, None


def recall(teller: Teller) -> Draft:
    """A text with two to eight things told, sentences about something else between, and questions at the end."""
    chance = teller.chance
    text = Recall(teller, alike=chance.flip(ALIKE))
    if chance.flip(0.25):
        told, asked = text.hops(chance.pick(TWO_HOPS))
    else:
        told = [said for kind in chance.several(KINDS, chance.pick((1, 1, 2, 3))) for said in text.pair(kind)]
        asked = list(told)
    return write(text, told, asked, chance.draw(FILLERS), min(len(asked), chance.pick((1, 1, 2, 3, 4))))


def lookup(teller: Teller) -> Draft:
    """The shortest text of this kind: one thing told of each of some people, and asked at once."""
    chance = teller.chance
    text = Recall(teller, chance.draw(PEOPLE), chance.flip(ALIKE))
    told = text.pair(chance.pick(KINDS))
    return write(text, told, list(told), 0, chance.number(1, len(told)))


def retold(teller: Teller) -> Draft:
    """One thing told of each of many people, and then again in another order, mostly in the same words: to look up who, and nothing else."""
    chance = teller.chance
    text = Recall(teller, chance.draw(CROWD), chance.flip(0.8))
    told = text.pair(chance.pick(KINDS))
    apart = chance.flip()
    for once_more in range(chance.pick((2, 2, 3))):
        if once_more and apart:
            teller.line()
        for said in chance.several(told, len(told)):
            teller.put(text.say(said))
    return teller.draft()


def write(text: Recall, told: list[Said], asked: list[Said], fillers: int, questions: int) -> Draft:
    """The document: what is told in any order, fillers before, between and after it, then the questions."""
    teller, chance = text.teller, text.chance
    told = chance.several(told, len(told))
    if len(text.people) == 2 and chance.flip(INTRODUCED):
        teller.put(text.intro())
    between = 0 if chance.flip(0.6) else min(fillers, len(told) - 1)
    for i, said in enumerate(told):
        teller.put(text.say(said))
        if between and i < len(told) - 1 and chance.flip(0.5):
            teller.put(text.filler())
    for _ in range(fillers - between):
        teller.put(text.filler())
    ask(text, chance.several(asked, questions))
    return teller.draft()


def ask(text: Recall, asked: list[Said]) -> None:
    """The questions with their answers, all in one form."""
    teller = text.teller
    frame = teller.typed(teller.chance.pick(table(teller.language, "recall")["frame"]))
    for said in asked:
        question, reply = text.question(said)
        filled = frame.replace("{Q}", teller.sentence(question)).replace("{R}", teller.sentence(reply))
        teller.line().raw(filled + "\n")
