"""What fine-tuning costs: the loss on the base's own kinds of text, and the facts that it completes, with the change and without.

The texts are written now, from a seed that no training used; the facts are asked in the wording of the training text.
"""
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import torch
from torch.nn import functional as F

from engine import probes
from engine.chats import says
from engine.corpus.chance import Chance
from engine.corpus.facts import facts, phrasing, word
from engine.corpus.genre import genres
from engine.corpus.stream import LANGUAGES, write
from engine.evaluate import SEED, answered
from engine.lm import LanguageModel

FAMILIES = {                        # of genres; all others are everyday texts
    "stories": ("story", "fable", "bedtime", "adventure", "mystery", "diary"), "sentences": ("sentences",),
    "reading": ("summary", "comprehension"), "recall": ("recall", "lookup", "retold"),
    "facts": ("facts", "quiz", "questions", "truth", "facts_table", "card", "tail"),
    "patterns": ("pairs", "labels", "machines", "dictionary", "copying"), "sums": ("sums", "sequences"), "everyday": ()}
ASKED = 8                           # facts of a piece
ANSWER = 24                         # tokens of an answer


class Piece(NamedTuple):
    """One text read, or a few facts asked: nats summed over `n` tokens, or right ones of `n`, by the base and by the changed model."""
    kind: str                       # "loss" or "facts"
    language: str
    family: str
    before: float
    after: float
    n: int


class Question(NamedTuple):
    """A question about a fact of the world, and the word that a right answer holds."""
    text: str
    gold: str


def measured(base: LanguageModel, tuned: LanguageModel, texts: int, asked: int, seed: int = SEED) -> Iterator[Piece]:
    """Piece by piece: `texts` texts of each family and language, then `asked` facts of each language."""
    for number in range(texts):
        for family in FAMILIES:
            for language in LANGUAGES:
                nats, tokens = _nats((base, tuned), _text(language, family, seed + number))
                yield Piece("loss", language, family, *nats, tokens)
    for language in LANGUAGES:
        chosen = _facts(language, asked, seed)
        for first in range(0, len(chosen), ASKED):
            some = chosen[first:first + ASKED]
            right = [sum(hit for hit, _ in answered(lm, some)) for lm in (base, tuned)]
            yield Piece("facts", language, "", *right, len(some))


def summed(pieces, kind: str, **only: str) -> tuple[float, float, int]:
    """Before, after (nats per token, or shares of facts) and n, over the pieces of a kind, and of a `language` or `family`."""
    chosen = [piece for piece in pieces if piece.kind == kind and all(getattr(piece, name) == value for name, value in only.items())]
    n = sum(piece.n for piece in chosen)
    return sum(piece.before for piece in chosen) / max(1, n), sum(piece.after for piece in chosen) / max(1, n), n


def questions(language: str, count: int, seed: int, said: str = "") -> list[Question]:
    """`count` questions about facts, none of them told in the text `said`: no line of it holds the answer and what is asked about."""
    lines, chance, found = said.casefold().splitlines(), Chance(seed), []
    for fact in sorted(facts(language), key=lambda fact: chance.number(0, 1 << 30)):
        if len(found) == count:
            break
        wording = phrasing(language, fact.relation)
        asked, full = (word(template, fact, language)[0] for template in (wording.ask[0], wording.full))
        told = any(fact.subject.casefold() in line and fact.object.casefold() in line for line in lines)
        if not told and says(full, fact.object) and not says(asked, fact.object):
            found.append(Question(asked, fact.object))
    return found


def answer(lm: LanguageModel, text: str, most: int = ANSWER) -> tuple[str, bool]:
    """The likeliest answer of at most so many tokens, and whether it ended by itself."""
    steps = list(lm.generate(text, most, temperature=0))
    return "".join(step.text for step in steps).strip(), bool(steps) and steps[-1].id in lm.stops


def knows(lm: LanguageModel, asked: Question) -> bool:
    """Whether a question is answered: the answer holds the word, and ends by itself."""
    said, ended = answer(lm, asked.text)
    return ended and says(said, asked.gold)


@cache
def _family(language: str, family: str) -> tuple[str, ...]:
    named = {name for names in FAMILIES.values() for name in names}
    return FAMILIES[family] or tuple(sorted(genres(language).keys() - named))


def _text(language: str, family: str, seed: int) -> str:
    names = _family(language, family)
    return write(language, names[seed % len(names)], seed).text


@cache
def _facts(language: str, count: int, seed: int) -> list[probes.Probe]:
    every = [probe for _, probe in probes.fact_probes(language, False, seed)]
    return [every[i * len(every) // count] for i in range(min(count, len(every)))]


@torch.no_grad()
def _nats(models: tuple[LanguageModel, ...], text: str) -> tuple[list[float], int]:
    ids = [models[0].bos, *models[0].tokenizer.encode(text)][:models[0].context + 1]
    inputs, targets = torch.tensor([ids[:-1]]), torch.tensor(ids[1:])
    return [float(F.cross_entropy(lm.decoder(inputs).logits[0], targets, reduction="sum")) for lm in models], len(targets)
