"""Words as directions: axes between two poles, sums such as king − man + woman, and what of either the vocabulary bears out."""
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import normalize

from engine.lm import LanguageModel

MOST = 8                            # words of one pole


@dataclass(frozen=True)
class Word:
    """A word as it stands within a text, after a space."""
    text: str
    ids: tuple[int, ...]            # its tokens
    vector: Tensor                  # (C,) its embedding; of several tokens, their mean


@dataclass(frozen=True)
class Axis:
    """The line through two points: −1 at `start`, 1 at `end`, 0 half-way. `start` and `end` (C,) must differ."""
    start: Tensor
    end: Tensor

    @property
    def direction(self) -> Tensor:
        """(C,) of length 1."""
        return normalize(self.end - self.start, dim=0)

    def place(self, vectors: Tensor) -> Tensor:
        """(…) where the vectors (…, C) fall on the line, each at a right angle."""
        half = (self.end - self.start) / 2
        return (vectors - (self.start + self.end) / 2) @ half / half.square().sum()

    def beside(self, vectors: Tensor) -> Tensor:
        """(…) how far the vectors (…, C) lie from the line: all that the axis does not say of them."""
        from_start = vectors - self.start
        along = (from_start @ self.direction)[..., None] * self.direction
        return (from_start - along).norm(dim=-1)


@dataclass(frozen=True)
class Plane:
    """The flat sheet through three points; with `start` at the origin, `over` on the first axis and `up` on the side of the second."""
    start: Tensor                   # (C,)
    axes: Tensor                    # (2, C), orthonormal

    def place(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        """Where the vectors (…, C) fall on the sheet (…, 2), and how far each lies off it (…)."""
        from_start = vectors - self.start
        flat = from_start @ self.axes.T
        return flat, (from_start - flat @ self.axes).norm(dim=-1)


@dataclass(frozen=True)
class Sum:
    """What a − b + c comes to, and every token by its cosine with it."""
    target: Tensor                  # (C,)
    cosines: Tensor                 # (V,)
    order: Tensor                   # (V,) ids, the nearest first, those of a, b and c among them
    inputs: frozenset[int]          # the ids of a, b and c

    def rank(self, id: int, inputs: bool = True) -> int | None:
        """At what place a token comes, from 1; without the `inputs`, which then have no place, as demonstrations usually count."""
        if not inputs and id in self.inputs:
            return None
        at = int((self.order == id).nonzero())
        ahead = 0 if inputs else sum(before in self.inputs for before in self.order[:at].tolist())
        return at + 1 - ahead


def word(lm: LanguageModel, embeddings: Tensor, text: str) -> Word | None:
    """`text` read as after a space, in `embeddings` (V, C); None if there is nothing but blanks. Raises TextError."""
    text = " ".join(text.split())
    ids = tuple(lm.tokenizer.encode(f" {text}")) if text else ()
    return Word(text, ids, embeddings[list(ids)].mean(0)) if ids else None


def pole(lm: LanguageModel, embeddings: Tensor, text: str) -> list[Word]:
    """The words of `text` between commas, at most `MOST`."""
    found = (word(lm, embeddings, piece) for piece in text.split(","))
    return [one for one in found if one is not None][:MOST]


def axis(start: Sequence[Word], end: Sequence[Word]) -> Axis | None:
    """The axis from the mean of some words to that of others; None where the two are the same point."""
    ends = [torch.stack([one.vector for one in words]).mean(0) for words in (start, end)]
    return None if torch.equal(*ends) else Axis(*ends)


def share(embeddings: Tensor, direction: Tensor) -> float:
    """What part of the variance of embeddings (V, C) lies along a direction (C,) of length 1; over any C at right angles it adds up to 1."""
    centred = embeddings - embeddings.mean(0)
    return float((centred @ direction).square().sum() / centred.square().sum())


def total(embeddings: Tensor, a: Word, b: Word, c: Word) -> Sum:
    """a − b + c among embeddings (V, C): "a is to b as … is to c" (Mikolov et al. 2013, "Linguistic Regularities").

    Every token is ranked, the words that were put in as well; usual demonstrations leave these out (Linzen 2016).
    """
    target = a.vector - b.vector + c.vector
    cosines = normalize(embeddings, dim=-1) @ normalize(target, dim=0)                  # (V,)
    return Sum(target, cosines, cosines.argsort(descending=True, stable=True), frozenset({*a.ids, *b.ids, *c.ids}))


def plane(start: Tensor, over: Tensor, up: Tensor) -> Plane:
    """The sheet through three points (C,): Gram and Schmidt's. Three on one line leave the second axis without length."""
    first = normalize(over - start, dim=0)
    second = up - start
    return Plane(start, torch.stack((first, normalize(second - (second @ first) * first, dim=0))))


def without_first(embeddings: Tensor) -> Tensor:
    """Embeddings (V, C) about their mean, with the axis of greatest variance taken out (Mu & Viswanath 2018, "All-but-the-Top")."""
    centred = embeddings - embeddings.mean(0)
    first = principal(embeddings)
    return centred - (centred @ first)[:, None] * first


def principal(embeddings: Tensor) -> Tensor:
    """(C,) the direction of length 1 along which embeddings (V, C) vary most."""
    centred = (embeddings - embeddings.mean(0)).double()
    return torch.linalg.eigh(centred.T @ centred).eigenvectors[:, -1].to(embeddings.dtype)
