"""Three things that people do with such models - generate, summarise, reason - live on the chosen one, each beside its measured rate."""
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine import LanguageModel
from engine.cards import Words
from engine.generate import Step
from ui import links
from ui.i18n import Text
from ui.knobs import MAX_DEMO
from ui.readings.models import Model
from ui.writing import Writing, advance


@dataclass(frozen=True)
class Demo:
    """One of the three: how it is drawn, how long it may be, and the abilities by which it is measured, the first that was asked counts."""
    temperature: float
    tokens: int
    measured: tuple[str, ...]
    sentence: bool                  # whether one sentence is all that counts


DEMOS = {"generate": Demo(0.8, 60, ("openings", "facts"), False),
         "summarise": Demo(0.0, 40, ("summaries",), True),
         "reason": Demo(0.0, 16, ("two hops: petoffriend",), True)}
END = re.compile(r"[.!?…]\s|[.!?…]$|\n")


def prompts(t: Text, name: str, chat: bool) -> tuple[str, str]:
    """What the reader gives to the model and can change, and what is added to it so that the model knows what is wanted."""
    how = "chat" if chat else "base"
    return links.value(f"models.{name}") or t(f"models.demo.{name}.{how}"), t.group(f"models.demo.{name}").get(f"ask_{how}", "")


def begin(lm: LanguageModel, name: str, prompt: str) -> Iterator[Step]:
    """What the model writes, up to the end of a sentence where one is all that counts."""
    demo, said = DEMOS[name], ""
    for step in lm.generate(prompt, demo.tokens, demo.temperature, seed=1):
        said += step.text
        yield step
        if demo.sentence and END.search(said.lstrip()):
            return


def written(t: Text, model: Model) -> dict[str, Writing]:
    """What each has written so far, and a little more."""
    lm = model.lm
    asked = {name: "".join(prompts(t, name, lm.chat is not None)) for name in DEMOS}
    return {name: advance(f"models.written.{name}", (model.name, prompt), lambda name=name, prompt=prompt: begin(lm, name, prompt), wait=False)
            for name, prompt in asked.items()}


def panels(t: Text, model: Model, written: dict[str, Writing]) -> list[dict]:
    """Each with its prompt, what is written, and how often such a thing goes right."""
    lm, rows = model.lm, []
    for name, demo in DEMOS.items():
        text, asked = prompts(t, name, lm.chat is not None)
        pieces = written[name].pieces
        said = "".join(step.text for step in itertools.takewhile(lambda step: step.id not in lm.stops, pieces)).lstrip()
        rows.append({"id": name, "knob": f"models.{name}", "title": t(f"models.demo.{name}.title"), "what": t(f"models.demo.{name}.what"),
                     "label": t("models.demo.label"), "value": links.value(f"models.{name}"), "own": t(f"models.demo.{name}.{'chat' if lm.chat else 'base'}"),
                     "most": MAX_DEMO, "asked": asked.strip(), "asked_label": t("models.demo.added") if asked.strip() else "",
                     "written": said, "done": written[name].done, "none": t("models.demo.nothing"),
                     "how": t("models.demo.greedy") if not demo.temperature else t("models.demo.drawn", temperature=t.number(demo.temperature, 1)),
                     "rate": rate(t, model, name)})
    return rows


def rate(t: Text, model: Model, name: str) -> dict:
    """How often such a thing goes right, as measured on this model, and what that counts."""
    answers = model.known.answers(t.language) if model.known else {}
    ability = next((one for one in DEMOS[name].measured if one in answers), None)
    if ability is None:
        return {"ability": None, "share": None, "text": t("models.demo.unmeasured", name=model.label)}
    row, label = answers[ability], Words(t.language).ability(ability).replace("*", "")
    said = {"ability": label, "share": t.percent(row["share"], 1), "low": t.percent(row["low"], 1), "high": t.percent(row["high"], 1), "n": t.number(row["n"], 0)}
    guess = row.get("by position")
    text = t("models.demo.rate", **said)
    if guess is not None:
        text += " " + t("models.demo.lot", guess=t.percent(guess, 1))
    return {"ability": ability, "share": row["share"], "low": row["low"], "high": row["high"], "guess": guess, "text": text}


def sentence(t: Text, model: Model) -> str:
    """The three rates in one sentence."""
    rates = {name: rate(t, model, name) for name in DEMOS}
    said = [t(f"models.demo.{name}.said{'_facts' if one['ability'] == 'facts' else ''}", share=t.percent(one["share"]))
            for name, one in rates.items() if one["ability"]]
    if not said:
        return t("models.demo.unmeasured", name=model.label)
    return t("models.demo.sentence", name=model.label, list="; ".join(said))
