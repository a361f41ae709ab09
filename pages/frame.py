"""The frame around every screen: page config, language, navigation."""
import streamlit as st

from ui import classroom, kept, links, session
from ui.i18n import LANGUAGES, Text
from ui.lessons import travels
from ui.live import in_words
from ui.readings import lessons
from ui.side import pages, side
from ui.tour import ORDER

bad = links.restore()
wrong = classroom.arrive()
links.hold("lang", "es" if (st.context.locale or "").lower().startswith("es") else "en")
links.hold("model", session.BASE)
t = Text(st.session_state["lang"])
st.set_page_config(page_title=f"Vitrina · {t('frame.tagline')}", page_icon="assets/icon.svg", layout="wide")


def change_language() -> None:
    """A prompt that nobody touched changes language with the page; a typed one stays as it is."""
    for other in LANGUAGES:
        if st.session_state["prompt"] == Text(other)("live.default"):
            st.session_state["prompt"] = Text(st.session_state["lang"])("live.default")
            return


def models() -> dict[str, str]:
    """The models to choose from, by name, with what each is called; the chosen one among them even where it is missing."""
    sized = {name: t("frame.sized", name=name, millions=t.number(count / 1e6)) if count else name for name, count in session.shipped().items()}
    return {session.current(): session.current()} | sized | kept.mine()


if "prompt" not in st.session_state and "prompt" not in st.query_params:
    st.session_state["prompt"] = t("live.default")
st.logo("assets/logo.svg", size="large", icon_image="assets/icon.svg")
links.publish(anew=True)
page = st.navigation(pages(t), position="hidden")
here = page.url_path or "home"
with st.sidebar:
    side(t, here)
    st.radio(t("frame.language"), LANGUAGES, key="lang", horizontal=True,
             format_func=lambda language: Text(language)("frame.name"), on_change=change_language)
    st.selectbox(t("frame.model"), choices := models(), key="model", format_func=choices.get)
if st.session_state.get("lessons.preparing") and here in ORDER:
    with st.sidebar:
        if st.button(t("lessons.own.add"), icon=":material/add_to_photos:", key="lessons.add"):
            lessons.add(here)
            st.toast(t("lessons.own.added" if travels() else "lessons.own.added_base", step=len(lessons.draft())))
if bad:
    st.warning(t("frame.bad_link", names=", ".join(bad)), icon=":material/link_off:")
if wrong:
    st.warning(t.error(wrong), icon=":material/link_off:")
with in_words(t):
    if lesson := classroom.under_way(t):
        classroom.conduct(t, lesson, here)
    page.run()
