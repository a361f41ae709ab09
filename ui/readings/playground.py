"""The small network that the reader trains: its figures, what a step did, what the surface shows, in words; and the answer of the card."""
import math

import pandas as pd
import torch

from engine import surface as surfaces
from engine.plane import SIDE, Points
from engine.playground import Shape, by_autograd, dead, loss, right
from ui import links, session
from ui.controls import button, choice, controls, slider
from ui.figures import network as figures
from ui.i18n import Text
from ui.knobs import MAX_POINTS, MAX_STEPS
from ui.practice import PACES, PRESETS, Now

CELLS, THUMB = 60, 20               # of the plane; of each neuron's picture
MOVING = 15                         # cells of the surface, across and up, while the network moves on
GUESS = math.log(2)                 # the loss of one half for either class
ASKED = {"data": "circle", "width": 8, "seed": 1, "steps": 300, "rate": 0.3}       # what the question of the card is about


def board(t: Text, now: Now) -> list[dict]:
    """All controls and figures of the run."""
    probability, fields = surfaces.fields(now.descent.shape, now.descent.theta, CELLS)
    return [*settings(t), trainer(t, now), plane(t, now, probability), wires(t, now, probability, fields), view(t), descent(t, now), surface(t, now)]


def settings(t: Text) -> list[dict]:
    """What can be set, in three rows: ready-made experiments, the problem, the network and how it learns."""
    whole = {str(n): str(n) for n in (1, 2)}
    return [
        controls(*(button("network.preset", t(f"network.preset.{name}"), name, help=t(f"network.preset_help.{name}")) for name in PRESETS), id="presets"),
        controls(choice("network.data", t("network.data"), t.group("network.problem")), slider("network.noise", t("network.noise"), "± {value} %", 0, 50, 5),
                 slider("network.seed", t("network.seed"), "{value}", 1, 99, 1), id="problem"),
        controls(slider("network.width", t("network.width"), "{value}", 1, 8, 1), choice("network.layers", t("network.layers"), whole),
                 choice("network.activation", t("network.activation"), t.group("network.activations")),
                 choice("network.rate", t("network.rate"), {rate: written(t, float(rate)) for rate in ("0.03", "0.1", "0.3", "1.0", "3.0", "10.0")}),
                 choice("network.speed", t("network.speed"), t.group("network.speeds")), id="network")]


def written(t: Text, rate: float) -> str:
    """A learning rate with as many digits as it needs."""
    return t.number(rate, 0 if rate >= 1 else 2 if rate < 0.1 else 1)


def trainer(t: Text, now: Now) -> dict:
    """Play, pause, step, and the numbers of the last step."""
    run = now.descent
    ended = run.broken or run.steps >= MAX_STEPS
    _, pause = PACES[links.value("network.speed")]
    return figures.trainer(t, run.steps, now.wanted, MAX_STEPS, now.playing, ended, now.playing or now.busy, 0 if now.busy else pause, facts(t, now), note(t, now),
                           id="trainer", title=t("network.trainer_title"), hint=t("network.trainer_hint", parameters=run.shape.count), caption=stepped(t, now))


def facts(t: Text, now: Now) -> list[dict]:
    """The numbers of a run, each with its name and what it is."""
    run = now.descent
    differ = float((by_autograd(run.shape, run.theta, run.train) - run.slopes).abs().max())
    numbers = {"step": (run.steps, t("network.of", done=t.number(run.steps, 0), wanted=t.number(now.wanted, 0)) if now.busy else t.number(run.steps, 0)), "loss": (run.losses[-1], t.number(run.losses[-1], 4)), "test": ((tested := float(loss(run.shape, run.theta, run.test))), t.number(tested, 4)),
               "right": ((share := right(run.shape, run.theta, run.train)), t.percent(share)), "right_test": ((other := right(run.shape, run.theta, run.test)), t.percent(other)),
               "norm": (run.norms[-1], t.number(run.norms[-1], 4)), "length": (run.rate * run.norms[-1], t.number(run.rate * run.norms[-1], 4)),
               "differ": (differ, tiny(differ))}
    return [{"id": name, "name": t(f"network.fact.{name}"), "help": t(f"network.fact_help.{name}"), "value": value, "text": text} for name, (value, text) in numbers.items()]


