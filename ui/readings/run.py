"""What the training screen says of a run: how it goes, its curves, what it wrote on the way, and what the missing part does."""
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from engine.live.training import LESS, WHOLE, plan
from ui import links, parts, runs, training
from ui.controls import button, choice, controls, slider
from ui.figures import training as figures
from ui.i18n import Text
from ui.training import Now

SMOOTH = 0.85                       # of the curve before is in the smoothed one
RECENT = 40                         # steps over which the pace is reckoned
COLOURS = {WHOLE: "accent", LESS: "contrast"}


def settings(t: Text) -> dict:
    """What to train and on what."""
    return controls(choice("training.source", t("training.run.source"), t.group("training.run.sources")),
                    choice("training.part", t("training.run.part"), t.group("training.run.parts")),
                    slider("training.seed", t("training.run.seed"), "{value}", 1, 99, 1), id="settings")


def buttons(t: Text, now: Now) -> dict:
    """What can be done now."""
    goes, begun = now.state in (runs.RUNNING, runs.WAITING), bool(now.steps)
    first = {"pause": goes, "go": now.state == runs.PAUSED, "start": not goes and now.state != runs.PAUSED}
    do = next(name for name, fits in first.items() if fits)
    ready = links.value("training.source") == "stories" or bool(training.mine())
    entries = [button("training.do", t(f"training.run.do.{do}"), do, disabled=do == "start" and not ready),
               button("training.do", t("training.run.do.step"), "step", disabled=goes or now.busy or not ready, help=t("training.run.do.step_help")),
               button("training.do", t("training.run.do.stop"), "stop", disabled=not goes and now.state != runs.PAUSED),
               button("training.do", t("training.run.do.anew"), "anew", disabled=not begun or not ready, help=t("training.run.do.anew_help")),
               button("training.do", t("training.run.do.keep"), "keep", disabled=not training.weighed(now), help=t("training.run.do.keep_help"))]
    return controls(*entries, id="buttons")


def decoders(now: Now) -> tuple[str, ...]:
    """Which decoders the run trains."""
    return (WHOLE,) if now.part == "none" else (WHOLE, LESS)


def name(t: Text, now: Now, decoder: str) -> str:
    """A decoder by what it lacks."""
    if decoder == WHOLE:
        return t("training.run.alone" if now.part == "none" else "training.run.whole")
    return t(f"training.run.lacks.{now.part}")


def losses(now: Now, decoder: str, what: str = "loss") -> tuple[list[float], list[float]]:
    """Tokens and values of what a decoder reported."""
    found = [(said["tokens"], said[f"{decoder}.{what}"]) for said in now.steps if f"{decoder}.{what}" in said]
    return [tokens for tokens, _ in found], [value if math.isfinite(value) else 99.0 for _, value in found]


def smoothed(values: Sequence[float]) -> list[float]:
    """The mean of what came before, the nearer the more."""
    mean, weight, out = 0.0, 0.0, []
    for value in values:
        mean, weight = SMOOTH * mean + (1 - SMOOTH) * value, SMOOTH * weight + 1 - SMOOTH
        out.append(mean / weight)
    return out


def meters(t: Text, now: Now) -> dict:
    """How the run goes: its state in words, its progress, and a few numbers."""
    done = len([said for said in now.steps if f"{WHOLE}.loss" in said])
    whole, rows = now.about.get("steps", 0), []
    if now.steps:
        tokens, last = now.steps[-1]["tokens"], now.steps[-min(RECENT, len(now.steps))]
        seconds = now.steps[-1]["seconds"] - last["seconds"]
        pace = (tokens - last["tokens"]) / seconds if seconds else 0
        size = now.about["budget"] // whole
        values, lengths = losses(now, WHOLE)[1], losses(now, WHOLE, "norm")[1]
        rows = [("first", t.number(values[0])), ("loss", t.number(smoothed(values)[-1])), ("norm", t.number(smoothed(lengths)[-1])), ("tokens", t.number(done * size, 0)),
                ("pace", t.number(pace, 0) if pace else "—"), ("left", t("training.run.seconds", seconds=t.number((whole - done) * size / pace, 0)) if pace else "—"),
                ("parameters", t.number(now.about["parameters"], 0))]
    drawn = [{"id": key, "name": t(f"training.run.meter.{key}", even=t.number(math.log(now.about["vocabulary"]))) if key == "first" else t(f"training.run.meter.{key}"), "value": value}
             for key, value in rows]
    return figures.run(now.state, said(t, now, done), done / whole if whole else None, drawn, done, now.more, training.PAUSES.get(now.state, 400), training.beat(now), t("training.run.progress"),
                       id="run", title=t("training.run.title", what=what(t, now)), hint=t(f"training.run.note.{now.part}"))


