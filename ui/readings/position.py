"""The words in another order, with and without positions, and the three ways to tell a place, in words and rows."""
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import torch
from torch import Tensor

from engine import LanguageModel, Trace, Without, distribution
from engine import order as words
from engine.attribution import lens
from engine.model import NOTHING
from engine.positions import by_distance, cosines, rotary, sinusoidal, turns
from ui import links, parts, session
from ui.i18n import Text
from ui.readings.context import moved

MOST = 60                           # words that can be moved: the last ones of a text
ROWS = 14                           # tokens whose places are compared: the last ones
LISTED = 50                         # tokens in the table
EXACT = 5                           # digits of a probability that float32 sums leave certain


@dataclass(frozen=True)
class Order:
    """The words that can be moved, which of them stands where, and how many words before them stay as they are."""
    words: list[str]
    places: list[int]
    fixed: int
    text: str                       # the whole text in that order

    @property
    def moved(self) -> int:
        """How many words stand elsewhere than typed."""
        return sum(word != place for place, word in enumerate(self.places))


def order(text: str) -> Order:
    """The order that was chosen: by hand, as far as the text still has those words, else drawn with the seed, else as typed."""
    found = words.words(text)
    fixed = max(0, len(found) - MOST)
    free, seed = found[fixed:], links.value("position.seed")
    by_hand = [int(word) for word in links.value("position.order").split(".") if word]
    if by_hand:
        places = [word for word in by_hand if word < len(free)] + list(range(len(by_hand), len(free)))
    else:
        places = words.shuffled(len(free), seed, bool(links.value("position.ends"))) if seed else list(range(len(free)))
    return Order(free, places, fixed, words.reordered(text, [*range(fixed), *(fixed + word for word in places)]))


def can_shuffle(found: Order) -> bool:
    """Whether there are two words at least that may change places."""
    return len(found.words) - 2 * links.value("position.ends") >= 2


def again() -> None:
    """Shuffle anew, with the next seed."""
    links.remember({"position.seed": links.value("position.seed") % 99_999 + 1, "position.order": ""})
    links.publish()


def as_typed() -> None:
    """Put every word back."""
    links.remember({"position.seed": 0, "position.order": ""})
    links.publish()


def traces(text: str, other: str) -> dict[str, Trace]:
    """The text and its other order, each with positions and without, and there without the mask too where that was asked for: two passes."""
    (typed, shuffled), (typed_off, shuffled_off) = (session.traces((text, other), without) for without in (
        NOTHING, Without(positions=True, mask=bool(links.value("position.mask")))))
    return {"typed": typed, "shuffled": shuffled, "typed_off": typed_off, "shuffled_off": shuffled_off}


def ordered(t: Text, found: Order, before: Trace, after: Trace) -> str:
    """How many words stand elsewhere, and whether the tokens are still the same ones."""
    if not found.words:
        return t("position.order_empty")
    if not found.moved:
        return t("position.order_same")
    same = Counter(token.id for token in before.tokens) == Counter(token.id for token in after.tokens)
    fixed = f" {t('position.order_fixed', count=found.fixed)}" if found.fixed else ""
    how = t("position.order_hand") if links.value("position.order") else t("position.order_seed", seed=links.value("position.seed"))
    return f"{t('position.order_moved', count=found.moved, all=len(found.words))} {how} {t('position.order_tokens' if same else 'position.order_other_tokens')}{fixed}"


def stays(t: Text, lm: LanguageModel, one: Trace, two: Trace, name: str) -> str:
    """How much of the probability moves from one pass to another, and what each expects."""
    before, after = distribution(one.logits[-1]), distribution(two.logits[-1])
    share = round(moved(before, after), EXACT)
    if not share:
        return t(f"position.{name}_nothing")
    likeliest, instead = (lm.tokenizer.tokens([int(d.probs.argmax())])[0] for d in (before, after))
    said = {"moved": t.percent(share, 1), "best": parts.quoted(t, likeliest), "was": t.percent(float(before.probs.max())), "share": t.percent(float(after.probs.max()))}
    if likeliest.id == instead.id:
        return t(f"position.{name}_same", **said)
    return t(f"position.{name}", **said, now=parts.quoted(t, instead))


def leaks(lm: LanguageModel, one: Trace, two: Trace) -> list[float]:
    """How much the prediction moves, read off before the first block and after each: (L + 1)."""
    if one is two:                                  # the same text
        return [0.0] * (lm.decoder.config.n_layer + 1)
    before, after = (lens(lm.decoder, trace).softmax(-1) for trace in (one, two))
    return [round(share, EXACT) for share in ((before - after).abs().sum(-1) / 2).tolist()]


def leak_rows(t: Text, shares: list[float]) -> list[dict]:
    """Those as rows with a bar."""
    return [{"name": t("position.leak_start") if not i else t("position.leak_block", block=i - 1), "value": share, "text": t.percent(share, 1), "marked": i == 1}
            for i, share in enumerate(shares)]


def leaked(t: Text, shares: list[float]) -> str:
    """Where order comes back in, if it does."""
    if not any(shares):
        return t("position.leak_none_mask" if links.value("position.mask") else "position.leak_none")
    if shares[1]:
        return t("position.leak_other", first=t.percent(shares[1], 1), last=t.percent(shares[-1], 1))
    return t("position.leak", last=t.percent(shares[-1], 1), block=next(i for i, share in enumerate(shares) if share) - 1)


