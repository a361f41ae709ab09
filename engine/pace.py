"""How long it takes to read a text: all positions at once, one after the other, and in a recurrent network of the same size.

Recurrent network: gated units, Cho et al. 2014, arXiv 1406.1078; why a decoder does without: Vaswani et al. 2017, section 4.
"""
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import torch
from torch import Tensor, nn

from engine.model import Config, Decoder

KINDS = ("parallel", "single", "recurrent")
LENGTHS = (16, 32, 64, 128, 256)
ROUNDS = 3                          # times that each is read; the middle one counts
PIECE = 16                          # tokens that the recurrent network reads in a go, so that a measurement can be put aside in between


@dataclass(frozen=True)
class Pace:
    """After so many seconds, `tokens` of the text were read."""
    what: str                       # one of KINDS
    tokens: int
    seconds: float


class Recurrent(nn.Module):
    """A recurrent network: embedding → gated units, layer on layer → logits over the vocabulary."""

    def __init__(self, config: Config):
        super().__init__()
        self.embedding = nn.Embedding(config.vocab_size, config.n_embd)
        self.units = nn.GRU(config.n_embd, config.n_embd, 2 * config.n_layer, batch_first=True)     # two layers weigh what a block weighs: 12 C²

    def forward(self, ids: Tensor, state: Tensor | None) -> tuple[Tensor, Tensor]:
        """Logits (B, T, V) and the state that the next token needs, which knows of all before it."""
        seen, state = self.units(self.embedding(ids), state)
        return seen @ self.embedding.weight.T, state


def parameters(network: nn.Module) -> int:
    """How many numbers a network has learnt, or has yet to learn."""
    return sum(value.numel() for value in network.parameters())


def measure(decoder: Decoder) -> Iterator[Pace]:
    """Read random tokens in each way, round after round, on one thread; every reading is told of on its way, piece by piece."""
    longest = max(lengths(decoder.config))
    ids = torch.randint(decoder.config.vocab_size, (1, longest), generator=torch.Generator().manual_seed(0))
    network = Recurrent(decoder.config).eval()
    for _ in range(ROUNDS):
        for length in lengths(decoder.config):
            yield _timed("parallel", length, 0.0, lambda length=length: decoder(ids[:, :length]))[0]
        yield from _onwards("single", ids, 1, lambda token, kept: decoder(token, past=kept).cache())
        yield from _onwards("recurrent", ids, PIECE, lambda token, state: network(token, state)[1])


def lengths(config: Config) -> list[int]:
    """The lengths that fit into the decoder's window; the whole window, where none does."""
    return [length for length in LENGTHS if length <= config.n_positions] or [config.n_positions]


def table(paces: Sequence[Pace], config: Config) -> dict[str, dict[int, float]]:
    """The middle of what was measured, in seconds, for each kind and each length that was reached."""
    found = {kind: {length: [pace.seconds for pace in paces if pace.what == kind and pace.tokens == length] for length in lengths(config)} for kind in KINDS}
    return {kind: {length: median(seconds) for length, seconds in rows.items() if seconds} for kind, rows in found.items()}


def _onwards(what: str, ids: Tensor, size: int, read) -> Iterator[Pace]:
    """Read `size` tokens at a time, each with what is left of those before."""
    kept, spent = None, 0.0
    for start in range(0, ids.shape[1], size):
        pace, kept = _timed(what, min(start + size, ids.shape[1]), spent, lambda: read(ids[:, start:start + size], kept))
        spent = pace.seconds
        yield pace


@torch.no_grad()
def _timed(what: str, tokens: int, before: float, work) -> tuple[Pace, object]:
    begun = time.perf_counter()
    made = work()
    return Pace(what, tokens, before + time.perf_counter() - begun), made
