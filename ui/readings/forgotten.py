"""What fine-tuning cost, as rows of before and after: from the figures that a model ships with, from a run, or measured now."""
import streamlit as st

from engine.corpus.stream import LANGUAGES
from engine.evaluate import UNKNOWN
from engine.forgetting import FAMILIES, Piece, measured, summed
from ui import session, tuned
from ui.board import pressed
from ui.controls import button
from ui.i18n import Text
from ui.readings.finetuning import Look, title
from ui.tuned import YOURS
from ui.writing import Writing, advance

TEXTS, FACTS = 3, 48                # of each kind and language, of each language
PIECES = len(LANGUAGES) * (TEXTS * len(FAMILIES) + FACTS // 8)


def wished(view: Look, board: str) -> Writing | None:
    """What is being measured, or was last; a press begins, and nothing is measured in a run that a key has caused."""
    state = st.session_state
    if pressed(board, "finetuning.measure") is not None:
        state["finetuning.measured"] = view.name, view.strength
    still, state["finetuning.seen"] = state.get("finetuning.seen") == view.text, view.text
    if state.get("finetuning.measured") != (view.name, view.strength):
        return None
    return advance("finetuning.measuring", (view.name, view.strength), lambda: measured(view.base, view.lm, TEXTS, FACTS), most=10**9 if still else 0)


def found(view: Look, measuring: Writing | None) -> list[Piece]:
    """The pieces there are: measured now, or by the run that made it."""
    own = tuned.mine()
    if measuring:
        return measuring.pieces
    return list(own.pieces) if view.id == YOURS and own and view.strength == 1 else []


def measure(t: Text, measuring: Writing | None) -> dict:
    """The button that measures."""
    return button("finetuning.measure", t("finetuning.forgotten.measure", texts=TEXTS), disabled=bool(measuring and not measuring.done))


def marks(t: Text, name: str) -> list[str]:
    """What ring, dot and square mean."""
    return [t("finetuning.forgotten.was"), *(t(f"finetuning.forgotten.{how}", model=name) for how in ("better", "worse"))]


def groups(t: Text, view: Look, pieces: list[Piece]) -> list[dict]:
    """Losses by language and kind of text, and facts by language, as far as they are measured; else what the model ships with."""
    losses, facts = [], []
    for language in LANGUAGES:
        losses.append((t(f"finetuning.language.{language}"), True, *_pair(view, pieces, "loss", language=language)))
        facts.append((t(f"finetuning.language.{language}"), True, *_pair(view, pieces, "facts", language=language)))
    losses += [(t(f"finetuning.family.{family}"), False, *summed(pieces, "loss", family=family)) for family in FAMILIES if pieces]
    return [_group(t, view, kind, [row for row in rows if row[4]]) for kind, rows in (("loss", losses), ("facts", facts)) if any(row[4] for row in rows)]


def sentence(t: Text, view: Look, pieces: list[Piece], measuring: Writing | None) -> str:
    """What is lost, in which kind of text most, and of how many facts."""
    if measuring and not measuring.done:
        return t("finetuning.forgotten.measuring", done=t.percent(len(pieces) / PIECES))
    if not pieces:
        shipped = session.figures(view.name) if view.id != YOURS and view.strength == 1 else {}
        return t("finetuning.forgotten.shipped", model=title(t, view), texts=2 * UNKNOWN, **{
            f"{language}_{name}": text for language in LANGUAGES for name, text in _shipped(t, shipped[language]).items()}) if shipped else t("finetuning.forgotten.none")
    before, after, n = summed(pieces, "loss")
    each = {family: summed(pieces, "loss", family=family) for family in FAMILIES}
    worst = max(each, key=lambda family: each[family][1] - each[family][0])
    was, now, asked = summed(pieces, "facts")
    return t("finetuning.forgotten.sentence", model=title(t, view), tokens=t.number(n, 0), before=t.number(before), after=t.number(after),
             family=t(f"finetuning.family.{worst}"), most=_signed(t, each[worst][1] - each[worst][0]), facts=asked,
             was=t.percent(was), now=t.percent(now))


def _pair(view: Look, pieces: list[Piece], kind: str, language: str) -> tuple[float, float, int]:
    if pieces or view.id == YOURS or view.strength != 1 or kind != "loss" or not (shipped := session.figures(view.name)):
        return summed(pieces, kind, language=language)
    return shipped[language]["loss"]["before"], shipped[language]["loss"]["after"], 1


def _shipped(t: Text, row: dict) -> dict[str, str]:
    return {"before": t.number(row["loss"]["before"]), "after": t.number(row["loss"]["after"]), "facts": t.percent(row["facts"]["share"]),
            "n": t.number(row["facts"]["n"], 0)}


def _group(t: Text, view: Look, kind: str, rows: list[tuple]) -> dict:
    values = [value for row in rows for value in row[2:4]]
    low, high = (0.0, 1.0) if kind == "facts" else (min(values) - 0.1, max(values) + 0.1)
    say = (lambda value: t.percent(value)) if kind == "facts" else (lambda value: t.number(value))
    return {"title": t(f"finetuning.forgotten.{kind}"), "low": low, "high": high, "ends": [say(low), say(high)], "rows": [
        {"name": name, "strong": strong, "before": before, "after": after, "text": f"{say(before)} → {say(after)}",
         "worse": after < before if kind == "facts" else after > before,
         "said": t(f"finetuning.forgotten.{kind}_said", name=name, before=say(before), after=say(after), model=title(t, view))}
        for name, strong, before, after, _ in rows]}


def _signed(t: Text, value: float) -> str:
    return ("+" if value > 0 else "") + t.number(value)
