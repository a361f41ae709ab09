"""Examples in the prompt, in words and rows: what is drawn and changed, what the model makes of it, and what was measured of each model."""
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from engine import Distribution, LanguageModel, Token, distribution, rules, shots
from engine.corpus.stream import LANGUAGES, share
from engine.errors import ModelError
from engine.evaluate import SHOTS
from engine.probes import CLASSES, label_ceiling
from engine.rules import LABELS, Pair
from engine.shots import Block, Shot
from ui import links, parts, session
from ui.figures.fewshot import orders as figure_of_orders
from ui.i18n import Text
from ui.knobs import examples
from ui.readings.context import rows as bars
from ui.writing import advance

OWN = "own"
DRAWN = 8                           # examples to begin with
TRIED = 24                          # orders of the same examples
GUIDED = 10                         # the seed of the block that the card spoils
MEASURED = {"labels": "novel labels", "seen": "pairs seen", "held": "pairs held out"}        # as evaluation.json calls them
LADDER, LIKELY = "ladder", 0.5


@dataclass(frozen=True)
class View:
    """What the reader looks at: the examples, the question, and the model's answer after each of them."""
    rule: str
    key: str                        # what the examples were made from
    said: str                       # as the address says them
    known: dict[str, str]           # the rule's own answer to each word that it knows
    spare: Pair | None              # the example that would come next
    block: Block
    shots: list[Shot]
    at: int                         # after how many examples

    @property
    def shot(self) -> Shot:
        return self.shots[self.at]

    @property
    def wrong(self) -> int:
        """How many examples carry another answer than the rule's own."""
        return sum(self.known.get(word, answer) != answer for word, answer in self.block.pairs)


def look(t: Text) -> View:
    """The examples as drawn, or as the reader changed them, and what the current model makes of them."""
    rule, form = links.value("fewshot.task"), links.value("fewshot.form")
    key, drawn, asked, known = _drawn(t, rule, links.value("fewshot.seed"))
    changed = examples(links.value("fewshot.rows"))
    ours = changed is not None and changed[0] == key
    *pairs, asked = changed[1] if ours else [*drawn[:DRAWN], asked]
    there = {word for word, _ in (*pairs, asked)}
    spare = next((pair for pair in drawn if pair[0] not in there), None)
    block = Block(tuple(map(tuple, pairs)), *asked, form)
    found, at = session.shots(block), links.value("fewshot.at")
    said = links.value("fewshot.rows") if ours else text(key, [*pairs, asked])
    return View(rule, key, said, known, spare, block, found, min(int(at), len(pairs)) if at else len(pairs))


def text(key: str, pairs: Sequence[Pair]) -> str:
    """Examples and the pair that is asked for, as an address says them."""
    return json.dumps([key, *map(list, pairs)], ensure_ascii=False, separators=(",", ":"))


def _drawn(t: Text, rule: str, seed: int) -> tuple[str, list[Pair], Pair, dict[str, str]]:
    """What the examples are made from, in short; the examples, the pair that is asked for, and the rule's answers."""
    if rule == OWN:
        *pairs, asked = (tuple(pair.split(" → ")) for pair in t("fewshot.own").split(", "))
        return OWN, pairs, asked, {}
    classes, held_out = int(links.value("fewshot.classes")), bool(links.value("fewshot.held"))
    pairs, asked = rules.drawn(rule, t.language, seed, classes, held_out)
    return f"{rule}.{t.language}.{seed}.{classes if rule == LABELS else int(held_out)}", pairs, asked, rules.known(rule, t.language, seed, classes)