def tiny(value: float) -> str:
    """A very small number, as one digit and a power of ten."""
    digit, _, power = f"{value:.0e}".partition("e")
    return f"{digit} · 10{str(int(power)).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}" if value else "0"


def stepped(t: Text, now: Now) -> str:
    """What the last step did, and how; before the first, what the loss is."""
    run = now.descent
    if not run.steps:
        return t("network.before", loss=t.number(run.losses[0], 4), guess=t.number(GUESS, 4), parameters=run.shape.count)
    before, after = run.losses[-2:]
    return t("network.stepped_same" if abs(after - before) < 5e-5 else "network.stepped_up" if after > before else "network.stepped", step=t.number(run.steps, 0), before=t.number(before, 4), after=t.number(after, 4),
             norm=t.number(run.norms[-2], 4), rate=written(t, run.rate), length=t.number(run.rate * run.norms[-2], 4))


def note(t: Text, now: Now) -> str:
    """What there is to know beyond the numbers: a run that broke, neurons that died, the end."""
    run, hidden = now.descent, now.descent.shape.width * now.descent.shape.layers
    lost = dead(run.shape, run.theta, run.train)
    if run.broken:
        return t("network.broken", step=t.number(run.steps + 1, 0))
    if lost:
        return t("network.dead", count=lost, hidden=hidden)
    return t("network.ended", most=t.number(MAX_STEPS, 0)) if run.steps >= MAX_STEPS else ""


def table_of(points: Points) -> torch.Tensor:
    """(N, 3): x, y and class."""
    return torch.cat((points.x, points.y[:, None]), -1)


def plane(t: Text, now: Now, probability: torch.Tensor) -> dict:
    """The plane, the points, the border."""
    run = now.descent
    drawn = table_of(run.train)[:len(run.test.y)]           # the reader's own come last, and are drawn as theirs
    own = [{"kind": point.kind, "given": point.born <= run.steps} for point in now.points]
    wrong = round((1 - right(run.shape, run.theta, run.train)) * len(run.train.y))
    said = {"wrong": wrong, "all": len(run.train.y), "share": t.percent(float((probability > 0.5).float().mean())), "test": t.percent(right(run.shape, run.theta, run.test))}
    return figures.field(t, probability, drawn, table_of(run.test), own, links.value("network.points"), now.wanted, MAX_POINTS, SIDE, id="plane", span=5,
                         title=t("network.plane_title"), hint=t("network.plane_hint", most=MAX_POINTS),
                         caption=t("network.plane_sentence", **said) + (f" {t('network.plane_own', count=len(now.points))}" if now.points else ""))


def axes(now: Now) -> tuple[int, int]:
    """The two parameters that the reader chose for the surface; else the steepest at the start of the run."""
    first, _, second = links.value("network.axes").partition(".")
    found = (int(first), int(second)) if second else (0, 0)
    run = now.descent
    return found if found[0] != found[1] and max(found) < run.shape.count else surfaces.steepest(by_autograd(run.shape, run.path[0], run.train))


def wires(t: Text, now: Now, probability: torch.Tensor, fields: list[torch.Tensor]) -> dict:
    """The network with its weights, and each neuron's own picture of the plane; last, the output's."""
    run, every = now.descent, CELLS // THUMB
    pictures = [field[:, ::every, ::every] for field in [*fields, 2 * probability[None] - 1]]
    hidden = run.shape.width * run.shape.layers
    largest = int(run.theta.abs().argmax())
    return figures.wires(t, run.shape.sizes, run.theta, run.slopes, run.rate, pictures, axes(now), id="wires", span=7, title=t("network.wires_title", count=hidden),
                         hint=t("network.wires_hint"), caption=t(f"network.wires_{run.shape.activation}", parameters=run.shape.count, hidden=hidden,
                                                                 name=named(t, run.shape, largest), value=t.number(float(run.theta[largest]))))


