"""A layer's neurons as cells, and a small network that learns: its controls, the plane, its wires, its losses, the surface it walks on."""
import base64
from collections.abc import Sequence

import numpy as np
from torch import Tensor

from ui.i18n import Text
from ui.parts import packed, part

SHADES = 127                        # of a neuron's field, either side of nothing


def layers(values: Tensor, hover: str, knob: str, prefix: str, chosen: int, legend: str, rows: Sequence[str] = (), **card) -> dict:
    """Values (n,) as coloured cells of which one is chosen, or (rows, n) as named rows of which one is; `hover` reads one out."""
    return part("layers", values=packed(values), most=max(float(values.abs().max()), 1e-6), hover=hover, knob=knob, prefix=prefix, chosen=chosen, legend=legend,
                rows=list(rows), **card)


def trainer(t: Text, steps: int, wanted: int, most: int, playing: bool, ended: bool, more: bool, pause: int, facts: list[dict], note: str, **card) -> dict:
    """The controls of a run: reset, play, step; `facts` are numbers with their names; `more` makes the browser ask for the next piece."""
    return part("trainer", steps=steps, wanted=wanted, most=most, playing=playing, ended=ended, more=more, pause=pause, facts=facts, note=note,
                words=t.group("network.trainer"), **card)


def field(t: Text, probability: Tensor, train, test, own: Sequence[dict], spelt: str, wanted: int, most: int, side: float, **card) -> dict:
    """The plane: the probability of class 1 (n, n), points (N, 3) of x, y, class to train on and to test, the reader's own, as dicts and as their knob says them."""
    return part("field", field=packed(probability), train=packed(train), test=packed(test), own=list(own), spelt=spelt, wanted=wanted, most=most, side=side,
                words=t.group("network.plane"), **card)


def wires(t: Text, sizes: Sequence[int], theta: Tensor, slopes: Tensor, rate: float, fields: Sequence[Tensor], axes: Sequence[int], **card) -> dict:
    """A network with so many neurons in each layer, the inputs first: its parameters (P,) and their slopes; `fields` (neurons, n, n) of each layer
    behind the inputs, what its neurons make of the plane, become pictures, each to its own scale; `axes` are the parameters that the surface is over."""
    scales = [[max(float(field.abs().max()), 1e-6) for field in layer] for layer in fields]
    shades = [np.concatenate([np.rint(SHADES * field.numpy() / most).astype("i1").ravel() for field, most in zip(layer, scale, strict=True)])
              for layer, scale in zip(fields, scales, strict=True)]
    return part("wires", sizes=list(sizes), theta=packed(theta), slopes=packed(slopes), rate=rate, shades=[base64.b64encode(layer).decode() for layer in shades],
                scales=scales, cells=fields[0].shape[-1], axes=list(axes), words=t.group("network.wires"), **card)


def descent(t: Text, steps: Sequence[int], train: Sequence[float], test: Sequence[float], reference: float, **card) -> dict:
    """The losses on the training and the test points at `steps`, and the loss of a guess as a line."""
    return part("descent", steps=list(steps), train=packed(train), test=packed(test), reference=reference, words=t.group("network.descent"), **card)


def surface(t: Text, columns: Tensor, rows: Tensor, losses: Tensor, path: Tensor, here: Sequence[int], downhill: Sequence[float], names: Sequence[str], **card) -> dict:
    """The loss over two directions named `names`, (rows, columns), the path (n, 2) seen in their plane, the node where it ends, and the way down from there."""
    return part("surface", columns=packed(columns), rows=packed(rows), losses=packed(losses), path=packed(path), here=list(here), downhill=list(downhill), names=list(names),
                words=t.group("network.surface"), **card)
