"""The small network of the screen `network`: the problem and the network that the reader chose, and how far it is trained.

It is trained where it is drawn, 30 ms in one run of the fragment; the browser asks for more. The same settings and steps give the same network.
"""
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st
import torch

from engine.plane import SIDE, problem
from engine.playground import Descent, Shape, start
from ui import links
from ui.board import pressed
from ui.knobs import MAX_STEPS

BOARD = "network.learn"
SLICE = 0.03                        # seconds of training in one run
PACES = {"slow": (1, 300), "steady": (5, 40), "fast": (MAX_STEPS, 0)}       # steps at once, and milliseconds until the next
PRESETS = {                         # what each sets; the pace and the surface are as they were
    "flat": {"data": "circle", "noise": 10, "seed": 1, "width": 8, "layers": "2", "activation": "none", "rate": "0.3"},
    "narrow": {"data": "circle", "noise": 10, "seed": 1, "width": 1, "layers": "1", "activation": "tanh", "rate": "0.3"},
    "hot": {"data": "circle", "noise": 10, "seed": 1, "width": 8, "layers": "2", "activation": "relu", "rate": "10.0"},
    "spiral": {"data": "spirals", "noise": 10, "seed": 1, "width": 2, "layers": "2", "activation": "tanh", "rate": "1.0"},
    "heart": {"data": "circle", "noise": 40, "seed": 1, "width": 8, "layers": "1", "activation": "tanh", "rate": "1.0"},
}


@dataclass(frozen=True)
class Own:
    """A point that the reader put on the plane: where, in hundredths of the way to its edge, of which class, and from which step on."""
    x: int
    y: int
    kind: int
    born: int

    @property
    def where(self) -> tuple[int, int, int]:
        return self.x, self.y, self.kind

    def at(self, step: int) -> "Own":
        return replace(self, born=step)


def own_points(text: str) -> list[Own]:
    """What "x.y.class.step-x.y.class.step" says; x and y are counted from the lower left corner, 0 to 200."""
    numbers = (map(int, one.split(".")) for one in text.split("-") if one)
    return [Own(x - 100, y - 100, kind, born) for x, y, kind, born in numbers]


def spelt(points: Sequence[Own]) -> str:
    """Points as an address says them."""
    return "-".join(f"{point.x + 100}.{point.y + 100}.{point.kind}.{point.born}" for point in points)


@dataclass
class Practice:
    """One network on its way: what it was asked for, where it is, and which of the reader's points it has been given."""
    asked: tuple
    descent: Descent
    given: list[Own] = field(default_factory=list)

    def admit(self, points: list[Own]) -> None:
        """Give it the points whose time has come."""
        for point in points[len(self.given):]:
            if point.born > self.descent.steps:
                return
            self.descent.add(torch.tensor([point.x, point.y], dtype=torch.float64) * SIDE / 100, float(point.kind))
            self.given.append(point)


@dataclass(frozen=True)
class Now:
    """What stands on the screen."""
    descent: Descent
    points: list[Own]               # the reader's own, those that are still to come included
    wanted: int                     # steps; more than were taken while they are being taken
    playing: bool

    @property
    def busy(self) -> bool:
        """Whether the browser is to ask for more at once."""
        return self.descent.steps < self.wanted and not self.descent.broken


def halt() -> None:
    """Stop whatever plays: the page was opened anew."""
    st.session_state["network.playing"] = False


def now() -> Now:
    """Take what the reader pressed, train on for 30 ms at most, and say what stands there."""
    state = st.session_state
    _obey(state)
    practice, points = _begin(state)
    descent, wanted = practice.descent, links.value("network.steps")
    if state.get("network.playing") and descent.steps >= wanted:
        wanted = min(MAX_STEPS, descent.steps + PACES[links.value("network.speed")][0])
    end = time.monotonic() + SLICE
    while descent.steps < wanted and not descent.broken and time.monotonic() < end:
        descent.step()
        practice.admit(points)
    if state.get("network.playing") and links.value("network.speed") == "fast":
        wanted = max(descent.steps, links.value("network.steps"))
    if descent.broken or descent.steps >= MAX_STEPS:
        halt()
        wanted = descent.steps
    state["network.steps"] = wanted
    return Now(descent, points, wanted, bool(state.get("network.playing")))


def _obey(state) -> None:
    """What was pressed: play or pause, and the ready-made experiments, which start to play."""
    asked, preset = pressed(BOARD, "network.play"), pressed(BOARD, "network.preset")
    if asked is not None:
        state["network.playing"] = asked == "1"
    if preset in PRESETS:
        state.update({f"network.{name}": value for name, value in PRESETS[preset].items()} | {
            "network.steps": 0, "network.points": "", "network.axes": "", "network.playing": True})
        links.publish()


def _begin(state) -> tuple[Practice, list[Own]]:
    """The network that is on its way, or a new one where something else is asked for; points added meanwhile come in where it stands."""
    shape = Shape(links.value("network.width"), int(links.value("network.layers")), links.value("network.activation"))
    seed, rate = links.value("network.seed"), float(links.value("network.rate"))
    asked = (links.value("network.data"), links.value("network.noise"), seed, shape, rate)
    practice, points = state.get("network.practice"), own_points(links.value("network.points"))
    wanted = links.value("network.steps")
    points = [point.at(min(point.born, wanted)) for point in points]
    if practice and practice.asked == asked and practice.descent.steps <= wanted and [p.where for p in points[:len(practice.given)]] == [p.where for p in practice.given]:
        fresh = [point.at(max(point.born, practice.descent.steps)) for point in points[len(practice.given):]]
        points = [*practice.given, *fresh]
    else:
        practice = state["network.practice"] = Practice(asked, Descent(shape, rate, *problem(asked[0], asked[1] / 100, seed), start(shape, seed)))
    practice.admit(points)
    state["network.points"] = spelt(points)
    return practice, points
