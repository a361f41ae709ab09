"""Low-rank adapters: what fine-tuning changed, small enough to send, merged into a fresh copy of the weights.

W' = W + strength · (alpha / r) · A B, with A (inputs, r) and B (r, outputs): Hu et al. 2021, "LoRA". The few chat
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


@torch.no_grad()
def merge(decoder: Decoder, adapter: Adapter, strength: float = 1.0) -> Decoder:
    """A fresh decoder with the adapter in it; the given one is left alone, and strength 0 is it, bit for bit."""
    merged = copy.deepcopy(decoder)
    if strength != 0:
        merged.load_state_dict(adapter.changed(decoder, strength), strict=False)
    return merged
