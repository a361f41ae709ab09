"""What the training screen says of the typed text: the loss of each of its positions, one model at several moments, and one step on it."""
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd

from engine import LanguageModel, Trace, checkpoint, descent, snapshots
from engine.surprise import surprise
from ui import kept, links, parts, session
from ui.figures import block as ledgers
from ui.figures import training as figures
from ui.i18n import Text
from ui.writing import Writing, advance

SHOWN = "mini"                      # the model that ships with snapshots of its training
APP = "model"                       # the station where the app's own model stands
ROOM = 640                          # pixels that a card keeps free for what is being worked out
WRITTEN, TEMPERATURE, SEED, TAIL = 20, 0.7, 1, 44       # tokens that each moment writes on; characters of the prompt before them


@cache
def moments() -> list[int]:
    """After how many tokens there are weights of the model on its way."""
    return snapshots.kept(checkpoint.find(SHOWN))


def names() -> dict[str, str]:
    """The stations by id, each with the name of a model: moments of `mini`, `mini` itself, and the app's model where it is another."""
    found = {str(tokens): f"{SHOWN}@{tokens}" for tokens in moments()} | {SHOWN: SHOWN}
    return found if session.current() == SHOWN else found | {APP: session.current()}


def at() -> str:
    """The station that was chosen; mini itself, where the app's model is mini."""
    chosen = links.value("training.at")
    return chosen if chosen in names() else SHOWN


def tokens_read(station: str) -> int | None:
    """How many tokens a moment of mini has been trained on."""
    return int(session.model(SHOWN).card["recipe"]["tokens"]) if station == SHOWN else None if station == APP else int(station)


def title(t: Text, station: str) -> str:
    """A station as a label."""
    if station == APP:
        return kept.mine().get(session.current(), session.current())
    read = tokens_read(station)
    return t("training.at.none") if not read else t("training.at.million", tokens=t.number(read / 1e6, 1)) if read >= 1e6 else t("training.at.tokens", tokens=t.number(read / 1000, 0))


def heading(t: Text, station: str) -> str:
    """A station inside a title."""
    return title(t, station) if station == APP else t("training.at.heading", moment=title(t, station).replace(" ", "\u00a0"))


def stations(t: Text) -> list[dict]:
    """All stations as a slider shows them."""
    notes = {"0": "training.at.random", SHOWN: "training.at.done", APP: "training.at.app"}
    return [{"id": station, "name": title(t, station), "note": t(notes[station]) if station in notes else ""} for station in names()]


@dataclass(frozen=True)
class Objective:
    """The typed text as a model at one station reads it."""
    station: str
    lm: LanguageModel
    trace: Trace
    losses: list[float]             # of each token after the first
    even: float                     # of one who guesses evenly

    @property
    def mean(self) -> float | None:
        """The loss of the text; None where no token follows another."""
        return math.fsum(self.losses) / len(self.losses) if self.losses else None


def objective(text: str, station: str) -> Objective:
    """Read the text as the model did at that moment."""
    name = names()[station]
    lm, trace = session.model(name), session.trace(text, name)
    return Objective(station, lm, trace, (-surprise(trace).logprobs).tolist(), math.log(trace.logits.shape[-1]))


def places(t: Text, seen: Objective) -> list[dict]:
    """Each token read, the one that came, how likely it was held, and what that costs."""
    told, tokens, rows = surprise(seen.trace), seen.trace.tokens, []
    best = [seen.lm.tokenizer.tokens([i])[0] for i in told.expected.tolist()]
    for i, (loss, rank) in enumerate(zip(seen.losses, told.ranks.tolist(), strict=True)):
        said = {"reads": parts.quoted(t, tokens[i]), "target": parts.quoted(t, tokens[i + 1]), "chance": t.percent(math.exp(-loss), 1), "loss": t.number(loss)}
        rows.append({"reads": parts.shown(t, tokens[i]), "target": parts.shown(t, tokens[i + 1]), "chance": t.percent(math.exp(-loss), 0 if loss < 4 else 1), "loss": loss,
                     "text": t.number(loss, 1), "worse": loss > seen.even,
                     "title": t("training.shift.likeliest" if rank == 1 else "training.shift.another", **said, rank=t.number(rank, 0), best=parts.quoted(t, best[i]))})
    return rows


def objective_sentence(t: Text, seen: Objective) -> str:
    """The loss of the text in words: its mean, its dearest position, and the guesser's."""
    if not seen.losses:
        return t("training.shift.nothing")
    dearest = max(range(len(seen.losses)), key=seen.losses.__getitem__)
    said = {"loss": t.number(seen.mean), "chance": t.percent(math.exp(-seen.mean), 1 if seen.mean > 2.3 else 0), "even": t.number(seen.even), "vocabulary": t.number(seen.trace.logits.shape[-1], 0),
            "token": parts.quoted(t, seen.trace.tokens[dearest + 1]), "most": t.number(seen.losses[dearest])}
    return t("training.shift.sentence", count=len(seen.losses), **said)


