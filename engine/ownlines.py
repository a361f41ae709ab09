"""A reader's own lines to tune a model on: talks, "question => answer", and plain text that is to be continued."""
from collections.abc import Sequence
from typing import NamedTuple

from engine.errors import TextError
from engine.owntext import clean

LEAST, MOST = 5, 400                # lines that are not blank
LARGEST = 60_000                    # bytes of a file
ARROWS = ("\t", "=>", "→")
EVERY, FROM = 5, 10                 # every fifth line is kept out of the examples, where there are ten or more


class Line(NamedTuple):
    """What is said and what is answered; where nobody asks, the text alone."""
    question: str | None
    text: str


def read(data: bytes, name: str) -> str:
    """The text of an uploaded file. Raises TextError for one that is too large, empty, or no text in UTF-8."""
    if len(data) > LARGEST:
        raise TextError("text_large", f"{name} holds {len(data)} bytes; at most {LARGEST} can be read.", file=name, most=LARGEST // 1000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError("text_foreign", f"{name} is not text in UTF-8.", file=name) from error
    return clean(text, name)


def parse(text: str) -> list[Line]:
    """The lines of a text, blank ones left out; the first arrow or tab of a line parts a question from its answer.

    Raises TextError for fewer lines than LEAST or more than MOST.
    """
    lines = [_line(line.strip()) for line in text.splitlines() if line.strip()]
    if not LEAST <= len(lines) <= MOST:
        few = len(lines) < LEAST
        raise TextError("lines_few" if few else "lines_many", f"There must be {LEAST} to {MOST} lines, not {len(lines)}.",
                        count=len(lines), least=LEAST, most=MOST)
    return lines


def part(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines to learn from and those kept out, to be asked before and after."""
    if len(lines) < FROM:
        return list(lines), []
    return [line for i, line in enumerate(lines, 1) if i % EVERY], list(lines[EVERY - 1::EVERY])


def _line(text: str) -> Line:
    at, arrow = min(((text.find(arrow), arrow) for arrow in ARROWS if arrow in text), default=(-1, ""))
    question, answer = text[:at].strip(), text[at + len(arrow):].strip()
    return Line(question, answer) if at >= 0 and question and answer else Line(None, text)
