"""Who tells a document: fills the slots of its patterns with words, beings and things, and makes clauses of its own. Languages build on it."""
import math
from collections.abc import Callable
from functools import cache

from engine.corpus.cast import Item, Who
from engine.corpus.chance import Menu
from engine.corpus.lexicon import Adjective, refuse, table
from engine.corpus.pattern import Bank, Pattern, Slot, fill
from engine.corpus.telling import Telling
from engine.corpus.verbs import verbs_of
from engine.corpus.world import Being

TOPIC = "T"
PLURALS = frozenset(("pl", "thepl", "some", "two"))


class Teller(Telling):
    """A document being told in one language, and what each slot of a pattern says."""

    # --- slots --------------------------------------------------------------------------------------------------------

    @classmethod
    def speaker(cls, form: str, what: str) -> Callable | None:
        """The method that says a slot, or None where there is no such slot."""
        if "." in what:
            role, _, attribute = what.partition(".")
            if role == TOPIC:
                return cls.say_topic
            return cls.say_being if hasattr(cls, "being_" + attribute) else None
        if form in ("adj", "adv"):
            known = cls.lexicon.classes if form == "adj" else cls.lexicon.adverbs
            return (cls.say_adjective if form == "adj" else cls.say_adverb) if what in known else None
        if form and not hasattr(cls, "noun_" + form):
            return None
        if len(what) == 1 and what.isupper():
            return cls.say_role if form else cls.say_subject if what == "S" else cls.say_mention
        if not form and hasattr(cls, "word_" + what):
            return _word(what)
        if len(what) == 1 or what in cls.lexicon.kinds:
            return cls.say_noun
        return None

    def say_topic(self, slot: Slot) -> str:
        """A topic's words in the form that the slot asks for."""
        key = (*self.roles[TOPIC], slot.what[2:])
        if key not in self.topics:                      # said once, it is said so again
            self.topics[key] = self.chance.pick(_topic(type(self), *key).patterns)
        return self._inside(self.topics[key])

    def _inside(self, pattern: Pattern) -> str:
        out: list[str] = []
        fill(pattern.pieces, self, out)
        return "".join(out)

    def say_being(self, slot: Slot) -> str:
        role, _, attribute = slot.what.partition(".")
        found = self.new_subject(SPOKEN_OF) if role == "S" else self.roles[role]
        return getattr(self, "being_" + attribute)(found)

    @staticmethod
    def being_word(adjective: Adjective) -> str:
        return adjective.word

    def say_role(self, slot: Slot) -> str:
        item = self.roles[slot.what].label
        text = getattr(self, "noun_" + slot.form)(item, slot.plus or not item.known)
        item.known = True
        return text

    def say_mention(self, slot: Slot) -> str:
        """A role without a form: the subject if it is somebody, else the thing as it is known by now."""
        found = self.roles[slot.what]
        if isinstance(found, Being):
            text = self.mention(found)
            self.subject = self.voice = found
            return text
        item = found.label
        text = self.noun_the(item, not self._plain(item)) if item.known else self.noun_a(item, True)
        item.known = True
        return text

    def _plain(self, item: Item) -> bool:
        return not self.chance.flip(0.15)

    def say_subject(self, slot: Slot) -> str:
        """A subject of the clause grammar: somebody or something that was not there before."""
        being = self.new_subject()
        self.subject = self.voice = being
        return self.mention(being)

    def say_noun(self, slot: Slot) -> str:
        if len(slot.what) == 1:
            item = self.labels[slot.what]
        else:
            noun = self.chance.draw(self.lexicon.kinds[slot.what])
            for _ in range(3):
                if noun not in self.cast.nouns:
                    break
                noun = self.chance.draw(self.lexicon.kinds[slot.what])
            self.cast.nouns.add(noun)
            item = self.cast.item(noun, 0.8, 0.45) if slot.plus else Item(noun)
            item.plural = slot.form in PLURALS and not noun.mass or noun.many
            if slot.label:
                self.labels[slot.label] = item
        return getattr(self, "noun_" + slot.form)(item, slot.plus) if slot.form else self.noun_bare(item, slot.plus)

    def say_adjective(self, slot: Slot) -> str:
        return self.agreeing(self.chance.draw(self.lexicon.classes[slot.what]), slot.other)

    def say_adverb(self, slot: Slot) -> str:
        return self.chance.pick(self.lexicon.adverbs[slot.what])

    def agreeing(self, adjective: Adjective, other: str | None) -> str:
        raise NotImplementedError

    def noun_bare(self, item: Item, plus: bool) -> str:
        raise NotImplementedError

    # --- lists --------------------------------------------------------------------------------------------------------

    def closed(self, key: str) -> str:
        """One word of a closed class."""
        return self.chance.pick(table(self.language, "closed")[key])

    def word_color(self) -> str:
        return self.chance.draw(self.lexicon.classes["color"]).word

    def word_number(self) -> str:
        return self.chance.pick(table(self.language, "closed")["numbers"][1:20])

    def word_weekday(self) -> str:
        return self.closed("days")

    def word_month(self) -> str:
        return self.closed("months")

    def word_season(self) -> str:
        return self.closed("seasons")

    def word_time_of_day(self) -> str:
        return self.chance.pick(self.times_of_day)

    # --- the clause grammar -----------------------------------------------------------------------------------------

    def phrase(self, form: str) -> str:
        """A verb phrase for the subject of this pattern, or, where it has none, one that names nobody's own."""
        noun = self.voice.label.noun if self.voice else None
        menus = verbs_of(type(self))
        talks = noun is None or self.cast.animals and self.voice.part in ("hero", "friend")         # in a fable animals do what people do
        entries = menus["people"] if talks else menus.get(noun.id) or menus[noun.kind]
        while True:
            entry = self.chance.draw(entries)
            complements = entry.complements if self.voice else entry.neutral
            if complements is not None and not (entry.stative and form == "doing") and (self.voice or self.lasting(entry.verb)):
                break
        pattern = self.chance.draw(complements)
        out = [self.inflected(entry.verb, form)]
        if pattern.pieces:
            out.append(" ")
            fill(pattern.pieces, self, out)
        return "".join(out)

    def word_do(self) -> str:
        return self.phrase("do")

    def word_did(self) -> str:
        return self.phrase("did")

    def word_does(self) -> str:
        return self.phrase("does")

    def word_doing(self) -> str:
        return self.phrase("doing")

    def word_clause(self) -> str:
        """An independent clause of its own, with a subject of its own."""
        return self._inside(self.choose(self.book.bank("clauses", "clause"), repeat=True))

    def new_subject(self, subjects: Menu | None = None) -> Being:
        """Somebody for a clause: a person by name or noun, one of the family, an animal, now and then I or we, or a thing."""
        hero = self.roles.get("A")
        third = isinstance(hero, Being) and not hero.label.speaker      # in a story about somebody, "I" would be nobody
        how = self.chance.draw(subjects or (OTHERS if third else SUBJECTS))
        lexicon, chance = self.lexicon, self.chance
        if how == "name":
            return self.cast.person("hero")
        if how == "family":
            being = self.cast.relative()
            being.label.of = self.cast.hero or self.me
            return being
        if how in ("1s", "1p", "3p"):
            return Being("hero", False, Who("", lexicon.nouns["child"], speaker=how))
        noun = chance.draw(lexicon.kinds[how])
        able = verbs_of(type(self))
        while noun.many or noun.mass and how not in ("sky", "weather") or noun.id not in able and how not in able:
            noun = chance.draw(lexicon.kinds[how])
        look = chance.draw(noun.looks) if noun.looks and chance.flip(0.25) else None
        part = "animal" if how not in ("people", "job", "royal", "fantasy") else "known"
        return Being(part, self.cast.is_female(noun) if part == "known" else noun.feminine, Who("", noun, look, known=how in ("sky", "weather") or chance.flip(0.75)))

    @property
    def me(self) -> Being:
        """Whoever says "my" in a text without a teller of its own."""
        return Being("hero", False, Who("", self.lexicon.nouns["child"], speaker="1s"))


