"""One step of gradient descent on one text, and reading the same text: which numbers move, and which stay.

Gradient descent: Cauchy 1847; the gradient by backpropagation: Rumelhart, Hinton and Williams 1986.
"""
import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.func import functional_call
from torch.nn import functional as F

from engine.model import Decoder


@dataclass(frozen=True)
class Part:
    """What a step did to a part of the model: lengths are those of vectors of all its numbers."""
    name: str                       # "wte", "wpe", "h.0.attn", "h.0.mlp", "norms", "lm_head"
    parameters: int
    moved: int                      # how many of them are other numbers now
    weights: float                  # length before the step
    gradient: float
    change: float


@dataclass(frozen=True)
class Descent:
    """A step: the loss of the text before and after it, in nats per token, and what moved."""
    before: float
    after: float
    parts: tuple[Part, ...]
    fingerprints: tuple[str, str]   # of all weights, before and after

    @property
    def parameters(self) -> int:
        return sum(part.parameters for part in self.parts)

    @property
    def moved(self) -> int:
        return sum(part.moved for part in self.parts)

    @property
    def gradient(self) -> float:
        """The length of the whole gradient."""
        return sum(part.gradient ** 2 for part in self.parts) ** 0.5


def descend(decoder: Decoder, ids: Sequence[int], rate: float) -> Descent:
    """Move a copy of all weights by −rate · gradient of the loss of `ids` (two tokens at least); `decoder` itself stays as it is."""
    weights = {name: value.detach().clone().requires_grad_() for name, value in decoder.named_parameters()}
    before = text_loss(decoder, ids, weights)
    gradients = dict(zip(weights, torch.autograd.grad(before, list(weights.values())), strict=True))
    with torch.no_grad():
        moved = {name: value - rate * gradients[name] for name, value in weights.items()}
        after = text_loss(decoder, ids, moved)
        parts = tuple(_part(name, [(weights[key], gradients[key], moved[key]) for key in keys]) for name, keys in _grouped(weights).items())
    return Descent(float(before.detach()), float(after), parts, (fingerprint(weights), fingerprint(moved)))


def text_loss(decoder: Decoder, ids: Sequence[int], weights: Mapping[str, Tensor] | None = None) -> Tensor:
    """Mean cross-entropy of each token after the first, in nats, by the decoder's own weights or by others in their place."""
    inputs, targets = torch.tensor([ids[:-1]]), torch.tensor(ids[1:])
    logits = functional_call(decoder, dict(weights or {}), (inputs,)).logits[0]
    return F.cross_entropy(logits, targets)


def fingerprint(weights: Mapping[str, Tensor]) -> str:
    """The beginning of the SHA-256 of all weights, bit by bit: one number that moves changes it."""
    total = hashlib.sha256()
    for value in weights.values():
        total.update(value.detach().contiguous().numpy().data)
    return total.hexdigest()[:8]


def _grouped(names) -> dict[str, list[str]]:
    """The names of weights by the part that they belong to; all LayerNorms are one part."""
    def part(name: str) -> str:
        pieces = name.removeprefix("transformer.").split(".")
        return "norms" if any(piece.startswith("ln_") for piece in pieces) else ".".join(pieces[:3] if pieces[0] == "h" else pieces[:1])
    order = list(dict.fromkeys(map(part, names)))
    by_part = itertools.groupby(sorted(names, key=lambda name: order.index(part(name))), part)
    return {name: list(group) for name, group in by_part}


def _part(name: str, values: list[tuple[Tensor, Tensor, Tensor]]) -> Part:
    def length(tensors) -> float:
        return float(torch.stack([tensor.double().square().sum() for tensor in tensors]).sum().sqrt())
    return Part(name, sum(old.numel() for old, _, _ in values), sum(int((old != new).sum()) for old, _, new in values),
                length(old for old, _, _ in values), length(gradient for _, gradient, _ in values), length(new - old for old, _, new in values))
