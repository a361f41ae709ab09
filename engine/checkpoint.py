"""Models on disk: safetensors, `config.json`, `tokenizer.json`, `card.json`; read strictly, written whole or not at all."""
import hashlib
import json
import math
import os
from dataclasses import asdict, fields
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine import snapshots
from engine.errors import KnobError, ModelError
from engine.lm import Chat, LanguageModel
from engine.lora import Adapter, merge
from engine.model import Config, Decoder
from engine.start import head_start
from engine.tokenizer import Tokenizer

MODELS = Path(__file__).parent.parent / "assets" / "models"
WEIGHTS, ADAPTER, CONFIG, TOKENIZER, CARD, EVALUATION = (
    "model.safetensors", "adapter.safetensors", "config.json", "tokenizer.json", "card.json", "evaluation.json")
VOCABULARY, MERGES = "vocab.json", "merges.txt"     # what GPT-2 itself has instead of a tokenizer.json
# What else a GPT-2 config may say, and the only thing that this decoder does.
FIXED = {"model_type": ("gpt2",), "activation_function": ("gelu_new", "gelu_pytorch_tanh"), "scale_attn_weights": (True,),
         "scale_attn_by_inverse_layer_idx": (False,), "add_cross_attention": (False,)}
LIMITS = {"vocab_size": 1_000_000, "n_positions": 1_000_000, "n_embd": 100_000, "n_layer": 1_000, "n_head": 1_000}
BUFFERS = (".attn.bias", ".attn.masked_bias")       # the mask, which old GPT-2 files carry as if it were a weight


def load(name: str | Path, strength: float = 1.0) -> LanguageModel:
    """Load a model by its name under assets/models, or from a folder, in eval mode and float32.

    `name@tokens` is one of its snapshots, the model as it was after so many tokens of its training. A folder that holds
    an adapter is merged into its base with `strength` (0 is the base bit for bit, 1 the whole adapter). Raises
    ModelError, naming the file and what is wrong with it.
    """
    if not math.isfinite(strength):
        raise KnobError("strength", f"The strength must be a number, not {strength}.", value=strength)
    whole, tokens = (str(name), None) if os.path.isfile(Path(name) / CONFIG) else snapshots.split(str(name))
    folder = find(whole)
    config = read_json(folder / CONFIG)
    if tokens is not None and tokens not in snapshots.kept(folder):
        raise ModelError("model_missing", f"There is no model {name}: {folder} holds no snapshot after {tokens} tokens.", name=str(name))
    if "adapter_of" not in config:
        return _load_base(folder, config, tokens)
    if not isinstance(config["adapter_of"], str):
        raise ModelError("config_key", f"{folder / CONFIG}: adapter_of must name a model.", file=CONFIG, key="adapter_of")
    base_folder = find(_sibling(folder, config["adapter_of"]))
    base = _load_base(base_folder, read_json(base_folder / CONFIG))
    if config.get("base_sha256") != fingerprint(base_folder / WEIGHTS):
        raise ModelError("wrong_base", f"{folder / ADAPTER} was trained on other weights than {base_folder / WEIGHTS}.",
                         file=ADAPTER, base=base_folder.name)
    decoder = merge(base.decoder, _read_adapter(folder / ADAPTER, base.decoder), strength).eval()
    return LanguageModel(folder.name, decoder, base.tokenizer, base.bos,
                         _chat(config, base.tokenizer) if strength else base.chat, _card(folder))


def find(name: str | Path) -> Path:
    """The folder of a model; raises ModelError if there is none."""
    for folder in (MODELS / name, Path(name)):
        if os.path.isfile(folder / CONFIG):         # unlike Path.is_file it answers no to a name too long
            return folder
    raise ModelError("model_missing", f"There is no model {name}: no {CONFIG} under {MODELS / name}.", name=str(name))


def names(root: Path | None = None) -> list[str]:
    """The models under `root`, or else under assets/models, bases before adapters."""
    found = [path.parent for path in (root or MODELS).glob(f"*/{CONFIG}")]
    return [folder.name for folder in sorted(found, key=lambda f: ((f / ADAPTER).is_file(), f.name))]


def save(lm: LanguageModel, folder: Path, dtype: torch.dtype = torch.float16, chat: dict | None = None) -> None:
    """Write a whole model; weights as `dtype`. A folder half-written by a crash is never under the final name's files."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {key: value.to(dtype).contiguous() for key, value in lm.decoder.state_dict().items()}
    replace_file(folder / WEIGHTS, lambda path: save_file(weights, path, metadata={"format": "pt"}))
    replace_file(folder / TOKENIZER, lm.tokenizer.save)
    config = {"model_type": "gpt2", **asdict(lm.decoder.config), "activation_function": "gelu_new"}
    if lm.bos is not None:
        config["bos"] = lm.bos
    write_json(folder / CARD, lm.card)
    write_json(folder / CONFIG, config | ({"chat": chat} if chat else {}))


def save_snapshots(run: Path, folder: Path) -> None:
    """Keep in a model's folder, small, what its run has kept of its weights on the way."""
    for tokens in snapshots.kept(run)[1:]:
        packed = snapshots.pack(read_weights(run / snapshots.FILE.format(tokens)))
        replace_file(folder / snapshots.FILE.format(tokens), lambda path: save_file(packed, path))


