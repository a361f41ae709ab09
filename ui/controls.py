"""What a reader can set on a board: each a plain dict, named by the knob that it sets or the wish that it reports."""
from ui import links
from ui.parts import part


def controls(*entries: dict, id: str = "controls") -> dict:
    """A row of controls, as a part of a board without a card around it."""
    return part("controls", id, bare=True, controls=list(entries))


def toggle(knob: str, label: str, help: str = "") -> dict:
    """A switch for a knob that is 0 or 1."""
    return {"type": "toggle", "name": knob, "label": label, "value": links.value(knob), "help": help}


def choice(knob: str, label: str, options: dict[str, str]) -> dict:
    """One of several options, by id, each with its name."""
    return {"type": "choice", "name": knob, "label": label, "options": options, "value": links.value(knob)}


def slider(knob: str, label: str, words: str, least: float, most: float, step: float) -> dict:
    """A number in a range; `words` reads it out, with {value} in it."""
    return {"type": "slider", "name": knob, "label": label, "words": words, "least": least, "most": most, "step": step,
            "value": links.value(knob)}


def button(wish: str, label: str, value: str = "1", disabled: bool = False, help: str = "") -> dict:
    """A button that reports `value` under the name `wish`; `ui.board.pressed` gives it out, once for each press."""
    return {"type": "button", "name": wish, "label": label, "value": value, "disabled": disabled, "help": help}
