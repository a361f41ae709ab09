"""A lesson under way: which step the reader is at, its screen set up as it says, its bar above the screen, and the ledger of guesses."""
import streamlit as st

from engine import EngineError
from engine.guess import Guess, guessed
from ui import lessons, links, parts, session
from ui.board import board, pressed
from ui.hiding import hide
from ui.i18n import Text
from ui.knobs import KNOBS
from ui.lessons import Lesson, Step

BOARD = "lesson.board"
FIRST, NEAR = 1, 5                  # ranks that the ledger counts


def arrive() -> EngineError | None:
    """Take up the lesson that the address names, before anything is drawn; returns what is wrong with it.

    A step that the reader comes to sets its screen, once; a teacher's own lesson speaks its own language.
    """
    link = links.value("lesson")
    if not link:
        return None
    try:
        lesson = lessons.find(link, Text(st.session_state.get("lang") or "en"))
    except EngineError as error:
        leave()
        return error
    first = "lesson.at" not in st.session_state
    if first and link not in lessons.structure() and "lang" not in st.query_params:
        st.session_state["lang"] = lesson.language
    at, step = (link, number()), now(lesson)
    back = pressed(BOARD, "lesson.back") is not None
    if first and any(key == "prompt" or key.startswith(f"{step.screen}.") for key in st.query_params):
        st.session_state["lesson.at"] = at              # a link copied on the way says itself how its screen is set
    elif back or st.session_state.get("lesson.at") != at:
        st.session_state["lesson.at"] = st.session_state["lesson.set"] = at
        _set(step)
        st.session_state["lesson.go"] = step.screen
    return None


def under_way(t: Text) -> Lesson | None:
    """The lesson that the reader takes part in."""
    return lessons.find(links.value("lesson"), t) if links.value("lesson") else None


def begin(link: str, step: int = 1) -> None:
    """Start a lesson, with an empty ledger."""
    for key in ("lesson.at", "lesson.ledger"):
        st.session_state.pop(key, None)
    links.remember({"lesson": link, "step": str(step)})


def leave() -> None:
    """Leave the lesson; the screen stays as it is."""
    links.remember({"lesson": "", "step": ""})
    st.session_state.pop("lesson.at", None)
    hide(frozenset())


def now(lesson: Lesson) -> Step:
    """The step that the reader is at; the last one where the address counts further."""
    return lesson.steps[min(number(), len(lesson.steps)) - 1]


def number() -> int:
    """Where the reader is in a lesson, from 1."""
    return max(1, int(links.value("step") or 1))


def conduct(t: Text, lesson: Lesson, screen: str) -> None:
    """Bring the reader to the screen of a step just come to; hide what the step hides; draw the bar above the screen."""
    if pressed(BOARD, "lesson.leave") is not None:
        leave()
        st.rerun()
    step, at = now(lesson), (links.value("lesson"), number())
    if st.session_state.pop("lesson.go", screen) != screen:
        st.switch_page(f"{step.screen}.py", query_params={})
    _guess(t, step)
    ledger = st.session_state.get("lesson.ledger", [])
    known = not step.guess or any(line["at"] == at for line in ledger)
    hide(frozenset(step.hide if known else (*step.hide, *step.cover)) if screen == step.screen else frozenset())
    board(t, [parts.part("lesson", "bar", bare=True, words=t.group("lessons.bar"), title=lesson.title, text=step.text, prompt=step.knobs.get("prompt", "") if st.session_state.get("lesson.set") == at else "", step=at[1], steps=len(lesson.steps),
                         said=t("lessons.at", at=min(at[1], len(lesson.steps)), all=len(lesson.steps)), guess=step.guess,
                         ask=t("lessons.bar_ask", text=_end(st.session_state.get("prompt", ""))), question=step.question,
                         options={str(number): option for number, option in enumerate(step.options)}, right=str(step.right), answer=step.why,
                         away=t("lessons.away", name=t(f"{step.screen}.name")) if screen != step.screen else "",
                         result=_result(t, ledger[-1]) if ledger and ledger[-1]["at"] == at else st.session_state.pop("lesson.wrong", ""),
                         score=score(t, ledger), ledger=[_line(t, line) for line in ledger])],
          stamp=None, key=BOARD, tools=False)


def score(t: Text, ledger: list[dict]) -> str:
    """How the guesses stand so far, in a sentence."""
    if not ledger:
        return t("lessons.score_none")
    first, near = (sum(line["rank"] <= most for line in ledger) for most in (FIRST, NEAR))
    mean = sum(line["probability"] for line in ledger) / len(ledger)
    best = sum(line["best_probability"] for line in ledger) / len(ledger)
    return t("lessons.score", all=len(ledger), first=first, near=near, most=NEAR, mean=t.percent(mean, 1), best=t.percent(best, 1))


def _set(step: Step) -> None:
    """Every knob of the step's screen as the step says, the others of it at their defaults; the text, where the step has one."""
    defaults = {key: knob.default for key, knob in KNOBS.items() if key.startswith(f"{step.screen}.")}
    links.remember({"model": step.knobs.get("model", session.BASE)})
    links.remember({key: value for key, value in (defaults | step.knobs).items() if key != "model"})


def _guess(t: Text, step: Step) -> None:
    """Ask the model about the word that was guessed, and write both into the ledger."""
    word = pressed(BOARD, "lesson.guess")
    if word is None:
        return
    text, lm = st.session_state.get("prompt", "").replace("⏎", "\n"), session.model()
    try:
        found = guessed(lm, text, word)
    except EngineError as error:
        st.session_state["lesson.wrong"] = t.error(error)
        return
    line = {"at": (links.value("lesson"), number()), "text": _end(text), "word": word.strip(), "model": lm.name} | _numbers(found)
    st.session_state["lesson.ledger"] = [*st.session_state.get("lesson.ledger", []), line]


def _numbers(found: Guess) -> dict:
    best = parts.visible(session.model().tokenizer.decode(list(found.best)))
    return {"probability": found.probability, "rank": found.rank, "best": f"**{(best.strip('·') or best).replace('*', '∗')}**",
            "best_probability": found.best_probability, "tokens": len(found.tokens)}


def _result(t: Text, line: dict) -> str:
    """What the model says of the last guess."""
    values = {"word": f"**{line['word'].replace('*', '∗')}**", "probability": t.percent(line["probability"], 1), "rank": t.number(line["rank"], 0), "best": line["best"],
              "best_probability": t.percent(line["best_probability"], 1), "tokens": line["tokens"]}
    said = t("lessons.guess_first" if line["rank"] == 1 else "lessons.guess_other", **values)
    return said if line["tokens"] == 1 else f"{said} {t('lessons.guess_tokens', **values)}"


def _line(t: Text, line: dict) -> dict:
    """A line of the ledger as it is drawn."""
    return {"text": line["text"], "word": line["word"], "probability": line["probability"], "said": t.percent(line["probability"], 1),
            "best": line["best"], "best_said": t.percent(line["best_probability"], 1), "hit": line["rank"] == 1}


def _end(text: str) -> str:
    """The end of a text, as much as a line of the ledger holds."""
    return text if len(text) <= 48 else "…" + text[-47:].lstrip()
