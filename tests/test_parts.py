"""Parts of a board: text made visible and harmless, arrays packed without loss, bars that add up."""
import base64
import json

import numpy as np
import pytest
from pytest import approx

from engine import Token
from ui import parts
from ui.figures import attention
from ui.i18n import Text

t = Text("en")


def token(text: str, id: int = 300) -> Token:
    return Token(id=id, bytes=text.encode(), text=text)


def unpack(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["f32"]), "<f4").reshape(packed["shape"])


@pytest.mark.parametrize("text, seen", [
    (" the", "·the"), ("\n", "⏎"), ("\t", "⇥"), ("a b\nc", "a·b⏎c"), ("", ""), ("ñandú", "ñandú"), ("\0", "⟨00⟩"),
    ("\u202eabc", "⟨202E⟩abc"), ("\u200b", "⟨200B⟩"), ("👩\u200d👧", "👩\u200d👧"), ("❤\ufe0f", "❤\ufe0f"), ("<b>", "<b>")])
def test_visible(text, seen):
    assert parts.visible(text) == seen


def test_visible_leaves_nothing_that_acts():
    everything = "".join(map(chr, [*range(0x2100), 0xfeff, 0xe0001]))
    assert all(c.isprintable() or c in "\u200d\ufe0f" for c in parts.visible(everything))


@pytest.mark.parametrize("shape", [(0,), (7,), (2, 3), (4, 4, 5, 5)])
def test_packed_comes_back_bit_for_bit(shape):
    values = np.random.default_rng(1).standard_normal(shape).astype("f4") * 10.0 ** 12
    packed = json.loads(json.dumps(parts.packed(values)))
    assert unpack(packed).tobytes() == values.tobytes() and tuple(packed["shape"]) == shape


def test_packed_takes_strided_views():
    values = np.arange(12, dtype="f4").reshape(3, 4).T
    assert (unpack(parts.packed(values)) == values).all()


def test_marks_of_the_model_are_shown_by_their_names(tiny):
    own = tiny.trace("cat").tokens[0]
    assert parts.is_special(own) and parts.shown(t, own) == t("token.0")
    assert not parts.is_special(token(own.text)) and parts.shown(t, token(own.text)) == own.text


@pytest.mark.parametrize("text, quoted", [(" cat", "**cat**"), ("cat", "**cat**"), (" ", "**·**"), ("*", "**∗**"), ("**", "**∗∗**")])
def test_quoted_is_bold_and_cannot_break_out(text, quoted):
    assert parts.quoted(t, token(text)) == quoted


def test_chips_hide_the_oldest_and_say_how_many():
    dropped, seen = [token(str(i)) for i in range(30)], [token("now")]
    rows = parts.chips(t, seen, dropped, most=4, id="x")["tokens"]
    assert [row["text"] for row in rows] == [t("live.hidden", count=26), "26", "27", "28", "29", "now"]
    assert [row["state"] for row in rows] == ["more", *["dropped"] * 4, ""]


def test_next_words_add_up():
    rows = parts.next_words(t, [token(" a"), token(" b")], [0.5, 0.25], 0.25)
    assert sum(row["value"] for row in rows) == approx(1, abs=1e-9)
    assert [row["text"] for row in rows] == ["50.0%", "25.0%", "25.0%"] and rows[-1]["rest"]


def test_heads_know_their_names(tiny):
    pattern = tiny.trace("the cat").pattern
    marks = [{"role": "first" if i == 5 else None, "adds": i - 4.0, "off": i == 2} for i in range(8)]
    made = attention.heads(t, pattern, "1.2", marks, "·cat", id="heads")
    assert (made["layers"], made["heads"], made["ids"][6], made["token"]) == (2, 4, "1.2", "·cat")
    assert made["most"] == 4 and made["marks"][5]["role"] in made["roles"] and made["marks"][2]["off"]
    shades = np.frombuffer(base64.b64decode(made["values"]), np.uint8).reshape(pattern.shape)
    assert shades / 255 == approx(pattern.numpy(), abs=0.5 / 255 + 1e-6)


def test_heatmap_is_exact_and_its_labels_fit(tiny):
    pattern = tiny.trace("the cat").pattern[1, 2]
    made = attention.view(t, "map", pattern, ["x" * 100, "<b>"], 100, (1, 0), id="head")
    assert unpack(made["values"]) == approx(pattern.numpy(), abs=0) and made["masked"]
    assert made["labels"] == ["x" * 13 + "…", "<b>"] and {"reads", "is_read", "future", "hover"} <= made["words"].keys()


@pytest.mark.parametrize("make", ["bars", "stream", "plot"])
def test_card_carries_its_words(make):
    first = {"bars": ([],), "stream": ([], False), "plot": ({"data": [], "layout": {}},)}[make]
    made = getattr(parts, make)(*first, id="x", title="T", hint="h", caption="c")
    assert (made["kind"], made["id"], made["title"], made["hint"], made["caption"]) == (make, "x", "T", "h", "c")
    json.dumps(made)
