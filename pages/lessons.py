"""Lessons: the ones that ship, and a teacher's own, put together from views of the screens and sent as a link."""
import streamlit as st

from ui import classroom, lessons
from ui.kit import words
from ui.knobs import MAX_LESSON
from ui.live import in_words
from ui.readings import lessons as readings

t = words()
st.title(t("lessons.title"), anchor=False)
st.markdown(t("lessons.lead"))
for column, name in zip(st.columns(len(lessons.structure())), lessons.structure(), strict=True):
    lesson = lessons.shipped(name, t)
    with column.container(border=True, key=f"lesson.{name}"):
        st.subheader(lesson.title, anchor=False)
        st.markdown(t("lessons.minutes", minutes=lesson.minutes, steps=len(lesson.steps)))
        st.markdown(t(f"lessons.{name}.about"))
        st.button(t("lessons.start"), key=f"lessons.start.{name}", icon=":material/play_arrow:", on_click=classroom.begin, args=(name,))
        with st.expander(t("lessons.link"), icon=":material/link:"):
            st.code(readings.link(name, t.language), language=None, wrap_lines=True)
            st.button(t("lessons.copy_to_edit"), key=f"lessons.copy.{name}", type="tertiary", on_click=readings.take, args=(lesson,))

st.subheader(t("lessons.own.title"), anchor=False)
st.markdown(t("lessons.own.lead"))
readings.prepare()
title = st.text_input(t("lessons.own.name"), key="lessons.title", max_chars=80, placeholder=t("lessons.own.untitled"), persist_state="session")
steps = readings.draft()
for number, step in enumerate(steps, 1):
    with st.expander(t("lessons.own.step", at=number, screen=t(f"{step['screen']}.name")), expanded=number == len(steps)):
        readings.edit(t, number, step, last=number == len(steps))
if not steps:
    st.info(t("lessons.own.none"), icon=":material/add_to_photos:")
else:
    with in_words(t):
        packed = lessons.pack(readings.lesson(t, title))
        st.markdown(t("lessons.own.ready", steps=len(steps), size=t.number(len(packed), 0), most=t.number(MAX_LESSON, 0)))
        st.code(readings.link(packed, t.language), language=None, wrap_lines=True)
        left, right, _ = st.columns((1, 1, 4))
        if left.button(t("lessons.own.open"), key="lessons.open", icon=":material/play_arrow:"):       # not on_click: that would begin it as it was last drawn
            classroom.begin(packed)
            st.rerun()
        right.button(t("lessons.own.clear"), key="lessons.clear", on_click=readings.clear)
if wrong := st.session_state.pop("lessons.wrong", None):
    st.error(t.error(wrong), icon=":material/link_off:")
with st.form("lessons.import", border=False):
    st.text_input(t("lessons.own.import"), key="lessons.pasted", max_chars=2 * MAX_LESSON)
    st.form_submit_button(t("lessons.copy_to_edit"), on_click=readings.bring, args=(t,))
