"""Spanish: articles, agreement, contractions, pronouns that are dropped, and who is called what when; it knows no story."""
import re

from engine.corpus.cast import Item, Who
from engine.corpus.es.conjugate import conjugate, gerund, infinitive
from engine.corpus.lexicon import Adjective, lexicon
from engine.corpus.pattern import Book
from engine.corpus.teller import Teller
from engine.corpus.world import Being

TENSES = {"": "preterite", "~": "imperfect", "!": "present", "?": "subjunctive"}
NUMBERS = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "diez", "doce")
APOCOPE = {"bueno": "buen", "malo": "mal", "grande": "gran", "primero": "primer", "tercero": "tercer"}
THIRD_PERSON = frozenset(("name", "what", "noun", "him", "a", "con", "de", "un"))
BEFORE = frozenset(("quality", "size", "age", "trait"))      # where a color follows the noun: un bonito collar negro
CONTRACTION = re.compile(r"\b([Aa]|[Dd]e) (\ue000[^\ue001]*\ue001)?el (?=[^\W\d_])")
AND = re.compile(r"\by (?=\ue000?(?:[iIíÍ]|[hH][ií](?!e)))")
OR = re.compile(r"\bo (?=\ue000?(?:[oOóÓ]|[hH][oó]))")
START = re.compile(r"(?:[.!?…] [¿¡«]*|[.!?…]» [¿¡«—]*|\n[¿¡—«]*|\n- |: «[¿¡]?)[a-záéíóúñ]")
SPACES = re.compile(r" {2,}| +(?=[,.!?;:\n»])|(?<=\n) +|(?<=[¿¡«—]) +")