def what(t: Text, now: Now) -> str:
    """What is trained on what, in a few words."""
    own = bool(now.run.order["text"]) if now.run else links.value("training.source") == "own"
    shape = plan(now.part)
    return t("training.run.what_own" if own else "training.run.what_stories", layers=shape.layers, heads=shape.heads, width=shape.width)


def said(t: Text, now: Now, done: int) -> str:
    """The state of the run, in words."""
    if now.state == runs.WAITING:
        return t("training.run.ahead", count=now.run.ahead)
    if now.state == runs.FAILED:
        return t.error(now.run.error)
    if now.state == "none" or not now.steps and now.state == runs.STOPPED:
        return t("training.run.ready")
    if not now.steps:
        return t("training.run.starting")
    values = {"done": t.number(done, 0), "all": t.number(now.about["steps"], 0)}
    return t(f"training.run.state.{now.state}", **values)


def curves(t: Text, now: Now) -> dict:
    """The loss of each decoder as it falls, and the lines that it can be held against."""
    lines = []
    for decoder in decoders(now):
        x, y = losses(now, decoder)
        if x:
            lines += [figures.series("", x, y, COLOURS[decoder], faint=True, width=1), figures.series(name(t, now, decoder), x, smoothed(y), COLOURS[decoder], dash=decoder == LESS, width=2.4)]
    own = bool(now.run) and bool(now.run.order["text"])
    seen = {"masked": t("training.run.with_mask")} if now.part == "mask" else {WHOLE: t("training.run.kept_out")} if own else {}
    for decoder, label in seen.items():
        x, y = losses(now, decoder, "kept_out")
        if x:
            lines.append(figures.series(label, x, y, "quiet", points=True, width=1.5))
    lines.sort(key=lambda line: bool(line.get("faint")))
    references = [{"y": value, "name": t(f"training.reference.{key}")} for key, value in now.about.get("references", {}).items()]
    top = max([now.about["references"]["uniform"] + 0.6, *(min(20.0, max(losses(now, decoder)[1], default=0.0)) for decoder in decoders(now)), *losses(now, "masked", "kept_out")[1]]) if references else 9.0
    return figures.curves(t, lines, t("training.run.x"), {"from": 0, "to": now.about.get("budget", plan(now.part).recipe.tokens)}, {"from": 0, "to": top}, references, height=380,
                          id="loss", span=8, title=t("training.run.loss_title"), hint=t("training.run.loss_hint", counted=t.number(now.about["counted"], 0)) if references else t("training.run.loss_empty"),
                          caption=sentence(t, now))


def sentence(t: Text, now: Now) -> str:
    """Where the loss began, where it is, and whom it has left behind."""
    _, values = losses(now, WHOLE)
    if not values:
        return t("training.run.no_loss")
    references, loss = now.about["references"], smoothed(values)[-1]
    passed = [key for key in ("uniform", "unigram", "bigram", "trigram") if loss < references[key]]
    said = {"first": t.number(values[0]), "even": t.number(references["uniform"]), "loss": t.number(loss), "tokens": t.number(now.steps[-1]["tokens"], 0)}
    first = t("training.run.sentence", **said)
    then = t(f"training.run.passed.{passed[-1]}", line=t.number(references[passed[-1]])) if passed else t("training.run.passed.nothing")
    return " ".join(filter(None, [first, then, compared(t, now)]))


def compared(t: Text, now: Now) -> str:
    """What the missing part does, from the last numbers of both."""
    if now.part == "none" or not now.steps:
        return ""
    one, two = (smoothed(losses(now, decoder)[1])[-1] for decoder in (WHOLE, LESS))
    values = {"whole": t.number(one), "less": t.number(two), "name": name(t, now, LESS)}
    if now.part == "mask" and (seen := losses(now, "masked", "kept_out")[1]):
        return t("training.run.cheated" if seen[-1] > two + 0.3 else "training.run.not_yet", masked=t.number(seen[-1]), **values)
    return t("training.run.worse" if two > one + 0.1 else "training.run.better" if two < one - 0.1 else "training.run.alike", **values)


