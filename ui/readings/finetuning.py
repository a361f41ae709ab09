"""Base and a fine-tuned model on the same text: what each writes, and what has moved in their predictions, their heads, their weights."""
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import torch

from engine import Distribution, LanguageModel, Token, Trace, distribution
from engine.chats import says
from engine.compare import likeliest, looks_elsewhere, pieces, shared
from engine.generate import Step
from engine.lora import TARGETS
from engine.window import fit
from ui import links, parts, session, tuned
from ui.i18n import Text
from ui.readings.context import moved
from ui.tuned import YOURS
from ui.writing import Writing

TOKENS = 60                         # the longest answer
ROWS = 8                            # likeliest tokens of each model
SHIPPED = ("assistant", "pirate")


@dataclass(frozen=True)
class Look:
    """What the screen shows of a text: base, and one fine-tuned model at some strength."""
    text: str
    id: str                         # "assistant", "pirate" or "yours"
    name: str                       # what the session knows it by
    strength: float
    base: LanguageModel
    lm: LanguageModel
    one: Trace                      # base
    two: Trace                      # the other, on the same tokens
    read: Trace                     # the other, on what the reader chose: the same tokens, or its template

    @property
    def first(self) -> Distribution:
        return distribution(self.one.logits[-1])

    @property
    def second(self) -> Distribution:
        return distribution(self.read.logits[-1])


def choices(t: Text) -> dict[str, str]:
    """The fine-tuned models that can be compared with base; the reader's own once there is one."""
    return {id: t(f"finetuning.model.{id}") for id in (*SHIPPED, YOURS) if id != YOURS or tuned.mine()}


def chosen() -> tuple[str, str, float]:
    """Which one is compared, the name that the session knows it by, and its strength; a link to one's own may find none."""
    id, own = links.value("finetuning.model"), tuned.mine()
    if id == YOURS and own is None:
        id = SHIPPED[0]
    return id, own.name if id == YOURS else id, round(links.value("finetuning.strength"), 1)


def look(text: str) -> Look:
    """One forward pass of base, one of the other; and one more of it in its template, where the reader wants that."""
    id, name, strength = chosen()
    base, lm = session.model(session.BASE), session.at_strength(name, strength)
    two = session.read(lm, text)
    read = session.read(lm, text, chat=True) if links.value("finetuning.reads") == "template" and lm.chat else two
    return Look(text, id, name, strength, base, lm, session.read(base, text), two, read)


def title(t: Text, view: Look) -> str:
    """The compared model's name, with its strength where it is not whole."""
    return called(t, view.id, view.strength)


def called(t: Text, id: str, strength: float) -> str:
    name = t(f"finetuning.short.{id}")
    return name if strength == 1 else t("finetuning.at_strength", model=name, strength=t.number(strength, 1))


def writers(view: Look) -> dict[str, LanguageModel]:
    """Whose texts are shown, by id: base and the compared one, or all there are."""
    own = tuned.mine()
    others = {id: session.at_strength(own.name if id == YOURS else id, 1.0) for id in (*SHIPPED, YOURS)
              if id != view.id and (id != YOURS or own)} if links.value("finetuning.all") else {}
    return {"base": view.base, view.id: view.lm} | others


def texts(text: str, temperature: float, models: list[LanguageModel]) -> Iterator[tuple[Step | None, ...]]:
    """The models writing on in turn, a token each; None for one that has ended."""
    sources = [lm.generate(text, TOKENS, temperature, seed=1) for lm in models]
    while any(steps := tuple(next(source, None) for source in sources)):
        yield steps


def panels(t: Text, view: Look, models: dict[str, LanguageModel], writing: Writing) -> list[dict]:
    """What each has written, whether it has stopped, by itself or at the limit; once all are written, what only it has, against base."""
    written = {id: [steps[i] for steps in writing.pieces if steps[i] is not None] for i, id in enumerate(models)}
    words = {id: pieces("".join(step.text for step in steps)) for id, steps in written.items()}
    shown = []
    for id, lm in models.items():
        steps = written[id]
        stopped = bool(steps) and steps[-1].id in lm.stops
        ended = stopped or writing.done or len(steps) == TOKENS
        note = t("finetuning.stopped", count=len(steps)) if stopped else t("finetuning.limit", count=len(steps)) if ended else ""
        both = shared(words[id], words[view.id if id == "base" else "base"])[0] if writing.done else [True] * len(words[id])
        mark = "gone" if id == "base" else "came"
        shown.append({"id": id, "label": t(f"finetuning.model.{id}") if id != view.id or view.strength == 1 else title(t, view), "note": note,
                      "prompt": "" if lm.chat else view.text, "done": ended,
                      "pieces": [[word, "" if same else mark] for word, same in zip(words[id], both, strict=True)]})
    return shown


