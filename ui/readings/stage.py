"""The card of each stage of a block: LayerNorm, attention, +, feed-forward; and the ledger of the whole stream."""
import pandas as pd
import torch

from engine import attribution, block
from engine.neurons import Place
from ui import parts, session
from ui.controls import button, choice, controls
from ui.figures import block as figures
from ui.i18n import Text
from ui.readings.block import View, token

NEURONS = 10                        # rows of the most active
PUSHED = 5                          # tokens pushed up, and down
BEFORE, AFTER = 34, 14              # tokens of a corpus text around the one that excites a neuron


def cards(t: Text, view: View) -> list[dict]:
    """The cards of the stage that is chosen."""
    kind = view.stage.partition("_")[0]
    return {"norm": norm, "attention": attention, "add": add, "forward": forward}[kind](t, view)


def norm(t: Text, view: View) -> list[dict]:
    """A LayerNorm, number by number."""
    found = view.inside.first if view.stage == "norm_1" else view.inside.second
    words = t.group("block.norm.row")
    rows = [("before", found.before, "quiet"), ("scaled", found.scaled, "accent"), ("gain", found.gain, "third"), ("bias", found.bias, "third"), ("after", found.after, "contrast")]
    if found.skipped:
        rows = [rows[0], rows[-1]]
    vectors = [{"id": id, "name": words[id], "values": values, "tone": tone} for id, values, tone in rows]
    vectors[0]["band"] = [found.mean, found.deviation]
    after = float(found.after.std(unbiased=False))
    said = {"mean": t.number(found.mean), "deviation": t.number(found.deviation), "after": t.number(after)}
    said |= {f"{name}_{end}": t.number(float(getattr(tensor, end)())) for name, tensor in (("gain", found.gain), ("bias", found.bias)) for end in ("min", "max")}
    sign = "−" if found.mean >= 0 else "+"
    hover = t("block.norm.hover_skipped") if found.skipped else t("block.norm.hover", minus=f"{sign} {t.number(abs(found.mean))}", deviation=said["deviation"], **slots(
        "dimension", "before", "scaled", "gain", "bias", "after"))
    return [figures.vectors(vectors, int(found.before.abs().argmax()), hover, shared=found.skipped, id="norm",
                            title=t("block.norm.title", stage=t(f"block.stage.{view.stage}"), layer=view.layer),
                            hint=t("block.norm.hint", width=len(found.before), token=token(t, view)),
                            caption=t("block.norm.skipped" if found.skipped else "block.norm.sentence", **said))]


def slots(*names: str) -> dict[str, str]:
    """Placeholders that the browser fills."""
    return {name: f"{{{name}}}" for name in names}


def add(t: Text, view: View) -> list[dict]:
    """A + of the block, number by number."""
    found, first = view.inside, view.stage == "add_1"
    before, added, after = (found.before, found.attended, found.middle) if first else (found.middle, found.thought, found.after)
    half, words = "attention" if first else "forward", t.group("block.add.row")
    rows = [("before", before, words["before"], "quiet"), ("added", added, words[half], "accent" if first else "third"), ("after", after, words["after"], "contrast")]
    if not found.residual:
        rows = rows[1:]
    said = {"before": t.number(float(before.norm()), 1), "added": t.number(float(added.norm()), 1), "after": t.number(float(after.norm()), 1),
            "angle": t.number(angle(before, added), 0), "half": t(f"block.half.{half}")}
    hover = t("block.add.hover" if found.residual else "block.add.hover_cut", **slots("dimension", "added", "after"), **(slots("before") if found.residual else {}))
    return [figures.vectors([{"id": id, "name": name, "values": values, "tone": tone} for id, values, name, tone in rows], int(added.abs().argmax()), hover, shared=True,
                            id="add", title=t("block.add.title", half=said["half"], layer=view.layer), hint=t("block.add.hint", token=token(t, view)),
                            caption=t("block.add.sentence" if found.residual else "block.add.cut", **said))]


