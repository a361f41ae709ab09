"""Attention: every head at a glance, one head large, one pair step by step, and what becomes of the next word without a part of it."""
import streamlit as st

from engine import distribution
from engine.attribution import contributions
from engine.model import NOTHING, attention
from ui import links, parts, session
from ui.board import board, pressed
from ui.figures import attention as drawn
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import attention as readings
from ui.readings import pair as pairs
from ui.readings.common import counted, next_word
from ui.readings.context import change_sentence, rows

t = words()
lm = session.model()
shape = lm.decoder.config
begin(t, "attention", layers=shape.n_layer, heads=shape.n_head)
guide(t, "attention", {"attention.head": pairs.locked(t, lm), "attention.view": "map", "attention.top": 100, "attention.pair": "", "attention.mask": 0, "attention.off": ""},
      lambda: pairs.answer(t))


def draw(text: str) -> None:
    locked = links.value("attention.head")
    layer, head = readings.choose(locked, shape)
    readings.take(pressed("attention.board", "attention.take"), layer, head, shape)
    without, view = readings.removed(), links.value("attention.view")
    whole, trace = session.trace(text), session.trace(text, without=without)
    name, masked, labels = f"{layer}.{head}", not without.mask, [parts.shown(t, token) for token in trace.tokens]
    query, key = pairs.choose(links.value("attention.pair"), trace, layer, head)
    before = distribution(whole.logits[-1])
    after = before if without == NOTHING else distribution(trace.logits[-1])
    best = lm.tokenizer.tokens([int(after.probs.argmax())])[0]
    found = contributions(lm.decoder, trace, best.id)
    board(t, [
        readings.controls_of(t, layer, head),
        drawn.heads(t, drawn.pool(trace.pattern), "" if locked == links.UNLOCKED else name, readings.marks(trace, found.heads), parts.shown(t, best), masked, id="heads", span=5, title=t("attention.all_title"),
                    hint=readings.at_a_glance(t, len(labels)), caption=f"{readings.role(t, lm, layer, head)} {readings.sink(t, trace, layer, head)}"),
        drawn.view(t, view, trace.pattern[layer, head].numpy(), labels, links.value("attention.top"), (query, key), masked, id="head", span=7,
                   title=t(f"attention.one_title.{view}", head=name), hint=t(f"attention.one_hint.{view}"), caption=readings.sentence(t, trace, layer, head)),
        parts.strips(pairs.vectors(t, trace, layer, head, query, key), hover=t("attention.pair.hover"), id="pair", span=6,
                     title=t("attention.pair.title", reads=labels[query], read=labels[key]), hint=t("attention.pair.hint"), caption=pairs.sentence(t, trace, layer, head, query, key)),
        drawn.steps(pairs.steps(t, lm, trace, layer, head, query, key, best), id="steps", span=6, title=t("attention.pair.steps"), hint=t("attention.pair.steps_hint"),
                    caption=readings.direct(t, found, best, layer, head)),
        parts.bars(rows(t, lm, before), id="next", span=6, title=t("attention.next_title"), hint=t("attention.next_hint", vocabulary=t.number(shape.vocab_size, 0)),
                   caption=next_word(t, lm, whole, before.probs.topk(1))),
        parts.bars(rows(t, lm, after, before), id="without", span=6, title=t("attention.without_title"), hint=t("attention.without_hint"),
                   caption=change_sentence(t, lm, before, after) if without != NOTHING else t("attention.nothing_off")),
    ], stamp=text, key="attention.board", status=counted(t, lm, trace))
    table(t, "attention", lambda: readings.weights(t, trace, layer, head))


live(t, draw)
for topic in ("why", "explanation"):
    with st.expander(t(f"attention.{topic}.title"), icon=":material/help:"):
        st.markdown(t(f"attention.{topic}.text"))
explain(t, "attention", r"\mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{D}} + \mathrm{mask}\right)V", attention)
