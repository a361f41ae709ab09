"""One pair of tokens in one head: from query and key to the weight, and what that moves, in words and numbers."""
import math

from engine import LanguageModel, Token, Trace
from engine.attribution import carried, towards
from ui import parts, session
from ui.i18n import Text
from ui.readings.attention import signed
from ui.readings.stage import slots

ROWS = 6                            # tokens of the row that are drawn, the heaviest
SHARE = 0.9                         # of the row's attention: how many tokens it takes


def choose(asked: str, trace: Trace, layer: int, head: int) -> tuple[int, int]:
    """The positions (reader, read) that were asked for, if the text has them; else the last token and what it reads most."""
    T = len(trace.tokens)
    if asked:
        query, key = map(int, asked.split("."))
        if query < T and key < T:
            return query, key
    return T - 1, int(trace.pattern[layer, head, -1].argmax())


def vectors(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> tuple[list[dict], int, str]:
    """The query, the key, and their product number by number, (D,) each; which number weighs most, and how one is read out."""
    q, k = trace.q[layer, head, query], trace.k[layer, head, key]
    names = {name: parts.shown(t, trace.tokens[at]) for name, at in (("query", query), ("key", key))}
    return [{"name": t("attention.pair.query", token=names["query"]), "id": "q", "values": q, "tone": "accent"},
            {"name": t("attention.pair.key", token=names["key"]), "id": "k", "values": k, "tone": "third"},
            {"name": t("attention.pair.product"), "id": "qk", "values": q * k, "tone": "contrast"}], int((q * k).abs().argmax()), t(
                "attention.pair.hover", **slots("dimension", "q", "k", "qk"))


def steps(t: Text, lm: LanguageModel, trace: Trace, layer: int, head: int, query: int, key: int, token: Token) -> list[dict]:
    """From the products to the weight, and on to what the pair moves."""
    T, D = len(trace.tokens), trace.q.shape[-1]
    refused = key > query and not trace.without.mask
    score, weight = float(trace.scores[layer, head, query, key]), float(trace.pattern[layer, head, query, key])
    seen = trace.scores[layer, head, query, :T if trace.without.mask else query + 1]
    powers = (seen - seen.max()).exp()
    moved = carried(lm.decoder, trace, layer, head, query, key)
    entries = [
        ("dot", {"numbers": D}, float((trace.q[layer, head, query] * trace.k[layer, head, key]).sum()), 3),
        ("score", {"root": t.number(math.sqrt(D))}, score, 3),
        ("mask", {}, -math.inf if refused else 0.0, 0),
        ("softmax", {"power": t.number(0.0 if refused else math.exp(score - float(seen.max())), 4), "sum": t.number(float(powers.sum()), 4),
                     "seen": len(seen)}, weight, 4),
        ("moves", {}, float(moved.norm()), 3)]
    if query == T - 1:
        entries.append(("logit", {"token": parts.quoted(t, token)}, towards(lm.decoder, trace, moved, token.id), 3))
    return [{"name": t(f"attention.pair.step.{name}.name"), "how": t(f"attention.pair.step.{name}.{'refused' if name == 'mask' and refused else 'how'}", **values),
             "value": value if math.isfinite(value) else None, "text": "−∞" if value == -math.inf else signed(t, value) if name == "logit" else t.number(value, digits),
             "refused": refused and name in ("mask", "softmax")} for name, values, value, digits in entries]


def sentence(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> str:
    """How well the query fits the key, beside the other keys of the row, and what weight comes of it."""
    if key > query and not trace.without.mask:
        return t("attention.pair.refused", reads=parts.quoted(t, trace.tokens[query]), read=parts.quoted(t, trace.tokens[key]))
    row = trace.pattern[layer, head, query]
    return t("attention.pair.sentence", reads=parts.quoted(t, trace.tokens[query]), read=parts.quoted(t, trace.tokens[key]), score=t.number(float(trace.scores[layer, head, query, key])),
             weight=t.percent(float(row[key]), 1), rank=int((row > row[key]).sum()) + 1, all=len(row) if trace.without.mask else query + 1)


def products(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> str:
    """How many of the products push the score up and how many down, and which weighs most."""
    found = trace.q[layer, head, query] * trace.k[layer, head, key]
    best = int(found.abs().argmax())
    return t("attention.pair.products", all=len(found), up=int((found > 0).sum()), number=best, value=t.number(float(found[best])), sum=t.number(float(found.sum())))


def row(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> tuple[list[dict], list[dict]]:
    """Softmax over the row of `query`, columns and rows: score, mask, e to the score less the row's largest, weight. The heaviest tokens, the pair's own, the rest, and the sum."""
    scores, weights = trace.scores[layer, head, query], trace.pattern[layer, head, query]
    seen = len(scores) if trace.without.mask else query + 1
    powers = (scores[:seen] - scores[:seen].max()).exp()
    drawn = weights[:seen].topk(min(ROWS, seen)).indices.tolist()
    drawn += [key] * (key not in drawn)
    reads = parts.shown(t, trace.tokens[query])
    rows = []
    for place in drawn:
        name, weight, refused = parts.shown(t, trace.tokens[place]), float(weights[place]), place >= seen
        said = t("attention.future") if refused else t("attention.hover", reads=reads, read=name, weight=t.percent(weight, 1))
        rows.append({"name": name, "title": said, "tone": "attention", "marked": place == key, "cells": [
            {"text": t.number(float(scores[place]))}, {"text": "−∞" if refused else "0"}, {"text": "0" if refused else t.number(float(powers[place]), 4)},
            {"value": weight, "text": t.percent(weight, 1)}]})
    inside = [place for place in drawn if place < seen]
    others = seen - len(inside)
    blank = {"text": ""}
    if others:
        power, weight = float(powers.sum() - powers[inside].sum()), float(weights.sum() - weights[inside].sum())
        rows.append({"name": t("attention.row.others", count=others), "cells": [blank, blank, {"text": t.number(max(power, 0), 4)}, {"value": max(weight, 0), "text": t.percent(max(weight, 0), 1)}]})
    rows.append({"name": t("attention.row.sum"), "total": True, "cells": [blank, blank, {"text": t.number(float(powers.sum()), 4)}, {"value": float(weights.sum()), "text": t.percent(1.0)}]})
    columns = [{"kind": "number", "name": t(f"attention.row.{name}")} for name in ("score", "mask", "power")]
    return [*columns, {"kind": "length", "name": t("attention.row.weight"), "most": 1}], rows


def row_sentence(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> str:
    """Which token gets most of the row, and how many share nine tenths of it."""
    weights = trace.pattern[layer, head, query]
    order = weights.sort(descending=True)
    enough = min(int((order.values.cumsum(0) < SHARE).sum()) + 1, len(weights))
    return t("attention.row.sentence", reads=parts.quoted(t, trace.tokens[query]), top=parts.quoted(t, trace.tokens[int(order.indices[0])]), share=t.percent(SHARE),
             weight=t.percent(float(order.values[0]), 1), count=enough)


def values(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> tuple[list[dict], int, str]:
    """The value of the token that is read, its share by weight, and what the head takes from all tokens together, (D,) each; likewise."""
    value, weights = trace.v[layer, head, key], trace.pattern[layer, head, query]
    weight = t.number(float(weights[key]), 4)
    return [{"name": t("attention.value.value", token=parts.shown(t, trace.tokens[key])), "id": "v", "values": value, "tone": "accent"},
            {"name": t("attention.value.moved", weight=weight), "id": "wv", "values": weights[key] * value, "tone": "contrast"},
            {"name": t("attention.value.mix"), "id": "mix", "values": weights @ trace.v[layer, head], "tone": "third"}], int(value.abs().argmax()), t(
                "attention.value.hover", weight=weight, **slots("dimension", "v", "wv", "mix"))


def value_sentence(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> str:
    """How long the value is, how long what is taken of it, and how long the sum over all tokens."""
    value, weights = trace.v[layer, head, key], trace.pattern[layer, head, query]
    lengths = {"value": value, "moved": weights[key] * value, "mix": weights @ trace.v[layer, head]}
    return t("attention.value.off" if (layer, head) in trace.without.heads else "attention.value.sentence", read=parts.quoted(t, trace.tokens[key]),
             weight=t.number(float(weights[key]), 4), head=f"{layer}.{head}", **{name: t.number(float(vector.norm())) for name, vector in lengths.items()})


def fetcher(lm: LanguageModel, trace: Trace) -> tuple[int, int, float, float, Token]:
    """The head that fetches the expected token from where it stands in the text: which it is, with what weight it reads it there, how much
    that adds to its logit, and the token."""
    best = lm.tokenizer.tokens([int(trace.logits[-1].argmax())])[0]
    L, H, T, _ = trace.q.shape
    places = [key for key, token in enumerate(trace.tokens) if token.id == best.id]

    def adds(layer: int, head: int) -> float:
        return sum(towards(lm.decoder, trace, carried(lm.decoder, trace, layer, head, T - 1, key), best.id) for key in places)

    layer, head = max(((layer, head) for layer in range(L) for head in range(H)), key=lambda at: adds(*at))
    return layer, head, float(trace.pattern[layer, head, -1, places].sum()), adds(layer, head), best


def answer(t: Text) -> tuple[str, dict]:
    """For the card: in which third of the layers the head is that fetches the answer from the text."""
    lm = session.model()
    layer, head, weight, adds, best = fetcher(lm, session.trace(t("attention.guide.prompt")))
    third = ("first", "middle", "last")[min(2, 3 * layer // lm.decoder.config.n_layer)]
    return third, {"head": f"{layer}.{head}", "token": parts.quoted(t, best), "weight": t.percent(weight), "adds": signed(t, adds)}


def locked(t: Text, lm: LanguageModel) -> str:
    """The name of that head, for the card's text."""
    layer, head, *_ = fetcher(lm, session.trace(t("attention.guide.prompt")))
    return f"{layer}.{head}"
