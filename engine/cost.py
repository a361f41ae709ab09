"""What a longer window costs: time measured here and now, and memory, against the square of its length."""
import time
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from engine.lm import LanguageModel
from engine.model import attention, mask

LENGTHS = (16, 32, 64, 128, 256)                    # tokens of a forward pass
ATTENTION_LENGTHS = (64, 128, 256, 512, 1024, 2048)     # of attention alone, which needs no learned position
ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """One length of the window: seconds of one forward pass of the model, or of the attention function alone in one layer."""
    what: str                       # "forward" or "attention"
    tokens: int
    seconds: float                  # the fastest of ROUNDS, which the rest of the machine disturbed least


@torch.no_grad()
def measure(lm: LanguageModel) -> Iterator[Cost]:
    """Time every length that the model has, then attention alone with queries, keys and values of its shape; one Cost at a time."""
    config, chance = lm.decoder.config, torch.Generator().manual_seed(0)
    for n in (n for n in LENGTHS if n <= lm.context):
        ids = torch.randint(config.vocab_size, (1, n), generator=chance)
        yield Cost("forward", n, _fastest(lambda ids=ids: lm.decoder(ids)))
    D = config.n_embd // config.n_head
    for n in ATTENTION_LENGTHS:
        q, k, v = torch.randn(3, 1, config.n_head, n, D, generator=chance)
        yield Cost("attention", n, _fastest(lambda parts=(q, k, v, mask(n, n)): attention(*parts)))


def _fastest(run) -> float:
    run()                                           # once before it counts: memory is taken then
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def memory(lm: LanguageModel, tokens: int) -> tuple[int, int]:
    """Bytes, in float32: of the scores that all heads of all layers compare `tokens` with, and of the keys and values that are kept."""
    config = lm.decoder.config
    return 4 * config.n_layer * config.n_head * tokens ** 2, 4 * 2 * config.n_layer * config.n_embd * tokens
