"""The context window: what fell out, what that does to the next word, and a fact that is forgotten."""
import streamlit as st

from engine import distribution
from engine.window import fit
from ui import links, parts, session
from ui.board import board
from ui.figures.curve import forgetting
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import context as readings
from ui.readings.common import counted

t = words()
lm = session.model()
begin(t, "context", context=lm.context)


def draw(text: str) -> None:
    size = min(links.value("context.window"), lm.context)
    whole, cut = session.trace(text), session.trace(text, window=size)
    before, after = distribution(whole.logits[-1]), distribution(cut.logits[-1])
    board(t, [
        parts.window(t, readings.whole_text(whole), size, links.MIN_WINDOW, lm.context, "context.window", id="window",
                     title=t("context.window_title"), hint=t("context.window_hint"),
                     caption=readings.sentence(t, lm, before, after, len(cut.dropped))),
        parts.bars(readings.rows(t, lm, before), id="whole", span=6, title=t("context.whole_title"),
                   hint=t("context.whole_hint", count=len(whole.tokens))),
        parts.bars(readings.rows(t, lm, after, before), id="cut", span=6, title=t("context.cut_title"),
                   hint=t("context.cut_hint", count=len(cut.tokens))),
    ], stamp=f"{text}\n{size}", key="context.board", status=counted(t, lm, whole))
    table(t, "context", lambda: readings.table(t, lm, before, after))


live(t, draw, examples="context.examples")
st.subheader(t("context.story_title"), anchor=False)
story, answer = t("context.story"), t("context.answer")
least = readings.needed(lm, story)
shares = session.answer_by_window(story, " " + answer, readings.SIZES)
board(t, [
    parts.chips(t, lm.trace(story).tokens, id="story", span=5, title=t("context.story_text"),
                hint=t("context.story_hint", tokens=least)),
    parts.plot(forgetting(t, readings.SIZES, shares, least), id="curve", span=7, title=t("context.curve_title"),
               caption=readings.curve_sentence(t, lm, answer, readings.SIZES, shares, least, session.trace(story, window=64))),
], stamp="story", key="context.story", tools=False)
explain(t, "context", r"\text{window}(n) = \langle\text{start}\rangle + \text{the last } n-1 \text{ tokens}", fit)
