"""Position: the words in another order, with the position vectors and without, and three ways to tell where a token stands."""
import streamlit as st

from engine import distribution
from engine.positions import rotary, sinusoidal
from ui import links, map_route, parts, session
from ui.board import board, pressed
from ui.controls import button, choice, controls, toggle
from ui.figures import position as figures
from ui.figures.block import note
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import position as readings
from ui.readings.common import counted, next_word
from ui.readings.context import rows

t = words()
lm = session.model()
vectors = lm.decoder.transformer.wpe.weight
n, C = vectors.shape
begin(t, "position", n=n, width=C)
guide(t, "position", {"position.seed": 0, "position.order": "", "position.ends": 1, "position.mask": 0}, lambda: readings.answer(t))


def draw(text: str) -> None:
    if pressed("position.board", "position.shuffle"):
        readings.again()
    if pressed("position.board", "position.restore"):
        readings.as_typed()
    found = readings.order(text)
    four = readings.traces(text, found.text)
    typed, shuffled, typed_off, shuffled_off = four.values()
    now = {name: distribution(trace.logits[-1]) for name, trace in four.items()}
    shares = readings.leaks(lm, typed_off, shuffled_off)
    board(t, [
        controls(button("position.shuffle", t("position.shuffle"), "next", disabled=not readings.can_shuffle(found)),
                 button("position.restore", t("position.restore"), "typed", disabled=not found.moved),
                 toggle("position.ends", t("position.ends")), toggle("position.mask", t("position.mask"), t("position.mask_help"))),
        figures.order(t, found.words, found.places, "position.order", id="order", title=t("position.order_title"), hint=t("position.order_hint"),
                      caption=readings.ordered(t, found, typed, shuffled)),
        parts.bars(rows(t, lm, now["typed"]), id="typed", span=6, title=t("position.variant.typed"), hint=t("position.typed_hint"),
                   caption=next_word(t, lm, typed, now["typed"].probs.topk(1))),
        parts.bars(rows(t, lm, now["typed_off"], now["typed"]), id="typed_off", span=6, title=t("position.variant.typed_off"), hint=t("position.typed_off_hint"),
                   caption=readings.stays(t, lm, typed, typed_off, "off")),
        *([note(t("position.unmoved"), id="unmoved", title=t("position.unmoved_title"))] if not found.moved else [
            parts.bars(rows(t, lm, now["shuffled"], now["typed"]), id="shuffled", span=6, title=t("position.variant.shuffled"), hint=t("position.shuffled_hint"),
                       caption=readings.stays(t, lm, typed, shuffled, "shuffled")),
            parts.bars(rows(t, lm, now["shuffled_off"], now["typed_off"]), id="shuffled_off", span=6, title=t("position.variant.shuffled_off"),
                       hint=t("position.shuffled_off_hint"), caption=readings.stays(t, lm, typed_off, shuffled_off, "shuffled_off")),
            figures.leak(readings.leak_rows(t, shares), id="leak", title=t("position.leak_title"), hint=t("position.leak_hint"), caption=readings.leaked(t, shares))]),
    ], stamp=text, key="position.board", status=counted(t, lm, typed))
    st.subheader(t("position.kinds_title"), anchor=False)
    st.markdown(t("position.kinds_lead", n=n, width=C))
    kind = readings.kind(t, links.value("position.kind"), typed)
    name = kind.name
    board(t, [
        figures.table(t, map_route.places(), session.places()[2], vectors.shape, len(typed.tokens), id="table", span=6, title=t("position.table_title", n=n, width=C),
                      hint=t("position.table_hint") + readings.shrunk(t, vectors, figures.CELLS), caption=readings.learned(t, vectors, len(typed.tokens))),
        parts.plot(figures.by_distance(t, session.alike("learned"), session.alike("sinusoidal")), id="distance", span=6, title=t("position.distance_title"),
                   hint=t("position.distance_hint"), caption=readings.curve(t)),
        controls(choice("position.kind", t("position.kind_label"), t.group("position.kind")), id="kinds"),
        figures.signed(kind.values, kind.labels, t.group(f"position.{name}"), kind.first, turns=kind.turns.tolist(), id="vectors", span=7,
                       title=t(f"position.{name}_title"), hint=t(f"position.{name}_hint"), caption=t(f"position.{name}_answer", n=n, width=C)),
        figures.signed(kind.alike, kind.labels, t.group("position.alike"), kind.first, kind.labels, id="alike", span=5, title=t("position.alike_title"),
                       hint=t(f"position.{name}_alike"), caption=readings.between(t, kind)),
    ], stamp=text, key="position.kinds", tools=False)
    table(t, "position", lambda: readings.table(t, lm, four, shares, kind))


live(t, draw)
with st.expander(t("position.why.title"), icon=":material/help:"):
    st.markdown(t("position.why.text"))
explain(t, "position", r"x_p = \mathrm{wte}[\mathrm{token}] + \mathrm{wpe}[p] \qquad \mathrm{PE}_{p,2i} = \sin\frac{p}{10000^{2i/C}}, \;"
        r"\mathrm{PE}_{p,2i+1} = \cos\frac{p}{10000^{2i/C}} \qquad (R_m q) \cdot (R_n k) = q \cdot R_{n-m}\, k", type(lm.decoder).forward, sinusoidal, rotary)
