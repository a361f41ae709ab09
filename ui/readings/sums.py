"""Arithmetic with words: a − b + c, what lies nearest to it, and where the word that was hoped for comes."""
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from torch import Tensor

from engine import LanguageModel, Trace, words
from engine.words import Sum, Word
from ui import links, parts, session
from ui.controls import controls
from ui.figures.embeddings import boxes, plane, ranks
from ui.i18n import Text
from ui.knobs import MAX_WORDS
from ui.readings.axes import bold, pieces, rest

SHOWN = 12                          # tokens of the list, besides the expected one
BESIDE = 4                          # tokens in the picture that were neither put in nor expected
INPUTS = ("a", "b", "c")


@dataclass(frozen=True)
class Worked:
    """What the reader put in, and what came of it."""
    table: Tensor                   # (V, C)
    a: Word
    b: Word
    c: Word
    expected: Word | None
    sum: Sum

    @property
    def goal(self) -> int | None:
        """The id of the expected word; None if none is expected, or it is several tokens, which have no rank."""
        return self.expected.ids[0] if self.expected and len(self.expected.ids) == 1 else None


def figures(t: Text, lm: LanguageModel, source: str, _: Trace) -> tuple[list[dict], Callable[[], pd.DataFrame]]:
    """A sum of three words, the tokens nearest to it, and the sheet on which it lies; and its rows for a table."""
    here = worked(t, lm)
    points, edges, caption = picture(t, lm, here)
    sum = {"a": bold(here.a.text), "b": bold(here.b.text), "c": bold(here.c.text)}
    heads = [t(f"embeddings.sum.column.{name}") for name in ("rank", "without", "token", "cosine")]
    return [
        controls(rest(t), id="settings"), boxes(source, fields(t, lm, here), examples(t), t("embeddings.try")),
        ranks(heads, ranked(t, lm, here), id="list", span=6, title=t("embeddings.sum.title", **sum).replace("**", ""), hint=t("embeddings.sum.hint"),
              caption=sentence(t, lm, here)),
        plane(t, source, points, [], t.group("embeddings.sum.legend"), edges=edges, look=" ".join(points[i]["name"] for i in range(3)), id="plane", span=6,
              title=t("embeddings.sum.plane"), hint=t("embeddings.sum.plane_hint"), caption=caption),
    ], lambda: rows(t, lm, here)


def asked(t: Text) -> dict[str, str]:
    """The words of the boxes: the reader's, or the language's own in an empty one; what is expected of one's own words is one's own too."""
    typed = {knob: links.value(f"embeddings.{knob}").strip() for knob in (*INPUTS, "expected")}
    own = any(typed[knob] for knob in INPUTS)
    return {knob: word or ("" if own and knob == "expected" else t(f"embeddings.sum.{knob}")) for knob, word in typed.items()}


def worked(t: Text, lm: LanguageModel) -> Worked:
    """What the knobs ask for."""
    return work(lm, session.vocabulary(bool(links.value("embeddings.rest"))), **asked(t))


def work(lm: LanguageModel, table: Tensor, a: str, b: str, c: str, expected: str) -> Worked:
    """Four words, of which the last may be empty, in a table of embeddings."""
    found = [words.word(lm, table, text) for text in (a, b, c)]
    return Worked(table, *found, words.word(lm, table, expected), words.total(table, *found))


def fields(t: Text, lm: LanguageModel, here: Worked) -> list[dict]:
    """The four boxes in a row."""
    signs, said = {"a": "", "b": "−", "c": "+", "expected": "≈"}, asked(t)
    made = [{"knob": f"embeddings.{knob}", "label": t(f"embeddings.sum.box.{knob}"), "value": links.value(f"embeddings.{knob}"),
               "placeholder": said[knob] or t("embeddings.sum.none"), "most": MAX_WORDS, "sign": sign} for knob, sign in signs.items()]
    return [{"label": "", "fields": made, "note": pieces(t, lm, [one for one in (here.a, here.b, here.c, here.expected) if one])}]


def examples(t: Text) -> list[dict]:
    """Sums to try, by one press."""
    out = []
    for name in ("first", "second", "third", "fourth", "fifth"):
        said = dict(zip((*INPUTS, "expected"), t(f"embeddings.sum.try.{name}").split(), strict=True))
        out.append({"name": "{a} − {b} + {c}".format(**said), "knobs": {f"embeddings.{knob}": word for knob, word in said.items()}})
    return out


def listed(here: Worked) -> list[int]:
    """The ids of the list: the nearest, and the expected one if it is not among them."""
    ids = here.sum.order[:SHOWN].tolist()
    return ids if here.goal is None or here.goal in ids else [*ids, here.goal]


