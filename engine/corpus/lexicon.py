"""The words of the story world: nouns, adjectives and adverbs that both languages share, read from data and held to a schema.

A row's id is the English lemma; kinds and groups of nouns carry the selectional preferences: what can be eaten, worn, ridden.
"""
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from engine.corpus.chance import Menu
from engine.errors import WorldError

WORLD = Path(__file__).parents[2] / "assets" / "world"
LANGUAGES = ("en", "es")
KINDS = ("people family royal job fantasy pet farm wild bird sea bug fruit vegetable dish snack staple drink meal tableware clothing "
         "treasure toy tool instrument reading school container household furniture housepart room building shop outdoors nature "
         "water plant sky weather body vehicle material event idea feeling sport subject seed time").split()
NOUN_KEYS = {"es": str, "en": str, "plural": str, "es_plural": str, "el": bool, "mass": bool, "many": bool, "looks": list, "colors": list,
             "colored": bool, "at": str, "bare": bool, "es_at": str, "es_bare": bool}
ADJECTIVE_KEYS = {"es": str, "en": str, "es_f": str, "es_plural": str, "fits": list, "opposite": str, "comparative": str, "superlative": str,
                  "before": bool, "estar": bool}
ADVERB_KEYS = {"es": str, "en": str}
VERB_KEYS = {"verb": str, "es": str, "en": str, "who": list, "with": list, "forms": list, "gerund": str, "double": bool, "stative": bool, "tags": list}
SELDOM = 0.35                       # of the adjectives of a noun are ones that merely fit, beside those its row or kind names
FLAT = 0.0                          # the same for the adjectives of a class: none
ZIPF = 0.6                          # how much likelier the first words of a kind are than the last


@dataclass(frozen=True, eq=False)
class Adjective:
    """An adjective in one language; English uses `word` alone, Spanish has four forms."""
    id: str
    word: str
    kind: str                       # its class: color, size, feeling ...
    fits: frozenset[str]            # kinds of nouns
    opposite: str = ""
    feminine: str = ""
    plural: str = ""
    feminine_plural: str = ""
    comparative: str = ""
    superlative: str = ""
    before: bool = False            # Spanish: stands before the noun
    estar: bool = False             # Spanish: its copula


@dataclass(frozen=True, eq=False)
class Noun:
    """A noun in one language, with all that grammar and good sense need to know of it."""
    id: str
    word: str
    plural: str
    kind: str
    feminine: bool = False          # Spanish
    el: bool = False                # Spanish: a feminine that takes el
    mass: bool = False
    many: bool = False
    at: str = "in"                  # places: the preposition for being there
    bare: bool = False              # places: no article (at school, en casa)
    looks: Menu | None = field(default=None, repr=False)       # adjectives that suit it
    hues: Menu | None = field(default=None, repr=False)        # colors it may have


@dataclass(frozen=True)
class Lexicon:
    """Everything one language can name."""
    language: str
    nouns: dict[str, Noun]
    kinds: dict[str, Menu]          # kinds and groups of nouns
    groups: dict[str, tuple[str, ...]]
    adjectives: dict[str, Adjective]
    classes: dict[str, Menu]        # adjectives by class
    adverbs: dict[str, tuple[str, ...]]


@cache
def table(*path: str) -> dict:
    """A data file of the world, read once. Raises WorldError where it is missing or is not TOML."""
    file = WORLD.joinpath(*path[:-1], path[-1] + ".toml")
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError as error:
        raise WorldError("world_missing", f"assets/world/{'/'.join(path)}.toml is missing.", file=path[-1]) from error
    except tomllib.TOMLDecodeError as error:
        raise WorldError("world_unread", f"assets/world/{'/'.join(path)}.toml is not TOML: {error}.", file=path[-1]) from error


def refuse(file: str, row: str, why: str) -> WorldError:
    """One clear line for what is wrong with a row of data."""
    return WorldError("world_wrong", f"assets/world/{file}.toml, {row}: {why}.", file=file, row=row)