class Spanish(Teller):
    """A document told in Spanish."""

    language = "es"
    lexicon = lexicon("es")
    times_of_day = ("mañana", "tarde", "noche")

    @classmethod
    def typed(cls, source: str) -> str:
        return source.replace("{A} y {B", "{A.name} y {B")          # a subject that is one of two is never dropped

    @classmethod
    def first_person(cls, source: str, role: str) -> bool:
        """Whether a pattern can be told by the one in `role`: whose name it does not say, and who is not spoken to or of as another."""
        said = re.findall(rf"\{{(?:\w+:)?{role}(?:\.(\w+))?(?::\w)?\}}", source)
        return not any(attribute in THIRD_PERSON for attribute in said) and (role == "A" or "" not in said)

    @classmethod
    def lasting(cls, verb: str) -> bool:
        return not verb.partition(" ")[0].endswith("se")

    def tidy(self, text: str) -> str:
        text = SPACES.sub(lambda m: " " if m.group().startswith("  ") and m.end() < len(text) and text[m.end()] not in ",.!?;:\n»" and m.start() and text[m.start() - 1] not in "¿¡«\n" else "", text)
        text = CONTRACTION.sub(lambda m: f"{m[1]}l {m[2] or ''}", text)
        text = AND.sub("e ", text)
        text = OR.sub("u ", text)
        text = START.sub(lambda match: match.group().upper(), text)
        for i, letter in enumerate(text):
            if letter.isalpha():
                return text[:i] + letter.upper() + text[i + 1:] if letter.islower() else text
            if letter not in "¿¡—«-":
                break
        return text

    # --- nouns --------------------------------------------------------------------------------------------------------

    @staticmethod
    def core(item: Item | Who, looks: bool, plural: bool = False) -> tuple[str, str]:
        """The noun with its adjectives, and an adjective before it, if one goes there."""
        noun = item.noun
        many = plural and not noun.mass or noun.many
        word = noun.plural if many else noun.word
        if not looks:
            return word, ""
        hue = getattr(item, "hue", None)
        before, after = "", [word]
        if item.look is not None:
            form = agree(item.look, noun.feminine, many)
            if item.look.before or hue is not None and item.look.kind in BEFORE:
                before = form if many or noun.feminine and item.look.word != "grande" else APOCOPE.get(item.look.word, form)
            else:
                after.append(form)
        if hue is not None:
            after.append(agree(hue, noun.feminine, many))
        return " ".join(after), before

    def _with(self, masculine: str, feminine: str, item, plus: bool, plural: bool = False, contact: str = "") -> str:
        """Determiner and noun; `contact` is what a feminine such as agua takes when it follows at once."""
        core, before = self.core(item, plus, plural)
        determiner = feminine if item.noun.feminine else masculine
        if contact and item.noun.el and not before and not plural:
            determiner = contact
        return " ".join(filter(None, (determiner, before, core)))

    def noun_bare(self, item, plus):
        return self._with("", "", item, plus)

    def noun_a(self, item, plus):
        if item.noun.mass:
            return self._with("", "", item, plus)
        if item.noun.many:
            return self._with("unos", "unas", item, plus, plural=True)
        return self._with("un", "una", item, plus, contact="un")

    def noun_the(self, item, plus):
        if item.noun.many:
            return self.noun_thepl(item, plus)
        return self._with("el", "la", item, plus, contact="el")

    def noun_this(self, item, plus):
        return self._with("estos", "estas", item, plus, plural=True) if item.noun.many else self._with("este", "esta", item, plus, contact="este")

    def noun_own(self, item, plus):
        many = item.noun.many
        return self._with(*[self._mine(item.noun.feminine, many)] * 2, item, plus, plural=many)

    def noun_pl(self, item, plus):
        return self._with("", "", item, plus, plural=True)

    def noun_some(self, item, plus):
        if item.noun.mass:
            return self._with("un poco de", "un poco de", item, plus)
        return self._with("unos", "unas", item, plus, plural=True)

    def noun_thepl(self, item, plus):
        if item.noun.mass:
            return self._with("el", "la", item, plus, contact="el")
        return self._with("los", "las", item, plus, plural=True)

    def noun_two(self, item, plus):
        if item.noun.mass:
            return self.noun_some(item, plus)
        number = self.chance.pick(NUMBERS)
        return self._with(number, number, item, plus, plural=True)

    def noun_at(self, item, plus):
        return f"{item.noun.at} {item.noun.word if item.noun.bare else self.noun_the(item, plus)}"

    def noun_to(self, item, plus):
        return f"a {item.noun.word if item.noun.bare else self.noun_the(item, plus)}"

    def noun_from(self, item, plus):
        return f"de {item.noun.word if item.noun.bare else self.noun_the(item, plus)}"

    noun_de = noun_from

    def noun_it(self, item, plus):
        return ("las" if item.noun.feminine else "los") if item.noun.many else "la" if item.noun.feminine else "lo"

    noun_lo = noun_it

    def noun_o(self, item, plus):
        return ("a" if item.noun.feminine else "o") + ("s" if item.noun.many or item.plural else "")

    def noun_ora(self, item, plus):
        return "a" if item.noun.feminine else ""

    # --- people -------------------------------------------------------------------------------------------------------

    @staticmethod
    def key(being: Being) -> str:
        return being.label.speaker or ("f" if being.female else "m")

    def clear(self, being: Being) -> bool:
        """Whether a verb without a subject can only mean `being`."""
        if being.label.speaker:
            return True
        around = [*self.recent, *self.current]
        return being in around and (being is self.subject or not any(other is not being and not other.label.speaker for other in around))

    def named(self, being: Being) -> str:
        """By name, or by what somebody is; at the first mention also whose friend."""
        who = being.label
        if being not in self.current:
            self.current.append(being)
        if who.speaker:
            return {"1s": "yo", "1p": "nosotros", "3p": "ellos"}[who.speaker]
        first, who.known = not who.known, True
        if being.part == "kin":
            if who.of is None:
                return f"{self._the(being)} {who.noun.word}"
            mine = "mi" if who.of.label.speaker else "su"
            if mine == "su" and who.of not in self.current and who.of not in self.recent:
                return f"{self._the(being)} {who.noun.word} de {self.being_name(who.of)}"
            return f"{mine} {who.noun.word}"
        if who.name:
            if first and being.part == "friend" and who.of is not None:
                return f"{'mi' if who.of.label.speaker else 'su'} amig{'a' if being.female else 'o'} {self._kind(who)}{who.name}"
            return who.name
        if first and being.part in ("stranger", "animal"):
            return self._with("un", "una", who, True, contact="un")
        return f"{self._the(being)} {who.noun.word}"

    @staticmethod
    def _kind(who: Who) -> str:
        return "" if who.noun.id in ("boy", "girl") else f"{'la' if who.noun.feminine and not who.noun.el else 'el'} {who.noun.word} "

    @staticmethod
    def _the(being: Being) -> str:
        return "la" if being.label.noun.feminine and not being.label.noun.el else "el"

    def mention(self, being: Being) -> str:
        if being.label.speaker == "3p" and self.chance.flip(0.5):
            self.current.append(being)
            return "ellos"
        if self.clear(being) and self.chance.flip(0.85 if being.label.speaker else 0.7):
            if being not in self.current:
                self.current.append(being)
            return ""
        return self.named(being)

    def being_name(self, being: Being) -> str:
        who = being.label
        if being not in self.current:
            self.current.append(being)
        if who.name and not who.speaker:
            who.known = True
            return who.name
        return self.named(being)

    def being_he(self, being: Being) -> str:
        return {"1s": "yo", "1p": "nosotros", "3p": "ellos", "f": "ella", "m": "él"}[self.key(being)]

    def being_him(self, being: Being) -> str:
        return "mí" if being.label.speaker else self.named(being)

    def being_a(self, being: Being) -> str:
        return "a " + self.being_him(being)

    def being_con(self, being: Being) -> str:
        return "conmigo" if being.label.speaker == "1s" else "con " + self.named(being)

    def being_de(self, being: Being) -> str:
        return "de " + self.being_him(being)

    def being_lo(self, being: Being) -> str:
        return {"1s": "me", "1p": "nos", "3p": "los"}.get(being.label.speaker, "la" if being.female else "lo")

    def being_his(self, being: Being) -> str:
        return {"1s": "mi", "1p": "nuestro"}.get(being.label.speaker, "su")

    def being_hiss(self, being: Being) -> str:
        return {"1s": "mis", "1p": "nuestros"}.get(being.label.speaker, "sus")

    def being_self(self, being: Being) -> str:
        return "mí mism" + self.being_o(being) if being.label.speaker == "1s" else "sí mism" + self.being_o(being)

    def being_o(self, being) -> str:
        if not isinstance(being, Being):
            return self.noun_o(being.label, False)
        return {"1p": "os", "3p": "os"}.get(being.label.speaker, "a" if being.female else "o")

    def being_ora(self, being: Being) -> str:
        return "a" if being.female else ""

    being_ra = being_ora

    def being_el(self, being: Being) -> str:
        return "la" if being.female else "el"

    def being_noun(self, being: Being) -> str:
        return being.label.noun.word

    def being_un(self, being: Being) -> str:
        """un zorro, una niña: what somebody is, and the first that is said of them."""
        being.label.known = True
        if being not in self.current:
            self.current.append(being)
        who = being.label
        named = f" llamad{self.being_o(being)} {who.name}" if who.name and who.noun.id not in ("boy", "girl") else ""
        return self._with("un", "una", who, False, contact="un") + named

    def being_what(self, being: Being) -> str:
        return f"{self._the(being)} {being.label.noun.word}"

    def _speaker(self) -> str:
        being = self.voice or self.subject or self.me
        return being.label.speaker

    def _mine(self, feminine: bool, many: bool) -> str:
        speaker, plural = self._speaker(), "s" if many else ""
        if speaker == "1p":
            return ("nuestra" if feminine else "nuestro") + plural
        return ("mi" if speaker == "1s" else "su") + plural

    def word_he(self) -> str:
        return self.being_he(self.voice or self.subject or self.me)

    def word_his(self) -> str:
        return self._mine(False, False)

    def word_hiss(self) -> str:
        return self._mine(False, True)

    def word_him(self) -> str:
        return self.being_lo(self.voice or self.subject or self.me)

    def word_self(self) -> str:
        return self.being_self(self.voice or self.subject or self.me)

    def word_o(self) -> str:
        return self.being_o(self.voice or self.subject or self.me)

    # --- verbs --------------------------------------------------------------------------------------------------------

    def person(self, who: tuple[str, ...] = ()) -> str:
        if len(who) > 1:
            return "3p" if not any(self.roles[role].label.speaker for role in who) else "1p"
        found = self.roles[who[0]] if who else self.voice
        if found is None:
            return "3s"
        if not isinstance(found, Being):
            return "3p" if found.label.noun.many else "3s"
        return found.label.speaker or "3s"

    def verb(self, verb: str, tense: str, who: tuple[str, ...]) -> str:
        head, space, rest = verb.partition(" ")
        return conjugate(head, TENSES[tense], self.person(who)) + space + rest

    @classmethod
    def unknown_verb(cls, verb: str) -> str | None:
        head = verb.partition(" ")[0]
        return None if head.removesuffix("se").endswith(("ar", "er", "ir", "ír")) else f"({verb}) is no infinitive"

    def inflected(self, verb: str, form: str) -> str:
        head, space, rest = verb.partition(" ")
        person = self.person()
        if form in ("did", "was"):
            word = conjugate(head, "preterite" if form == "did" else "imperfect", person)
        elif form == "does":
            word = conjugate(head, "present", person)
        elif form == "doing":
            word = gerund(head, person)
        else:
            word = infinitive(head, person)
        return word + space + rest

    def word_was(self) -> str:
        """Imperfect phrase, for what was going on: jugaba con su pelota."""
        return self.phrase("was")

    def agreeing(self, adjective: Adjective, other: str | None) -> str:
        feminine, plural = False, False
        if other is not None:
            found = self.labels.get(other) or self.roles.get(other)
            if isinstance(found, Being):
                feminine, plural = found.female, found.label.speaker in ("1p", "3p")
            else:
                item = found if isinstance(found, Item) else found.label
                feminine, plural = item.noun.feminine, item.noun.many or item.plural
        elif self.voice is not None:
            feminine, plural = self.voice.female, self.voice.label.speaker in ("1p", "3p")
        return agree(adjective, feminine, plural)


def agree(adjective: Adjective, feminine: bool, plural: bool) -> str:
    """The adjective's form for that gender and number."""
    if plural:
        return adjective.feminine_plural if feminine else adjective.plural
    return adjective.feminine if feminine else adjective.word


Spanish.book = Book(Spanish)
VERB_FORMS = {"present, yo": lambda verb: conjugate(verb, "present", "1s"), "present, ella": lambda verb: conjugate(verb, "present", "3s"),
              "preterite, ella": lambda verb: conjugate(verb, "preterite", "3s"), "imperfect, ella": lambda verb: conjugate(verb, "imperfect", "3s"), "gerund": gerund}
