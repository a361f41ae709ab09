"""Few-shot: examples of a rule in the prompt, the answer's probability after each, and what was measured of models of every size."""
import streamlit as st

from engine import shots
from engine.evaluate import answered
from engine.parameters import total
from engine.probes import label_ceiling
from ui import links, parts, session
from ui.board import board, pressed
from ui.controls import button, choice, controls, toggle
from ui.figures import fewshot as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import in_words
from ui.readings import fewshot as readings

t = words()
lm = session.model()
begin(t, "fewshot", parameters=t.number(total(lm.decoder.config), 0))
guide(t, "fewshot", readings.spoilt(t), lambda: readings.answer(t))


def draw() -> None:
    if pressed("fewshot.board", "fewshot.draw"):
        readings.again()
    view = readings.look(t)
    shot, rule = view.shot, links.value("fewshot.task")
    board(t, [
        controls(choice("fewshot.task", t("fewshot.task"), t.group("fewshot.tasks")),
                 *([choice("fewshot.classes", t("fewshot.classes"), {n: n for n in ("2", "3", "4")})] if rule == readings.LABELS else
                   [toggle("fewshot.held", t("fewshot.held"), t("fewshot.held_help"))] if rule != readings.OWN else []),
                 choice("fewshot.form", t("fewshot.form"), t.group("fewshot.forms")),
                 *([] if rule == readings.OWN else [button("fewshot.draw", t("fewshot.draw"))])),
        figures.rows(t, view.key, readings.pairs(view), (view.block.question, view.block.answer), view.spare, view.said, readings.results(t, view), view.at,
                     id="rows", title=t("fewshot.rows_title"), hint=t("fewshot.rows_hint"), caption=readings.rows_sentence(t, view)),
        figures.product(t, view.block.prompt(view.at), readings.factors(t, view), "" if shot.p is None else t.percent(shot.p, 1), id="product", span=4,
                        title=t("fewshot.product_title"), hint=t("fewshot.product_hint", count=view.at), caption=readings.product_sentence(t, view)),
        parts.bars(readings.first_token(t, lm, view), id="first", span=4, title=t("fewshot.first_title"), hint=t("fewshot.first_hint", count=view.at),
                   caption=readings.first_sentence(t, lm, view)),
        readings.orders(t, lm, view),
        *(figures.curves(t, lines := readings.series(t, name), readings.ceiling(t, name), readings.yours(t, view, name), view.at, id=name, span=4,
                         title=t(f"fewshot.{name}_title"), hint=t(f"fewshot.{name}_hint"), caption=readings.curves_sentence(t, name, lines)) for name in readings.MEASURED),
    ], stamp=view.block.prompt(view.at), key="fewshot.board", status=t("live.count", count=view.shots[-1].read, context=lm.context))
    table(t, "fewshot", lambda: readings.table(t, lm, view))


@st.fragment
def body() -> None:
    with in_words(t):
        draw()


body()
st.subheader(t("fewshot.trained_title"), anchor=False)
st.markdown(t("fewshot.trained_text", **readings.trained(t)))
explain(t, "fewshot", r"p(y_1 \dots y_n \mid x) = \prod_{i=1}^{n} p(y_i \mid x, y_1 \dots y_{i-1}) \qquad \mathrm{ceiling}(k) = 1 - \left(1 - \tfrac{1}{C}\right)^k",
        shots.read, shots.probability, label_ceiling, answered)
