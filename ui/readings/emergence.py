"""Measured curves in words and points: loss against size and reading, and what an ability looks like under two measures."""
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from engine import parameters, scaling
from engine.parameters import PUBLISHED
from engine.scaling import Fit, Point
from ui import links, session
from ui.figures import scale as figures
from ui.i18n import LANGUAGES, Text
from ui.readings import scale

NAMES = {"friend": "recall: friend", "pet": "recall: pet", "labels": "novel labels, 8 shots", "sums": "addition, two digits",
         "rare": "rare facts, training phrasings", "facts": "facts, training phrasings"}
SAMPLES = 40                        # points of a drawn fit


def language(t: Text) -> str:
    """The language whose texts and questions are looked at."""
    return links.value("scale.text") or t.language


def by_size(t: Text) -> dict:
    """Loss against parameters: the ladder with its fit, and beside it the models that differ in depth alone."""
    ladder, deep = scale.ladder(), [point for point in session.rungs() if point.family == "depth"]
    x = _millions(t, [point.parameters for point in [*ladder, *deep]], t("scale.axis.parameters"))
    return _losses(t, x, [(ladder, "ladder", "first"), (deep, "depth", "second")], lambda point: point.parameters)


def by_tokens(t: Text) -> dict:
    """Loss against tokens read, along one training."""
    course = reading()
    return _losses(t, _millions(t, [point.tokens for point in course], t("scale.axis.tokens")), [(course, "course", "third")], lambda point: point.tokens)


def reading() -> list[Point]:
    """A model on its way, behind its first step: a scale of orders of magnitude has no place for nothing read."""
    return [point for point in session.course() if point.tokens]


def fitted(points: Sequence[Point], of, spoken: str) -> Fit | None:
    """The power law of the excess of loss through these points; None for fewer than two."""
    return scaling.power_law([of(point) for point in points], [point.figures[spoken]["excess"] for point in points]) if len(points) > 1 else None


def size_sentence(t: Text) -> str:
    """What twice the parameters buy."""
    return _fit_sentence(t, fitted(scale.ladder(), lambda point: point.parameters, language(t)), "size")


def tokens_sentence(t: Text) -> str:
    """What twice the tokens buy along a training."""
    return _fit_sentence(t, fitted(reading(), lambda point: point.tokens, language(t)), "tokens")


def _fit_sentence(t: Text, fit: Fit | None, what: str) -> str:
    """What a doubling buys by the fit, how sure that is, and of how little."""
    if fit is None:
        return t("scale.fit.none")
    said = {"off": t.percent(1 - 2 ** -fit.exponent), "exponent": t.number(fit.exponent), "explained": t.number(fit.explained, 3), "points": fit.points}
    if fit.low is None:
        return t(f"scale.fit.{what}_two", **said)
    return t(f"scale.fit.{what}", low=t.number(fit.low), high=t.number(fit.high), **said)


def _losses(t: Text, x: dict, families: Sequence[tuple[list[Point], str, str]], of) -> dict:
    spoken, whole = language(t), links.value("scale.loss") == "loss"
    drawn, levels, values = [], [], []
    for points, family, look in families:
        if not points:
            continue
        floor = points[0].figures[spoken]["entropy"] if whole else 0.0
        values += [_loss(point, spoken, whole) for point in points]
        fit = fitted(points, of, spoken) if family != "depth" else None
        if fit:
            ends = np.log([of(points[0]), of(points[-1])])
            at = [float(value) for value in np.exp(np.linspace(*ends, SAMPLES))]
            if fit.points > 2:
                drawn.append(figures.series(f"{family}-band", "fit", "band", [{"x": one, "y": floor + fit.at(one), "name": str(i), "low": floor + fit.band(one)[0],
                                                                              "high": floor + fit.band(one)[1]} for i, one in enumerate(at)]))
            drawn.append(figures.series(f"{family}-fit", "fit", "line", [{"x": one, "y": floor + fit.at(one), "name": str(i)} for i, one in enumerate(at)],
                                        t("scale.legend.fit", exponent=t.number(fit.exponent))))
        drawn.append(figures.series(family, look, "dot", [_loss_point(t, point, of(point), family, spoken, whole) for point in points], t(f"scale.legend.{family}")))
    if whole and values:
        some = next(points for points, _, _ in families if points)[-1].figures[spoken]
        known = {"entropy": some["entropy"]} | {name: value for name, value in some.get("references", {}).items() if name in ("bigram", "trigram", "unigram")}
        levels = [{"at": value, "text": t(f"scale.level.{name}", value=t.number(value))} for name, value in known.items()]
    reach = [*values, *(level["at"] for level in levels)] or [1.0]
    y = figures.axis(t("scale.axis.loss" if whole else "scale.axis.excess"), math.log10(min(reach)) - 0.08, math.log10(max(reach)) + 0.08,
                     [(at, t.number(at, 0 if at >= 1 else 1)) for at in _steps(min(reach) / 1.2, max(reach) * 1.2, (1, 2, 3, 5))], log=True)
    return {"x": x, "y": y, "drawn": drawn, "levels": levels, "measure": "loss" if whole else "excess"}