def marks(t: Text, view: Look) -> dict:
    """What the marks in the texts mean."""
    return {mark: {"sample": t("finetuning.marks.sample"), "text": t(f"finetuning.marks.{mark}", model=title(t, view))} for mark in ("came", "gone")}


def compared(t: Text, view: Look, shown: list[dict], done: bool) -> str:
    """How many words both wrote, once both are written."""
    if not done:
        return t("finetuning.writing")
    theirs = [(word, mark) for word, mark in shown[1]["pieces"] if any(map(str.isalnum, word))]
    if not shown[1]["pieces"]:
        return t("finetuning.silent", model=title(t, view))
    same = sum(not mark for _, mark in theirs)
    return t("finetuning.all_same" if same == len(theirs) and not any(mark for _, mark in shown[0]["pieces"]) else "finetuning.compared",
             model=title(t, view), same=same, words=len(theirs))


def order(t: Text, view: Look) -> tuple[list[dict], list[dict]]:
    """The likeliest tokens before and after, each side in its own order, each token with both its probabilities; everything else last."""
    before, after = view.first.probs, view.second.probs
    entries, sides = {}, likeliest(before, after, ROWS)
    for id in dict.fromkeys(sides[0] + sides[1]):
        was, now = float(before[id]), float(after[id])
        token = view.base.tokenizer.tokens([id])[0]
        ranks = [1 + int((probs > probs[id]).sum()) for probs in (before, after)]
        entries[id] = _entry(t, str(id), parts.shown(t, token), was, now) | {"said": t(
            "finetuning.slopes_said", token=parts.shown(t, token), model=title(t, view), before=t.percent(was, 1), after=t.percent(now, 1),
            points=_points(t, now - was), rank=t.number(ranks[0], 0), now=t.number(ranks[1], 0))}
    rest = _entry(t, "rest", t("live.everything_else"), 1 - float(before[sides[0]].sum()), 1 - float(after[sides[1]].sum())) | {"rest": True, "way": 0}
    rest["said"] = t("finetuning.slopes_rest", before=rest["before_text"], after=rest["after_text"], model=title(t, view))
    return tuple([*(entries[id] for id in side), rest] for side in sides)


def _entry(t: Text, id: str, name: str, before: float, after: float) -> dict:
    points = round(100 * (after - before), 1)
    return {"id": id, "name": name, "before": before, "after": after, "before_text": t.percent(before, 1), "after_text": t.percent(after, 1),
            "way": (points > 0) - (points < 0)}


def _points(t: Text, change: float) -> str:
    points = round(100 * change, 1) + 0.0
    return ("+" if points > 0 else "") + t.number(points, 1)


def sentence(t: Text, view: Look) -> str:
    """How far fine-tuning moved the prediction."""
    before, after = view.first, view.second
    best, now = (view.base.tokenizer.tokens([int(d.probs.argmax())])[0] for d in (before, after))
    key = "same" if best.id == now.id else "other"
    return t(f"finetuning.sentence_{key}", best=parts.quoted(t, best), now=parts.quoted(t, now), moved=t.percent(moved(before, after)), model=title(t, view))


def prompted(view: Look) -> list[Token]:
    """What the compared model reads when it answers: the text in its template, as much as fits; no forward is needed to know."""
    return view.lm.tokenizer.tokens(fit(view.lm.prompt(view.text), view.lm.context, view.lm.bos)[1])


def template(t: Text, view: Look, chat: list[Token]) -> str:
    """What the template adds to the text."""
    count = len(view.lm.prompt("")) if chat else 0
    return t("finetuning.template_sentence", count=count) if count else t("finetuning.template_none", model=title(t, view))


def heads(t: Text, view: Look) -> dict:
    """How much each head looks elsewhere on the same tokens, and the differences themselves, for the thumbnails."""
    apart = looks_elsewhere(view.one.pattern, view.two.pattern)
    H = apart.shape[1]
    said = [t("finetuning.head_said", head=f"{i // H}.{i % H}", moved=t.percent(share, 1)) for i, share in enumerate(apart.flatten().tolist())]
    return {"apart": (view.one.pattern - view.two.pattern).abs(), "moved": apart, "said": said}


