"""The server: warms the model up once, serves Plotly and the figures' code from here, and hands over to pages/frame.py."""
import contextlib
import gc
import logging
from pathlib import Path

import plotly
import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from ui.map_route import MAP, PLACES
from ui.serve import SecurityHeaders, Versioned

HERE = Path(__file__).parent


@contextlib.asynccontextmanager
async def warm(app: st.App):
    """Load what the first reader would wait for, then tell the garbage collector to leave it alone."""
    from ui.warm import warm_up
    warm_up()
    logging.getLogger("uvicorn.access").disabled = True     # addresses hold what readers type: they are nobody's to keep
    gc.collect()
    gc.freeze()
    yield {}


app = st.App(
    "pages/frame.py",
    lifespan=warm,
    routes=[
        Mount("/vendor/{version}", Versioned(directory=Path(plotly.__file__).parent / "package_data")),
        Mount("/parts/{version}", Versioned(directory=HERE / "ui" / "components")),
        MAP,
        PLACES,
        Route("/home", lambda request: RedirectResponse(request.url.replace(path="/"))),        # the first screen lives at the root
    ],
    middleware=[Middleware(SecurityHeaders)],
)
