"""The neural network beneath it all: one neuron of the model, its layer, all layers; then a small network that learns under the reader's hands."""
import streamlit as st

from engine import block, unit
from engine.playground import descend, forward, gradient, loss
from engine.surface import along, through
from ui import links, practice, session
from ui.board import board
from ui.controls import choice, controls
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import network as readings
from ui.readings import playground
from ui.readings.common import counted
from ui.tour import follow

t = words()
lm = session.model()
count = unit.counts(lm.decoder)
begin(t, "network", neurons=t.number(count.neurons, 0), inputs=count.inputs)
guide(t, "network", {"network.show": "learn", "network.data": "circle", "network.noise": 0, "network.seed": 1, "network.width": 8, "network.layers": "1",
                     "network.activation": "none", "network.rate": "0.3", "network.points": "", "network.steps": 300}, lambda: playground.answer(t))
board(t, [controls(choice("network.show", t("network.show"), t.group("network.view")))], stamp=None, key="network.view", tools=False)
practice.halt()


def draw(text: str) -> None:
    view = readings.look(lm, text)
    board(t, readings.board(t, view), stamp=text, key="network.board", status=counted(t, lm, view.trace))
    table(t, "network", lambda: readings.table(t, view))
    follow("network.board")


@st.fragment
def learn() -> None:
    now = practice.now()
    board(t, playground.board(t, now), stamp=None, key=practice.BOARD, status=t("network.status"))
    table(t, "network.run", lambda: playground.table(t, now))


if links.value("network.show") == "neuron":
    live(t, draw)
    explain(t, "network", r"z = \sum_{i=1}^{C} w_i x_i + b \qquad \text{neuron} = \mathrm{GELU}(z)", unit.neuron, block.normed, block.activation)
else:
    learn()
    with st.expander(t("network.why.title"), icon=":material/help:"):
        st.markdown(t("network.why.text"))
    explain(t, "network", r"""L(\theta) = \frac{1}{N} \sum_n -\ln p_\theta(y_n \mid x_n) \qquad \theta \leftarrow \theta - \eta \, \nabla L(\theta)""",
            forward, loss, gradient, descend, along, through)
