"""The reader's own fine-tuning: lines pasted or uploaded, settings, the run as it goes, and what to do with what it made."""
import re
from dataclasses import replace

import streamlit as st

from engine import EngineError, ModelError, checkpoint, parcel
from engine.ownlines import LARGEST, read
from ui import kept, links, runs, session, tuned
from ui.board import board, pressed
from ui.controls import button, choice, controls, slider, toggle
from ui.figures import finetuning as figures
from ui.i18n import Text
from ui.live import in_words
from ui.readings import tuning as readings
from ui.tuned import KIND

BOARD = "finetuning.tuning"
LINES, FILE, PARCEL, TROUBLE, REFUSED, KEPT = (f"finetuning.{name}" for name in ("lines", "file", "parcel", "trouble", "refused", "kept"))
UPLOAD = 32                         # MB that the browser may send; what is too large for us is said in words


def arrived() -> bool:
    """Whether a run of this reader's has just ended and left something to compare: ask before the figures are drawn."""
    try:
        return tuned.over(session.model(session.BASE), runs.mine(KIND))
    except ModelError as error:                     # weights that are no numbers any more
        st.session_state[TROUBLE] = error
        return False


def workshop(t: Text) -> None:
    """Draw it all in a fragment of its own: a run that goes on does not redraw the figures above."""
    st.header(t("finetuning.own.title"), anchor=False)
    st.markdown(t("finetuning.own.lead"))

    @st.fragment
    def body() -> None:
        with in_words(t):
            if arrived():
                links.publish()
                st.rerun()
            _lines(t)
            _run(t)
            _made(t)

    body()


def _lines(t: Text) -> None:
    with st.container(horizontal=True, gap="small", key="finetuning.sets"):
        for name in readings.sets(t.language):
            st.button(t(f"finetuning.set.{name}"), key=f"finetuning.set.{name}", type="tertiary", on_click=_use, args=(t.language, name))
    st.text_area(t("finetuning.own.lines"), key=LINES, height=230, max_chars=LARGEST, persist_state="session", placeholder=t("finetuning.own.placeholder"))
    with st.container(key="finetuning.upload"):
        st.file_uploader(t("finetuning.own.upload"), key=FILE, type=None, max_upload_size=UPLOAD, on_change=_uploaded)


def _run(t: Text) -> None:
    if name := pressed(BOARD, "finetuning.preset"):
        links.remember(readings.preset(name))
        links.publish()
    run = _obeyed(t, runs.mine(KIND))
    text, going = st.session_state.get(LINES) or "", run is not None and not run.ended
    _wrong(t, TROUBLE)
    board(t, [
        controls(*(button("finetuning.preset", t(f"finetuning.preset.{name}"), name, disabled=going) for name in readings.PRESETS), id="presets"),
        controls(choice("finetuning.way", t("finetuning.way"), t.group("finetuning.ways")),
                 choice("finetuning.rate", t("finetuning.rate"), {str(rate): t.number(float(rate), len(rate) - 2) for rate in readings.RATES}),
                 slider("finetuning.steps", t("finetuning.steps"), "{value}", 10, 300, 10), toggle("finetuning.replay", t("finetuning.replay"), t("finetuning.replay_help")),
                 id="settings"),
        figures.learning(t, readings.buttons(t, run), readings.status(t, run), readings.done(run), readings.losses(run), run.latest.get("steps", run.order["steps"]) if run else 0,
                         readings.samples(t, run), going, readings.tick(run), id="learning", title=t("finetuning.own.run_title"), hint=f"{_counted(t, text)} {readings.meant(t)}",
                         caption=readings.result(t, run)),
    ], stamp=None, key=BOARD, tools=False)


def _obeyed(t: Text, run: runs.Run | None) -> runs.Run | None:
    """The run after what the reader has pressed."""
    if pressed(BOARD, "finetuning.start") is not None:
        st.session_state[TROUBLE] = None
        try:
            return runs.start(KIND, readings.order(st.session_state.get(LINES) or "", t.language))
        except EngineError as error:
            st.session_state[TROUBLE] = error
    for wish in ("pause", "go", "stop"):
        if pressed(BOARD, f"finetuning.{wish}") is not None and run:
            getattr(run, wish)()
    return run


def _counted(t: Text, text: str) -> str:
    try:
        return readings.counted(t, text)
    except EngineError as error:
        return t.error(error) if text.strip() else t("finetuning.own.empty")


def _made(t: Text) -> None:
    own = tuned.mine()
    if own:
        st.markdown(f"{t('finetuning.own.made')} {readings.cost(t, own)}")
        with st.container(horizontal=True, gap="small"):
            st.download_button(t("finetuning.own.download"), lambda: parcel.pack(own.change, _fingerprint(), own.talks), file_name="vitrina-yours.safetensors",
                               on_click="ignore", icon=":material/download:", key="finetuning.download", mime="application/octet-stream")
            if own.name in st.session_state.setdefault(KEPT, {}) and st.session_state[KEPT][own.name] in kept.mine():
                st.markdown(t("finetuning.own.is_kept", label=kept.mine()[st.session_state[KEPT][own.name]]))
            elif st.button(t("finetuning.own.keep"), icon=":material/inventory_2:", key="finetuning.keep"):
                label = readings.label(t, own, len(kept.mine()) + 1)
                st.session_state[KEPT][own.name] = kept.keep(replace(session.at_strength(own.name, 1.0), card={}), label)
                st.rerun()
    with st.container(key="finetuning.again"):
        st.file_uploader(t("finetuning.own.parcel"), key=PARCEL, type=None, max_upload_size=UPLOAD, on_change=_opened)
        _wrong(t, REFUSED)
    if st.session_state.pop("finetuning.opened", False):
        links.publish()
        st.rerun()


def _wrong(t: Text, what: str) -> None:
    if error := st.session_state.get(what):
        st.error(t.error(error), icon=":material/error:")


def _use(language: str, name: str) -> None:
    st.session_state.update({LINES: readings.example(language, name), TROUBLE: None})


def _uploaded() -> None:
    """Put the lines of a file into the box, or say what is wrong with it."""
    file = st.session_state[FILE]
    st.session_state[TROUBLE] = None
    if file is None:
        return
    try:
        st.session_state[LINES] = read(file.getbuffer()[:LARGEST + 1].tobytes(), _plain(file.name))
    except EngineError as error:
        st.session_state[TROUBLE] = error


def _opened() -> None:
    """Take over what a file holds that was downloaded here, or say what is wrong with it."""
    file = st.session_state[PARCEL]
    st.session_state[REFUSED] = None
    if file is None:
        return
    try:
        tuned.opened(session.model(session.BASE), _fingerprint(), file.getvalue(), _plain(file.name))
        st.session_state["finetuning.opened"] = True
    except ModelError as error:
        st.session_state[REFUSED] = error


def _plain(name: str) -> str:
    """A file's name without signs that a message would take for its own."""
    return re.sub(r"[^\w. -]", "_", name)[:60]


def _fingerprint() -> str:
    return checkpoint.fingerprint(checkpoint.find(session.BASE) / checkpoint.WEIGHTS)
