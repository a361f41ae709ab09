"""Fine-tuning: a change of the weights learns from examples, and in between to say of the base's own text what the base says of it."""
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.func import functional_call
from torch.nn import functional as F

from engine.data import Windows
from engine.errors import TextError
from engine.lm import Chat, LanguageModel, Turns
from engine.lora import Adapter, Change
from engine.model import apart
from engine.precision import has_bfloat16

IGNORE = -100                       # a target that is not scored
LAST = 2 / 3                        # of a text is passed over in replay: it begins with lessons
NEAR = 200                          # examples of about one length that a batch is drawn from


@dataclass(frozen=True)
class Recipe:
    """All that decides a fine-tuning run, besides its examples."""
    steps: int = 600
    batch: int = 16                 # examples a step
    rank: int = 8
    alpha: float = 16.0
    rate: float = 2e-3
    replay: float = 0.3             # share of the steps that read the base's text instead, so that it is not forgotten
    warm_up: int = 10
    decay: float = 0.3              # last part, linear to 0
    seed: int = 1


@dataclass(frozen=True)
class Progress:
    """Where a run stands; `loss` is of the last step on examples, in nats per answer token."""
    step: int
    steps: int
    loss: float
    seconds: float
    seconds_left: float


def encode(lm: LanguageModel, chat: Chat, talk: Turns) -> tuple[list[int], list[int]]:
    """Inputs and targets of a talk: template, questions and answers are read, only the answers are scored."""
    ids, scored = [] if lm.bos is None else [lm.bos], []
    for user, assistant in talk:
        ids += [*chat.before, *lm.tokenizer.encode(user), *chat.after]
        answer = [*lm.tokenizer.encode(assistant), chat.stop[0]]
        scored.append((len(ids), len(answer)))
        ids += answer
    targets = [IGNORE] * (len(ids) - 1)
    for start, length in scored:
        targets[start - 1:start - 1 + length] = ids[start:start + length]
    return ids[:-1], targets


def continuation(lm: LanguageModel, text: str) -> tuple[list[int], list[int]]:
    """Inputs and targets of a text that is to be continued: every token is scored, and that it ends."""
    ids = lm.tokenizer.encode(text)
    return ([*ids[:-1]], ids[1:]) if lm.bos is None else ([lm.bos, *ids], [*ids, lm.bos])


def finetune(lm: LanguageModel, chat: Chat, examples: Sequence[Turns], replay: Windows | None,
             recipe: Recipe) -> Iterator[tuple[Progress, Adapter]]:
    """Train an adapter on talks of one turn or several, (user, assistant) each; yields progress and the adapter as it stands.

    A replay step reads the last part of `replay`, which is mixed as the base read it last.
    """
    rows = tuple(sorted({*chat.before, *chat.after, *chat.stop}))
    adapter = Adapter.fresh(lm.decoder, recipe.rank, recipe.alpha, rows, recipe.seed)
    return tune(lm, adapter, [encode(lm, chat, example) for example in examples], replay, recipe, LAST)