def angle(one: torch.Tensor, two: torch.Tensor) -> float:
    """Between two vectors, in degrees; 90 where one of them is nothing."""
    cosine = torch.nn.functional.cosine_similarity(one.double(), two.double(), dim=0)
    return float(torch.rad2deg(cosine.clamp(-1, 1).acos()))


def attention(t: Text, view: View) -> list[dict]:
    """What each head of the layer reads and adds; of a stream that is cut behind it, nothing of this reaches the logits directly."""
    wrote, direct = block.heads_wrote(view.lm.decoder, view.trace, view.layer, view.at), view.inside.residual
    sizes, logits = wrote.norm(dim=-1), block.pushed(view.lm.decoder, view.trace, wrote, view.at)[:, view.target.id]
    read = view.trace.pattern[view.layer, :, view.at].max(-1)
    names, target = [parts.quoted(t, view.trace.tokens[i]) for i in read.indices.tolist()], parts.quoted(t, view.target)
    weights = [t.percent(weight) for weight in read.values.tolist()]
    columns = [{"kind": "words", "name": t("block.heads.reads")}, scaled(t, "length", t("block.ledger.length"), sizes)]
    rows = [{"name": f"{view.layer}.{head}", "tone": "attention", "cells": [{"text": f"{name} {weight}"}, {"value": size, "text": t.number(size, 1)}]}
            for head, (name, weight, size) in enumerate(zip(names, weights, sizes.tolist(), strict=True))]
    best = int((logits.abs() if direct else sizes).argmax())
    said = {"head": f"{view.layer}.{best}", "token": target, "read": names[best], "weight": weights[best], "value": signed(t, logits[best]) if direct else t.number(float(sizes[best]), 1)}
    if direct:
        columns.append(scaled(t, "signed", t("block.ledger.logit", token=target), logits))
        for row, logit in zip(rows, logits.tolist(), strict=True):
            row["cells"].append({"value": logit, "text": signed(t, logit)})
    caption = t("block.heads.none") if view.removed == "attention" else t("block.heads.sentence" if direct else "block.heads.cut", **said)
    return [figures.ledger(t("block.heads.head"), columns, rows, id="heads", title=t("block.heads.title", layer=view.layer),
                           hint=t("block.heads.hint", token=token(t, view)), caption=caption), controls(button("go", t("block.heads.open"), "attention"), id="open")]


def forward(t: Text, view: View) -> list[dict]:
    """The most active neurons, and all there is to say of the chosen one."""
    decoder, layer, at, neuron = view.lm.decoder, view.layer, view.at, view.neuron
    values, sums = view.trace.neurons[layer], block.preactivations(decoder, view.trace, layer)          # (T, F)
    top = values[at].topk(min(NEURONS, values.shape[1])).indices
    shown = top if neuron in top else torch.cat((top[:-1], torch.tensor([neuron])))
    name, value, heights = f"{layer}.{neuron}", t.number(float(values[at, neuron])), values[:, neuron]
    dots, others = torch.stack((sums[:, neuron], heights), -1), torch.stack((sums[at, top], values[at, top]), -1)
    grid = torch.linspace(min(-4.0, float(dots[:, 0].min())) - 0.5, max(2.0, float(dots[:, 0].max()), float(others[:, 0].max())) + 0.5, 161)
    labels, peak = [parts.shown(t, token) for token in view.trace.tokens], int(heights.argmax())
    own = {"neuron": name, "token": token(t, view)}
    return [
        figures.neurons(t, values[at, shown], shown.tolist(), layer, neuron, "block.neuron", id="neurons", span=4, title=t("block.neurons.title"),
                        hint=t("block.neurons.hint", **own),
                        caption=t("block.neurons.sentence", layer=layer, all=t.number(values.shape[1], 0), positive=t.number(int((values[at] > 0).sum()), 0),
                                  first=f"{layer}.{int(top[0])}", value=t.number(float(values[at, top[0]])))),
        figures.gelu(t, torch.stack((grid, block.activation(grid)), -1), dots, others, labels, at, id="gelu", span=8, title=t("block.gelu.title", neuron=name),
                     caption=t("block.gelu.sentence", sum=t.number(float(sums[at, neuron])), value=value, peak=parts.quoted(t, view.trace.tokens[peak]),
                               most=t.number(float(heights[peak])), **own)),
        excites(t, view, name, value), pushes(t, view, value)]


