"""What the map of the vocabulary says, in words."""
from collections.abc import Callable, Sequence

import pandas as pd
import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity

from engine import LanguageModel, Token, Trace, maps
from engine.maps import Atlas, shown_near
from ui import links, parts, session
from ui.controls import choice, controls
from ui.i18n import Text


def figures(t: Text, lm: LanguageModel, source: str, trace: Trace) -> tuple[list[dict], Callable[[], pd.DataFrame]]:
    """All tokens where PCA or t-SNE puts them, the chosen one's true neighbours, and its vector; and their rows for a table."""
    atlas, weights = session.atlas(), session.vocabulary()
    view, asked, measure = (links.value(f"embeddings.{name}") for name in ("view", "token", "measure"))
    chosen = choose(asked, lm, trace)
    ids, values = near(weights, chosen.id)
    them, name = tokens(lm, ids.tolist()), parts.quoted(t, chosen).strip("*")
    return [
        controls(choice("embeddings.measure", t("embeddings.measure"), t.group("embeddings.by")), id="settings"),
        parts.vocabulary(t, source, view, kept(atlas), typed(t, lm, trace), chosen.id, ids.tolist(), pinned=asked == str(chosen.id),
                         missing="" if atlas.tsne is not None else t("embeddings.missing"), id="map", span=8, rows=2,
                         title=t("embeddings.map_title"), hint=t(f"embeddings.hint.{view}"),
                         caption=sentence(t, atlas, view, measure, chosen, them, ids, values)),
        parts.neighbours(t, them, "distance" if measure == "euclidean" else "cosine", values, whole(atlas, measure), view, id="neighbours", span=4,
                         title=t("embeddings.near_title", token=name), hint=t(f"embeddings.near_hint.{measure}", width=weights.shape[1]),
                         caption=ordinary(t, atlas, measure, weights, chosen, them, ids, values)),
        parts.strips([{"name": parts.shown(t, token), "id": token.id, "values": weights[token.id].numpy()} for token in (chosen, them[0])],
                     hover=t("embeddings.strip_hover"), id="strip", span=4, title=t("embeddings.strip_title", token=name, width=weights.shape[1]),
                     hint=t("embeddings.strip_hint"), caption=alike(t, weights, chosen, them[0])),
    ], lambda: rows(t, weights, chosen, them, ids)


def typed(t: Text, lm: LanguageModel, trace: Trace) -> list[dict]:
    """The tokens of the reader's text as the model saw them, without the one that the model put in front."""
    own = trace.tokens[lm.bos is not None:]
    return [{"id": token.id, "text": parts.shown(t, token)} for token in own]


def choose(asked: str, lm: LanguageModel, trace: Trace) -> Token:
    """The token whose id was asked for, if the vocabulary has it; else the last one of the text."""
    if asked and int(asked) < lm.decoder.config.vocab_size:
        return lm.tokenizer.tokens([int(asked)])[0]
    return trace.tokens[-1]


def tokens(lm: LanguageModel, ids: Sequence[int]) -> list[Token]:
    """Each id as a token of its own, not as pieces of one text."""
    return [lm.tokenizer.tokens([i])[0] for i in ids]


def kept(atlas: Atlas) -> dict[str, list[float]]:
    """For each view, the share of the variance that each of its axes keeps; none for t-SNE."""
    return {"pca2": atlas.shares[:2].tolist(), "pca3": atlas.shares.tolist(), "tsne": []}


def near(embeddings: Tensor, id: int) -> tuple[Tensor, Tensor]:
    """The neighbours of a token by the measure that the reader chose: their ids, and their cosines or distances."""
    measure = maps.euclidean if links.value("embeddings.measure") == "euclidean" else maps.neighbours
    return measure(embeddings, id, lengths=session.lengths())


def sentence(t: Text, atlas: Atlas, view: str, measure: str, chosen: Token, near: list[Token], ids: Tensor, values: Tensor) -> str:
    """How far the map can be trusted, who the true neighbours are, and how many of them the map shows near."""
    said = {f"near{i}": parts.quoted(t, token) for i, token in enumerate(near[:3], 1)}
    said |= {f"value{i}": t.number(float(value)) for i, value in enumerate(values[:3], 1)}
    truth = t(f"embeddings.truth.{measure}", token=parts.quoted(t, chosen), **said)
    points, share = atlas.coordinates(view), atlas.kept(view)
    if points is None:
        return truth
    trust = t(f"embeddings.trust.{view}", share=t.percent(share, 1)) if share is not None else t("embeddings.trust.tsne")
    shows = t("embeddings.shows", count=shown_near(points, chosen.id, ids), all=t.number(len(ids), 0))
    return f"{trust} {truth} {shows}"


def ordinary(t: Text, atlas: Atlas, measure: str, embeddings: Tensor, chosen: Token, near: list[Token], ids: Tensor, values: Tensor) -> str:
    """What the nearest is worth against two tokens taken at random; how many the other measure finds as well, and why not all."""
    average = atlas.apart if measure == "euclidean" else round(atlas.average, 2) + 0.0      # never −0.00
    worth = t(f"embeddings.ordinary.{measure}", token=parts.quoted(t, chosen), near=parts.quoted(t, near[0]), value=t.number(float(values[0])),
              average=t.number(average))
    if measure == "euclidean" and atlas.measured < len(embeddings):
        worth += " " + t("embeddings.ordinary.sampled", drawn=t.number(atlas.measured, 0), all=t.number(len(embeddings), 0))
    lengths = session.lengths()
    other, _ = (maps.neighbours if measure == "euclidean" else maps.euclidean)(embeddings, chosen.id, lengths=lengths)
    cosine, euclidean = (float(lengths[found].mean()) for found in ((other, ids) if measure == "euclidean" else (ids, other)))
    return f"{worth} " + t("embeddings.differ", count=int(torch.isin(ids, other).sum()), all=t.number(len(ids), 0), token=parts.quoted(t, chosen),
                           own=t.number(float(lengths[chosen.id])), cosine=t.number(cosine), euclidean=t.number(euclidean))


def whole(atlas: Atlas, measure: str) -> float:
    """What fills a neighbour's bar: the same direction, or as far as two tokens taken at random are apart."""
    return atlas.apart if measure == "euclidean" else 1.0


def alike(t: Text, embeddings: Tensor, chosen: Token, nearest: Token) -> str:
    """In how many dimensions two embeddings have the same sign."""
    same = int((embeddings[chosen.id] * embeddings[nearest.id] > 0).sum())
    C = embeddings.shape[1]
    return t("embeddings.alike", token=parts.quoted(t, chosen), near=parts.quoted(t, nearest), same=same, all=C, half=t.number(C / 2, 0))


def rows(t: Text, embeddings: Tensor, chosen: Token, near: list[Token], ids: Tensor) -> pd.DataFrame:
    """The neighbours that are drawn: rank, id, token, cosine, distance, length."""
    own, others = embeddings[chosen.id], embeddings[ids]
    measured = (cosine_similarity(others, own[None]), (others - own).norm(dim=-1), others.norm(dim=-1))
    data = [(i, token.id, parts.shown(t, token), *values) for i, (token, *values) in enumerate(zip(near, *(m.tolist() for m in measured), strict=True), 1)]
    return pd.DataFrame(data, columns=[t(f"embeddings.column.{name}") for name in ("rank", "id", "token", "cosine", "distance", "length")])