def save_adapter(adapter: Adapter, folder: Path, base: Path, chat: dict | None, card: dict) -> None:
    """Write an adapter beside the hash of the base weights that it belongs to."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {f"{name}.a": value.half() for name, value in adapter.a.items()}
    tensors |= {f"{name}.b": value.half() for name, value in adapter.b.items()}
    if adapter.rows:
        tensors |= {"rows": torch.tensor(adapter.rows), "row_change": adapter.row_change.half()}
    replace_file(folder / ADAPTER, lambda path: save_file(
        {key: value.detach().contiguous() for key, value in tensors.items()}, path))
    config = {"adapter_of": base.name, "base_sha256": fingerprint(base / WEIGHTS), "scale": adapter.scale}
    write_json(folder / CARD, card)
    write_json(folder / CONFIG, config | ({"chat": chat} if chat else {}))


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    if not path.is_file():
        raise ModelError("file_missing", f"{path} is missing.", file=path.name)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, value: object) -> None:
    """Write JSON, whole or not at all."""
    replace_file(path, lambda beside: beside.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n"))


def read_json(path: Path) -> dict:
    """The object in a JSON file. Raises ModelError for anything else."""
    if not path.is_file():
        raise ModelError("file_missing", f"{path} is missing.", file=path.name)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise ModelError("file_damaged", f"{path} is not JSON: {error}.", file=path.name, why=str(error)) from error
    if not isinstance(found, dict):
        raise ModelError("file_damaged", f"{path} is not a JSON object.", file=path.name, why="not an object")
    return found


def read_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file. Raises ModelError for anything else, a pickle above all."""
    if not path.is_file():
        raise ModelError("file_missing", f"{path} is missing.", file=path.name)
    try:
        return load_file(path)
    except (SafetensorError, ValueError, OSError) as error:
        raise ModelError("file_damaged", f"{path} is no whole safetensors file: {error}.", file=path.name,
                         why=str(error)) from error


def _load_base(folder: Path, config: dict, tokens: int | None = None) -> LanguageModel:
    shape = _config(config, folder / CONFIG)
    tokenizer = _tokenizer(folder)
    if tokenizer.vocab_size > shape.vocab_size:
        raise ModelError("vocabulary", f"{folder / TOKENIZER} has {tokenizer.vocab_size} tokens, the model only "
                         f"{shape.vocab_size}.", file=TOKENIZER, tokens=tokenizer.vocab_size, rows=shape.vocab_size)
    card, name = _card(folder), folder.name if tokens is None else f"{folder.name}@{tokens}"
    if tokens == 0:
        decoder = head_start(Decoder(shape).initialise(card["recipe"]["seed"]))
    else:
        with torch.device("meta"):
            decoder = Decoder(shape)
        path = folder / (WEIGHTS if tokens is None else snapshots.FILE.format(tokens))
        decoder.load_state_dict(matching(snapshots.unpack(read_weights(path)), decoder, path), assign=True)
    return LanguageModel(name, decoder.eval().requires_grad_(False), tokenizer, config.get("bos"), _chat(config, tokenizer), card)


def matching(found: dict[str, Tensor], decoder: Decoder, path: Path | str) -> dict[str, Tensor]:
    """The file's tensors under the decoder's names, each there once and of its shape, as float32. Raises ModelError."""
    wanted, file = decoder.state_dict(), Path(path).name
    named = {}
    for key, value in found.items():
        if key.endswith(BUFFERS) or key == "lm_head.weight" and decoder.config.tie_word_embeddings:
            continue
        name = key if key.startswith(("transformer.", "lm_head.")) else f"transformer.{key}"
        if name in named:
            raise ModelError("tensor_twice", f"{path} has {name} twice.", file=file, tensor=name)
        named[name] = value.float()
    if missing := sorted(wanted.keys() - named.keys()):
        raise ModelError("tensor_missing", f"{path} has no tensor {missing[0]}.", file=file, tensor=missing[0])
    if foreign := sorted(named.keys() - wanted.keys()):
        raise ModelError("tensor_foreign", f"{path} has a tensor {foreign[0]}, which this model has no place for.",
                         file=file, tensor=foreign[0])
    for key, value in named.items():
        if value.shape != wanted[key].shape:
            raise ModelError("tensor_shape", f"{path}: {key} is {tuple(value.shape)}, the config says "
                             f"{tuple(wanted[key].shape)}.", file=file, tensor=key)
        if not value.isfinite().all():
            raise ModelError("tensor_not_finite", f"{path}: {key} holds values that are not numbers.",
                             file=file, tensor=key)
    return named