SUBJECTS = Menu(("name", "family", "people", "job", "royal", "fantasy", "pet", "farm", "wild", "bird", "sea", "bug", "1s", "1p", "3p", "sky", "weather", "vehicle", "plant"),
                (9, 6, 4, 3, 1, 1, 3, 1, 1.4, 1, 0.4, 0.4, 6, 3, 2, 0.6, 0.6, 0.6, 0.5))
OTHERS = Menu(*zip(*((how, math.exp(-nats)) for how, nats in zip(SUBJECTS.options, SUBJECTS.nats, strict=True) if how not in ("1s", "1p", "3p")), strict=True))
SPOKEN_OF = Menu(("name", "family", "people", "job"), (9, 5, 2, 2))


@cache
def _word(what: str) -> Callable:
    name = "word_" + what
    return lambda teller, slot: getattr(teller, name)()


@cache
def _topic(teller: type[Teller], table_name: str, topic: str, form: str) -> Bank:
    rows = table(teller.language, "topics")
    where = (f"{teller.language}/topics", f"{table_name}.{topic}")
    try:
        given = rows[table_name][topic][form]
    except KeyError as error:
        raise refuse(*where, f"there is no {form}") from error
    return teller.book.made([given] if isinstance(given, str) else given, ":".join(where), where, "topics")
