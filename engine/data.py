"""Training windows cut from a memory map of documents: each begins where a document begins, as every prompt does."""
import collections
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.errors import TextError
from engine.schedule import Stretch


class Windows:
    """Windows of T + 1 token ids from a file of uint16 documents that each begin with `bos`.

    A document that the end of a window cuts off opens the next one, so that every document is read to its end
    (unless it is longer than a window by itself). Behind the last document comes the first again.
    """

    def __init__(self, path: Path, length: int, bos: int):
        if path.stat().st_size % 2:
            raise TextError("no_document", f"{path} is cut off: it does not hold whole token ids.", file=path.name)
        self._hold(np.memmap(path, dtype=np.uint16, mode="r") if path.stat().st_size else np.empty(0, np.uint16), length, bos)
        if not len(self.starts):
            raise TextError("no_document", f"{path} holds no document.", file=path.name)

    @classmethod
    def of(cls, ids: np.ndarray, length: int, bos: int) -> "Windows":
        """The same of documents in memory, one at least."""
        windows = object.__new__(cls)
        windows._hold(ids, length, bos)
        return windows

    def _hold(self, ids: np.ndarray, length: int, bos: int) -> None:
        self.ids, self.length, self.bos = ids, length, bos
        self.begins = np.flatnonzero(ids == bos)
        self.starts = self._cut(self.begins)

    def __len__(self) -> int:
        return len(self.starts)

    def _cut(self, begins: np.ndarray) -> np.ndarray:
        starts, at = [], 0
        while at < len(begins):
            starts.append(begins[at])
            cut = np.searchsorted(begins, begins[at] + self.length, side="right") - 1   # the document cut off
            at = max(cut, at + 1)
        return np.array(starts)

    def batch(self, numbers: np.ndarray) -> tuple[Tensor, Tensor]:
        """Inputs and targets (B, T) of the windows with these numbers."""
        places = self.starts[numbers][:, None] + np.arange(self.length + 1)
        rows = torch.from_numpy(self.ids.take(places, mode="wrap").astype(np.int64))
        return rows[:, :-1], rows[:, 1:]

    def cut(self, length: int) -> "Windows":
        """The same text in windows of `length`."""
        if length == self.length:
            return self
        return Windows.of(self.ids, length, self.bos)

    def order(self, seed: int, first: int = 0) -> Iterator[int]:
        """Window numbers without end: every window once, as the text was written, then all again and again, shuffled.

        A corpus is a stream that chance has mixed already; what stands early in it is meant to be read early. The first
        time, reading begins at window `first`.
        """
        yield from range(first, len(self))
        epoch = 1
        while True:
            yield from np.random.default_rng((seed, epoch)).permutation(len(self)).tolist()
            epoch += 1


def batches(windows: Windows, stretches: Sequence[Stretch], step: int, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """The batches (B, T) of a training from `step` on; each stretch goes on with the next window of its own behind the last one read.

    Short windows hold one text or two, and of a longer one the beginning: what belongs together stands close, and attention
    learns sooner to look it up (the time it takes grows with the square of the length: Musat 2025, arXiv 2511.01033).
    """
    length, numbers, read = 0, iter(()), 0
    for stretch in stretches:
        if stretch.window != length:
            length, cut = stretch.window, windows.cut(stretch.window)
            numbers = cut.order(seed, int(np.searchsorted(cut.starts, read)) % len(cut))
        done = min(step, stretch.steps)
        step -= done
        skipped = itertools.islice(numbers, done * stretch.batch)
        collections.deque(skipped, maxlen=0)
        for _ in range(done, stretch.steps):
            yield cut.batch(np.fromiter(itertools.islice(numbers, stretch.batch), dtype=np.int64))
        ahead = next(numbers)
        numbers, read = itertools.chain((ahead,), numbers), int(cut.starts[ahead])


def documents(text: Path, bos: int, most: int) -> list[list[int]]:
    """Up to `most` documents of a file of uint16 ids, each with the `bos` that it begins with, taken evenly from the whole.

    Raises TextError for a file without documents.
    """
    ids = np.fromfile(text, dtype=np.uint16).astype(np.int64)
    found = [part.tolist() for part in np.split(ids, np.flatnonzero(ids == bos))[1:] if len(part) > 1]
    if not found:
        raise TextError("no_document", f"{text} holds no document.", file=text.name)
    count = min(most, len(found))
    return [found[number * len(found) // count] for number in range(count)]
