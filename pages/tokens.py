"""Tokens: what the text is cut into, how those pieces came about, what they cost, and which of them surprised the model."""
import streamlit as st

from engine.merges import Merges
from engine.surprise import surprise
from ui import links, session
from ui.board import board
from ui.figures.tokens import merges, pair, pieces
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.knobs import MAX_SENTENCE
from ui.live import live
from ui.readings import tokens as readings
from ui.readings.common import counted

t = words()
lm = session.model()
vocabulary = t.number(lm.decoder.config.vocab_size, 0)
begin(t, "tokens", vocabulary=vocabulary)
guide(t, "tokens", {"tokens.word": "", "tokens.step": ""}, lambda: readings.answer(t))


def draw(text: str) -> None:
    trace = session.trace(text)
    found, measured = readings.cut(lm, text, trace), surprise(trace)
    word = readings.chosen(found)
    replay, sides = readings.replay(found, word), readings.sides(t, lm)
    board(t, [
        pieces(t, readings.chips(t, lm, found), t.group("tokens.pieces"), readings.counts(t, found), word, ["tokens.word", "tokens.step"], id="pieces",
               title=t("tokens.pieces_title"), hint=t("tokens.pieces_hint", vocabulary=vocabulary) + readings.hidden(t, found), caption=readings.sentence(t, found)),
        merges(t, replay, lm.tokenizer.bytes, len(session.merges()), readings.step(replay), "tokens.step", readings.missing(t, found, word), id="merges", span=6,
               title=t("tokens.merges_title"), hint=t("tokens.merges_hint"), caption=readings.merged(t, found, word, replay)),
        pair(t, sides, links.value("tokens.pair"), t.group("tokens.pairs"), MAX_SENTENCE, id="pair", span=6, title=t("tokens.pair_title"),
             hint=t("tokens.pair_hint", window=lm.context), caption=readings.compared(t, lm, sides)),
        pieces(t, readings.surprised(t, lm, trace, measured), readings.scale(t, trace.logits.shape[-1]), id="surprise", title=t("tokens.surprise_title"),
               hint=t("tokens.surprise_hint", vocabulary=vocabulary), caption=readings.perplexity(t, trace, measured)),
    ], stamp=text, key="tokens.board", status=counted(t, lm, trace))
    table(t, "tokens", lambda: readings.table(t, lm, found, trace, measured, word, replay, sides))


live(t, draw)
with st.expander(t("tokens.why.title"), icon=":material/help:"):
    st.markdown(t("tokens.why.text", **readings.shares(t)))
explain(t, "tokens", r"\text{surprise}_i = -\ln p(x_i \mid x_{<i}) \qquad \text{perplexity} = e^{\frac{1}{n}\sum_i -\ln p(x_i \mid x_{<i})}",
        Merges.replay, surprise)
