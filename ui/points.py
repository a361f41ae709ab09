"""The whole vocabulary, and the table of positions, as the browser keeps them: fetched once, so that a keystroke only sends ids and counts."""
import hashlib
import json

import numpy as np
import torch

from engine import LanguageModel, Token
from engine.contexts import Projector
from engine.maps import Atlas
from ui.parts import is_special, packed, visible

CELLS = 256                         # rows and columns at most that a table of vectors is drawn with
STARTS_WORD, WITHIN, FAINT = range(3)
LEAST = 10                          # tokens that start a word; a vocabulary with fewer does not show which do


def payload(lm: LanguageModel, atlas: Atlas, projector: Projector | None) -> tuple[str, bytes]:
    """A version, which changes with the content, and the content: every map's coordinates, every token's text and class, and the places
    of the held-out text on the map of contextual vectors.

    The model's own marks have no text here: their names belong to a language, and come with the page.
    """
    tokens = [lm.tokenizer.tokens([i])[0] for i in range(len(atlas.pca))]       # one by one: neighbours in the list
    content = json.dumps({                                                      # are no neighbours in a text
        "pca": packed(atlas.pca),
        "tsne": None if atlas.tsne is None else packed(atlas.tsne),
        "texts": ["" if is_special(token) else visible(token.text) for token in tokens],
        "classes": [kind(token) for token in tokens],
        "contexts": projector and {"points": packed(projector.points), "around": [snippet(lm, ids) for ids in projector.around.tolist()]},
    }, ensure_ascii=False).encode()
    return hashlib.sha256(content).hexdigest()[:16], content


def shades(vectors: torch.Tensor) -> tuple[str, bytes, float]:
    """A table of vectors in 255 shades, an int8 for each cell that is drawn: a version, the bytes, and the value that 127 stands for."""
    values = pooled(vectors)
    most = float(np.abs(values).max())
    content = np.rint(127 * values / most).astype(np.int8).tobytes()
    return hashlib.sha256(content).hexdigest()[:16], content, most


def pooled(vectors) -> np.ndarray:
    """At most 256 rows and columns, each cell the mean of as many numbers as needed."""
    values = np.asarray(vectors, np.float32)
    for dimension in (0, 1):
        groups = np.array_split(values, min(CELLS, values.shape[dimension]), dimension)
        values = np.concatenate([group.mean(dimension, keepdims=True) for group in groups], dimension) if len(groups) < values.shape[dimension] else values
    return values


def kind(token: Token) -> int:
    """Whether a token starts a word, stands within one, or is no readable text by itself: a mark, a byte, a control."""
    try:
        text = token.bytes.decode()
    except UnicodeDecodeError:
        return FAINT
    if is_special(token) or not text.strip() or not text.strip().isprintable():
        return FAINT
    return STARTS_WORD if text[0] == " " else WITHIN


def snippet(lm: LanguageModel, ids: list[int]) -> list[str]:
    """A place of a text: what stands before, and the token itself."""
    *before, token = (id for id in ids if id >= 0 and id != lm.bos)
    return [visible(lm.tokenizer.decode(before)).replace("·", " "), visible(lm.tokenizer.tokens([token])[0].text)]


def starters(lm: LanguageModel) -> torch.Tensor:
    """The ids of all tokens that start a word, in order: as the browser finds them in the classes; all, where no token shows that it does."""
    V = lm.decoder.config.vocab_size
    found = [token.id for token in (lm.tokenizer.tokens([i])[0] for i in range(V)) if kind(token) == STARTS_WORD]
    return torch.tensor(found if len(found) >= LEAST else range(V), dtype=torch.long)
