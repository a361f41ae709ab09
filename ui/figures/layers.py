"""A drawing of a graph without circles, in layers from what rests on nothing, at the top, down to what rests on most.

After Sugiyama, Tagawa and Toda 1981: layers of bounded width, places in each layer by the mean of the neighbours, then coordinates as near
to the neighbours as the order allows. Lines over several layers run through a bend in each, and all lines from one node share them.
"""
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STARTS, SWEEPS = 12, 10             # orders to begin with, one of them as given; how often each is gone over
SHIFTS = 40                         # how often coordinates move towards their neighbours
APART = {2: 8, 1: 6, 0: 4}          # pixels that stay free between two neighbours, by how many of them are boxes


@dataclass(frozen=True)
class Drawing:
    """Where everything is, in pixels from the top left; a node is named by its id, a bend by (id, layer) of the line's beginning."""
    width: float
    height: float
    nodes: Mapping[str, tuple[float, float]]            # the centre of each
    lines: Mapping[tuple[str, str], list[tuple[float, float]]]      # from, to: where it runs from one point to the next, both ends included
    rows: list[list] = field(default_factory=list)      # each layer's nodes and bends, left to right
    crossings: int = 0


def draw(rests: Mapping[str, Sequence[str]], width: float, node: tuple[float, float], row: float, most: int) -> Drawing:
    """Lay out `rests` (id → the ids that it rests on): boxes of size `node`, layers of at most `most` boxes, `row` apart."""
    level = layers(rests, most)
    joined = _joined(rests, level)
    rows = _ordered([[n for n in joined if _level(n, level) == i] for i in range(1 + max(level.values()))], joined)
    x = _across(rows, joined, width, node[0])
    y = {n: node[1] / 2 + 1 + row * _level(n, level) for n in joined}
    lines = {}
    for id, others in rests.items():
        for other in others:
            half = node[1] / 2                                      # a line goes straight past boxes, and bends only between layers
            past = [(x[bend], y[bend] + side) for bend in ((other, i) for i in range(level[other] + 1, level[id])) for side in (-half, half)]
            lines[other, id] = [(x[other], y[other] + half), *past, (x[id], y[id] - half)]
    return Drawing(width, node[1] + 2 + row * max(level.values()), {id: (x[id], y[id]) for id in rests}, lines, rows, _crossings(rows, joined))


def layers(rests: Mapping[str, Sequence[str]], most: int) -> dict[str, int]:
    """A layer for each node, below all that it rests on, at most `most` in one.

    Filled from the top, first with those from which the longest chains go on; then nodes move, alone or in exchange for another, as long as
    that makes the lines shorter.
    """
    leads = {id: [other for other in rests if id in rests[other]] for id in rests}
    chain: dict[str, int] = {}

    def ahead(id: str) -> int:
        if id not in chain:
            chain[id] = max((1 + ahead(other) for other in leads[id]), default=0)
        return chain[id]

    level: dict[str, int] = {}
    for i in range(len(rests)):
        free = [id for id in rests if id not in level and all(level.get(other, i) < i for other in rests[id])]
        level |= dict.fromkeys(sorted(free, key=lambda id: -ahead(id))[:most], i)
    while _settled(level, rests, leads, most):
        pass
    return level


def _settled(level: dict[str, int], rests: Mapping, leads: Mapping, most: int) -> bool:
    """One round over all nodes; whether any has moved."""
    last, moved = max(level.values()), False

    def fits(id: str) -> bool:
        return all(level[other] < level[id] for other in rests[id]) and all(level[other] > level[id] for other in leads[id])

    def bends(*ids: str) -> int:
        """Of the lines that these nodes have to do with, each node's own counted once."""
        return sum(max(level[other] for other in leads[id]) - level[id] for id in {*ids, *(o for id in ids for o in rests[id])} if leads[id])

    for id in rests:
        low = max((level[other] + 1 for other in rests[id]), default=0)
        high = min((level[other] - 1 for other in leads[id]), default=last)
        for i in range(low, high + 1):
            inside = [other for other in rests if level[other] == i and other != id]
            was = level[id]
            if i == was:
                continue
            for other in [None] if len(inside) < most else inside:
                pair = (id,) if other is None else (id, other)
                before = bends(*pair)
                level[id] = i
                if other is not None:
                    level[other] = was
                if all(map(fits, pair)) and bends(*pair) < before:
                    moved = True
                    break
                level[id] = was
                if other is not None:
                    level[other] = i
    return moved


def _level(n, level: Mapping[str, int]) -> int:
    return n[1] if isinstance(n, tuple) else level[n]


def _joined(rests: Mapping[str, Sequence[str]], level: Mapping[str, int]) -> dict:
    """For every node and bend, what it is joined to in the layer above."""
    joined: dict = {id: [] for id in rests}
    for id, others in rests.items():
        for other in others:
            last = other
            for i in range(level[other] + 1, level[id]):
                joined.setdefault((other, i), [last])
                last = (other, i)
            joined[id].append(last)
    return joined