def ranked(t: Text, lm: LanguageModel, here: Worked) -> list[dict]:
    """The list with both ranks of each token, a gap in it before an expected one that comes late."""
    out = []
    for number, id in enumerate(listed(here)):
        rank, without, cosine = here.sum.rank(id), here.sum.rank(id, inputs=False), float(here.sum.cosines[id])
        if number == SHOWN and rank > SHOWN + 1:
            out.append({"mark": "gap", "text": t("embeddings.sum.gap", count=rank - SHOWN - 1)})
        mark = "expected" if id == here.goal else "input" if id in here.sum.inputs else ""
        token = lm.tokenizer.tokens([id])[0]
        out.append({"lead": [t.number(rank, 0), "–" if without is None else t.number(without, 0)], "id": id, "name": parts.shown(t, token),
                    "share": max(0.0, cosine), "value": cosine, "text": t.number(cosine, 3), "mark": mark,
                    "note": t(f"embeddings.sum.mark.{mark}") if mark else "", "knobs": {"embeddings.token": str(id), "embeddings.show": "map"}})
    return out


def sentence(t: Text, lm: LanguageModel, here: Worked) -> str:
    """What comes first with the words that were put in and without them, and where the expected one comes."""
    order = here.sum.order.tolist()
    first, best = order[0], next(id for id in order if id not in here.sum.inputs)
    name = {id: parts.quoted(t, lm.tokenizer.tokens([id])[0]) for id in (first, best)}
    cosine = {id: t.number(float(here.sum.cosines[id])) for id in (first, best)}
    if first == best:
        out = [t("embeddings.sum.outright", first=name[first], cosine=cosine[first])]
    else:
        out = [t("embeddings.sum.itself", first=name[first], cosine=cosine[first], best=name[best], other=cosine[best])]
    return " ".join(out + ([expectation(t, here)] if here.expected else []))


def expectation(t: Text, here: Worked) -> str:
    """Where the expected word comes, or why it has no place."""
    word = bold(here.expected.text)
    if here.goal is None:
        return t("embeddings.sum.pieces", word=word)
    rank, without = here.sum.rank(here.goal), here.sum.rank(here.goal, inputs=False)
    if without is None:
        return t("embeddings.sum.put_in", word=word)
    if without == 1:
        return t("embeddings.sum.hit", word=word, rank=t.number(rank, 0))
    return t("embeddings.sum.miss", word=word, rank=t.number(rank, 0), without=t.number(without, 0))


def picture(t: Text, lm: LanguageModel, here: Worked) -> tuple[list[dict], list[tuple[int, int]], str]:
    """The parallelogram: its corners b, a, c and a − b + c, with the nearest tokens dropped onto its sheet, and what to say of it."""
    sheet = words.plane(here.b.vector, here.a.vector, here.c.vector)
    others = [id for id in here.sum.order[:50].tolist() if id not in here.sum.inputs and id != here.goal][:BESIDE]
    rows = [(one.text, one.vector, "typed") for one in (here.b, here.a, here.c)] + [(t("embeddings.sum.target"), here.sum.target, "chosen")]
    rows += [(here.expected.text, here.expected.vector, "near")] if here.expected else []
    rows += [(parts.shown(t, lm.tokenizer.tokens([id])[0]), here.table[id], "near") for id in others]
    points = []
    for name, vector, role in rows:
        (x, y), off = (value.tolist() for value in sheet.place(vector))
        points.append({"x": x, "y": y, "name": name, "role": role, "knobs": None,
                       "said": t("embeddings.sum.said", name=bold(name), off=t.number(off), gap=t.number(float((vector - here.sum.target).norm())))})
    caption = t("embeddings.sum.side", a=bold(here.a.text), b=bold(here.b.text), c=bold(here.c.text),
                first=t.number(float((here.a.vector - here.b.vector).norm())), second=t.number(float((here.c.vector - here.b.vector).norm())))
    if here.expected:
        caption += " " + t("embeddings.sum.far", word=bold(here.expected.text), gap=t.number(float((here.expected.vector - here.sum.target).norm())))
    return points, [(0, 1), (2, 3), (0, 2), (1, 3)], caption


def rows(t: Text, lm: LanguageModel, here: Worked) -> pd.DataFrame:
    """The list: both ranks, id, token, cosine."""
    data = [(here.sum.rank(id), here.sum.rank(id, inputs=False), id, parts.shown(t, lm.tokenizer.tokens([id])[0]), float(here.sum.cosines[id]))
            for id in listed(here)]
    frame = pd.DataFrame(data, columns=[t(f"embeddings.column.{name}") for name in ("rank", "without", "id", "token", "cosine")])
    return frame.astype({t("embeddings.column.without"): "Int64"})


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: what lies nearest to the sum that stands in the catalogue."""
    lm = session.model()
    said = {knob: t(f"embeddings.sum.{knob}") for knob in (*INPUTS, "expected")}
    here = work(lm, session.vocabulary(), **said)
    first = int(here.sum.order[0])
    right = "expected" if first == here.goal else "itself" if first in here.a.ids else "another"
    token = parts.quoted(t, lm.tokenizer.tokens([first])[0])
    return right, {"first": token, "cosine": t.number(float(here.sum.cosines[first])), "expected": bold(here.expected.text),
                   "rank": t.number(here.sum.rank(here.goal), 0), "without": t.number(here.sum.rank(here.goal, inputs=False), 0)}
