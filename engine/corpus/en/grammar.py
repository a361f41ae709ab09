"""English: articles, plurals, verb forms, pronouns, and who is called what when; it knows no story."""
import re
from functools import cache

from engine.corpus.cast import Item, Who
from engine.corpus.lexicon import Adjective, lexicon, table
from engine.corpus.pattern import Book
from engine.corpus.teller import Teller
from engine.corpus.world import Being

PRONOUNS = {"1s": ("I", "me", "my", "myself"), "1p": ("we", "us", "our", "ourselves"), "3p": ("they", "them", "their", "themselves"),
            "f": ("she", "her", "her", "herself"), "m": ("he", "him", "his", "himself"), "it": ("it", "it", "its", "itself")}
NUMBERS = ("two", "three", "four", "five", "six", "seven", "ten", "twelve")
BE = {"past": {"1s": "was", "3s": "was", "1p": "were", "3p": "were"}, "present": {"1s": "am", "3s": "is", "1p": "are", "3p": "are"}}
ARTICLE = re.compile(r"\b([Aa]) (?=(?:[\ue000][^\ue001]*\ue001)?[aeiouAEIOU]|(?:[\ue000][^\ue001]*\ue001)?(?:honest|hour))(?!use|uni|one\b|euro)")
ARTICLE_MISSING = re.compile(r"\b([Aa])n (?=(?:[\ue000][^\ue001]*\ue001)?(?:[bcdfgjklmnpqrstvwxyzBCDFGJKLMNPQRSTVWXYZ]|h(?!our|onest)))")
START = re.compile(r"(?:[.!?] \"?|\n\"?|\n- )[a-z]")
SPACES = re.compile(r" {2,}| +(?=[,.!?;:\n])|(?<=\n) +")


def article(word: str) -> str:
    """a or an, by the sound `word` begins with."""
    if word.startswith(("hour", "honest")):
        return "an"
    if word.startswith(("use", "uni", "one", "euro")):
        return "a"
    return "an" if word[0].lower() in "aeiou" else "a"


@cache
def _forms(verb: str) -> tuple[str, str, str]:
    """Past, participle and gerund."""
    for row_id, row in table("en", "verbs").items():
        if row.get("verb", row_id.replace("_", " ")) == verb and ("forms" in row or "double" in row or "gerund" in row):
            break
    else:
        row = {}
    doubled = verb + verb[-1] if row.get("double") else verb
    if row.get("double"):
        regular = doubled + "ed"
    elif verb.endswith("e"):
        regular = verb + "d"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        regular = verb[:-1] + "ied"
    else:
        regular = verb + "ed"
    gerund = doubled + "ing"
    if not row.get("double"):
        if verb.endswith("ie"):
            gerund = verb[:-2] + "ying"
        elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
            gerund = verb[:-1] + "ing"
    past, participle = row.get("forms", (regular, regular))
    return past, participle, row.get("gerund", gerund)


def _head(verb: str) -> tuple[str, str]:
    """The word of a verb that is inflected, and what follows it: pick, up."""
    head, space, rest = verb.partition(" ")
    return head, space + rest


def past(verb: str) -> str:
    return (_forms(verb)[0] if " " not in verb or _known(verb) else _forms(_head(verb)[0])[0] + _head(verb)[1])


def participle(verb: str) -> str:
    return _forms(_head(verb)[0])[1] + _head(verb)[1]


def gerund(verb: str) -> str:
    return _forms(_head(verb)[0])[2] + _head(verb)[1]


@cache
def _known(verb: str) -> bool:
    return " " in verb and any(row.get("verb", row_id.replace("_", " ")) == verb and "forms" in row for row_id, row in table("en", "verbs").items())


@cache
def third(verb: str) -> str:
    """walks, goes, carries."""
    head, rest = _head(verb)
    if head in ("be", "have"):
        return {"be": "is", "have": "has"}[head] + rest
    if head.endswith(("s", "x", "ch", "sh", "o", "z")):
        return head + "es" + rest
    if head.endswith("y") and head[-2] not in "aeiou":
        return head[:-1] + "ies" + rest
    return head + "s" + rest


