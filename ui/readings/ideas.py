"""What the model of the moment has to say to each idea of the concept map: a few of its own numbers, and here and there a small picture."""
from engine import EngineError, LanguageModel
from ui import session
from ui.i18n import Text
from ui.readings import anatomy, measured, outcome
from ui.readings.look import Look, Said

NUMBERS = anatomy.NUMBERS | outcome.NUMBERS


def said(t: Text, lm: LanguageModel, id: str) -> tuple[str, dict | None]:
    """The sentence of one idea and its picture; "" and None for an idea that has none. What the model lacks for it is said instead."""
    if id not in NUMBERS and id not in measured.NUMBERS:
        return "", None
    try:
        values, picture = look(t, lm, id)
    except EngineError as error:
        return t.error(error), None
    return t(f"ideas.{id}.here", **values), picture


def look(t: Text, lm: LanguageModel, id: str) -> Said:
    """The numbers of one idea by the names in its sentence, and its picture. Raises EngineError where the model has none."""
    if id in measured.NUMBERS:
        return measured.NUMBERS[id](t)
    text = t("glossary.sentence")
    found = Look(t, lm, text, session.trace(text))
    values, picture = NUMBERS[id](found)
    return {"text": text, "vocabulary": found.count(len(found.probs)), **values}, picture
