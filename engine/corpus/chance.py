"""The corpus' one source of chance: seeded, and it keeps account of what every choice cost."""
import math
import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
LOG = [0.0, *(math.log(n) for n in range(1, 4096))]


class Menu(Generic[T]):
    """Options with their weights worked out once: cumulative shares to draw by, and what each option costs in nats."""

    __slots__ = ("options", "shares", "nats")

    def __init__(self, options: Iterable[T], weights: Iterable[float] | None = None):
        self.options = tuple(options)
        given = (1.0,) * len(self.options) if weights is None else tuple(weights)
        assert self.options and len(given) == len(self.options) and min(given) > 0, (len(self.options), given)
        total = sum(given)
        self.shares = tuple(accumulate(weight / total for weight in given))
        self.nats = tuple(-math.log(weight / total) for weight in given)

    @classmethod
    def zipf(cls, options: Sequence[T], exponent: float = 0.5) -> "Menu[T]":
        """The earlier the likelier: the weight of the i-th is i ** -exponent."""
        return cls(options, ((i + 1) ** -exponent for i in range(len(options))))


class Chance:
    """A seeded chooser that adds up the surprise of its own choices.

    `nats` is the sum of -ln p over every choice made so far: the entropy of the derivation, an upper bound on the
    entropy of the text (two derivations may give one string). Everything random in the corpus goes through here.
    """

    __slots__ = ("_random", "_roll", "nats")

    def __init__(self, seed: int):
        self._random = random.Random(seed)
        self._roll = self._random.random
        self.nats = 0.0

    def draw(self, menu: Menu[T]) -> T:
        """One option of a menu, in proportion to its weight."""
        i = min(bisect(menu.shares, self._roll()), len(menu.options) - 1)
        self.nats += menu.nats[i]
        return menu.options[i]

    def pick(self, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of `options`, uniformly or in proportion to `weights` (same length, not all zero)."""
        if weights is None:
            count = len(options)
            self.nats += LOG[count] if count < len(LOG) else math.log(count)
            return options[int(self._roll() * count)]
        total = sum(weights)
        point = self._roll() * total
        for option, weight in zip(options, weights, strict=True):
            point -= weight
            if point < 0:
                break
        self.nats -= math.log(weight / total)
        return option

    def flip(self, p: float = 0.5) -> bool:
        """True with probability p."""
        if p >= 1:
            return True
        yes = self._roll() < p
        self.nats -= math.log(p if yes else 1 - p)
        return yes

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included, uniformly."""
        self.nats += math.log(high - low + 1)
        return low + int(self._roll() * (high - low + 1))

    def several(self, options: Sequence[T], k: int) -> list[T]:
        """k different ones of `options`, in random order."""
        self.nats += sum(math.log(len(options) - i) for i in range(k))
        return self._random.sample(options, k)
