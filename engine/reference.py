"""Reference lines for a loss: what one pays who knows only how many tokens there are, how often each comes, or which one or two came before."""
import itertools
import math
from collections import Counter
from collections.abc import Iterable

from engine.corpus.stream import documents, for_validation
from engine.lm import LanguageModel

TEXTS = 10_000                      # documents of the training stream that are counted
TRAINING_SEED = 1
WEIGHTS = (0.05, 0.25, 0.7)         # of unigram, bigram and trigram in the mixture (Jelinek and Mercer 1980)


class Ngrams:
    """How often each token comes, alone, after one and after two others; a guesser of the next token that mixes the three."""

    def __init__(self, size: int):
        self._size = size                                   # of the vocabulary
        self._one: Counter = Counter()
        self._two: dict[int, Counter] = {}
        self._three: dict[tuple[int, int], Counter] = {}

    def count(self, ids: list[int]) -> None:
        """Read one document, whose first token begins it."""
        self._one.update(ids[1:])
        for a, b in itertools.pairwise(ids):
            self._two.setdefault(a, Counter())[b] += 1
        for a, b, c in zip(ids, ids[1:], ids[2:], strict=False):
            self._three.setdefault((a, b), Counter())[c] += 1

    def references(self, texts: Iterable[list[int]]) -> dict[str, float]:
        """Nats per token of documents for one who guesses evenly, and for mixtures of one, two and all three of the counts."""
        total = self._one.total()
        sums = {before: after.total() for before, after in (self._two | self._three).items()}
        nats, tokens = [0.0, 0.0, 0.0], 0
        for ids in texts:
            for i in range(1, len(ids)):
                shares = [(self._one[ids[i]] + 1) / (total + self._size)]
                shares.append(self._two[ids[i - 1]][ids[i]] / sums[ids[i - 1]] if ids[i - 1] in self._two else shares[0])
                before = (ids[i - 2], ids[i - 1]) if i > 1 else None
                shares.append(self._three[before][ids[i]] / sums[before] if before in self._three else shares[1])
                for order in range(3):
                    weights = WEIGHTS[:order + 1]
                    mixed = sum(w * p for w, p in zip(weights, shares, strict=False)) / sum(weights)
                    nats[order] -= math.log(mixed)
            tokens += len(ids) - 1
        return {"uniform": math.log(self._size)} | {name: value / tokens for name, value in zip(("unigram", "bigram", "trigram"), nats, strict=True)}


def references(lm: LanguageModel, language: str, count: int, seed: int, texts: int) -> dict:
    """Nats per token of `count` unseen documents for a uniform guesser and for mixtures of n-grams counted on `texts` documents."""
    counted = Ngrams(lm.tokenizer.vocab_size)
    for ids in _encoded(lm, language, TRAINING_SEED, texts, False):
        counted.count(ids)
    return counted.references(_encoded(lm, language, seed, count, True))


def _encoded(lm: LanguageModel, language: str, seed: int, count: int, unseen: bool):
    """Token ids of documents of one language, from the training stream or kept out of it."""
    chosen = (d.text for d in documents(seed) if d.language == language and for_validation(d) == unseen)
    while chunk := list(itertools.islice(chosen, min(count, 1000))):
        for ids in lm.tokenizer.encode_many(chunk):
            yield [lm.bos, *ids][:lm.context + 1]
        count -= len(chunk)
        if count <= 0:
            return
