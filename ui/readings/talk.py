"""A talk that outgrows its window, and the price of a longer one, in words and rows."""
import pandas as pd

from engine import LanguageModel, cost, talk
from engine.cost import Cost
from ui import parts, session
from ui.i18n import Text
from ui.writing import Writing


def said(t: Text) -> tuple[str, ...]:
    """What the user says in the talk of this language, turn by turn; the first tells what is asked for in the end."""
    return tuple(t.group("context.talk.said").values())


def shares(t: Text, size: int, summary: str) -> dict[str, list[float]]:
    """For each policy, how sure the model is of the right answer after each turn."""
    return {policy: sure(t, size, policy, summary if policy == "summary" else "") for policy in talk.POLICIES}


def sure(t: Text, size: int, policy: str, summary: str = "") -> list[float]:
    """How sure the model is of the right answer after each turn."""
    question, stem, word = (t(f"context.talk.{name}") for name in ("question", "stem", "word"))
    return session.beliefs(said(t), question, stem, " " + word, size, policy, summary)


def turns(t: Text, lm: LanguageModel, memory: talk.Memory, policy: str) -> list[dict]:
    """Every turn as its tokens, and which of them are still there; then the question."""
    whole = [*memory.front, *memory.dropped, *memory.kept[(lm.bos is not None) + len(memory.front):]]
    states = [*["front"] * len(memory.front), *["dropped"] * len(memory.dropped)]
    states += [""] * (len(whole) - len(states))
    rows: list[dict] = []
    for token, state in zip(lm.tokenizer.tokens(whole), states, strict=True):
        if token.id in lm.chat.before or token.id in lm.chat.after[1:]:
            who = "user" if token.id in lm.chat.before else "assistant"
            rows.append({"who": who, "name": t(f"context.talk.{who}"), "pieces": []})
        elif not parts.is_special(token) and rows:
            rows[-1]["pieces"].append({"text": token.text, "state": state})
    rows = rows[:-1]                                # the answer is still to come
    rows[-1] |= {"who": "asked"}
    if policy == "summary" and memory.front:
        rows[0] |= {"name": t("context.talk.summary")}
    return rows


def reply(t: Text, answer: str) -> dict:
    """The model's answer to the question, as the last turn."""
    return {"who": "assistant", "name": t("context.talk.assistant"), "pieces": [{"text": answer, "state": ""}]}


def sentence(t: Text, memory: talk.Memory, policy: str, answer: str, share: float) -> str:
    """What the model reads of the talk, and what it answers."""
    values = {"policy": t(f"context.talk.policy.{policy}"), "kept": len(memory.kept), "share": t.percent(share, 1), "word": t("context.talk.word"),
              "answer": answer.rstrip(".").replace("*", "∗")}         # the sentence around it has a full stop of its own
    if not memory.dropped:
        return t("context.talk.all", **values)
    return t("context.talk.some", dropped=t("live.dropped", count=len(memory.dropped)), **values)


def compared(t: Text, found: dict[str, list[float]], summary: str) -> str:
    """After how many turns each policy has lost the answer, if it has."""
    lines = []
    for policy, values in found.items():
        lost = next((n for n, share in enumerate(values) if share < 0.5), None)
        name = t(f"context.talk.policy.{policy}")
        lines.append(t("context.talk.holds", policy=name) if lost is None else t("context.talk.loses", policy=name, turns=lost))
    if not summary.strip():
        lines.append(t("context.talk.unwritten"))
    return " ".join(lines)


def answer(t: Text) -> tuple[str, dict]:
    """Which option of the card is right: what is left of the fact once it fell out; and how sure the model was before and after."""
    before, after = (sure(t, size, "oldest")[-1] for size in (256, 64))
    return "gone" if after < before / 2 else "kept", {"before": t.percent(before), "after": t.percent(after, 1), "word": t("context.talk.word")}


def price(t: Text, lm: LanguageModel, measuring: Writing | None) -> str:
    """What doubling the window costs, as measured; and the bytes of scores and of keys and values at the longest."""
    scores, kept = cost.memory(lm, lm.context)
    held = t("context.cost.memory", tokens=lm.context, scores=t.number(scores / 1e6, 1), kept=t.number(kept / 1e6, 1))
    if measuring is None:
        return f"{t('context.cost.wait')} {held}"
    if not measuring.done:
        return t("context.cost.going")
    if sum(entry.what == "forward" for entry in measuring.pieces) < 2:        # a window too short for two lengths
        return held
    return t("context.cost.sentence", forward=t.number(_doubling(measuring.pieces, "forward"), 1), attention=t.number(_doubling(measuring.pieces, "attention"), 1)) + " " + held


def _doubling(costs: list[Cost], what: str) -> float:
    """By how much the time grew at the last doubling of the length."""
    *_, one, two = [entry.seconds for entry in costs if entry.what == what]
    return two / one


def table(t: Text, found: dict[str, list[float]]) -> pd.DataFrame:
    """How sure the model is, by turn and policy."""
    return pd.DataFrame({t("context.talk.column"): range(len(next(iter(found.values()))))}
                        | {t(f"context.talk.policy.{policy}"): values for policy, values in found.items()})
