"""The context window: what fits into it, and what falls out."""
from engine.errors import KnobError

SMALLEST = 2


def fit(ids: list[int], size: int, bos: int | None = None) -> tuple[list[int], list[int]]:
    """Cut `ids` to a window of `size` tokens; returns (dropped, kept), both in reading order.

    The window keeps the end of the text. A model that begins with a token of its own (`bos`) keeps that token at the
    front, whatever falls out behind it: a window of n is then `bos` and the last n − 1 tokens of the text.
    Raises KnobError for a window smaller than two tokens.
    """
    if size < SMALLEST:
        raise KnobError("window", f"The window must hold at least {SMALLEST} tokens, not {size}.", size=size, least=SMALLEST)
    head = [] if bos is None else [bos]
    room = size - len(head)
    cut = max(0, len(ids) - room)
    return ids[:cut], head + ids[cut:]