def path(t: Text, text: str) -> dict:
    """The loss of the text at each moment, as a curve on whose points one can go there."""
    found = [(tokens_read(station), objective(text, station)) for station in names() if station != APP]
    x, y = [read for read, _ in found], [seen.mean or 0.0 for _, seen in found]
    even = found[0][1].even
    ids = [station for station in names() if station != APP]
    marked = ids.index(at()) if at() in ids else -1
    lines = [figures.series(t("training.path.loss"), [math.sqrt(read) for read in x], y, "accent", points=True)] if found[0][1].losses else []
    caption = t("training.path.sentence", first=t.number(y[0]), even=t.number(even), early=t.number(y[1]), tokens=title(t, ids[1]), last=t.number(y[-1])) if lines else t("training.shift.nothing")
    return figures.curves(t, [line | {"x": parts.packed(x)} for line in lines], t("training.path.x"), {"scale": "sqrt", "from": 0, "to": x[-1], "ticks": [0, 1_000_000, 5_000_000, 10_000_000, 20_000_000, 30_000_000]},
                          {"from": 0, "to": max([even * 1.05, *y])}, [{"y": even, "name": t("training.reference.uniform")}], height=230,
                          id="path", span=5, title=t("training.path.title"), hint=t("training.path.hint"), caption=caption) | {"marked": marked, "knob": "training.at", "options": ids}


def writing(text: str) -> Writing:
    """What each moment of the model writes on, a little more at each run."""
    def pieces() -> Iterator[tuple[str, str]]:
        for station, name in names().items():
            if station != APP:
                yield from ((station, step.text) for step in session.model(name).generate(text, WRITTEN, TEMPERATURE, seed=SEED))
    return advance("training.writing", (text, session.current() == SHOWN), pieces)


def written(t: Text, writing: Writing, text: str, pending: bool) -> dict:
    """Those texts as rows, the moment that is looked at marked."""
    rows = []
    for station in [station for station in names() if station != APP]:
        pieces = [piece for where, piece in writing.pieces if where == station]
        if pieces:
            rows.append({"when": title(t, station), "loss": "", "texts": [parts.visible("".join(pieces)).replace("·", " ")], "marked": station == at()})
    start = text if len(text) <= TAIL else "…" + text[-TAIL:]
    return figures.samples(rows, [""], parts.visible(start).replace("·", " "), t("training.written.empty"), not writing.done or pending, id="written", span=7, rows=2, title=t("training.written.title"),
                           hint=t("training.written.hint", tokens=WRITTEN, temperature=t.number(TEMPERATURE, 1), seed=SEED))


@dataclass(frozen=True)
class Compared:
    """The same weights used twice on one text: to read it, and to learn from it."""
    station: str
    rate: float
    read: tuple[str, str]           # fingerprints of the weights before and after reading
    step: descent.Descent
    numbers: int                    # that reading has computed, and that are gone afterwards
    cache: int                      # of them would be kept to write on
    ids: int


