"""The words of a text, and the same words in another order."""
import random
import re
from collections.abc import Sequence


def words(text: str) -> list[str]:
    """What stands between the blanks of a text."""
    return text.split()


def reordered(text: str, order: Sequence[int]) -> str:
    """`text` with its words in another order, every blank where it was: word number order[i] comes at place i."""
    pieces = re.split(r"(\s+)", text)
    places = [i for i, piece in enumerate(pieces) if piece and not piece.isspace()]
    found = [pieces[i] for i in places]
    assert sorted(order) == list(range(len(found))), f"{order} does not order {len(found)} words"
    for place, word in zip(places, order, strict=True):
        pieces[place] = found[word]
    return "".join(pieces)


def shuffled(count: int, seed: int, ends: bool = True) -> list[int]:
    """An order of `count` words drawn with `seed`, never the one they have where there is another; with `ends`, the first and the last stay."""
    held = int(ends)
    order = list(range(count))
    inner = order[held:count - held]
    mixed, chance = list(inner), random.Random(seed)
    while mixed == inner and len(inner) > 1:
        chance.shuffle(mixed)
    order[held:count - held] = mixed
    return order
