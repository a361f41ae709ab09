"""Axes made of words: where the typed tokens and the vocabulary fall on them, and how little of it all they carry."""
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import torch
from torch import Tensor

from engine import LanguageModel, Token, Trace, contexts, words
from engine.words import Axis, Word
from ui import links, parts, session
from ui.controls import choice, controls, toggle
from ui.figures.embeddings import boxes, plane, ranks
from ui.i18n import Text
from ui.knobs import MAX_WORDS
from ui.readings.embeddings import choose

ENDS = 5                            # rows of each end
LEANS = 0.3                         # a cosine with the vocabulary's first axis from which it is worth a warning
LONGEST = 16                        # characters of a word along an axis
POLES = ("left", "right", "bottom", "top")


@dataclass(frozen=True)
class Drawn:
    """The axes that the reader asked for, over one table of embeddings; `up` is None where there is one axis alone."""
    table: Tensor                   # (V, C)
    first: Tensor                   # (C,) the direction in which it varies most
    poles: dict[str, list[Word]]
    over: Axis | None               # None: both poles are the same point
    up: Axis | None
    plane: bool

    @property
    def whole(self) -> bool:
        return self.over is not None and (self.up is not None or not self.plane)

    @property
    def kind(self) -> str:
        """Whether the picture is the "plane" of two axes or one "line", with how far off it a word lies."""
        return "plane" if self.plane else "line"

    def place(self, vectors: Tensor) -> Tensor:
        """(…, 2): along the first axis, and along the second or, where there is none, how far off the first."""
        return torch.stack((self.over.place(vectors), self.up.place(vectors) if self.plane else self.over.beside(vectors)), -1)


def figures(t: Text, lm: LanguageModel, source: str, trace: Trace) -> tuple[list[dict], Callable[[], pd.DataFrame]]:
    """Typed tokens and the vocabulary along one axis, or on the plane of two; who lies farthest out; and their rows for a table."""
    here, chosen = drawn(t, lm), choose(links.value("embeddings.token"), lm, trace)
    figures = [controls(choice("embeddings.axes", "", t.group("embeddings.axes.how_many")), rest(t), id="settings"),
               boxes(source, fields(t, lm, here), examples(t), t("embeddings.try"))]
    card = {"id": "plane", "span": 8, "title": t("embeddings.axes.title"), "hint": t(f"embeddings.axes.hint.{here.kind}")}
    if not here.whole:
        return [*figures, plane(t, source, [], [], {}, missing=t("embeddings.axes.same"), **card)], lambda: pd.DataFrame()
    return [
        *figures,
        plane(t, source, points(t, lm, trace, here, chosen), names(t, here), t.group("embeddings.axes.legend"), cloud=cloud(here)[1],
              chips=chips(t, lm, trace, chosen), look=here.kind, caption=sentence(t, here, chosen), **card),
        ranks([], ends(t, lm, here), id="ends", span=4, title=t("embeddings.axes.ends_title"), hint=t("embeddings.axes.ends_hint"),
              caption=apart(t, here)),
    ], lambda: rows(t, lm, here)


def rest(t: Text) -> dict:
    """The switch that takes the vocabulary's axis of greatest variance out."""
    return toggle("embeddings.rest", t("embeddings.rest", share=t.percent(float(session.atlas().shares[0]))), t("embeddings.rest_help"))


def asked(t: Text, knob: str) -> str:
    """The words of a box: the reader's, or the language's own while there are none."""
    typed = links.value(f"embeddings.{knob}")
    return typed if typed.replace(",", "").strip() else t(f"embeddings.axes.{knob}")


def drawn(t: Text, lm: LanguageModel) -> Drawn:
    """What the knobs ask for."""
    rest = bool(links.value("embeddings.rest"))
    table = session.vocabulary(rest)
    poles = {name: words.pole(lm, table, asked(t, name)) for name in POLES}
    return Drawn(table, session.principal(rest), poles, words.axis(poles["left"], poles["right"]), words.axis(poles["bottom"], poles["top"]),
                 links.value("embeddings.axes") == "plane")


def label(found: list[Word]) -> str:
    """A pole by its words, the first two of them where there are many."""
    texts = [one.text if len(one.text) <= LONGEST else one.text[:LONGEST - 1] + "…" for one in found]
    return ", ".join(texts[:2]) + (" …" if len(texts) > 2 else "")


def fields(t: Text, lm: LanguageModel, here: Drawn) -> list[dict]:
    """A row for each axis: two boxes with an arrow between them, and what is to be said of words that are several tokens."""
    pairs = [("left", "right"), ("bottom", "top")][:2 if here.plane else 1]
    return [{"label": t(f"embeddings.axes.row.{start}"), "note": pieces(t, lm, [*here.poles[start], *here.poles[end]]),
             "fields": [field(t, start), field(t, end, "→")]} for start, end in pairs]


def field(t: Text, knob: str, sign: str = "") -> dict:
    """One box for words."""
    return {"knob": f"embeddings.{knob}", "label": t(f"embeddings.axes.box.{knob}"), "value": links.value(f"embeddings.{knob}"),
            "placeholder": t(f"embeddings.axes.{knob}"), "most": MAX_WORDS, "sign": sign}


def examples(t: Text) -> list[dict]:
    """Axes to try, by one press."""
    return [{"name": t(f"embeddings.axes.try.{name}.name"),
             "knobs": {f"embeddings.{pole}": t(f"embeddings.axes.try.{name}.{pole}") for pole in ("left", "right")}}
            for name in ("first", "second", "third", "fourth")]


