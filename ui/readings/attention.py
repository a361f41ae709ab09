"""What the attention figures say, in words."""
import pandas as pd
from torch import Tensor

from engine import LanguageModel, Token, Trace, Without
from engine.attribution import Contributions
from engine.heads import KINDS, LENGTH, ROWS, THRESHOLDS, twin
from engine.model import NOTHING, Config
from ui import links, parts, session
from ui.controls import button, choice, controls, slider, toggle
from ui.figures.attention import THUMBNAIL, VIEWS
from ui.i18n import Text
from ui.knobs import KNOBS, UNLOCKED

PUSHING = 7                         # heads that are named among what adds up to a logit


def choose(name: str, shape: Config) -> tuple[int, int]:
    """The layer and head that "layer.head" names, or the default where none is locked; the nearest there is, where the model is smaller."""
    layer, head = (int(part) for part in (KNOBS["attention.head"].default if name == UNLOCKED else name).split("."))
    return min(layer, shape.n_layer - 1), min(head, shape.n_head - 1)


def removed(shape: Config) -> Without:
    """What the reader took away of a model; heads that only a larger one has are left out."""
    off = (tuple(map(int, name.split("."))) for name in links.value("attention.off").split("-") if name)
    return Without(mask=bool(links.value("attention.mask")), heads=frozenset((layer, head) for layer, head in off if layer < shape.n_layer and head < shape.n_head))


def take(wish: str | None, layer: int, head: int, shape: Config) -> None:
    """Do what a button asks for: take a head or its whole layer away, or bring it back; or bring everything back."""
    off = {"head": {(layer, head)}, "layer": {(layer, h) for h in range(shape.n_head)}}.get(wish, set())
    if wish in ("head", "layer"):
        there = removed(shape).heads
        kept = there - off if off <= there else there | off
        links.remember({"attention.off": "-".join(f"{l}.{h}" for l, h in sorted(kept))})
    elif wish == "all":
        links.remember({"attention.off": "", "attention.mask": 0})
    if wish:
        links.publish()


def marks(trace: Trace, adds: Tensor) -> list[dict]:
    """For each head, layer by layer: what it is called by, what it `adds` (L, H) to a logit, whether it is off."""
    named = session.roles()
    return [{"role": named.of(layer, head), "adds": value, "off": (layer, head) in trace.without.heads}
            for layer, row in enumerate(adds.tolist()) for head, value in enumerate(row)]


def signed(t: Text, value: float) -> str:
    """A number with its sign."""
    return ("+" if value > 0 else "") + t.number(value)


def ways(t: Text) -> dict:
    """How a head is drawn: as a map or as lines, and how much of it."""
    return controls(choice("attention.view", t("attention.view"), {view: t(f"attention.views.{view}") for view in VIEWS}),
                    slider("attention.top", t("attention.top"), t("attention.top_value"), 1, 100, 1))


def takes(t: Text, layer: int, head: int, shape: Config) -> dict:
    """What can be taken away, and brought back."""
    without, name = removed(shape), f"{layer}.{head}"
    back = (layer, head) in without.heads
    return controls(
        toggle("attention.mask", t("attention.take.mask")), button("attention.take", t(f"attention.take.head_{'back' if back else 'off'}", head=name), "head"),
        button("attention.take", t("attention.take.layer", layer=layer), "layer"), button("attention.take", t("attention.take.all"), "all", disabled=without == NOTHING), id="takes")


