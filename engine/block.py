"""What one block does at one position: its LayerNorms number by number, what its halves add, its neurons before the activation."""
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.model import Decoder
from engine.trace import Trace


@dataclass(frozen=True)
class Normed:
    """One vector on its way through a LayerNorm (Ba et al. 2016); one that was skipped passes it on as it was."""
    before: Tensor                  # (C,)
    mean: float
    deviation: float                # of the C numbers, with the layer's epsilon under the root
    scaled: Tensor                  # (C,) mean 0, deviation 1
    gain: Tensor                    # (C,)
    bias: Tensor                    # (C,)
    after: Tensor                   # (C,)
    skipped: bool


@dataclass(frozen=True)
class Inside:
    """What one block does to the stream at one position; every tensor is (C,)."""
    before: Tensor                  # the stream that comes in
    first: Normed
    attended: Tensor                # what attention adds
    middle: Tensor
    second: Normed
    thought: Tensor                 # what the feed-forward network adds
    after: Tensor                   # the stream that goes out
    residual: bool                  # whether the stream goes past each half, and is added to what the half computes


def normed(layer: nn.LayerNorm, x: Tensor, skipped: bool = False) -> Normed:
    """Every step of a LayerNorm on x (C,): minus the mean, divided by the deviation, times the gain, plus the bias."""
    mean = x.mean()
    deviation = ((x - mean).square().mean() + layer.eps).sqrt()
    scaled = (x - mean) / deviation
    after = x if skipped else scaled * layer.weight + layer.bias
    return Normed(x, float(mean), float(deviation), scaled, layer.weight, layer.bias, after, skipped)


@torch.no_grad()
def inside(decoder: Decoder, trace: Trace, layer: int, at: int = -1) -> Inside:
    """What block `layer` did at position `at` of a trace that this decoder made."""
    block, skipped, residual = decoder.transformer.h[layer], layer in trace.without.norm, layer not in trace.without.residual
    before, middle, after = (state[layer, at] for state in (trace.resid_pre, trace.resid_mid, trace.resid_post))
    return Inside(before, normed(block.ln_1, before, skipped), middle - before if residual else middle,
                  middle, normed(block.ln_2, middle, skipped), after - middle if residual else after, after, residual)


@torch.no_grad()
def preactivations(decoder: Decoder, trace: Trace, layer: int) -> Tensor:
    """(T, F): what each neuron of a layer sums up at each position, before its activation function."""
    block, stream = decoder.transformer.h[layer], trace.resid_mid[layer]
    return block.mlp.c_fc(stream if layer in trace.without.norm else block.ln_2(stream))


def activation(x: Tensor) -> Tensor:
    """GELU in GPT-2's tanh form (Hendrycks & Gimpel 2016): what a neuron makes of its sum."""
    return F.gelu(x, approximate="tanh")


@torch.no_grad()
def lengths(trace: Trace, at: int = -1) -> tuple[Tensor, Tensor]:
    """How long what each part adds is, (2 + 2 L,), and the stream after each, the same: embedding, position, then attention and
    feed-forward of each layer. A stream that a block does not pass on begins anew behind it."""
    position = trace.position[at] * (not trace.without.positions)
    added = [trace.embedding[at], position]
    streams = [trace.embedding[at], trace.resid_pre[0, at]]
    for layer, (before, middle, after) in enumerate(zip(trace.resid_pre[:, at], trace.resid_mid[:, at], trace.resid_post[:, at], strict=True)):
        kept = layer not in trace.without.residual
        added += [middle - kept * before, after - kept * middle]
        streams += [middle, after]
    return torch.stack(added).norm(dim=-1), torch.stack(streams).norm(dim=-1)


@torch.no_grad()
def heads_wrote(decoder: Decoder, trace: Trace, layer: int, at: int = -1) -> Tensor:
    """(H, C): what each head of a layer added to the stream; with the bias of the product that joins them, all that attention added."""
    mix = torch.einsum("ht,htd->hd", trace.pattern[layer, :, at], trace.v[layer])
    for number, head in trace.without.heads:
        if number == layer:
            mix[head] = 0
    weight = decoder.transformer.h[layer].attn.c_proj.weight
    return torch.einsum("hd,hdc->hc", mix, weight.view(*mix.shape, -1))


@torch.no_grad()
def pushed(decoder: Decoder, trace: Trace, vector: Tensor, at: int = -1) -> Tensor:
    """What a vector (C,) or vectors (N, C) in the stream at `at` add directly to every logit, (V,) or (N, V).

    As in `engine.attribution`: with the spread of the final LayerNorm held as it was, its bias left aside.
    """
    last = decoder.transformer.ln_f
    if decoder.config.n_layer not in trace.without.norm:
        spread = (trace.resid_post[-1, at].var(unbiased=False) + last.eps).sqrt()
        vector = (vector - vector.mean(-1, keepdim=True)) * last.weight / spread
    return vector @ decoder.unembedding.T


def neuron_wrote(decoder: Decoder, trace: Trace, layer: int, neuron: int, at: int = -1) -> Tensor:
    """(C,): what one neuron added to the stream: its value times its row of the output weights."""
    return trace.neurons[layer, at, neuron] * decoder.transformer.h[layer].mlp.c_proj.weight[neuron].detach()
