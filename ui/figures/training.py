"""How a model learns, as figures: the objective, curves with what they are held against, a run, what it writes, attention forming, and what moves."""
from collections.abc import Sequence

from torch import Tensor

from ui.i18n import Text
from ui.parts import packed, part


def stations(stations: list[dict], at: str, label: str, **card) -> dict:
    """A slider over moments of a training, each with its id, name and note."""
    return part("stations", stations=stations, at=at, label=label, knob="training.at", **card)


def shift(t: Text, places: list[dict], mean: float, even: float, **card) -> dict:
    """Each token read and the one that then comes: `places` of reads, target, chance, loss, text and title; `mean` and `even` (guessing evenly) as lines."""
    most = max([even * 1.15, mean, *(place["loss"] for place in places)])
    words = t.group("training.shift") | {"mean": t("training.shift.mean", loss=t.number(mean)), "even": t("training.shift.even", loss=t.number(even))}
    return part("objective", places=places, mean=mean, even=even, most=most, words=words, **card)


def series(name: str, x: Sequence[float], y: Sequence[float], colour: str, **look) -> dict:
    """One curve: `look` may be dash, faint, points, width."""
    return {"name": name, "x": packed(x), "y": packed(y), "colour": colour, **look}


def curves(t: Text, lines: list[dict], across: str, x: dict, y: dict, references: list[dict] = (), height: int = 300, **card) -> dict:
    """Curves over an axis called `across`; x and y may say scale (log), from, to, ticks and digits; `references` are named lines at a y."""
    return part("curves", series=lines, x=x | {"label": across}, y=y, lines=list(references), height=height, words={"at": t("training.curve_at", x="{x}")}, **card)


def run(state: str, said: str, share: float | None, meters: list[dict], steps: int, more: bool, pause: int, beat: int, label: str, **card) -> dict:
    """How a run goes; with `more` the browser asks again after a `pause` in milliseconds. `beat` differs from one look to the next, or it would not see that it may."""
    return part("meters", state=state, said=said, share=share, meters=meters, steps=steps, more=more, pause=pause, beat=beat, label=label, **card)


def samples(moments: list[dict], columns: list[str], prompt: str, empty: str, more: bool = False, **card) -> dict:
    """What was written at each moment: its name, the loss then, and a text for each of the `columns`, all going on from `prompt`."""
    return part("samples", moments=moments, columns=columns, prompt=prompt, empty=empty, more=more, **card)


def forming(t: Text, groups: dict[str, tuple[Tensor, bool]], labels: list[str], **card) -> dict:
    """Every head of one decoder or two: by name the pattern (L, H, T, T), and whether it is masked."""
    drawn = [{"name": name, "shape": list(pattern.shape[:3]), "values": packed(pattern), "masked": masked} for name, (pattern, masked) in groups.items()]
    return part("forming", groups=drawn, labels=labels, words=t.group("training.forming") | {"low": t.percent(0), "high": t.percent(1)}, **card)


def moves(columns: list[str], rows: list[dict], **card) -> dict:
    """A table of what two uses of the same weights do: rows of cells with text, and kind (stays, moves-on)."""
    return part("moves", columns=columns, rows=rows, **card)


def stairs(t: Text, positions: int, **card) -> dict:
    """What is computed when, for three ways of reading."""
    ways = {"parallel": (1, False, "accent"), "single": (positions, False, "contrast"), "recurrent": (positions, True, "third")}
    return part("stairs", positions=positions, ways=[
        {"name": t(f"training.pace.{name}"), "said": t(f"training.pace.says.{name}"), "steps": steps, "chained": chained, "colour": colour}
        for name, (steps, chained, colour) in ways.items()], **card)
