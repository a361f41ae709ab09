"""The navigation at the side, as one component: Streamlit's own links would all be rendered again at every key."""
import streamlit as st

from ui.board import MOUNT, version
from ui.i18n import Text
from ui.tour import SECTIONS, TEACHING

_side = st.components.v2.component("vitrina_side", html="<div></div>", js=MOUNT, isolate_styles=False)


def pages(t: Text) -> list:
    """Every screen, for Streamlit to know its address and title."""
    return [st.Page(f"{name}.py", title=t(f"{name}.name"), url_path=name, default=name == "home") for screens in (SECTIONS | TEACHING).values() for name in screens]


def side(t: Text, here: str) -> None:
    """Draw the way to every screen, and go where the reader goes."""
    found = _side(key="side", on_go_change=_nothing, data={
        "source": f"/parts/{version()}/side.js", "label": t("frame.navigation"), "language": t.language, "here": here,
        "sections": [{"name": t(f"frame.section.{section}"), "screens": [{"id": name, "name": t(f"{name}.name"), "icon": icon} for name, icon in screens.items()]}
                     for section, screens in (SECTIONS | TEACHING).items()]})
    if found.go and found.go != here:
        st.switch_page(f"{found.go}.py", query_params={})


def _nothing() -> None:
    """Where to go is all there is to know."""
