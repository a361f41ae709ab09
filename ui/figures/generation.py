"""A text written token by token: the text, the draw of one token, the branches, and what the cache spares."""
from collections.abc import Sequence

from ui.i18n import Text
from ui.parts import part

PAUSES = {"slow": 1000, "steady": 250, "fast": 0}       # milliseconds between two tokens


def writer(t: Text, prompt: str, tokens: list[dict], wanted: int, at: int, most: int, playing: bool, ended: bool, more: bool, pause: int, progress: int,
           note: str, **card) -> dict:
    """The text as it is written: `tokens` of text, title and mark, so many of them `wanted`, `at` the one looked at; `more` makes the browser ask for the next.

    `progress` differs from one piece to the next where nothing else does, or the browser would not see that it may ask again.
    """
    return part("writer", prompt=prompt, tokens=tokens, wanted=wanted, at=at, most=most, playing=playing, ended=ended, more=more, pause=pause, progress=progress,
                note=note,
                words=t.group("generation.writer"), **card)


def draw(t: Text, likeliest: list[dict], stretches: list[dict], dart: dict | None, **card) -> dict:
    """One draw: the `likeliest` tokens as rows that can be taken, and their `stretches` of the bar, with the `dart` at its u."""
    return part("choices", likeliest=likeliest, stretches=stretches, dart=dart, words=t.group("generation.draw"), **card)


def branches(t: Text, lines: list[dict], longest: int, **card) -> dict:
    """The branches as a tree of `lines` over the number of tokens: each with its parent's line, where it left it, and how long it is."""
    return part("branches", lines=lines, longest=longest, words=t.group("generation.tree"), **card)


def cache(t: Text, strips: list[dict], times: list[dict], button: dict | None, **card) -> dict:
    """What is computed at the next step with the cache and without: `strips` of positions, measured `times`, and the button that measures."""
    return part("kvcache", strips=strips, times=times, button=button, **card)


def stretches(probs: Sequence[float], names: Sequence[str], titles: Sequence[str], hit: dict | None) -> list[dict]:
    """The bar from 0 to 1: the likeliest tokens end to end, then all others, the one hit among them."""
    bar, start = [], 0.0
    for prob, name, title in zip(probs, names, titles, strict=True):
        bar.append({"name": name, "from": start, "to": start + prob, "title": title, "kind": "shade"})
        start += prob
    bar.append({"name": "", "from": min(start, 1.0), "to": 1.0, "title": "", "kind": "rest"})
    return [*bar, {**hit, "kind": "hit"}] if hit else bar
