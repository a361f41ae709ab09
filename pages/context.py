"""The context window: what fell out, what that does to the next word, a fact and a talk that are forgotten, and what a longer one costs."""
import streamlit as st

from engine import cost, distribution, talk
from engine.window import fit
from ui import links, parts, session
from ui.board import board, pressed
from ui.controls import button, choice, controls, slider
from ui.figures import context as drawn
from ui.figures import curve
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.knobs import MAX_SUMMARY, MIN_WINDOW
from ui.live import in_words, live
from ui.readings import context as readings
from ui.readings import talk as talks
from ui.readings.common import counted
from ui.writing import advance

t = words()
lm, assistant = session.model(), session.model(session.ASSISTANT)
begin(t, "context", context=lm.context)
guide(t, "context", {"context.room": "64", "context.turns": 4, "context.policy": "oldest", "context.window": 12}, lambda: talks.answer(t))


def draw(text: str) -> None:
    size = min(links.value("context.window"), lm.context)
    whole, cut = session.trace(text), session.trace(text, window=size)
    before, after = distribution(whole.logits[-1]), distribution(cut.logits[-1])
    board(t, [
        parts.window(t, readings.whole_text(whole), size, MIN_WINDOW, lm.context, "context.window", id="window",
                     title=t("context.window_title"), hint=t("context.window_hint"),
                     caption=readings.sentence(t, lm, before, after, len(cut.dropped))),
        parts.bars(readings.rows(t, lm, before), id="whole", span=6, title=t("context.whole_title"),
                   hint=t("context.whole_hint", count=len(whole.tokens))),
        parts.bars(readings.rows(t, lm, after, before), id="cut", span=6, title=t("context.cut_title"),
                   hint=t("context.cut_hint", count=len(cut.tokens))),
    ], stamp=f"{text}\n{size}", key="context.board", status=counted(t, lm, whole))
    table(t, "context", lambda: readings.table(t, lm, before, after))


@st.fragment
def forget() -> None:
    size, told, policy = int(links.value("context.room")), links.value("context.turns"), links.value("context.policy")
    summary = st.text_input(t("context.talk.write"), key="context.summary", live="0ms", bind="query-params", persist_state="session",
                            max_chars=MAX_SUMMARY, placeholder=t("context.talk.placeholder"))
    with in_words(t):           # here: what goes wrong in a fragment does not reach who calls it
        _forget(size, told, policy, summary)


def _forget(size: int, told: int, policy: str, summary: str) -> None:
    question, found = t("context.talk.question"), talks.shares(t, size, summary)
    memory = talk.remember(assistant, session.converse(talks.said(t))[:told + 1], question, size, policy, summary)
    answer = talk.answer(assistant, memory, size)
    board(t, [
        controls(choice("context.room", t("context.window"), {room: room for room in ("64", "96", "128", "256")}),
                 slider("context.turns", t("context.talk.turns"), "{value}", 0, len(talks.said(t)) - 1, 1)),
        drawn.talk([*talks.turns(t, assistant, memory, policy), talks.reply(t, answer)], id="talk", span=6, title=t("context.talk.title", count=told),
                   hint=t("context.talk.hint", kept=talk.ANSWER), caption=talks.sentence(t, memory, policy, answer, found[policy][told])),
        drawn.grid(t, t.group("context.talk.policy"), [str(n) for n in range(len(talks.said(t)))], list(found.values()), (policy, told),
                   ("context.policy", "context.turns"), id="policies", span=6, corner=t("context.talk.column"), title=t("context.talk.grid", word=t("context.talk.word")),
                   hint=t("context.talk.grid_hint", first=talk.FIRST), hover=t("context.talk.cell"), caption=talks.compared(t, found, summary)),
    ], stamp=None, key="context.talk", tools=False)
    table(t, "context.talk", lambda: talks.table(t, found))


@st.fragment
def pay() -> None:
    with in_words(t):
        _pay()


def _pay() -> None:
    if pressed("context.cost", "context.measure"):
        st.session_state["context.measured"] = st.session_state.get("context.measured", 0) + 1
    asked = st.session_state.get("context.measured", 0)
    measuring = advance("context.costs", (asked, lm.name), lambda: cost.measure(lm), wait=False) if asked else None
    board(t, [
        controls(button("context.measure", t("context.cost.measure"))),
        parts.plot(curve.price(t, measuring.pieces if measuring else []), id="cost", title=t("context.cost.title"), hint=t("context.cost.hint"),
                   caption=talks.price(t, lm, measuring), more=bool(measuring and not measuring.done)),
    ], stamp=None, key="context.cost", tools=False)


live(t, draw, examples="context.examples")
st.subheader(t("context.story_title"), anchor=False)
story, answer = t("context.story"), t("context.answer")
teller = session.current() if lm.context >= max(readings.SIZES) >= readings.needed(lm, story) else session.BASE
reader, of_teller = session.model(teller), "" if teller == session.current() else " " + t("live.of_model", model=teller)
least = readings.needed(reader, story)
shares = session.answer_by_window(story, " " + answer, readings.SIZES, teller)
board(t, [
    parts.chips(t, session.trace(story, teller).tokens, id="story", span=5, title=t("context.story_text"),
                hint=t("context.story_hint", tokens=least)),
    parts.plot(curve.forgetting(t, readings.SIZES, shares, least), id="curve", span=7, title=t("context.curve_title"),
               caption=readings.curve_sentence(t, reader, answer, readings.SIZES, shares, least, session.trace(story, teller, 64)) + of_teller),
], stamp="story", key="context.story", tools=False)
st.subheader(t("context.talk.heading"), anchor=False)
forget()
st.subheader(t("context.cost.heading"), anchor=False)
pay()
explain(t, "context", r"\text{window}(n) = \langle\text{start}\rangle + \text{front} + \text{the last tokens that fit}", fit, talk.remember)
