"""Softmax and temperature: how logits become chances, and what five draws make of them."""
import streamlit as st

from engine import distribution, sampling
from ui import parts, session
from ui.board import board
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import probabilities as readings
from ui.readings.common import counted
from ui.writing import advance

SHOWN = 10                          # tokens with a bar of their own
SEEDS, LENGTH = (1, 2, 3, 4, 5), 16

t = words()
lm = session.model()
vocabulary = t.number(lm.decoder.config.vocab_size, 0)
begin(t, "probabilities", vocabulary=vocabulary)


def draw(text: str) -> None:
    settings = readings.released()
    trace = session.trace(text)
    logits = trace.logits[-1]
    five = advance("probabilities.five", (text, *settings.values()),
                   lambda: lm.continuations(text, SEEDS, LENGTH, **settings))
    tokens = readings.likeliest(lm, logits, SHOWN)
    board(t, [
        parts.softmax(t, logits, tokens, id="chain", span=8, title=t("probabilities.chain_title"), **settings,
                      hint=t("probabilities.chain_hint", vocabulary=vocabulary, shown=len(tokens))),
        parts.stream(readings.panels(t, lm, text, five, SEEDS), more=not five.done, id="five", span=4,
                     title=t("probabilities.five_title"), hint=t("probabilities.five_hint"),
                     caption=readings.difference(t, five, settings)),
    ], stamp=text, key="probabilities.board", status=counted(t, lm, trace))
    table(t, "probabilities", lambda: readings.chain(t, lm, distribution(logits, **settings)))


live(t, draw)
with st.expander(t("probabilities.why.title"), icon=":material/help:"):
    st.markdown(t("probabilities.why.text"))
explain(t, "probabilities", r"p_i = \frac{e^{z_i/T}}{\sum_{j\,\in\,\mathrm{kept}} e^{z_j/T}} \qquad H = -\sum_i p_i \ln p_i",
        distribution, sampling.draw)
