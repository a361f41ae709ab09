"""What the map of the vocabulary says, in words."""
from collections.abc import Sequence

import pandas as pd
from torch import Tensor

from engine import LanguageModel, Token, Trace
from engine.maps import Atlas, shown_near
from ui import parts
from ui.i18n import Text


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


def sentence(t: Text, atlas: Atlas, view: str, chosen: Token, near: list[Token], ids: Tensor, cosines: Tensor) -> str:
    """How far the map can be trusted, who the true neighbours are, and how many of them the map shows near."""
    said = {f"near{i}": parts.quoted(t, token) for i, token in enumerate(near[:3], 1)}
    said |= {f"cosine{i}": t.number(float(cosine)) for i, cosine in enumerate(cosines[:3], 1)}
    truth = t("embeddings.truth", token=parts.quoted(t, chosen), **said)
    points, share = atlas.coordinates(view), atlas.kept(view)
    if points is None:
        return truth
    trust = t(f"embeddings.trust.{view}", share=t.percent(share, 1)) if share is not None else t("embeddings.trust.tsne")
    shows = t("embeddings.shows", count=shown_near(points, chosen.id, ids), all=t.number(len(ids), 0))
    return f"{trust} {truth} {shows}"


def ordinary(t: Text, atlas: Atlas, chosen: Token, near: list[Token], cosines: Tensor) -> str:
    """What the best cosine is worth: how it compares with that of two tokens taken at random."""
    return t("embeddings.ordinary", token=parts.quoted(t, chosen), near=parts.quoted(t, near[0]), cosine=t.number(float(cosines[0])),
             average=t.number(round(atlas.average, 2) + 0.0))                # never −0.00


def alike(t: Text, embeddings: Tensor, chosen: Token, nearest: Token) -> str:
    """In how many dimensions two embeddings have the same sign."""
    same = int((embeddings[chosen.id] * embeddings[nearest.id] > 0).sum())
    C = embeddings.shape[1]
    return t("embeddings.alike", token=parts.quoted(t, chosen), near=parts.quoted(t, nearest), same=same, all=C, half=t.number(C / 2, 0))


def rows(t: Text, near: list[Token], cosines: Tensor) -> pd.DataFrame:
    """The neighbours that are drawn: rank, id, token, cosine."""
    data = [(i, token.id, parts.shown(t, token), float(cosine)) for i, (token, cosine) in enumerate(zip(near, cosines, strict=True), 1)]
    return pd.DataFrame(data, columns=[t(f"embeddings.column.{name}") for name in ("rank", "id", "token", "cosine")])