def spoilt(t: Text) -> dict:
    """The knobs of the card's button: a block of labels in which one example of the right class carries another label, the one that costs base most."""
    pairs, asked = rules.drawn(LABELS, t.language, GUIDED)
    pairs = pairs[:DRAWN]
    other = next(label for _, label in pairs if label != asked[1])
    tries = [[(word, other if i == at else label) for i, (word, label) in enumerate(pairs)] for at, (_, label) in enumerate(pairs) if label == asked[1]]
    worst = min(tries, key=lambda rows: session.shots(Block(tuple(rows), *asked), session.BASE)[-1].p)
    return {"fewshot.task": LABELS, "fewshot.classes": str(CLASSES), "fewshot.seed": GUIDED, "fewshot.form": "arrow", "fewshot.at": "",
            "fewshot.rows": text(f"{LABELS}.{t.language}.{GUIDED}.{CLASSES}", [*worst, asked])}


def again() -> None:
    """Draw other words, with the next seed."""
    links.remember({"fewshot.seed": links.value("fewshot.seed") % 9999 + 1, "fewshot.rows": "", "fewshot.at": ""})
    links.publish()


def pairs(view: View) -> list[dict]:
    return [{"word": word, "answer": answer, "truth": view.known.get(word)} for word, answer in view.block.pairs]


def results(t: Text, view: View) -> list[dict]:
    """What is drawn beside each number of examples: the probability of the right answer, the model's own answer, and both in words."""
    return [{"p": shot.p, "text": "–" if shot.p is None else t.percent(shot.p, 1), "greedy": own(t, shot), "right": shot.right if shot.p is not None else None,
             "title": t("fewshot.after" if shot.p is not None else "fewshot.after_none", count=shot.shots, answer=view.block.answer, greedy=own(t, shot),
                        **({} if shot.p is None else {"p": t.percent(shot.p, 1)}))} for shot in view.shots]


def own(t: Text, shot: Shot) -> str:
    """The model's own answer, as a label."""
    return (parts.visible(shot.greedy).replace("·", " ") + ("" if shot.ended else "…")) or t("fewshot.nothing")


def rows_sentence(t: Text, view: View) -> str:
    """From nothing to all examples, where it becomes likelier than not, and what is wrong with the examples."""
    first, last = view.shots[0], view.shots[-1]
    if first.p is None or last.p is None:
        return t("fewshot.no_answer")
    answer = _emphasised(view.block.answer)
    said = t("fewshot.only_question", answer=answer, p=t.percent(first.p, 1)) if not view.block.pairs else t(
        "fewshot.moved", count=len(view.block.pairs), answer=answer, first=t.percent(first.p, 1), last=t.percent(last.p, 1))
    over = next((shot.shots for shot in view.shots if shot.p > LIKELY), None)
    said += " " + (t("fewshot.never") if over is None else t("fewshot.likely", count=over) if over else t("fewshot.at_once"))
    if view.rule == LABELS and view.block.pairs and view.block.answer not in [label for _, label in view.block.pairs]:
        said += " " + t("fewshot.unseen", answer=answer)
    return said + (f" {t('fewshot.wrong', count=view.wrong)}" if view.wrong else "") + (f" {t('fewshot.dropped', count=last.dropped)}" if last.dropped else "")


def _emphasised(text_: str) -> str:
    return f"**{parts.visible(text_).replace('·', ' ').strip().replace('*', '∗') or '–'}**"


def factors(t: Text, view: View) -> list[dict]:
    """The tokens of the right answer and of its end, each with its probability after all before it."""
    return [{"text": parts.shown(t, token), "p": p, "shown": t.percent(p, 1), "title": t("fewshot.factor", token=parts.shown(t, token), p=t.percent(p, 2), place=i + 1)}
            for i, (token, p) in enumerate(zip(view.shot.tokens, view.shot.probs, strict=True))]


def product_sentence(t: Text, view: View) -> str:
    """How the tokens' probabilities, with that of what ends it, make that of the whole answer."""
    shot = view.shot
    if shot.p is None:
        return t("fewshot.no_answer")
    return t("fewshot.multiplied", count=len(shot.tokens) - 1, p=t.percent(shot.p, 1), answer=_emphasised(view.block.answer), end=parts.shown(t, shot.tokens[-1]))


