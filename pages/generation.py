"""Generation: writing token by token, each one's draw, the branches not taken, and what the cache spares."""
import streamlit as st

from engine import distribution
from engine.choices import ahead
from engine.generate import roll
from engine.repetition import loop
from engine.sampling import land
from ui import branches, links, session
from ui.board import board
from ui.controls import choice, controls, slider
from ui.figures import generation as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.knobs import MAX_WRITTEN
from ui.live import live
from ui.readings import generation as readings
from ui.readings.common import counted

t = words()
lm = session.model()
begin(t, "generation")
guide(t, "generation", {"generation.temperature": 0.0, "generation.tokens": 60, "generation.path": "", "generation.at": 0},
      lambda: readings.answer(t))
branches.halt()


def draw(text: str) -> None:
    trace, spoken_to = session.trace(text), session.spoken_to(lm, text)
    now = branches.now(lm, text)
    circling = readings.circling(now)
    after = ahead(distribution(spoken_to.logits[-1], now.settings["temperature"], now.settings["top_k"]))
    seen = now.choices[now.at] if now.choices else after
    board(t, [
        controls(slider("generation.temperature", t("generation.temperature"), "{value}", 0, 2, 0.05),
                 slider("generation.top_k", t("generation.top_k"), "{value}", 0, 100, 1),
                 slider("generation.seed", t("generation.seed"), "{value}", 1, 99, 1),
                 choice("generation.speed", t("generation.speed"), t.group("generation.speeds"))),
        figures.writer(t, readings.prompt(text), readings.tokens(t, lm, now, circling), now.wanted, now.at, MAX_WRITTEN, now.playing, now.ended, now.playing or now.busy,
                       0 if now.busy else figures.PAUSES[links.value("generation.speed")], now.replayed, readings.circle(t, now, circling),
                       id="text", span=7, rows=2, title=t("generation.text_title"), hint=t("generation.text_hint"), caption=readings.written(t, now)),
        figures.draw(t, readings.alternatives(t, lm, now, seen), readings.bar(t, lm, seen), readings.dart(t, seen, now.settings["temperature"]),
                     id="draw", span=5, rows=3, title=t("generation.draw_title", place=max(now.at, 0) + 1), hint=t("generation.draw_hint"),
                     caption=readings.drawn(t, lm, seen, now.settings["temperature"])),
        figures.cache(t, readings.strips(t, lm, spoken_to, now), readings.times(t, now), readings.measure(t, lm, spoken_to, now), id="cache", span=7, rows=2,
                      title=t("generation.cache_title"), hint=t("generation.cache_hint"), caption=readings.spared(t, lm, spoken_to, now)),
        figures.branches(t, readings.tree(t, lm, now), max(len(now.choices), 1), id="branches", span=5, title=t("generation.tree_title"),
                         hint=t("generation.tree_hint"), caption=readings.grown(t, now)),
    ], stamp=text, key=branches.BOARD, status=counted(t, lm, trace))
    table(t, "generation", lambda: readings.table(t, lm, now, after))


live(t, draw)
with st.expander(t("generation.why.title"), icon=":material/help:"):
    st.markdown(t("generation.why.text"))
explain(t, "generation", r"x_{n+1} \sim p(\,\cdot \mid x_1 \dots x_n) \qquad u < \sum_{i \le k} p_i", roll, land, loop)
