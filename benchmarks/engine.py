"""What the engine costs on one thread: a forward pass bare, traced and without a part, a distribution, 200 new tokens with and without the cache."""
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import torch

from benchmarks.prompts import opening
from benchmarks.report import Figure, parser, report
from engine import LanguageModel, Without, distribution, load
from engine.sampling import draw

COMMAND = "python -m benchmarks.engine"
SHORT, LONG, WRITTEN = 20, 256, 200     # tokens read, tokens read, tokens written


def cached(lm: LanguageModel, text: str, seed: int) -> None:
    """Write on as `generate` does, with the keys and values kept."""
    for _ in lm.generate(text, max_new_tokens=WRITTEN, seed=seed):
        pass


@torch.no_grad()
def uncached(lm: LanguageModel, text: str, seed: int) -> None:
    """Write on with the whole text read anew for every token."""
    ids, chance = lm.prompt(text), torch.Generator().manual_seed(seed)
    for _ in range(WRITTEN):
        ids.append(draw(distribution(lm.decoder(torch.tensor([ids])).logits[0, -1], 0.8), chance))


@torch.no_grad()
def bare(lm: LanguageModel, text: str) -> None:
    """The decoder alone: no tokens named, nothing kept."""
    lm.decoder(torch.tensor([[lm.bos, *lm.tokenizer.encode(text)]]))


def measure(rounds: int) -> list[Figure]:
    """Every kind of work once a round, so that a slow moment of the machine hits them all; medians of the rounds."""
    torch.set_num_threads(1)
    lm = load("base")
    unending = replace(lm, bos=None)                                # no token ends its texts: each has all 200
    short, long = opening(lm, SHORT, 0), opening(lm, LONG, 0)
    logits = lm.trace(short).logits[-1]
    off = Without(mask=True, heads={(0, 0)})
    kinds: dict[str, Callable[[int], object]] = {
        f"Bare forward pass, {SHORT} tokens": lambda _: bare(lm, short), f"The same, mask and a head off, traced, {SHORT} tokens": lambda _: lm.trace(short, without=off),
        f"Forward pass, {SHORT} tokens": lambda _: lm.trace(short), f"Forward pass, {LONG} tokens": lambda _: lm.trace(long),
        f"Distribution over {len(logits):,} tokens": lambda _: distribution(logits, 0.8),
        f"{WRITTEN} new tokens, with the cache": lambda turn: cached(unending, short, turn),
        f"{WRITTEN} new tokens, without the cache": lambda turn: uncached(unending, short, turn)}
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(-1, rounds):
        for name, work in kinds.items():
            start = time.perf_counter()
            work(turn)
            if turn >= 0:                                           # the first round warms up
                taken[name].append(1000 * (time.perf_counter() - start))
    ids = ("engine.bare", "engine.off", "engine.short", "engine.long", "engine.distribution", "engine.cached", "engine.uncached")
    figures = [Figure(id, f"{name}, median", statistics.median(times), "ms", rounds)
               for id, (name, times) in zip(ids, taken.items(), strict=True)]
    value = {figure.id: figure.value for figure in figures}
    return [*figures, Figure("engine.trace", f"Traced over bare, {SHORT} tokens", value["engine.short"] / value["engine.bare"], "×", rounds),
            Figure("engine.speedup", "Without the cache over with it", value["engine.uncached"] / value["engine.cached"], "×", rounds)]


def main() -> None:
    """Measure, print, and write."""
    options = parser(__doc__.splitlines()[0]).parse_args()
    report(COMMAND, measure(2 if options.quick else 15), options)


if __name__ == "__main__":
    main()
