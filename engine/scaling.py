"""What size and reading buy, as measured: the models that have figures, a power law through them, and where an ability rises.

The figures are those of `evaluation.json` and `course.json`, which `python -m engine evaluate` and `build` make.
"""
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import stdtrit

from engine.checkpoint import CARD, EVALUATION, MODELS, read_json
from engine.course import FILE as COURSE
from engine.errors import ModelError
from engine.model import Config
from engine.recipes import MINI, NAMED


UNSEEN = 0.05                       # right answers so rare that they seem none


@dataclass(frozen=True)
class Point:
    """A model, or one on its way, and what it can do: `figures` by language as in `evaluate.py`."""
    name: str
    config: Config
    parameters: int
    tokens: int                     # read so far
    seconds: float | None           # of training; None on the way
    figures: dict

    @property
    def family(self) -> str:
        """Which sizes it belongs to: "ladder", where all grows at once, or "depth", where only layers are added to mini's width."""
        return "depth" if self.name.startswith("depth-") else "ladder"


@dataclass(frozen=True)
class Fit:
    """y = factor · x^-exponent through `points` points, with the 95 % interval of the exponent (None for two points) and R² of the logarithms."""
    exponent: float
    factor: float
    low: float | None
    high: float | None
    explained: float
    points: int
    centre: float                   # of the logarithms of x: their mean, and the sum of their squares around it
    across: float
    error: float                    # of ln y at a point, times Student's t; 0 for two points, which a line always meets

    def at(self, x: float) -> float:
        return self.factor * x ** -self.exponent

    def band(self, x: float) -> tuple[float, float]:
        """The 95 % interval of the line at x (Draper & Smith 1998, §1.4)."""
        half = math.exp(self.error * math.sqrt(1 / self.points + (math.log(x) - self.centre) ** 2 / self.across))
        return self.at(x) / half, self.at(x) * half


@dataclass(frozen=True)
class Step:
    """The stretch between two points where an ability rises fastest, and how much of the whole way lies in it (shares)."""
    start: int                      # the first of the two points
    answers: float                  # of the whole rise in right answers
    nats: float                     # of the whole fall in nats per answer
    way: float                      # of the way in log size


def rungs(folder: Path = MODELS) -> list[Point]:
    """The models of this project that have figures under `folder`, with weights or without, the smallest first; a damaged one is left out."""
    found = []
    for name in NAMED:
        try:
            card, figures = read_json(folder / name / CARD), read_json(folder / name / EVALUATION)["figures"]
            found.append(Point(name, Config(**card["config"]), card["parameters"], card["tokens"], card["seconds"], figures))
        except (ModelError, KeyError):
            continue
    return sorted(found, key=lambda point: (point.parameters, point.name))


def course(name: str = "mini", folder: Path = MODELS) -> list[Point]:
    """A model on its way, from its first weights to the end; nothing where no snapshots were measured."""
    end = [point for point in rungs(folder) if point.name == name]
    try:
        figures = read_json(folder / name / COURSE)["figures"]
    except (ModelError, KeyError):
        return []
    return [Point(f"{name}@{tokens}", end[0].config, end[0].parameters, int(tokens), None, moment) for tokens, moment in figures.items()] + end if end else []


def widened(points: Sequence[Point]) -> list[Point]:
    """Those that only differ in depth: the depth ladder and the model of the main one that has its width."""
    return [point for point in points if point.family == "depth" or point.config.n_embd == MINI.n_embd]


def power_law(x: Sequence[float], y: Sequence[float]) -> Fit:
    """The straight line through the logarithms, by least squares, with Student's interval of its slope. At least two points of positive numbers."""
    assert len(x) == len(y) >= 2 and min(*x, *y) > 0, f"{list(x)}, {list(y)}"
    u, v = np.log(np.asarray(x, float)), np.log(np.asarray(y, float))
    around, n = u - u.mean(), len(u)
    across = float(around @ around)
    slope = float(around @ v) / across
    left = v - v.mean() - slope * around
    explained = 1 - float(left @ left / max(np.square(v - v.mean()).sum(), 1e-300))
    error = float(stdtrit(n - 2, 0.975)) * math.sqrt(float(left @ left) / (n - 2)) if n > 2 else 0.0
    half = error / math.sqrt(across)
    low, high = (-slope - half, -slope + half) if n > 2 else (None, None)
    return Fit(-slope, math.exp(float(v.mean() - slope * u.mean())), low, high, explained, n, float(u.mean()), across, error)


def steepest(x: Sequence[float], answers: Sequence[float], nats: Sequence[float]) -> Step | None:
    """Where right answers rise fastest against log x, beside the nats of the same questions; None where they do not rise at all."""
    u = np.log(np.asarray(x, float))
    rise, fall, way = (np.diff(np.asarray(values, float)) for values in (answers, nats, u))
    if len(u) < 2 or (rise / way).max() <= 0 or answers[-1] <= answers[0] or nats[0] <= nats[-1]:
        return None
    at = int((rise / way).argmax())
    return Step(at, float(rise[at] / rise.sum()), float(fall[at] / fall.sum()), float(way[at] / way.sum()))


def unseen(answers: Sequence[float], nats: Sequence[float], most: float = UNSEEN) -> float:
    """How much of the whole fall in nats happens while right answers stay below `most`: progress that they do not show (a share)."""
    still = next((i for i, share in enumerate(answers) if share >= most), len(answers))
    return (nats[0] - nats[still - 1]) / (nats[0] - nats[-1]) if still else 0.0


def all_right(p: float, k: int) -> float:
    """How often all of k answers are right where each is with probability p, apart from the others (Schaeffer et al. 2023, arXiv 2304.15004, §2)."""
    return p ** k
