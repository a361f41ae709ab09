"""What happens inside one block at one token: what the reader chose, the diagram, the lens, what a removal does, in words and rows."""
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from engine import LanguageModel, Token, Trace, Without, attribution, block, distribution
from engine.model import NOTHING, Config
from ui import links, parts, session
from ui.i18n import Text
from ui.readings.context import moved

STAGES = ("norm_1", "attention", "add_1", "norm_2", "forward", "add_2")
EXPECTED = 3                        # next words shown in a row of the lens


@dataclass(frozen=True)
class View:
    """A text as the whole model read it and as it reads it with a part taken away; where in it the reader looks."""
    lm: LanguageModel
    whole: Trace
    trace: Trace                    # with what was taken away; the same one where nothing was
    layer: int
    at: int
    removed: str
    stage: str

    @cached_property
    def inside(self) -> block.Inside:
        return block.inside(self.lm.decoder, self.trace, self.layer, self.at)

    @cached_property
    def target(self) -> Token:
        """The token that the whole model expects most after this position: the one that is followed."""
        return self.lm.tokenizer.tokens([int(self.whole.logits[self.at].argmax())])[0]

    @cached_property
    def neuron(self) -> int:
        """The neuron asked for, if it is one of this layer; else the most active one here."""
        values = self.trace.neurons[self.layer, self.at]
        layer, _, number = links.value("block.neuron").partition(".")
        return int(number) if number and int(layer) == self.layer and int(number) < len(values) else int(values.argmax())


def look(lm: LanguageModel, text: str) -> View:
    """The text read as the reader's choices ask for; a layer or token that is not there is the last one."""
    layer, asked, removed = min(int(links.value("block.layer")), lm.decoder.config.n_layer - 1), links.value("block.at"), links.value("block.without")
    whole, trace = session.trace(text), session.trace(text, without=removal(removed, layer, lm.decoder.config))
    last = len(trace.tokens) - 1
    return View(lm, whole, trace, layer, min(int(asked), last) if asked else last, removed, links.value("block.stage"))


def removal(name: str, layer: int, shape: Config) -> Without:
    """What each choice takes away."""
    return {"none": NOTHING, "residual": Without(residual={layer}), "norm": Without(norm={layer}), "final": Without(norm={shape.n_layer}),
            "attention": Without(heads={(layer, head) for head in range(shape.n_head)})}[name]


def token(t: Text, view: View) -> str:
    """The token that is looked at, as a sentence names it."""
    return parts.quoted(t, view.trace.tokens[view.at])


def stages(t: Text, view: View) -> list[dict]:
    """Each stage of the diagram: its name, its number, whether it is taken away, and all that as one title."""
    found, names, rows = view.inside, t.group("block.stage"), []
    notes = {"attention": adds(t, "attention", found.attended), "forward": adds(t, "forward", found.thought)} | {
        stage: t("block.note.norm", value=t.number(norm.deviation)) for stage, norm in (("norm_1", found.first), ("norm_2", found.second))}
    gone = {}
    if view.removed == "norm":
        gone = dict.fromkeys(("norm_1", "norm_2"), t("block.gone"))
    elif view.removed == "attention":
        gone = {"attention": adds(t, "bias", found.attended)}
    for stage in STAGES:
        note = (notes | gone).get(stage, "")
        rows.append({"id": stage, "name": "+" if stage.startswith("add") else names[stage], "note": note, "off": stage in gone,
                     "title": f"{names[stage]}: {note}" if note else names[stage]})
    return rows


def adds(t: Text, half: str, added: Tensor) -> str:
    """How long what a half adds is."""
    return t(f"block.note.{half}", value=t.number(float(added.norm()), 1))


def ends(t: Text, view: View) -> list[dict]:
    """The stream in front of the block, between its halves, and behind it: where it comes from or goes to, and its length."""
    last = view.lm.decoder.config.n_layer - 1
    names = (t("block.from_embedding") if view.layer == 0 else t("block.from_block", layer=view.layer - 1), t("block.between"),
             t("block.to_end") if view.layer == last else t("block.to_block", layer=view.layer + 1))
    return [{"name": name, "text": t.number(float(state.norm()), 1)}
            for name, state in zip(names, (view.inside.before, view.inside.middle, view.inside.after), strict=True)]


def lengths(view: View) -> list[float]:
    """How long what runs along each line of the diagram is, in the order that `ui.figures.block.diagram` takes."""
    found = view.inside
    return [float(v.norm()) for v in (found.before, found.first.after, found.attended, found.middle, found.second.after, found.thought, found.after)]


