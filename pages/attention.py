"""Attention: every head at a glance, one head large, one pair step by step, and what becomes of the next word without a part of it."""
import streamlit as st

from engine import distribution
from engine.attribution import contributions
from engine.model import NOTHING, attention
from ui import links, parts, session
from ui.board import board, pressed
from ui.figures import attention as drawn
from ui.figures.block import ledger, note, vectors
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.knobs import UNLOCKED
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
    without, view = readings.removed(shape), links.value("attention.view")
    whole, trace = session.trace(text), session.trace(text, without=without)
    name, masked, labels = f"{layer}.{head}", not without.mask, [parts.shown(t, token) for token in trace.tokens]
    query, key = pairs.choose(links.value("attention.pair"), trace, layer, head)
    before = distribution(whole.logits[-1])
    after = before if without == NOTHING else distribution(trace.logits[-1])
    best = lm.tokenizer.tokens([int(after.probs.argmax())])[0]
    found = contributions(lm.decoder, trace, best.id)
    pair = (t, trace, layer, head, query, key)
    board(t, [
        readings.ways(t),
        drawn.heads(t, drawn.pool(trace.pattern), "" if locked == UNLOCKED else name, readings.marks(trace, found.heads), parts.shown(t, best), masked, id="heads", span=5, title=t("attention.all_title"),
                    hint=readings.at_a_glance(t, len(labels)), caption=f"{readings.role(t, lm, layer, head)} {readings.sink(t, trace, layer, head)}"),
        drawn.view(t, view, trace.pattern[layer, head].numpy(), labels, links.value("attention.top"), (query, key), masked, id="head", span=7,
                   title=t(f"attention.one_title.{view}", head=name), hint=t(f"attention.one_hint.{view}"), caption=readings.sentence(t, trace, layer, head)),
        readings.takes(t, layer, head, shape),
        ledger(t("attention.pushes.part"), *readings.pushes(t, found, without.heads, layer, head), knob="attention.head", id="pushes", span=5,
               title=t("attention.pushes.title", token=parts.shown(t, best)), hint=t("attention.pushes.hint"), caption=readings.direct(t, found, best, layer, head)),
        parts.bars(rows(t, lm, before), id="next", span=7, title=t("attention.next_title"), hint=t("attention.next_hint", vocabulary=t.number(shape.vocab_size, 0)),
                   caption=next_word(t, lm, whole, before.probs.topk(1))),
        parts.bars(rows(t, lm, after, before), id="without", span=7, title=t("attention.without_title"), hint=t("attention.without_hint"),
                   caption=change_sentence(t, lm, before, after) if without != NOTHING else t("attention.nothing_off")),
        vectors(*pairs.vectors(*pair), shared=False, id="pair", span=6,
                title=t("attention.pair.title", reads=labels[query], read=labels[key]), hint=t("attention.pair.hint"), caption=pairs.sentence(*pair)),
        drawn.steps(pairs.steps(t, lm, trace, layer, head, query, key, best), id="steps", span=6, title=t("attention.pair.steps"), hint=t("attention.pair.steps_hint"),
                    caption=pairs.products(*pair)),
        *([note(t("attention.row.closed"), id="closed", title=t("attention.row.closed_title"))] if not links.value("attention.pair") else [
            ledger(t("attention.row.token"), *pairs.row(*pair), id="row", span=6, title=t("attention.row.title", reads=labels[query]), hint=t("attention.row.hint"),
                   caption=pairs.row_sentence(*pair)),
            vectors(*pairs.values(*pair), shared=True, id="value", span=6, title=t("attention.value.title", read=labels[key]),
                    hint=t("attention.value.hint"), caption=pairs.value_sentence(*pair))]),
    ], stamp=text, key="attention.board", status=counted(t, lm, trace))
    table(t, "attention", lambda: readings.weights(t, trace, layer, head))


live(t, draw)
for topic in ("why", "names", "explanation"):
    with st.expander(t(f"attention.{topic}.title"), icon=":material/help:"):
        st.markdown(t(f"attention.{topic}.text", **readings.measured(t)))
explain(t, "attention", r"\mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{D}} + \mathrm{mask}\right)V", attention)
