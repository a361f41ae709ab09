"""One forward pass over one text, kept whole."""
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model import Activations, Config, Without
from engine.tokenizer import Token


@dataclass(frozen=True)
class Trace:
    """Everything that one forward pass did: float32 CPU tensors, detached; read, never written.

    L layers, H heads, T positions (tokens seen), C width, D = C / H, F = 4 C, V vocabulary.
    """
    tokens: tuple[Token, ...]       # T of them: what the model saw, its beginning-of-text token included
    dropped: tuple[Token, ...]      # what fell out of the window, oldest first
    without: Without                # what was taken away
    embedding: Tensor               # (T, C)
    position: Tensor                # (T, C)
    q: Tensor                       # (L, H, T, D)
    k: Tensor                       # (L, H, T, D)
    v: Tensor                       # (L, H, T, D)
    scores: Tensor                  # (L, H, T, T) scaled, before the mask: [query, key]
    pattern: Tensor                 # (L, H, T, T) after softmax: each row sums to 1
    resid_pre: Tensor               # (L, T, C)
    resid_mid: Tensor               # (L, T, C)
    resid_post: Tensor              # (L, T, C)
    neurons: Tensor                 # (L, T, F)
    logits: Tensor                  # (T, V)

    @property
    def nbytes(self) -> int:
        """What this trace occupies in memory, in bytes."""
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, Tensor))


def traced_bytes(config: Config, T: int) -> int:
    """What a trace of T tokens occupies: its `nbytes`, known before there is one; attention's two tables grow with T²."""
    C, L, H, V = config.n_embd, config.n_layer, config.n_head, config.vocab_size
    return 4 * T * (2 * C + L * (2 * H * T + 10 * C) + V)


PER_LAYER = ("q", "k", "v", "scores", "pattern", "resid_pre", "resid_mid", "resid_post", "neurons")


def collect(done: Activations, row: int, tokens: list[Token], dropped: list[Token], without: Without) -> Trace:
    """Stack the layers of one row of a pass over a batch."""
    stacked = {name: torch.stack([getattr(layer, name)[row] for layer in done.layers]) for name in PER_LAYER}
    alone = len(done.logits) == 1
    embedding, logits = (batch[row] if alone else batch[row].clone() for batch in (done.embedding, done.logits))       # a view would hold all rows
    return Trace(tokens=tuple(tokens), dropped=tuple(dropped), without=without, embedding=embedding,
                 position=done.position.clone(), logits=logits, **stacked)
