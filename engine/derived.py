"""What is worked out once from a model's weights and lies beside them: tensors in a file that carries the hash of those weights."""
import functools
from collections.abc import Sequence
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from engine.checkpoint import WEIGHTS, fingerprint, replace_file


def save_beside(folder: Path, name: str, tensors: dict[str, Tensor]) -> Path:
    """Write `tensors` as the file `name` beside the weights in `folder`, whole or not at all. Raises ModelError where there are none."""
    metadata = {"weights_sha256": fingerprint(folder / WEIGHTS)}
    replace_file(folder / name, functools.partial(save_file, {key: tensor.contiguous() for key, tensor in tensors.items()}, metadata=metadata))
    return folder / name


def load_beside(folder: Path, name: str, keys: Sequence[str]) -> dict[str, Tensor] | None:
    """The tensors that `save_beside` wrote; None if the file is not there, damaged, or made from other weights."""
    try:
        with safe_open(folder / name, "pt") as file:
            if (file.metadata() or {}).get("weights_sha256") != fingerprint(folder / WEIGHTS):
                return None
            return {key: file.get_tensor(key) for key in keys}
    except (OSError, SafetensorError):
        return None
