"""Training a small decoder while a reader watches: the whole one, and beside it, on the same text, the same one without a part."""
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from engine.errors import KnobError
from engine.live import material
from engine.live.material import Material
from engine.live.pipe import Message
from engine.lm import LanguageModel
from engine.model import NOTHING, Config, Decoder, Without
from engine.tokenizer import Tokenizer
from engine.train import Recipe, advance, optimizers_of, validation_loss

WHOLE, LESS = "whole", "less"       # the two decoders
BATCH = 8                           # windows a step
LOOK, LOOKED_AT = 25, 16            # steps between two looks at the kept-out text; windows of it
WRITTEN, TEMPERATURE, OPENING = 36, 0.7, 5      # tokens of a sample; of the kept-out text before it, where no other beginning is given
FIRST, GROWTH, LONGEST = 6_000, 1.5, 80_000     # tokens read before the second sample, how much later each next one is, and how much at most
PROBE = 18                          # tokens of the kept-out text that attention is looked at on


@dataclass(frozen=True)
class Plan:
    """A decoder's shape, but for its vocabulary, and how it is trained."""
    recipe: Recipe
    layers: int = 2
    heads: int = 4
    width: int = 64
    context: int = 96
    wide: bool = False              # matrices start at 1 / √inputs: GPT-2's 0.02 dies away where nothing is carried past a block

    def config(self, vocabulary: int) -> Config:
        """The decoder's shape."""
        return Config(vocabulary, self.context, self.width, self.layers, self.heads)


RECIPE = Recipe(tokens=850_000, rate=8e-3, muon_rate=0.02, warm_up=30)
SIDE_BY_SIDE = Plan(replace(RECIPE, tokens=380_000))
PLANS = {                           # by the part that the second decoder lacks; each reads what one core trains both on in less than a minute
    "none": Plan(RECIPE),
    "residual": Plan(replace(RECIPE, tokens=200_000), layers=4, wide=True),
    "norm": Plan(replace(RECIPE, tokens=200_000, rate=2e-2, muon_rate=0.05, clip=1e9), layers=6, wide=True),
    "positions": SIDE_BY_SIDE,
    "mask": SIDE_BY_SIDE}


def plan(part: str) -> Plan:
    """How a run is planned whose second decoder lacks this part; "none": there is no second. Raises KnobError for a part that is none."""
    if part not in PLANS:
        raise KnobError("no_plan", f"Nobody has planned a training without {part}.", part=part)
    return PLANS[part]


def without(part: str, layers: int) -> Without:
    """What is taken away of a decoder of so many layers: all of its parts of that name."""
    return {"none": NOTHING, "residual": Without(residual=set(range(layers))), "norm": Without(norm=set(range(layers + 1))),
            "positions": Without(positions=True), "mask": Without(mask=True)}[part]


def run(order: dict, tensors: dict[str, Tensor]) -> Iterator[Message]:
    """Train by the plan for `order["part"]`: on "text", or where that is None on stories in "language"; from "seed"; samples go on from "prompt".

    The first report tells of the text and the decoders. Then comes one for each step, the last of which makes none: tokens read before
    it, seconds of work, and for "whole" and "less" the loss of its batch and the length of the gradient; now and then before the step
    the loss on the kept-out text, attention on a piece of it, a sample, and all weights.
    """
    yield from train(order, plan(order["part"]))


def train(order: dict, planned: Plan) -> Iterator[Message]:
    """The same by another plan."""
    recipe, seed, text = planned.recipe, order["seed"], order["text"]
    learnt = material.own(text, seed, planned.context, BATCH) if text else material.stories(order["language"], seed, planned.context, BATCH)
    lacks = {WHOLE: NOTHING} | ({} if order["part"] == "none" else {LESS: without(order["part"], planned.layers)})
    decoders = {name: start(planned, learnt.tokenizer.vocab_size, seed) for name in lacks}
    optimizers = {name: optimizers_of(decoder, recipe) for name, decoder in decoders.items()}
    size = BATCH * planned.context
    steps, looks = recipe.tokens // size, Looks(learnt, lacks, order["prompt"], seed)
    yield {"steps": steps, "budget": steps * size, "parameters": sum(value.numel() for value in decoders[WHOLE].parameters()),
           "vocabulary": learnt.tokenizer.vocab_size, "references": learnt.references, "counted": learnt.counted, "probe": looks.probe,
           "prompt": looks.prompt, "tokenizer": learnt.tokenizer.write() if text else None}, {}
    seconds = 0.0
    for step in range(steps):
        said, tensors = looks.at(decoders, step * size, step % LOOK == 0, False)
        begun = time.perf_counter()
        inputs, targets = next(learnt.batches)
        for name, decoder in decoders.items():
            _pace(optimizers[name], min(1.0, (step + 1) / recipe.warm_up, 4 * (steps - step) / steps))
            value, length = advance(decoder, inputs, targets, optimizers[name], recipe.clip, learnt.bos if learnt.apart else None, lacks[name])
            said |= {f"{name}.loss": float(value), f"{name}.norm": float(length)}
        seconds += time.perf_counter() - begun
        yield said | {"step": step + 1, "tokens": step * size, "seconds": seconds}, tensors
    said, tensors = looks.at(decoders, steps * size, True, True)
    yield said | {"step": steps, "tokens": steps * size, "seconds": seconds}, tensors


