"""Three ways to tell a decoder where a token stands: vectors that are learned, waves that are computed, and a turn of queries and keys.

The models here learn theirs (`Decoder.transformer.wpe`); the other two are written out to be compared. They share one idea: a row of
clocks, each slower than the one before, whose hands together say a place.
"""
from dataclasses import dataclass

import torch
from torch import Tensor

BASE = 10_000.0                     # of the waves, in both papers


def turns(width: int) -> Tensor:
    """How far each of the width / 2 clocks turns from one place to the next, (width // 2,) in radians: 10000^(−2i / width)."""
    return BASE ** (-torch.arange(0, width - 1, 2) / width)


def sinusoidal(places: Tensor, width: int) -> Tensor:
    """Vectors (n, width) for the places (n,), to be added to embeddings: sin at even numbers, cos at odd (Vaswani et al. 2017, section 3.5)."""
    angles = places[:, None] * turns(width + width % 2)                             # of an odd width, the last cosine is left out
    return torch.stack((angles.sin(), angles.cos()), -1).flatten(-2)[:, :width]


def rotary(x: Tensor, places: Tensor) -> Tensor:
    """Queries or keys (..., n, D), each pair of numbers turned by its clock at that place (Su et al. 2021, eq. 34).

    Nothing is added: lengths stay, and a query's product with a key depends on how far apart they stand, not on where.
    """
    angles = places[:, None] * turns(x.shape[-1])                                   # (n, D // 2)
    cos, sin = angles.cos(), angles.sin()
    paired, alone = x.split((2 * angles.shape[-1], x.shape[-1] % 2), dim=-1)        # of an odd width, the last number is not turned
    a, b = paired[..., 0::2], paired[..., 1::2]
    return torch.cat((torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2), alone), -1)


def cosines(vectors: Tensor) -> Tensor:
    """The cosine (n, n) between each two of the vectors (n, C)."""
    unit = vectors / vectors.norm(dim=-1, keepdim=True)
    return unit @ unit.T


@dataclass(frozen=True)
class ByDistance:
    """What pairs of places have in common, by how far apart they stand, 0 to n − 1; each (n,)."""
    mean: Tensor
    low: Tensor
    high: Tensor


def by_distance(similarity: Tensor) -> ByDistance:
    """Mean, lowest and highest of each diagonal of a similarity (n, n) on and below the main one: [place, distance earlier]."""
    diagonals = [similarity.diagonal(-distance) for distance in range(len(similarity))]
    return ByDistance(*(torch.stack([measure(diagonal) for diagonal in diagonals]) for measure in (torch.mean, torch.amin, torch.amax)))
