"""A reader's own model: opened, fetched, kept, and what is wrong with it in the reader's words."""
import time
from collections.abc import Callable

import streamlit as st

from engine import EngineError, LanguageModel, opening
from ui import kept, links, runs, session
from ui.figures import models as figures
from ui.i18n import Text, catalogue
from ui.runs import DONE, FAILED, STOPPED, WAITING, Run


FRESH, TROUBLE = "models.fresh", "models.trouble"       # of what was tried last: the name that it goes by now; in which way, and what was wrong


def keep(lm: LanguageModel, label: str) -> None:
    """Keep a model under a label, and look at its card."""
    st.session_state[FRESH] = name = kept.keep(lm, label)
    links.remember({"models.card": name})


def fresh(t: Text) -> list[str]:
    """That a model has just been opened, said once."""
    name = st.session_state.pop(FRESH, None)
    return [opened(t, kept.mine()[name], session.model(name))] if name in kept.mine() else []


def entered(key: str, value: str | list[str]) -> bool:
    """Whether a box holds something else than when it was last asked: its Enter opens as a button does."""
    seen, st.session_state[f"{key}.seen"] = st.session_state.get(f"{key}.seen"), value
    return bool(value) and value != seen


def from_folder(path: str) -> None:
    """Open a folder. Raises ModelError."""
    lm = opening.folder(path)
    keep(lm, lm.name)


def from_files(files: dict[str, bytes]) -> None:
    """Open an adapter on base. Raises ModelError."""
    lm = opening.adapter(files, session.model(session.BASE))
    keep(lm, next(name for name in files if name.endswith(".safetensors")).removesuffix(".safetensors"))


def from_run(run: Run) -> None:
    """Open what a run has fetched. Raises ModelError."""
    keep(opening.folder(run.latest["folder"]), run.order["name"])


def fetched(run: Run | None) -> bool:
    """Whether a run has just ended well and its model is not open yet; says so once."""
    if run is None or run.state != DONE or run.order.get("opened"):
        return False
    run.order["opened"] = True
    return True


def way(t: Text, run: Run | None) -> dict | None:
    """How far a run is, as a part of a board; None where none is going on."""
    if run is None or run.ended:
        return None
    done, total = run.latest.get("bytes", 0), run.latest.get("total", 0)
    text = (t("models.own.queue", ahead=run.ahead) if run.state == WAITING and run.ahead else
            t("models.own.share", done=t.number(done / 1e6, 1), total=t.number(total / 1e6, 1)) if total else t("models.own.wait"))
    return figures.coming(t, done / total if total else None, text, time.monotonic(), id="coming", title=t("models.own.coming"))


def attempt(way: str, wanted: Callable[[], None] | None) -> None:
    """Open what is wanted, if anything is, and remember what was wrong with it until something else is tried."""
    if wanted is None:
        return
    st.session_state.pop(TROUBLE, None)
    try:
        wanted()
    except EngineError as error:
        st.session_state[TROUBLE] = way, error


def trouble(t: Text, way: str, run: Run | None) -> str:
    """What was wrong with what was last tried in this way, or what became of a run that did not end well."""
    found, error = st.session_state.get(TROUBLE, ("", None))
    if found == way:
        return wrong(t, error)
    if way != "hub" or run is None:
        return ""
    return wrong(t, run.error) if run.state == FAILED else t("models.own.stopped") if run.state == STOPPED else ""


def wrong(t: Text, error: EngineError) -> str:
    """What is wrong with what was to be opened: not always what would be wrong with a model that ships."""
    key = f"models.wrong.{error.code}"
    return t(key, **error.details) if key in catalogue(t.language) else t.error(error)


def opened(t: Text, label: str, lm: LanguageModel) -> str:
    """That a model is open, and what it takes."""
    return t("models.own.opened", name=label.replace("*", "∗"), parameters=t.number(opening.parameters(lm), 0), megabytes=t.number(opening.memory(lm) / 1e6, 1))


def start(name: str) -> Run:
    """Begin to fetch a model."""
    st.session_state.pop(TROUBLE, None)
    return runs.start("hub", {"name": name.strip()})


def fetches(t: Text) -> str:
    """What is fetched, and what is not."""
    return t("models.own.hub_note", gigabytes=opening.LARGEST // 10 ** 9)
