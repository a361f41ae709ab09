"""One neuron of the language model on the reader's text: its terms, its layer, all layers, in figures and words."""
from dataclasses import dataclass

import pandas as pd
import torch
from torch import Tensor

from engine import LanguageModel, Token, Trace, block, unit
from ui import links, parts, session
from ui.controls import choice, controls
from ui.figures import block as figures
from ui.figures import network as drawn
from ui.i18n import Text
from ui.readings.stage import NEURONS, excites, scaled, signed, slots

TERMS = 9                           # of the sum, the largest ones, each with a row

SEEN = 64                           # cells in a row of all layers, or a few more


@dataclass(frozen=True)
class View:
    """A text as the model read it, and the neuron that the reader looks at."""
    lm: LanguageModel
    trace: Trace
    layer: int
    at: int
    neuron: int
    found: unit.Neuron

    @property
    def values(self) -> Tensor:
        """(F,): every neuron of the layer at the token."""
        return self.trace.neurons[self.layer, self.at]

    @property
    def token(self) -> Token:
        return self.trace.tokens[self.at]

    @property
    def name(self) -> str:
        return f"{self.layer}.{self.neuron}"


def look(lm: LanguageModel, text: str) -> View:
    """The text, and the neuron asked for if it is one of the layer; else the most active one. What is not there is the last one."""
    trace, layer, asked = session.trace(text), min(int(links.value("network.layer")), lm.decoder.config.n_layer - 1), links.value("network.at")
    at = min(int(asked), len(trace.tokens) - 1) if asked else len(trace.tokens) - 1
    values = trace.neurons[layer, at]
    of, _, number = links.value("network.neuron").partition(".")
    neuron = int(number) if number and int(of) == layer and int(number) < len(values) else int(values.argmax())
    return View(lm, trace, layer, at, neuron, unit.neuron(lm.decoder, trace, layer, neuron, at))


def board(t: Text, view: View) -> list[dict]:
    """All figures of the neuron."""
    return [controls(choice("network.layer", t("network.layer"), {str(i): str(i) for i in range(view.lm.decoder.config.n_layer)}), id="layer"),
            figures.pick(t, view.trace.tokens, view.at, "network.at", id="pick"),
            terms(t, view), gelu(t, view), layer(t, view), network(t, view),
            excites(t, view, view.name, t.number(view.found.value)) | {"span": 6}]


def rows(t: Text, view: View) -> list[tuple[str, float | None, float | None, float]]:
    """What adds up to the sum: the largest terms with their input and weight, the rest of them, the bias."""
    found, products = view.found, view.found.terms
    order = products.abs().argsort(descending=True)
    top, rest = order[:TERMS], order[TERMS:]
    own = [(t("network.terms.input", number=i), float(found.inputs[i]), float(found.weights[i]), float(products[i])) for i in top.tolist()]
    return [*own, (t("network.terms.rest", count=len(rest)), None, None, float(products[rest].sum())), (t("network.terms.bias"), None, None, found.bias)]


def terms(t: Text, view: View) -> dict:
    """The sum as a ledger: input, weight, and their product."""
    found, entries = view.found, rows(t, view)
    columns = [scaled(t, "signed", t(f"network.terms.{name}"), [row[i] for row in entries if row[i] is not None]) for i, name in ((1, "given"), (2, "weight"), (3, "product"))]
    lines = [{"name": name, "tone": "forward", "cells": [{"value": number, "text": "" if number is None else signed(t, number)} for number in numbers]} for name, *numbers in entries]
    lines.append({"name": t("network.terms.sum"), "total": True, "cells": [{"value": None, "text": ""}] * 2 + [{"value": found.sum, "text": signed(t, found.sum)}]})
    ups, first = int((found.terms > 0).sum()), entries[0]
    caption = t("network.terms.sentence", up=ups, down=len(found.terms) - ups, raised=signed(t, found.terms.clamp(min=0).sum()), lowered=signed(t, found.terms.clamp(max=0).sum()),
                bias=signed(t, found.bias), sum=t.number(found.sum), name=first[0], most=signed(t, first[3]), neuron=view.name)
    return figures.ledger(t("network.terms.name"), columns, lines, id="terms", span=7, title=t("network.terms.title", neuron=view.name, token=parts.quoted(t, view.token)),
                          hint=t("network.terms.hint", width=len(found.inputs)), caption=caption)


