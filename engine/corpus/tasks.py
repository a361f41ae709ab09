"""Lexical tasks: pairs of words that stand in one relation, e.g. dog and perro, hot and cold; some pairs are held out by hash."""
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from engine.corpus.chance import Menu
from engine.corpus.facts import facts
from engine.corpus.lexicon import Noun, lexicon, table
from engine.corpus.split import held_out

HELD_OUT = 0.1                      # of the pairs of every task never stand in a block of pairs
FEWEST = 12                         # pairs that make a task
SEPARATE = ("animal", "food", "home_things", "clothing", "body", "place", "family", "job", "vehicle", "nature_things", "idea", "toys")
FIELDS = {"animal": ("pet", "farm", "wild", "bird", "sea", "bug"), "food": ("fruit", "vegetable", "dish", "snack", "staple", "drink"),
          "home_things": ("household", "furniture", "housepart", "tableware", "container"), "clothing": ("clothing",), "body": ("body",),
          "place": ("building", "shop", "outdoors", "room"), "family": ("family", "people", "royal"), "job": ("job", "fantasy"),
          "vehicle": ("vehicle", "tool", "instrument"), "nature_things": ("nature", "water", "plant", "sky", "weather", "material"),
          "idea": ("idea", "feeling", "event", "time", "subject"), "toys": ("toy", "treasure", "reading", "school", "sport")}


@dataclass(frozen=True)
class Task:
    """A relation between words: its name, its language (of the words asked), and its pairs."""
    name: str
    language: str
    seen: tuple[tuple[str, str], ...]
    weight: float                   # how often blocks are of this task, relative to others
    held_out: tuple[tuple[str, str], ...]


WEIGHTS = {"article": 0.3, "plural": 0.6, "letter": 0.6, "past": 3.0, "participle": 2.0, "gerund": 3.0, "third person": 2.0, "preterite": 3.0, "imperfect": 3.0,
           "present": 3.0, "verb": 3.0, "adjective": 2.0, "opposite": 2.0}


@cache
def tasks(language: str) -> tuple[Task, ...]:
    """Every task whose blocks stand among the texts of `language`, pairs held out by their hash."""
    made = []
    for name, pairs in _pairs(language):
        unique = tuple(dict.fromkeys((a, b) for a, b in pairs if a and b and a != b))
        if len(unique) >= FEWEST:
            out = tuple(pair for pair in unique if is_held_out(*pair))
            weight = next((w for word, w in WEIGHTS.items() if word in name), 1.0)
            made.append(Task(name, language, tuple(pair for pair in unique if pair not in out), weight, out))
    return tuple(made)


@cache
def menu(language: str) -> Menu:
    """The tasks by how often blocks are of them."""
    return Menu(tasks(language), [task.weight for task in tasks(language)])


def is_held_out(word: str, answer: str) -> bool:
    """Whether a pair stands in no block and no list of pairs, whatever its task is called."""
    return held_out("pair", word, answer, share=HELD_OUT)


def _pairs(language: str) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    here, other = lexicon(language), lexicon("es" if language == "en" else "en")
    nouns = list(here.nouns.values())
    singular = [noun for noun in nouns if not noun.many]
    for field in SEPARATE:
        rows = [noun for noun in nouns if noun.kind in FIELDS[field]]
        yield f"{language} to {other.language}: {field}", [(noun.word, other.nouns[noun.id].word) for noun in rows]
        yield f"{language} plural: {field}", [(noun.word, noun.plural) for noun in rows if not noun.mass and not noun.many]
        yield f"{language} article: {field}", [(noun.word, _with_article(language, noun)) for noun in rows if not noun.many]
    yield f"{language} kind", [(noun.word, here.nouns[field].word) for field, kinds in
                               (("animal", FIELDS["animal"]), ("fruit", ("fruit",)), ("vegetable", ("vegetable",)), ("drink", ("drink",)), ("instrument", ("instrument",)),
                                ("toy", ("toy",)), ("tool", ("tool",))) if field in here.nouns for noun in singular if noun.kind in kinds]
    yield f"{language} to {other.language}: adjective", [(row.word, other.adjectives[row.id].word) for row in here.adjectives.values()]
    yield f"{language} opposite", [(row.word, here.adjectives[row.opposite].word) for row in here.adjectives.values() if row.opposite]
    verbs = list(dict.fromkeys(row.get("verb", id_.replace("_", " ")) for id_, row in table(language, "verbs").items()))
    yield f"{language} to {other.language}: verb", [(row.get("verb", id_.replace("_", " ")), row[other.language]) for id_, row in table(language, "verbs").items()]
    grammar = import_module(f"engine.corpus.{language}.grammar")
    for name, form in grammar.VERB_FORMS.items():
        yield f"{language} {name}", [(verb, form(verb)) for verb in verbs]
    if language == "en":
        yield "en comparative", [(row.word, row.comparative) for row in here.adjectives.values() if row.kind != "color" and not row.comparative.startswith("more")]
    else:
        yield "es feminine", [(row.word, row.feminine) for row in here.adjectives.values()]
        yield "es plural adjective", [(row.word, row.plural) for row in here.adjectives.values()]
    words = [noun.word for noun in singular if " " not in noun.word]
    yield f"{language} first letter", [(word, word[0]) for word in words]
    yield f"{language} last letter", [(word, word[-1]) for word in words]
    yield f"{language} capitals", [(word, word.upper()) for word in words if len(word) < 7]
    yield f"{language} name", [(word, word.capitalize()) for word in words]
    numbers = table(language, "closed")["numbers"][1:21]
    yield f"{language} digits", [(word, str(i + 1)) for i, word in enumerate(numbers)]
    yield f"{language} number", [(str(i + 1), word) for i, word in enumerate(numbers)]
    yield f"{language} next number", list(zip(numbers, numbers[1:], strict=False))
    yield "after", [(str(i), str(i + 1)) for i in range(1, 60)]
    yield "before", [(str(i), str(i - 1)) for i in range(1, 60)]
    yield "double", [(str(i), str(2 * i)) for i in range(1, 40)]
    names = table("names")[language]
    yield f"{language} initial", [(name, name[0]) for name in (*names["girls"], *names["boys"])]
    by_relation: dict[str, list[tuple[str, str]]] = {}
    for fact in facts(language):
        by_relation.setdefault(fact.relation, []).append((fact.subject, fact.object))
    for relation, rows in by_relation.items():
        yield f"{language} {relation}", rows


def _with_article(language: str, noun: Noun) -> str:
    if language == "es":
        return f"{'la' if noun.feminine and not noun.el else 'el'} {noun.word}"
    return f"{'some' if noun.mass else 'an' if noun.word[0] in 'aeiou' else 'a'} {noun.word}"
