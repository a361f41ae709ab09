"""Embeddings: the vocabulary as a map, words as axes and in sums, and what the layers make of one token's vector."""
import streamlit as st

from engine import contexts, maps
from engine import words as directions
from ui import links, map_route, session
from ui.board import board
from ui.controls import choice, controls
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import axes, embeddings, paths, sums
from ui.readings.common import counted

t = words()
lm, source = session.model(), map_route.address()
V, C = session.vocabulary().shape
SHOW = {"map": embeddings.figures, "axes": axes.figures, "sum": sums.figures, "path": paths.figures}
begin(t, "embeddings", vocabulary=t.number(V, 0), width=C)
guide(t, "embeddings", {"embeddings.show": "path", "embeddings.at": "", "embeddings.layer": 6}, lambda: sums.answer(t))


def draw(text: str) -> None:
    trace, show = session.trace(text), links.value("embeddings.show")
    figures, rows = SHOW[show](t, lm, source, trace)
    board(t, [controls(choice("embeddings.show", t("embeddings.show"), t.group("embeddings.view"))), *figures],
          stamp=text, key="embeddings.board", status=counted(t, lm, trace))
    table(t, "embeddings", rows)


live(t, draw)
with st.expander(t("embeddings.why.title"), icon=":material/help:"):
    st.markdown(t("embeddings.why.text"))
explain(t, "embeddings", r"""\begin{aligned}
\cos(a, b) &= \frac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert} \qquad \lVert a - b \rVert^2 = \lVert a \rVert^2 + \lVert b \rVert^2 - 2\, a \cdot b \\
\mathrm{axis}(x) &= \frac{2\,(x - \tfrac{a + b}{2}) \cdot (b - a)}{\lVert b - a \rVert^2} \qquad \mathrm{map}(x) = W \left( \frac{x - \bar{x}}{\sigma_x} - \mu \right)
\end{aligned}""", maps.neighbours, maps.euclidean, maps.pca, directions.Axis, directions.share, directions.total, contexts.fit, contexts.Projector)
