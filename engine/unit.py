"""One neuron of a language model at one position: what it is given, what it weighs that with, what comes of it; and how many there are."""
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.block import activation, normed
from engine.model import Config, Decoder
from engine.trace import Trace


@dataclass(frozen=True)
class Neuron:
    """A weighted sum, a bias, and what the activation function makes of both."""
    inputs: Tensor                  # (C,) the stream behind LayerNorm 2
    weights: Tensor                 # (C,)
    bias: float
    sum: float                      # inputs · weights + bias
    value: float                    # GELU of that sum

    @property
    def terms(self) -> Tensor:
        """(C,) what each input brings into the sum."""
        return self.inputs * self.weights


@dataclass(frozen=True)
class Counts:
    """The feed-forward neurons of a model, and the parameters that belong to them."""
    layers: int
    width: int                      # F, neurons in each layer
    inputs: int                     # C, of each neuron; it writes to as many numbers
    neurons: int
    parameters: int                 # of all of them: weights in, biases, weights out
    all: int                        # of the whole model


@torch.no_grad()
def neuron(decoder: Decoder, trace: Trace, layer: int, number: int, at: int = -1) -> Neuron:
    """Neuron `number` of block `layer` at position `at` of a trace that this decoder made."""
    block = decoder.transformer.h[layer]
    inputs = normed(block.ln_2, trace.resid_mid[layer, at], layer in trace.without.norm).after
    weights, bias = block.mlp.c_fc.weight[:, number], block.mlp.c_fc.bias[number]
    total = inputs @ weights + bias
    return Neuron(inputs, weights, float(bias), float(total), float(activation(total)))


def counts(decoder: Decoder) -> Counts:
    """How many neurons a model has, and how many of its parameters are theirs; what each layer of them adds at the end by itself is left aside."""
    shape: Config = decoder.config
    width = 4 * shape.n_embd
    own = shape.n_layer * width * (2 * shape.n_embd + 1)
    return Counts(shape.n_layer, width, shape.n_embd, shape.n_layer * width, own, sum(p.numel() for p in decoder.parameters()))
