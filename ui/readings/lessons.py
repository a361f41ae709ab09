"""A teacher's lesson while it is put together: its steps as plain dicts, each edited in place."""
from dataclasses import asdict
from urllib.parse import parse_qs, urlencode, urlparse

import streamlit as st

from engine import EngineError
from ui import lessons
from ui.i18n import Text
from ui.lessons import Lesson, Step


def prepare() -> None:
    """From now on every screen offers to add its view to the lesson."""
    st.session_state["lessons.preparing"] = True


def draft() -> list[dict]:
    """The steps so far; each has an id of its own, which its widgets keep while it moves."""
    return st.session_state.setdefault("lessons.draft", [])


def add(screen: str) -> None:
    """The screen as it is set now becomes the last step."""
    number = st.session_state["lessons.count"] = st.session_state.get("lessons.count", 0) + 1
    draft().append(asdict(Step(screen, lessons.view(screen))) | {"id": number})


def take(lesson: Lesson) -> None:
    """Go on from a lesson that there is."""
    clear()
    for step in lesson.steps:
        number = st.session_state["lessons.count"] = st.session_state.get("lessons.count", 0) + 1
        draft().append(asdict(step) | {"id": number})
    st.session_state["lessons.title"] = lesson.title


def bring(t: Text) -> None:
    """Go on from the lesson whose link was pasted; what is wrong with it is said on the page, and the link stays in its box."""
    try:
        take(lessons.find(named(st.session_state["lessons.pasted"]), t))
    except EngineError as error:
        st.session_state["lessons.wrong"] = error


def clear() -> None:
    """Begin anew."""
    st.session_state["lessons.draft"] = []
    st.session_state["lessons.title"] = ""


def lesson(t: Text, title: str) -> Lesson:
    """The draft as a lesson in the language of the page."""
    steps = tuple(Step(**{key: tuple(value) if isinstance(value, (list, tuple)) else value for key, value in step.items() if key != "id"}) for step in draft())
    return Lesson(title or t("lessons.own.untitled"), t.language, steps)


def link(name: str, language: str) -> str:
    """The address of a lesson on this server."""
    return f"{(st.context.url or '').partition('?')[0].rpartition('/')[0]}/?{urlencode({'lesson': name, 'lang': language})}"


def named(pasted: str) -> str:
    """The lesson that a pasted link carries; what is no link may be a lesson's name or content itself."""
    try:
        query = urlparse(pasted.strip()).query
    except ValueError:                              # a link whose address is none
        query = ""
    return parse_qs(query).get("lesson", [pasted.strip()])[0]


def edit(t: Text, number: int, step: dict, last: bool) -> None:
    """The fields of one step; what is typed stands in the draft at once."""
    id_ = step["id"]
    knobs = " · ".join(f"{key} = {value}" for key, value in step["knobs"].items()).replace("`", "'")
    st.markdown(t("lessons.own.view", knobs=f"`{knobs}`" if knobs else t("lessons.own.as_is")))
    step["text"] = st.text_area(t("lessons.own.text"), step["text"], key=f"lessons.text.{id_}", max_chars=1500, help=t("lessons.own.text_help"))
    choices = lessons.hideable(step["screen"], st.session_state.get("lesson.seen", {}).get(step["screen"], {}), t)
    choices |= {name: name for name in (*step["hide"], *step["cover"]) if name not in choices}
    left, right = st.columns(2)
    step["hide"] = left.multiselect(t("lessons.own.hide"), choices, step["hide"], format_func=choices.get, key=f"lessons.hide.{id_}")
    step["guess"] = right.toggle(t("lessons.own.guess"), step["guess"], key=f"lessons.guess.{id_}")
    if step["guess"]:
        step["cover"] = right.multiselect(t("lessons.own.cover"), choices, step["cover"], format_func=choices.get, key=f"lessons.cover.{id_}")
    step["question"] = left.text_input(t("lessons.own.question"), step["question"], key=f"lessons.question.{id_}", max_chars=300)
    if step["question"]:
        typed = left.text_area(t("lessons.own.options"), "\n".join(step["options"]), key=f"lessons.options.{id_}", max_chars=600)
        step["options"] = [line.strip() for line in typed.splitlines() if line.strip()][:lessons.MOST_OPTIONS]
        step["right"] = min(step["right"], max(0, len(step["options"]) - 1))
        if step["options"]:
            step["right"] = right.radio(t("lessons.own.right"), range(len(step["options"])), step["right"], format_func=lambda i: step["options"][i], key=f"lessons.right.{id_}")
        step["why"] = right.text_area(t("lessons.own.why"), step["why"], key=f"lessons.why.{id_}", max_chars=600)
    else:
        step["options"], step["right"], step["why"] = [], 0, ""
    with st.container(horizontal=True):
        for name, by, off in (("up", -1, number == 1), ("down", 1, last)):
            st.button(t(f"lessons.own.{name}"), key=f"lessons.{name}.{id_}", disabled=off, on_click=_move, args=(number - 1, by))
        st.button(t("lessons.own.remove"), key=f"lessons.remove.{id_}", on_click=draft().remove, args=(step,))


def _move(at: int, by: int) -> None:
    steps = draft()
    steps.insert(at + by, steps.pop(at))
