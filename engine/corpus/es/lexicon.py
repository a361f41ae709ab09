"""The Spanish word list, read from assets/world/es: nouns, verbs and adjectives that know their forms."""
import re
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "assets" / "world" / "es"
WORD = re.compile(r"[^\W\d_]+")
ACCENTS = str.maketrans("áéíóú", "aeiou")
PERSONS = ("yo", "tú", "él", "nosotros", "ellos")


@cache
def table(name: str) -> dict:
    """The TOML file `name` of the Spanish world."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def plural(word: str) -> str:
    """The regular plural: gato gatos, flor flores, pez peces, ratón ratones."""
    if word[-1] in "aeiouáéó":
        return word + "s"
    if word[-1] == "z":
        return word[:-1] + "ces"
    if word[-1] in "ns" and word[-2] in "áéíóú":
        return word[:-2] + word[-2].translate(ACCENTS) + word[-1] + "es"
    return word + "es"


@cache
def agree(adjective: str, gender: str, many: bool = False) -> str:
    """The masculine singular `adjective` as it stands beside a noun of `gender` ("m" or "f") and number."""
    if gender == "f":
        feminine = table("adjectives")["feminine"].get(adjective)
        form = feminine or (adjective[:-1] + "a" if adjective[-1] == "o" else adjective)
        return " ".join(map(plural, form.split())) if many and " " not in form else form + "s" * many
    if not many:
        return adjective
    return table("adjectives")["plural"].get(adjective) or plural(adjective)


class Noun:
    """A noun with or without an adjective, and every form that a template may ask for."""

    __slots__ = ("bare", "kind", "g", "o", "lo", "many", "adjectives", "n", "el", "un", "su", "mi", "este", "all", "los",
                 "adj", "noel", "name", "lol", "one")

    def __init__(self, word: str, kind: str, g: str, many: str, adjectives: tuple[str, ...], stressed: bool, plural_only: bool):
        self.bare, self.kind, self.g, self.many, self.adjectives = word, kind, g, many, adjectives
        female = g == "f"
        self.name = ""
        self.adj = ""
        self.n = word
        if plural_only:
            self.o, self.lo, self.lol = ("as", "las", "ellas") if female else ("os", "los", "ellos")
            article, a, self.su, self.mi, self.este, self.one = self.lo, "un" + self.o, "sus", "mis", "est" + self.o, "un" + self.o
        else:
            self.o, self.lo, self.lol = ("a", "la", "ella") if female else ("o", "lo", "él")
            article = "la" if female and not stressed else "el"
            a = "una" if female and not stressed else "un"
            self.su, self.mi, self.este, self.one = "su", "mi", ("esta" if female and not stressed else "este"), "un" + (
                "a" if female else "o")
        self.noel = article
        self.el = f"{article} {word}"          # the noun alone: la cometa
        self.all = self.el                     # with its adjective: la cometa roja
        self.un = f"{a} {word}"
        self.su = f"{self.su} {word}"
        self.mi = f"{self.mi} {word}"
        self.este = f"{self.este} {word}"
        self.los = ("las " if female else "los ") + many

    def with_adjective(self, masculine: str, front: bool = False) -> "Noun":
        """A copy that carries the adjective: la cometa roja, or in front: la vieja llave."""
        other = object.__new__(Noun)
        for field in Noun.__slots__:
            setattr(other, field, getattr(self, field))
        other.adj = agree(masculine, self.g, self.o[-1] == "s")
        if front:
            female = self.g == "f"
            other.n = f"{other.adj} {self.bare}"
            other.all = f"{'la' if female else 'el'} {other.n}"
            other.un = f"{'una' if female else 'un'} {other.n}"
        else:
            other.n = f"{self.bare} {other.adj}"
            other.all = f"{self.el} {other.adj}"
            other.un = f"{self.un} {other.adj}"
        return other


@cache
def nouns() -> dict[str, Noun]:
    """Every noun of the lexicon by its word."""
    found = {}
    for kind, rows in table("nouns").items():
        shared = rows["adj"]
        for word, row in rows.items():
            if word != "adj":
                own = row.get("adj", [])
                adjectives = tuple(dict.fromkeys([*own, *shared]))
                found[word] = Noun(word, kind, row["g"], row.get("pl") or plural(word), adjectives,
                                   row.get("el", False), row.get("plural", False))
    return found


@cache
def of_kind(*kinds: str) -> tuple[Noun, ...]:
    """The nouns of the given kinds, in the order of the lexicon."""
    return tuple(noun for noun in nouns().values() if noun.kind in kinds)


REGULAR = {
    "ar": ("o as a amos an", "é aste ó amos aron", "aba abas aba ábamos aban", "ando", "ado"),
    "er": ("o es e emos en", "í iste ió imos ieron", "ía ías ía íamos ían", "iendo", "ido"),
    "ir": ("o es e imos en", "í iste ió imos ieron", "ía ías ía íamos ían", "iendo", "ido"),
}
CLITIC = dict(zip(PERSONS, ("me ", "te ", "se ", "nos ", "se "), strict=True))


class Verb:
    """A verb by its infinitive: `present`, `past` (preterite) and `used` (imperfect) by person, `ing` and `done`."""

    def __init__(self, infinitive: str):
        self.reflexive = infinitive.endswith("se")
        self.infinitive = infinitive.removesuffix("se")
        row = table("verbs")["irregular"].get(self.infinitive, {})
        stem = self.infinitive[:-2]
        pres, past, used, ing, done = REGULAR[self.infinitive[-2:].translate(ACCENTS)]
        if "pres" in row:
            present = row["pres"].split()
        else:
            boot = row.get("boot", stem)
            present = [(stem if i == 3 else boot) + end for i, end in enumerate(pres.split())]
            present[0] = row.get("yo", present[0])
        preterite = row["pret"].split() if "pret" in row else [stem + end for end in past.split()]
        if "pret" not in row:
            for end, soft in (("c", "qu"), ("g", "gu"), ("z", "c")):
                if self.infinitive.endswith(end + "ar"):
                    preterite[0] = stem[:-1] + soft + "é"
        self.present = dict(zip(PERSONS, present, strict=True))
        self.past = dict(zip(PERSONS, preterite, strict=True))
        self.used = dict(zip(PERSONS, row["imp"].split() if "imp" in row else [stem + end for end in used.split()], strict=True))
        self.ing = row.get("ger", stem + ing)
        self.done = row.get("part", stem + done)

    def clitic(self, person: str) -> str:
        """The reflexive pronoun with its space, or nothing."""
        return CLITIC[person] if self.reflexive else ""

    def forms(self) -> set[str]:
        return {self.infinitive, self.infinitive + "se", self.ing, self.done,
                *self.present.values(), *self.past.values(), *self.used.values()}


@cache
def verb(infinitive: str) -> Verb:
    return Verb(infinitive)


def lexicon_words() -> set[str]:
    """Every word form that the lexicon files can give."""
    texts = []
    for noun in nouns().values():
        texts += [noun.bare, noun.many]
    adjectives = {a for name, row in table("adjectives").items() if isinstance(row, list) for a in row}
    adjectives |= {a for noun in nouns().values() for a in noun.adjectives}
    for adjective in adjectives:
        texts += [agree(adjective, g, many) for g in "mf" for many in (False, True)]
    people = table("people")
    texts += [people["girls"], people["boys"], people["pet_names"]]
    texts += [row["n"] for row in people["family"].values()]
    texts += [text for row in people["job"].values() for text in row]
    scenes = table("scenes")
    texts += [ending for frames in scenes.values() for endings in frames.values() for ending in endings]
    texts += table("closed").values()
    names = {name for frames in scenes.values() for name in frames} | set(table("verbs")["regular"].split())
    texts += [form for name in names for form in verb(name).forms()]
    return {word for text in texts for word in WORD.findall(text.lower())}
