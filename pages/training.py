"""Training: what is learnt from a text, one model on its way, one step, a decoder that the reader trains, and why it reads all positions at once."""
import streamlit as st

from engine import descent, distribution, pace, train
from ui import links, parts, session, training
from ui.board import board, pressed
from ui.controls import button, choice, controls
from ui.figures import training as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import in_words, live
from ui.readings import run
from ui.readings import pace as reading
from ui.readings import training as readings
from ui.readings.common import counted
from ui.readings.context import rows
from ui.writing import advance

t = words()
begin(t, "training")
guide(t, "training", {"training.at": "0"}, lambda: readings.answer(t))


def draw(text: str) -> None:
    seen = readings.objective(text, readings.at())
    after, title = distribution(seen.trace.logits[-1]), readings.heading(t, seen.station)
    writing, step = readings.writing(text), readings.step(text)
    board(t, [
        figures.stations(readings.stations(t), seen.station, t("training.at.label"), id="stations", title=t("training.at.title"), hint=t("training.at.hint")),
        figures.shift(t, readings.places(t, seen), seen.mean or 0.0, seen.even, id="shift", title=t("training.shift.title", name=title), hint=t("training.shift.hint"),
                      caption=readings.objective_sentence(t, seen)),
        readings.path(t, text),
        readings.written(t, writing, text, not step.done),
        parts.bars(rows(t, seen.lm, after), id="next", span=5, title=t("training.next_title", name=title), hint=t("training.next_hint")),
        controls(choice("training.rate", t("training.moves.rate"), {rate: t.number(float(rate), len(rate.partition(".")[2])) for rate in ("0.01", "0.1", "1.0")}), id="rate"),
        readings.moves(t, step, title),
        readings.parts_moved(t, step),
    ], stamp=text, key="training.board", status=counted(t, seen.lm, seen.trace))
    table(t, "training", lambda: readings.table(t, text, seen))


@st.fragment
def workshop() -> None:
    with in_words(t):
        training.obey(t)
    if links.value("training.source") == "own":
        own_text()
    now = training.now()
    board(t, [
        run.settings(t), run.buttons(t, now), run.meters(t, now), run.curves(t, now), run.forming(t, now), run.samples(t, now), run.norms(t, now),
    ], stamp=None, key=training.BOARD, tools=False)
    table(t, training.BOARD, lambda: run.table(t, now))


def own_text() -> None:
    if training.mine() and not st.session_state.get("training.change"):
        cut = training.pasted() > len(training.mine())
        st.markdown(t("training.own.cut" if cut else "training.own.there", characters=t.number(len(training.mine()), 0), all=t.number(training.pasted(), 0)))
        st.button(t("training.own.change"), key="training.change", icon=":material/edit:")
        return
    with st.form("training.own", border=False):
        text = st.text_area(t("training.own.label"), training.mine(), height=180, placeholder=t("training.own.placeholder"), help=t("training.own.help"))
        if st.form_submit_button(t("training.own.take"), icon=":material/check:"):
            with in_words(t):
                training.accept(text)
                st.rerun(scope="fragment")


@st.fragment
def at_once() -> None:
    with in_words(t):           # here: what goes wrong in a fragment does not reach who calls it
        _at_once()


def _at_once() -> None:
    lm = session.model()
    if pressed("training.pace", "training.measure"):
        st.session_state["training.measured"] = st.session_state.get("training.measured", 0) + 1
    asked = st.session_state.get("training.measured", 0)
    measured = advance("training.paces", (asked, lm.name), lambda: pace.measure(lm.decoder), wait=False) if asked else None
    board(t, [
        controls(button("training.measure", t("training.pace.measure"), disabled=bool(measured and not measured.done))),
        figures.stairs(t, reading.POSITIONS, id="stairs", title=t("training.pace.stairs"), hint=t("training.pace.stairs_hint", positions=reading.POSITIONS)),
        reading.curve(t, lm, measured) | {"more": bool(measured and not measured.done)},
    ], stamp=None, key="training.pace", tools=False)
    table(t, "training.pace", lambda: reading.table(t, reading.seconds(lm, measured)))


live(t, draw)
st.subheader(t("training.run.heading"), anchor=False)
st.markdown(t("training.run.lead"))
workshop()
st.subheader(t("training.pace.heading"), anchor=False)
at_once()
with st.expander(t("training.why.title"), icon=":material/help:"):
    st.markdown(t("training.why.text"))
explain(t, "training", r"L = -\frac{1}{T} \sum_{i=1}^{T} \ln p(x_{i+1} \mid x_1 \dots x_i) \qquad \theta' = \theta - \eta\,\nabla_\theta L", train.loss, train.advance, descent.descend)