def excites(t: Text, view: View, name: str, value: str) -> dict:
    """The places of the held-out text where the neuron is most active."""
    gallery, card = session.gallery(), {"id": "places", "span": 7, "title": t("block.places.title", neuron=name)}
    if gallery is None:
        return figures.note(t("block.places.missing"), **card | {"id": "no_places"})
    found = gallery.of(view.layer, view.neuron)
    best = view.lm.tokenizer.tokens([found[0].ids[found[0].at]])[0]
    return figures.places([place(t, view, spot) for spot in found], hint=t("block.places.hint", places=len(found), documents=t.number(len(gallery.begins) - 1, 0)),
                          caption=t("block.places.sentence", token=parts.quoted(t, best), most=t.number(found[0].value), value=value), **card)


def place(t: Text, view: View, spot: Place) -> dict:
    """A place with the text around it; a cut is seen as three dots."""
    start, end = max(1, spot.at - BEFORE), min(len(spot.ids), spot.at + 1 + AFTER)
    pieces = [piece.text for piece in view.lm.tokenizer.tokens(list(spot.ids[start:end]))]          # together: a cut may split a letter
    at = spot.at - start
    before, marked, after = "".join(pieces[:at]), pieces[at].lstrip(" "), "".join(pieces[at + 1:])
    before += " " * (len(pieces[at]) - len(marked))
    return {"before": ("…" if start > 1 else "") + before.replace("\n", " ⏎ "), "token": parts.visible(marked or pieces[at]),
            "after": after.replace("\n", " ⏎ ") + ("…" if end < len(spot.ids) else ""), "value": spot.value, "text": t.number(spot.value)}


def pushes(t: Text, view: View, value: str) -> dict:
    """The tokens whose logits the chosen neuron moves most, up and down, directly."""
    decoder = view.lm.decoder
    logits = block.pushed(decoder, view.trace, block.neuron_wrote(decoder, view.trace, view.layer, view.neuron, view.at), view.at)      # (V,)
    order = torch.cat((logits.topk(PUSHED).indices, (-logits).topk(PUSHED).indices.flip(0))).tolist()
    tokens = [view.lm.tokenizer.tokens([i])[0] for i in order]
    rows = [{"name": parts.shown(t, token).replace("*", "∗"), "cells": [{"value": float(logits[token.id]), "text": signed(t, logits[token.id])}],
             "tone": "forward", "marked": token.id == view.target.id} for token in tokens]
    target = logits[view.target.id]
    return figures.ledger(t("block.pushes.token"), [scaled(t, "signed", t("block.pushes.logit"), logits)], rows, id="pushes", span=5, title=t("block.pushes.title"),
                          hint=t("block.pushes.hint", value=value),
                          caption=t("block.pushes.sentence", up=parts.quoted(t, tokens[0]), rise=signed(t, logits[order[0]]), down=parts.quoted(t, tokens[-1]),
                                    fall=signed(t, logits[order[-1]]), token=parts.quoted(t, view.target), own=signed(t, target)))


def signed(t: Text, value: float) -> str:
    """A number with its sign."""
    text = t.number(round(float(value), 2) + 0.0)           # never −0.00
    return text if text.startswith("−") else f"+{text}"


def measured(t: Text, length: float | None) -> dict:
    """The cell of a length, or of none."""
    return {"value": length, "text": "–" if length is None else t.number(length, 1)}


