"""The concept map: every idea in a sentence or two, on what it rests, and the screen that shows it at work."""
import streamlit as st

from ui import session
from ui.board import board
from ui.concepts import concepts, path
from ui.figures import layers
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import in_words
from ui.readings import glossary as readings
from ui.tour import follow

t = words()
lm = session.model()
begin(t, "glossary", number=len(concepts()), model=lm.name)
guide(t, "glossary", {"glossary.goal": "attention", "glossary.idea": path("attention")[0]}, lambda: readings.answer(t))


@st.fragment
def draw() -> None:
    with in_words(t):
        board(t, readings.parts(t, lm), stamp=None, key="glossary.board", status=readings.counted(t))
        table(t, "glossary", lambda: readings.table(t))
        follow("glossary.board")


draw()
explain(t, "glossary", r"\mathrm{layer}(x) > \max_{y \,\in\, \mathrm{rests}(x)} \mathrm{layer}(y)", path, layers.layers)
