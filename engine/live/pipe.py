"""What goes through the pipe between a run and whoever watches it: messages of plain values and tensors, never a pickle."""
import json
import struct
from typing import BinaryIO

from safetensors.torch import load, save
from torch import Tensor

SIZES = struct.Struct(">QQ")        # bytes of the JSON, bytes of the safetensors behind it (0: there are none)

Message = tuple[dict, dict[str, Tensor]]


def write(stream: BinaryIO, said: dict, tensors: dict[str, Tensor] | None = None) -> None:
    """Send one message whole. Raises OSError if nobody is there to read it."""
    words = json.dumps(said).encode()
    weights = save({name: value.detach().contiguous() for name, value in tensors.items()}) if tensors else b""
    stream.write(SIZES.pack(len(words), len(weights)) + words + weights)
    stream.flush()


def read(stream: BinaryIO) -> Message | None:
    """Wait for the next message; None once the other side is gone, in the middle of one too."""
    head = stream.read(SIZES.size)
    if len(head) < SIZES.size:
        return None
    words, weights = (stream.read(size) for size in SIZES.unpack(head))
    if (len(words), len(weights)) != SIZES.unpack(head):
        return None
    return json.loads(words), load(weights) if weights else {}
