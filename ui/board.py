"""A screen's figures as one component: parts on a grid, sent in one message, drawn in one paint.

A part is a dict made by one of the functions in ui/parts.py; its `kind` names the module in ui/components that draws it.
"""
import hashlib
from functools import cache, partial
from pathlib import Path

import plotly
import streamlit as st

from ui import links
from ui.hiding import shown
from ui.i18n import Text
from ui.knobs import KNOBS
from ui.palette import SWAP

COMPONENTS = Path(__file__).parent / "components"

MOUNT = """
export default async function (component) {
  const code = globalThis.__board ??= {};
  const module = await (code[component.data.source] ??= import(new URL(component.data.source, location.origin).href));
  await module.draw(component);
}
"""
_board = st.components.v2.component("vitrina_board", html="<div></div>", js=MOUNT, isolate_styles=False)


def board(t: Text, parts: list[dict], stamp: str | None, key: str, status: str = "", tools: bool = True) -> dict:
    """Draw `parts` in place, and return what the reader did in them that is no setting (e.g. a screen to open).

    `stamp` is the text that they show, None where they show no text of the reader's; with `tools`, `status` and a button that copies the link stand on top.
    """
    link = {"label": t("live.copy"), "done": t("live.copied")} if tools else None
    _board(key=key, on_knobs_change=partial(take, key), on_more_change=_nothing, data={
        "version": version(), "source": f"/parts/{version()}/board.js", "language": t.language, "swap": SWAP,
        "heard": reported(key).get("sent", 0), "stamp": stamp, "status": status, "link": link, "address": links.address(key.partition(".")[0]), "keep": t("live.keep"), "parts": shown(key.partition(".")[0], parts)})
    return {name: value for name, value in reported(key).items() if name not in KNOBS}


def take(key: str) -> None:
    """Take what the reader has just set in the board `key`, before anything is drawn with it."""
    links.remember({name: value for name, value in reported(key).items() if name in KNOBS})
    links.publish()


def reported(key: str) -> dict:
    """What the browser last reported from the board `key`."""
    return (st.session_state.get(key) or {}).get("knobs") or {}


def pressed(key: str, wish: str) -> str | None:
    """What the button named `wish` of the board `key` asks for, once for each press: ask before drawing."""
    asked = reported(key).get(wish)
    if not asked or st.session_state.get(f"{key}.{wish}") == asked:
        return None
    st.session_state[f"{key}.{wish}"] = asked
    return asked.rpartition(":")[0]


@cache
def version() -> str:
    """Changes whenever a file that the browser caches changes."""
    files = sorted(COMPONENTS.iterdir())
    return hashlib.sha256(b"".join(f.read_bytes() for f in files) + plotly.__version__.encode()).hexdigest()[:12]


def _nothing() -> None:
    """That the browser asks for more is all there is to know: the run that it starts writes on."""
