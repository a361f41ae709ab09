"""Pre-training: small batches, Muon for the blocks' matrices and AdamW for the rest, in spans with windows and rates of their own.

Small batches: Marek et al. 2025, arXiv 2507.07101. Muon: Jordan et al. 2024. A plateau and a fall ("WSD"): Hu et al. 2024, arXiv 2404.06395.
"""
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional as F

from engine import parallel
from engine.checkpoint import read_weights, replace_file
from engine.data import Windows, batches
from engine.errors import ModelError
from engine.model import NOTHING, Decoder, Without, apart
from engine.muon import Muon
from engine.precision import has_bfloat16
from engine.schedule import Schedule, Span, plateau
from engine.snapshots import FILE

STATE = "state.safetensors"
SLICE = 128                         # positions whose loss is reckoned at a time: what a processor's cache holds, and so far faster than all at once
SAVE_EVERY = 60.0                   # seconds between two saved states


@dataclass(frozen=True)
class Recipe:
    """All that decides a training run, besides the text and the decoder's shape."""
    tokens: int                     # to train on
    spans: tuple[Span, ...] = plateau(8, 0.25)
    rate: float = 2e-3              # AdamW, where a span says 1
    muon_rate: float = 0.02
    warm_up: int = 200              # steps over which the rates rise to what the spans say
    clip: float = 1.0               # gradient norm
    snapshots: tuple[int, ...] = () # tokens after which the weights are kept in a file of their own; 0: the first weights
    apart: bool = True              # no document of a window sees another, as no prompt sees another
    seed: int = 1

    def schedule(self, context: int) -> Schedule:
        """The steps of this run for a decoder that sees `context` tokens."""
        return Schedule(self.spans, self.tokens, context)


@dataclass(frozen=True)
class Progress:
    """Where a run stands: `loss` is the mean of the steps since the last report, in nats per token."""
    step: int
    steps: int
    tokens: int
    loss: float
    tokens_per_second: float
    seconds_left: float
    seconds: float                  # spent in training, earlier sittings included


def train(decoder: Decoder, windows: Windows, recipe: Recipe, out: Path, report_every: int = 50) -> Iterator[Progress]:
    """Train `decoder` in place, yielding progress; whoever stops reading stops the training.

    Processes that `torchrun` has started train it together, each on its rows of every batch. The state in `out` is
    saved every minute and at the end; a run found there goes on where it stopped, with the data in the same order.
    Loss is the mean cross-entropy of the next token.
    """
    out.mkdir(parents=True, exist_ok=True)
    optimizers = optimizers_of(decoder, recipe)
    plan = recipe.schedule(windows.length)
    for stretch in plan.stretches:
        parallel.shares(stretch.batch)
    step, spent = _resume(out / STATE, decoder, optimizers)
    decoder.train()
    begun = saved = reported = time.monotonic()
    said, losses = step, []
    wanted = {plan.after(tokens): tokens for tokens in recipe.snapshots if tokens <= plan.tokens(plan.steps)}
    if step == 0 and 0 in wanted:
        _save_weights(out / FILE.format(0), decoder)
    device = next(decoder.parameters()).device
    for whole in batches(windows, plan.stretches, step, recipe.seed):
        inputs, targets = (parallel.share(rows).to(device) for rows in whole)
        factor = min((step + 1) / max(1, recipe.warm_up), plan.factor(step))
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * factor
        losses.append(advance(decoder, inputs, targets, optimizers, recipe.clip, windows.bos if recipe.apart else None)[0])
        step += 1
        if step in wanted:
            _save_weights(out / FILE.format(wanted[step]), decoder)
        now = time.monotonic()
        if now - saved > SAVE_EVERY or step == plan.steps:
            _save(out / STATE, decoder, optimizers, step, spent + now - begun)
            saved = time.monotonic()
        if step % report_every == 0 or step == plan.steps:
            tokens = plan.tokens(step)
            pace = (tokens - plan.tokens(said)) / (now - reported)
            yield Progress(step, plan.steps, tokens, float(torch.stack(losses).mean()), pace,
                           (plan.tokens(plan.steps) - tokens) / pace, spent + now - begun)
            said, losses, reported = step, [], time.monotonic()
    decoder.eval()


def reached(out: Path) -> tuple[int, float]:
    """The steps that the run saved in `out` has made, and the seconds they took; zeros if there is none."""
    if not (out / STATE).is_file():
        return 0, 0.0
    step, seconds = read_weights(out / STATE)["progress"].tolist()
    return int(step), seconds