def scaled(t: Text, kind: str, name: str, values) -> dict:
    """A column of bars and its scale, which ends at the largest of `values`."""
    most = float(torch.as_tensor(values).abs().max())
    end = t.number(most, 1 if most >= 0.1 else 3)
    return {"kind": kind, "name": name, "most": most, "scale": "" if not most else f"−{end} … +{end}" if kind == "signed" else f"0 … {end}"}


def entries(t: Text, view: View) -> list[tuple[str, str, int | None, float, float, float | None]]:
    """Every part that writes into the stream: its name, its kind, its layer, how long what it adds is, the stream then, and what it adds to the
    target's logit, None where the stream was cut and is no sum of parts."""
    added, streams = (values.tolist() for values in block.lengths(view.trace, view.at))
    names = [(t("block.ledger.embedding"), "stream", None), (t("block.ledger.position"), "stream", None)]
    for layer in range(view.lm.decoder.config.n_layer):
        names += [(t(f"block.ledger.{half}", layer=layer), half, layer) for half in ("attention", "forward")]
    if view.trace.without.residual:
        shares = [None] * len(names)
    else:
        found = attribution.contributions(view.lm.decoder, view.trace, view.target.id, view.at)
        halves = torch.stack((found.heads.sum(-1) + found.biases, found.forward), -1).flatten().tolist()
        shares = [found.embedding, found.position, *halves]
        names.append((t("block.ledger.constant"), "stream", None))
        added, streams, shares = [*added, None], [*streams, None], [*shares, found.constant]
    return [(*name, *numbers) for name, *numbers in zip(names, added, streams, shares, strict=True)]


def ledger(t: Text, view: View) -> dict:
    """How much each part adds at the token, and to the logit of the target: the last row is their sum."""
    rows, target, whole = entries(t, view), parts.quoted(t, view.target), not view.trace.without.residual
    columns = [scaled(t, "length", t("block.ledger.length"), [row[3] for row in rows if row[3] is not None]),
               scaled(t, "stream", t("block.ledger.stream"), [row[4] for row in rows if row[4] is not None])]
    if whole:
        columns.append(scaled(t, "signed", t("block.ledger.logit", token=target), [row[5] for row in rows]))
    drawn = []
    for name, kind, layer, added, stream, share in rows:
        cells = [measured(t, added), measured(t, stream)] + ([{"value": share, "text": signed(t, share)}] if whole else [])
        drawn.append({"name": name, "tone": kind, "cells": cells, "marked": layer == view.layer})
    logit = float(view.trace.logits[view.at, view.target.id])
    if whole:
        drawn.append({"name": t("block.ledger.total"), "total": True, "cells": [{"value": None, "text": ""}, {"value": rows[-2][4], "text": t.number(rows[-2][4], 1)},
                                                                               {"value": sum(row[5] for row in rows), "text": t.number(logit)}]})
    caption = t("block.ledger.cut", layer=view.layer)
    if whole:
        sums = {kind: sum(row[5] for row in rows if row[1] == kind) for kind in ("attention", "forward", "stream")}
        best = max(rows, key=lambda row: row[5])
        caption = t("block.ledger.sentence", token=target, logit=t.number(logit), best=best[0], most=signed(t, best[5]), **{kind: signed(t, value) for kind, value in sums.items()})
    return figures.ledger(t("block.ledger.part"), columns, drawn, id="ledger", span=7, title=t("block.ledger.title"),
                          hint=t("block.ledger.hint", token=token(t, view)), caption=caption)


def take_away(t: Text, view: View) -> dict:
    """The choice of what to take away."""
    return controls(choice("block.without", t("block.take", layer=view.layer), t.group("block.remove")), id="take")


def table(t: Text, view: View) -> pd.DataFrame:
    """Every part that writes into the stream, with its numbers."""
    columns = [t(f"block.column.{name}") for name in ("part", "length", "stream", "logit")]
    return pd.DataFrame([(row[0], *row[3:]) for row in entries(t, view)], columns=columns)
