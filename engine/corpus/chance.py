"""The corpus' one source of chance: seeded, and it keeps account of what every choice cost."""
import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded chooser that adds up the surprise of its own choices.

    `nats` is the sum of -ln p over every choice made so far: the entropy of the derivation, an upper bound on the
    entropy of the text (two derivations may give one string). Everything random in the corpus goes through here.
    """

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        self.nats = 0.0

    def pick(self, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of `options`, uniformly or in proportion to `weights` (same length, not all zero)."""
        if weights is None:
            self.nats += math.log(len(options))
            return options[self._random.randrange(len(options))]
        total = sum(weights)
        point = self._random.random() * total
        for option, weight in zip(options, weights, strict=True):
            point -= weight
            if point < 0:
                break
        self.nats -= math.log(weight / total)
        return option

    def zipf(self, options: Sequence[T], exponent: float = 0.7) -> T:
        """One of `options`, the earlier the likelier: weight of the i-th is i ** -exponent."""
        return self.pick(options, [(i + 1) ** -exponent for i in range(len(options))])

    def flip(self, p: float = 0.5) -> bool:
        """True with probability p."""
        yes = self._random.random() < p
        self.nats -= math.log(p if yes else 1 - p)
        return yes

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included, uniformly."""
        self.nats += math.log(high - low + 1)
        return self._random.randint(low, high)

    def several(self, options: Sequence[T], k: int) -> list[T]:
        """k different ones of `options`, in random order."""
        self.nats += sum(math.log(len(options) - i) for i in range(k))
        return self._random.sample(options, k)
