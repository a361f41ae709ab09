"""The concept map: its ideas laid out in layers, one idea's card with a small picture, the way to it, the list of all."""
from collections.abc import Sequence
from functools import cache

from ui.concepts import concepts
from ui.figures import layers
from ui.i18n import Text
from ui.parts import packed, part

WIDTH, BOX, ROW, MOST = 580, (98, 42), 64, 5        # pixels of the map, of an idea's box, from layer to layer; boxes in a layer


@cache
def drawing() -> layers.Drawing:
    """Where each idea stands on the map, the same in every language."""
    return layers.draw({id: concept.rests for id, concept in concepts().items()}, WIDTH, BOX, ROW, MOST)


def search(t: Text, entries: list[dict], **card) -> dict:
    """The box that the list and the map follow; it looks through the `entries` in the browser."""
    return part("find", bare=True, entries=entries, words=t.group("glossary.find"), **card)


def graph(t: Text, chosen: str, steps: Sequence[str], **card) -> dict:
    """The map, with `chosen` marked and the ideas of a path numbered in the order of its `steps`."""
    found = drawing()
    nodes = [{"id": id, "name": t(f"ideas.{id}.name"), "at": [round(x, 1), round(y, 1)]} for id, (x, y) in found.nodes.items()]
    lines = [{"from": start, "to": end, "points": [[round(x, 1), round(y, 1)] for x, y in points]} for (start, end), points in found.lines.items()]
    return part("conceptmap", size=[found.width, found.height], box=list(BOX), nodes=nodes, lines=lines, chosen=chosen, steps=list(steps),
                words=t.group("glossary.graph"), **card)


def idea(t: Text, text: str, said: str, picture: dict | None, links: dict[str, list[dict]], screen: dict, walk: dict, chosen: str, **card) -> dict:
    """One idea: its sentences, what the model's numbers say, a small picture, the `links` to other ideas, the screen that shows it.

    `walk` is the way that the reader is on, or could set out on: its goal, its steps by id, and where on it this idea is, in words.
    """
    return part("idea", text=text, said=said, picture=picture, links=links, screen=screen, walk=walk, chosen=chosen,
                words=t.group("glossary.card") | t.group("glossary.walk"), **card)


def way(t: Text, chosen: str, steps: list[dict], **card) -> dict:
    """What to read before an idea, in order, and the idea itself; `chosen` is the step that is looked at."""
    return part("way", chosen=chosen, steps=steps, words=t.group("glossary.walk"), **card)


def index(t: Text, sections: list[dict], chosen: str, **card) -> dict:
    """Every idea by section: its name and its sentences."""
    return part("ideas", sections=sections, chosen=chosen, words=t.group("glossary.find"), **card)


def chips(texts: Sequence[str]) -> dict:
    """A small picture: pieces of text in a row."""
    return {"kind": "chips", "texts": list(texts)}


def bars(rows: Sequence[tuple[str, float, str]], most: float) -> dict:
    """A small picture: rows of name, value and what to write beside it, on a scale from 0 to `most`; what is below 0 has no bar."""
    return {"kind": "bars", "rows": [{"name": name, "value": float(value), "share": max(0.0, float(value)) / most if most > 0 else 0.0, "text": text}
                                     for name, value, text in rows]}


def strip(values) -> dict:
    """A small picture: the numbers of one vector as bars, up and down from 0."""
    return {"kind": "strip", "values": packed(values)}


def grid(values, names: Sequence[str] = (), masked: bool = False) -> dict:
    """A small picture: a matrix as shades, from 0 to 1, or on both sides of 0 where it has negative numbers; above the diagonal hatched if `masked`."""
    return {"kind": "grid", "values": packed(values), "names": list(names), "masked": masked}


def curve(x, y) -> dict:
    """A small picture: one line through points, with both axes through 0."""
    return {"kind": "curve", "x": packed(x), "y": packed(y)}
