"""What the assistant is tuned on, and what it is asked afterwards: facts kept out of the one, so that the other tells.

A held-out fact is in the pre-training text and never in a fine-tuning example: who answers it rightly knows it from
pre-training, and has learnt from fine-tuning only how to answer.
"""
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from engine import recipes
from engine.corpus.chance import Chance
from engine.corpus import chat, voice as voices
from engine.corpus.chat import Turn
from engine.corpus.facts import Fact, facts
from engine.corpus.split import held_out
from engine.corpus.words import words
from engine.lm import Chat
from engine.tokenizer import Tokenizer

SHARE = 0.3                         # of the facts, held out
UNKNOWN_SHARE = 0.2                 # of the questions that nobody can answer, held out
DRAWS = 20_000                      # turns drawn in search of questions
WORD = re.compile(r"[^\W\d_]+")
ADMITS = {"en": re.compile(r"\bdo(es)? not know\b|\bdon't know\b", re.I), "es": re.compile(r"\bno (lo )?(sé|conozco)\b", re.I)}


class Question(NamedTuple):
    """A question about a held-out fact, the words that a right answer holds, and what a mere guess would say."""
    text: str
    gold: str
    guess: str


def template(tokenizer: Tokenizer) -> Chat:
    """The chat template of our assistant as token ids; raises ModelError for a tokenizer without its tokens."""
    return Chat(**{part: tuple(map(tokenizer.special, names)) for part, names in recipes.CHAT.items()})


def examples(language: str, count: int, seed: int, voice: str | None = None) -> list[Turn]:
    """`count` exchanges to tune on, in a `voice` or plain; none rests on a held-out fact or asks a held-out question."""
    chosen: list[Turn] = []
    chance = Chance(seed)
    for turn in _turns(language, seed):
        if len(chosen) == count:
            break
        if not turn.facts & _avoided(language) and not (admits(language, turn.assistant) and _is_kept(turn)):
            chosen.append(turn if voice is None else voices.spoken(language, voice, chance, turn))
    return chosen


def heldout_questions(language: str, seed: int) -> list[Question]:
    """One question for each held-out fact, in the order drawn; none that gives its answer away."""
    known = {fact.id: fact for fact in facts(language)}
    found: dict[str, Question] = {}
    for _, turn in zip(range(DRAWS), _turns(language, seed)):
        if turn.fact in _held_out(language) and turn.fact not in found:
            fact = known[turn.fact]
            gold = _gold(fact, turn.assistant)
            if gold and not says(turn.user, gold):
                found[turn.fact] = Question(turn.user, gold, _guesses(language)[fact.relation])
    return list(found.values())


def unknown_questions(language: str, seed: int, count: int) -> list[str]:
    """Up to `count` questions about things that do not exist, each with a word that is in no lexicon."""
    found: dict[str, None] = {}
    for _, turn in zip(range(DRAWS), _turns(language, seed)):
        if len(found) == count:
            break
        strange = any(word not in words(language) for word in WORD.findall(turn.user.lower()))
        if strange and not turn.earlier and admits(language, turn.assistant) and _is_kept(turn):
            found[turn.user] = None
    return list(found)


def told_questions(language: str, seed: int, count: int) -> list[Turn]:
    """`count` talks whose last question asks for what the user told before, seldom for what was not told."""
    chance = Chance(seed)
    return [chat.turn_of("talk", language, chance) for _ in range(count)]


def admits(language: str, answer: str) -> bool:
    """Whether an answer says that it does not know."""
    return ADMITS[language].search(answer) is not None


def says(answer: str, gold: str) -> bool:
    """Whether `gold` stands in the answer as whole words."""
    return re.search(rf"(?<!\w){re.escape(gold.lower())}(?!\w)", answer.lower()) is not None


def is_sentence(answer: str) -> bool:
    """One capital at the start, one stop at the end, three words or more: "A dog barks." is the shortest there is."""
    return len(WORD.findall(answer)) >= 3 and answer.lstrip("¡¿")[:1].isupper() and answer.endswith(".")


def _turns(language: str, seed: int) -> Iterator[Turn]:
    chance = Chance(seed)
    while True:
        yield chat.turn(language, chance)


def _is_kept(turn: Turn) -> bool:
    """Held out by the words alone, so that no spelling of a question is on both sides."""
    return held_out("assistant", *WORD.findall(turn.user.lower()), share=UNKNOWN_SHARE)


@cache
def _held_out(language: str) -> frozenset[str]:
    return frozenset(fact.id for fact in facts(language) if held_out("assistant", fact.id, share=SHARE))


@cache
def _avoided(language: str) -> frozenset[str]:
    """The held-out facts and their mirrors: who is told that small is the opposite of big knows that of small too."""
    out = {(fact.relation, fact.object, fact.subject) for fact in facts(language) if fact.id in _held_out(language)}
    return _held_out(language) | {fact.id for fact in facts(language) if (fact.relation, fact.subject, fact.object) in out}


@cache
def _guesses(language: str) -> dict[str, str]:
    """For each relation the commonest answer among the examples' facts."""
    counts: dict[str, Counter] = {}
    for fact in facts(language):
        if fact.id not in _avoided(language):
            counts.setdefault(fact.relation, Counter())[fact.object] += 1
    return {relation: count.most_common(1)[0][0] for relation, count in counts.items()}


def _gold(fact: Fact, answer: str) -> str | None:
    """The object as the right answer words it: "el árbol" is only "árbol" in "viene del árbol"."""
    return next((gold for gold in (fact.object, fact.object.split(" ", 1)[-1]) if says(answer, gold)), None)
