"""The dart on the bar, the same logits at a second temperature, and how many texts differ at each."""
from collections.abc import Sequence

from ui.figures.frame import NOTHING, axis, layout
from ui.i18n import Text
from ui.palette import ACCENT, HAIRLINE
from ui.parts import part

PRESETS = {                         # settings that are one click away
    "greedy": {"temperature": 0, "top_k": 0, "top_p": 1}, "careful": {"temperature": 0.5, "top_k": 0, "top_p": 0.9},
    "creative": {"temperature": 1, "top_k": 0, "top_p": 0.95}, "chaos": {"temperature": 2, "top_k": 0, "top_p": 1}}


def presets(t: Text) -> list[dict]:
    """The presets by name, each with the settings it stands for and what they do."""
    return [{"id": name, "values": values, "label": t(f"probabilities.preset.{name}"), "help": t(f"probabilities.preset_help.{name}")}
            for name, values in PRESETS.items()]


def dart(t: Text, stretches: list[dict], fallen: dict | None, knobs: dict, **card) -> dict:
    """The cumulative bar and the dart on it; the button throws the next, by setting `knobs`."""
    return part("dart", stretches=stretches, dart=fallen, knobs=knobs, button=t("probabilities.again"), **card)


def twin(t: Text, second: float, **card) -> dict:
    """The logits of the chain beside it at a `second` temperature too."""
    return part("twin", second=second, knob="probabilities.second", words=t.group("probabilities.twin") | {"rest": t("live.everything_else")}, **card)


def variety(t: Text, temperatures: Sequence[float], counts: Sequence[int], most: int) -> dict:
    """How many of `most` continuations differ, for the temperatures that have been measured."""
    trace = dict(type="scatter", x=list(temperatures), y=list(counts), mode="lines+markers", line=dict(color=ACCENT, width=2.5), marker=dict(size=8),
                 hovertemplate=t("probabilities.curve_hover", most=most) + "<extra></extra>")
    return {"data": [trace], "layout": layout(
        t, height=300, plot_bgcolor=NOTHING, xaxis=axis(t("probabilities.curve_x"), range=[-0.05, 1.58], dtick=0.5, gridcolor=HAIRLINE),
        yaxis=axis(t("probabilities.curve_y", most=most), range=[0, most * 1.06], gridcolor=HAIRLINE))}