def at_a_glance(t: Text, tokens: int) -> str:
    """How to read the thumbnails; and of a long text, that each of their pixels stands for several weights."""
    size = -(-tokens // THUMBNAIL)
    return t("attention.all_hint") + (" " + t("attention.pooled", size=size) if size > 1 else "")


def sentence(t: Text, trace: Trace, layer: int, head: int) -> str:
    """What the head reads at the last token: the word it reads most, and how much rests on the first token."""
    row = trace.pattern[layer, head, -1]
    names = [parts.quoted(t, token) for token in trace.tokens]
    said = {"head": f"{layer}.{head}", "last": names[-1], "first": names[0]}
    if len(row) == 1:
        return t("attention.sentence_alone", **said)
    if int(row.argmax()) > 0:
        return t("attention.sentence", top=names[int(row.argmax())], weight=t.percent(float(row.max())), **said)
    top = int(row[1:].argmax()) + 1
    return t("attention.sentence_rest", rest=t.percent(float(row[0])), top=names[top], weight=t.percent(float(row[top])), **said)


def role(t: Text, lm: LanguageModel, layer: int, head: int) -> str:
    """What the head is called by, as measured, or that it is called by nothing; and its twin, if it has one."""
    named, other = session.roles(), twin(lm, layer, head)
    kind = named.of(layer, head)
    said = t("attention.no_role", head=f"{layer}.{head}") if kind is None else t(
        f"attention.called.{kind}", head=f"{layer}.{head}", share=t.percent(float(named.scores[kind][layer, head])))
    return said if other is None else f"{said} {t('attention.twin', head=f'{layer}.{head}', other=f'{layer}.{other}')}"


def direct(t: Text, found: Contributions, token: Token, layer: int, head: int) -> str:
    """What this head, all heads, and the rest add to the logit of `token`."""
    heads = float(found.heads.sum())
    return t("attention.direct", head=f"{layer}.{head}", token=parts.quoted(t, token), own=signed(t, float(found.heads[layer, head])), heads=signed(t, heads),
             rest=signed(t, found.total() - heads), logit=t.number(found.total()))


def pushes(t: Text, found: Contributions, off: frozenset, layer: int, head: int) -> tuple[list[dict], list[dict]]:
    """What adds up to a logit, columns and rows: the heads that push it most, either way, with the one that is looked at; the other parts; the sum.

    Heads in `off` (layer, head) are taken away, which the row of one that is looked at says.
    """
    H = found.heads.shape[1]
    values = found.heads.flatten().tolist()
    drawn = sorted(range(len(values)), key=lambda i: -abs(values[i]))[:PUSHING]
    drawn += [layer * H + head] * (layer * H + head not in drawn)
    entries = [(t("attention.head_name", head=f"{i // H}.{i % H}"), values[i], f"{i // H}.{i % H}") for i in sorted(drawn, key=lambda i: -values[i])]
    if others := len(values) - len(drawn):
        entries.append((t("attention.pushes.others", count=others), sum(values) - sum(values[i] for i in drawn), None))
    entries += [(t("attention.pushes.forward"), float(found.forward.sum()), None), (t("attention.pushes.input"), found.embedding + found.position, None),
                (t("attention.pushes.biases"), float(found.biases.sum()) + found.constant, None)]
    gone = {f"{l}.{h}": t("attention.is_off") for l, h in off}
    rows = [{"name": name, "title": gone.get(choose, ""), "tone": "attention" if choose else "", "choose": choose, "marked": choose == f"{layer}.{head}", "cells": [{"value": value, "text": signed(t, value)}]}
            for name, value, choose in entries]
    rows.append({"name": t("attention.pushes.logit"), "total": True, "cells": [{"value": found.total(), "text": t.number(found.total())}]})
    most = max(max(abs(value) for _, value, _ in entries), 1e-9)
    return [{"kind": "signed", "name": t("attention.pushes.adds"), "most": most, "scale": f"−{t.number(most, 1)} … +{t.number(most, 1)}"}], rows


def measured(t: Text) -> dict:
    """How heads came by their names, in numbers: on which sequences, from what share on, and which heads have one."""
    names = {f"{layer}.{head}": name for layer, row in enumerate(session.roles().names) for head, name in enumerate(row)}
    called = {kind: ", ".join(head for head, name in names.items() if name == kind) for kind in KINDS}
    return {"rows": ROWS, "length": LENGTH, "heads": len(names), "first": t.percent(THRESHOLDS["first"]), "least": t.percent(THRESHOLDS["induction"]),
            "named": "  \n".join(f"{t(f'attention.role.{kind}')}: {heads}" for kind, heads in called.items() if heads) or t("attention.names.none")}


def sink(t: Text, trace: Trace, layer: int, head: int) -> str:
    """How much attention rests on the first token, in this head and over all of them."""
    first = trace.pattern[..., 0].mean(-1)
    return t("attention.why.now", head=f"{layer}.{head}", share=t.percent(float(first[layer, head])),
             all=t.percent(float(first.mean())))


def weights(t: Text, trace: Trace, layer: int, head: int) -> pd.DataFrame:
    """Every weight that is drawn: who reads, who is read, how much."""
    labels = [parts.shown(t, token) for token in trace.tokens]
    pattern, seen = trace.pattern[layer, head], len(labels) if trace.without.mask else 0
    rows = [(f"{q} {labels[q]}", f"{k} {labels[k]}", float(pattern[q, k])) for q in range(len(labels)) for k in range(seen or q + 1)]
    return pd.DataFrame(rows, columns=[t(f"attention.column.{name}") for name in ("reads", "is_read", "weight")])
