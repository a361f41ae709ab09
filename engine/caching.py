"""What the cache of keys and values saves: the same step read with it and without it, timed side by side."""
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from engine.model import Config, Decoder


@dataclass(frozen=True)
class Timed:
    """One step done twice: seconds with the cache and without, and how far their logits are apart at most."""
    cached: float
    whole: float
    apart: float


def cache_bytes(config: Config, T: int) -> int:
    """What the keys and values of T positions occupy: two vectors of C float32 numbers in each of L layers."""
    return 2 * config.n_layer * config.n_embd * 4 * T


def computed(length: int, window: int, first: bool) -> tuple[int, int]:
    """How many positions the next step computes with the cache and without, for a text of `length` tokens in all.

    With the cache it is the newest alone; all at the `first` step, which reads the prompt, and once the text is longer than
    the window: learned positions then shift, and nothing kept is valid.
    """
    T = min(length, window)
    return (T if first or length > window else 1), T


@torch.no_grad()
def timed(decoder: Decoder, ids: Sequence[int], runs: int) -> Iterator[Timed]:
    """Read the last of `ids` (two or more) after the kept keys and values of the others, and all of them anew, in turn."""
    past = decoder(torch.tensor([ids[:-1]])).cache()
    last, everything = torch.tensor([ids[-1:]]), torch.tensor([ids])
    for _ in range(runs):
        start = time.perf_counter()
        cached = decoder(last, past=past).logits[0, -1]
        middle = time.perf_counter()
        whole = decoder(everything).logits[0, -1]
        yield Timed(middle - start, time.perf_counter() - middle, float((cached - whole).abs().max()))
