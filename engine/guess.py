"""A word that a reader guesses, as the model sees it: how likely it is, how many tokens it takes, and what the model would have said."""
import math
from dataclasses import dataclass

import torch

from engine.errors import TextError
from engine.generate import roll
from engine.lm import LanguageModel

PIECES = 8                          # tokens at most of a word that the model would write itself


@dataclass(frozen=True)
class Guess:
    """What a model says of a guessed word."""
    tokens: tuple[int, ...]         # that the word is made of, behind this text
    probability: float              # that the model writes all of them next, one after the other
    rank: int                       # of the first of them among all tokens, 1 for the likeliest
    best: tuple[int, ...]           # the word that begins with the likeliest token, written on with the likeliest ones
    best_probability: float         # of all of them, one after the other

    @property
    def nats(self) -> float:
        """The model's surprise at the guess: −ln of its probability."""
        return -math.log(self.probability) if self.probability else math.inf


def behind(text: str, word: str) -> str:
    """The text that goes on with `word`: behind a space, unless the text ends in one or has not begun, or the word is a sign such as a full stop."""
    word = word.strip()
    spaced = text and not text[-1].isspace() and word[:1].isalnum()
    return f"{text}{' ' if spaced else ''}{word}"


def guessed(lm: LanguageModel, text: str, word: str) -> Guess:
    """Ask a model how likely it was to go on with `word` after `text`: one forward pass over both.

    The probability of a word of several tokens is the product of theirs, each given the ones before it. Raises TextError for a
    word that is empty, or too long for the window.
    """
    whole = behind(text, word)
    before, ids = lm.tokenizer.encode(text.rstrip(" ")), lm.tokenizer.encode(whole)
    shared = next((i for i, pair in enumerate(zip(before, ids, strict=False)) if pair[0] != pair[1]), min(len(before), len(ids)))
    tokens = ids[shared:]
    if not word.strip() or not tokens:
        raise TextError("guess_empty", "There is no word to ask about.")
    if len(tokens) >= lm.context - 1:
        raise TextError("guess_long", f"The word is longer than the window of {lm.context} tokens.", most=lm.context)
    trace = lm.trace(whole)
    rows = trace.logits[-len(tokens) - 1:-1] if len(trace.tokens) > len(tokens) else trace.logits[:0]
    if len(rows) < len(tokens):
        raise TextError("guess_first", "This model needs a text before it can expect a word.")
    logs = rows.double().log_softmax(-1)
    first = rows[0]
    said = logs[torch.arange(len(tokens)), torch.tensor(tokens)].sum()
    best, likely = _favourite(lm, ids[:shared])
    return Guess(tuple(tokens), float(said.exp()), int((first > first[tokens[0]]).sum()) + 1, best, likely)


def _favourite(lm: LanguageModel, before: list[int]) -> tuple[tuple[int, ...], float]:
    """The word that a model itself would write after some tokens, each of its own the likeliest, and its probability."""
    ids, probability = [], 1.0
    for (step,) in roll(lm, before, [0], PIECES, 0.0, None, None, lm.context):
        begins = lm.tokenizer.bytes(step.id)[:1].decode(errors="ignore")
        if ids and (step.id in lm.stops or begins.isspace() or begins and not begins.isalnum()):
            break
        ids.append(step.id)
        probability *= float(step.distribution.logits.softmax(-1)[step.id])
    return tuple(ids), probability
