"""What a lesson hides of a screen: figures, single controls, and what stands around them, by their names."""
import streamlit as st

AROUND = ("guide", "examples", "table", "how")          # that every screen has: its card, texts to click on, its table, its formula


def hide(names: frozenset[str]) -> None:
    """From now on in this run, these are not drawn: "screen.figure", "screen.knob", or one of AROUND."""
    st.session_state["lesson.hidden"] = names


def hidden(name: str) -> bool:
    """Whether the lesson hides what goes by this name."""
    return name in st.session_state.get("lesson.hidden", ())


def shown(screen: str, parts: list[dict]) -> list[dict]:
    """The parts of a board that are not hidden, without the controls that are; all are noted, so that a teacher can choose from them."""
    seen = st.session_state.setdefault("lesson.seen", {}).setdefault(screen, {})
    left = []
    for part in parts:
        if part["kind"] == "guide":
            if not hidden("guide"):
                left.append(part)
            continue
        if part["kind"] == "controls":
            seen |= {control["name"]: control["label"] for control in part["controls"]}
            controls = [control for control in part["controls"] if not hidden(control["name"])]
            if controls:
                left.append(part | {"controls": controls})
            continue
        name = f"{screen}.{part['id']}"
        seen[name] = part["title"] or part["id"]
        if not hidden(name):
            left.append(part)
    return left
