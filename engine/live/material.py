"""What a run learns from: stories told while it trains, or a reader's own text; what is kept out of it; and what a loss on it can be held against."""
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from engine import owntext
from engine.checkpoint import MODELS
from engine.checkpoint import TOKENIZER as FILE
from engine.corpus.document import Document
from engine.corpus.stream import write
from engine.data import Windows
from engine.lm import begins_with
from engine.reference import Ngrams
from engine.tokenizer import Tokenizer

TELLER = "base"                     # whose tokenizer the stories are cut by
GENRES = ("fairy", "daily")          # short ones, which a window holds whole
KEPT_OUT, COUNTED, CHUNK = 300, 3000, 400           # texts: that nothing is learnt from; that the n-grams are counted on; told at a time
LARGEST = 1024                      # entries of a vocabulary for a reader's own text


@dataclass(frozen=True)
class Material:
    """A text to learn from, in windows, and how well those foretell it who only count."""
    tokenizer: Tokenizer
    bos: int
    apart: bool                     # whether documents of a window may not see each other
    batches: Iterator[tuple[Tensor, Tensor]]        # (B, T) inputs and targets, without end
    kept_out: Windows
    references: dict[str, float]    # nats per token of the kept-out text: uniform, unigram, bigram, trigram, and `entropy` where it is known
    counted: int                    # tokens that the n-grams were counted on


def stories(language: str, seed: int, context: int, batch: int) -> Material:
    """Stories of one language, told without end from a seed."""
    tokenizer = teller()
    bos = begins_with(tokenizer)
    unseen = list(itertools.islice(_told(language, -1, set()), KEPT_OUT))
    told = _told(language, seed, {document.text for document in unseen})
    rows, first = _rows(tokenizer, bos, unseen), _rows(tokenizer, bos, itertools.islice(told, COUNTED))
    nats = sum(document.nats for document in unseen) / sum(map(len, rows))
    references, counted = _references(tokenizer, first, rows, context)
    chunks = itertools.chain([first], (_rows(tokenizer, bos, itertools.islice(told, CHUNK)) for _ in itertools.count()))
    return Material(tokenizer, bos, True, _batches(chunks, context, bos, batch), Windows.of(_flat(rows), context, bos), references | {"entropy": nats}, counted)


def teller() -> Tokenizer:
    """The tokenizer that stories are cut by."""
    return Tokenizer.load(MODELS / TELLER / FILE)


def own(text: str, seed: int, context: int, batch: int) -> Material:
    """A reader's own text, read again and again; its end is kept out. Raises TextError for what is none, or is too short."""
    tokenizer, parts = owntext.cut(owntext.clean(text, "text"), "text", context, LARGEST)
    bos = begins_with(tokenizer)
    train, unseen = ([[bos, *row] for row in rows] for rows in parts)
    windows = Windows.of(_flat(train), context, bos)
    order = windows.order(seed, len(windows))               # shuffled from the first time on
    batches = (windows.batch(np.fromiter(itertools.islice(order, batch), dtype=np.int64)) for _ in itertools.count())
    references, counted = _references(tokenizer, train, unseen, context)
    return Material(tokenizer, bos, False, batches, Windows.of(_flat(unseen), context, bos), references, counted)


def _told(language: str, seed: int, not_these: set[str]) -> Iterator[Document]:
    """Stories without end, one genre after the other, none of which is one of these."""
    for number in itertools.count():
        document = write(language, GENRES[number % len(GENRES)], number + 10 ** 9 * (seed + 1))
        if document.text not in not_these:
            yield document


def _rows(tokenizer: Tokenizer, bos: int, documents) -> list[list[int]]:
    return [[bos, *ids] for ids in tokenizer.encode_many([document.text for document in documents])]


def _flat(rows: list[list[int]]) -> np.ndarray:
    return np.array([id_ for row in rows for id_ in row], dtype=np.uint16)


def _batches(chunks: Iterator[list[list[int]]], context: int, bos: int, batch: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches of whole windows; the few windows that fill none are left out."""
    for rows in chunks:
        windows = Windows.of(_flat(rows), context, bos)
        for first in range(0, len(windows) - batch + 1, batch):
            yield windows.batch(np.arange(first, first + batch))


def _references(tokenizer: Tokenizer, train: list[list[int]], unseen: list[list[int]], context: int) -> tuple[dict[str, float], int]:
    counted = Ngrams(tokenizer.vocab_size)
    for row in train:
        counted.count(row[:context + 1])
    found = counted.references(row[:context + 1] for row in unseen)
    assert found["uniform"] == math.log(tokenizer.vocab_size)
    return found, sum(len(row) for row in train)
