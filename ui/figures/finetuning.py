"""Two models side by side: their texts, the order of their next tokens, their heads, their weights, what was forgotten; and a run."""
import base64
from collections.abc import Sequence

import numpy as np
from torch import Tensor

from ui.figures.attention import pool
from ui.i18n import Text
from ui.parts import part

PAUSE = 400                         # milliseconds between two looks at a run


def versus(panels: list[dict], words: dict, more: bool, **card) -> dict:
    """Texts being written: panels of id, label, note, prompt, pieces (each a word and "", "came" or "gone"), done; `words` explain the marks."""
    return part("versus", panels=panels, words=words, more=more, **card)


def slopes(t: Text, left: list[dict], right: list[dict], heads: Sequence[str], **card) -> dict:
    """The next tokens of two models, each in its own order, everything else last: id, name, before, after, both as text, way, said, rest."""
    return part("slopes", left=left, right=right, heads=list(heads), hover=t("finetuning.slopes_hover"), **card)


def drift(t: Text, apart: Tensor, moved: Tensor, said: list[str], **card) -> dict:
    """How the patterns of all heads differ, |Δ| (L, H, T, T) as thumbnails on a scale up to the largest, and how much each has `moved` (L, H)."""
    most = float(apart.max())
    shades = np.rint(255 * np.asarray(pool(apart)) / max(most, 1e-9)).astype(np.uint8)
    L, H, n, _ = shades.shape
    words = t.group("finetuning.drift") | {"low": t.percent(0), "high": t.percent(most)}
    return part("drift", layers=L, heads=H, size=n, values=base64.b64encode(shades).decode(), moved=moved.flatten().tolist(),
                most=max(float(moved.max()), 1e-9), largest=int(moved.argmax()), said=said, words=words, **card)


def cells(rows: list[dict], columns: Sequence[str], corner: str, **card) -> dict:
    """A table of numbers: rows of name and cells, each a value, its shade 0…1, text and title."""
    return part("cells", rows=rows, columns=list(columns), corner=corner, **card)


def dumbbell(groups: list[dict], words: Sequence[str], button: dict, more: bool, **card) -> dict:
    """Before and after: groups of title, low, high, ends and rows, each row a name, before, after, text, said, worse, strong; and a `button` that measures."""
    return part("dumbbell", groups=groups, words=list(words), button=button, more=more, **card)


def learning(t: Text, buttons: dict[str, dict], status: str, done: float, losses: list, steps: int, samples: list[dict], more: bool, tick: float,
             **card) -> dict:
    """A run: its buttons, where it is, 0…1, its losses as (step, loss), what it writes by now; `tick` differs whenever there may be news."""
    ends = {"most": t.number(max((loss for _, loss in losses), default=0.0), 1), "zero": "0", "first": t("finetuning.step", step=0), "last": t("finetuning.step", step=steps)}
    return part("learning", buttons=buttons, status=status, done=done, losses=losses, steps=steps, samples=samples, more=more, pause=PAUSE, tick=tick,
                words=t.group("finetuning.learning") | ends, **card)
