"""Pretrained and fine-tuned: the same tokens, two sets of weights, what each writes and what has moved; and fine-tuning on one's own lines."""
from engine.compare import looks_elsewhere, shared
from engine.lora import Adapter, merge
from ui import links, parts
from ui.board import board
from ui.controls import choice, controls, slider, toggle
from ui.figures import finetuning as figures
from ui.guide import guide
from ui.kit import begin, explain, table, words
from ui.live import live
from ui.readings import finetuning as readings
from ui.readings import forgotten
from ui.readings.common import counted
from ui.workshop import arrived, workshop
from ui.writing import advance

t = words()
BOARD = "finetuning.board"
if arrived():
    links.publish()
begin(t, "finetuning", changed=t.percent(readings.changed_share(), 0))
guide(t, "finetuning", {"finetuning.model": "assistant", "finetuning.strength": 1.0, "finetuning.temperature": 0.0}, lambda: readings.answer(t))


def draw(text: str) -> None:
    view = readings.look(text)
    models, temperature = readings.writers(view), links.value("finetuning.temperature")
    writing = advance("finetuning.writing", (text, temperature, *(lm.name for lm in models.values())), lambda: readings.texts(text, temperature, list(models.values())))
    measuring = forgotten.wished(view, BOARD)
    chat, shown, heads = readings.prompted(view), readings.panels(t, view, models, writing), readings.heads(t, view)
    left, right = readings.order(t, view)
    lost, name = forgotten.found(view, measuring), readings.title(t, view)
    board(t, [
        controls(choice("finetuning.model", t("finetuning.against"), readings.choices(t)), slider("finetuning.strength", t("finetuning.strength"), "{value}", 0, 1, 0.1),
                 choice("finetuning.reads", t("finetuning.reads"), t.group("finetuning.read")), slider("finetuning.temperature", t("finetuning.temperature"), "{value}", 0, 2, 0.1),
                 toggle("finetuning.all", t("finetuning.all"))),
        figures.versus(shown, readings.marks(t, view), not writing.done, id="written", title=t("finetuning.written_title"), hint=t("finetuning.written_hint"),
                       caption=readings.compared(t, view, shown, writing.done)),
        parts.chips(t, view.one.tokens, id="read_base", span=6, title=t("finetuning.read_base")),
        parts.chips(t, chat, id="read_chat", span=6, title=t("finetuning.read_chat", model=name), caption=readings.template(t, view, chat)),
        figures.slopes(t, left, right, (t("finetuning.short.base"), name), id="slopes", span=6, title=t("finetuning.slopes_title"),
                      hint=t(f"finetuning.slopes_hint.{'same' if view.read is view.two else 'template'}", model=name), caption=readings.sentence(t, view)),
        figures.drift(t, heads["apart"], heads["moved"], heads["said"], id="heads", span=6, title=t("finetuning.heads_title"), hint=t("finetuning.heads_hint", model=name),
                      caption=readings.heads_sentence(t, view, heads["moved"])),
        figures.cells(readings.weights(t, view), readings.matrices(t), "", id="weights", span=6, title=t("finetuning.weights_title"),
                      hint=t("finetuning.weights_hint", model=name), caption=readings.weights_sentence(t, view)),
        figures.dumbbell(forgotten.groups(t, view, lost), forgotten.marks(t, name), forgotten.measure(t, measuring), bool(measuring and not measuring.done), id="forgotten", span=6,
                         title=t("finetuning.forgotten.title"), hint=t("finetuning.forgotten.hint", model=name), caption=forgotten.sentence(t, view, lost, measuring)),
    ], stamp=text, key=BOARD, status=counted(t, view.base, view.one))
    table(t, "finetuning", lambda: readings.table(t, view))


live(t, draw, examples="finetuning.examples")
workshop(t)
explain(t, "finetuning", r"W' = W + s \cdot \frac{\alpha}{r}\, A\,B \qquad \frac{\lVert W' - W \rVert}{\lVert W \rVert}", Adapter.changed, merge, looks_elsewhere, shared)
