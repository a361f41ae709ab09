"""The reader's own training: what is asked of it by buttons, and where it stands."""
import time
from dataclasses import dataclass, field

import streamlit as st

from engine import EngineError, owntext
from engine.live import material
from engine.live.training import WHOLE, model, plan
from engine.tokenizer import Tokenizer
from ui import kept, links, runs, session
from ui.board import pressed
from ui.i18n import Text

BOARD, KIND = "training.run", "training"
MOST = 60_000                       # characters of a text of the reader's own
SETTLE = 3.0                        # seconds in which a step that was on its way arrives
PAUSES = {runs.RUNNING: 400, runs.WAITING: 1000}        # milliseconds between two looks
OWN, WHOLE_LENGTH = "training.text", "training.pasted"      # where the session keeps that text, and how long it was


@dataclass(frozen=True)
class Now:
    """A run as it is at this moment; all empty where there is none."""
    run: runs.Run | None = None
    about: dict = field(default_factory=dict)       # its first report
    steps: list[dict] = field(default_factory=list)     # those after it
    busy: bool = False              # whether a step that was asked for has yet to come
    settling: bool = False          # whether it was paused only now, with a step on its way

    @property
    def state(self) -> str:
        return self.run.state if self.run else "none"

    @property
    def part(self) -> str:
        return self.run.order["part"] if self.run else links.value("training.part")

    @property
    def more(self) -> bool:
        """Whether there will be something new to see."""
        return self.state in PAUSES or self.busy or self.settling


def now() -> Now:
    """Where this reader's run stands."""
    run = runs.mine(KIND)
    if run is None:
        return Now()
    log = run.log[:]                # it grows while we read
    paused = run.state == runs.PAUSED
    return Now(run, log[0] if log else {}, log[1:], paused and len(log) < st.session_state.get("training.awaited", 0),
               paused and time.monotonic() < st.session_state.get("training.settled", 0))


def obey(t: Text) -> None:
    """Do what a button asks for. Raises EngineError for a text that nothing can be learnt from."""
    wish, run = pressed(BOARD, "training.do"), runs.mine(KIND)
    if wish:
        st.session_state["training.settled"] = time.monotonic() + SETTLE
    if wish in ("start", "anew"):
        _start(t)
        if wish == "anew":
            _step(runs.mine(KIND), 2)           # the first report, and the first step
    elif wish == "step":
        if run is None or run.ended:
            run = _start(t)
        _step(run, 1 if run.log else 2)
    elif wish and run:
        {"pause": run.pause, "go": run.go, "stop": run.stop, "keep": lambda: _keep(t, run)}[wish]()


def accept(text: str) -> None:
    """Take a text of the reader's own to learn from, of a very long one the beginning. Raises EngineError, with what is wrong with it."""
    taken = text[:MOST]
    owntext.cut(owntext.clean(taken, "text"), "text", plan("none").context, material.LARGEST)
    st.session_state[OWN], st.session_state[WHOLE_LENGTH] = taken, len(text)


def pasted() -> int:
    """How many characters that text had before it was cut."""
    return st.session_state.get(WHOLE_LENGTH, 0)


def mine() -> str:
    """The text of the reader's own, or ""."""
    return st.session_state.get(OWN, "")


def beat(now: Now) -> int:
    """Another number at each look, while there is more to come; without it the browser would not see that it may look again."""
    st.session_state["training.beat"] = st.session_state.get("training.beat", 0) + bool(now.more)
    return st.session_state["training.beat"]


def tokenizer(now: Now) -> Tokenizer:
    """What the text of the run is cut by."""
    return Tokenizer.read(now.about["tokenizer"]) if now.about["tokenizer"] else session.model(session.BASE).tokenizer


def weighed(now: Now) -> bool:
    """Whether there are weights to keep."""
    return bool(now.run) and any(name.startswith(f"{WHOLE}/") for name in now.run.tensors)


def _start(t: Text) -> runs.Run:
    text = mine() if links.value("training.source") == "own" else None
    if text == "":
        raise EngineError("no_text", "There is no text of your own yet.")
    order = {"part": links.value("training.part"), "text": text, "language": t.language, "seed": links.value("training.seed"),
             "prompt": "" if text else t("training.run.prompt")}
    return runs.start(KIND, order)


def _step(run: runs.Run, count: int) -> None:
    st.session_state["training.awaited"] = len(run.log) + count
    run.step(count)


def _keep(t: Text, run: runs.Run) -> None:
    weights, about = run.tensors, run.log[0]
    read = next((said["tokens"] for said in reversed(run.log[1:]) if f"{WHOLE}.sample" in said), 0)
    label = t("training.run.own" if run.order["text"] else "training.run.stories", tokens=t.number(read, 0))
    kept.keep(model(weights, run.order["part"], about), label)
    st.rerun()
