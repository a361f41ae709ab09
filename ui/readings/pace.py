"""What the training screen says of reading at once, one by one, and in a recurrent network."""
from functools import cache

import pandas as pd
import torch

from engine import LanguageModel, pace
from engine.model import Config
from ui.figures import training as figures
from ui.i18n import Text
from ui.writing import Writing

COLOURS = {"parallel": "accent", "single": "contrast", "recurrent": "third"}
POSITIONS = 8                       # of the picture of what is computed when


def seconds(lm: LanguageModel, measured: Writing | None) -> dict[str, dict[int, float]]:
    """What was measured so far."""
    return pace.table(measured.pieces if measured else [], lm.decoder.config)


def curve(t: Text, lm: LanguageModel, measured: Writing | None) -> dict:
    """Milliseconds against the length of the text, both scales logarithmic."""
    found, lengths = seconds(lm, measured), pace.lengths(lm.decoder.config)
    lines = [figures.series(t(f"training.pace.{kind}"), list(rows), [1000 * value for value in rows.values()], COLOURS[kind], points=True, dash=kind == "recurrent")
             for kind, rows in found.items() if rows]
    return figures.curves(t, lines, t("training.pace.x"), {"scale": "log", "from": lengths[0], "to": max(lengths[-1], 2 * lengths[0]), "ticks": lengths},
                          {"scale": "log", "digits": 1} if lines else {"from": 0, "to": 1}, height=300,
                          id="pace", title=t("training.pace.title"), hint=t("training.pace.hint"), caption=sentence(t, lm, measured, found))


def sentence(t: Text, lm: LanguageModel, measured: Writing | None, found: dict[str, dict[int, float]]) -> str:
    """How many times longer the other two take at the greatest length."""
    if not measured:
        return t("training.pace.not_yet")
    shared = set(found["parallel"]) & set(found["single"]) & set(found["recurrent"])
    if not shared:
        return t("training.pace.measuring")
    length = max(shared)
    at = {kind: rows[length] for kind, rows in found.items()}
    values = {kind: t.number(1000 * value, 1) for kind, value in at.items()}
    return t("training.pace.sentence", tokens=length, rounds=pace.ROUNDS, times=t.number(at["single"] / at["parallel"], 1), other=t.number(at["recurrent"] / at["parallel"], 1),
             ours=t.number(pace.parameters(lm.decoder), 0), theirs=t.number(_recurrent(lm.decoder.config), 0), **values)


@cache
def _recurrent(config: Config) -> int:
    """How many parameters the recurrent network of a decoder's size has; none of them is made."""
    with torch.device("meta"):
        return pace.parameters(pace.Recurrent(config))


def table(t: Text, found: dict[str, dict[int, float]]) -> pd.DataFrame:
    """All medians."""
    rows = [(t(f"training.pace.{kind}"), length, 1000 * value) for kind, lengths in found.items() for length, value in lengths.items()]
    return pd.DataFrame(rows, columns=[t(f"training.column.{name}") for name in ("way", "tokens", "ms")])
