"""The short card at the top of a screen: what is seen, what to try, and what to predict before it is revealed."""
from collections.abc import Callable

from ui import session
from ui.board import board
from ui.i18n import Text
from ui.live import in_words
from ui.parts import part
from ui.tour import follow, steps


def guide(t: Text, screen: str, knobs: dict, answer: Callable[[], tuple[str, dict]]) -> None:
    """Draw the card of a screen from `<screen>.guide` in the catalogue.

    Its button sets the prompt that stands there, if one does, and `knobs`. `answer` computes which of the options is right, and the
    numbers of the sentence that says so; it asks the engine, for a text of its own, and is the same whatever the reader typed.
    It is asked of the model that the question was written for, whichever the reader looks at.
    """
    of_model = "" if session.current() == session.BASE else " " + t("live.of_model", model=session.BASE)
    with in_words(t):
        with session.meaning(session.BASE):
            right, values = answer()
        said = {name: t(f"{screen}.guide.{name}") for name in ("see", "try", "button", "question")}
        prompt = {name: entry for name, entry in t.group(f"{screen}.guide").items() if name == "prompt"}
        board(t, [part("guide", f"{screen}.guide", bare=True, words=t.group("live.guide"), **said, knobs=prompt | knobs,
                       options=t.group(f"{screen}.guide.option"), right=right, answer=t(f"{screen}.guide.answer", **values) + of_model, steps=steps(t, screen))],
              stamp=None, key=f"{screen}.guide", tools=False)
        follow(f"{screen}.guide")
