"""What the server does once, before the first reader comes."""
import pandas  # noqa: F401  imported here, so that the first reader does not wait for it
import plotly.io.json  # noqa: F401

from engine import ModelError
from ui import session


def warm_up() -> None:
    """Load the models and run each once. One that is missing or damaged is no reason not to serve: the page says so."""
    for name in (session.BASE, session.ASSISTANT):
        try:
            session.trace("", name)
        except ModelError as error:
            print(error)
