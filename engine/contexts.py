"""Contextual vectors: a map of the residual stream, fitted once on held-out text, into which any other text is placed."""
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity, layer_norm

from engine import data
from engine.checkpoint import load
from engine.derived import load_beside, save_beside
from engine.lm import LanguageModel
from engine.trace import Trace

CONTEXTS = "contexts.safetensors"
DOCUMENTS = 500                     # of the held-out text, taken evenly from the whole
EACH = 12                           # tokens of a document that the axes are fitted on, evenly too
BEFORE = 8                          # tokens kept of a shown place, itself the last
_NAMES = ("mean", "axes", "shares", "points", "around")


@dataclass(frozen=True)
class Projector:
    """Two axes through the residual stream of all layers together, and one place of each document laid out along them."""
    mean: Tensor                    # (C,)
    axes: Tensor                    # (2, C), orthonormal
    shares: Tensor                  # (2,) what part of the variance each axis keeps
    points: Tensor                  # (L + 1, N, 2)
    around: Tensor                  # (N, BEFORE) the last tokens of each place; −1 before a document's beginning

    def place(self, states: Tensor) -> Tensor:
        """Where states (…, C) of a residual stream lie on the map: (…, 2). They are standardised first."""
        return (standardised(states) - self.mean) @ self.axes.T


def states(trace: Trace) -> Tensor:
    """(L + 1, T, C): the residual stream after embedding and position, then after each block."""
    return torch.cat((trace.resid_pre[:1], trace.resid_post))


def standardised(states: Tensor) -> Tensor:
    """States (…, C) as every LayerNorm of the model first makes them: mean 0, standard deviation 1.

    The stream grows many times longer from layer to layer; the parts that read it see its direction alone, and so does the map.
    """
    return layer_norm(states, states.shape[-1:])


def turned(states: Tensor) -> tuple[Tensor, Tensor]:
    """By how many degrees each block turns a standardised stream (L + 1, …, C): (L, …), and how far each state is from the first: (L + 1, …)."""
    seen = standardised(states)
    return degrees(seen[:-1], seen[1:]), degrees(seen[:1], seen)


def degrees(a: Tensor, b: Tensor) -> Tensor:
    """The angle between vectors (…, C), in degrees."""
    return torch.rad2deg(cosine_similarity(a, b, dim=-1).clamp(-1, 1).arccos())


def kept(projector: Projector, states: Tensor) -> float:
    """What part of the way of one token (L + 1, C) the map shows: squared steps on it over squared steps in all dimensions."""
    steps = standardised(states).diff(dim=0).square().sum()
    return float(projector.place(states).diff(dim=0).square().sum() / steps)


@torch.no_grad()
def fit(lm: LanguageModel, documents: list[list[int]]) -> Projector:
    """The axes of greatest variance (PCA) of standardised states from all layers of `documents`, each read by itself.

    A document's first token, which all have in common, is left out. Of each document the middle one of the tokens that were
    taken is laid out on the map.
    """
    taken, shown, around = [], [], []
    for ids in documents:
        ids = ids[:lm.context]
        done = lm.decoder(torch.tensor([ids]))
        stream = torch.stack([done.layers[0].resid_pre[0], *(layer.resid_post[0] for layer in done.layers)])        # (L + 1, T, C)
        at = torch.linspace(1, len(ids) - 1, min(EACH, len(ids) - 1)).round().long()
        middle = int(at[len(at) // 2])
        taken.append(standardised(stream[:, at]))
        shown.append(stream[:, middle])
        before = ids[max(0, middle + 1 - BEFORE):middle + 1]
        around.append([-1] * (BEFORE - len(before)) + before)
    seen = torch.cat(taken, 1).flatten(0, 1).double()                                                   # (layers × tokens, C)
    mean = seen.mean(0)
    spread, vectors = torch.linalg.eigh((seen - mean).T @ (seen - mean))
    axes = vectors.T.flip(0)[:2]
    axes = axes * axes.gather(1, axes.abs().argmax(1, keepdim=True)).sign()                              # the sign that is left open, by rule
    projector = Projector(mean.float(), axes.float(), (spread.flip(0)[:2] / spread.sum()).float(), torch.empty(0), torch.tensor(around))
    return Projector(projector.mean, projector.axes, projector.shares, projector.place(torch.stack(shown, 1)), projector.around)


def build(folder: Path, text: Path) -> Path:
    """Write the map of the model in `folder` beside its weights, fitted on documents of `text` (uint16, as the corpus holds them).

    The file carries the SHA-256 of the weights it was made from. Raises ModelError, and TextError for a text without documents.
    """
    lm = load(folder)
    projector = fit(lm, data.documents(text, lm.bos, DOCUMENTS))
    tensors = {name: getattr(projector, name).to(torch.int32 if name == "around" else torch.float32) for name in _NAMES}
    return save_beside(folder, CONTEXTS, tensors)


def built(folder: Path, lm: LanguageModel) -> Projector | None:
    """The map that `build` wrote for `lm`; None if it is not there, damaged, or made from other weights."""
    tensors = load_beside(folder, CONTEXTS, _NAMES)
    if tensors is None:
        return None
    found = Projector(**tensors)
    config, N = lm.decoder.config, len(found.around)
    shapes = ((config.n_embd,), (2, config.n_embd), (2,), (config.n_layer + 1, N, 2), (N, BEFORE))
    whole = all(getattr(found, name).shape == shape and getattr(found, name).isfinite().all() for name, shape in zip(_NAMES, shapes, strict=True))
    return found if whole and bool(((found.around >= -1) & (found.around < config.vocab_size)).all()) else None
