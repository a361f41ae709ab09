"""The screens in the order of the tour: the navigation at the side, and the way from each to the next."""
import streamlit as st

from ui.board import pressed
from ui.i18n import Text

SECTIONS = {                        # of the navigation: each screen with its icon
    "whole": {"home": "view_quilt"},
    "inside": {"tokens": "content_cut", "embeddings": "scatter_plot", "position": "format_list_numbered", "attention": "grid_on", "block": "layers", "probabilities": "equalizer", "generation": "keyboard_double_arrow_right", "context": "crop_free"},
    "learning": {"network": "hub", "training": "trending_down", "finetuning": "compare", "fewshot": "playlist_add_check", "scale": "stacked_line_chart"},
    "more": {"glossary": "account_tree", "models": "inventory_2"},
}
TEACHING = {"teaching": {"lessons": "school"}}          # beside the tour
ORDER = tuple(screen for screens in SECTIONS.values() for screen in screens)


def steps(t: Text, screen: str) -> dict:
    """Where a screen stands in the tour, and what comes before and after it."""
    at = ORDER.index(screen)
    beside = {"back": ORDER[at - 1] if at else None, "on": ORDER[at + 1] if at + 1 < len(ORDER) else None}
    return {"said": t("live.tour.step", at=at + 1, all=len(ORDER)), "name": t("live.tour.name"),
            **{way: {"screen": there, "label": t(f"live.tour.{way}", name=t(f"{there}.name"))} for way, there in beside.items() if there}}


def follow(board: str) -> None:
    """Go to the screen that was chosen in `board`, with the text as it is: ask after drawing."""
    if screen := pressed(board, "go"):
        st.switch_page(f"{screen}.py", query_params={})
