"""Pretrained and fine-tuned: the same tokens, two sets of weights, what each writes and how every probability moved."""
from engine import distribution
from engine.lora import Adapter
from ui import links, parts, session
from ui.board import board
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import finetuning as readings
from ui.readings.common import counted
from ui.readings.context import rows
from ui.writing import advance

t = words()
models = [session.model(session.BASE), session.model(session.ASSISTANT)]
lm = models[0]
begin(t, "finetuning", changed=t.percent(readings.changed_share(lm), 0))


def draw(text: str) -> None:
    temperature = links.value("finetuning.temperature")
    base, tuned, chat = session.trace(text, session.BASE), session.trace(text, session.ASSISTANT), session.trace_chat(text)
    first, second, third = (distribution(trace.logits[-1]) for trace in (base, tuned, chat))
    writing = advance("finetuning.writing", (text, temperature), lambda: readings.both(text, temperature))
    board(t, [
        parts.stream(readings.panels(t, text, writing, models), not writing.done, id="written",
                     title=t("finetuning.written_title"), hint=t("finetuning.written_hint")),
        parts.chips(t, base.tokens, id="read_base", span=6, title=t("finetuning.read_base")),
        parts.chips(t, chat.tokens, id="read_chat", span=6, title=t("finetuning.read_chat"),
                    caption=readings.template(t, base, chat)),
        parts.bars(rows(t, lm, first), id="base", span=4, title=t("finetuning.base_title"), hint=t("finetuning.base_hint")),
        parts.bars(rows(t, lm, second, first), id="tuned", span=4, title=t("finetuning.tuned_title"),
                   hint=t("finetuning.tuned_hint"), caption=readings.sentence(t, lm, base, tuned)),
        parts.bars(rows(t, lm, third, second), id="chat", span=4, title=t("finetuning.chat_title"),
                   hint=t("finetuning.chat_hint")),
    ], stamp=text, key="finetuning.board", status=counted(t, lm, base))
    table(t, "finetuning", lambda: readings.table(t, lm, {"base": first, "tuned": second, "chat": third}))


live(t, draw, examples="finetuning.examples")
explain(t, "finetuning", r"W' = W + s \cdot \frac{\alpha}{r}\, A\,B", Adapter.changed)
