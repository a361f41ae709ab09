"""Opening what a reader brings: a folder with a GPT-2-shaped model, or an adapter's files; what is refused before it is read."""
import bisect
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load as read_tensors

from engine import checkpoint, parcel
from engine.chats import template
from engine.checkpoint import ADAPTER, CONFIG, MODELS, WEIGHTS
from engine.errors import ModelError
from engine.lm import LanguageModel
from engine.lora import Change, merge
from engine.trace import traced_bytes
from engine.window import SMALLEST

LARGEST = 2_000_000_000             # bytes of a file of weights: GPT-2 medium fits (1.5 billion), large does not
TRACE = 256 * 2**20                 # bytes of one pass over a window, everything kept: 293 tokens of GPT-2 small
FEWEST = 64                         # tokens of a vocabulary that the screens can show the likeliest of
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")


def folder(path: str) -> LanguageModel:
    """The model in a folder of this machine: config.json, model.safetensors, and tokenizer.json or GPT-2's vocab.json and merges.txt.

    Raises ModelError: "folder_missing", "folder_empty", "pickle" where weights are there that could run code, "weights_large",
    and all that `checkpoint.load` says of a model that is damaged or foreign.
    """
    try:
        place = Path(path.strip()).expanduser()
    except RuntimeError:                            # ~somebody who is not there
        place = None
    if not path.strip() or place is None or not os.path.isdir(place):
        raise ModelError("folder_missing", f"There is no folder {path}.", folder=path)
    place = place.resolve()
    if not os.path.isfile(place / CONFIG):
        raise ModelError("folder_empty", f"{place} holds no {CONFIG}.", folder=str(place), file=CONFIG)
    weights = place / (ADAPTER if "adapter_of" in checkpoint.read_json(place / CONFIG) else WEIGHTS)
    if not os.path.isfile(weights):
        refuse_pickles(entry.name for entry in place.iterdir())
    elif (size := weights.stat().st_size) > LARGEST:
        raise too_large(weights.name, size)
    lm = checkpoint.load(place)
    if (words := lm.decoder.config.vocab_size) < FEWEST:
        raise ModelError("vocabulary_small", f"The vocabulary has {words} tokens; the screens show a model of {FEWEST} and more.", tokens=words, least=FEWEST)
    return bounded(lm)


def bounded(lm: LanguageModel) -> LanguageModel:
    """The model with its window so short that a trace of it stays below TRACE bytes."""
    config = lm.decoder.config
    fits = bisect.bisect_right(range(1, config.n_positions + 1), TRACE, key=lambda T: traced_bytes(config, T))
    return lm if fits == config.n_positions else replace(lm, longest=max(SMALLEST, fits))


def refuse_pickles(names: Iterable[str]) -> None:
    """Raise ModelError if weights among these file names are pickles, which can run code when they are read."""
    if found := next((name for name in sorted(names) if name.endswith(PICKLES)), None):
        raise ModelError("pickle", f"{found} is a pickle, which could run code: only {WEIGHTS} is read.", file=found, wanted=WEIGHTS)


def too_large(file: str, size: int) -> ModelError:
    """What is wrong with weights of more than LARGEST bytes."""
    return ModelError("weights_large", f"{file} has {size:,} bytes; at most {LARGEST:,} are opened.", file=file,
                      gigabytes=round(size / 1e9, 1), most=LARGEST // 1_000_000_000)


def adapter(files: dict[str, bytes], base: LanguageModel, folder: Path | None = None) -> LanguageModel:
    """`base`, whose files lie in `folder`, with the adapter that a reader uploads: one file by `parcel.pack`, or the two of `save_adapter`, by name.

    Raises ModelError where they belong to other weights, do not fit, or are no adapter at all.
    """
    refuse_pickles(files)
    named = {name: data for name, data in files.items() if name.endswith(".safetensors")}
    if len(named) != 1:
        raise ModelError("adapter_files", "One .safetensors file is needed, and its config.json where it has one.")
    (file, data), sha = next(iter(named.items())), checkpoint.fingerprint((folder or MODELS / base.name) / WEIGHTS)
    change, chat = _pair(file, data, files[CONFIG], base, sha) if CONFIG in files else parcel.unpack(data, base, sha, file)
    return tuned(base, change, chat)


def tuned(base: LanguageModel, change: Change, chat: bool) -> LanguageModel:
    """The base with a change merged in, and with the chat template if it was tuned on talks."""
    name = f"{base.name}+"
    return LanguageModel(name, merge(base.decoder, change).eval().requires_grad_(False), base.tokenizer, base.bos,
                         template(base.tokenizer) if chat else base.chat)


def memory(lm: LanguageModel) -> int:
    """What the weights occupy in memory, in bytes: four for each parameter in float32, tied ones counted once."""
    return sum(parameter.nbytes for parameter in lm.decoder.parameters())


def parameters(lm: LanguageModel) -> int:
    """How many numbers were, or could be, trained."""
    return sum(parameter.numel() for parameter in lm.decoder.parameters())


def _pair(file: str, data: bytes, config: bytes, base: LanguageModel, sha: str) -> tuple[Change, bool]:
    """The change and whether it talks, of the two files that `checkpoint.save_adapter` writes."""
    try:
        said, found = json.loads(config), read_tensors(data)
    except (ValueError, RecursionError, SafetensorError) as error:
        raise ModelError("parcel_foreign", f"{file} or its {CONFIG} is damaged: {error}.", file=file) from error
    if not isinstance(said, dict) or said.get("base_sha256") != sha:
        raise ModelError("parcel_base", f"{file} was tuned on other weights than those of {base.name}.", file=file, base=base.name)
    return checkpoint.adapter(found, said.get("scale"), base.decoder, file), "chat" in said
