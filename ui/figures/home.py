"""The whole machine as one picture."""
from ui.i18n import Text
from ui.parts import packed, part


OPENED = ("tokens", "embeddings", "position", "attention", "block", "probabilities")        # from within the picture


def flow(t: Text, labels: list[str], first: int, streams, reads, lengths, nexts: list[list[dict]], heads: list[str], stages: list[dict], **card) -> dict:
    """Rows are tokens from position `first` on: their `streams` (L + 1, n, cells) in 0…1, whom they read (L, n, n), the `lengths`
    (n, 2 + 3 L) of what is added to them, the words they expect; the head that each layer opens with, and a title and screen for each stage."""
    return part("flow", labels=labels, first=first, streams=packed(streams), reads=packed(reads), lengths=packed(lengths), nexts=nexts, heads=heads,
                stages=stages, names={screen: t(f"{screen}.name") for screen in OPENED},
                words={**t.group("home.flow"), "rows": t.group("home.flow.row"), "doors": t.group("home.flow.door")}, **card)