def first_token(t: Text, lm: LanguageModel, view: View) -> list[dict]:
    """The likeliest first tokens of an answer as bars, that of the right one marked."""
    d, right = distribution(view.shot.logits), view.shot.tokens[:1]
    place = rank(d, right[0]) - 1 if right else None
    entries = bars(t, lm, d)
    return [row | {"marked": True} if i == place and i < len(entries) - 1 else row for i, row in enumerate(entries)]


def first_sentence(t: Text, lm: LanguageModel, view: View) -> str:
    """Which token is likeliest, and where the right answer's first one stands."""
    d = distribution(view.shot.logits)
    best, p = _token(lm, int(d.probs.argmax())), t.percent(float(d.probs.max()))
    if not view.shot.tokens:
        return t("fewshot.first_none", best=parts.quoted(t, best), p=p)
    right = view.shot.tokens[0]
    if best.id == right.id:
        return t("fewshot.first_right", best=parts.quoted(t, best), p=p)
    return t("fewshot.first_other", best=parts.quoted(t, best), p=p, right=parts.quoted(t, right), q=t.percent(float(d.probs[right.id]), 1), rank=rank(d, right))


def rank(d: Distribution, token: Token) -> int:
    """The place of a token by its probability, from 1."""
    return int((d.probs > d.probs[token.id]).sum()) + 1


def _token(lm: LanguageModel, id_: int) -> Token:
    return lm.tokenizer.tokens([id_])[0]


def orders(t: Text, lm: LanguageModel, view: View) -> dict:
    """The same examples in other orders: as many as are tried so far, a few more in each run, from an order that does not depend on theirs."""
    pairs_, asked, yours = tuple(sorted(view.block.pairs)), (view.block.question, view.block.answer), view.shots[-1].p
    card = {"id": "orders", "span": 4, "title": t("fewshot.orders_title"), "hint": t("fewshot.orders_hint")}
    if len(pairs_) < 2 or yours is None:
        return figure_of_orders(t, view.key, pairs_, asked, [], yours, False, t("fewshot.orders_none" if yours is not None else "fewshot.no_answer"), **card)
    block = Block(pairs_, *asked, view.block.form)
    tried = advance("fewshot.orders", (session.current(), block), lambda: (
        (order, shots.probability(lm, block.reordered(order))) for order in shots.orders(len(pairs_), TRIED, 1)))
    points = [{"order": list(order), "p": p, "title": t("fewshot.order", p=t.percent(p, 1))} for order, p in tried.pieces]
    return figure_of_orders(t, view.key, pairs_, asked, points, yours, not tried.done, "", caption=orders_sentence(t, [p for _, p in tried.pieces], yours), **card)


def orders_sentence(t: Text, found: Sequence[float], yours: float) -> str:
    """From the worst order to the best, and where the present one stands."""
    if not found:
        return t("fewshot.orders_coming")
    return t("fewshot.ordered", count=len(found), low=t.percent(min(*found, yours), 1), high=t.percent(max(*found, yours), 1), yours=t.percent(yours, 1))


def series(t: Text, name: str) -> list[dict]:
    """One of MEASURED for each model that has figures: the share of right answers, its interval and n, by the number of examples."""
    lines = []
    for point in session.rungs():
        answers = point.figures.get(t.language, {}).get("answers", {})
        found = {n: answers[f"{MEASURED[name]}, {n} shots"] for n in SHOTS if f"{MEASURED[name]}, {n} shots" in answers}
        if found:
            lines.append({"name": point.name, "family": point.family, "current": point.name == session.current(), "points": [
                {"shots": n, "share": one["share"], "low": one["low"], "high": one["high"], "title": t(
                    "fewshot.measured", count=n, name=point.name, share=t.percent(one["share"], 1), low=t.percent(one["low"]), high=t.percent(one["high"]), n=one["n"])}
                for n, one in found.items()]})
    return lines