def named(t: Text, shape: Shape, number: int) -> str:
    """A parameter as a sentence names it."""
    begin = 0
    for layer, (n, m) in enumerate(zip(shape.sizes, shape.sizes[1:], strict=False), start=1):
        ends = [t("network.wires.output") if layer == shape.layers + 1 else t("network.wires.neuron", neuron=f"{layer}.{j + 1}") for j in range(m)]
        starts = [f"x{'₁₂'[i]}" if layer == 1 else f"{layer - 1}.{i + 1}" for i in range(n)]
        if number < begin + n * m:
            return t("network.parameter.weight", start=starts[(number - begin) // m], end=ends[(number - begin) % m])
        if number < begin + n * m + m:
            return t("network.parameter.bias", end=ends[number - begin - n * m])
        begin += n * m + m
    raise AssertionError((number, shape))


def descent(t: Text, now: Now) -> dict:
    """The losses of the run."""
    run = now.descent
    steps, train, test = ([*range(0, run.steps + 1, run.stride)], run.losses[::run.stride], list(run.tested))
    if steps[-1] != run.steps:
        steps, train, test = [*steps, run.steps], [*train, run.losses[-1]], [*test, float(loss(run.shape, run.theta, run.test))]
    best = min(range(len(test)), key=test.__getitem__)
    risen = test[-1] > 1.1 * test[best] and train[-1] < train[best]          # better on what it is trained on, worse on all else
    highest = max(range(len(run.losses)), key=run.losses.__getitem__)
    said = {"first": t.number(run.losses[0], 3), "last": t.number(train[-1], 3), "test": t.number(test[-1], 3), "steps": t.number(run.steps, 0),
            "high": t.number(run.losses[highest], 2), "at": t.number(highest, 0), "lowest": t.number(test[best], 3), "best": t.number(steps[best], 0)}
    key = "start" if not run.steps else "leapt" if run.losses[highest] > 2 * run.losses[0] else "risen" if risen else "sentence"
    return figures.descent(t, steps, train, test, GUESS, id="losses", span=5, title=t("network.losses_title"),
                           hint=t("network.losses_every", every=run.stride) if run.stride > 1 else t("network.losses_hint"), caption=t(f"network.losses_{key}", **said))


def surface(t: Text, now: Now) -> dict:
    """The loss over two weights, or in the plane of the path, with the way walked."""
    run, kind, pair = now.descent, links.value("network.surface"), axes(now)
    over = kind == "path" and run.steps > 1
    cells = MOVING if now.playing or now.busy else surfaces.CELLS
    seen = surfaces.through(run.shape, run.walked(), run.train, cells) if over else surfaces.along(run.shape, run.walked(), run.train, *pair, cells)
    names = [t("network.surface_one"), t("network.surface_two")] if over else [named(t, run.shape, number) for number in pair]
    row, column = seen.here
    lowest = float(seen.losses[seen.losses.isfinite()].min())
    said = {"loss": t.number(float(seen.losses[row, column]), 4), "lowest": t.number(lowest, 4), "held": run.shape.count - 2, "share": t.percent(seen.share, 1), "one": names[0], "two": names[1],
            "parameters": run.shape.count}
    key = "path" if over else "weights"
    downhill = [-float(run.slopes @ axis) for axis in (seen.across, seen.up)]
    return figures.surface(t, seen.columns, seen.rows, seen.losses, seen.path, seen.here, downhill, names, id="surface", span=7, title=t("network.surface_title"),
                           hint=t(f"network.surface_{key}_hint"), caption=t(f"network.surface_{key}", **said))


def view(t: Text) -> dict:
    """The choice between the two surfaces."""
    return controls(choice("network.surface", t("network.surface_label"), t.group("network.surfaces")), id="over")


def table(t: Text, now: Now) -> pd.DataFrame:
    """Every step: loss before it, gradient, length of the step."""
    run = now.descent
    return pd.DataFrame({t("network.column.step"): range(len(run.losses)), t("network.column.loss"): run.losses, t("network.column.norm"): run.norms,
                         t("network.column.length"): [run.rate * norm for norm in run.norms]})


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: how far networks without an activation come on the circle, in one layer and in two."""
    found = {name: session.learnt(ASKED["data"], ASKED["width"], layers, activation, ASKED["seed"], ASKED["steps"], ASKED["rate"])
             for name, layers, activation in (("one", 1, "none"), ("two", 2, "none"), ("bent", 1, "tanh"))}
    option = "wide" if found["one"] > 0.9 else "deep" if found["two"] > 0.9 else "no"
    return option, {"width": ASKED["width"], "steps": ASKED["steps"], **{name: t.percent(share) for name, share in found.items()}}
