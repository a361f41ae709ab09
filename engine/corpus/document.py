"""What a genre writes: a text that knows where its answers stand."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """A stretch of a document that only a reader of what stands before it can know: text[start:end]."""
    kind: str                       # what it asks for: friend, pet, colour, place, name, fact ...
    start: int
    end: int
    fact: str | None = None         # the fact's id, where the answer is world knowledge


@dataclass(frozen=True)
class Document:
    """One text of the corpus, the surprise of its choices in nats, and its gold answers."""
    text: str
    language: str
    genre: str
    nats: float
    answers: tuple[Answer, ...] = ()
    noisy: bool = False             # written as somebody in a hurry would


class Draft:
    """A document being written: `say` adds text, `answer` adds text and remembers that it is an answer."""

    def __init__(self):
        self._parts: list[str] = []
        self._length = 0
        self._answers: list[Answer] = []

    def say(self, text: str) -> "Draft":
        self._parts.append(text)
        self._length += len(text)
        return self

    def answer(self, kind: str, text: str, fact: str | None = None) -> "Draft":
        """`text` is the bare answer, without the space before it or the stop after it."""
        self._answers.append(Answer(kind, self._length, self._length + len(text), fact))
        return self.say(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(self._answers)
