"""Models: a card for each with what was measured, what such models are used for, and a reader's own, opened here."""
import streamlit as st

from engine import opening, parcel
from engine.evaluate import interval
from ui import here, kept, runs, session
from ui.board import board, pressed
from ui.controls import button, choice, controls
from ui.figures import models as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import in_words
from ui.readings import demos, own
from ui.readings import models as readings

t = words()
drawn = session.current(), [*kept.mine()]
begin(t, "models")
guide(t, "models", {"models.card": "nano", "models.beside": "base"}, lambda: readings.answer(t))


@st.fragment
def cards() -> None:
    if gone := pressed("models.board", "models.drop"):
        kept.drop(gone)
    if drawn != (session.current(), [*kept.mine()]):
        st.rerun()                                  # the side of the page names the model, too
    models = readings.chosen()
    first, labels, many = models[0], [model.label for model in models], "_two" if len(models) == 2 else ""
    board(t, [
        figures.deck(readings.deck(t, first), "models.card", t("models.choose"), id="deck", title=t("models.deck_title"), hint=t("models.deck_hint"),
                     caption=readings.about(t, models)),
        figures.acts(readings.acts(t, first), id="acts", span=4),
        controls(choice("models.beside", t("models.beside"), readings.others(t, first)), id="beside") | {"span": 8},
        figures.facts(labels, readings.facts(t, models), id="facts", span=7, rows=2, title=t(f"models.facts_title{many}")),
        figures.prose(readings.cannot(t, first), id="cannot", span=5, title=t("models.cannot_title")),
        figures.amounts(readings.reading(t, models), id="read", span=5, title=t("models.reading_title"), hint=t("models.reading_hint"),
                        caption=readings.reading_sentence(t, models)),
        *readings.measured(t, models),
    ], stamp=first.name, key="models.board")
    table(t, "models", lambda: readings.table(t, models))
    st.subheader(t("models.demo.heading"), anchor=False)
    demonstrate(first)


@st.fragment
def demonstrate(model: readings.Model) -> None:
    if not model.there:
        st.info(t("models.demo.not_here", name=model.label), icon=":material/visibility_off:")
        return
    with in_words(t):
        written = demos.written(t, model)
        board(t, [figures.demos(demos.panels(t, model, written), any(not one.done for one in written.values()),
                                sum(len(one.pieces) for one in written.values()), id="demos", title=t("models.demo.title"),
                                hint=t("models.demo.hint"), caption=demos.sentence(t, model))], stamp=None, key="models.demo", tools=False)


@st.fragment
def open_own() -> None:
    ways, run = t.group("models.own.way"), runs.mine("hub")
    way = st.radio(t("models.own.how"), ways, key="models.way", format_func=ways.get, horizontal=True)
    if pressed("models.fetch", "models.stop"):
        run.stop()
    if way != "file" and not here.may_open():
        st.info(t("models.own.closed"), icon=":material/lock:")
        return
    wanted = None
    if way == "folder":
        path = st.text_input(t("models.own.path"), key="models.path", placeholder=t("models.own.path_place"))
        if st.button(t("models.own.open"), key="models.open_folder") or own.entered("models.path", path):
            wanted = lambda: own.from_folder(path)          # noqa: E731
    elif way == "file":
        files = st.file_uploader(t("models.own.file_label"), type=["safetensors", "json", "bin"], accept_multiple_files=True, key="models.files",
                                 max_upload_size=parcel.LARGEST // 10 ** 6)
        if own.entered("models.files", [file.file_id for file in files]):
            wanted = lambda: own.from_files({file.name: file.getvalue() for file in files})     # noqa: E731
    else:
        name = st.text_input(t("models.own.hub_label"), key="models.hub", placeholder=t("models.own.hub_place"), help=own.fetches(t))
        if st.button(t("models.own.hub_open"), key="models.open_hub", disabled=bool(run and not run.ended)):
            run = own.start(name)
        if going := own.way(t, run):
            board(t, [going, controls(button("models.stop", t("models.own.stop")))], stamp=None, key="models.fetch", tools=False)
        elif own.fetched(run):
            wanted = lambda: own.from_run(run)              # noqa: E731
    own.attempt(way, wanted)
    if trouble := own.trouble(t, way, run):
        st.error(trouble, icon=":material/error:")
    if drawn[1] != [*kept.mine()]:
        st.rerun()


cards()
with st.expander(t("models.gibberish.title"), icon=":material/help:", expanded=True):
    st.markdown(t("models.gibberish.text"))
st.subheader(t("models.own.heading"), anchor=False)
st.markdown(t("models.own.text"))
for label in own.fresh(t):
    st.success(label, icon=":material/check_circle:")
open_own()
explain(t, "models", r"\frac{p + \frac{z^2}{2n} \pm z \sqrt{\frac{p(1-p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}} \qquad z = 1.96", interval, opening.folder)
