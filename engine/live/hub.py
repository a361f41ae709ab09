"""The job that fetches a model from the hub: nobody's page waits for it, and a reader who stops it or leaves ends it."""
from collections.abc import Iterator

from torch import Tensor

from engine import hub
from engine.live.pipe import Message


def run(order: dict, tensors: dict[str, Tensor]) -> Iterator[Message]:
    """Fetch `order["name"]`; reports `bytes` so far and `total`, and in the end the `folder`. Raises ModelError as `hub.fetch` does."""
    yield {"bytes": 0, "total": 0}, {}
    for at in hub.fetch(order["name"]):
        yield {"bytes": at.bytes, "total": at.total} | ({"folder": str(at.folder)} if at.folder else {}), {}
