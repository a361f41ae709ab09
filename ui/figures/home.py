"""The whole machine as one picture."""
from ui.i18n import Text
from ui.parts import packed, part


def flow(t: Text, labels: list[str], streams, reads, lengths, nexts: list[list[dict]], stages: list[dict], **card) -> dict:
    """Rows are tokens: their `streams` (L + 1, n, cells) in 0…1, whom they read (L, n, n), the `lengths` (n, 2 + 3 L) of what is added
    to them, the words they expect; and a title and screen for each stage."""
    return part("flow", labels=labels, streams=packed(streams), reads=packed(reads), lengths=packed(lengths), nexts=nexts, stages=stages,
                words=t.group("home.flow"), **card)
