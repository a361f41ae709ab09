"""What was measured of the models that ship and bears on an idea of the concept map: read from the cards and evaluations beside them."""
import math
from collections.abc import Callable

from engine.checkpoint import CARD, EVALUATION, find, read_json
from engine.scaling import Point
from ui import session
from ui.figures import glossary as figures
from ui.i18n import Text

Said = tuple[dict[str, object], dict | None]


def abilities(t: Text) -> Said:
    return {"summaries": t.percent(_figures(session.ASSISTANT, t)["summaries"]["share"]),
            "hops": t.percent(_figures(session.BASE, t)["answers"]["two hops: petoffriend"]["share"])}, None


def hallucination(t: Text) -> Said:
    found = _figures(session.ASSISTANT, t)["unknown"]
    return {"share": t.percent(found["share"]), "number": t.number(found["n"], 0)}, None


def optimiser(t: Text) -> Said:
    recipe = _card(session.BASE)["recipe"]
    return {"muon": plainly(t, recipe["muon_rate"]), "adam": plainly(t, recipe["rate"])}, None


def batch(t: Text) -> Said:
    sizes = [span["batch"] for span in _card(session.BASE)["recipe"]["spans"]]
    return {"least": min(sizes), "most": max(sizes)}, None


def training(t: Text) -> Said:
    return {"after": t.number(_figures(session.BASE, t)["loss"]), "before": t.number(math.log(_card(session.BASE)["config"]["vocab_size"]))}, None


def pretraining(t: Text) -> Said:
    card = _card(session.BASE)
    return {"tokens": t.number(card["tokens"] / 1e6, 0), "hours": t.number(card["seconds"] / 3600, 1)}, None


def finetuning(t: Text) -> Said:
    card = _card(session.ASSISTANT)
    return {"steps": t.number(card["steps"], 0), "examples": t.number(card["examples"], 0), "minutes": t.number(card["seconds"] / 60, 0)}, None


def lora(t: Text) -> Said:
    card = _card(session.ASSISTANT)
    return {"rank": card["recipe"]["rank"], "number": t.number(card["parameters"], 0),
            "share": t.percent(card["parameters"] / _card(session.BASE)["parameters"], 1)}, None


def forgetting(t: Text) -> Said:
    loss = {when: _figures(session.ASSISTANT, t)["loss"][when] for when in ("before", "after")}
    rows = [(t(f"glossary.loss.{when}"), value, t.number(value)) for when, value in loss.items()]
    return {when: t.number(value) for when, value in loss.items()}, figures.bars(rows, max(loss.values()))


def chat_template(t: Text) -> Said:
    text = t("glossary.question")
    trace, plain = session.trace_chat(text), session.trace(text, session.ASSISTANT)
    return {"text": text, "number": len(trace.tokens), "added": len(trace.tokens) - len(plain.tokens)}, None


def few_shot(t: Text) -> Said:
    return {}, _by_size(t, lambda point: point.figures[t.language]["answers"]["novel labels, 8 shots"]["share"])


def emergence(t: Text) -> Said:
    return {}, _by_size(t, lambda point: point.figures[t.language]["answers"]["recall: pet"]["share"])


def scaling_law(t: Text) -> Said:
    losses = [(point, point.figures[t.language]["loss"]) for point in session.rungs() if point.family == "ladder"]
    return {}, figures.bars([(_named(t, point), loss, t.number(loss)) for point, loss in losses], max(loss for _, loss in losses))


def plainly(t: Text, rate: float) -> str:
    """A learning rate such as 0.003 with its one digit."""
    return t.number(rate, max(0, -math.floor(math.log10(rate))))


def _by_size(t: Text, share: Callable[[Point], float]) -> dict:
    """A share of right answers for each model of the ladder, the smallest first."""
    return figures.bars([(_named(t, point), share(point), t.percent(share(point))) for point in session.rungs() if point.family == "ladder"], 1)


def _named(t: Text, point: Point) -> str:
    return t("glossary.sized", millions=t.number(point.parameters / 1e6))


def _figures(name: str, t: Text) -> dict:
    """What `python -m engine evaluate` measured of a model, in the reader's language. Raises ModelError."""
    return read_json(find(name) / EVALUATION)["figures"][t.language]


def _card(name: str) -> dict:
    return read_json(find(name) / CARD)


NUMBERS: dict[str, Callable[[Text], Said]] = {
    "abilities": abilities, "hallucination": hallucination, "optimiser": optimiser, "batch": batch, "training": training, "pretraining": pretraining,
    "finetuning": finetuning, "lora": lora, "forgetting": forgetting, "chat_template": chat_template, "few_shot": few_shot, "emergence": emergence,
    "scaling_law": scaling_law}