def tune(lm: LanguageModel, change: Change, pairs: Sequence[tuple[list[int], list[int]]], replay: Windows | None, recipe: Recipe,
         skipped: float = 0.0, seconds: float = math.inf) -> Iterator[tuple[Progress, Change]]:
    """Train a change of the weights on pairs of inputs and targets; yields progress and the change as it stands.

    The base is left alone: each step merges the change into its weights and sends the gradient through the merge, so
    the forward is the one that everything else uses. Loss is on what the targets score. A replay step reads `replay` behind its
    `skipped` share, each document alone, and moves the change towards what the base predicts there (Li & Hoiem 2016,
    arXiv 1606.09282): a whole distribution a token says more than the token that followed. A run of fewer steps than
    it was given ends after `seconds` of work, its rate led down to 0 all the same. Raises TextError where no pair fits.
    """
    for tensor in change.tensors():
        tensor.requires_grad_(True)
    optimizer = torch.optim.AdamW(change.tensors(), lr=recipe.rate, betas=(0.9, 0.98), weight_decay=0.0)
    encoded = sorted((pair for pair in pairs if 0 < len(pair[0]) <= lm.context), key=lambda pair: len(pair[0]))
    if not encoded:
        raise TextError("examples", f"No example fits into the context of {lm.context} tokens.", most=lm.context)
    chance = np.random.default_rng(recipe.seed)
    value, spent = math.nan, 0.0
    for step in range(recipe.steps):
        start = time.monotonic()
        done = max(step / recipe.steps, spent / seconds)
        if replay is not None and chance.random() < recipe.replay:
            inputs, _ = replay.batch(chance.integers(int(skipped * len(replay)), len(replay), size=max(1, recipe.batch // 8)))
            _advance(change, optimizer, _drift(lm, change, inputs, apart(inputs, replay.bos)), recipe, step, done)
        else:
            value = _advance(change, optimizer, _answers(lm, change, *_pad(_alike(encoded, recipe.batch, chance))), recipe, step, done)
        spent += time.monotonic() - start
        left = min(spent / (step + 1) * (recipe.steps - step - 1), max(0.0, seconds - spent))
        yield Progress(step + 1, recipe.steps, value, spent, left), change
        if spent >= seconds:
            return


@torch.no_grad()
def scored(lm: LanguageModel, pairs: Sequence[tuple[list[int], list[int]]]) -> float:
    """Mean cross-entropy of all that the targets of some pairs score, in nats per token."""
    total, count = 0.0, 0
    for inputs, targets in pairs:
        total += float(F.cross_entropy(lm.decoder(torch.tensor([inputs])).logits[0], torch.tensor(targets), ignore_index=IGNORE, reduction="sum"))
        count += sum(target != IGNORE for target in targets)
    return total / count


def _advance(change: Change, optimizer, loss: Tensor, recipe: Recipe, step: int, done: float) -> float:
    """One step with the rate that the schedule has for it when `done`, 0…1, of the run is over; returns the loss."""
    for group in optimizer.param_groups:
        group["lr"] = recipe.rate * min(1.0, (step + 1) / max(1, recipe.warm_up), max(0.0, 1 - done) / max(1e-9, recipe.decay))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(change.tensors(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


def _answers(lm: LanguageModel, change: Change, inputs: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy of what is scored, in nats per token."""
    scored = targets != IGNORE
    return F.cross_entropy(_logits(lm, change.changed(lm.decoder), inputs)[scored].float(), targets[scored])


def _drift(lm: LanguageModel, change: Change, inputs: Tensor, hidden: Tensor) -> Tensor:
    """How far the change has led the predictions away from the base's own: KL(base ‖ tuned), in nats per token."""
    with torch.no_grad():
        own = _logits(lm, {}, inputs, hidden).float().log_softmax(-1).flatten(0, 1)
    tuned = _logits(lm, change.changed(lm.decoder), inputs, hidden).float().log_softmax(-1).flatten(0, 1)
    return F.kl_div(tuned, own, reduction="batchmean", log_target=True)


def _logits(lm: LanguageModel, weights: dict[str, Tensor], inputs: Tensor, hidden: Tensor | None = None) -> Tensor:
    """The decoder's logits (B, T, V) with some of its weights replaced; in bfloat16 where the processor has it."""
    with torch.autocast(inputs.device.type, dtype=torch.bfloat16, enabled=has_bfloat16(inputs.device)):
        return functional_call(lm.decoder, weights, (inputs,), {"hidden": hidden}).logits


def _alike(encoded: list, size: int, chance: np.random.Generator) -> list:
    """A batch of examples drawn from those of about one length, so that little of it is padding; `encoded` is sorted by length."""
    near = min(NEAR, len(encoded))
    first = int(np.clip(chance.integers(len(encoded)) - near // 2, 0, len(encoded) - near))
    return [encoded[first + i] for i in chance.integers(near, size=size)]


def _pad(pairs: list[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor]:
    """A square batch: short rows end in ids that are read by nobody and scored nowhere."""
    longest = max(len(inputs) for inputs, _ in pairs)
    inputs = torch.zeros(len(pairs), longest, dtype=torch.long)
    targets = torch.full((len(pairs), longest), IGNORE)
    for row, (ids, wanted) in enumerate(pairs):
        inputs[row, :len(ids)] = torch.tensor(ids)
        targets[row, :len(wanted)] = torch.tensor(wanted)
    return inputs, targets