def _read_adapter(path: Path, decoder: Decoder) -> Adapter:
    return adapter(read_weights(path), read_json(path.parent / CONFIG).get("scale"), decoder, path)


def adapter(found: dict[str, Tensor], scale: object, decoder: Decoder, path: Path | str) -> Adapter:
    """The adapter that a file's tensors are. Raises ModelError for one that does not fit the decoder, or holds what is no number."""
    file = Path(path).name
    a = {key.removesuffix(".a"): value.float() for key, value in found.items() if key.endswith(".a")}
    b = {key.removesuffix(".b"): value.float() for key, value in found.items() if key.endswith(".b")}
    rows = found.get("rows", torch.empty(0)).long().flatten()
    change = found.get("row_change", torch.empty(0, decoder.config.n_embd)).float()
    wanted = decoder.state_dict()
    fits = (a and a.keys() == b.keys() and isinstance(scale, float) and math.isfinite(scale)
            and all(name in wanted and a[name].ndim == b[name].ndim == 2 and a[name].shape[1] == b[name].shape[0]
                    and (a[name].shape[0], b[name].shape[1]) == wanted[name].shape for name in a)
            and change.shape == (len(rows), decoder.config.n_embd)
            and all(0 <= row < decoder.config.vocab_size for row in rows))
    if not fits:
        raise ModelError("adapter_shape", f"{path} does not fit the shapes of its base.", file=file)
    if not all(value.isfinite().all() for value in (*a.values(), *b.values(), change)):
        raise ModelError("tensor_not_finite", f"{path} holds values that are not numbers.", file=file)
    return Adapter(a, b, tuple(rows.tolist()), change, scale)


def _config(found: dict, path: Path) -> Config:
    for key, allowed in FIXED.items():
        if key in found and found[key] not in allowed:
            raise ModelError("config_foreign", f"{path}: {key} is {found[key]!r}; this decoder only does "
                             f"{allowed[0]!r}.", file=path.name, key=key, value=found[key])
    values = {field.name: found[field.name] for field in fields(Config) if field.name in found}
    for key, most in LIMITS.items():
        if type(values.get(key)) is not int or not 0 < values[key] <= most:
            raise ModelError("config_key", f"{path}: {key} must be a whole number from 1 to {most}.", file=path.name, key=key)
    if values["n_embd"] % values["n_head"] or found.get("n_inner") not in (None, 4 * values["n_embd"]):
        raise ModelError("config_key", f"{path}: n_embd must divide by n_head, and n_inner be 4 × n_embd.",
                         file=path.name, key="n_embd")
    epsilon, tied, bos = values.get("layer_norm_epsilon", 1e-5), values.get("tie_word_embeddings", True), found.get("bos")
    for key, right in (("layer_norm_epsilon", isinstance(epsilon, float) and 0 < epsilon < 1),
                       ("tie_word_embeddings", isinstance(tied, bool)),
                       ("bos", bos is None or type(bos) is int and 0 <= bos < values["vocab_size"])):
        if not right:
            raise ModelError("config_key", f"{path}: {key} cannot be {found[key]!r}.", file=path.name, key=key)
    return Config(**values)


def read_config(folder: Path) -> Config:
    """The shape that a folder's config states. Raises ModelError for one that this decoder is not."""
    return _config(read_json(folder / CONFIG), folder / CONFIG)


def _tokenizer(folder: Path) -> Tokenizer:
    """A folder's `tokenizer.json`, or else GPT-2's own two files."""
    if not (folder / TOKENIZER).is_file() and (folder / VOCABULARY).is_file():
        return Tokenizer.load_gpt2(folder / VOCABULARY, folder / MERGES)
    return Tokenizer.load(folder / TOKENIZER)


def _chat(config: dict, tokenizer: Tokenizer) -> Chat | None:
    if "chat" not in config:
        return None
    parts = ("before", "after", "stop")
    chat = config["chat"] if isinstance(config["chat"], dict) else {}
    if not (all(isinstance(chat.get(part), list) and all(isinstance(name, str) for name in chat[part]) for part in parts)
            and chat["stop"]):
        raise ModelError("config_key", f"{CONFIG}: chat must list the tokens of before, after and stop.", file=CONFIG, key="chat")
    return Chat(**{part: tuple(tokenizer.special(name) for name in chat[part]) for part in parts})


def _card(folder: Path) -> dict:
    return read_json(folder / CARD) if (folder / CARD).is_file() else {}


def _sibling(folder: Path, base: str) -> Path | str:
    return folder.parent / base if (folder.parent / base / CONFIG).is_file() else base


def replace_file(path: Path, write) -> None:
    """Write beside, then rename: a reader sees the old file or the new one, never half of it. Raises OSError, e.g. for a full disk."""
    beside = path.with_name(path.name + ".part")
    try:
        write(beside)
        os.replace(beside, path)
    except SafetensorError as error:
        raise OSError(f"{path} cannot be written: {error}.") from error
    finally:
        beside.unlink(missing_ok=True)
