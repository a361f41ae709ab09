"""The yardstick's page: one live box in a fragment, and below it what was typed."""
import streamlit as st


@st.fragment
def echo() -> None:
    st.caption(f"«{st.text_input('Text', key='prompt', live='0ms')}»")


echo()
