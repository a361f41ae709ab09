"""From logits to the next token: temperature, filters, softmax, and the draw, each step kept to be shown."""
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import KnobError


@dataclass(frozen=True)
class Distribution:
    """How the next token's probabilities came about, over the whole vocabulary; every tensor is (V,)."""
    logits: Tensor
    scaled: Tensor                  # logits / temperature; at temperature 0: the logits themselves
    kept: Tensor                    # bool: what top-k and top-p left in
    probs: Tensor                   # softmax over what was kept, 0 elsewhere
    entropy: float                  # of probs, in nats
    temperature: float
    top_k: int | None
    top_p: float | None


def distribution(logits: Tensor, temperature: float = 1.0, top_k: int | None = None,
                 top_p: float | None = None) -> Distribution:
    """Turn logits (V,) into probabilities: ÷ temperature, then top-k, then top-p, then softmax.

    Temperature 0 is argmax: all the mass on the likeliest token. `top_k` keeps the k likeliest (Fan et al. 2018);
    `top_p` the fewest whose mass, of what top-k left, reaches p (Holtzman et al. 2020). None switches a filter off.
    Raises KnobError for a negative temperature, k < 1, or p outside (0, 1].
    """
    _check(temperature, top_k, top_p)
    V = logits.shape[-1]
    kept = torch.ones(V, dtype=torch.bool, device=logits.device)
    scaled = logits / temperature if temperature > 0 else logits
    if temperature == 0 or not scaled.isfinite().all():     # so cold that the quotient overflows: argmax too
        scaled = logits
        kept = torch.zeros_like(kept)
        kept[logits.argmax()] = True
    elif (top_k is not None and top_k < V) or (top_p is not None and top_p < 1):
        order = scaled.argsort(descending=True, stable=True)
        keep = min(top_k or V, V)
        if top_p is not None:
            mass = scaled[order[:keep]].softmax(-1).cumsum(-1)
            keep = min(int((mass < top_p).sum()) + 1, keep)
        kept = torch.zeros_like(kept)
        kept[order[:keep]] = True
    probs = scaled.masked_fill(~kept, -math.inf).softmax(-1)
    entropy = float(-torch.special.xlogy(probs, probs).sum())
    return Distribution(logits, scaled, kept, probs, max(entropy, 0.0), temperature, top_k, top_p)


def draw(d: Distribution, chance: torch.Generator) -> int:
    """One token id, drawn with the probabilities of `d`: a dart thrown at their cumulative bar."""
    return land(d, throw(chance))


def throw(chance: torch.Generator) -> float:
    """Where the dart falls: a number in [0, 1), every one as likely as any other."""
    return float(torch.rand((), generator=chance, dtype=torch.float64))


def land(d: Distribution, u: float) -> int:
    """The token that a dart at `u` in [0, 1) hits."""
    return int(landed(d, torch.tensor([u], dtype=torch.float64)))


def landed(d: Distribution, u: Tensor) -> Tensor:
    """The tokens (n,) that darts at `u` (n,), float64 in [0, 1), hit.

    The probabilities lie end to end on a bar from 0 to 1, likeliest token first; the one on whose stretch u falls is hit.
    """
    order = d.probs.argsort(descending=True, stable=True)
    bar = d.probs[order].double().cumsum(-1)
    return order[torch.searchsorted(bar, u * bar[-1], right=True).clamp(max=int(d.kept.sum()) - 1)]


def tally(d: Distribution, seed: int, counts: Sequence[int]) -> Tensor:
    """How often each token is hit by the first n darts of a seed, for each n of `counts`, thrown as one batch: (len(counts), V)."""
    u = torch.rand(max(counts), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    hit = landed(d, u)
    return torch.stack([torch.bincount(hit[:n], minlength=d.probs.shape[-1]) for n in counts])


def _check(temperature: float, top_k: int | None, top_p: float | None) -> None:
    if not (math.isfinite(temperature) and temperature >= 0):
        raise KnobError("temperature", f"Temperature must be 0 or more, not {temperature}.", value=temperature)
    if top_k is not None and top_k < 1:
        raise KnobError("top_k", f"top-k must keep at least one token, not {top_k}.", value=top_k)
    if top_p is not None and not 0 < top_p <= 1:
        raise KnobError("top_p", f"top-p must lie above 0 and at most at 1, not {top_p}.", value=top_p)
