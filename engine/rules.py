"""Rules to show by example: made-up labels for classes of words, and pairs of words from the world's lists, drawn by seed."""
from functools import cache

from engine import probes
from engine.corpus.chance import Chance
from engine.corpus.tasks import Task, tasks

MOST = 16                           # examples
CLASSES = (2, 3, 4)
LABELS = "labels"
NAMES = {                           # of the tasks of pairs that a reader can choose, by language
    "opposite": {"en": "en opposite", "es": "es opposite"},
    "plural": {"en": "en plural: animal", "es": "es plural: animal"},
    "translation": {"en": "en to es: animal", "es": "es to en: animal"},
    "past": {"en": "en past", "es": "es preterite, ella"},
    "capital": {"en": "en capital", "es": "es capital"},
}
Pair = tuple[str, str]


@cache
def task(rule: str, language: str) -> Task:
    """The pairs of a rule: those that stand in blocks of the training text, and those held out of all of them."""
    return next(task for task in tasks(language) if task.name == NAMES[rule][language])


def drawn(rule: str, language: str, seed: int, classes: int = 3, held_out: bool = False) -> tuple[list[Pair], Pair]:
    """Up to MOST examples of a rule, and the pair that is asked for: of labels never one of the training text, else as `held_out` says."""
    if rule == LABELS:
        pairs, asked = probes.label_pairs(language, MOST, seed, classes)
        once = {word: label for word, label in pairs if word != asked[0]}       # some lists name a word twice
        return list(once.items()), asked
    chance, of = Chance(seed), task(rule, language)
    asked = chance.pick(of.held_out if held_out else of.seen)
    return chance.several([pair for pair in of.seen if pair[0] != asked[0]], MOST), asked


def known(rule: str, language: str, seed: int, classes: int = 3) -> dict[str, str]:
    """The right answer to each word that a rule knows: of labels, to those of the block that the seed draws."""
    if rule == LABELS:
        pairs, asked = drawn(rule, language, seed, classes)
        return dict([*pairs, asked])
    of = task(rule, language)
    return dict(of.held_out + of.seen)