def flow_sentence(t: Text, view: View) -> str:
    """What the two halves add, and how long the stream is before and after."""
    before, _, attended, middle, _, thought, after = lengths(view)
    values = {"token": token(t, view), "layer": view.layer, "before": t.number(before, 1), "attended": t.number(attended, 1), "middle": t.number(middle, 1),
              "thought": t.number(thought, 1), "after": t.number(after, 1)}
    return t("block.flow_sentence" if view.inside.residual else "block.flow_cut", **values)


def ranks(view: View) -> tuple[Tensor, Tensor]:
    """The lens: logits (L + 1, V) for what follows the token, and the rank of the target in each row, from 1."""
    logits = attribution.lens(view.lm.decoder, view.trace, view.at)
    return logits, (logits > logits[:, view.target.id, None]).sum(-1) + 1


def lens_rows(t: Text, view: View) -> list[dict]:
    """What the stream would predict after the embedding and after each block, and what each block did to the target's rank."""
    logits, rank = ranks(view)
    top, target = logits.softmax(-1).topk(EXPECTED), parts.quoted(t, view.target).replace("**", "")
    rows = []
    for number, (ids, probs, now) in enumerate(zip(top.indices.tolist(), top.values.tolist(), rank.tolist(), strict=True)):
        words = [{"name": parts.shown(t, view.lm.tokenizer.tokens([i])[0]), "value": p, "text": t.percent(p), "target": i == view.target.id}
                 for i, p in zip(ids, probs, strict=True)]
        before = int(rank[number - 1]) if number else now
        name = t("block.lens.block", layer=number - 1) if number else t("block.lens.embedding")
        way = (before > now) - (before < now)
        said = {"name": name, "token": target, "before": t.number(before, 0), "now": t.number(now, 0)}
        rows.append({"name": name, "layer": str(number - 1) if number else None, "words": words, "rank": now, "rankText": t.number(now, 0), "way": way,
                     "arrow": f"{'▼' if way < 0 else '▲'} {t.number(abs(before - now), 0)}" if way else "=" if number else "",
                     "title": t(f"block.lens.{('down', 'same', 'up')[way + 1]}" if number else "block.lens.first", **said),
                     "marked": number == view.layer + 1, "final": number == len(rank) - 1})
    return rows


def lens_sentence(t: Text, view: View) -> str:
    """Which block lifts the target most, as a factor of its rank, and that the last row is the output."""
    logits, rank = ranks(view)
    share = float(logits[-1].softmax(-1)[view.target.id])
    values = {"token": parts.quoted(t, view.target), "share": t.percent(share, 1), "last": t.number(int(rank[-1]), 0)}
    lift = rank[:-1].double().log() - rank[1:].double().log()
    best = int(lift.argmax())
    if float(lift[best]) <= 0:
        return t("block.lens.never", **values)
    return t("block.lens.sentence", layer=best, before=t.number(int(rank[best]), 0), now=t.number(int(rank[best + 1]), 0), **values)


def removed_sentence(t: Text, view: View) -> str:
    """What becomes of the prediction without the part."""
    before, after = distribution(view.whole.logits[view.at]), distribution(view.trace.logits[view.at])
    now = view.lm.tokenizer.tokens([int(after.probs.argmax())])[0]
    rank = int((after.probs > after.probs[view.target.id]).sum()) + 1
    values = {"part": t(f"block.part.{view.removed}", layer=view.layer), "best": parts.quoted(t, view.target), "now": parts.quoted(t, now), "moved": t.percent(moved(before, after)),
              "was": t.percent(float(before.probs[view.target.id]), 1), "share": t.percent(float(after.probs[view.target.id]), 1), "rank": t.number(rank, 0)}
    return t("block.removed_same" if now.id == view.target.id else "block.removed_other", **values)


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: how far the answer falls once a block's stream is cut."""
    lm = session.model()
    layer, prompt = lm.decoder.config.n_layer // 2, t("block.guide.prompt")
    whole, cut = session.trace(prompt).logits[-1], session.trace(prompt, without=Without(residual={layer})).logits[-1]
    best = int(whole.argmax())
    rank = int((cut > cut[best]).sum()) + 1
    shares = [float(torch.softmax(logits, -1)[best]) for logits in (whole, cut)]
    return "first" if rank == 1 else "near" if rank <= 10 else "far", {
        "layer": layer, "token": parts.quoted(t, lm.tokenizer.tokens([best])[0]), "rank": t.number(rank, 0), "all": t.number(len(whole), 0),
        "before": t.percent(shares[0]), "after": t.percent(shares[1], 3)}
