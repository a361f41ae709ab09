"""How soon a text of one's own is learnt: `train --text` beside a small decoder of characters, turn by turn, on one thread.

The small one is what tutorials train on a processor: 4 layers, 4 heads, 128 wide, windows of 64 characters, 12 of them a step, AdamW,
2,000 steps. Ours is the whole of `python -m engine train --text`: a vocabulary learnt from the text without its last tenth, mini's
shape, the recipe for a text of one's own. Both are looked at on the last tenth, in nats per character.
"""
import math
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from benchmarks.report import Figure
from benchmarks.training import Runner
from engine import recipes
from engine.checkpoint import read_json
from engine.corpus.write import META, TOKENIZER, TRAIN, VALIDATION
from engine.data import Windows
from engine.errors import TextError
from engine.lm import begins_with
from engine.model import Config, Decoder
from engine.owntext import KEPT_OUT, nats_per_character, prepare, read
from engine.start import head_start
from engine.tokenizer import Tokenizer
from engine.train import Recipe, train

COMMAND = "python -m benchmarks.training --text FILE"
CONTEXT, BATCH, STEPS = 64, 12, 2000            # of the decoder of characters
RATE, LOWEST, WARM_UP = 1e-3, 1e-4, 100         # a cosine between them
PASS = 64                                       # windows a pass where its loss is looked at
REPORT = 5                                      # steps of ours between two looks at the clock


def plain(ids: Tensor, decoder: Decoder, steps: int) -> Iterator[int]:
    """The loop over characters: yields the tokens of each step."""
    optimizer = torch.optim.AdamW(decoder.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.1)
    chance = torch.Generator().manual_seed(1)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = min(RATE * (step + 1) / WARM_UP, LOWEST + (RATE - LOWEST) * (1 + math.cos(math.pi * step / steps)) / 2)
        starts = torch.randint(len(ids) - CONTEXT, (BATCH,), generator=chance)
        rows = ids[starts[:, None] + torch.arange(CONTEXT + 1)]
        loss = F.cross_entropy(decoder(rows[:, :-1]).logits.flatten(0, 1), rows[:, 1:].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        yield BATCH * CONTEXT


@torch.no_grad()
def nats(decoder: Decoder, ids: Tensor) -> float:
    """Mean cross-entropy of a text of characters in nats, each foretold once, from what stands before it in its window."""
    windows = ids[:-1].unfold(0, CONTEXT, CONTEXT), ids[1:].unfold(0, CONTEXT, CONTEXT)
    total = sum(float(F.cross_entropy(decoder(inputs).logits.flatten(0, 1), targets.flatten(), reduction="sum"))
                for inputs, targets in zip(*(side.split(PASS) for side in windows), strict=True))
    return total / windows[1].numel()


def ours(windows: Windows, decoder: Decoder, recipe: Recipe, out: Path) -> Iterator[int]:
    """The training that `train --text` runs: yields the tokens of each few steps."""
    read_before = 0
    for at in train(head_start(decoder), windows, recipe, out, REPORT):
        yield at.tokens - read_before
        read_before = at.tokens


def measure(path: Path, wanted: float, quick: bool = False) -> list[Figure]:
    """Train both by turns, each to its end. Raises TextError for what is no text or too short for a window of either."""
    torch.set_num_threads(1)
    text = read(path)
    place = {sign: i for i, sign in enumerate(sorted(set(text)))}
    ids, at = torch.tensor([place[sign] for sign in text]), int(len(text) * (1 - KEPT_OUT))
    if len(ids) - at <= CONTEXT:
        raise TextError("text_short", f"{path} is too short: its last tenth must fill a window of {CONTEXT} characters.", file=path.name, context=CONTEXT)
    characters = Decoder(Config(vocab_size=len(place), n_positions=CONTEXT, n_embd=128, n_layer=4, n_head=4)).initialise(1)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        prepare(path, corpus, recipes.MINI.n_positions, recipes.VOCABULARY)
        tokenizer = Tokenizer.load(corpus / TOKENIZER)
        windows, unseen = (Windows(corpus / name, recipes.MINI.n_positions, begins_with(tokenizer)) for name in (TRAIN, VALIDATION))
        tokens = recipes.own_tokens(read_json(corpus / META)["train_tokens"])
        recipe = replace(recipes.OWN_RECIPE, tokens=tokens // 100 if quick else tokens)
        decoder = Decoder(replace(recipes.MINI, vocab_size=tokenizer.vocab_size)).initialise(recipe.seed)
        runners = (Runner("characters", plain(ids[:at], characters, STEPS // 100 if quick else STEPS), lambda: nats(characters, ids[at:])),
                   Runner("ours", ours(windows, decoder, recipe, Path(folder)), lambda: nats_per_character(decoder, unseen, tokenizer)))
        while not all(runner.done for runner in runners):
            for runner in runners:
                if not runner.done:
                    runner.turn()
    return compare(*runners, wanted)


def compare(yardstick: Runner, own: Runner, wanted: float) -> list[Figure]:
    """Where each ended, after how long, and when each had come to the loss that is wanted."""
    figures = []
    for id, name, runner in (("plain", "Decoder of characters", yardstick), ("ours", "Our recipe", own)):
        reached = runner.reaches(wanted)
        figures += [Figure(f"owntext.{id}.loss", f"{name}: loss on the text's last tenth in the end", runner.seen[-1][2], "nats/character", 1),
                    Figure(f"owntext.{id}.seconds", f"{name}: time to its end", runner.seconds, "s", 1),
                    Figure(f"owntext.{id}.time", f"{name}: time to {wanted} nats/character", math.inf if reached is None else reached, "s", 1)]
    return figures
