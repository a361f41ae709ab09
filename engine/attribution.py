"""Where a logit comes from: what each part of the model adds to it directly, and what each layer would predict by itself.

Every part of a decoder writes into the residual stream by adding, so the last stream is a sum of parts, and with the spread of
the final LayerNorm held as it was, a logit is one too: "direct logit attribution" (Elhage et al. 2021, "A Mathematical
Framework for Transformer Circuits"). What a part does by way of later parts is not in it.
"""
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.model import Decoder
from engine.trace import Trace


@dataclass(frozen=True)
class Written:
    """What each part wrote into the residual stream at one position: they add up to the last `resid_post` there."""
    embedding: Tensor               # (C,)
    position: Tensor                # (C,) zeros where positions were taken away
    heads: Tensor                   # (L, H, C) zeros for a head that was taken away
    biases: Tensor                  # (L, C) of the product that joins a layer's heads
    forward: Tensor                 # (L, C) what the feed-forward networks wrote

    def total(self) -> Tensor:
        """(C,): all parts together."""
        return self.embedding + self.position + self.heads.sum((0, 1)) + (self.biases + self.forward).sum(0)


@dataclass(frozen=True)
class Contributions:
    """What each part adds to the logit of one token: they add up to that logit."""
    embedding: float
    position: float
    heads: Tensor                   # (L, H)
    biases: Tensor                  # (L,)
    forward: Tensor                 # (L,)
    constant: float                 # of the final LayerNorm's bias, whatever the text

    def total(self) -> float:
        """The logit."""
        return self.embedding + self.position + self.constant + float(self.heads.sum() + self.biases.sum() + self.forward.sum())


def mixes(trace: Trace) -> Tensor:
    """What each head took from the values it read, (L, H, T, D); zeros for a head that was taken away."""
    mix = trace.pattern @ trace.v
    for layer, head in trace.without.heads:
        mix[layer, head] = 0
    return mix


@torch.no_grad()
def written(decoder: Decoder, trace: Trace, at: int = -1) -> Written:
    """What each part wrote at position `at` of a trace that this decoder made, with all its residual connections."""
    assert not trace.without.residual, f"blocks {sorted(trace.without.residual)} pass on no stream: it is no sum of parts"
    mix, blocks = mixes(trace)[:, :, at], decoder.transformer.h                             # (L, H, D)
    heads = torch.stack([torch.einsum("hd,hdc->hc", m, block.attn.c_proj.weight.view(*m.shape, -1))
                         for m, block in zip(mix, blocks, strict=True)])                    # (L, H, C)
    position = torch.zeros_like(trace.position[at]) if trace.without.positions else trace.position[at]
    return Written(trace.embedding[at], position, heads, torch.stack([block.attn.c_proj.bias for block in blocks]),
                   trace.resid_post[:, at] - trace.resid_mid[:, at])


@torch.no_grad()
def contributions(decoder: Decoder, trace: Trace, token: int, at: int = -1) -> Contributions:
    """What each part adds to the logit of `token` (an id) for what follows position `at`."""
    parts = written(decoder, trace, at)
    direction, constant = _direction(decoder, trace, token, at)
    return Contributions(float(parts.embedding @ direction), float(parts.position @ direction), parts.heads @ direction,
                         parts.biases @ direction, parts.forward @ direction, constant)


def _direction(decoder: Decoder, trace: Trace, token: int, at: int) -> tuple[Tensor, float]:
    """(C,): what a part's product with adds to the logit, the final LayerNorm's mean and gain folded in; and what is added whatever the parts."""
    row, last = decoder.unembedding[token], decoder.transformer.ln_f
    if decoder.config.n_layer in trace.without.norm:
        return row, 0.0
    spread = (trace.resid_post[-1, at].var(unbiased=False) + last.eps).sqrt()
    gained = row * last.weight
    return (gained - gained.mean()) / spread, float(row @ last.bias)


@torch.no_grad()
def lens(decoder: Decoder, trace: Trace, at: int = -1) -> Tensor:
    """The logits (L + 1, V) for what follows position `at`, read off the stream before the first block and after each.

    The last row is the model's own answer (nostalgebraist 2020, "interpreting GPT: the logit lens").
    """
    states = torch.cat((trace.resid_pre[:1, at], trace.resid_post[:, at]))                  # (L + 1, C)
    if decoder.config.n_layer not in trace.without.norm:
        states = decoder.transformer.ln_f(states)
    return states @ decoder.unembedding.T


@torch.no_grad()
def carried(decoder: Decoder, trace: Trace, layer: int, head: int, query: int, key: int) -> Tensor:
    """(C,): what a head writes at position `query` for having read position `key`: weight × value × its slice of the output product.

    Over all keys these add up to what the head writes there; zeros for a head that was taken away.
    """
    if (layer, head) in trace.without.heads:
        return torch.zeros_like(trace.embedding[0])
    value = trace.v[layer, head, key]                                                       # (D,)
    output = decoder.transformer.h[layer].attn.c_proj.weight.unflatten(0, (-1, len(value)))[head]       # (D, C)
    return trace.pattern[layer, head, query, key] * value @ output


def towards(decoder: Decoder, trace: Trace, part: Tensor, token: int, at: int = -1) -> float:
    """What `part` (C,) of the last stream at position `at` adds to the logit of `token`."""
    return float(part @ _direction(decoder, trace, token, at)[0])
