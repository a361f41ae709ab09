"""Scale: what a decoder's shape holds and costs, models side by side, and what size was measured to buy."""
import streamlit as st

from engine.parameters import forward_flops, parameters, training_flops, value
from engine.scaling import all_right, power_law, unseen
from ui import links, session
from ui.board import board
from ui.controls import choice, controls, slider
from ui.figures import scale as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import in_words
from ui.readings import emergence, scale as readings

t = words()
begin(t, "scale")
guide(t, "scale", readings.knobs(readings.PUBLISHED[readings.GIANT].config, readings.PUBLISHED[readings.GIANT].tokens), lambda: readings.answer(t))


@st.fragment
def draw() -> None:
    with in_words(t):           # here: what goes wrong in a fragment does not reach who calls it
        _draw()


def _draw() -> None:
    set_ = readings.chosen()
    shape, spoken = readings.config(set_), emergence.language(t)
    left, right = (emergence.capital(t(f"scale.ability.{links.value(f'scale.{knob}')}")) for knob in ("ability", "hidden"))
    board(t, [
        figures.shape(t, set_, figures.SHAPE, readings.presets(t), id="shape", span=5, title=t("scale.shape_title"), hint=t("scale.shape_hint")),
        figures.shares(t, set_, readings.formulas(), id="shares", span=7, title=t("scale.shares_title"), hint=t("scale.shares_hint"),
                       caption=readings.shares_sentence(t, shape)),
        figures.costs(t, set_, figures.MEMORY, id="memory", span=4, title=t("scale.memory_title"), hint=t("scale.memory_hint"),
                      caption=readings.memory_sentence(t, shape)),
        figures.shape(t, set_, figures.BUDGET, readings.pace(t), id="budget", span=4, title=t("scale.budget_title"), hint=t("scale.budget_hint")),
        figures.costs(t, set_, figures.WORK, id="work", span=4, title=t("scale.work_title"), hint=t("scale.work_hint"), caption=readings.budget_sentence(t, set_)),
        figures.orders(t, set_, readings.tracks(t), id="orders", span=8, title=t("scale.orders_title_card"), hint=t("scale.orders_hint"),
                       caption=readings.orders_sentence(t)),
        figures.squares(t, readings.squares(t), links.value("scale.fills"), "scale.fills", id="squares", span=4, title=t("scale.squares_title"),
                        hint=t("scale.squares_hint"), caption=readings.squares_sentence(t)),
        controls(choice("scale.text", t("scale.text.name"), {name: t(f"scale.text.{name}") for name in ("en", "es")}) | {"value": spoken},
                 choice("scale.loss", t("scale.loss.name"), {name: t(f"scale.loss.{name}") for name in ("excess", "loss")}), id="measured"),
        figures.growth(**emergence.by_size(t), id="loss-size", span=6, title=t("scale.loss_size_title"), hint=t("scale.loss_size_hint"),
                       caption=emergence.size_sentence(t)),
        figures.growth(**emergence.by_tokens(t), id="loss-tokens", span=6, title=t("scale.loss_tokens_title"), hint=t("scale.loss_tokens_hint"),
                       caption=emergence.tokens_sentence(t)),
        controls(choice("scale.metric", t("scale.metric.name"), {name: t(f"scale.metric.{name}") for name in ("answers", "nats")}),
                 choice("scale.over", t("scale.over.name"), emergence.paths(t)),
                 choice("scale.ability", t("scale.abilities.name"), {name: t(f"scale.abilities.{name}") for name in ("friend", "pet", "labels")}),
                 choice("scale.hidden", t("scale.hiddens.name"), {name: t(f"scale.hiddens.{name}") for name in ("sums", "rare")}), id="measures"),
        figures.growth(**emergence.ability(t, links.value("scale.ability")), id="ability", span=6, title=t("scale.ability_title", ability=left),
                       hint=t("scale.ability_hint"), caption=emergence.rise_sentence(t, links.value("scale.ability"))),
        figures.growth(**emergence.ability(t, links.value("scale.hidden")), id="hidden", span=6, title=t("scale.hidden_title", ability=right),
                       hint=t("scale.hidden_hint"), caption=emergence.rise_sentence(t, links.value("scale.hidden"))),
        controls(slider("scale.all", t("scale.all.name"), t("scale.all.words"), 1, 16, 1), id="many"),
        figures.growth(**emergence.quiz(t), id="quiz", span=7, title=t("scale.quiz_title"), hint=t("scale.quiz_hint"), caption=emergence.quiz_sentence(t)),
        figures.paragraphs(emergence.verdict(t), id="verdict", span=5, title=t("scale.verdict_title")),
    ], stamp=None, key="scale.board", status=readings.summary(t, set_, session.rungs()))
    table(t, "scale", lambda: emergence.table(t, set_))


draw()
with st.expander(t("scale.why.title"), icon=":material/help:"):
    st.markdown(t("scale.why.text"))
explain(t, "scale", r"N = VC + TC + L\,(12\,C^2 + 13\,C) + 2\,C \qquad \mathrm{FLOP} \approx 6\,N D \qquad \mathrm{loss} - H \approx a\,N^{-b}",
        value, parameters, forward_flops, training_flops, power_law, unseen, all_right)
