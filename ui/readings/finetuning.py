"""The base and its fine-tuned version on the same tokens, in words and rows."""
from collections.abc import Iterator

import pandas as pd

from engine import Distribution, LanguageModel, Trace, distribution
from engine.generate import Step
from ui import parts, session
from ui.i18n import Text
from ui.readings.context import moved
from ui.writing import Writing

TOKENS = 60                         # the longest answer


def changed_share(lm: LanguageModel) -> float:
    """How many numbers the adapter holds, as a share of those of its base."""
    adapter = session.model(session.ASSISTANT).card.get("parameters", 0)
    return adapter / sum(parameter.numel() for parameter in lm.decoder.parameters())


def both(text: str, temperature: float) -> Iterator[tuple[Step | None, Step | None]]:
    """The two models writing on in turn, a token each; None once one has ended."""
    writers = [session.model(name).generate(text, TOKENS, temperature, seed=1) for name in (session.BASE, session.ASSISTANT)]
    while True:
        steps = tuple(next(writer, None) for writer in writers)
        if steps == (None, None):
            return
        yield steps


def panels(t: Text, text: str, writing: Writing, models: list[LanguageModel]) -> list[dict]:
    """What each has written, and whether it has stopped, by itself or at the limit."""
    shown = []
    for number, lm in enumerate(models):
        steps = [pair[number] for pair in writing.pieces if pair[number] is not None]
        stopped = bool(steps) and steps[-1].id in lm.stops
        ended = stopped or writing.done or len(steps) == TOKENS
        note = t("finetuning.stopped", count=len(steps)) if stopped else t("finetuning.limit", count=len(steps)) if ended else ""
        shown.append({"label": t(f"finetuning.model.{lm.name}"), "note": note, "prompt": "" if lm.chat else text,
                      "text": "".join(step.text for step in steps), "done": ended})
    return shown


def sentence(t: Text, lm: LanguageModel, base: Trace, tuned: Trace) -> str:
    """How far fine-tuning moved the prediction on these very tokens."""
    before, after = distribution(base.logits[-1]), distribution(tuned.logits[-1])
    best, now = (lm.tokenizer.tokens([int(d.probs.argmax())])[0] for d in (before, after))
    return t("finetuning.sentence_same" if best.id == now.id else "finetuning.sentence_other",
             best=parts.quoted(t, best), now=parts.quoted(t, now), moved=t.percent(moved(before, after)))


def template(t: Text, raw: Trace, chat: Trace) -> str:
    """What the template adds to the text."""
    return t("finetuning.template_sentence", count=len(chat.tokens) - len(raw.tokens))


def table(t: Text, lm: LanguageModel, named: dict[str, Distribution], count: int = 50) -> pd.DataFrame:
    """The tokens likeliest for the base, with their probability under each model."""
    order = next(iter(named.values())).probs.topk(count).indices
    names = [parts.shown(t, token) for token in lm.tokenizer.tokens(order.tolist())]
    return pd.DataFrame({t("finetuning.column.token"): names}
                        | {t(f"finetuning.column.{name}"): d.probs[order].numpy() for name, d in named.items()})
