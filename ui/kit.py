"""What every screen opens and closes with: its title and lead, its formula with the code that ran, its table."""
import inspect
from collections.abc import Callable

import pandas as pd
import streamlit as st

from ui.hiding import hidden
from ui.i18n import Text


def words() -> Text:
    """The catalogue in the reader's language."""
    return Text(st.session_state["lang"])


def begin(t: Text, screen: str, **values: object) -> None:
    """Title and lead of a screen; `values` fill the lead."""
    st.title(t(f"{screen}.title"), anchor=False)
    st.markdown(t(f"{screen}.lead", **values))


def explain(t: Text, screen: str, formula: str, *functions: Callable) -> None:
    """How it works in words, as a formula, and as the source of the functions that just ran."""
    if hidden("how"):
        return
    with st.expander(t("live.code"), icon=":material/function:"):
        st.markdown(t(f"{screen}.how.text"))
        st.latex(formula)
        for function in functions:
            st.code(inspect.getsource(function), language="python")


def table(t: Text, screen: str, frame: Callable[[], pd.DataFrame]) -> None:
    """What is drawn as a table with a download, made only when asked for."""
    if hidden("table") or not st.toggle(t("live.table"), key=f"{screen}.table"):
        return
    data = frame()
    st.dataframe(data, hide_index=True, height=min(420, 38 + 35 * len(data)))
    st.download_button(t("live.csv"), data.to_csv(index=False), file_name=f"vitrina-{screen}.csv", mime="text/csv",
                       on_click="ignore", icon=":material/download:", key=f"{screen}.csv")
