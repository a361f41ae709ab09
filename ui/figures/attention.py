"""Every head small, one head large as a map or as lines, and one pair of tokens step by step."""
import base64

import numpy as np
from torch import Tensor
from torch.nn.functional import adaptive_max_pool2d

from ui.i18n import Text
from ui.parts import packed, part

THUMBNAIL = 32                      # the longest side of a pooled head
VIEWS = ("map", "lines")
SAMPLES = (0.1, 0.5, 1.0)           # weights whose lines stand in the legend


def pool(pattern: Tensor) -> Tensor:
    """(L, H, T, T) pooled by maximum to at most 32 × 32 a head, so that a thin stripe is not lost."""
    return adaptive_max_pool2d(pattern, THUMBNAIL) if pattern.shape[-1] > THUMBNAIL else pattern


def heads(t: Text, values, selected: str, marks: list[dict], token: str, masked: bool = True, **card) -> dict:
    """Every head as a thumbnail: `values` (L, H, n, n) in 0…1, as one of the scale's 256 colours; `selected` is "layer.head", or "" for none.

    A mark for each head: its `role` (a key of heads.KINDS, or None), what it `adds` to the logit of `token`, whether it is `off`.
    """
    L, H, n, _ = values.shape
    shades = np.rint(255 * np.asarray(values)).astype(np.uint8)
    roles = {role: {"name": name, "sign": t(f"attention.sign.{role}")} for role, name in t.group("attention.role").items()}
    return part("heads", layers=L, heads=H, size=n, values=base64.b64encode(shades).decode(), selected=selected, knob="attention.head", masked=masked,
                ids=[f"{layer}.{head}" for layer in range(L) for head in range(H)], token=token, marks=marks, roles=roles,
                most=max(max(abs(mark["adds"]) for mark in marks), 1e-9), headWord=t("attention.head"), layerWord=t("attention.layer"),
                words=t.group("attention.thumbnails") | {name: t(f"attention.{name}") for name in ("head_name", "adds", "is_off")}, **card)


def view(t: Text, kind: str, weights, labels: list[str], top: int, pair: tuple[int, int], masked: bool = True, **card) -> dict:
    """The weights (T, T) of one head, exact, as a "map" (rows read, columns are read) or as "lines"; `top` % of each row is drawn."""
    words = {name: t(f"attention.{name}") for name in ("weight", "reads", "is_read", "future", "hover", "preview", "point", "thin", "last")}
    words |= {"samples": {share: t.percent(share) for share in SAMPLES}} if kind == "lines" else {}
    return part({"map": "heatmap", "lines": "lines"}[kind], values=packed(weights), labels=[label if len(label) <= 14 else label[:13] + "…" for label in labels],
                masked=masked, top=top, pair=list(pair), knob="attention.pair", words=words | {"low": t.percent(0), "high": t.percent(1)}, **card)


def steps(entries: list[dict], **card) -> dict:
    """A calculation: steps with name, how (in words and numbers), the value, and it as text."""
    return part("steps", steps=entries, **card)
