"""How many different texts a model writes on from the same beginning, at one temperature after another."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Counted:
    """How many of the continuations differ so far: all of them `tokens` long, unless they have ended."""
    temperature: float
    tokens: int
    distinct: int


def distinct(lm, text: str, temperatures: Sequence[float], seeds: Sequence[int], tokens: int, top_k: int | None = None,
             top_p: float | None = None) -> Iterator[Counted]:
    """Write on from `text` once for each seed, as one batch for each temperature; yields after every token how many differ.

    Raises KnobError for a knob out of range.
    """
    for temperature in temperatures:
        texts = [()] * len(seeds)
        steps = lm.continuations(text, seeds, tokens, temperature, top_k, top_p)
        for number in range(tokens):
            row = next(steps, None)                 # None: all have ended before
            if row is not None:
                texts = [ids if step is None else (*ids, step.id) for ids, step in zip(texts, row, strict=True)]
            yield Counted(temperature, number + 1, len(set(texts)))
