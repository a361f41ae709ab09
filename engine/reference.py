"""Reference lines for a loss: what one pays who knows only how many tokens there are, how often each comes, or which one or two came before."""
import itertools
import math
from collections import Counter

from engine.corpus.stream import documents, for_validation
from engine.lm import LanguageModel

TEXTS = 10_000                      # documents of the training stream that are counted
TRAINING_SEED = 1
WEIGHTS = (0.05, 0.25, 0.7)         # of unigram, bigram and trigram in the mixture (Jelinek and Mercer 1980)


def references(lm: LanguageModel, language: str, count: int, seed: int, texts: int) -> dict:
    """Nats per token of `count` unseen documents for a uniform guesser and for mixtures of n-grams counted on `texts` documents."""
    size = lm.tokenizer.vocab_size
    one: Counter = Counter()
    two: dict[int, Counter] = {}
    three: dict[tuple[int, int], Counter] = {}
    for ids in _encoded(lm, language, TRAINING_SEED, texts, False):
        one.update(ids[1:])
        for a, b in itertools.pairwise(ids):
            two.setdefault(a, Counter())[b] += 1
        for a, b, c in zip(ids, ids[1:], ids[2:], strict=False):
            three.setdefault((a, b), Counter())[c] += 1
    total = sum(one.values())
    sums = {before: sum(after.values()) for before, after in (two | three).items()}
    nats, tokens = [0.0, 0.0, 0.0], 0
    for ids in _encoded(lm, language, seed, count, True):
        for i in range(1, len(ids)):
            shares = [(one[ids[i]] + 1) / (total + size)]
            shares.append(two[ids[i - 1]][ids[i]] / sums[ids[i - 1]] if ids[i - 1] in two else shares[0])
            before = (ids[i - 2], ids[i - 1]) if i > 1 else None
            shares.append(three[before][ids[i]] / sums[before] if before in three else shares[1])
            for order in range(3):
                weights = WEIGHTS[:order + 1]
                mixed = sum(w * p for w, p in zip(weights, shares, strict=False)) / sum(weights)
                nats[order] -= math.log(mixed)
        tokens += len(ids) - 1
    names = ("unigram", "bigram", "trigram")
    return {"uniform": math.log(size)} | {name: value / tokens for name, value in zip(names, nats, strict=True)}


def _encoded(lm: LanguageModel, language: str, seed: int, count: int, unseen: bool):
    """Token ids of documents of one language, from the training stream or kept out of it."""
    chosen = (d.text for d in documents(seed) if d.language == language and for_validation(d) == unseen)
    while chunk := list(itertools.islice(chosen, min(count, 1000))):
        for ids in lm.tokenizer.encode_many(chunk):
            yield [lm.bos, *ids][:lm.context + 1]
        count -= len(chunk)
        if count <= 0:
            return