def _loss(point: Point, spoken: str, whole: bool) -> float:
    return point.figures[spoken]["loss" if whole else "excess"]


def _loss_point(t: Text, point: Point, x: float, family: str, spoken: str, whole: bool) -> dict:
    found = point.figures[spoken]
    return {"x": x, "y": _loss(point, spoken, whole), "name": point.name, "label": "" if family == "course" else point.name,
            "title": t("scale.loss_title", name=called(t, point, "training" if family == "course" else "size"), loss=t.number(found["loss"], 3), entropy=t.number(found["entropy"], 3), excess=t.number(found["excess"], 3))}


def called(t: Text, point: Point, over: str = "size") -> str:
    """A model by its name; along a training, by how much it has read."""
    return t("scale.after", tokens=million(t, point.tokens)) if over == "training" else point.name


def million(t: Text, count: float) -> str:
    value = count / 1e6
    return t("scale.millions", value=t.number(value, next(digits for digits in (0, 1, 2) if digits == 2 or round(value, digits) == round(value, 2))))


def path(over: str) -> list[Point]:
    """The points along which an ability is followed: by size, by depth alone, or through a training."""
    return {"size": scale.ladder, "depth": lambda: scaling.widened(session.rungs()), "training": reading}[over]()


def paths(t: Text) -> dict[str, str]:
    """The paths with something to compare on them, and the chosen one, each with its name."""
    return {over: t(f"scale.over.{over}") for over in ("size", "depth", "training") if over == links.value("scale.over") or len(path(over)) > 1}


def along(point: Point, over: str) -> float:
    """Where a point stands on that path."""
    return {"size": point.parameters, "depth": point.config.n_layer, "training": point.tokens}[over]


def ability(t: Text, name: str) -> dict:
    """An ability along the path that is chosen, under the measure that is chosen: right answers with their intervals, or the log-probability of the right one."""
    over, by_answers, spoken = links.value("scale.over"), links.value("scale.metric") == "answers", language(t)
    points = path(over)
    found = [point.figures[spoken]["answers"][NAMES[name]] for point in points]
    rows = []
    for point, one in zip(points, found, strict=True):
        row = {"x": along(point, over), "name": point.name, "label": point.name if over == "size" else "", "y": one["share"] if by_answers else -one["nats"],
               "title": t("scale.point_title", name=called(t, point, over), share=t.percent(one["share"], 1), low=t.percent(one["low"], 1), high=t.percent(one["high"], 1),
                          n=one["n"], nats=t.number(-one["nats"]))}
        rows.append(row | ({"low": one["low"], "high": one["high"]} if by_answers else {}))
    drawn = [figures.series(name, "second" if name in ("sums", "rare") else "first", "both", rows, t("scale.legend.answers" if by_answers else "scale.legend.nats"))]
    levels: list[dict] = []
    if by_answers:
        drawn.insert(0, figures.series("foretold", "faint", "line", [{"x": row["x"], "y": math.exp(-one["nats"]), "name": row["name"]} for row, one in zip(rows, found, strict=True)],
                                       t("scale.legend.foretold")))
        levels = [{"at": max(guess), "text": t("scale.level.guess"), "first": True} for guess in [_guesses(spoken, name)] if guess]
    return {"x": _along_axis(t, points, over), "y": _answers_axis(t) if by_answers else _nats_axis(t, [row["y"] for row in rows]), "drawn": drawn, "levels": levels,
            "measure": "answers" if by_answers else "nats"}