def step(text: str) -> Writing:
    """One step on the text with the model at the chosen station; made once the typing pauses."""
    station, rate = at(), float(links.value("training.rate"))

    def made() -> Iterator[Compared]:
        lm = session.model(names()[station])
        ids = ([] if lm.bos is None else [lm.bos]) + lm.tokenizer.encode(text)
        ids = ids[:lm.context]
        if len(ids) < 2 or sum(value.numel() for value in lm.decoder.parameters()) > session.LEARNING:
            return
        weights = dict(lm.decoder.named_parameters())
        before, trace = descent.fingerprint(weights), lm.trace(text)
        yield Compared(station, rate, (before, descent.fingerprint(weights)), descent.descend(lm.decoder, ids, rate), trace.nbytes // 4, trace.k.numel() + trace.v.numel(), len(ids))
    return advance("training.step", (text, names()[station], rate), made)


def compared(t: Text, found: Compared) -> list[dict]:
    """The rows of the table: reading on one side, a step of training on the other."""
    moved, step = found.step.moved, found.step
    whole = step.parameters
    columns = {
        "passes": (t("training.moves.forward"), t("training.moves.backward"), "", ""),
        "activations": (t("training.moves.gone", numbers=t.number(found.numbers, 0)), t("training.moves.used", numbers=t.number(found.numbers, 0)), "", ""),
        "gradient": (t("training.moves.no_gradient"), t("training.moves.gradient_of", numbers=t.number(whole, 0), length=t.number(step.gradient)), "", ""),
        "moved": (t("training.moves.none_of", all=t.number(whole, 0)), t("training.moves.some_of", moved=t.number(moved, 0), all=t.number(whole, 0), share=t.percent(moved / whole, 1)), "stays", "moves-on"),
        "weights": (f"{found.read[0]} → {found.read[1]}", f"{step.fingerprints[0]} → {step.fingerprints[1]}", "code stays", "code moves-on"),
        "loss": (f"{t.number(step.before)} → {t.number(step.before)}", f"{t.number(step.before)} → **{t.number(step.after)}**", "stays", "moves-on"),
        "cache": (t("training.moves.cache", numbers=t.number(found.cache, 0)), t("training.moves.no_cache"), "", "")}
    return [{"id": name, "cells": [{"text": t(f"training.moves.row.{name}")}, {"text": reading, "kind": one, "value": found.read[1] if name == "weights" else step.before if name == "loss" else None},
                                   {"text": learning, "kind": two, "value": step.fingerprints[1] if name == "weights" else step.after if name == "loss" else moved if name == "moved" else None}]}
            for name, (reading, learning, one, two) in columns.items()]


def step_sentence(t: Text, found: Compared) -> str:
    """Whether the step did what it was to do."""
    step, rate = found.step, t.number(found.rate, len(f"{found.rate:g}".partition(".")[2]))
    said = {"rate": rate, "before": t.number(step.before), "after": t.number(step.after), "length": t.number(step.gradient)}
    return t("training.moves.better" if step.after < step.before else "training.moves.worse", **said)


def moves(t: Text, step: Writing, title: str) -> dict:
    """The table of what reading and a step do, once the step is made; before that, what to wait for."""
    found = step.pieces[0] if step.pieces else None
    card = {"id": "moves", "span": 6, "title": t("training.moves.title", name=title), "hint": t("training.moves.hint")}
    if found is None:
        return awaited(t, step, card)
    return figures.moves(["", t("training.moves.read"), t("training.moves.learn")], compared(t, found), caption=step_sentence(t, found), **card)


def awaited(t: Text, step: Writing, card: dict) -> dict:
    """Words where the step is not made: what to wait for, with room for it, or that there will be none."""
    return parts.part("note", text=t("training.moves.none" if step.done else "training.moves.soon"), room=0 if step.done else ROOM, **card)


def parts_moved(t: Text, step: Writing) -> dict:
    """How far each part of the model has moved, once the step is made."""
    card = {"id": "parts", "span": 6, "title": t("training.moves.parts_title"), "hint": t("training.moves.parts_hint")}
    if not step.pieces:
        return awaited(t, step, card)
    return by_part(t, step.pieces[0], **card)


def part_name(t: Text, name: str) -> str:
    """A part of the model by its name."""
    if name.startswith("h."):
        _, layer, half = name.split(".")
        return t(f"training.moves.part.{half}", layer=layer)
    return t(f"training.moves.part.{name}")


def by_part(t: Text, found: Compared, **card) -> dict:
    """How far each part of the model has moved, beside how long it was."""
    rows, changes = found.step.parts, [part.change / part.weights if part.weights else 0.0 for part in found.step.parts]
    gradients = [part.gradient for part in rows]
    columns = [{"kind": "words", "name": t("training.moves.column.moved")}, {"kind": "length", "name": t("training.moves.column.gradient"), "most": max(gradients)},
               {"kind": "length", "name": t("training.moves.column.change"), "most": max(changes) or 1}]
    tones = {"attn": "attention", "mlp": "forward"}
    drawn = [{"name": part_name(t, part.name), "tone": tones.get(part.name.rpartition(".")[2], "stream"), "cells": [
        {"text": t.percent(part.moved / part.parameters)}, {"value": part.gradient, "text": t.number(part.gradient)}, {"value": change, "text": t.percent(change, 2)}]}
        for part, change in zip(rows, changes, strict=True)]
    least = min(rows, key=lambda part: part.moved / part.parameters)
    most = max(range(len(rows)), key=changes.__getitem__)
    caption = t("training.moves.parts_sentence", least=part_name(t, least.name), share=t.percent(least.moved / least.parameters, 1), most=part_name(t, rows[most].name), change=t.percent(changes[most], 2))
    return ledgers.ledger(t("training.moves.column.part"), columns, drawn, caption=caption, **card)


def table(t: Text, text: str, seen: Objective) -> pd.DataFrame:
    """The objective position by position, and the loss of the text at every moment."""
    tokens = [parts.shown(t, token) for token in seen.trace.tokens]
    rows = [(title(t, seen.station), i, reads, target, loss) for i, (reads, target, loss) in enumerate(zip(tokens, tokens[1:], seen.losses, strict=False))]
    for station in names():
        other = objective(text, station)
        rows.append((title(t, station), None, t("training.column.all"), "", other.mean))
    return pd.DataFrame(rows, columns=[t(f"training.column.{name}") for name in ("moment", "position", "reads", "target", "loss")])


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: what the model loses before its first step, beside ln V."""
    seen = objective(t("training.guide.prompt"), "0")
    options = {"zero": 0.0, "even": seen.even, "vocabulary": float(seen.trace.logits.shape[-1])}
    right = min(options, key=lambda name: abs(options[name] - seen.mean))
    return right, {"loss": t.number(seen.mean), "even": t.number(seen.even), "vocabulary": t.number(seen.trace.logits.shape[-1], 0)}
