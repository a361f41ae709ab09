"""What a decoder's shape decides before a single number is trained: its parameters part by part, and what it costs to keep, run and train.

A formula is a sum of terms, each a number times a product of letters: L layers, C width, T context, V vocabulary. (8, "LCC") is 8 L C².
Heads are in none of them: they share the width out.
"""
from dataclasses import dataclass
from math import prod

from engine.cards import GPT3_TOKENS
from engine.model import Config

Terms = tuple[tuple[int, str], ...]

PARTS: dict[str, Terms] = {         # of engine/model.py, weights and biases
    "tokens": ((1, "VC"),),
    "positions": ((1, "TC"),),
    "c_attn": ((3, "LCC"), (3, "LC")),
    "c_proj": ((1, "LCC"), (1, "LC")),
    "forward": ((8, "LCC"), (5, "LC")),
    "norms": ((4, "LC"),),          # two a block, each a gain and a bias
    "final": ((2, "C"),),
}
HEAD: dict[str, Terms] = {"head": ((1, "VC"),)}         # only where it is not tied to the token embedding
FORWARD: dict[str, Terms] = {"weights": ((24, "LCC"), (2, "VC")), "attention": ((2, "LTC"),)}
CACHE: Terms = ((2, "LTC"),)        # numbers kept of a full context: a key and a value, in each layer
BYTES = {"fp32": 4, "fp16": 2, "int8": 1}
TRAINING_BYTES = 16                 # a parameter in float32, its gradient, and the two moments of Adam (Kingma & Ba 2015)
TRAINING = 6                        # operations a parameter and token: 2 forward, 4 backward
MOST_HEADS = 200                    # that are offered
DAY = 86_400


@dataclass(frozen=True)
class Published:
    """A model of others: its shape, and how many tokens it was trained on where its authors say so."""
    config: Config
    tokens: int | None = None


PUBLISHED = {
    "gpt2": Published(Config(50257, 1024, 768, 12, 12)),            # Radford et al. 2019 and the released checkpoints
    "gpt2-xl": Published(Config(50257, 1024, 1600, 48, 25)),
    "gpt3": Published(Config(50257, 2048, 12288, 96, 96), int(GPT3_TOKENS)),        # Brown et al. 2020, arXiv 2005.14165, tables 2.1 and D.1
}


def formulas(tied: bool) -> dict[str, Terms]:
    """The formula of each part of a decoder."""
    return PARTS if tied else PARTS | HEAD


def value(terms: Terms, config: Config) -> int:
    """What a formula comes to for a shape; whole, however large."""
    of = {"L": config.n_layer, "C": config.n_embd, "T": config.n_positions, "V": config.vocab_size}
    return sum(factor * prod(of[letter] for letter in letters) for factor, letters in terms)


def parameters(config: Config) -> dict[str, int]:
    """How many parameters each part holds."""
    return {part: value(terms, config) for part, terms in formulas(config.tie_word_embeddings).items()}


def total(config: Config) -> int:
    """How many parameters the decoder has: what counting those of the built one gives."""
    return sum(parameters(config).values())


def forward_flops(config: Config) -> dict[str, int]:
    """Operations for one token: 2 for each weight that is multiplied with, and what attention adds, at half a context on average.

    A multiplication and an addition count as 2. Kaplan et al. 2020, arXiv 2001.08361, table 1, and, as in Hoffmann et al. 2022, arXiv 2203.15556,
    appendix F, the product with the vocabulary; biases, norms and softmax, a small share, are left out.
    """
    return {name: value(terms, config) for name, terms in FORWARD.items()}


def cache_numbers(config: Config) -> int:
    """How many numbers the cache of keys and values holds at a full context."""
    return value(CACHE, config)


def training_flops(parameters: int, tokens: int) -> int:
    """6 N D (Kaplan et al. 2020, §2.1)."""
    return TRAINING * parameters * tokens


def days(flops: float, rate: float) -> float:
    """How many days one device takes that really does `rate` operations a second."""
    return flops / rate / DAY


def fitting_heads(width: int, wanted: int) -> int:
    """The number of heads nearest to `wanted`, at most MOST_HEADS, that shares the width out evenly; of two as near, the smaller."""
    return min((h for h in range(1, min(width, MOST_HEADS) + 1) if width % h == 0), key=lambda h: (abs(h - wanted), h))
