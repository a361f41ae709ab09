"""English forms and phrases: plurals, verb forms, a or an, noun phrases, clauses; it knows no story."""
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from engine.corpus.chance import Chance

FOLDER = Path(__file__).parents[3] / "assets" / "world" / "en"


@cache
def load(name: str) -> dict:
    """The lexicon table of that name, read once."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


class Menu(NamedTuple):
    """Options with their weights worked out once."""
    options: tuple
    weights: tuple[float, ...]


def menu(options, exponent: float = 0.7) -> Menu:
    """The options in Zipf's proportions: the i-th weighs i ** -exponent."""
    options = tuple(options)
    return Menu(options, tuple((i + 1) ** -exponent for i in range(len(options))))


def article(word: str) -> str:
    """a or an, by the sound `word` begins with."""
    if word.startswith(("hour", "honest")):
        return "an"
    if word.startswith(("use", "uni", "one", "eu")):
        return "a"
    return "an" if word[0].lower() in "aeiou" else "a"


@cache
def plural(noun: str) -> str:
    """The plural of a noun, of its last word where it has several."""
    head, space, last = noun.rpartition(" ")
    if last in load("nouns")["plural"]:
        last = load("nouns")["plural"][last]
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last += "s"
    return head + space + last


@cache
def past(verb: str) -> str:
    irregular = load("verbs")["irregular"].get(verb)
    if irregular:
        return irregular[0]
    if verb in load("verbs")["double"]:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


@cache
def third(verb: str) -> str:
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


@cache
def gerund(verb: str) -> str:
    if verb == "lie":
        return "lying"
    doubled = ("sit", "run", "swim", "cut", "set", "get", "dig", "put", "begin")
    if verb in load("verbs")["double"] or verb in doubled:
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "be")):
        return verb[:-1] + "ing"
    return verb + "ing"


FORMS = {"base": lambda verb: verb, "past": past, "third": third, "gerund": gerund}


def inflect(phrase: str, form: str) -> str:
    """A verb phrase in base form with its first word in another form."""
    verb, space, rest = phrase.partition(" ")
    return FORMS[form](verb) + space + rest


def capital(text: str) -> str:
    """`text` with its first letter large, be it behind a quotation mark."""
    if text.startswith('"'):
        return '"' + text[1].upper() + text[2:]
    return text[:1].upper() + text[1:]


class Kind(NamedTuple):
    """The nouns of one kind and, for each noun, the adjectives that fit it."""
    nouns: Menu
    adjectives: dict[str, Menu]


@cache
def kinds() -> dict[str, Kind]:
    table = load("nouns")
    colors = load("people")["colors"]
    result = {}
    for name, row in table.items():
        if name in ("own", "plural"):
            continue
        colored = colors if row.get("colored") else row.get("colors", [])
        result[name] = Kind(menu(row["nouns"]), {
            noun: menu(list(table["own"].get(noun, row["adjectives"])) + list(colored)) for noun in row["nouns"]
        })
    return result


@cache
def adjectives(noun: str) -> Menu | None:
    for kind in kinds().values():
        if noun in kind.adjectives:
            return kind.adjectives[noun]
    own = load("nouns")["own"].get(noun)
    return menu(own) if own else None


@cache
def bank() -> dict[str, Menu]:
    """What a slot may be filled with: nouns and plurals by kind, and the word lists of people.toml."""
    result = {}
    for name, kind in kinds().items():
        result[name] = kind.nouns
        result[name + "s"] = Menu(tuple(plural(noun) for noun in kind.nouns.options), kind.nouns.weights)
    people = load("people")
    for name in ("color", "joy", "sorrow", "manner", "trait"):
        result[name] = menu(people[name + "s"])
    result["relative"] = menu(people["family"])
    result.update({name: menu(options) for name, options in load("phrases")["slots"].items()})
    return result


@cache
def prepared(template: str) -> str:
    """A template in which an article before a slot waits for the word: "a {trait}" asks for "{a trait}"."""
    return re.sub(r"\b([Aa]) \{(\w+)", r"{\1 \2", template)


class Scene(dict):
    """The slots of one document: names already settled, and everything else chosen when a template asks for it.

    `{hero}` and other settled keys come from the dict itself; `{fruit}` is a noun of that kind, `{fruits}` its plural,
    `{a_fruit}`, `{the_fruit}`, `{own_fruit}` and `{some_food}` noun phrases, with or without an adjective.
    """

    def __init__(self, chance: Chance):
        super().__init__()
        self.chance = chance
        self.used: set[str] = set()

    def __missing__(self, key: str) -> str:
        if key in bank():
            text = self.chance.pick(*bank()[key])
            return self.fill(text)
        if key[1] == " ":
            return f"{capital(article(word)) if key[0] == 'A' else article(word)} {word}" if (word := self[key[2:]]) else ""
        determiner, _, noun = key.partition("_")
        if determiner not in ("a", "an", "the", "own", "some", "bare"):
            raise KeyError(key)
        return self.phrase(determiner, noun)

    def phrase(self, determiner: str, noun: str, p: float = 0.45) -> str:
        """A noun phrase; `noun` is a noun or a kind of nouns, `p` how likely it has an adjective."""
        if noun in kinds():
            noun = self.chance.pick(*kinds()[noun].nouns)
        fitting = adjectives(noun)
        if fitting and self.chance.flip(p):
            adjective = self.chance.pick(*fitting)
            if adjective != noun:
                noun = f"{adjective} {noun}"
        if determiner in ("a", "an"):
            return f"{article(noun)} {noun}"
        if determiner == "bare":
            return noun
        return f"{self['own'] if determiner == 'own' else determiner} {noun}"

    def fill(self, template: str) -> str:
        return prepared(template).format_map(self) if "{" in template else template

    def choose(self, options) -> str:
        """One of the templates, filled in; none is used twice in a document while there are others."""
        fresh = [option for option in options if option not in self.used] or options
        template = self.chance.pick(fresh)
        self.used.add(template)
        return self.fill(template)


@cache
def actions(subject: str) -> tuple[Menu, dict[str, tuple[Menu, Menu | None]]]:
    """What a subject of that kind does: its verbs by weight; for each verb its complements and what may follow."""
    table = load("actions")[subject]
    verbs = Menu(tuple(table), tuple(float(row["weight"]) for row in table.values()))
    return verbs, {
        verb: (menu(row["with"]), Menu(tuple(row["then"]), tuple((i + 1.0) ** -0.5 for i in range(len(row["then"]))))
               if "then" in row else None)
        for verb, row in table.items()
    }


def action(scene: Scene, subject: str = "person", form: str = "past", short: bool = False) -> str:
    """A verb phrase in the given form: ate an apple in the garden. No verb twice in a document while others are left."""
    verbs, complements = actions(subject)
    verb = scene.chance.pick(*verbs)
    for _ in range(4):
        if "verb " + verb not in scene.used:
            break
        verb = scene.chance.pick(*verbs)
    scene.used.add("verb " + verb)
    with_, then = complements[verb]
    phrase = scene.chance.pick(*with_)
    if then and not short:
        tail = scene.chance.pick(*then)
        if tail and tail not in phrase and not clash(phrase, tail):
            phrase = f"{phrase} {tail}"
    return inflect(f"{verb.replace('_', ' ')} {scene.fill(phrase)}", form)


def clash(phrase: str, tail: str) -> bool:
    """True if both say where or with whom, or share a noun: in bed on the sofa, with Tom with a friend."""
    first = tail.split(" ", 1)[0]
    return (f" {first} " in f" {phrase} " and first not in ("the", "a")) or tail.rsplit(" ", 1)[-1] in phrase
