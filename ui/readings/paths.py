"""The path of one token through the layers, on the map of contextual vectors."""
from collections.abc import Callable

import pandas as pd
import torch
from torch import Tensor

from engine import LanguageModel, Trace, contexts
from engine.contexts import Projector
from ui import links, parts, session
from ui.controls import controls, slider
from ui.figures.embeddings import plane, ranks
from ui.i18n import Text


def figures(t: Text, lm: LanguageModel, source: str, trace: Trace) -> tuple[list[dict], Callable[[], pd.DataFrame]]:
    """The tokens of the text at one layer, the way of one of them through all layers, and by how much each block turns it; and their rows."""
    projector, shown, at = session.projector(), layer(trace), followed(trace)
    L, name = len(trace.resid_post), parts.quoted(t, trace.tokens[at]).strip("*")
    heads = [t(f"embeddings.path.column.{name}") for name in ("length", "state", "turn")]
    dial = slider("embeddings.layer", t("embeddings.path.layer"), t("embeddings.path.words"), 0, L, 1) | {"value": shown}
    card = {"id": "plane", "span": 8, "title": t("embeddings.path.title", token=name), "hint": t("embeddings.path.hint", layers=L)}
    turned = ranks(heads, turns(t, trace, shown, at), id="turns", span=4, title=t("embeddings.path.turns_title", token=name),
                   hint=t("embeddings.path.turns_hint"), caption=lengths(t, trace, at))
    if projector is None:
        return [controls(dial, id="settings"), plane(t, source, [], [], {}, chips=chips(t, trace, at), missing=t("embeddings.path.missing"), **card),
                turned], lambda: rows(t, trace, None)
    names = [t("embeddings.axis", number=i, share=t.percent(float(share), 1)) for i, share in enumerate(projector.shares, 1)]
    return [
        controls(dial, id="settings"),
        plane(t, source, points(t, lm, trace, projector, shown, at), names, t.group("embeddings.path.legend"), layer=shown, path=path(trace, projector, at),
              chips=chips(t, trace, at), look="path", corners=t("embeddings.path.corner"), caption=sentence(t, trace, projector, at), **card),
        turned,
    ], lambda: rows(t, trace, projector)


def followed(trace: Trace) -> int:
    """The position that is followed: the one asked for if the text reaches it, else the last."""
    asked = links.value("embeddings.at")
    return int(asked) if asked and int(asked) < len(trace.tokens) else len(trace.tokens) - 1


def layer(trace: Trace) -> int:
    """The layer at which the tokens are shown; 0 is before the first block."""
    return min(links.value("embeddings.layer"), len(trace.resid_post))


def points(t: Text, lm: LanguageModel, trace: Trace, projector: Projector, layer: int, at: int) -> list[dict]:
    """The typed tokens at a layer, the followed one last."""
    places = projector.place(contexts.states(trace)[layer]).tolist()
    order = [i for i in range(lm.bos is not None, len(trace.tokens)) if i != at] + [at]
    return [{"x": places[i][0], "y": places[i][1], "name": parts.shown(t, trace.tokens[i]), "role": "chosen" if i == at else "typed", "at": i,
             "said": t("embeddings.path.said", token=parts.quoted(t, trace.tokens[i]), at=i + 1, layer=layer), "knobs": {"embeddings.at": str(i)}}
            for i in order]


def chips(t: Text, trace: Trace, at: int) -> list[dict]:
    """All tokens as buttons that choose the followed one; the last is the one that is followed as the text grows."""
    last = len(trace.tokens) - 1
    return [{"text": parts.shown(t, token), "pressed": i == at, "knobs": {"embeddings.at": "" if i == last else str(i)}}
            for i, token in enumerate(trace.tokens)]


def sentence(t: Text, trace: Trace, projector: Projector, at: int) -> str:
    """How far the token moves, which block turns it most, and how much of that the map shows."""
    states = contexts.states(trace)[:, at]
    steps, from_start = contexts.turned(states)
    most = int(steps.argmax())
    later = steps.clone()
    later[most] = -1
    return t("embeddings.path.sentence", token=parts.quoted(t, trace.tokens[at]), layer=most, angle=degrees(t, steps[most]),
             next=int(later.argmax()), other=degrees(t, later.max()), end=degrees(t, from_start[-1]),
             shown=t.percent(contexts.kept(projector, states)), share=t.percent(float(projector.shares.sum())))


def lengths(t: Text, trace: Trace, at: int) -> str:
    """How the stream grows, and, where the same token came before, how the two part."""
    states = contexts.states(trace)
    token, norms = trace.tokens[at], states[:, at].norm(dim=-1)
    out = [t("embeddings.path.grows", token=parts.quoted(t, token), first=t.number(float(norms[0]), 1), last=t.number(float(norms[-1]), 1))]
    earlier = [i for i in range(at) if trace.tokens[i].id == token.id]
    if earlier:
        seen = contexts.standardised(states)
        apart = contexts.degrees(seen[:, earlier[-1]], seen[:, at])
        least = int(apart[1:].argmin())              # a block; the state after it is the next one
        out.append(t("embeddings.path.twice", token=parts.quoted(t, token), start=degrees(t, apart[0]), layer=least, least=degrees(t, apart[least + 1]),
                     end=degrees(t, apart[-1])))
    return " ".join(out)


def degrees(t: Text, angle) -> str:
    return t.number(float(angle), 0) + "°"


def turns(t: Text, trace: Trace, shown: int, at: int) -> list[dict]:
    """A row for each layer: how long the stream is, and by how much its block has turned it."""
    states = contexts.states(trace)[:, at]
    steps, norms = contexts.turned(states)[0], states.norm(dim=-1)
    start = {"lead": [t.number(float(norms[0]), 1)], "name": t("embeddings.path.start"), "share": 0, "value": 0, "text": ""}
    blocks = [{"lead": [t.number(float(norms[i]), 1)], "name": t("embeddings.path.block", layer=i - 1), "share": min(1.0, float(step) / 90),
               "value": float(step), "text": degrees(t, step)} for i, step in enumerate(steps, 1)]
    return [row | {"mark": "on" if i == shown else "", "knobs": {"embeddings.layer": i}} for i, row in enumerate([start, *blocks])]


def path(trace: Trace, projector: Projector, at: int) -> Tensor:
    """(L + 1, 2): where the followed token lies after each layer."""
    return projector.place(contexts.states(trace)[:, at])


def rows(t: Text, trace: Trace, projector: Projector | None) -> pd.DataFrame:
    """Every token at every layer: where it lies on the map, if there is one, how long its vector is, by how much the block has turned it."""
    states = contexts.states(trace)
    layers, T = states.shape[:2]
    frame = pd.DataFrame({"layer": [layer for layer in range(layers) for _ in range(T)], "at": list(range(1, T + 1)) * layers,
                          "token": [parts.shown(t, token) for token in trace.tokens] * layers})
    if projector is not None:
        frame["first"], frame["second"] = projector.place(states).flatten(0, 1).unbind(-1)
    frame["length"] = states.norm(dim=-1).flatten()
    frame["turn"] = torch.cat((torch.full((1, T), torch.nan), contexts.turned(states)[0])).flatten()
    return frame.rename(columns={name: t(f"embeddings.column.{name}") for name in frame.columns})