def gelu(t: Text, view: View) -> dict:
    """The activation function, and the neuron on it at every token; hollow, the layer's most active ones at this token."""
    sums, values = block.preactivations(view.lm.decoder, view.trace, view.layer), view.trace.neurons[view.layer]           # (T, F)
    dots, top = torch.stack((sums[:, view.neuron], values[:, view.neuron]), -1), view.values.topk(min(NEURONS, len(view.values))).indices
    others = torch.stack((sums[view.at, top], view.values[top]), -1)
    grid = torch.linspace(min(-4.0, float(dots[:, 0].min())) - 0.5, max(2.0, float(dots[:, 0].max()), float(others[:, 0].max())) + 0.5, 161)
    kept = view.found.value / view.found.sum if view.found.sum else 0.0
    key = "network.gelu.passes" if kept > 0.9 else "network.gelu.part" if view.found.sum > 0 else "network.gelu.shut"
    return figures.gelu(t, torch.stack((grid, block.activation(grid)), -1), dots, others, [parts.shown(t, token) for token in view.trace.tokens], view.at, id="gelu", span=5,
                        title=t("network.gelu.title"), hint=t("network.gelu.hint"),
                        caption=t(key, sum=t.number(view.found.sum), value=t.number(view.found.value, 3), share=t.percent(kept), neuron=view.name))


def layer(t: Text, view: View) -> dict:
    """Every neuron of the layer at the token, as cells; the chosen one is marked."""
    values, most = view.values, int(view.values.argmax())
    return drawn.layers(values, t("network.cells.hover", layer=view.layer, **slots("number", "value")), "network.neuron", f"{view.layer}.", view.neuron, t("network.cells.legend"),
                       id="cells", title=t("network.cells.title", all=t.number(len(values), 0), layer=view.layer), hint=t("network.cells.hint", token=parts.quoted(t, view.token)),
                       caption=t("network.cells.sentence", positive=t.number(int((values > 0).sum()), 0), all=t.number(len(values), 0), token=parts.quoted(t, view.token),
                                 strong=t.number(int((values > values.max() / 2).sum()), 0), first=f"{view.layer}.{most}", value=t.number(float(values[most]))))


def network(t: Text, view: View) -> dict:
    """All layers, a row each, their neurons pooled to what is seen; and what they hold of the model."""
    count, values = unit.counts(view.lm.decoder), view.trace.neurons[:, view.at]                            # (L, F)
    pool = next(size for size in range(max(1, values.shape[1] // SEEN), 0, -1) if values.shape[1] % size == 0)
    seen = values.unflatten(1, (-1, pool)).amax(-1)                                                       # (L, F / pool)
    said = {"layers": count.layers, "width": t.number(count.width, 0), "neurons": t.number(count.neurons, 0), "inputs": t.number(count.inputs, 0),
            "parameters": t.number(count.parameters, 0), "all": t.number(count.all, 0), "share": t.percent(count.parameters / count.all)}
    return drawn.layers(seen, t("network.all.hover", pool=pool, **slots("row", "value")), "network.layer", "", view.layer, t("network.all.legend"),
                       [t("block.lens.block", layer=i) for i in range(count.layers)], id="all", span=6, title=t("network.all.title", count=count.layers),
                       hint=t("network.all.hint", pool=pool, token=parts.quoted(t, view.token)), caption=t("network.all.sentence", **said))


def table(t: Text, view: View) -> pd.DataFrame:
    """Every term of the sum: input, its value, the weight, the product; last, the bias, the sum, and the value."""
    found = view.found
    products = [(t("network.terms.input", number=i), *numbers) for i, numbers in enumerate(zip(found.inputs.tolist(), found.weights.tolist(), found.terms.tolist(), strict=True))]
    ends = [(t(f"network.terms.{name}"), None, None, number) for name, number in (("bias", found.bias), ("sum", found.sum), ("value", found.value))]
    return pd.DataFrame(products + ends, columns=[t(f"network.terms.{name}") for name in ("name", "given", "weight", "product")])
