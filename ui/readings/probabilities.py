"""What the softmax figures say, in words; the settings last released, the five texts, and the chain as a table."""
import pandas as pd
from torch import Tensor

from engine import Distribution, LanguageModel, Token
from ui import links, parts
from ui.i18n import Text
from ui.writing import Writing

LISTED = 100                        # tokens with a row of their own in the table
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
