"""Two models on the same text: which words both wrote, which tokens rose and fell, which heads now look elsewhere."""
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from torch import Tensor

PIECE = re.compile(r"\s*(?:\w+(?:['’-]\w+)*|[^\w\s]+)|\s+\Z")      # a word, or signs, with the blanks before; blanks at the end stand alone


def pieces(text: str) -> list[str]:
    """The words and signs of a text, each with the blanks before it; together they are the text."""
    return PIECE.findall(text)


def shared(one: Sequence[str], two: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """For each word of two texts whether it stands in the other too, in the same order; blanks do not count.

    The words marked in the one are the words marked in the other (Ratcliff & Obershelp 1988, as in difflib).
    """
    first, second = ([word.strip() for word in words] for words in (one, two))
    in_one, in_two = [False] * len(first), [False] * len(second)
    for a, b, size in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        in_one[a:a + size] = in_two[b:b + size] = [True] * size
    return in_one, in_two


def likeliest(one: Tensor, two: Tensor, count: int) -> tuple[list[int], list[int]]:
    """The `count` likeliest tokens of two distributions (V,), each in its own order."""
    return one.topk(count).indices.tolist(), two.topk(count).indices.tolist()


def looks_elsewhere(one: Tensor, two: Tensor) -> Tensor:
    """How much of its attention each head has turned to other tokens: (L, H), 0…1, of two patterns (L, H, T, T) of the same tokens.

    The total variation distance of the two rows of each reader, averaged; the first token, which can only read itself, is left out.
    """
    apart = (one - two).abs().sum(-1) / 2                               # (L, H, T)
    return apart[..., 1:].mean(-1) if apart.shape[-1] > 1 else apart[..., 0]