def _guesses(spoken: str, name: str) -> list[float]:
    """What those score who read no meaning: the same for every model, whose questions are the same."""
    for point in scale.ladder():
        found = point.figures[spoken]["answers"][NAMES[name]]
        return [found[guesser] for guesser in ("by position", "by bag of words") if guesser in found]
    return []


def rise_sentence(t: Text, name: str) -> str:
    """From where to where an ability goes, and how much of that lies in its steepest stretch, under the measure that is chosen."""
    points, over, spoken = path(links.value("scale.over")), links.value("scale.over"), language(t)
    if len(points) < 2:
        return t("scale.too_few")
    answers, nats = _values(points, name, spoken)
    said = {"ability": t(f"scale.ability.{name}"), "first": called(t, points[0], over), "last": called(t, points[-1], over)}
    if links.value("scale.metric") == "answers":
        said |= {"low": t.percent(answers[0], 1), "high": t.percent(answers[-1], 1)}
    else:
        said |= {"low": t.number(-nats[0]), "high": t.number(-nats[-1])}
    sentence = t(f"scale.rise.{links.value('scale.metric')}", **said)
    step = scaling.steepest([along(point, over) for point in points], answers, nats)
    if step is None:
        return sentence
    return sentence + " " + t(f"scale.stretch.{links.value('scale.metric')}", **{end: t("scale.read", tokens=million(t, point.tokens)) if over == "training" else point.name
                                 for end, point in zip(("start", "end"), points[step.start:], strict=False)},
                              way=t.percent(step.way), answers=t.percent(min(step.answers, 1)), nats=t.percent(min(step.nats, 1)))


def verdict(t: Text) -> list[str]:
    """Both cases weighed by one number: how much of the gain in log-probability right answers did not show."""
    over, spoken = links.value("scale.over"), language(t)
    points, sentences = path(over), []
    if len(points) < 2:
        return [t("scale.too_few")]
    for name in (links.value("scale.ability"), links.value("scale.hidden")):
        answers, nats = _values(points, name, spoken)
        if nats[0] <= nats[-1]:
            continue
        hidden = scaling.unseen(answers, nats)
        key = "there" if answers[0] >= scaling.UNSEEN else "none" if not hidden else "together" if hidden < 1 / 4 else "hidden" if hidden > 3 / 4 else "between"
        sentences.append(t(f"scale.verdict.{key}", ability=capital(t(f"scale.ability.{name}")), hidden=t.percent(hidden), least=t.percent(scaling.UNSEEN),
                           gain=t.number(nats[0] - nats[-1], 1), first=called(t, points[0], over), low=t.percent(answers[0], 1), high=t.percent(answers[-1], 1)))
    return [*sentences, t("scale.verdict.honest", points=len(points))]