def heads_sentence(t: Text, view: Look, apart: torch.Tensor) -> str:
    """The head that changed most, and where one token of the text now looks instead."""
    most = int(apart.argmax())
    layer, head = divmod(most, apart.shape[1])
    share = float(apart.max())
    if share == 0:
        return t("finetuning.heads_same", model=title(t, view))
    change = view.two.pattern[layer, head] - view.one.pattern[layer, head]             # (T, T)
    reader = int(change.abs().sum(-1).argmax())
    now, was = int(change[reader].argmax()), int(change[reader].argmin())
    named = {name: parts.quoted(t, view.one.tokens[i]) for name, i in (("reader", reader), ("now", now), ("was", was))}
    return t("finetuning.heads_sentence", head=f"{layer}.{head}", moved=t.percent(share, 1), gained=t.percent(float(change[reader, now]), 0), model=title(t, view), **named)


def weights(t: Text, view: Look) -> list[dict]:
    """How far each matrix has moved beside its own size, by layer."""
    values = session.weights_moved(view.name, view.strength)
    most = max(map(max, values)) or 1.0
    return [{"name": t("finetuning.layer", layer=layer), "cells": [
        {"value": value, "shade": value / most, "text": t.percent(value, 1),
         "title": t("finetuning.weight_said", layer=layer, matrix=matrix, value=t.percent(value, 1))}
        for matrix, value in zip(matrices(t), row, strict=True)]} for layer, row in enumerate(values)]


def matrices(t: Text) -> list[str]:
    """What the four matrices of a block are called, in the order of TARGETS."""
    return [t(f"finetuning.matrix.{target.replace('.', '_')}") for target in TARGETS]


def weights_sentence(t: Text, view: Look) -> str:
    """Which matrix moved most, and which least."""
    values = torch.tensor(session.weights_moved(view.name, view.strength))
    if not values.any():
        return t("finetuning.weights_same", model=title(t, view))
    ends = {}
    for name, at in (("most", int(values.argmax())), ("least", int(values.argmin()))):
        layer, matrix = divmod(at, values.shape[1])
        ends |= {name: matrices(t)[matrix], f"{name}_layer": layer, f"{name}_value": t.percent(float(values.flatten()[at]), 1)}
    return t("finetuning.weights_sentence", model=title(t, view), **ends)


def table(t: Text, view: Look, count: int = 50) -> pd.DataFrame:
    """The tokens likeliest for either model, with their probability under each, and in the template."""
    named = {"base": view.first.probs, "tuned": distribution(view.two.logits[-1]).probs, "chat": distribution(session.read(view.lm, view.text, chat=True).logits[-1]).probs}
    ids = torch.maximum(named["base"], named["tuned"]).topk(count).indices
    names = [parts.shown(t, view.base.tokenizer.tokens([id])[0]) for id in ids.tolist()]
    return pd.DataFrame({t("finetuning.column.token"): names} | {t(f"finetuning.column.{name}", model=title(t, view)): probs[ids].numpy() for name, probs in named.items()})


def changed_share() -> float:
    """How many numbers the assistant's adapter holds, as a share of those of its base."""
    adapter = session.model(session.ASSISTANT).card.get("parameters", 0)
    return adapter / sum(parameter.numel() for parameter in session.model(session.BASE).decoder.parameters())


def answer(t: Text) -> tuple[str, dict]:
    """Which of the two answers the card's question: its text holds the answer and ends by itself; and what both wrote."""
    prompt, gold = t("finetuning.guide.prompt"), t("finetuning.guide.gold")
    said = {name: session.likeliest_text(prompt, TOKENS, name) for name in (session.BASE, session.ASSISTANT)}
    right = {name: ended and says(text, gold) for name, (text, ended) in said.items()}
    key = "both" if all(right.values()) else next((name for name, is_right in right.items() if is_right), "neither")
    short = {name: parts.visible(" ".join(text.split()))[:60].replace("·", " ").replace("*", "∗").rstrip() + ("" if ended else "…") for name, (text, ended) in said.items()}
    return key, {"base": short[session.BASE], "assistant": short[session.ASSISTANT]}
