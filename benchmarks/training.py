"""How fast a decoder learns, in tokens and in time: our recipe beside a plain AdamW loop of 16 windows, on the same text, turn by turn.

Both train the shape of `mini` on one thread, on the story world without the lessons it begins with, in an order of its own that is the same for both.
The plain loop is what a tutorial writes: GPT-2's initial weights, AdamW, all in float32, warm-up and a fall to nothing. Ours is that of
`engine/train.py`: attention's head start, 4 windows a step, Muon, the loss in slices, bfloat16 where the processor has it.
With `--text FILE` both learn a text of one's own instead, as `benchmarks/owntext.py` says.
"""
import argparse
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from benchmarks.report import Figure, parser, report
from engine import recipes
from engine.corpus.stream import PARTS
from engine.corpus.write import TOKENIZER, TRAIN, VALIDATION, write
from engine.data import Windows
from engine.launch import with_large_heap
from engine.lm import begins_with
from engine.model import Decoder
from engine.owntext import read
from engine.start import head_start
from engine.tokenizer import Tokenizer
from engine.train import advance, optimizers_of, validation_loss

COMMAND = "python -m benchmarks.training"
CORPUS, BUDGET = 4_000_000, 1_000_000           # tokens written, tokens that the plain loop reads
RATE, WARM_UP = 5e-3, 50                        # of the plain loop; at this budget 2e-3 comes to 4.65, 5e-3 to 4.39 and 1e-2 to 5.02 nats per token
PLAIN, OURS = 16, 4                             # windows a step
LESSONS = 4                                     # parts of the text, to begin with
TURN = 5.0                                      # seconds of training before it is the other's turn
LOOKED_AT = 10                                  # batches of 8 windows of unseen text that the loss is taken on


@dataclass
class Runner:
    """One of the two: its training, the seconds that it took, and (seconds, tokens, loss on unseen text) after each turn."""
    name: str
    training: Iterator[int]                     # yields the tokens of each step
    look: Callable[[], float]                   # the loss on unseen text
    seconds: float = 0.0
    tokens: int = 0
    seen: list[tuple[float, int, float]] = field(default_factory=list)
    done: bool = False

    def turn(self) -> None:
        """Train for a while, then look; looking does not count."""
        begun = time.perf_counter()
        while (spent := time.perf_counter() - begun) < TURN:
            tokens = next(self.training, 0)
            if not tokens:
                self.done = True
                break
            self.tokens += tokens
        self.seconds += max(spent, time.perf_counter() - begun)
        self.seen.append((self.seconds, self.tokens, self.look()))

    def reaches(self, loss: float) -> float | None:
        """The seconds of training until the loss was no more than this, or None."""
        return next((seconds for seconds, _, found in self.seen if found <= loss), None)


def plain(windows: Windows, order: np.ndarray, decoder: Decoder, steps: int) -> Iterator[int]:
    """The plain loop: yields the tokens of each step."""
    optimizer = torch.optim.AdamW(decoder.parameters(), lr=RATE, betas=(0.9, 0.95), weight_decay=0.1)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP, (steps - step) / steps)
        inputs, targets = windows.batch(order[step * PLAIN:(step + 1) * PLAIN])
        loss = F.cross_entropy(decoder(inputs).logits.flatten(0, 1), targets.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        yield inputs.numel()


def ours(windows: Windows, order: np.ndarray, decoder: Decoder) -> Iterator[int]:
    """Our loop at the rates of the first lessons, since so short a run is all beginning: yields the tokens of each step."""
    recipe = recipes.MINI_RECIPE
    optimizers = optimizers_of(decoder, recipe)
    for step in range(len(order) // OURS):
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * min(1.0, (step + 1) / recipe.warm_up)
        inputs, targets = windows.batch(order[step * OURS:(step + 1) * OURS])
        advance(decoder, inputs, targets, optimizers, recipe.clip, windows.bos)
        yield inputs.numel()


def measure(corpus: int, budget: int) -> list[Figure]:
    """Train both by turns until the plain loop has read its budget."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder)
        for _ in write(text, corpus, recipes.CORPUS_SEED, recipes.VOCABULARY):
            pass
        bos = begins_with(Tokenizer.load(text / TOKENIZER))
        windows, unseen = (Windows(text / name, recipes.MINI.n_positions, bos) for name in (TRAIN, VALIDATION))
        lessons = int(sum(length for length, _ in PARTS[:LESSONS]) / sum(length for length, _ in PARTS) * len(windows))
        order = lessons + np.random.default_rng(1).permutation(len(windows) - lessons)
        first, second = (Decoder(recipes.MINI).initialise(1) for _ in range(2))
        steps = min(budget // (PLAIN * windows.length), len(order) // PLAIN)

        def look(decoder: Decoder, alone: bool) -> Callable[[], float]:         # our recipe reads each document of a window by itself
            return lambda: validation_loss(decoder, unseen, LOOKED_AT, alone=alone)

        runners = (Runner("plain", plain(windows, order, first, steps), look(first, alone=False)),
                   Runner("ours", ours(windows, order, head_start(second)), look(second, alone=True)))
        while not runners[0].done:
            for runner in runners:
                runner.turn()
    return compare(*runners)


def compare(yardstick: Runner, own: Runner) -> list[Figure]:
    """What the two have reached, and how soon ours was where the plain loop ended."""
    loss = yardstick.seen[-1][2]
    seconds = own.reaches(loss)
    return [
        Figure("training.plain.pace", "Plain AdamW loop, 16 windows a step", yardstick.tokens / yardstick.seconds, "tokens/s", yardstick.tokens),
        Figure("training.ours.pace", "Our recipe, 4 windows a step", own.tokens / own.seconds, "tokens/s", own.tokens),
        Figure("training.plain.loss", "Loss on unseen text where the plain loop ends", loss, "nats/token", 1),
        Figure("training.ours.loss", "Loss on unseen text after as long with our recipe", own.seen[-1][2], "nats/token", 1),
        Figure("training.plain.time", "Plain loop: time to its loss", yardstick.seconds, "s", 1),
        Figure("training.ours.time", "Our recipe: time to that loss", math.inf if seconds is None else seconds, "s", 1),
        Figure("training.ratio", "Our time over the plain loop's", math.inf if seconds is None else seconds / yardstick.seconds, "×", 1)]


def main() -> None:
    """Measure, print, and write."""
    asked = parser(__doc__.splitlines()[0])
    asked.add_argument("--text", type=Path, metavar="FILE", help="compare on a text of your own, in UTF-8, beside a small decoder of characters")
    asked.add_argument("--loss", type=float, default=1.886, metavar="NATS", help="nats per character that the time is taken to, with --text (default: %(default)s)")
    options: argparse.Namespace = asked.parse_args()
    if options.text:
        from benchmarks import owntext              # which takes its runners from here
        report(owntext.COMMAND, owntext.measure(options.text, options.loss, options.quick), options, text=f"{options.text.name}, {len(read(options.text)):,} characters")
    else:
        report(COMMAND, measure(200_000, 40_000) if options.quick else measure(CORPUS, BUDGET), options)


if __name__ == "__main__":
    with_large_heap("benchmarks.training")
    main()
