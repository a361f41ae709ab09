"""A talk and what is left of it, and shares by policy and turn."""
from collections.abc import Sequence

from ui.i18n import Text
from ui.parts import part


def talk(turns: list[dict], **card) -> dict:
    """Turns as their tokens: each who ("user", "assistant", "asked"), its name, and pieces of text with a state ("", "dropped", "front")."""
    return part("talk", turns=turns, **card)


def grid(t: Text, rows: dict[str, str], columns: Sequence[str], values: Sequence[Sequence[float]], chosen: tuple[str, int], knobs: tuple[str, str],
         corner: str, title: str, hover: str, **card) -> dict:
    """Shares 0…1, as whole percents, in rows (by id, each with its name) and columns; `chosen` (a row's id, a column's number) sets the two knobs."""
    entries = [{"id": id, "name": name, "cells": [{"value": value, "text": t.percent(value).rstrip("%\u202f"), "title": hover.format(row=name, column=column, value=t.percent(value, 1))}
                                                  for column, value in zip(columns, shares, strict=True)]}
               for (id, name), shares in zip(rows.items(), values, strict=True)]
    return part("grid", rows=entries, columns=list(columns), row=list(rows).index(chosen[0]), column=chosen[1], knobs=list(knobs), corner=corner,
                title=title, **card)
