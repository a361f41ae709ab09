"""The jobs that a run can do, by name: a generator of what to report, step by step, which knows nothing of pausing or stopping."""
from collections.abc import Iterator
from importlib import import_module

from torch import Tensor

from engine.live.pipe import Message

JOBS = {name: f"engine.live.{name}" for name in ("tuning", "training", "hub")}      # name: module, whose `run` is the job


def run(name: str, order: dict, tensors: dict[str, Tensor]) -> Iterator[Message]:
    """The job of that name, not begun yet."""
    return import_module(JOBS[name]).run(order, tensors)