class English(Teller):
    """A document told in English."""

    language = "en"
    lexicon = lexicon("en")
    times_of_day = ("morning", "afternoon", "evening", "night")

    @classmethod
    def typed(cls, source: str) -> str:
        return source.replace("“", '"').replace("”", '"').replace("’", "'")

    def tidy(self, text: str) -> str:
        text = SPACES.sub(lambda m: " " if m.group().startswith("  ") and m.end() < len(text) and text[m.end()] not in ",.!?;:\n" else "", text)
        text = ARTICLE.sub(r"\1n ", text)
        text = ARTICLE_MISSING.sub(r"\1 ", text)
        text = START.sub(lambda match: match.group().upper(), text)
        for i, letter in enumerate(text):
            if letter.isalpha():
                return text[:i] + letter.upper() + text[i + 1:] if letter.islower() else text
            if letter not in '"-':
                break
        return text

    # --- nouns --------------------------------------------------------------------------------------------------------

    @staticmethod
    def core(item: Item | Who, looks: bool, plural: bool = False) -> str:
        noun = item.noun
        word = noun.plural if plural and not noun.mass else noun.word
        if not looks:
            return word
        hue = getattr(item, "hue", None)
        return " ".join(filter(None, (item.look and item.look.word, hue and hue.word, word)))

    def noun_bare(self, item, plus):
        return self.core(item, plus)

    def noun_a(self, item, plus):
        core = self.core(item, plus)
        return f"some {core}" if item.noun.mass or item.noun.many else f"{article(core)} {core}"

    def noun_the(self, item, plus):
        return "the " + self.core(item, plus)

    def noun_this(self, item, plus):
        return ("these " if item.noun.many else "this ") + self.core(item, plus)

    def noun_own(self, item, plus):
        return f"{self.word_his()} {self.core(item, plus)}"

    def noun_pl(self, item, plus):
        return self.core(item, plus, plural=True)

    def noun_some(self, item, plus):
        return "some " + self.core(item, plus, plural=True)

    def noun_thepl(self, item, plus):
        return "the " + self.core(item, plus, plural=True)

    def noun_two(self, item, plus):
        if item.noun.mass or item.noun.many:
            return "some " + self.core(item, plus)
        return f"{self.chance.pick(NUMBERS)} {self.core(item, plus, plural=True)}"

    def noun_at(self, item, plus):
        return self._place(item.noun.at, item, plus)

    def noun_to(self, item, plus):
        return "home" if item.noun.id == "home" else self._place("to", item, plus)

    def noun_from(self, item, plus):
        return self._place("from", item, plus)

    noun_de = noun_from

    def _place(self, preposition: str, item, plus: bool) -> str:
        return f"{preposition} {'' if item.noun.bare else 'the '}{self.core(item, plus)}"

    def noun_it(self, item, plus):
        return "them" if item.noun.many else "it"

    # --- people -------------------------------------------------------------------------------------------------------

    @staticmethod
    def key(being: Being) -> str:
        """Which pronouns somebody goes by."""
        who = being.label
        if who.speaker:
            return who.speaker
        if being.animal and not who.name:
            return "it"
        return "f" if being.female else "m"

    def clear(self, being: Being) -> bool:
        """Whether a pronoun can only mean `being`: it has just been spoken of, and nobody else who goes by the same."""
        around = [*self.recent, *self.current]
        key = self.key(being)
        return being in around and not any(other is not being and self.key(other) == key for other in around)

    def named(self, being: Being) -> str:
        """By name, or by what somebody is; at the first mention also whose friend."""
        who = being.label
        if being not in self.current:
            self.current.append(being)
        if who.speaker:
            return PRONOUNS[who.speaker][0]
        first, who.known = not who.known, True
        if being.part == "kin":
            return f"{self.whose(who.of)} {who.noun.word}" if who.of else f"the {who.noun.word}"
        if who.name:
            if first and being.part == "friend" and who.of is not None:
                kind = "" if who.noun.id in ("boy", "girl") else f" the {who.noun.word}"
                return f"{self.whose(who.of)} friend {who.name}{kind}"
            return who.name
        core = self.core(who, first)
        return f"{article(core)} {core}" if first and being.part in ("stranger", "animal") else f"the {core}"

    def whose(self, owner: Being) -> str:
        if owner.label.speaker:
            return PRONOUNS[owner.label.speaker][2]
        if owner in self.current or owner in self.recent:
            return PRONOUNS[self.key(owner)][2]
        return self.being_name(owner) + "'s"

    def mention(self, being: Being) -> str:
        if being.label.speaker or self.clear(being) and (being is self.subject or self.chance.flip(0.3)) and self.chance.flip(0.7):
            if being not in self.current:
                self.current.append(being)
            return PRONOUNS[self.key(being)][0]
        return self.named(being)

    def being_name(self, being: Being) -> str:
        who = being.label
        if being not in self.current:
            self.current.append(being)
        if who.speaker:
            return PRONOUNS[who.speaker][0]
        if who.name:
            who.known = True
            return who.name
        return self.named(being)

    def being_he(self, being: Being) -> str:
        return PRONOUNS[self.key(being)][0]

    def being_him(self, being: Being) -> str:
        if being.label.speaker or self.clear(being) and self.chance.flip(0.6):
            if being not in self.current:
                self.current.append(being)
            return PRONOUNS[self.key(being)][1]
        return self.named(being)

    being_a = being_him

    def being_con(self, being: Being) -> str:
        return "with " + self.being_him(being)

    def being_his(self, being: Being) -> str:
        return PRONOUNS[self.key(being)][2]

    being_hiss = being_his

    def being_self(self, being: Being) -> str:
        return PRONOUNS[self.key(being)][3]

    def being_noun(self, being: Being) -> str:
        return being.label.noun.word

    def being_what(self, being: Being) -> str:
        return "the " + self.core(being.label, False)

    def _me(self) -> str:
        return self.key(self.voice or self.subject or self.me)

    def word_he(self) -> str:
        return PRONOUNS[self._me()][0]

    def word_his(self) -> str:
        return PRONOUNS[self._me()][2]

    word_hiss = word_his

    def word_him(self) -> str:
        return PRONOUNS[self._me()][1]

    def word_self(self) -> str:
        return PRONOUNS[self._me()][3]

    # --- verbs --------------------------------------------------------------------------------------------------------

    def person(self, who: tuple[str, ...] = ()) -> str:
        if len(who) > 1:
            return "3p"
        being = self.roles[who[0]] if who else self.voice
        return (being.label.speaker if being is not None else "") or "3s"

    def verb(self, verb: str, tense: str, who: tuple[str, ...]) -> str:
        person = self.person(who)
        if verb == "be":
            return BE["present" if tense == "!" else "past"][person]
        if tense == "!":
            return third(verb) if person == "3s" else verb
        return past(verb)

    def inflected(self, verb: str, form: str) -> str:
        if form == "did":
            return past(verb)
        if form == "doing":
            return gerund(verb)
        if form == "does" and self.voice is not None and self.person() == "3s":
            return third(verb)
        return verb

    def agreeing(self, adjective: Adjective, other: str | None) -> str:
        return adjective.word


English.book = Book(English)
VERB_FORMS = {"past": past, "participle": participle, "gerund": gerund, "third person": third}
