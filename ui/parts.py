"""The kinds of figure that a board draws, each a pure function: arrays and strings in, a plain dict out."""
import base64
from collections.abc import Sequence

import numpy as np
import plotly
from plotly.io.json import to_json_plotly

from engine import Token
from engine.tokenizer import SPECIAL
from ui.i18n import Text


def packed(values) -> dict:
    """An array as little-endian float32, exact, for the browser."""
    array = np.ascontiguousarray(values, dtype="<f4")
    return {"f32": base64.b64encode(array).decode(), "shape": list(array.shape)}


def part(kind: str, id: str, span: int = 12, title: str = "", hint: str = "", caption: str = "", **data) -> dict:
    """One card: `title` and `hint` above the figure, `caption` (a sentence computed from its numbers) below it."""
    return {"kind": kind, "id": id, "span": span, "title": title, "hint": hint, "caption": caption, **data}


def plot(figure: dict, **card) -> dict:
    """A Plotly figure (`data` and `layout`), drawn in place."""
    return part("plot", figure=to_json_plotly(figure), plotly=plotly.__version__, **card)


def chips(t: Text, seen: Sequence[Token], dropped: Sequence[Token] = (), most: int = 400, **card) -> dict:
    """Tokens as chips, what fell out of the window first; of very many dropped ones only the last `most` are drawn."""
    hidden = max(0, len(dropped) - most)
    rows = [{"text": t("live.hidden", count=hidden), "state": "more"}] if hidden else []
    rows += [chip(t, token, "dropped") for token in dropped[hidden:]]
    rows += [chip(t, token, "special" if is_special(token) else "") for token in seen]
    return part("chips", tokens=rows, **card)


def chip(t: Text, token: Token, state: str) -> dict:
    return {"text": shown(t, token), "state": state, "title": t("live.token_id", id=token.id)}


def is_special(token: Token) -> bool:
    """Whether the token is one of the model's own marks rather than text."""
    return token.id < len(SPECIAL) and token.text == SPECIAL[token.id]


def shown(t: Text, token: Token) -> str:
    """A token as a label: a space in front is seen as ·, a line break as ⏎; the model's own marks by their names."""
    if is_special(token):
        return t(f"token.{token.id}")
    return visible(token.text)


def visible(text: str) -> str:
    """Text with its blanks made visible and its control characters made harmless."""
    text = text.replace("\n", "⏎").replace(" ", "·").replace("\t", "⇥")
    return "".join(c if c.isprintable() or c in "\u200d\ufe0f" else f"⟨{ord(c):02X}⟩" for c in text)


def quoted(t: Text, token: Token) -> str:
    """A token inside a sentence, emphasised: without its blanks where letters remain, its asterisks made harmless."""
    label = shown(t, token)
    return f"**{(label.strip('·') or label).replace('*', '∗')}**"


def bars(rows: list[dict], **card) -> dict:
    """Rows of name, value (0…1), text, and optionally rest, marked, delta, way."""
    return part("bars", rows=rows, **card)


def next_words(t: Text, tokens: Sequence[Token], probs, others: float) -> list[dict]:
    """The likeliest next tokens and, as one honest bar, everything else."""
    rows = [{"name": shown(t, token), "value": float(p), "text": t.percent(float(p), 1)}
            for token, p in zip(tokens, probs, strict=True)]
    return rows + [{"name": t("live.everything_else"), "value": others, "text": t.percent(others, 1), "rest": True}]


def stream(panels: list[dict], more: bool, **card) -> dict:
    """Texts being written: panels of label, note, prompt, text, done; `more` makes the browser ask for the next piece."""
    return part("stream", panels=panels, more=more, **card)


def softmax(t: Text, logits, tokens: Sequence[Token], temperature: float, top_k: int | None, top_p: float | None, **card) -> dict:
    """The chain from `logits` (V,) to probabilities, with a row for each of `tokens`, redone in the browser as sliders move."""
    values = {"temperature": temperature, "top_k": top_k or 0, "top_p": 1 if top_p is None else top_p}
    ranges = {"temperature": (0, 2, 0.05, None), "top_k": (0, 100, 1, 0), "top_p": (0.01, 1, 0.01, 1)}
    knobs = [{"name": name, "key": f"probabilities.{name}", "min": low, "max": high, "step": step, "off": off,
              "value": values[name]} | t.group(f"probabilities.knob.{name}")
             for name, (low, high, step, off) in ranges.items()]
    rows = [{"id": token.id, "name": shown(t, token), "quoted": quoted(t, token), "title": t("live.token_id", id=token.id)}
            for token in tokens]
    return part("softmax", logits=packed(logits), tokens=rows, knobs=knobs, words=t.group("probabilities.browser"), **card)


def vocabulary(t: Text, source: str, view: str, kept: dict, typed: list[dict], chosen: int, near: Sequence[int], pinned: bool,
               missing: str, **card) -> dict:
    """The map of all tokens: `source` is fetched once; `kept` is each view's shares of the variance, axis by axis."""
    return part("map", source=source, view=view, typed=typed, chosen=chosen, near=list(near), pinned=pinned, missing=missing,
                kept=kept, axes={name: [t("embeddings.axis", number=i + 1, share=t.percent(share, 1)) for i, share in enumerate(shares)]
                                 for name, shares in kept.items()},
                names={i: t(f"token.{i}") for i in range(len(SPECIAL))}, words=t.group("embeddings.map"), **card)


def neighbours(t: Text, tokens: Sequence[Token], measure: str, values: Sequence[float], whole: float, view: str, **card) -> dict:
    """Tokens as rows that can be chosen, each with its `measure` ("cosine" or "distance") as a number, and as a bar of which `whole` fills all."""
    rows = [{"id": token.id, "name": shown(t, token), measure: float(value), "share": float(value) / whole, "text": t.number(float(value), 3),
             "title": t("live.token_id", id=token.id)} for token, value in zip(tokens, values, strict=True)]
    return part("neighbours", rows=rows, view=view, **card)


def strips(vectors: list[dict], hover: str, **card) -> dict:
    """Vectors of one width as rows of bars on one scale: each a name, its id, its values; `hover` reads one dimension out."""
    rows = [{**vector, "values": packed(vector["values"])} for vector in vectors]
    return part("strips", rows=rows, hover=hover, **card)


def window(t: Text, tokens: Sequence[Token], value: int, least: int, most: int, knob: str, **card) -> dict:
    """A slider over the tokens of the whole text; `value` is how many of them the window holds, the model's own included."""
    return part("window", tokens=[chip(t, token, "") for token in tokens], value=value, least=least, most=most, knob=knob,
                own=is_special(tokens[0]), label=t("context.window"), words=t("context.window_words"), **card)
