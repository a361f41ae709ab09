"""What the attention figures say, in words."""
import pandas as pd

from engine import Trace
from engine.model import Config
from ui import parts
from ui.figures.attention import THUMBNAIL
from ui.i18n import Text


def choose(name: str, shape: Config) -> tuple[int, int]:
    """The layer and head that "layer.head" names; the nearest there is, where the model is smaller."""
    layer, head = (int(part) for part in name.split("."))
    return min(layer, shape.n_layer - 1), min(head, shape.n_head - 1)


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


def sink(t: Text, trace: Trace, layer: int, head: int) -> str:
    """How much attention rests on the first token, in this head and over all of them."""
    first = trace.pattern[..., 0].mean(-1)
    return t("attention.why.now", head=f"{layer}.{head}", share=t.percent(float(first[layer, head])),
             all=t.percent(float(first.mean())))


def weights(t: Text, trace: Trace, layer: int, head: int) -> pd.DataFrame:
    """Every weight that is drawn: who reads, who is read, how much."""
    labels = [parts.shown(t, token) for token in trace.tokens]
    pattern = trace.pattern[layer, head]
    rows = [(f"{q} {labels[q]}", f"{k} {labels[k]}", float(pattern[q, k])) for q in range(len(labels)) for k in range(q + 1)]
    return pd.DataFrame(rows, columns=[t(f"attention.column.{name}") for name in ("reads", "is_read", "weight")])