def _ordered(rows: list[list], joined: Mapping) -> list[list]:
    """The best order found in each layer: sweeps down and up by the mean of the neighbours, then swaps of two that stand side by side."""
    below = _below(joined)
    best, least = rows, _crossings(rows, joined)
    for start in range(STARTS):
        tried, chance = [list(row) for row in rows], random.Random(start)
        if start:
            for row in tried:
                chance.shuffle(row)
        for sweep in range(SWEEPS):
            down = sweep % 2 == 0
            for i in (range(1, len(tried)) if down else range(len(tried) - 2, -1, -1)):
                place = {n: at for at, n in enumerate(tried[i - 1 if down else i + 1])}
                near = {n: [place[m] for m in (joined[n] if down else below[n])] for n in tried[i]}
                mean = {n: sum(near[n]) / len(near[n]) if near[n] else at for at, n in enumerate(tried[i])}
                tried[i].sort(key=mean.__getitem__)
            _swapped(tried, joined, below)
            if (found := _crossings(tried, joined)) < least:
                best, least = [list(row) for row in tried], found
    return best


def _swapped(rows: list[list], joined: Mapping, below: Mapping) -> None:
    """Swap neighbours wherever their own lines then cross less."""
    for i, row in enumerate(rows):
        above = {n: at for at, n in enumerate(rows[i - 1])} if i else {}
        under = {n: at for at, n in enumerate(rows[i + 1])} if i + 1 < len(rows) else {}
        for at in range(len(row) - 1):
            a, b = row[at], row[at + 1]
            now = _pairs([above[m] for m in joined[a]], [above[m] for m in joined[b]]) + _pairs([under[m] for m in below[a]], [under[m] for m in below[b]])
            then = _pairs([above[m] for m in joined[b]], [above[m] for m in joined[a]]) + _pairs([under[m] for m in below[b]], [under[m] for m in below[a]])
            if then < now:
                row[at], row[at + 1] = b, a


def _pairs(left: list[int], right: list[int]) -> int:
    """How many lines of a node cross those of one to its right."""
    return sum(a > b for a in left for b in right)


def _below(joined: Mapping) -> dict:
    below: dict = {n: [] for n in joined}
    for n, others in joined.items():
        for other in others:
            below[other].append(n)
    return below


def _crossings(rows: list[list], joined: Mapping) -> int:
    """How many pairs of lines between two layers cross."""
    count = 0
    for above, row in zip(rows, rows[1:], strict=False):
        place = {n: at for at, n in enumerate(above)}
        ends = [(place[m], at) for at, n in enumerate(row) for m in joined[n]]
        count += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(ends) for b in ends[:i])
    return count


def _across(rows: list[list], joined: Mapping, width: float, wide: float) -> dict:
    """Horizontal places: each layer as near to the means of its neighbours as its order and the room between its nodes allow."""
    below, x = _below(joined), {}
    for row in rows:
        sizes = [0 if isinstance(n, tuple) else wide for n in row]
        x |= dict(zip(row, spread([width * (i + 0.5) / len(row) for i in range(len(row))], sizes, [1.0] * len(row), width), strict=True))
    for turn in range(SHIFTS):
        for row in (rows if turn % 2 == 0 else rows[::-1]):
            wanted = [sum(x[m] for m in near) / len(near) if (near := [*joined[n], *below[n]]) else x[n] for n in row]
            sizes = [0 if isinstance(n, tuple) else wide for n in row]
            weights = [4.0 if isinstance(n, tuple) else 1.0 for n in row]         # a straight bend before a centred box
            x |= dict(zip(row, spread(wanted, sizes, weights, width), strict=True))
    return x


def spread(wanted: Sequence[float], sizes: Sequence[float], weights: Sequence[float], width: float) -> list[float]:
    """Centres as near to those `wanted` as an order without overlaps within 0…width allows: least squares, by pooling neighbours that conflict."""
    room = [(a + b) / 2 + APART[(a > 0) + (b > 0)] for a, b in zip(sizes, sizes[1:], strict=False)]
    offset = [sum(room[:i]) for i in range(len(sizes))]
    low, high = sizes[0] / 2 + 1, width - sizes[-1] / 2 - 1 - offset[-1]
    assert low <= high, f"{len(sizes)} in a layer are too many for {width}"
    pools: list[list[float]] = []                                   # mean, weight, how many: means rise from left to right
    for want, shift, weight in zip(wanted, offset, weights, strict=True):
        pools.append([want - shift, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, w, n = pools.pop()
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * w) / (pools[-1][1] + w), pools[-1][1] + w, pools[-1][2] + n]
    flat = [min(max(mean, low), high) for mean, _, n in pools for _ in range(int(n))]
    return [at + shift for at, shift in zip(flat, offset, strict=True)]
