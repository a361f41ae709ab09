"""Progress for whoever waits at a terminal: one plain line every few seconds, on stderr, so that stdout holds results."""
import sys
import time

EVERY = 5.0                         # seconds between two lines


class Lines:
    """Lines of one step, e.g. "base: 12 % · loss 3.21 · 9,100 tokens/s · 14 min left"."""

    def __init__(self, step: str):
        self.step = step
        self._last = -EVERY

    def say(self, *parts: str) -> None:
        """A line at once."""
        print(f"{self.step}: {' · '.join(parts)}", file=sys.stderr, flush=True)

    def maybe(self, done: float, *parts: str) -> None:
        """A line with the share done, if the last one is a while ago or nothing is left to do."""
        now = time.monotonic()
        if now - self._last >= EVERY or done >= 1:
            self._last = now
            self.say(f"{100 * done:.0f} %", *parts)


def left(seconds: float) -> str:
    """How long something still takes, as a person would say it."""
    if seconds < 90:
        return f"{seconds:.0f} s left"
    return f"{seconds / 60:.0f} min left" if seconds < 5400 else f"{seconds / 3600:.1f} h left"
