"""Position vectors as pictures: signed numbers as colours, similarity as curves; and words that can be put in another order."""
from collections.abc import Sequence

import numpy as np

from engine.positions import ByDistance
from ui.figures.frame import NOTHING, axis, layout
from ui.i18n import Text
from ui.palette import ACCENT, CONTRAST, HAIRLINE
from ui.parts import packed, part
from ui.points import CELLS


def order(t: Text, words: Sequence[str], places: Sequence[int], knob: str, **card) -> dict:
    """Words as chips: number places[i] stands at place i; moved by mouse or keys, they set `knob`."""
    return part("order", words=list(words), order=list(places), knob=knob, said=t.group("position.order"), **card)


def leak(rows: list[dict], **card) -> dict:
    """Rows of a name and a share of 1 that are no parts of a whole."""
    return part("leak", rows=rows, **card)


def table(t: Text, source: str, most: float, shape: Sequence[int], marked: int, **card) -> dict:
    """A whole table of vectors, `shape` (n, C), in the shades of ui.points.shades, fetched once from `source`; its first `marked` rows stand out."""
    n, C = shape
    drawn = [min(CELLS, n), min(CELLS, C)]
    return part("signed", source=source, shape=drawn, most=most, marked=marked * drawn[0] / n,
                first=0, every=[n / drawn[0], C / drawn[1]], words=t.group("position.table"), **card)


def signed(values, labels: Sequence[str], words: dict, first: int = 0,
           columns: Sequence[str] = (), turns: Sequence[float] = (), most: float | None = None, **card) -> dict:
    """Numbers (rows, columns), exact, around zero: a label for each row, which stand at places `first` and on; `turns` are the clocks of pairs of columns."""
    array = np.asarray(values, np.float32)
    return part("signed", values=packed(array), shape=list(array.shape), most=most or float(np.abs(array).max()) or 1.0, labels=list(labels), columns=list(columns),
                first=first, every=[1, 1], turns=list(turns), words=words, **card)


def by_distance(t: Text, learned: ByDistance, waves: ByDistance) -> dict:
    """Cosine against distance: the mean of the learned vectors between its lowest and highest, and that of waves."""
    def line(name: str, values, **look) -> dict:
        return dict(type="scatter", mode="lines", x=list(range(len(values))), y=np.round(values.numpy(), 4).tolist(), name=t(f"position.curve.{name}"),
                    line=look, hovertemplate=t("position.curve.hover") + "<extra>%{fullData.name}</extra>")

    lines = [line("range", learned.high, color=ACCENT, width=1, dash="dot"), line("range", learned.low, color=ACCENT, width=1, dash="dot"),
             line("learned", learned.mean, color=ACCENT, width=2.5), line("sinusoidal", waves.mean, color=CONTRAST, width=2, dash="dash")]
    lines[1]["showlegend"] = False
    return {"data": lines, "layout": layout(
        t, height=430, plot_bgcolor=NOTHING, legend=dict(orientation="h", y=-0.16, x=0),
        xaxis=axis(t("position.curve.x"), gridcolor=HAIRLINE), yaxis=axis(t("position.curve.y"), gridcolor=HAIRLINE))}
