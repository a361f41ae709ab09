"""A probability against the length of the window."""
import math
from collections.abc import Sequence

from ui.figures.frame import NOTHING, axis, layout
from ui.i18n import Text
from ui.palette import ACCENT, CONTRAST, HAIRLINE


def forgetting(t: Text, sizes: Sequence[int], shares: Sequence[float], least: int) -> dict:
    """The right answer's probability for each window; left of the dashed line the fact is outside."""
    trace = dict(type="scatter", x=list(sizes), y=list(shares), mode="lines+markers", line=dict(color=ACCENT, width=2.5),
                 marker=dict(size=8), hovertemplate=t("context.curve_hover") + "<extra></extra>")
    edge = dict(type="line", x0=least, x1=least, y0=0, y1=1, yref="paper", line=dict(color=CONTRAST, dash="dash", width=1.5))
    outside = dict(x=math.log10(least), y=1, yref="paper", xanchor="right", yanchor="top", xshift=-8, showarrow=False,
                   text=t("context.curve_outside"), font=dict(color=CONTRAST, size=12))
    return {"data": [trace], "layout": layout(
        t, height=320, plot_bgcolor=NOTHING, shapes=[edge], annotations=[outside],
        xaxis=axis(t("context.curve_x"), type="log", tickvals=[4, 8, 16, 32, 64, 128, 256], tickangle=0, gridcolor=HAIRLINE),
        yaxis=axis(t("context.curve_y"), range=[0, 1.02], tickformat=".0%", gridcolor=HAIRLINE))}
