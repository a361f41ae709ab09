"""What the softmax figures say, in words; the settings last released, the darts, the texts written, and the chain as a table."""
import math
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import torch
from torch import Tensor

from engine import Distribution, LanguageModel, Token, Trace, distribution
from engine.choices import Choice, thrown
from engine.diversity import Counted, distinct
from engine.sampling import tally, throw
from engine.surprise import Surprise
from ui import links, parts, session
from ui.i18n import Text
from ui.readings.context import change
from ui.writing import Writing

LISTED = 100                        # tokens with a row of their own in the table
COUNTS = (10, 100, 1000, 10_000)    # darts thrown with one seed
TEMPERATURES = (0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5)
TEXTS, TOKENS = 20, 8              # continuations at each of them, and how long they are
CHIPS = 40                          # tokens of the text that are shown with their surprise
TAIL = 22                           # of the prompt, how many characters at most stand before each text


def released() -> dict:
    """The settings the reader last let go of, as `distribution` takes them: None where a filter is off."""
    temperature, top_k, top_p = (links.value(f"probabilities.{name}") for name in ("temperature", "top_k", "top_p"))
    temperature, top_p = round(temperature, 3), round(top_p, 3)
    return {"temperature": temperature, "top_k": top_k or None, "top_p": top_p if top_p < 1 else None}


def likeliest(lm: LanguageModel, logits: Tensor, count: int | None = None) -> list[Token]:
    """The `count` tokens with the largest logits (V,), or all, the lower id first where two are equal."""
    order = logits.argsort(descending=True, stable=True)[:count]
    return [lm.tokenizer.tokens([i])[0] for i in order.tolist()]        # one by one: neighbours here are not text


def panels(t: Text, lm: LanguageModel, text: str, writing: Writing, seeds: tuple[int, ...]) -> list[dict]:
    """A panel for each seed: the end of the prompt, and what is written so far."""
    prompt = text if len(text) <= TAIL else "…" + text[-TAIL:].split(" ", 1)[-1]
    rows = []
    for number, seed in enumerate(seeds):
        steps = [steps[number] for steps in writing.pieces]
        ended = bool(steps) and (steps[-1] is None or steps[-1].id in lm.stops)
        rows.append({"label": t("probabilities.seed", seed=seed), "note": t("probabilities.ended") if ended else "",
                     "prompt": prompt, "text": "".join(step.text for step in steps if step), "done": writing.done or ended})
    return rows


def difference(t: Text, writing: Writing, settings: dict) -> str:
    """How many of the texts differ, and how long they agree, once all are written."""
    if not writing.done:
        return t("probabilities.five_writing")
    texts = [tuple(step.id for step in steps if step) for steps in zip(*writing.pieces, strict=True)]
    different = len(set(texts))
    key = {1: "five_same", len(texts): "five_all"}.get(different, "five_some")
    sentence = t(f"probabilities.{key}", settings=_named(t, settings), different=t.number(different, 0))
    common = next((i for i, ids in enumerate(zip(*texts)) if len(set(ids)) > 1), min(map(len, texts)))
    return f"{sentence} {t('probabilities.common', count=common)}" if common and different > 1 else sentence


def dart(d: Distribution, count: int) -> Choice:
    """Where the first dart of the reader's seed falls, and what it hits."""
    return thrown(d, throw(torch.Generator().manual_seed(links.value("probabilities.seed"))), count)


def next_seed() -> dict:
    """The knob that the next dart sets."""
    return {"probabilities.seed": links.value("probabilities.seed") % 9999 + 1}


def darts(t: Text) -> str:
    """How many darts the reader wants thrown."""
    return t.number(int(links.value("probabilities.darts")), 0)


def ready(five: Writing) -> float:
    """How many steps of the curve may be made: none until the five texts are written."""
    return math.inf if five.done else 0


def hits(d: Distribution) -> Tensor:
    """How often each token is hit, for each of COUNTS: (4, V)."""
    return tally(d, links.value("probabilities.seed"), COUNTS)


def tallied(t: Text, tokens: list[Token], d: Distribution, hit: Tensor) -> list[dict]:
    """The share of the darts that hit each of `tokens`, with how far it is from the probability, and all others as one bar."""
    ids, count = [token.id for token in tokens], int(links.value("probabilities.darts"))
    shares = hit[COUNTS.index(count)].double() / count
    rows = parts.next_words(t, tokens, shares[ids], max(0.0, 1 - float(shares[ids].sum())))
    expected = [*d.probs[ids].tolist(), 1 - float(d.probs[ids].sum())]
    return [row | change(t, row["value"], p) for row, p in zip(rows, expected, strict=True)]


