"""One pair of tokens in one head: from query and key to the weight, and what that moves, in words and numbers."""
import math

from engine import LanguageModel, Token, Trace
from engine.attribution import carried, towards
from ui import parts, session
from ui.i18n import Text
from ui.readings.attention import signed


def choose(asked: str, trace: Trace, layer: int, head: int) -> tuple[int, int]:
    """The positions (reader, read) that were asked for, if the text has them; else the last token and what it reads most."""
    T = len(trace.tokens)
    if asked:
        query, key = map(int, asked.split("."))
        if query < T and key < T:
            return query, key
    return T - 1, int(trace.pattern[layer, head, -1].argmax())


def vectors(t: Text, trace: Trace, layer: int, head: int, query: int, key: int) -> list[dict]:
    """The query, the key, and their product number by number, (D,) each."""
    q, k = trace.q[layer, head, query], trace.k[layer, head, key]
    names = {name: parts.shown(t, trace.tokens[at]) for name, at in (("query", query), ("key", key))}
    return [{"name": t("attention.pair.query", token=names["query"]), "id": "q", "values": q}, {"name": t("attention.pair.key", token=names["key"]), "id": "k", "values": k},
            {"name": t("attention.pair.product"), "id": "qk", "values": q * k}]


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
