"""What a model makes of a question after no example of a rule, after one, after two, and so on: all of them read in one batch.

The examples are read once; the rows of the batch go on from there, each after as many of them as it has seen. In every row
stands the right answer, and each of its tokens is foretold from what is before it (teacher forcing). That examples in the
prompt can take the place of training: Brown et al. 2020, arXiv 2005.14165.
"""
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from engine.lm import LanguageModel
from engine.model import Activations
from engine.tokenizer import Token

LONGEST = 8                         # tokens of an answer of the model's own


class Form(NamedTuple):
    """How pairs are written: what stands inside a pair, before a space, and what stands between two."""
    arrow: str
    join: str


FORMS = {"arrow": Form(" ->", ", "), "colon": Form(":", "\n"), "equals": Form(" =", "; ")}


@dataclass(frozen=True)
class Block:
    """Examples of a rule, a question, and the answer that is held to be right ("" where none is)."""
    pairs: tuple[tuple[str, str], ...]
    question: str
    answer: str
    form: str = "arrow"

    def prompt(self, shots: int) -> str:
        """What the model reads before it answers: the first `shots` examples and the question."""
        arrow, join = FORMS[self.form]
        return "".join(f"{word}{arrow} {answer}{join}" for word, answer in self.pairs[:shots]) + self.question + arrow

    def reordered(self, order: Sequence[int]) -> "Block":
        """The same with its examples in another order."""
        return Block(tuple(self.pairs[i] for i in order), self.question, self.answer, self.form)


@dataclass(frozen=True)
class Shot:
    """What the model makes of the question after some of the examples."""
    shots: int
    tokens: tuple[Token, ...]       # of the right answer and the one that ends it: none where no answer is held right, or it is longer than the window
    probs: tuple[float, ...]        # of each of them, after the question and those before it
    logits: Tensor                  # (V,) after the question
    greedy: str                     # what the model answers if it always takes the likeliest token
    ended: bool                     # whether that answer came to its end within LONGEST tokens
    right: bool                     # whether each token of the right answer, and of what ends it, is the likeliest
    read: int                       # tokens before the answer, the model's own included
    dropped: int                    # tokens that fell out of the window before them

    @property
    def p(self) -> float | None:
        """The probability of the whole answer and nothing more: p(first) · p(second | first) · ...; None where there is none."""
        return math.prod(self.probs) if self.probs else None


@dataclass
class _Row:
    ids: list[int]                  # as far as the last token of the answer
    at: int                         # where the answer begins
    end: list[int]                  # the token that must follow it, or the answer would go on
    dropped: int


def read(lm: LanguageModel, block: Block) -> list[Shot]:
    """The question after 0, 1, ... all examples. Where a row is too long for the window, its oldest tokens fall out."""
    rows = [_row(lm, block, n) for n in range(len(block.pairs) + 1)]
    done, hidden, starts = _together(lm, rows)
    found, written = [], []
    for i, (row, start) in enumerate(zip(rows, starts, strict=True)):
        answer = row.ids[row.at:]
        logits = done.logits[i, start - 1:start + len(answer)]          # (answer + 1, V): of each of its tokens, and of what follows
        likeliest = logits.argmax(-1).tolist()
        agreed = next((j for j, id_ in enumerate(answer) if likeliest[j] != id_), len(answer))
        written.append([*answer[:agreed], likeliest[agreed]])
        hidden[i, hidden.shape[1] - done.logits.shape[1] + start + agreed:] = True      # what the model itself would not have written
        probs = _probs(logits, answer + row.end)
        found.append((row, logits[0], probs, bool(answer) and likeliest[:len(probs)] == answer + row.end))
    ended = _write_on(lm, done, hidden, written, [row.at for row in rows], FORMS[block.form].join)
    texts = [_answer(lm, ids, FORMS[block.form].join)[0] for ids in written]
    return [Shot(n, tuple(lm.tokenizer.tokens(row.ids[row.at:] + row.end)), tuple(probs), logits.clone(), texts[n], ended[n], right, row.at, row.dropped)
            for n, (row, logits, probs, right) in enumerate(found)]


def probability(lm: LanguageModel, block: Block) -> float | None:
    """The probability of the whole answer after all examples, in one pass; None where there is no answer to judge."""
    row = _row(lm, block, len(block.pairs))
    done, _, (start,) = _together(lm, [row])
    probs = _probs(done.logits[0, start - 1:], row.ids[row.at:] + row.end)
    return math.prod(probs) if probs else None


def orders(count: int, most: int, seed: int) -> list[tuple[int, ...]]:
    """At most `most` different orders of `count` examples, as they stand first, all there are if they are no more than that."""
    found = {tuple(range(count)): None}
    chance, all_ = random.Random(seed), math.factorial(count)
    while len(found) < min(most, all_):
        found.setdefault(tuple(chance.sample(range(count), count)))
    return list(found)


