"""Text that goes round in circles: the same tokens again and again."""
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 6                           # tokens that a loop covers, or it is chance


@dataclass(frozen=True)
class Loop:
    """`times` rounds of the same `length` tokens, one straight after the other, from place `start` on."""
    start: int
    length: int
    times: int

    @property
    def end(self) -> int:
        """The place after its last whole round."""
        return self.start + self.length * self.times


def loop(ids: Sequence[int], least: int = LEAST) -> Loop | None:
    """The loop that covers most of `ids`, or None where none of two rounds or more covers `least` tokens.

    Tokens repeat with period p where each equals the one p places on; a run of r such tokens is (r + p) // p whole rounds.
    Of loops that cover as much, it is the one with the shortest round, and of these the first.
    """
    best = None
    for length in range(1, len(ids) // 2 + 1):
        run = 0
        for i in range(len(ids) - length + 1):
            if i + length < len(ids) and ids[i] == ids[i + length]:
                run += 1
                continue
            found = Loop(i - run, length, (run + length) // length)
            run = 0
            if found.times > 1 and found.length * found.times >= max(least, best.length * best.times + 1 if best else 0):
                best = found
    return best
