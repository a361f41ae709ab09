"""How a language offers what it can write: genres for the corpus, turns for the assistant."""
from collections.abc import Callable
from typing import NamedTuple

from engine.corpus.chance import Chance
from engine.corpus.document import Draft


class Genre(NamedTuple):
    """One kind of text: its share of the language's tokens (relative to the other shares) and who writes it."""
    share: float
    write: Callable[[Chance], Draft]


class Turn(NamedTuple):
    """One exchange for fine-tuning: what the user says, the one-sentence answer, the fact it rests on if any."""
    user: str
    assistant: str
    fact: str | None = None
