"""The context window: what fits into it, what always stays at its front, and what falls out."""
from collections.abc import Sequence

from engine.errors import KnobError

SMALLEST = 2


def fit(ids: list[int], size: int, bos: int | None = None, front: Sequence[int] = ()) -> tuple[list[int], list[int]]:
    """Cut `ids` to a window of `size` tokens; returns (dropped, kept), both in reading order.

    The window keeps the end of the text. A model that begins with a token of its own (`bos`) keeps that token at the
    front, whatever falls out behind it: a window of n is then `bos` and the last n − 1 tokens of the text. So does a
    `front` that is to stay, be it the text's own first tokens (Xiao et al. 2023) or a summary of what falls out.
    Raises KnobError for a window smaller than two tokens, or than its front and one token more.
    """
    head = ([] if bos is None else [bos]) + list(front)
    least = max(SMALLEST, len(head) + 1)
    if size < least:
        raise KnobError("window", f"The window must hold at least {least} tokens, not {size}.", size=size, least=least)
    room = size - len(head)
    cut = max(0, len(ids) - room)
    return ids[:cut], head + ids[cut:]
