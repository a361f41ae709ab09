"""The corpus on disk: tokenizer, and token ids in memory maps, written once."""
import itertools
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.checkpoint import write_json
from engine.corpus.document import Document
from engine.corpus.stream import LANGUAGES, documents, for_validation
from engine.corpus.words import core
from engine.lm import begins_with
from engine.tokenizer import Tokenizer

TRAIN, VALIDATION, TOKENIZER, META = "train.bin", "validation.bin", "tokenizer.json", "corpus.json"
SAMPLE = 60_000                     # documents that the tokenizer is learnt from
NAMES, WORDS = 900, 400             # times a core name, and a core word, stands in that sample besides: most become one token
CHUNK = 2_000                       # documents encoded at a time
CHARACTERS = 2.9                    # of a token, roughly


@dataclass(frozen=True)
class Progress:
    """How far writing has come."""
    tokens: int
    total: int
    tokens_per_second: float


def write(folder: Path, tokens: int, seed: int, vocab_size: int = 4096) -> Iterator[Progress]:
    """Write `tokens` training tokens (and 1 % more for validation) of the stream of `seed` into `folder`.

    Each document begins with the beginning-of-text token. `corpus.json` states tokens, documents and nats by language
    and genre. Yields its progress; a corpus that is already there in full is left as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    order = {"tokens_wanted": tokens, "seed": seed, "vocab_size": vocab_size}
    if (folder / META).is_file() and json.loads((folder / META).read_text())["order"] == order:
        return
    tokenizer = Tokenizer.train(_sample(seed), vocab_size)
    tokenizer.save(folder / TOKENIZER)
    bos = begins_with(tokenizer)
    start, written = time.monotonic(), 0
    counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
    with (folder / TRAIN).open("wb") as train, (folder / VALIDATION).open("wb") as validation:
        for chunk in _chunks(documents(seed, int(CHARACTERS * tokens))):
            for document, ids in zip(chunk, tokenizer.encode_many([d.text for d in chunk]), strict=True):
                keep_out = for_validation(document)
                np.array([bos, *ids], dtype=np.uint16).tofile(validation if keep_out else train)
                written += 0 if keep_out else len(ids) + 1
                counts[document.language, document.genre].update(
                    documents=1, tokens=len(ids) + 1, nats=document.nats, characters=len(document.text))
            yield Progress(min(written, tokens), tokens, written / (time.monotonic() - start))
            if written >= tokens:
                break
    write_json(folder / META, {"order": order, "train_tokens": written, "genres": _table(counts)})


def _sample(seed: int) -> Iterator[str]:
    """What the tokenizer is learnt from: texts, and the core words again and again, so that what must be looked up is one token."""
    yield from (document.text for document in itertools.islice(documents(seed), SAMPLE))
    for language in LANGUAGES:
        for words, times in zip(core(language), (NAMES, WORDS), strict=True):
            yield from (f" {word}" for word in words for _ in range(times))


def _table(counts: dict[tuple[str, str], Counter]) -> dict:
    """Totals by language and genre, with the entropy of the derivation in nats per token."""
    table: dict[str, dict] = {}
    for (language, genre), total in sorted(counts.items()):
        table.setdefault(language, {})[genre] = dict(total) | {"nats_per_token": total["nats"] / total["tokens"]}
    return table


def _chunks(stream: Iterator[Document]) -> Iterator[tuple[Document, ...]]:
    while chunk := tuple(itertools.islice(stream, CHUNK)):
        yield chunk
