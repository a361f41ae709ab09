"""A text of the reader's own, made ready for the same training: a tokenizer learnt from its beginning, its end kept out."""
import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from engine.checkpoint import read_json, write_json
from engine.corpus.write import META, TOKENIZER, TRAIN, VALIDATION
from engine.data import Windows
from engine.errors import ModelError, TextError
from engine.lm import begins_with
from engine.model import Decoder
from engine.tokenizer import Tokenizer

KEPT_OUT = 0.1                      # of the characters, at the end of the text, are read for validation alone
SMALLEST = 300                      # entries of a vocabulary: the bytes, the special tokens, and a few merges
ODD = 0.02                          # of the characters may be signs that no text is made of
BATCH = 16                          # windows a pass


def prepare(path: Path, folder: Path, context: int, largest: int) -> None:
    """Write the text in `path` into `folder` as a corpus, in windows of `context` tokens and at most `largest` entries of vocabulary.

    The vocabulary grows with the text, and is learnt from the part that is trained on. What is there already of the same text
    stays. Raises TextError for what is no text in UTF-8, is empty, or is too short to fill a window of each part; ModelError
    for a folder that holds another text.
    """
    text = read(path)
    order = {"text_sha256": hashlib.sha256(text.encode()).hexdigest(), "context": context, "vocab_size": vocabulary(len(text), largest)}
    if (folder / META).is_file():
        if read_json(folder / META).get("order") != order:
            raise ModelError("state_foreign", f"{folder} holds another text: remove it, or choose another folder.", file=META)
        return
    tokenizer, parts = cut(text, path.name, context, largest)
    bos = begins_with(tokenizer)
    written = {name: np.array([i for row in rows for i in (bos, *row)], dtype=np.uint16) for name, rows in zip((TRAIN, VALIDATION), parts, strict=True)}
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(folder / TOKENIZER)
    for name, ids in written.items():
        ids.tofile(folder / name)
    write_json(folder / META, {"order": order, "train_tokens": len(written[TRAIN]), "genres": {}, "text": path.name, "characters": len(text)})


def read(path: Path) -> str:
    """The text of a file. Raises TextError for one that is empty, or is no text in UTF-8."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError("text_foreign", f"{path} is not text in UTF-8.", file=path.name) from error
    return clean(text, path.name)


def clean(text: str, name: str) -> str:
    """A text that can be learnt from, its line ends all alike. Raises TextError for one that is empty, or is what a file of another kind looks like."""
    odd = sum(count for sign, count in Counter(text).items() if sign == "\ufffd" or sign not in "\n\r\t\f" and unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs"))
    if "\0" in text or odd > ODD * len(text):
        raise TextError("text_foreign", f"{name} holds what no text holds, zero bytes or the like.", file=name)
    if not text.strip():
        raise TextError("text_empty", f"{name} is empty.", file=name)
    return text.replace("\r\n", "\n")


def cut(text: str, name: str, context: int, largest: int) -> tuple[Tokenizer, tuple[list[list[int]], list[list[int]]]]:
    """A tokenizer learnt from the text without its end, and the ids of both parts in pieces of at most half a window.

    Raises TextError for a text too short to fill a window of each part.
    """
    at = int(len(text) * (1 - KEPT_OUT))
    parts = text[:at], text[at:]
    tokenizer = Tokenizer.train(_paragraphs(parts[0]), vocabulary(len(text), largest))
    rows = tuple([row for piece in _paragraphs(part) for row in _short(tokenizer.encode(piece), context // 2)] for part in parts)
    for part, found in zip(("the text", "the last tenth"), rows, strict=True):
        if sum(map(len, found)) < context:
            raise TextError("text_short", f"{name} is too short: {part} must fill a window of {context} tokens.", file=name, context=context)
    return tokenizer, rows


def vocabulary(characters: int, largest: int) -> int:
    """Entries that a text of so many characters can fill: about one for each thousand of them."""
    return min(largest, max(SMALLEST, 2 ** round(math.log2(max(1, characters / 1000)))))


@torch.no_grad()
def nats_per_character(decoder: Decoder, windows: Windows, tokenizer: Tokenizer) -> float:
    """Cross-entropy of a text by its characters, which vocabularies of different size can be compared by.

    Every token is foretold once, from what stands before it in its window; the tokens between documents are not counted.
    """
    bos = begins_with(tokenizer)
    ends = [*windows.starts[1:], len(windows.ids) - 1]
    total = 0.0
    for first in range(0, len(windows), BATCH):
        numbers = np.arange(first, min(first + BATCH, len(windows)))
        inputs, targets = windows.batch(numbers)
        nats = F.cross_entropy(decoder(inputs).logits.flatten(0, 1), targets.flatten(), reduction="none").view(targets.shape)
        inside = torch.tensor([[windows.starts[i] + at < ends[i] for at in range(windows.length)] for i in numbers])
        total += float(nats[inside & (targets != bos)].sum())
    return total / len(tokenizer.decode([int(i) for i in windows.ids if i != bos]))


def _paragraphs(text: str) -> Iterator[str]:
    """The text piece by piece, each up to the next blank line and the blank lines themselves; together they are the text."""
    return (found[0] for found in re.finditer(r".+?(?:\n\s*\n|\Z)", text, re.DOTALL))


def _short(ids: list[int], longest: int) -> list[list[int]]:
    return [ids[at:at + longest] for at in range(0, len(ids), longest)]
