"""A block from within: its LayerNorms, its halves, its neurons, the stream that they add to, and what goes wrong without them."""
import streamlit as st

from engine import block, distribution
from engine.attribution import contributions, lens
from engine.model import Block
from ui import parts, session
from ui.board import board
from ui.controls import choice, controls
from ui.figures import block as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import block as readings
from ui.readings import stage
from ui.readings.common import counted
from ui.readings.context import rows
from ui.tour import follow

t = words()
lm = session.model()
shape = lm.decoder.config
begin(t, "block", layers=shape.n_layer, width=shape.n_embd, neurons=t.number(4 * shape.n_embd, 0))
guide(t, "block", {"block.layer": "4", "block.at": "", "block.without": "none", "block.stage": "forward"}, lambda: readings.answer(t))


def draw(text: str) -> None:
    view = readings.look(lm, text)
    before, after = distribution(view.whole.logits[view.at]), distribution(view.trace.logits[view.at])
    said = {"token": readings.token(t, view), "layer": view.layer}
    board(t, [
        controls(choice("block.layer", t("block.layer"), {str(i): str(i) for i in range(shape.n_layer)}), id="layer"),
        figures.pick(t, view.trace.tokens, view.at, "block.at", id="pick"),
        figures.diagram(t, readings.stages(t, view), readings.lengths(view), readings.ends(t, view), view.stage, "block.stage",
                        not view.inside.residual, id="diagram", title=t("block.flow_title", **said), hint=t("block.flow_hint"),
                        caption=readings.flow_sentence(t, view)),
        *stage.cards(t, view),
        figures.lens(t, readings.lens_rows(t, view), parts.quoted(t, view.target), "block.layer", id="lens", span=5,
                     title=t("block.lens.title"), hint=t("block.lens.hint", **said), caption=readings.lens_sentence(t, view)),
        stage.ledger(t, view),
        stage.take_away(t, view),
        parts.bars(rows(t, lm, before), id="whole", span=6, title=t("block.whole_title"), hint=t("block.whole_hint", **said)),
        figures.note(t("block.nothing"), id="nothing", span=6, title=t("block.cut_title")) if view.removed == "none" else
        parts.bars(rows(t, lm, after, before), id="cut", span=6, title=t("block.cut_title"),
                   hint=t("block.cut_hint", part=t(f"block.part.{view.removed}", **said)), caption=readings.removed_sentence(t, view)),
    ], stamp=text, key="block.board", status=counted(t, lm, view.trace))
    table(t, "block", lambda: stage.table(t, view))
    follow("block.board")


live(t, draw)
with st.expander(t("block.why.title"), icon=":material/help:"):
    st.markdown(t("block.why.text"))
explain(t, "block", r"x' = x + \mathrm{Attention}(\mathrm{LN}_1(x)) \qquad x'' = x' + \mathrm{GELU}(\mathrm{LN}_2(x')\,W_1 + b_1)\,W_2 + b_2"
        r"\qquad \mathrm{LN}(x) = \gamma\,\frac{x-\mu}{\sqrt{\sigma^2+\epsilon}} + \beta", Block.forward, block.normed, block.activation, lens, contributions)