def checked(file: str, row: str, given: object, keys: dict[str, type], needed: Iterable[str]) -> dict:
    """`given` itself if it is a row with these keys, each of its type. Raises WorldError otherwise."""
    if not isinstance(given, dict):
        raise refuse(file, row, f"{given!r} is not a row in braces")
    for key, value in given.items():
        if key not in keys:
            raise refuse(file, row, f"nothing is called {key!r} here; there are {', '.join(keys)}")
        if not isinstance(value, keys[key]):
            raise refuse(file, row, f"{key} is {value!r}, but must be a {keys[key].__name__}")
    for key in needed:
        if key not in given:
            raise refuse(file, row, f"{key} is missing")
    return given


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of `language`. Raises WorldError for the first row that is not as it should be."""
    groups = _groups()
    adjectives = {row.id: row for row in _adjectives(language, groups)}
    classes: dict[str, list[Adjective]] = {}
    for row in adjectives.values():
        classes.setdefault(row.kind, []).append(row)
    nouns: dict[str, Noun] = {}
    for noun in _nouns(language, adjectives, groups):
        if noun.id in nouns:
            raise refuse("nouns", f"{noun.kind}.{noun.id}", "this id is there already")
        nouns[noun.id] = noun
    by_kind = {kind: [noun for noun in nouns.values() if noun.kind == kind] for kind in KINDS}
    kinds = {kind: Menu.zipf(rows, ZIPF) for kind, rows in by_kind.items()}
    for name, members in groups.items():
        rows = [(noun, (i + 1) ** -ZIPF) for kind in members for i, noun in enumerate(by_kind[kind])]
        kinds[name] = Menu((noun for noun, _ in rows), (weight for _, weight in rows))
    adverbs = {name: tuple(_word(language, id_, checked("adverbs", f"{name}.{id_}", row, ADVERB_KEYS, ("es",))) for id_, row in rows.items())
               for name, rows in table("adverbs").items()}
    return Lexicon(language, nouns, kinds, groups, adjectives, {name: Menu.zipf(rows, FLAT) for name, rows in classes.items()}, adverbs)


def _groups() -> dict[str, tuple[str, ...]]:
    groups = table("nouns").get("groups", {})
    for name, members in groups.items():
        for kind in members:
            if kind not in KINDS:
                raise refuse("nouns", f"groups.{name}", f"there is no kind {kind!r}")
    return {name: tuple(members) for name, members in groups.items()}


def _word(language: str, id_: str, row: dict) -> str:
    return row["es"] if language == "es" else row.get("en", id_.replace("_", " "))


def _adjectives(language: str, groups: dict) -> Iterable[Adjective]:
    known = {id_ for rows in table("adjectives").values() for id_ in rows}
    for kind, rows in table("adjectives").items():
        for id_, row in rows.items():
            at = f"{kind}.{id_}"
            checked("adjectives", at, row, ADJECTIVE_KEYS, ("es", "fits"))
            fits = _kinds("adjectives", at, row["fits"], groups)
            if row.get("opposite", id_) not in known:
                raise refuse("adjectives", at, f"its opposite {row['opposite']!r} is no row of this file")
            word = _word(language, id_, row)
            feminine = row.get("es_f") or (word[:-1] + "a" if word.endswith("o") else word + "a" if word.endswith(("or", "ón", "ín"))
                                           and word not in ("mayor", "menor", "mejor", "peor", "marrón") else word)
            feminine = feminine.replace("óna", "ona").replace("ína", "ina")
            yield Adjective(id_, word, kind, fits, row.get("opposite", ""), feminine, row.get("es_plural") or plural_es(word),
                            row.get("es_plural", "") if feminine == word and "es_plural" in row else plural_es(feminine), *_degrees(language, word, row), before=row.get("before", False), estar=row.get("estar", False))


def _degrees(language: str, word: str, row: dict) -> tuple[str, str]:
    """Comparative and superlative of an English adjective; Spanish says more in two words."""
    if language == "es":
        return "más " + word, "más " + word
    if "comparative" in row:
        return row["comparative"], row.get("superlative", row["comparative"])
    vowels = sum(word[i] in "aeiouy" and (i == 0 or word[i - 1] not in "aeiouy") for i in range(len(word))) - word.endswith("e")
    if vowels > 1 and not word.endswith("y") or " " in word or vowels > 2:
        return "more " + word, "most " + word
    stem = word[:-1] + "i" if word.endswith("y") and word[-2] not in "aeiou" else word[:-1] if word.endswith("e") else word
    if vowels == 1 and len(word) < 6 and word[-1] in "bdgmnpt" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        stem += word[-1]
    return stem + "er", stem + "est"


def _kinds(file: str, row: str, names: list, groups: dict) -> frozenset[str]:
    kinds: set[str] = set()
    for name in names:
        if name not in KINDS and name not in groups:
            raise refuse(file, row, f"there is no kind or group {name!r}")
        kinds.update(groups.get(name, (name,)))
    return frozenset(kinds)


def _nouns(language: str, adjectives: dict[str, Adjective], groups: dict) -> Iterable[Noun]:
    colors = [row for row in adjectives.values() if row.kind == "color"]
    fitting = {kind: [row for row in adjectives.values() if row.kind != "color" and kind in row.fits] for kind in KINDS}
    for kind, rows in table("nouns").items():
        if kind == "groups":
            continue
        if kind not in KINDS:
            raise refuse("nouns", kind, f"there is no such kind; there are {', '.join(KINDS)}")
        defaults = checked("nouns", f"{kind}._", rows.get("_", {}), NOUN_KEYS, ())
        for id_, row in rows.items():
            if id_ == "_":
                continue
            at = f"{kind}.{id_}"
            checked("nouns", at, row, NOUN_KEYS, ("es",))
            for name in (*row.get("looks", ()), *row.get("colors", ()), *defaults.get("looks", ())):
                if name not in adjectives:
                    raise refuse("nouns", at, f"there is no adjective {name!r}")
            spanish, _, gender = row["es"].rpartition(" ")
            if gender not in ("m", "f"):
                raise refuse("nouns", at, f"es is {row['es']!r}, but must end in the gender, m or f")
            row = defaults | row
            own = [adjectives[name] for name in row.get("looks", ())]
            shared = [adjectives[name] for name in defaults.get("looks", ()) if adjectives[name] not in own]
            rest = [a for a in fitting[kind] if a not in own and a not in shared]
            looks = [*own, *shared, *rest]
            hues = [adjectives[name] for name in row.get("colors", ())] or (colors if row.get("colored") else [])
            weights = [3.0] * len(own) + [1.2] * len(shared)
            weights += [(sum(weights) or 1.0) * SELDOM / max(1, len(rest))] * len(rest)
            word = _word(language, id_, row if language == "en" else {"es": spanish})
            many = row.get("many", False)
            plural = word if many else row.get("es_plural" if language == "es" else "plural") or (plural_es if language == "es" else plural_en)(word)
            english = language == "en"
            yield Noun(id_, word, plural, kind, gender == "f", row.get("el", False), row.get("mass", False), many,
                       row.get("at", "in") if english else row.get("es_at", "en"), row.get("bare" if english else "es_bare", False),
                       Menu(looks, weights) if looks else None, Menu.zipf(hues, ZIPF) if hues else None)


UNCHANGED = frozenset(("poco", "muy", "bien", "mal", "profundamente"))


def plural_en(noun: str) -> str:
    """The regular plural of an English noun, of its last word where it has several."""
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def plural_es(word: str) -> str:
    """The regular plural of a Spanish noun or adjective, of its first word where it has several (oso de peluche)."""
    if word.startswith("de "):
        return word
    head, of, rest = word.partition(" de ")
    head, space, tail = head.partition(" ")
    if space:
        return head + " " + plural_es(tail) + of + rest if head in UNCHANGED else plural_es(head) + " " + plural_es(tail) + of + rest
    if head[-1] in "aeiouáéó":
        plural = head + "s"
    elif head[-1] == "z":
        plural = head[:-1] + "ces"
    elif head[-2:] in ("ón", "án", "én", "ín", "ún", "és", "ás", "ús"):
        plural = head[:-2] + {"ó": "o", "á": "a", "é": "e", "í": "i", "ú": "u"}[head[-2]] + head[-1] + "es"
    elif head[-1] == "s":
        plural = head
    elif head[-1] in "íú":
        plural = head + "es"
    else:
        plural = head + "es"
    return plural + of + rest
