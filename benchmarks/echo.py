"""The yardstick: the least that Streamlit can do at a key, served and configured as the app is."""
import contextlib
import gc
from pathlib import Path

import streamlit as st


@contextlib.asynccontextmanager
async def warm(app: st.App):
    """The same favour that the app gets."""
    gc.collect()
    gc.freeze()
    yield {}


app = st.App(Path(__file__).with_name("echo_page.py"), lifespan=warm)
