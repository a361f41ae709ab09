"""What heads do, by measured scores: who looks at the token before, at itself, at the first one, at what came after the same token earlier.

Scores are shares of attention, taken on made-up sequences where the right place to look is known: a row of random tokens, said twice
(Olsson et al. 2022, "In-context Learning and Induction Heads").
"""
import functools
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.lm import LanguageModel
from engine.tokenizer import SPECIAL

# Of the attention: a head that gives so much to one kind of place is called by it. The first token gets what is left over by many heads.
THRESHOLDS = {"previous": 0.28, "current": 0.28, "first": 0.48, "induction": 0.28, "duplicate": 0.28}
KINDS = tuple(THRESHOLDS)
ROWS, LENGTH = 16, 32               # sequences, and random tokens in each, which are then said again
SEED = 0


@dataclass(frozen=True)
class Roles:
    """How much of its attention each head gives to each kind of place, averaged over the second saying: kind → (L, H), 0…1."""
    scores: dict[str, Tensor]

    @functools.cached_property
    def names(self) -> tuple[tuple[str | None, ...], ...]:
        """For each layer and head the kind of place that it is called by, the most looked at; None where that gets less than its threshold."""
        shares, best = torch.stack([self.scores[kind] for kind in KINDS]).max(0)              # (L, H) each
        return tuple(tuple(KINDS[i] if share >= THRESHOLDS[KINDS[i]] else None for share, i in zip(*row, strict=True))
                     for row in zip(shares.tolist(), best.tolist(), strict=True))

    def of(self, layer: int, head: int) -> str | None:
        """What one head is called by."""
        return self.names[layer][head]


@torch.no_grad()
def roles(lm: LanguageModel, seed: int = SEED) -> Roles:
    """Score every head of a model on ROWS sequences of random tokens, each said twice behind the beginning-of-text token.

    previous: one back; current: the token itself; first: position 0; duplicate: the same token, LENGTH back; induction: the token
    that followed it then, LENGTH − 1 back. Where two of them fall on one place, as none do here, both would count.
    """
    chance = torch.Generator().manual_seed(seed)
    length = min(LENGTH, (lm.context - 1) // 2)
    first = 0 if lm.bos is None else lm.bos
    said = torch.randint(len(SPECIAL), lm.decoder.config.vocab_size, (ROWS, length), generator=chance)
    ids = torch.cat((torch.full((ROWS, 1), first), said, said), 1)                  # (ROWS, 1 + 2 length)
    readers = torch.arange(length + 1, 2 * length + 1)                              # the second saying
    looked = {"previous": readers - 1, "current": readers, "first": torch.zeros_like(readers), "induction": readers - length + 1,
              "duplicate": readers - length}
    patterns = [layer.pattern for layer in lm.decoder(ids).layers]                  # L of (ROWS, H, T, T)
    return Roles({kind: torch.stack([pattern[:, :, readers, places].mean((0, 2)) for pattern in patterns]) for kind, places in looked.items()})


def twin(lm: LanguageModel, layer: int, head: int) -> int | None:
    """The first head of the same layer with the very same weights for queries and keys, which looks where this one looks; None if there is none."""
    config, weight = lm.decoder.config, lm.decoder.transformer.h[layer].attn.c_attn.weight
    heads = weight[:, :2 * config.n_embd].unflatten(1, (2, config.n_head, -1)).transpose(0, 2)      # (H, 2, C, D)
    return next((other for other in range(head) if torch.equal(heads[other], heads[head])), None)
