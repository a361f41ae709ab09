"""The whole machine at a glance: tokens, blocks, next word, each stage linked to its screen."""
import streamlit as st

from engine import distribution
from ui import parts, session
from ui.board import board
from ui.figures.home import flow
from ui.guide import guide
from ui.kit import begin, words
from ui.live import live
from ui.readings import home as readings
from ui.readings.common import counted, next_word
from ui.tour import follow

t = words()
lm = session.model()
begin(t, "home")
guide(t, "home", {}, lambda: readings.answer(t))


def draw(text: str) -> None:
    trace = session.trace(text)
    top = distribution(trace.logits[-1]).probs.topk(8)
    rows = parts.next_words(t, [lm.tokenizer.tokens([i])[0] for i in top.indices.tolist()], top.values, 1 - float(top.values.sum()))
    hidden = t("home.earlier", rows=readings.ROWS, tokens=len(trace.tokens)) if len(trace.tokens) > readings.ROWS else ""
    board(t, [
        flow(t, [parts.shown(t, token) for token in trace.tokens[-readings.ROWS:]], max(0, len(trace.tokens) - readings.ROWS),
             readings.streams(trace), readings.reads(trace), readings.lengths(trace), readings.nexts(t, lm, trace), readings.heads(trace),
             readings.stages(t, trace, lm.decoder.config.n_layer), id="flow",
             title=t("home.flow_title"), hint=f"{t('home.flow_hint')} {hidden}".strip(), caption=readings.sentence(t, trace)),
        parts.bars(rows, id="next", title=t("home.next_title"),
                   hint=t("home.next_hint", vocabulary=t.number(trace.logits.shape[-1], 0)),
                   caption=next_word(t, lm, trace, top)),
    ], stamp=text, key="home.board", status=counted(t, lm, trace))
    follow("home.board")


live(t, draw)
st.subheader(t("home.links"), anchor=False)
for name, what in t.group("home.link").items():
    st.page_link(f"{name}.py", label=f"**{t(f'{name}.name')}** · {what}")
