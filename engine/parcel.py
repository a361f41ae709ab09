"""What a reader's fine-tuning made, as one safetensors file to keep: the change, and whose weights it belongs to."""
import json
import math

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from engine.checkpoint import adapter, matching
from engine.errors import ModelError
from engine.lm import LanguageModel
from engine.lora import Adapter, Change, Whole

LARGEST = 16_000_000                # bytes of a file: whole weights of `base` in float16 fill 11.7 million
KINDS = ("adapter", "whole")


def tensors(change: Change) -> dict[str, Tensor]:
    """The change as named tensors in float16, as they are kept."""
    if isinstance(change, Whole):
        return {name: value.detach().half() for name, value in change.weights.items()}
    named = {f"{name}.{side}": value.detach().half() for side in ("a", "b") for name, value in getattr(change, side).items()}
    return named | ({"rows": torch.tensor(change.rows), "row_change": change.row_change.detach().half()} if change.rows else {})


def change(found: dict[str, Tensor], scale: float | None, base: LanguageModel, file: str = "") -> Change:
    """The change that such tensors are; `scale` is an adapter's, None for whole weights. Raises ModelError where they do not fit the base."""
    if scale is None:
        return Whole(matching(found, base.decoder, file))
    return adapter(found, scale, base.decoder, file)


def pack(made: Change, base_sha256: str, chat: bool) -> bytes:
    """The file: tensors, and in its header the hash of the base, the adapter's scale, and whether it was tuned on talks."""
    scale = {"scale": repr(made.scale)} if isinstance(made, Adapter) else {}
    return save(tensors(made), {"format": "pt", "vitrina": KINDS[isinstance(made, Whole)], "base_sha256": base_sha256,
                                "chat": str(int(chat))} | scale)


def unpack(data: bytes, base: LanguageModel, base_sha256: str, file: str) -> tuple[Change, bool]:
    """The change in such a file, and whether it was tuned on talks.

    Raises ModelError for a file that is too large, empty, damaged or of another kind, or belongs to other weights.
    """
    if len(data) > LARGEST:
        raise ModelError("parcel_large", f"{file} is larger than any file of this kind.", file=file, most=LARGEST // 1_000_000)
    try:
        found = load(data)
        said = json.loads(data[8:8 + int.from_bytes(data[:8], "little")]).get("__metadata__", {})
    except (SafetensorError, ValueError) as error:
        raise ModelError("parcel_foreign", f"{file} is no safetensors file.", file=file) from error
    if said.get("vitrina") not in KINDS:
        raise ModelError("parcel_other", f"{file} was not made by fine-tuning here.", file=file)
    if said.get("base_sha256") != base_sha256:
        raise ModelError("parcel_base", f"{file} was tuned on other weights than those of {base.name}.", file=file, base=base.name)
    return change(found, _scale(said, file) if said["vitrina"] == "adapter" else None, base, file), said.get("chat") == "1"


def _scale(said: dict[str, str], file: str) -> float:
    try:
        scale = float(said["scale"])
    except (KeyError, ValueError):
        scale = math.nan
    if not math.isfinite(scale):
        raise ModelError("adapter_shape", f"{file} does not say how strong its adapter is.", file=file)
    return scale
