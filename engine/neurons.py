"""What excites a neuron: the places of a held-out text where each is most active, sought once for the weights that ship."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine import data
from engine.checkpoint import load
from engine.derived import load_beside, save_beside
from engine.lm import LanguageModel

NEURONS = "neurons.safetensors"
DOCUMENTS = 2_000                   # looked through, evenly from the whole held-out text
PLACES = 4                          # kept of each neuron, each in another document
BATCH = 16


@dataclass(frozen=True)
class Place:
    """Where a neuron is active: a document, its beginning-of-text token included, and a position in it."""
    ids: tuple[int, ...]
    at: int
    value: float                    # of the neuron there, after the activation function


@dataclass(frozen=True)
class Gallery:
    """The K most exciting places of all L × F neurons; read, never written."""
    text: Tensor                    # (S,) documents, one behind the other
    begins: Tensor                  # (N + 1,) where each begins, and S
    documents: Tensor               # (L, F, K) which document a place is in, the most exciting first
    positions: Tensor               # (L, F, K) and at which of its tokens
    values: Tensor                  # (L, F, K)

    def of(self, layer: int, neuron: int) -> list[Place]:
        """The places of one neuron, the most exciting first."""
        places = []
        for document, at, value in zip(*(part[layer, neuron].tolist() for part in (self.documents, self.positions, self.values)), strict=True):
            begin, end = self.begins[document:document + 2].tolist()
            places.append(Place(tuple(self.text[begin:end].tolist()), at, value))
        return places


@torch.no_grad()
def seek(lm: LanguageModel, documents: list[list[int]], places: int = PLACES) -> Gallery:
    """Read `documents`, each by itself and as far as the window reaches, and keep for every neuron the `places` where it is most active.

    A document counts once for a neuron, and its first token, which all have in common, not at all.
    """
    documents = [ids[:lm.context] for ids in documents]
    config = lm.decoder.config
    highest = torch.empty(len(documents), config.n_layer, 4 * config.n_embd)
    where = torch.empty_like(highest, dtype=torch.int64)
    order = sorted(range(len(documents)), key=lambda number: len(documents[number]))
    for start in range(0, len(order), BATCH):
        numbers = order[start:start + BATCH]
        ids = torch.zeros(len(numbers), len(documents[numbers[-1]]), dtype=torch.int64)     # what stands behind a text does not reach back
        counts = torch.full(ids.shape, -torch.inf)
        for row, number in enumerate(numbers):
            ids[row, :len(documents[number])] = torch.tensor(documents[number])
            counts[row, 1:len(documents[number])] = 0
        for layer, done in enumerate(lm.decoder(ids).layers):
            highest[numbers, layer], where[numbers, layer] = (done.neurons + counts[:, :, None]).max(1)
    values, chosen = highest.topk(min(places, len(documents)), dim=0)                       # (K, L, F)
    begins = torch.tensor([0, *np.cumsum([len(ids) for ids in documents])])
    return Gallery(torch.tensor([id for ids in documents for id in ids]), begins, chosen.permute(1, 2, 0),
                   where.gather(0, chosen).permute(1, 2, 0), values.permute(1, 2, 0))


def build(folder: Path, text: Path) -> Path:
    """Write the gallery of the model in `folder` beside its weights, from the documents of `text` (uint16, as the corpus holds them).

    The file carries the SHA-256 of the weights it was made from. Raises ModelError, and TextError for a text without documents.
    """
    lm = load(folder)
    gallery = seek(lm, data.documents(text, lm.bos, DOCUMENTS))
    small = {"text": torch.uint16, "begins": torch.int32, "documents": torch.uint16, "positions": torch.uint16, "values": torch.float32}
    tensors = {name: getattr(gallery, name).to(kind) for name, kind in small.items()}
    return save_beside(folder, NEURONS, tensors)


def built(folder: Path) -> Gallery | None:
    """The gallery that `build` wrote; None if it is not there, damaged, or made from other weights."""
    found = load_beside(folder, NEURONS, ("text", "begins", "documents", "positions", "values"))
    if found is None:
        return None
    gallery = Gallery(**{name: tensor if name == "values" else tensor.long() for name, tensor in found.items()})
    return gallery if _whole(gallery) else None


def _whole(gallery: Gallery) -> bool:
    """Whether every place lies in a document of the text."""
    begins, documents, positions = gallery.begins, gallery.documents, gallery.positions
    if not (documents.shape == positions.shape == gallery.values.shape and documents.ndim == 3 and begins.ndim == 1 and len(begins) > 1
            and begins[0] == 0 and begins[-1] == len(gallery.text) and bool((begins.diff() > 0).all())):
        return False
    return bool((documents < len(begins) - 1).all()) and bool((positions < begins.diff()[documents.clamp(max=len(begins) - 2)]).all())
