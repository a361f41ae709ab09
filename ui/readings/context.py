"""What the context window cuts off, and what that does to the prediction, in words and rows."""
import pandas as pd
import torch

from engine import Distribution, LanguageModel, Token, Trace, distribution
from ui import parts
from ui.i18n import Text

ROWS = 7
SIZES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 80, 96, 112, 128, 160, 192, 256)


def whole_text(trace: Trace) -> list[Token]:
    """Every token of the text in order, the model's own first, whatever fell out."""
    own = 1 if parts.is_special(trace.tokens[0]) else 0
    return [*trace.tokens[:own], *trace.dropped, *trace.tokens[own:]]


def rows(t: Text, lm: LanguageModel, d: Distribution, other: Distribution | None = None) -> list[dict]:
    """The likeliest tokens of `d` as bars, with the change against `other`; the rest as one bar."""
    top = d.probs.topk(ROWS)
    entries = parts.next_words(t, [lm.tokenizer.tokens([i])[0] for i in top.indices.tolist()], top.values, 1 - float(top.values.sum()))
    if other is None:
        return entries
    shares = [*other.probs[top.indices].tolist(), 1 - float(other.probs[top.indices].sum())]
    return [entry | change(t, entry["value"], share) for entry, share in zip(entries, shares, strict=True)]


def change(t: Text, now: float, before: float) -> dict:
    """The difference of two shares in points, with its sign, as a bar shows it."""
    points = round(100 * (now - before), 1) + 0.0                     # no minus before a zero
    return {"delta": ("+" if points > 0 else "") + t.number(points, 1), "way": (points > 0) - (points < 0)}


def moved(one: Distribution, two: Distribution) -> float:
    """Total variation distance: how much probability stands elsewhere, 0…1."""
    return float((one.probs - two.probs).abs().sum()) / 2


def sentence(t: Text, lm: LanguageModel, whole: Distribution, cut: Distribution, dropped: int) -> str:
    """What the window does to the next word."""
    if not dropped:
        return t("context.sentence_all")
    best, now = (lm.tokenizer.tokens([int(d.probs.argmax())])[0] for d in (whole, cut))
    values = {"moved": t.percent(moved(whole, cut)), "best": parts.quoted(t, best), "now": parts.quoted(t, now),
              "dropped": t("live.dropped", count=dropped)}
    return t("context.sentence_same" if best.id == now.id else "context.sentence_other", **values)


def change_sentence(t: Text, lm: LanguageModel, before: Distribution, after: Distribution) -> str:
    """What taking a part away does to the next word."""
    best, now = (lm.tokenizer.tokens([int(d.probs.argmax())])[0] for d in (before, after))
    return t("live.change_same" if best.id == now.id else "live.change_other", moved=t.percent(moved(before, after), 1), best=parts.quoted(t, best), now=parts.quoted(t, now))


def needed(lm: LanguageModel, story: str) -> int:
    """How many tokens the window must hold to reach the beginning of `story`, where the fact is told."""
    return len(lm.tokenizer.encode(story)) + (lm.bos is not None)


def curve_sentence(t: Text, lm: LanguageModel, answer: str, sizes: tuple[int, ...], shares: list[float], least: int,
                   cut: Trace) -> str:
    """With and without the first sentence in the window: how likely the right answer is, and what `cut` says instead."""
    seen = [share for size, share in zip(sizes, shares, strict=True) if size >= least]
    unseen = [share for size, share in zip(sizes, shares, strict=True) if size < least]
    best = distribution(cut.logits[-1]).probs.topk(1)
    return t("context.curve_sentence", answer=answer, seen=t.percent(seen[-1]), least=least,
             unseen=t.percent(sum(unseen) / len(unseen), 1), size=len(cut.tokens), share=t.percent(float(best.values[0])),
             wrong=parts.quoted(t, lm.tokenizer.tokens(best.indices.tolist())[0]))


def table(t: Text, lm: LanguageModel, whole: Distribution, cut: Distribution, count: int = 50) -> pd.DataFrame:
    """The likeliest tokens under either window, with both probabilities."""
    order = torch.maximum(whole.probs, cut.probs).topk(count).indices
    names = [parts.shown(t, token) for token in (lm.tokenizer.tokens([i])[0] for i in order.tolist())]
    return pd.DataFrame({t("context.column.token"): names, t("context.column.whole"): whole.probs[order].numpy(),
                         t("context.column.cut"): cut.probs[order].numpy()})