def pieces(t: Text, lm: LanguageModel, found: list[Word]) -> str:
    """What was done with the words that are several tokens; nothing where there are none."""
    said = []
    for one in found:
        if len(one.ids) > 1:
            tokens = " + ".join(parts.shown(t, token) for token in lm.tokenizer.tokens(list(one.ids)))
            said.append(t("embeddings.axes.pieces", word=bold(one.text), number=len(one.ids), pieces=bold(tokens)))
    return " ".join(said)


def bold(text: str) -> str:
    """Text of the reader's inside a sentence, emphasised and harmless."""
    return f"**{text.replace('*', '∗')}**"


def cloud(here: Drawn) -> tuple[Tensor, Tensor]:
    """The ids of all tokens that start a word, and where they fall (n, 2)."""
    ids = session.starts()
    return ids, here.place(here.table[ids])


def points(t: Text, lm: LanguageModel, trace: Trace, here: Drawn, chosen: Token) -> list[dict]:
    """The typed tokens, the words at the poles, and the chosen token."""
    own = list({token.id: token for token in trace.tokens[lm.bos is not None:]}.values())
    poles = [one for name in POLES[:4 if here.plane else 2] for one in here.poles[name]]
    rows = [(parts.shown(t, token), here.table[token.id], "typed", token.id) for token in own if token.id != chosen.id]
    rows += [(one.text, one.vector, "near", one.ids[0] if len(one.ids) == 1 else None) for one in poles]
    rows.append((parts.shown(t, chosen), here.table[chosen.id], "chosen", chosen.id))
    places = here.place(torch.stack([vector for _, vector, _, _ in rows])).tolist()
    return [{"x": x, "y": y, "name": name, "role": role, "said": said(t, here, name, x, y), "id": id,
             "knobs": None if id is None else {"embeddings.token": str(id)}}
            for (name, _, role, id), (x, y) in zip(rows, places, strict=True)]


def said(t: Text, here: Drawn, name: str, x: float, y: float) -> str:
    """Where a point lies, in words."""
    return t(f"embeddings.axes.said.{here.kind}", name=bold(name), x=t.number(x), y=t.number(y))


def chips(t: Text, lm: LanguageModel, trace: Trace, chosen: Token) -> list[dict]:
    """The typed tokens as buttons that choose one."""
    return [{"text": parts.shown(t, token), "pressed": token.id == chosen.id, "knobs": {"embeddings.token": str(token.id)}}
            for token in trace.tokens[lm.bos is not None:]]


def names(t: Text, here: Drawn) -> list[str]:
    """What stands along the two axes."""
    over = f"{label(here.poles['left'])}  →  {label(here.poles['right'])}"
    return [over, f"{label(here.poles['bottom'])}  →  {label(here.poles['top'])}" if here.plane else t("embeddings.axes.off")]


def sentence(t: Text, here: Drawn, chosen: Token) -> str:
    """Where the chosen token falls, and what the axes carry of the whole."""
    share = {"share": t.percent(words.share(here.table, here.over.direction), 1), "best": t.percent(words.share(here.table, here.first), 1),
             "random": t.percent(1 / here.table.shape[1], 1)}
    out = [t("embeddings.axes.sentence", token=parts.quoted(t, chosen), place=t.number(float(here.over.place(here.table[chosen.id]))),
             left=bold(label(here.poles["left"])), right=bold(label(here.poles["right"]))), t("embeddings.axes.share", **share)]
    if here.plane:
        angle = contexts.degrees(here.over.direction, here.up.direction)
        out.append(t("embeddings.axes.angle", share=t.percent(words.share(here.table, here.up.direction), 1), angle=t.number(float(angle), 0)))
    return " ".join(out)


def apart(t: Text, here: Drawn) -> str:
    """How far the two poles are from each other, against how far a word lies from the axis; and whether it leans on what all words share."""
    beside = float(here.over.beside(here.table[session.starts()]).mean())
    said = t("embeddings.axes.apart", length=t.number(float((here.over.end - here.over.start).norm())), beside=t.number(beside))
    leaning = abs(float(here.over.direction @ here.first))
    return f"{said} " + t(f"embeddings.axes.{'leans' if leaning > LEANS else 'stands'}", cosine=t.number(leaning))


def ends(t: Text, lm: LanguageModel, here: Drawn) -> list[dict]:
    """The words that lie farthest out on the first axis, those at its end first; the bars share one scale."""
    ids, places = cloud(here)
    along = places[:, 0]
    order = along.argsort(descending=True)
    rows = [(int(ids[i]), float(along[i])) for i in (*order[:ENDS], *order[-ENDS:])]
    most = max(abs(value) for _, value in rows)
    made = [{"lead": [], "id": id, "name": parts.shown(t, lm.tokenizer.tokens([id])[0]), "share": abs(value) / most, "value": value,
             "text": t.number(value), "mark": "below" if value < 0 else "", "knobs": {"embeddings.token": str(id)}} for id, value in rows]
    return made[:ENDS] + [{"mark": "gap", "text": t("embeddings.axes.gap", number=t.number(len(ids) - 2 * ENDS, 0))}] + made[ENDS:]


def rows(t: Text, lm: LanguageModel, here: Drawn) -> pd.DataFrame:
    """Every token that starts a word, and where it falls."""
    ids, places = cloud(here)
    tokens = [parts.shown(t, lm.tokenizer.tokens([i])[0]) for i in ids.tolist()]
    first, second = names(t, here)
    frame = pd.DataFrame({t("embeddings.column.id"): ids.tolist(), t("embeddings.column.token"): tokens, first: places[:, 0], second: places[:, 1]})
    return frame.sort_values(first)