def ceiling(t: Text, name: str) -> list[dict]:
    """What a perfect reader scores with labels that nobody could guess; of known pairs there is no such bound."""
    return [{"shots": n, "share": label_ceiling(n), "title": t("fewshot.perfect", count=n, share=t.percent(label_ceiling(n), 1))}
            for n in range(max(SHOTS) + 1)] if name == "labels" else []


def yours(t: Text, view: View, name: str) -> list[dict]:
    """The reader's own question, where it is of this kind: a probability for each number of examples, of one block."""
    if view.shot.p is None or kind(view) != name:
        return []
    return [{"shots": shot.shots, "share": shot.p, "title": t("fewshot.single", count=shot.shots, p=t.percent(shot.p, 1))} for shot in view.shots]


def kind(view: View) -> str | None:
    """Which of MEASURED the question belongs to; none where it is the reader's own."""
    if view.rule == OWN or view.known.get(view.block.question) != view.block.answer:
        return None
    if view.rule == LABELS:
        return "labels"
    language = view.key.split(".")[1]
    return "held" if (view.block.question, view.block.answer) in rules.task(view.rule, language).held_out else "seen"


def curves_sentence(t: Text, name: str, lines: list[dict]) -> str:
    """What the examples bought the model that is looked at, or else the largest one measured."""
    if not lines:
        return t("fewshot.unmeasured")
    line = next((line for line in lines if line["current"]), ([line for line in lines if line["family"] == LADDER] or lines)[-1])
    first, last = line["points"][0], line["points"][-1]
    said = t("fewshot.bought", count=last["shots"], name=line["name"], none=t.percent(first["share"], 1), most=t.percent(last["share"], 1), low=t.percent(last["low"]), high=t.percent(last["high"]))
    return f"{said} {t('fewshot.bound', share=t.percent(label_ceiling(last['shots'])))}" if name == "labels" else said


def trained(t: Text) -> dict[str, str]:
    """The shares of the training text that are blocks like these, of both languages together, as its recipe states them."""
    return {genre: t.percent(sum(share(language, genre) for language in LANGUAGES) / len(LANGUAGES), 1) for genre in ("labels", "pairs")}


def table(t: Text, lm: LanguageModel, view: View) -> pd.DataFrame:
    """All that is drawn: this block's probabilities, the answer's tokens, and each measured point."""
    rows = [(t("fewshot.rows_title"), parts.visible(view.block.prompt(shot.shots)), shot.shots, shot.p, None, None, own(t, shot)) for shot in view.shots]
    rows += [(t("fewshot.product_title"), factor["text"], view.at, factor["p"], None, None, "") for factor in factors(t, view)]
    rows += [(t(f"fewshot.{name}_title"), line["name"], point["shots"], point["share"], point["low"], point["high"], "")
             for name in MEASURED for line in series(t, name) for point in line["points"]]
    return pd.DataFrame(rows, columns=[t(f"fewshot.column.{name}") for name in ("figure", "what", "shots", "share", "low", "high", "greedy")])


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: after how many examples base was measured to be more often right than wrong."""
    lines = [line for line in series(t, "labels") if line["name"] == session.BASE]
    if not lines:
        raise ModelError("file_missing", "base has no evaluation.json with figures of labels.", file="evaluation.json")
    points = lines[0]["points"]
    over = next((i for i, point in enumerate(points) if point["share"] > LIKELY), None)
    right = "never" if over is None else "few" if points[over]["shots"] <= 2 else "four" if points[over]["shots"] == 4 else "eight"
    at = len(points) - 1 if over is None else over
    before, after = points[max(at - 1, 0)], points[at]
    return right, {"before": t.percent(before["share"]), "fewer": before["shots"], "after": t.percent(after["share"]), "enough": after["shots"],
                   "bound": t.percent(label_ceiling(before["shots"]))}
