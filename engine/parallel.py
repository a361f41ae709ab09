"""Training by several processes that `torchrun` has started: each reads its share of every batch, and all take the same step."""
import os
from collections.abc import Iterable

import torch
import torch.distributed as dist
from torch import Tensor

from engine.errors import KnobError


def join() -> None:
    """Join the other processes, if there are any: by nccl where there are GPUs, else by gloo."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not dist.is_initialized():
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")


def leave() -> None:
    """Take leave of the others, so that none waits for this one."""
    if dist.is_initialized():
        dist.destroy_process_group()


def size() -> int:
    """How many processes train together; 1 without `torchrun`."""
    return dist.get_world_size() if dist.is_initialized() else 1


def first() -> bool:
    """Whether this process is the one that saves and speaks for all."""
    return not dist.is_initialized() or dist.get_rank() == 0


def wait() -> None:
    """Wait until every process has come this far."""
    if dist.is_initialized():
        dist.barrier()


def device() -> torch.device:
    """Where this process computes: on a GPU of its own where there is one for it, else on the processor."""
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if torch.cuda.is_available() else torch.device("cpu")


def shares(rows: int) -> int:
    """How many of so many rows each process reads. Raises KnobError where they cannot be shared out evenly."""
    if rows % size():
        raise KnobError("processes", f"{rows} windows a step cannot be shared by {size()} processes: their number must divide it.",
                        rows=rows, processes=size())
    return rows // size()


def share(rows: Tensor) -> Tensor:
    """This process's rows of a batch (B, T). Raises KnobError where they cannot be shared out evenly."""
    shares(len(rows))
    return rows[dist.get_rank()::size()] if dist.is_initialized() else rows


@torch.no_grad()
def average(tensors: Iterable[Tensor]) -> None:
    """Replace each tensor by its mean over all processes, in one exchange."""
    if not dist.is_initialized():
        return
    tensors = list(tensors)
    flat = torch.cat([tensor.flatten() for tensor in tensors])
    dist.all_reduce(flat)
    for tensor, mean in zip(tensors, flat.div_(size()).split([tensor.numel() for tensor in tensors]), strict=True):
        tensor.copy_(mean.view_as(tensor))