def learned(t: Text, vectors: Tensor, count: int) -> str:
    """How long the learned vectors are, and which row is unlike the others."""
    lengths = vectors.norm(dim=-1)
    return t("position.table_sentence", count=count, n=vectors.shape[0], first=t.number(float(lengths[0])), rest=t.number(float(lengths[1:].mean())))


def shrunk(t: Text, vectors: Tensor, cells: int) -> str:
    """That a table is drawn smaller than it is, where it is."""
    n, C = vectors.shape
    return f" {t('position.table_pooled', n=n, width=C, cells=cells)}" if max(n, C) > cells else ""


def curve(t: Text) -> str:
    """What the curve says at a few distances."""
    found, waves = session.alike("learned"), session.alike("sinusoidal")
    near, far = 1, min(10, len(found.mean) - 1)
    said = {"near": t.number(float(found.mean[near])), "low": t.number(float(found.low[near])), "high": t.number(float(found.high[near])),
            "far": t.number(float(found.mean[far])), "away": far, "waves": t.number(float(waves.mean[near]), 3)}
    return t("position.curve_sentence", **said)


@dataclass(frozen=True)
class Kind:
    """One way to tell a place, for the last tokens of the text: its numbers, and how alike any two places are by it."""
    name: str
    labels: list[str]
    first: int                      # the place of the first of them
    values: Tensor                  # (rows, C) or, of rotary, (rows, D)
    alike: Tensor                   # (rows, rows)
    turns: Tensor                   # of the clocks; empty for learned vectors


def kind(t: Text, name: str, trace: Trace) -> Kind:
    """The numbers of a kind for this text. Rotary is tried on the last token's own query and key in head 0.0, stood at every place."""
    T, C = trace.position.shape
    places = torch.arange(max(0, T - ROWS), T)
    labels = [parts.shown(t, token) for token in trace.tokens[-ROWS:]]
    if name == "learned":
        values = trace.position[-ROWS:]
        return Kind(name, labels, int(places[0]), values, cosines(values), torch.empty(0))
    if name == "sinusoidal":
        values = sinusoidal(places, C)
        return Kind(name, labels, int(places[0]), values, cosines(values), turns(C))
    q, k = trace.q[0, 0, -1], trace.k[0, 0, -1]
    D = len(q)
    upright = torch.tensor([1.0, 0.0]).repeat(D // 2).expand(len(places), D)        # every hand at twelve o'clock
    query, key = (rotary(x.expand(len(places), D), places) for x in (q, k))
    return Kind(name, labels, int(places[0]), rotary(upright, places), query @ key.T / D ** 0.5, turns(D))


def between(t: Text, found: Kind) -> str:
    """Whether what two places have in common depends on their distance alone, measured on neighbours."""
    if len(found.labels) < 3:
        return t("position.alike_short")
    spread = by_distance(found.alike)
    low, high = float(spread.low[1]), float(spread.high[1])
    return t(f"position.alike_{found.name}", low=t.number(low, 3), high=t.number(high, 3), mean=t.number(float(spread.mean[1]), 3), pairs=len(found.labels) - 1)


def table(t: Text, lm: LanguageModel, four: dict[str, Trace], shares: list[float], found: Kind) -> pd.DataFrame:
    """All that is drawn: the likeliest tokens of each pass, what order moves by block, similarity by distance, and the numbers of each place."""
    probs = {name: trace.logits[-1].softmax(-1) for name, trace in four.items()}
    ids = torch.stack(list(probs.values())).amax(0).topk(LISTED).indices.tolist()
    rows = [("next", parts.shown(t, lm.tokenizer.tokens([i])[0]), t(f"position.variant.{name}"), float(values[i])) for i in ids for name, values in probs.items()]
    rows += [("leak", row["name"], t("position.variant.shuffled_off"), row["value"]) for row in leak_rows(t, shares)]
    for name in ("learned", "sinusoidal"):
        rows += [("distance", str(distance), t(f"position.kind.{name}"), value) for distance, value in enumerate(session.alike(name).mean.tolist())]
    rows += [("vectors", f"{found.first + i} {label}", f"{t(f'position.kind.{found.name}')} {column}", value)
             for i, (label, values) in enumerate(zip(found.labels, found.values.tolist(), strict=True)) for column, value in enumerate(values)]
    frame = pd.DataFrame(rows, columns=[t(f"position.column.{name}") for name in ("figure", "row", "column", "value")])
    frame[frame.columns[0]] = frame[frame.columns[0]].map({name: t(f"position.{name}_title") for name in ("next", "leak", "distance", "vectors")})
    return frame


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: what is left of the effect of the order once positions are gone."""
    text = t("position.guide.prompt")
    pair = text, words.reordered(text, words.shuffled(len(words.words(text)), 1))
    whole, off = (round(moved(*(distribution(trace.logits[-1]) for trace in session.traces(pair, without))), EXACT)
                  for without in (NOTHING, Without(positions=True)))
    right = "none" if not off else "less" if off < whole else "more"
    return right, {"whole": t.percent(whole), "off": t.percent(off)}
