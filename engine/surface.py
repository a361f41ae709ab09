"""The loss around a network, along two of its parameters or in the plane in which its path lies best: every value computed, none guessed."""
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.plane import SIDE, Points
from engine.playground import Shape, forward, loss

CELLS = 25                          # of a surface, across and up
MARGIN = 0.35                       # around the path, as a share of its extent


@dataclass(frozen=True)
class Surface:
    """The loss on a grid through the place where a network stands, which is one of its nodes; all other directions are held."""
    across: Tensor                  # (P,) of length 1: what the columns go along
    up: Tensor                      # (P,) of length 1, at a right angle to it
    columns: Tensor                 # (cells,) how far along `across`
    rows: Tensor                    # (cells,) how far along `up`
    losses: Tensor                  # (cells, cells) [row, column]
    path: Tensor                    # (n, 2) the way walked, seen in the plane
    here: tuple[int, int]           # row and column of the node where the network stands
    share: float                    # of the movement along the path that lies in the plane


def along(shape: Shape, walked: Tensor, points: Points, first: int, second: int, cells: int = CELLS) -> Surface:
    """The surface over two parameters by their numbers, each at its own value; `walked` (n, P) ends where the network stands."""
    across, up = torch.eye(walked.shape[-1], dtype=walked.dtype)[[first, second]]
    return _surface(shape, walked, points, across, up, torch.zeros_like(walked[-1]), 1.5, cells)


def through(shape: Shape, walked: Tensor, points: Points, cells: int = CELLS) -> Surface:
    """The surface in the plane through the place where the network stands that holds most of the path.

    Its directions are the first two principal components of all places minus the last one (Li et al. 2018, section 7.1), each turned so that
    the path begins on its negative side.
    """
    moved = walked - walked[-1]
    axes = torch.linalg.eigh(moved.T @ moved)[1][:, -2:].T.flip(0)                      # (2, P)
    across, up = torch.where(moved[0] @ axes.T > 0, -1, 1)[:, None] * axes
    return _surface(shape, walked, points, across, up, walked[-1], 1.0, cells)


def _surface(shape: Shape, walked: Tensor, points: Points, across: Tensor, up: Tensor, origin: Tensor, least: float, cells: int) -> Surface:
    axes, here = torch.stack((across, up)), walked[-1]
    path = (walked - origin) @ axes.T                                                   # (n, 2)
    columns, rows = (_ticks(path[:, axis], least, cells) for axis in (0, 1))
    thetas = here + (columns - path[-1, 0])[None, :, None] * across + (rows - path[-1, 1])[:, None, None] * up         # (rows, columns, P)
    small = Points(points.x.float(), points.y.float())
    losses = loss(shape, thetas.float().flatten(0, 1), small).unflatten(0, thetas.shape[:2])
    moved = walked - here
    all_, seen = float(moved.square().sum()), float((moved @ axes.T).square().sum())
    return Surface(across, up, columns, rows, losses, path, (_nearest(rows, path[-1, 1]), _nearest(columns, path[-1, 0])), seen / all_ if all_ else 1.0)


def _ticks(path: Tensor, least: float, cells: int) -> Tensor:
    """(cells,) even places around a path along one axis, `least` to either side of its middle at least; its last place is one of them."""
    low, high = path.min(), path.max()
    half = torch.clamp((0.5 + MARGIN) * (high - low), min=least)
    ticks = (low + high) / 2 + half * torch.linspace(-1, 1, cells, dtype=path.dtype)
    return ticks + path[-1] - ticks[_nearest(ticks, path[-1])]


def _nearest(ticks: Tensor, place: Tensor) -> int:
    return int((ticks - place).abs().argmin())


def steepest(slopes: Tensor) -> tuple[int, int]:
    """The two parameters along which the loss falls fastest, of slopes (P,)."""
    first, second = slopes.abs().topk(2).indices.tolist()
    return first, second


@torch.no_grad()
def fields(shape: Shape, theta: Tensor, cells: int) -> tuple[Tensor, list[Tensor]]:
    """What the network makes of the whole plane: the probability of class 1 (cells, cells), and each hidden layer's values (width, cells, cells).

    Rows go down from the upper edge; each value stands for the middle of its cell.
    """
    middles = SIDE * ((2 * torch.arange(cells) + 1) / cells - 1)
    y, x = torch.meshgrid(-middles, middles, indexing="ij")
    sums, values = forward(shape, theta.float(), torch.stack((x, y), -1).flatten(0, 1))
    return torch.sigmoid(sums[-1]).view(cells, cells), [value.T.unflatten(-1, (cells, cells)) for value in values[:-1]]
