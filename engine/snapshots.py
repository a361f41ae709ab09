"""What a model was on its way, kept small: a matrix in whole numbers from -127 to 127 with one scale a row, the rest in half precision.

`load("mini@2097152")` is `mini` as it was after 2,097,152 tokens, and `mini@0` before the first: these weights are drawn from their seed again.
"""
from pathlib import Path

import torch
from torch import Tensor

FILE, SCALE = "at-{}.safetensors", ".scale"


def split(name: str) -> tuple[str, int | None]:
    """A model's name and the tokens behind its @, if it has any."""
    whole, _, tokens = name.rpartition("@")
    return (whole, int(tokens)) if whole and tokens.isdecimal() and tokens.isascii() else (name, None)


def kept(folder: Path) -> list[int]:
    """After how many tokens there are snapshots of the model in `folder`, the first weights included where there are others."""
    named = (path.stem.removeprefix("at-") for path in folder.glob(FILE.format("*")))
    found = {int(tokens) for tokens in named if tokens.isdecimal()}
    return sorted({0} | found) if found else []


def pack(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights as they are kept: (rows, columns) become int8 and a scale (rows, 1)."""
    packed = {}
    for name, value in weights.items():
        if value.ndim == 2:
            scale = (value.abs().amax(1, keepdim=True) / 127).clamp_min(1e-7)
            packed |= {name: (value / scale).round().to(torch.int8), name + SCALE: scale.float()}
        else:
            packed[name] = value.half()
    return {name: value.contiguous() for name, value in packed.items()}


def unpack(packed: dict[str, Tensor]) -> dict[str, Tensor]:
    """What `pack` packed, as float32, each number within half a step of its row; other weights as they are."""
    return {name: value.float() * packed[name + SCALE] if value.dtype == torch.int8 and name + SCALE in packed else value
            for name, value in packed.items() if not name.endswith(SCALE)}
