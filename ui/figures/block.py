"""One block as figures: its diagram, its vectors, what adds up in a ledger, the lens, its neurons."""
from collections.abc import Sequence

from torch import Tensor

from engine import Token
from ui.i18n import Text
from ui.parts import chip, is_special, packed, part


def pick(t: Text, tokens: Sequence[Token], chosen: int, knob: str, **card) -> dict:
    """The tokens of the text in a row without a card around it, one of them chosen."""
    return part("pick", bare=True, tokens=[chip(t, token, "special" if is_special(token) else "") for token in tokens], chosen=chosen,
                knob=knob, label=t("block.pick"), **card)


def diagram(t: Text, stages: list[dict], lengths: Sequence[float], ends: list[dict], selected: str, knob: str, cut: bool, **card) -> dict:
    """One block: a name and a note for each of its six stages; `lengths` of what comes in, of what the first LayerNorm passes on, of what
    attention adds, of the stream between, of what the second passes on, of what feed-forward adds, of what goes out."""
    return part("blockflow", stages=stages, lengths=list(lengths), ends=ends, selected=selected, knob=knob, cut=cut,
                words=t.group("block.diagram"), **card)


def vectors(rows: list[dict], at: int, hover: str, shared: bool, **card) -> dict:
    """Vectors (C,) below one another, on one scale if `shared`; `hover` reads number `at` out, or the one under the pointer, with each row's value by its id."""
    return part("vectors", rows=[row | {"values": packed(row["values"])} for row in rows], at=at, hover=hover, shared=shared, **card)


def ledger(name: str, columns: list[dict], rows: list[dict], **card) -> dict:
    """Rows that add up: a column's `kind` is words, number, length, stream or signed, and `most` the end of its scale; a cell has a text, and a value
    (None: no bar). A row that can be chosen sets the `knob` to its `choose`."""
    return part("ledger", name=name, columns=columns, rows=rows, **card)


def lens(t: Text, rows: list[dict], target: str, knob: str, **card) -> dict:
    """A row for the embedding and for each block: likeliest tokens, the rank of `target`, and how it changed."""
    return part("lens", rows=rows, heads=[t("block.lens.after"), t("block.lens.rank", token=target)], knob=knob, **card)


def neurons(t: Text, values: Tensor, ids: Sequence[int], layer: int, selected: int, knob: str, **card) -> dict:
    """Neurons by number with their values (n,), one of them chosen."""
    rows = [{"id": f"{layer}.{i}", "name": f"{layer}.{i}", "value": value, "text": t.number(value)} for i, value in zip(ids, values.tolist(), strict=True)]
    return part("neurons", rows=rows, most=max(float(values.max()), 1e-6), selected=f"{layer}.{selected}", knob=knob, **card)


def gelu(t: Text, curve: Tensor, dots: Tensor, others: Tensor, labels: list[str], at: int, **card) -> dict:
    """The activation as `curve` (n, 2) of sum and value, a neuron's `dots` (T, 2) at every token, and `others` (m, 2) at token `at`."""
    return part("gelu", curve=packed(curve), dots=packed(dots), others=packed(others), labels=labels, at=at, words=t.group("block.gelu"), **card)


def places(rows: list[dict], **card) -> dict:
    """Places of a text: what stands before, the token, what stands after, its value and that as text."""
    return part("places", rows=rows, **card)


def note(text: str, **card) -> dict:
    """Words where a figure would stand."""
    return part("note", text=text, **card)
