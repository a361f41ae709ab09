"""Maps of the vocabulary: where its embeddings lie in 2 or 3 dimensions, and which are truly near in all of them."""
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import normalize

from engine.checkpoint import load
from engine.derived import load_beside, save_beside

MAP = "map.safetensors"
SEED = 0
DRAWN = 4096                        # embeddings, all pairs of which are measured: 8 million distances, where the vocabulary of GPT-2 has 1.3 billion


@dataclass(frozen=True)
class Atlas:
    """Every map of one vocabulary of V embeddings; read, never written."""
    pca: Tensor                     # (V, 3): the first two columns are the flat map
    shares: Tensor                  # (3,): what part of the variance each axis keeps
    tsne: Tensor | None             # (V, 2), or None where none was built for these weights
    average: float                  # the mean cosine over all pairs of different embeddings
    apart: float                    # their mean distance
    measured: int                   # over all pairs of so many of them

    def kept(self, view: str) -> float | None:
        """The part of the variance that a view keeps; None for t-SNE, which does not measure it."""
        return None if view == "tsne" else float(self.shares[:self.width(view)].sum())

    def coordinates(self, view: str) -> Tensor | None:
        """(V, 2 or 3): where the points of "pca2", "pca3" or "tsne" lie; None for a t-SNE that is not there."""
        return self.tsne if view == "tsne" else self.pca[:, :self.width(view)]

    @staticmethod
    def width(view: str) -> int:
        """How many dimensions a view has."""
        return 3 if view == "pca3" else 2


def atlas(embeddings: Tensor, folder: Path) -> Atlas:
    """The maps of `embeddings` (V, C): PCA computed now, t-SNE as it lies in the model's folder."""
    points, shares = pca(embeddings, 3)
    return Atlas(points, shares, built(folder, len(embeddings)), average_cosine(embeddings), average_distance(embeddings),
                 min(len(embeddings), DRAWN))


def pca(embeddings: Tensor, n: int) -> tuple[Tensor, Tensor]:
    """Principal components (Pearson 1901) of embeddings (V, C).

    Returns the coordinates (V, n) on the n axes of greatest variance and the share of the variance (n,) that each
    keeps. The sign of an axis, which the decomposition leaves open, is such that its largest weight is positive.
    """
    centred = embeddings.double() - embeddings.double().mean(0)             # so that close axes are still told apart
    found = torch.linalg.eigh(centred.T @ centred)                          # (C, C): V may be ten times as much as base's
    variance, axes = found.eigenvalues.flip(0).clamp_min(0), found.eigenvectors.T.flip(0)      # (C,), (C, C), the greatest first
    largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    axes = axes * largest.sign()
    return (centred @ axes[:n].T).float(), (variance[:n] / variance.sum()).float()


def neighbours(embeddings: Tensor, id: int, n: int = 10, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """The n embeddings (V, C) that point most nearly the same way as embedding `id`; their lengths (V,) are worked out unless given.

    Returns their ids and cosines, nearest first: 1 is the same direction, 0 a right angle.
    """
    lengths = embeddings.norm(dim=-1) if lengths is None else lengths
    cosines = embeddings @ embeddings[id] / (lengths * lengths[id]).clamp_min(1e-12)       # (V,)
    cosines[id] = -torch.inf                                                # nobody is their own neighbour
    nearest = cosines.topk(min(n, len(cosines) - 1))
    return nearest.indices, nearest.values


def euclidean(embeddings: Tensor, id: int, n: int = 10, lengths: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """The n embeddings (V, C) that lie nearest to embedding `id`, whatever their direction; their lengths (V,) are worked out unless given.

    Returns their ids and distances ‖a − b‖, nearest first. As ‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b, length counts, which a cosine leaves out.
    """
    lengths = embeddings.norm(dim=-1) if lengths is None else lengths
    squares = lengths ** 2 + lengths[id] ** 2 - 2 * (embeddings @ embeddings[id])           # (V,)
    squares[id] = torch.inf                                                 # nobody is their own neighbour
    nearest = squares.topk(min(n, len(squares) - 1), largest=False).indices
    distances = (embeddings[nearest] - embeddings[id]).norm(dim=-1)         # to the last digit, for these alone
    order = distances.argsort()
    return nearest[order], distances[order]


def shown_near(points: Tensor, id: int, ids: Tensor) -> int:
    """How many of `ids` are also among the len(ids) points (V, 2 or 3) that lie nearest to `id` on a map."""
    distances = (points - points[id]).norm(dim=-1)
    distances[id] = torch.inf
    nearest = distances.topk(len(ids), largest=False).indices
    return int(torch.isin(ids, nearest).sum())


def average_cosine(embeddings: Tensor) -> float:
    """The mean cosine over all pairs of different embeddings (V, C), from the length of the sum of their directions."""
    unit = normalize(embeddings.double(), dim=-1)
    V = len(unit)
    return float((unit.sum(0).square().sum() - unit.square().sum()) / (V * (V - 1)))


def average_distance(embeddings: Tensor) -> float:
    """The mean distance over all pairs of different embeddings (V, C); of a large vocabulary over those of DRAWN of them, drawn by chance."""
    if len(embeddings) > DRAWN:
        embeddings = embeddings[torch.randperm(len(embeddings), generator=torch.Generator().manual_seed(SEED))[:DRAWN]]
    return float(torch.pdist(embeddings).double().mean())


def build(folder: Path) -> Path:
    """Write the t-SNE map (van der Maaten & Hinton 2008) of a base model beside its weights; takes about a minute.

    Cosine distance, seeded; the file carries the SHA-256 of the weights it was made from. Raises ModelError.
    """
    from sklearn.manifold import TSNE               # a second to import, and nobody but this function needs it
    embeddings = load(folder).decoder.transformer.wte.weight.numpy()
    points = TSNE(metric="cosine", init="pca", random_state=SEED).fit_transform(embeddings)
    return save_beside(folder, MAP, {"tsne": torch.from_numpy(points)})


def built(folder: Path, size: int) -> Tensor | None:
    """The t-SNE map (size, 2) that `build` wrote; None if it is not there, damaged, or made from other weights."""
    found = load_beside(folder, MAP, ["tsne"])
    return None if found is None or found["tsne"].shape != (size, 2) or not found["tsne"].isfinite().all() else found["tsne"]
