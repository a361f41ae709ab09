"""Softmax and temperature: how logits become chances, how a dart draws one, and what temperature makes of the texts."""
import streamlit as st

from engine import distribution, sampling
from engine.diversity import distinct
from engine.surprise import surprise
from ui import links, parts, session
from ui.board import board
from ui.controls import choice, controls, toggle
from ui.figures import probabilities as figures
from ui.figures.tokens import pieces
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import generation, tokens
from ui.readings import probabilities as readings
from ui.readings.common import counted
from ui.writing import advance

SHOWN = 10                          # tokens with a bar of their own
SEEDS, LENGTH = (1, 2, 3, 4, 5), 16

t = words()
lm = session.model()
vocabulary = t.number(lm.decoder.config.vocab_size, 0)
begin(t, "probabilities", vocabulary=vocabulary)
guide(t, "probabilities", {"probabilities.temperature": 2.0, "probabilities.top_k": 0, "probabilities.top_p": 1.0}, lambda: readings.answer(t))


def draw(text: str) -> None:
    settings = readings.released()
    trace = session.trace(text)
    logits, found = session.spoken_to(lm, text).logits[-1], surprise(trace)
    d = distribution(logits, **settings)
    five = advance("probabilities.five", (lm.name, text, *settings.values()), lambda: lm.continuations(text, SEEDS, LENGTH, **settings))
    counting = advance("probabilities.counting", (lm.name, text, settings["top_k"], settings["top_p"]), lambda: readings.variety(text, lm, settings),
                       most=readings.ready(five)) if links.value("probabilities.curve") else None
    shown = readings.likeliest(lm, logits, SHOWN)
    seen, hits, done = readings.dart(d, SHOWN), readings.hits(d), readings.measured(counting)
    board(t, [
        parts.softmax(t, logits, shown, id="chain", span=8, title=t("probabilities.chain_title"), presets=figures.presets(t), **settings,
                      hint=t("probabilities.chain_hint", vocabulary=vocabulary, shown=len(shown))),
        parts.stream(readings.panels(t, lm, text, five, SEEDS), more=not five.done or counting is not None and not counting.done, id="five", span=4,
                     title=t("probabilities.five_title"), hint=t("probabilities.five_hint"), caption=readings.difference(t, five, settings)),
        controls(choice("probabilities.darts", t("probabilities.darts"), {str(n): t.number(n, 0) for n in readings.COUNTS}), id="darts"),
        figures.dart(t, generation.bar(t, lm, seen), generation.dart(t, seen, settings["temperature"]), readings.next_seed(), id="dart", span=7,
                     title=t("probabilities.dart_title", seed=links.value("probabilities.seed")), hint=t("probabilities.dart_hint"),
                     caption=generation.drawn(t, lm, seen, settings["temperature"])),
        parts.bars(readings.tallied(t, shown, d, hits), id="tally", span=5, title=t("probabilities.tally_title", darts=readings.darts(t)),
                   hint=t("probabilities.tally_hint"), caption=readings.converging(t, d, hits)),
        figures.twin(t, links.value("probabilities.second"), id="twin", title=t("probabilities.twin_title"), hint=t("probabilities.twin_hint")),
        controls(toggle("probabilities.curve", t("probabilities.curve"), t("probabilities.curve_help")), id="count"),
        parts.plot(figures.variety(t, [c.temperature for c in done], [c.distinct for c in done], readings.TEXTS), id="variety", span=6,
                   title=t("probabilities.curve_title"), caption=readings.varied(t, counting)),
        pieces(t, tokens.surprised(t, lm, *readings.recent(trace, found)), tokens.scale(t, logits.shape[-1]), id="surprise", span=6,
               title=t("probabilities.perplexity_title"), hint=t("probabilities.perplexity_hint", most=readings.CHIPS), caption=readings.perplexed(t, d, found)),
    ], stamp=text, key="probabilities.board", status=counted(t, lm, trace))
    table(t, "probabilities", lambda: readings.chain(t, lm, d))


live(t, draw)
with st.expander(t("probabilities.why.title"), icon=":material/help:"):
    st.markdown(t("probabilities.why.text"))
explain(t, "probabilities", r"p_i = \frac{e^{z_i/T}}{\sum_{j\,\in\,\mathrm{kept}} e^{z_j/T}} \qquad H = -\sum_i p_i \ln p_i",
        distribution, sampling.landed, sampling.tally, distinct)
