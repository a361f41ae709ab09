"""Attention: every head at a glance, one head large, and what comes of it."""
import streamlit as st

from engine import distribution
from engine.model import attention
from ui import links, parts, session
from ui.board import board
from ui.figures.attention import pool
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import attention as readings
from ui.readings.common import counted, next_word

t = words()
lm = session.model()
shape = lm.decoder.config
begin(t, "attention", layers=shape.n_layer, heads=shape.n_head)


def draw(text: str) -> None:
    trace = session.trace(text)
    layer, head = readings.choose(links.value("attention.head"), shape)
    name = f"{layer}.{head}"
    pattern = trace.pattern[layer, head].numpy()
    labels = [parts.shown(t, token) for token in trace.tokens]
    top = distribution(trace.logits[-1]).probs.topk(6)
    board(t, [
        parts.heads(t, pool(trace.pattern), name, "attention.head", id="heads", span=5,
                    title=t("attention.all_title"), hint=readings.at_a_glance(t, len(labels)), caption=readings.sink(t, trace, layer, head)),
        parts.heatmap(t, pattern, labels, id="head", span=7, rows=2, title=t("attention.one_title", head=name),
                   hint=t("attention.one_hint"), caption=readings.sentence(t, trace, layer, head)),
        parts.bars(parts.next_words(t, lm.tokenizer.tokens(top.indices.tolist()), top.values, 1 - float(top.values.sum())),
                   id="next", span=5, title=t("attention.next_title"),
                   hint=t("attention.next_hint", vocabulary=t.number(shape.vocab_size, 0)),
                   caption=next_word(t, lm, trace, top)),
    ], stamp=text, key="attention.board", status=counted(t, lm, trace))
    table(t, "attention", lambda: readings.weights(t, trace, layer, head))


live(t, draw)
with st.expander(t("attention.why.title"), icon=":material/help:"):
    st.markdown(t("attention.why.text"))
explain(t, "attention", r"\mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{D}} + \mathrm{mask}\right)V", attention)
