"""A run whose job counts, for the tests of runs: `python -m tests.counting` obeys as `python -m engine.live` does."""
import time
from collections.abc import Iterator

import torch

from engine.errors import TextError
from engine.live import jobs
from engine.live.__main__ import leave
from engine.live.pipe import Message


def run(order: dict, tensors: dict[str, torch.Tensor]) -> Iterator[Message]:
    """Count to `to`, slowly; hand back the tensors that were given, with one added; fail where the order says so."""
    for n in range(1, order["to"] + 1):
        time.sleep(order.get("pause", 0.01))
        if n == order.get("fail"):
            raise TextError("text_short", "Too short.", file="x.txt", context=n)
        if n == order.get("die"):
            raise RuntimeError("a fault of ours")
        yield {"n": n}, {name: value + 1 for name, value in tensors.items()}


if __name__ == "__main__":
    jobs.JOBS["count"] = "tests.counting"
    leave()