def _probs(logits: Tensor, ids: list[int]) -> list[float]:
    """What logits (n, V) give to each of the tokens that do follow, n of them or fewer."""
    return logits[:len(ids)].softmax(-1)[range(len(ids)), ids].tolist()


def _row(lm: LanguageModel, block: Block, shots: int) -> _Row:
    """Prompt and answer as tokens, cut together so that the answer is cut as in a text that goes on."""
    prompt, said = block.prompt(shots), f" {block.answer}" if block.answer else ""
    ids, spans = lm.tokenizer.encode_spans(prompt + said + FORMS[block.form].join if said else prompt)
    first = next((i for i, (_, end) in enumerate(spans) if end > len(prompt)), len(ids))
    last = next((i for i, (start, _) in enumerate(spans) if i >= first and start >= len(prompt + said)), len(ids))
    own = [] if lm.bos is None else [lm.bos]
    room = lm.context - len(own)
    if last - first >= room:
        last = first                                    # the answer alone fills the window: there is nothing to foretell it from
    cut = max(0, last - room)
    return _Row(own + ids[cut:last], first - cut + len(own), ids[last:last + 1] if first < last else [], cut)


@torch.no_grad()
def _together(lm: LanguageModel, rows: Sequence[_Row]) -> tuple[Activations, Tensor, list[int]]:
    """One batch of all rows, each from where it leaves the longest, which is read once before.

    Returns the pass, which of its past and present positions are no row's own (B, S), and where in its row of the pass each answer begins.
    """
    trunk = rows[-1].ids[:rows[-1].at - 1] if len(rows) > 1 else []
    kept = torch.tensor([_common(row.ids[:row.at - 1], trunk) for row in rows])[:, None]     # (B, 1)
    rests = [row.ids[n:] for row, n in zip(rows, kept[:, 0].tolist(), strict=True)]
    T, N = max(map(len, rests)), len(trunk)
    ids = torch.tensor([rest + [0] * (T - len(rest)) for rest in rests])
    lengths = torch.tensor([len(rest) for rest in rests])[:, None]
    hidden = torch.cat((torch.arange(N) >= kept, torch.arange(T) >= lengths), dim=1)        # (B, N + T)
    past = [tuple(one.expand(len(rows), -1, -1, -1) for one in pair) for pair in lm.decoder(torch.tensor([trunk])).cache()] if trunk else None
    places = (kept + torch.arange(T)).clamp(max=lm.context - 1)
    done = lm.decoder(ids, past, hidden=hidden[:, None, None], places=places)
    return done, hidden, [row.at - n for row, n in zip(rows, kept[:, 0].tolist(), strict=True)]


def _common(one: list[int], other: list[int]) -> int:
    """How many tokens two rows begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@torch.no_grad()
def _write_on(lm: LanguageModel, done: Activations, hidden: Tensor, written: list[list[int]], places: list[int], join: str) -> list[bool]:
    """Write each answer on with its likeliest tokens, all rows together, as far as its end, LONGEST or the window; whether it came to its end."""
    ended = [_answer(lm, ids, join)[1] for ids in written]
    active, past = list(range(len(written))), done.cache()
    while True:
        going = [n for n, i in enumerate(active) if not ended[i] and len(written[i]) < LONGEST and places[i] + len(written[i]) <= lm.context]
        if not going:
            return ended
        active = [active[n] for n in going]
        past, hidden = [(k[going], v[going]) for k, v in past], torch.cat((hidden[going], torch.zeros(len(going), 1, dtype=torch.bool)), dim=1)
        at = torch.tensor([[places[i] + len(written[i]) - 1] for i in active])
        done = lm.decoder(torch.tensor([written[i][-1:] for i in active]), past, hidden=hidden[:, None, None], places=at)
        past = done.cache()
        for i, id_ in zip(active, done.logits[:, -1].argmax(-1).tolist(), strict=True):
            written[i].append(id_)
            ended[i] = _answer(lm, written[i], join)[1]


def _answer(lm: LanguageModel, ids: list[int], join: str) -> tuple[str, bool]:
    """What was written as far as the end of the answer, and whether it ends: with what stands between two pairs, a line, or a text."""
    over = next((i for i, id_ in enumerate(ids) if id_ in lm.stops), len(ids))
    text = lm.tokenizer.decode(ids[:over])
    ends = [at for mark in (join.strip() or "\n", "\n") if (at := text.find(mark)) >= 0]
    return text[:min(ends, default=len(text))].strip(), bool(ends) or over < len(ids)
