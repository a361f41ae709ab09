"""Planes of points that can be moved and pointed at, boxes for words, and ranked rows."""
from collections.abc import Sequence

from ui.i18n import Text
from ui.parts import packed, part


def plane(t: Text, source: str, points: list[dict], names: Sequence[str], legend: dict[str, str], cloud=None, layer: int | None = None,
          edges: Sequence[tuple[int, int]] = (), path=None, chips: Sequence[dict] = (), missing: str = "", look: str = "", **card) -> dict:
    """Points on two named axes, over a cloud of others.

    A point has x, y, name, said (in words, when it is pointed at), role ("typed", "near", "chosen") and, if it can be chosen, the
    knobs that it sets. The cloud is `cloud` (n, 2), the tokens that start a word, or the held-out places of `layer` that the browser
    fetches from `source`. `edges` join points by their numbers, `path` (n, 2) is drawn with the numbers of its corners.
    `legend` says what each kind of mark is. `look` names what is kept of the zoom: as long as it stays, so does the view.
    """
    return part("plane", source=source, points=points, axes=list(names), legend=legend,
                cloud=None if cloud is None else packed(cloud), layer=layer, edges=list(edges), path=None if path is None else path.tolist(),
                chips=list(chips), missing=missing, look=look, words=t.group("embeddings.map"), **card)


def boxes(source: str, rows: list[dict], examples: list[dict], label: str) -> dict:
    """Boxes for words as a bare part: rows of label, fields and note; a field has knob, label, value, placeholder and the sign before it.

    `examples` have a name and the knobs that they set; tokens of the vocabulary are suggested from `source`.
    """
    return part("boxes", "boxes", bare=True, source=source, rows=rows, examples=examples, label=label)


def ranks(heads: Sequence[str], rows: list[dict], **card) -> dict:
    """Rows of lead (short cells), name, share (0…1, the length of its bar), text, and mark ("input", "expected", "on", "gap") with the knobs
    that choosing it sets; `heads` name the columns."""
    return part("ranks", heads=list(heads), rows=rows, **card)
