"""Models as cards, terms, shares with their intervals, a loss that falls, and three texts being written; what is being fetched."""
import math
from collections.abc import Sequence

from engine.cards import GPT3_TOKENS
from ui.figures.frame import NOTHING, axis, layout
from ui.i18n import Text
from ui.palette import ACCENT, CONTRAST, HAIRLINE, QUIET
from ui.parts import part

FIRST = 1e6                         # tokens where the scale of what was read begins


def decades(tokens: float) -> float:
    """Where a number of tokens falls on a scale of powers of ten that ends at GPT-3's, 0…1."""
    return min(1.0, max(0.0, math.log10(tokens / FIRST) / math.log10(GPT3_TOKENS / FIRST)))


def deck(rows: list[dict], knob: str, label: str, **card) -> dict:
    """Cards to choose one of: id, name, kind, note, chosen, and what marks the model that the app uses."""
    return part("deck", rows=rows, knob=knob, label=label, **card)


def acts(entries: list[dict], **card) -> dict:
    """Buttons in a row, each of which sets knobs or asks for something, without a card around them."""
    return part("acts", bare=True, acts=entries, **card)


def prose(text: str, **card) -> dict:
    """A few sentences to read."""
    return part("prose", text=text, **card)


def facts(columns: Sequence[str], terms: list[dict], **card) -> dict:
    """Terms with a value for each column."""
    return part("facts", columns=list(columns), terms=terms, **card)


def amounts(rows: list[dict], **card) -> dict:
    """Numbers of tokens as bars on a scale of powers of ten."""
    return part("decades", rows=rows, ticks=[{"share": decades(10 ** n), "text": f"10{_raised(n)}"} for n in (6, 8, 10)], **card)


def shares(t: Text, rows: list[dict], models: Sequence[str], **card) -> dict:
    """Abilities in rows, a column for each language, in it a dot with its interval for each model, and a tick for who only guesses."""
    return part("whiskers", rows=rows, models=list(models), words=t.group("models.whiskers"), languages=t.group("models.language"), **card)


def demos(panels: list[dict], more: bool, progress: int, **card) -> dict:
    """Prompts to change, what is written to each, and how often such a thing goes right; `more` makes the browser ask for the next piece.

    `progress` differs from one piece to the next where nothing else does, or the browser would not see that it may ask again.
    """
    return part("demos", panels=panels, more=more, progress=progress, **card)


def coming(t: Text, share: float | None, text: str, progress: float, **card) -> dict:
    """How much there is of what is being fetched: a share, or None as long as nobody knows; `progress` differs each time, so that the browser asks again."""
    return part("coming", share=share, text=text, progress=progress, label=t("models.own.coming"), **card)


def losses(t: Text, curves: list[dict], references: dict[str, float]) -> dict:
    """The loss of models by the tokens read (logarithmic), and lines at what others pay for the same texts."""
    styles = ((ACCENT, "circle"), (CONTRAST, "square"))
    traces = [dict(type="scatter", x=[max(tokens, 1e5) for tokens, _ in one["points"]], y=[loss for _, loss in one["points"]], mode="lines+markers",
                   name=one["name"], line=dict(color=colour, width=2.5), marker=dict(size=10, symbol=symbol),
                   hovertemplate=t("models.loss_hover") + "<extra></extra>") for one, (colour, symbol) in zip(curves, styles, strict=False)]
    lines = [dict(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line=dict(color=QUIET, width=1, dash="dot")) for y in references.values()]
    names = [dict(x=0, xref="paper", y=y, xanchor="left", yanchor="bottom", showarrow=False, text=f"{name} · {t.number(y)}", font=dict(color=QUIET, size=11))
             for name, y in references.items()]
    ticks = [1e5, 1e6, 1e7, 1e8]
    return {"data": traces, "layout": layout(
        t, height=320, plot_bgcolor=NOTHING, shapes=lines, annotations=names, showlegend=len(traces) > 1, legend=dict(orientation="h", y=-0.24, x=0),
        xaxis=axis(t("models.loss_x"), type="log", tickvals=ticks, ticktext=["0", *(t("models.mega", number=t.number(n / 1e6, 0)) for n in ticks[1:])],
                   tickangle=0, gridcolor=HAIRLINE, range=[4.9, 8.1]),
        yaxis=axis(t("models.loss_y"), gridcolor=HAIRLINE, rangemode="tozero"))}


def _raised(n: int) -> str:
    return str(n).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
