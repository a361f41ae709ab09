"""What depends on the length of the window: a probability, and a price."""
import math
from collections.abc import Sequence

from engine.cost import Cost
from ui.figures.frame import NOTHING, axis, layout
from ui.i18n import Text
from ui.palette import ACCENT, CONTRAST, HAIRLINE, QUIET

SHARES = (0, 0.2, 0.4, 0.6, 0.8, 1)
LENGTHS = (16, 32, 64, 128, 256, 512, 1024, 2048)
MILLISECONDS = (0.1, 1, 10, 100, 1000, 10_000)


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
        yaxis=axis(t("context.curve_y"), range=[0, 1.02], tickvals=SHARES, ticktext=[t.percent(share) for share in SHARES], gridcolor=HAIRLINE))}


def price(t: Text, costs: Sequence[Cost]) -> dict:
    """Measured milliseconds against the length, both scales logarithmic; dashed, the square of the length through the last point."""
    kinds = {"forward": (CONTRAST, "square"), "attention": (ACCENT, "circle")}
    traces = []
    for what, (colour, symbol) in kinds.items():
        x, y = [c.tokens for c in costs if c.what == what], [1000 * c.seconds for c in costs if c.what == what]
        traces.append(dict(type="scatter", x=x, y=y, mode="lines+markers", name=t(f"context.cost.{what}"), line=dict(color=colour, width=2.5),
                           marker=dict(size=8, symbol=symbol), hovertemplate=t("context.cost.hover") + "<extra></extra>"))
    if traces[1]["x"]:
        x, last = traces[1]["x"], traces[1]["y"][-1]
        traces.append(dict(type="scatter", x=x, y=[last * (n / x[-1]) ** 2 for n in x], mode="lines", name=t("context.cost.square"),
                           line=dict(color=QUIET, width=1.5, dash="dash"), hoverinfo="skip"))
    return {"data": traces, "layout": layout(
        t, height=340, plot_bgcolor=NOTHING, legend=dict(orientation="h", y=-0.22, x=0),
        xaxis=axis(t("context.curve_x"), type="log", tickvals=LENGTHS, ticktext=[t.number(n, 0) if i % 2 else "" for i, n in enumerate(LENGTHS)], tickangle=0, gridcolor=HAIRLINE, range=[1.15, 3.36]),
        yaxis=axis(t("context.cost.y"), type="log", tickvals=MILLISECONDS, ticktext=[t.number(n, 0 if n >= 1 else 1) for n in MILLISECONDS], gridcolor=HAIRLINE))}
