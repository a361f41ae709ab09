"""A reader's own fine-tuning: its settings, where it stands, what it came to, in words and numbers."""
import math
import time
from pathlib import Path

from engine.forgetting import summed
from engine.ownlines import parse, part
from ui import links, session
from ui.i18n import Text
from ui.runs import PAUSED, RUNNING, WAITING, Run
from ui.tuned import Own

LINES = Path(__file__).parents[2] / "assets" / "lines"
SETTINGS = ("way", "rate", "steps", "replay")
PRESETS = {                         # way, rate, steps, replay
    "gentle": ("lora", "0.0005", 60, 1), "steady": ("lora", "0.002", 120, 1), "forgets": ("lora", "0.002", 120, 0),
    "whole": ("full", "0.0003", 80, 1), "destroys": ("lora", "0.03", 60, 0)}
RATES = ("0.0003", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.03")
SEED = 1


def sets(language: str) -> list[str]:
    """The names of the ready-made sets of lines in a language."""
    return sorted(path.stem for path in (LINES / language).glob("*.txt"))


def example(language: str, name: str) -> str:
    """The lines of such a set."""
    return (LINES / language / f"{name}.txt").read_text(encoding="utf-8")


def settings() -> tuple:
    """What the reader has set, in the order of SETTINGS."""
    return tuple(links.value(f"finetuning.{name}") for name in SETTINGS)


def preset(name: str) -> dict:
    """The knobs that a preset sets."""
    return {f"finetuning.{knob}": value for knob, value in zip(SETTINGS, PRESETS[name], strict=True)}


def order(text: str, language: str) -> dict:
    """What the run is told. Raises TextError for lines that cannot be used."""
    parse(text)
    way, rate, steps, replay = settings()
    return {"base": session.BASE, "text": text, "way": way, "rate": float(rate), "steps": steps, "replay": bool(replay), "language": language, "seed": SEED}


def meant(t: Text) -> str:
    """What these settings are known to do, where they are a preset's."""
    name = next((name for name, values in PRESETS.items() if values == settings()), "own")
    return t(f"finetuning.preset_hint.{name}")


def counted(t: Text, text: str) -> str:
    """How many lines there are, of which kind, and how many are kept out. Raises TextError for lines that cannot be used."""
    learnt, kept_out = part(parse(text))
    talks = sum(line.question is not None for line in (*learnt, *kept_out))
    said = t("finetuning.own.counted", lines=len(learnt) + len(kept_out), talks=talks, texts=len(learnt) + len(kept_out) - talks)
    return f"{said} {t('finetuning.own.kept_out', count=len(kept_out))}" if kept_out else f"{said} {t('finetuning.own.none_kept_out')}"


def buttons(t: Text, run: Run | None) -> dict[str, dict]:
    """Start, pause, go on, stop: which of them are there now."""
    going = run is not None and not run.ended
    shown = {"start": not going, "pause": going and run.state != PAUSED, "go": going and run.state == PAUSED, "stop": going}
    return {name: {"text": t(f"finetuning.do.{name}"), "on": True, "shown": is_shown} for name, is_shown in shown.items()}


def losses(run: Run | None) -> list[list[float]]:
    """The loss of every step so far; one that is no number is left out."""
    entries = run.log[:len(run.log)] if run else []
    return [[entry["step"], entry["loss"]] for entry in entries if "loss" in entry and math.isfinite(entry["loss"])]


def done(run: Run | None) -> float:
    """How far the training is, 0…1, by the time that it has taken and will take."""
    if run is None or "left" not in run.latest:
        return 0.0
    spent, left = run.latest["seconds"], run.latest["left"]
    return spent / max(1e-9, spent + left)


def status(t: Text, run: Run | None) -> str:
    """Where a run stands."""
    if run is None:
        return t("finetuning.run.none")
    if run.error:
        return t.error(run.error)
    if run.state == WAITING:
        return t("finetuning.run.waiting", count=run.ahead)
    said = run.latest
    values = {"step": said.get("step", 0), "steps": said.get("steps", run.order["steps"]), "left": math.ceil(said.get("left", 0)), "seconds": t.number(said.get("seconds", 0), 0),
              "asking": said.get("asking", 0), "of": said.get("of", 0)}
    if run.state in (RUNNING, PAUSED):
        phase = said.get("phase", "read").replace(" ", "_")
        return t("finetuning.run.paused", **values) if run.state == PAUSED else t(f"finetuning.run.{phase}", **values)
    return t(f"finetuning.run.{run.state}", **values)


def samples(t: Text, run: Run | None) -> list[dict]:
    """What it writes by now, its blanks and control characters made visible where nothing else is there."""
    return [{"prompt": one["prompt"], "text": one["text"] or t("finetuning.nothing")} for one in run.latest.get("samples", [])] if run else []


def result(t: Text, run: Run | None) -> str:
    """What the run came to: held-out facts and lines before and after, and what was forgotten; nothing before it has looked back."""
    if run is None or "after" not in run.latest:
        return ""
    said = run.latest
    before, after, curve = said["before"], said["after"], losses(run)
    sentences = [t("finetuning.result.loss", steps=said["step"], seconds=t.number(said["seconds"], 0), first=t.number(curve[0][1]), last=t.number(curve[-1][1], 3)) if curve
                 else t("finetuning.result.no_number"),
                 t("finetuning.result.facts", asked=before["asked"], before=before["facts"], after=after["facts"])]
    if before["own"]:
        sentences.append(t("finetuning.result.lines", own=before["own"], before=before["lines"], after=after["lines"]))
    if before["loss"] is not None and math.isfinite(after["loss"]):
        sentences.append(t("finetuning.result.held_out", before=t.number(before["loss"]), after=t.number(after["loss"])))
    if said["long"]:
        sentences.append(t("finetuning.result.long", count=said["long"]))
    return " ".join(sentences)


def cost(t: Text, own: Own) -> str:
    """What was forgotten, by language, as its run measured it."""
    if not own.pieces:
        return ""
    numbers = {f"{language}_{when}": t.number(value) for language in ("en", "es")
               for when, value in zip(("before", "after"), summed(own.pieces, "loss", language=language), strict=False)}
    was, now, n = summed(own.pieces, "facts")
    return t("finetuning.result.cost", was=t.percent(was), now=t.percent(now), facts=n, **numbers)


def label(t: Text, own: Own, number: int) -> str:
    """What a kept model is called."""
    if not own.order:
        return t("finetuning.own.label_file", number=number)
    return t("finetuning.own.label", number=number, way=t(f"finetuning.ways.{own.order['way']}"), steps=own.report.get("step", 0))


def tick(run: Run | None) -> float:
    """Differs from look to look while there may be news."""
    return time.monotonic() if run and not run.ended else 0.0