def capital(text: str) -> str:
    """The same as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _values(points: Sequence[Point], name: str, spoken: str) -> tuple[list[float], list[float]]:
    found = [point.figures[spoken]["answers"][NAMES[name]] for point in points]
    return [one["share"] for one in found], [one["nats"] for one in found]


def quiz(t: Text) -> dict:
    """Facts along the same path if only answers count where all of k are right, beside one alone; or the same as log-probabilities."""
    over, k, by_answers = links.value("scale.over"), links.value("scale.all"), links.value("scale.metric") == "answers"
    points = path(over)
    shares = _values(points, "facts", language(t))[0]
    drawn = []
    for many, look in ((1, "faint"), (k, "second")):
        rows = [{"x": along(point, over), "name": point.name, "label": point.name if over == "size" and many == k else "",
                 "y": scaling.all_right(p, many) if by_answers else many * math.log(p),
                 "title": t("scale.quiz_point", name=called(t, point, over), one=t.percent(p, 1), all=t.percent(scaling.all_right(p, many), 1), k=many)}
                for point, p in zip(points, shares, strict=True) if by_answers or p]
        if many == k or k > 1:
            drawn.append(figures.series("one" if look == "faint" else "all", look, "line" if look == "faint" else "both", rows, t("scale.legend.all", count=many)))
    y = _answers_axis(t) if by_answers else _nats_axis(t, [row["y"] for row in drawn[-1]["points"]])
    return {"x": _along_axis(t, points, over), "y": y, "drawn": drawn, "levels": [], "measure": "answers" if by_answers else "nats"}


def quiz_sentence(t: Text) -> str:
    """What a test of k questions makes of the same models."""
    k, over = links.value("scale.all"), links.value("scale.over")
    points = path(over)
    if len(points) < 2:
        return t("scale.too_few")
    shares = _values(points, "facts", language(t))[0]
    before, last = (scaling.all_right(p, k) for p in shares[-2:])
    return t("scale.quiz_sentence", k=k, first=called(t, points[0], over), before=called(t, points[-2], over), last=called(t, points[-1], over), one=t.percent(shares[0], 1),
             two=t.percent(shares[-2], 1), three=t.percent(shares[-1], 1), all_two=t.percent(before, 1), all_three=t.percent(last, 1))


def table(t: Text, values: dict) -> pd.DataFrame:
    """The parts of the shape, the models of others, and every measured point: model, language, what, value, interval and n."""
    shape = scale.config(values)
    rows = [(t("scale.yours_short"), "", t(f"scale.part.{part}"), parameters.total(shape), None, count, None, None, None)
            for part, count in parameters.parameters(shape).items()]
    rows += [(t(f"scale.model.{id}"), "", t("scale.axis.parameters"), parameters.total(there.config), there.tokens, parameters.total(there.config), None, None, None)
             for id, there in PUBLISHED.items()]
    for point in [*session.rungs(), *(one for one in session.course() if "@" in one.name)]:
        for spoken in LANGUAGES:
            found = point.figures[spoken]
            rows += [(point.name, spoken, t(f"scale.axis.{kind}"), point.parameters, point.tokens, found[kind], None, None, None) for kind in ("loss", "excess")]
            for name, kind in NAMES.items():
                one = found["answers"][kind]
                rows.append((point.name, spoken, f"{t(f'scale.ability.{name}')}: {t('scale.legend.answers')}", point.parameters, point.tokens, one["share"], one["low"], one["high"], one["n"]))
                rows.append((point.name, spoken, f"{t(f'scale.ability.{name}')}: {t('scale.legend.nats')}", point.parameters, point.tokens, -one["nats"], None, None, one["n"]))
    return pd.DataFrame(rows, columns=[t(f"scale.column.{column}") for column in ("model", "language", "what", "parameters", "tokens", "value", "low", "high", "n")])


def _steps(least: float, most: float, fronts: Sequence[float]) -> list[float]:
    """The round numbers between two others: `fronts` times powers of ten."""
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    return [front * 10.0 ** n for n in range(first, last + 1) for front in fronts if least <= front * 10.0 ** n <= most]


def _millions(t: Text, counts: Sequence[float], title: str) -> dict:
    low, high = (min(counts), max(counts)) if counts else (1e6, 1e7)
    ticks = [(at, million(t, at)) for at in _steps(low / 1.25, high * 1.25, (1, 2, 5))]
    return figures.axis(title, math.log10(low) - 0.1, math.log10(high) + 0.1, ticks, log=True)


def _along_axis(t: Text, points: Sequence[Point], over: str) -> dict:
    if over == "depth":
        most = max((point.config.n_layer for point in points), default=1)
        return figures.axis(t("scale.axis.layers"), 0.5, most + 0.5, [(n, str(n)) for n in range(1, most + 1)])
    return _millions(t, [along(point, over) for point in points], t("scale.axis.parameters" if over == "size" else "scale.axis.tokens"))


def _answers_axis(t: Text) -> dict:
    return figures.axis(t("scale.axis.answers"), 0, 1.04, [(n / 4, t.percent(n / 4)) for n in range(5)])


def _nats_axis(t: Text, values: Sequence[float]) -> dict:
    least = min([*values, -1.0])
    step = next((step for step in (1, 2, 5, 10, 20, 50) if -least / step <= 6), 100)
    return figures.axis(t("scale.axis.nats"), 1.05 * least, -0.03 * least, [(-float(n * step), t.number(-n * step, 0)) for n in range(int(-least // step) + 1)])