def norms(t: Text, now: Now) -> dict:
    """The length of the gradient at each step."""
    lines = []
    for decoder in decoders(now):
        x, y = losses(now, decoder, "norm")
        if x:
            y = [max(value, 1e-3) for value in y]
            label = t("training.run.meter.norm") if now.part == "none" else name(t, now, decoder)
            lines += [figures.series(label, x, smoothed(y), COLOURS[decoder], dash=decoder == LESS), figures.series("", x, y, COLOURS[decoder], faint=True, width=1)]
    lines.sort(key=lambda line: bool(line.get("faint")))
    lengths = losses(now, WHOLE, "norm")[1]
    clip = plan(now.part).recipe.clip
    caption = t("training.run.norm_sentence" if clip < 1e3 else "training.run.norm_free", last=t.number(smoothed(lengths)[-1]), most=t.number(max(lengths)), clip=t.number(clip, 0)) if lengths else ""
    return figures.curves(t, lines, t("training.run.x"), {"from": 0, "to": now.about.get("budget", plan(now.part).recipe.tokens)}, {"scale": "log"} if lines else {"from": 0, "to": 1}, height=320,
                          id="norm", span=5, title=t("training.run.norm_title"), hint=t("training.run.norm_hint"), caption=caption)


def samples(t: Text, now: Now) -> dict:
    """What was written on the way, the newest first."""
    rows = [{"when": t("training.run.after", tokens=t.number(said["tokens"], 0)), "loss": _loss_at(t, said),
             "texts": [_readable(said[f"{decoder}.sample"]) for decoder in decoders(now)], "marked": False} for said in now.steps if f"{WHOLE}.sample" in said]
    columns = [name(t, now, decoder) for decoder in decoders(now)]
    if rows:
        rows[-1]["marked"] = True
    return figures.samples(rows[::-1], columns, _readable(now.about.get("prompt", "")), t("training.run.no_sample"), id="samples", span=7, title=t("training.run.samples_title"),
                           hint=t("training.run.samples_hint"))


def _loss_at(t: Text, said: dict) -> str:
    value = said.get(f"{WHOLE}.loss", said.get(f"{WHOLE}.kept_out"))
    return t("training.run.loss_at", loss=t.number(value))


def _readable(text: str) -> str:
    """Text as it is read, line breaks and control characters made visible."""
    return " ".join(parts.visible(piece) for piece in text.split(" "))


def forming(t: Text, now: Now) -> dict:
    """Every head on a few tokens of text that nothing is learnt from."""
    tensors = now.run.tensors if now.steps else {}
    groups = {name(t, now, decoder) if len(decoders(now)) > 1 else "": (tensors[f"{decoder}.pattern"], not (decoder == LESS and now.part == "mask"))
              for decoder in decoders(now) if f"{decoder}.pattern" in tensors}
    labels = [parts.shown(t, token) for token in training.tokenizer(now).tokens(now.about["probe"])] if groups else []
    return figures.forming(t, groups, labels, id="forming", span=4, title=t("training.run.forming_title"), hint=t("training.run.forming_hint", tokens=len(labels)) if groups else t("training.run.forming_empty"),
                           caption=attended(t, now, labels))


def attended(t: Text, now: Now, labels: list[str]) -> str:
    """How sharp attention is by now, and the head that looks back one token most."""
    if not labels:
        return ""
    pattern = now.run.tensors[f"{WHOLE}.pattern"].double()
    L, H, T, _ = pattern.shape
    even = float(np.mean([1 / (i + 1) for i in range(1, T)]))
    sharp = float(pattern[:, :, 1:].amax(-1).mean())
    back = pattern.diagonal(offset=-1, dim1=-2, dim2=-1).mean(-1).flatten()
    best = int(back.argmax())
    said = t("training.run.attended", sharp=t.percent(sharp), even=t.percent(even), head=f"{best // H}.{best % H}", back=t.percent(float(back[best])))
    if now.part != "mask":
        return said
    ahead = now.run.tensors[f"{LESS}.pattern"].double().diagonal(offset=1, dim1=-2, dim2=-1).mean(-1).flatten()
    best = int(ahead.argmax())
    return f"{said} {t('training.run.peeks', head=f'{best // H}.{best % H}', ahead=t.percent(float(ahead[best])))}"


def table(t: Text, now: Now) -> pd.DataFrame:
    """Every step of the run."""
    rows = [[said["step"], said["tokens"], *(said.get(f"{decoder}.{what}") for decoder in decoders(now) for what in ("loss", "norm", "kept_out", "sample"))] for said in now.steps]
    names = [f"{name(t, now, decoder)}: {t(f'training.column.{what}')}" for decoder in decoders(now) for what in ("loss", "norm", "kept_out", "sample")]
    return pd.DataFrame(rows, columns=[t("training.column.step"), t("training.column.tokens"), *names])
