"""Points of two classes on a plane, the small problems that a small network learns: drawn from a seed, half of them kept for the test."""
import math
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.errors import KnobError

SIDE = 3.0                          # the plane reaches from −SIDE to SIDE, across and up
COUNT = 100                         # points to train on, and as many to test
KINDS = ("line", "circle", "xor", "moons", "spirals")


@dataclass(frozen=True)
class Points:
    """N points and the class of each."""
    x: Tensor                       # (N, 2)
    y: Tensor                       # (N,) 0 or 1


def problem(kind: str, noise: float, seed: int, count: int = COUNT) -> tuple[Points, Points]:
    """Points of one of `KINDS` to train on, and others to test, `count` of each, half of either class.

    `noise` (0…1) is the deviation, in units of the plane, of what is added to every point. Raises KnobError for another kind.
    """
    if kind not in KINDS:
        raise KnobError("data", f"There is no problem called {kind}.", kind=kind)
    chance = torch.Generator().manual_seed(seed)
    y = torch.arange(2 * count, dtype=torch.float64) % 2
    x = {"line": _line, "circle": _circle, "xor": _xor, "moons": _moons, "spirals": _spirals}[kind](y, chance)
    x = (x + noise * torch.randn(x.shape, generator=chance, dtype=x.dtype)).clamp(-SIDE, SIDE)
    return Points(x[:count], y[:count]), Points(x[count:], y[count:])


def _line(y: Tensor, chance: torch.Generator) -> Tensor:
    """Two clouds, one on either side of a slanted line."""
    centre = (2 * y - 1)[:, None] * torch.tensor([1.2, 0.9], dtype=y.dtype)
    return centre + 0.6 * torch.randn(len(y), 2, generator=chance, dtype=y.dtype)


def _circle(y: Tensor, chance: torch.Generator) -> Tensor:
    """A disc (class 1) within a ring (class 0)."""
    share, turn = torch.rand(2, len(y), generator=chance, dtype=y.dtype)
    radius = torch.where(y == 1, 1.25 * share.sqrt(), 1.9 + 0.8 * share)
    return radius[:, None] * torch.stack(((2 * math.pi * turn).cos(), (2 * math.pi * turn).sin()), -1)


def _xor(y: Tensor, chance: torch.Generator) -> Tensor:
    """Four squares: class 1 where both coordinates have the same sign."""
    size, side = torch.rand(len(y), 2, generator=chance, dtype=y.dtype), torch.randint(2, (len(y),), generator=chance) * 2 - 1
    signs = torch.stack((side, side * (2 * y - 1)), -1)
    return signs * (0.25 + 2.3 * size)


def _moons(y: Tensor, chance: torch.Generator) -> Tensor:
    """Two half moons, each around an end of the other."""
    turn = math.pi * torch.rand(len(y), generator=chance, dtype=y.dtype)
    upper = torch.stack((turn.cos() - 0.5, turn.sin() - 0.25), -1)
    lower = torch.stack((0.5 - turn.cos(), 0.25 - turn.sin()), -1)
    return 1.6 * torch.where(y[:, None] == 1, upper, lower)


def _spirals(y: Tensor, chance: torch.Generator) -> Tensor:
    """Two spirals of a turn and a quarter, one half a turn behind the other."""
    share = torch.rand(len(y), generator=chance, dtype=y.dtype).sqrt()
    turn = 2.5 * math.pi * share + math.pi * y
    return (0.3 + 2.4 * share)[:, None] * torch.stack((turn.cos(), turn.sin()), -1)
