"""Embeddings: the whole vocabulary as a map, the reader's words on it, and who is truly near whom."""
import streamlit as st

from engine import maps
from ui import links, map_route, parts, session
from ui.board import board
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import embeddings as readings
from ui.readings.common import counted

t = words()
lm, atlas, source = session.model(), session.atlas(), map_route.address()
weights = lm.decoder.transformer.wte.weight
V, C = weights.shape
begin(t, "embeddings", vocabulary=t.number(V, 0), width=C)


def draw(text: str) -> None:
    trace = session.trace(text)
    view, asked = links.value("embeddings.view"), links.value("embeddings.token")
    chosen = readings.choose(asked, lm, trace)
    ids, cosines = maps.neighbours(weights, chosen.id)
    near = readings.tokens(lm, ids.tolist())
    name = parts.quoted(t, chosen)
    board(t, [
        parts.vocabulary(t, source, view, readings.kept(atlas), readings.typed(t, lm, trace), chosen.id, ids.tolist(),
                         pinned=asked == str(chosen.id), missing="" if atlas.tsne is not None else t("embeddings.missing"), id="map", span=8, rows=2,
                         title=t("embeddings.map_title"), hint=t(f"embeddings.hint.{view}"),
                         caption=readings.sentence(t, atlas, view, chosen, near, ids, cosines)),
        parts.neighbours(t, near, cosines, view, id="neighbours", span=4, title=t("embeddings.near_title", token=name.strip("*")),
                         hint=t("embeddings.near_hint", width=C), caption=readings.ordinary(t, atlas, chosen, near, cosines)),
        parts.strips([{"name": parts.shown(t, token), "id": token.id, "values": weights[token.id].numpy()} for token in (chosen, near[0])],
                     hover=t("embeddings.strip_hover"), id="strip", span=4, title=t("embeddings.strip_title", token=name.strip("*"), width=C),
                     hint=t("embeddings.strip_hint"), caption=readings.alike(t, weights, chosen, near[0])),
    ], stamp=text, key="embeddings.board", status=counted(t, lm, trace))
    table(t, "embeddings", lambda: readings.rows(t, near, cosines))


live(t, draw)
with st.expander(t("embeddings.why.title"), icon=":material/help:"):
    st.markdown(t("embeddings.why.text"))
explain(t, "embeddings", r"\cos(a, b) = \frac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert} \qquad "
        r"a \cdot b = \sum_{i=1}^{C} a_i b_i", maps.neighbours, maps.pca)