def advance(decoder: Decoder, inputs: Tensor, targets: Tensor, optimizers, clip: float, bos: int | None = None,
            without: Without = NOTHING) -> tuple[Tensor, Tensor]:
    """One step of gradient descent on a batch (B, T); returns its loss, and the length of its gradient before that is clipped."""
    value = loss(decoder, inputs, targets, bos, without)
    value.backward()
    value = value.detach()
    parallel.average([value, *(parameter.grad for parameter in decoder.parameters())])
    length = torch.nn.utils.clip_grad_norm_(decoder.parameters(), clip)
    for optimizer in optimizers:
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return value, length


def loss(decoder: Decoder, inputs: Tensor, targets: Tensor, bos: int | None = None, without: Without = NOTHING) -> Tensor:
    """Mean cross-entropy of the next token in nats; matrix products in bfloat16 where the processor has them.

    With `bos`, which begins each document, every document is read as if it stood alone. `without` takes parts of the decoder away.
    """
    with torch.autocast(inputs.device.type, dtype=torch.bfloat16, enabled=has_bfloat16(inputs.device)):
        logits = decoder(inputs, without=without, hidden=None if bos is None else apart(inputs, bos)).logits
    parts = zip(logits.flatten(0, 1).split(SLICE), targets.flatten().split(SLICE), strict=True)
    return torch.stack([F.cross_entropy(part.float(), wanted, reduction="sum") for part, wanted in parts]).sum() / targets.numel()


@torch.no_grad()
def validation_loss(decoder: Decoder, windows: Windows, batches: int, batch: int = 8, alone: bool = True, without: Without = NOTHING) -> float:
    """Mean cross-entropy over the first windows of a held-out text, in nats per token, all in float32; each document read `alone`."""
    numbers = np.arange(min(len(windows), batches * batch))
    total = 0.0
    for part in np.array_split(numbers, max(1, len(numbers) // batch)):
        inputs, targets = windows.batch(part)
        logits = decoder(inputs, without=without, hidden=apart(inputs, windows.bos) if alone else None).logits
        total += float(F.cross_entropy(logits.flatten(0, 1), targets.flatten())) * len(part)
    return total / len(numbers)


def optimizers_of(decoder: Decoder, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks; AdamW for embeddings, LayerNorms and biases."""
    fused, matrices, rest = [], [], []
    for name, parameter in decoder.named_parameters():
        in_block = parameter.ndim == 2 and ".h." in name
        (fused if in_block and "c_attn" in name else matrices if in_block else rest).append(parameter)
    optimizers = [
        Muon([{"params": fused, "parts": 3}, {"params": matrices}], lr=recipe.muon_rate),
        torch.optim.AdamW(rest, lr=recipe.rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)]
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["initial_lr"] = group["lr"]
    return optimizers


def _save(path: Path, decoder: Decoder, optimizers, step: int, seconds: float) -> None:
    if not parallel.first():
        return
    tensors = {f"model/{name}": value for name, value in decoder.state_dict().items()}
    for number, optimizer in enumerate(optimizers):
        for index, state in optimizer.state_dict()["state"].items():
            tensors |= {f"{number}/{index}/{key}": value for key, value in state.items()}
    tensors["progress"] = torch.tensor([step, seconds], dtype=torch.float64)
    replace_file(path, lambda beside: save_file({k: v.contiguous() for k, v in tensors.items()}, beside))


def _save_weights(path: Path, decoder: Decoder) -> None:
    if parallel.first():
        replace_file(path, lambda beside: save_file({k: v.contiguous() for k, v in decoder.state_dict().items()}, beside))


def _resume(path: Path, decoder: Decoder, optimizers) -> tuple[int, float]:
    """Put back what `_save` wrote; returns the next step and the seconds already spent, or zeros."""
    if not path.is_file():
        return 0, 0.0
    tensors = read_weights(path)
    weights = {k.removeprefix("model/"): v for k, v in tensors.items() if k.startswith("model/")}
    shapes = {name: value.shape for name, value in decoder.state_dict().items()}
    if "progress" not in tensors or {name: value.shape for name, value in weights.items()} != shapes:
        raise ModelError("state_foreign", f"{path} belongs to a model of another shape.", file=path.name)
    decoder.load_state_dict(weights)
    for number, optimizer in enumerate(optimizers):     # loading casts each to its parameter's device
        whole = optimizer.state_dict()
        for key, value in tensors.items():
            if key.startswith(f"{number}/"):
                _, index, field = key.split("/")
                whole["state"].setdefault(int(index), {})[field] = value
        optimizer.load_state_dict(whole)
    step, seconds = tensors["progress"].tolist()
    return int(step), seconds
