"""Writing on: one token after the other, each drawn from its own distribution, with the keys and values kept."""
import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import torch

from engine.model import NOTHING, Kept, Without
from engine.sampling import Distribution, distribution, land, throw
from engine.window import fit

AS_DRAWN = MappingProxyType({})     # no token is taken instead of the one that was drawn


@dataclass(frozen=True)
class Step:
    """One new token: its id, the text it completes, and how it was chosen.

    The text is "" for a stop and for half a letter, which comes with the token that completes it (or never, at the end).
    """
    id: int
    text: str
    distribution: Distribution
    u: float                        # where the dart fell on the cumulative bar, in [0, 1)
    drawn: int                      # the token that it hit: `id`, unless another was taken instead


class _Row:
    """One continuation on its way: its ids, its own chance, its half-read letter."""

    def __init__(self, prompt: list[int], seed: int):
        self.ids = list(prompt)
        self.chance = torch.Generator().manual_seed(seed)
        self.letters = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self.done = False


def roll(lm, prompt: list[int], seeds: Sequence[int], max_new_tokens: int, temperature: float, top_k: int | None,
         top_p: float | None, window: int, instead: Mapping[int, int] = AS_DRAWN, without: Without = NOTHING) -> Iterator[list[Step | None]]:
    """Continue `prompt` once for each seed, all as one batch; yields, token by token, a Step for each row still going.

    `instead` names tokens that are taken whatever is drawn, by their place in the new text, from 0: that place's dart is
    thrown all the same, so those after it fall where they would have fallen. `without` takes parts of the decoder away.

    The cache of keys and values grows until the window is full. From then on the window slides: every token moves to
    another learned position, so nothing kept is valid and each step reads its whole window anew.
    """
    rows = [_Row(prompt, seed) for seed in seeds]
    _, kept = fit(prompt, window, lm.bos)
    logits, cache = _read(lm.decoder, [kept], None, without)
    filled, room = len(kept), min(window, len(kept) + max_new_tokens)
    logits = logits.expand(len(rows), -1)
    cache = [Kept(k.expand(len(rows), -1, -1, -1), v.expand(len(rows), -1, -1, -1), room) for k, v in cache]
    for number in range(max_new_tokens):
        steps = []
        for row, row_logits in zip(rows, logits):
            if row.done:
                row.ids.append(row.ids[-1])         # keeps the batch square; never shown
                steps.append(None)
                continue
            chosen = distribution(row_logits, temperature, top_k, top_p)
            u = throw(row.chance)
            drawn = land(chosen, u)
            token = instead.get(number, drawn)
            row.ids.append(token)
            row.done = token in lm.stops
            steps.append(Step(token, "" if row.done else row.letters.decode(lm.tokenizer.bytes(token)), chosen, u, drawn))
        yield steps
        if all(row.done for row in rows) or number == max_new_tokens - 1:
            return
        if filled < window:
            logits, _ = _read(lm.decoder, [[row.ids[-1]] for row in rows], cache, without)
            filled += 1
        else:
            logits, _ = _read(lm.decoder, [fit(row.ids, window, lm.bos)[1] for row in rows], None, without)


def _read(decoder, ids: list[list[int]], past, without: Without):
    """The logits after the last token (B, V), and the keys and values of all."""
    with torch.inference_mode():
        done = decoder(torch.tensor(ids), past=past, without=without)
    return done.logits[:, -1].clone(), done.cache()         # a view would hold on to the logits of all positions