def converging(t: Text, d: Distribution, hit: Tensor) -> str:
    """How far the shares of more and more darts are from the probabilities, all differences together."""
    if int(d.kept.sum()) == 1:
        return t("probabilities.tally_sure")
    off = [float((row.double() / n - d.probs.double()).abs().sum()) / 2 for row, n in zip(hit, COUNTS, strict=True)]
    return t("probabilities.tally_sentence", **{f"n{i}": t.number(n, 0) for i, n in enumerate(COUNTS)},
             **{f"off{i}": t.percent(gap, 1) for i, gap in enumerate(off)})


def variety(text: str, lm: LanguageModel, settings: dict) -> Iterator[Counted]:
    """The continuations of the curve, token by token, one temperature after another, through the reader's filters."""
    return distinct(lm, text, TEMPERATURES, range(1, TEXTS + 1), TOKENS, settings["top_k"], settings["top_p"])


def measured(counting: Writing | None) -> list[Counted]:
    """The temperatures of which all texts are written."""
    return [c for c in counting.pieces if c.tokens == TOKENS] if counting else []


def varied(t: Text, counting: Writing | None) -> str:
    """What the curve says once it is whole, and how far it is before."""
    done = measured(counting)
    if counting is None:
        return t("probabilities.curve_off", texts=TEXTS, tokens=TOKENS)
    if not counting.done:
        last = counting.pieces[-1] if counting.pieces else Counted(0.0, 0, 0)
        return t("probabilities.curve_on", done=len(done), all=len(TEMPERATURES), temperature=t.number(last.temperature, 1),
                 token=last.tokens, tokens=TOKENS)
    first = next((c for c in done if c.distinct == TEXTS), None)
    of = {c.temperature: c.distinct for c in done}
    sentence = t("probabilities.curve_sentence", texts=TEXTS, tokens=TOKENS, cold=of[0], warm=of[0.8], hot=of[1.5])
    return f"{sentence} {t('probabilities.curve_all', temperature=t.number(first.temperature, 1))}" if first else sentence


def recent(trace: Trace, found: Surprise) -> tuple[Trace, Surprise]:
    """The last CHIPS tokens of the text, with the one before them, and the surprise of each."""
    return replace(trace, tokens=trace.tokens[-CHIPS - 1:]), Surprise(found.logprobs[-CHIPS:], found.ranks[-CHIPS:], found.expected[-CHIPS:])


def perplexed(t: Text, d: Distribution, found: Surprise) -> str:
    """The perplexity of the text typed, beside the choices open for its next token."""
    if found.perplexity is None:
        return t("probabilities.perplexity_none")
    return t("probabilities.perplexity_sentence", value=t.number(found.perplexity, 1), count=len(found.logprobs),
             choices=t.number(math.exp(d.entropy), 1))


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: who has most of the mass at temperature 2."""
    probs = distribution(session.trace(t("probabilities.guide.prompt")).logits[-1], 2.0).probs.sort(descending=True).values
    shares = {"top": float(probs[0]), "ten": float(probs[1:10].sum()), "rest": float(probs[10:].sum())}
    return max(shares, key=shares.get), {name: t.percent(share) for name, share in shares.items()}


def chain(t: Text, lm: LanguageModel, d: Distribution) -> pd.DataFrame:
    """Every step from logit to probability for the likeliest tokens, and the probability of all the others together."""
    tokens = likeliest(lm, d.logits, LISTED)
    ids = [token.id for token in tokens]
    columns = {"id": pd.array(ids, "Int64"), "token": [parts.shown(t, token) for token in tokens], "logit": d.logits[ids],
               "scaled": d.scaled[ids], "kept": pd.array(d.kept[ids].tolist(), "boolean"), "probability": d.probs[ids].double()}
    frame = pd.DataFrame(columns)
    frame.loc[len(ids)] = [pd.NA, t("live.everything_else"), float("nan"), float("nan"), pd.NA, 1 - frame["probability"].sum()]
    return frame.rename(columns={name: t(f"probabilities.column.{name}") for name in columns})


def _named(t: Text, settings: dict) -> str:
    """The settings that are on, by name, without needless zeros."""
    on = {name: value for name, value in settings.items() if value is not None}
    return ", ".join(t(f"probabilities.setting_{name}", value=t.number(value, len(f"{value:g}".partition(".")[2])))
                     for name, value in on.items())