def start(planned: Plan, vocabulary: int, seed: int) -> Decoder:
    """A decoder before its first step, every weight drawn from the seed."""
    decoder = Decoder(planned.config(vocabulary)).initialise(seed)
    if planned.wide:
        with torch.no_grad():
            for matrix in (value for value in decoder.transformer.h.parameters() if value.ndim == 2):
                matrix.mul_(1 / matrix.std() / matrix.shape[0] ** 0.5)
    return decoder


def model(tensors: dict[str, Tensor], part: str, about: dict) -> LanguageModel:
    """The whole decoder of a run, as of its last report of weights, ready for use; `about` is the run's first report."""
    tokenizer = Tokenizer.read(about["tokenizer"]) if about["tokenizer"] else material.teller()
    decoder = Decoder(plan(part).config(about["vocabulary"]))
    decoder.load_state_dict({name.removeprefix(f"{WHOLE}/"): value for name, value in tensors.items() if name.startswith(f"{WHOLE}/")})
    return LanguageModel("live", decoder.eval().requires_grad_(False), tokenizer, material.begins_with(tokenizer))


class Looks:
    """What is looked at on the way, always on the same pieces of the kept-out text."""

    def __init__(self, learnt: Material, lacks: dict[str, Without], prompt: str, seed: int):
        self._learnt, self._lacks, self._seed, self._next = learnt, lacks, seed, 0.0
        self.probe = learnt.kept_out.ids[:PROBE].tolist()
        self.prompt = prompt or learnt.tokenizer.decode(self.probe[1:1 + OPENING])

    @torch.no_grad()
    def at(self, decoders: dict[str, Decoder], tokens: int, look: bool, last: bool) -> Message:
        """What there is to see after so many tokens; often nothing."""
        said, tensors = {}, {}
        write = tokens >= self._next or last
        for name, decoder in decoders.items():
            lack = self._lacks[name]
            if look:
                said[f"{name}.kept_out"] = self._loss(decoder, lack)
                if lack.mask:                       # trained without a mask, read with one
                    said["masked.kept_out"] = self._loss(decoder, NOTHING)
                layers = decoder(torch.tensor([self.probe]), without=lack).layers
                tensors[f"{name}.pattern"] = torch.stack([layer.pattern[0] for layer in layers])
            if write:
                said[f"{name}.sample"] = self._sample(LanguageModel(name, decoder, self._learnt.tokenizer, self._learnt.bos), lack)
                tensors |= {f"{name}/{key}": value.clone() for key, value in decoder.state_dict().items()}
        if write:
            self._next = max(FIRST, min(tokens * GROWTH, tokens + LONGEST))
        return said, tensors

    def _loss(self, decoder: Decoder, without: Without) -> float:
        return validation_loss(decoder, self._learnt.kept_out, 1, LOOKED_AT, self._learnt.apart, without)

    def _sample(self, lm: LanguageModel, without: Without) -> str:
        room = lm.context - len(lm.tokenizer.encode(self.prompt)) - 1
        return "".join(step.text for step in lm.generate(self.prompt, min(WRITTEN, room), TEMPERATURE, seed=self._seed, without=without))


def _pace(optimizers: list[torch.optim.Optimizer], factor: float) -> None:
    for group in (group for optimizer in optimizers for group in optimizer.param_groups):
        group["lr"] = group["initial_lr"] * factor
