"""Sentences that more than one screen says."""
from engine import LanguageModel, Trace
from ui import parts
from ui.i18n import Text


def counted(t: Text, lm: LanguageModel, trace: Trace) -> str:
    """How many tokens the model saw, of how many that fit, and how many fell out; with no text, what to do."""
    if all(parts.is_special(token) for token in trace.tokens):
        return t("live.empty")
    seen = t("live.count", count=len(trace.tokens), context=lm.context)
    return f"{seen} · {t('live.dropped', count=len(trace.dropped))}" if trace.dropped else seen


def next_word(t: Text, lm: LanguageModel, trace: Trace, top) -> str:
    """What the model expects most after the last token, from its `top` (values, indices)."""
    best = lm.tokenizer.tokens([int(top.indices[0])])[0]
    return t("attention.next_sentence", last=parts.quoted(t, trace.tokens[-1]), top=parts.quoted(t, best),
             probability=t.percent(float(top.values[0])))
