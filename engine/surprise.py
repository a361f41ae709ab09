"""How surprised a model is by each token of a text, given what came before it; and by the text as a whole."""
import math
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.trace import Trace


@dataclass(frozen=True)
class Surprise:
    """What a model expected of each token after the first, T − 1 of them; of the first it expected nothing."""
    logprobs: Tensor                # (T − 1,) ln p of the token that came, in nats: surprise is −ln p
    ranks: Tensor                   # (T − 1,) 1: no token of the vocabulary was likelier
    expected: Tensor                # (T − 1,) the id that was likeliest

    @property
    def perplexity(self) -> float | None:
        """e to the mean surprise: as if each token had been drawn from so many, all alike; None for a text without a second token."""
        return math.exp(-float(self.logprobs.double().mean())) if len(self.logprobs) else None


@torch.no_grad()
def surprise(trace: Trace) -> Surprise:
    """Read off, at each position, how likely the token was that then came (Shannon 1948: −log p is its information)."""
    ids = torch.tensor([token.id for token in trace.tokens])[1:, None]
    logits = trace.logits[:-1]                                                      # (T − 1, V): what stood before each
    came = logits.gather(-1, ids)                                                   # (T − 1, 1)
    return Surprise((came - logits.logsumexp(-1, keepdim=True))[:, 0], (logits > came).sum(-1) + 1, logits.argmax(-1))
