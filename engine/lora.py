"""What fine-tuning changed: an adapter of low rank, small enough to send, or every weight; merged into a fresh copy of the base.

Of an adapter: W' = W + strength · (alpha / r) · A B, with A (inputs, r) and B (r, outputs): Hu et al. 2021, "LoRA". The few chat
tokens, which pre-training never saw, get rows of their own: E' = E + strength · ΔE.
"""
import copy
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model import Decoder

TARGETS = ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")
EMBEDDING = "transformer.wte.weight"


@dataclass
class Adapter:
    """The low-rank change of each weight matrix, by the weight's name, and of a few embedding rows."""
    a: dict[str, Tensor]
    b: dict[str, Tensor]
    rows: tuple[int, ...]           # token ids
    row_change: Tensor              # (len(rows), C)
    scale: float                    # alpha / r

    @classmethod
    def fresh(cls, decoder: Decoder, rank: int, alpha: float, rows: tuple[int, ...], seed: int) -> "Adapter":
        """An adapter that changes nothing yet: B = 0, A ~ N(0, 1 / inputs)."""
        chance = torch.Generator().manual_seed(seed)
        a, b = {}, {}
        for i in range(decoder.config.n_layer):
            for target in TARGETS:
                name = f"transformer.h.{i}.{target}.weight"
                inputs, outputs = decoder.get_parameter(name).shape
                a[name] = torch.randn(inputs, rank, generator=chance) / inputs**0.5
                b[name] = torch.zeros(rank, outputs)
        return cls(a, b, rows, torch.zeros(len(rows), decoder.config.n_embd), alpha / rank)

    def tensors(self) -> list[Tensor]:
        return [*self.a.values(), *self.b.values(), self.row_change]

    def changed(self, decoder: Decoder, strength: float = 1.0) -> dict[str, Tensor]:
        """The weights that the adapter replaces, by name; gradients flow through to the adapter."""
        weights = {name: decoder.get_parameter(name) + strength * self.scale * (self.a[name] @ self.b[name])
                   for name in self.a}
        if self.rows:
            embedding = decoder.get_parameter(EMBEDDING)
            weights[EMBEDDING] = embedding.index_add(0, torch.tensor(self.rows), strength * self.row_change)
        return weights


@dataclass
class Whole:
    """All the weights as they are after fine-tuning, by name."""
    weights: dict[str, Tensor]

    @classmethod
    def fresh(cls, decoder: Decoder) -> "Whole":
        """A copy of every weight, which changes nothing yet."""
        return cls({name: value.detach().clone() for name, value in decoder.named_parameters()})

    def tensors(self) -> list[Tensor]:
        return list(self.weights.values())

    def changed(self, decoder: Decoder, strength: float = 1.0) -> dict[str, Tensor]:
        """The weights on the straight way from the decoder's to these, at 1 these; gradients flow through to them."""
        if strength == 1:
            return dict(self.weights)
        return {name: torch.lerp(decoder.get_parameter(name), value, strength) for name, value in self.weights.items()}


Change = Adapter | Whole


@torch.no_grad()
def merge(decoder: Decoder, change: Change, strength: float = 1.0) -> Decoder:
    """A fresh decoder with the change in it; the given one is left alone, and strength 0 is it, bit for bit."""
    merged = copy.deepcopy(decoder)
    if strength != 0:
        merged.load_state_dict(change.changed(decoder, strength), strict=False)
    return merged


@torch.no_grad()
def moved(base: Decoder, tuned: Decoder) -> Tensor:
    """How far each matrix of the blocks has moved beside its own size, ‖ΔW‖ / ‖W‖ (Frobenius norms): (L, 4), in the order of TARGETS."""
    def matrix(decoder: Decoder, layer: int, target: str) -> Tensor:
        return decoder.get_parameter(f"transformer.h.{layer}.{target}.weight")
    return torch.stack([torch.stack([(matrix(tuned, i, target) - matrix(base, i, target)).norm() / matrix(base, i, target).norm()
                                     for target in TARGETS]) for i in range(base.config.n_layer)])
