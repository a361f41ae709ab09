"""What a training reads at each of its steps, and how fast the weights move: spans, one after the other."""
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Span:
    """A part of a training: its windows and its rates."""
    length: float                   # beside the other spans, in any unit
    batch: int                      # windows a step
    rates: tuple[float, float] = (1.0, 1.0)     # what the learning rates are multiplied with where it begins, and where it ends
    window: int = 0                 # tokens of one; 0: as many as the decoder sees


def plateau(batch: int, decay: float) -> tuple[Span, ...]:
    """Full rates, and over the last part `decay` of the tokens a fall to nothing."""
    return Span(1 - decay, batch), Span(decay, batch, (1.0, 0.0))


@dataclass(frozen=True)
class Stretch:
    """What a span comes to for one decoder and one budget: whole steps, whole windows."""
    steps: int
    batch: int
    window: int
    rates: tuple[float, float]


class Schedule:
    """The spans of a training that reads `tokens` in all, for a decoder that sees `context` of them."""

    def __init__(self, spans: Sequence[Span], tokens: int, context: int):
        whole, read = sum(span.length for span in spans), 0
        self.stretches: list[Stretch] = []
        for span, end in zip(spans, accumulate(span.length for span in spans), strict=True):
            window = min(span.window or context, context)
            steps = (round(tokens * end / whole) - read) // (span.batch * window)
            read += steps * span.batch * window
            self.stretches.append(Stretch(steps, span.batch, window, span.rates))
        self.steps = sum(stretch.steps for stretch in self.stretches)

    def tokens(self, step: int) -> int:
        """How many tokens the steps before `step` read."""
        return sum(inside * stretch.batch * stretch.window for inside, stretch in self._reached(step))

    def after(self, tokens: int) -> int:
        """The first step before which at least so many tokens have been read; the end, where there is none."""
        step = 0
        for stretch in self.stretches:
            needed = -(-tokens // (stretch.batch * stretch.window))
            if needed <= stretch.steps:
                return step + needed
            step, tokens = step + stretch.steps, tokens - stretch.steps * stretch.batch * stretch.window
        return step

    def factor(self, step: int) -> float:
        """What the learning rates are multiplied with at `step`, along a straight line from end to end of its span."""
        for stretch in self.stretches:
            if step < stretch.steps:
                begin, end = stretch.rates
                return begin + (end - begin) * step / stretch.steps
            step -= stretch.steps
        raise AssertionError(f"step {step} behind the end")

    def _reached(self, step: int) -> list[tuple[int, Stretch]]:
        starts = accumulate((stretch.steps for stretch in self.stretches), initial=0)
        return [(max(0, min(stretch.steps, step - start)), stretch) for stretch, start in zip(self.stretches, starts, strict=False)]
