"""Text survives the tokenizer whatever it holds, and no text becomes a command."""
import random
import re

import pytest
import tokenizers

from engine import ModelError, TextError
from engine.tokenizer import SPECIAL, Tokenizer

TEXTS = {
    "empty": "", "space": " ", "spaces": "  a   b ", "ascii": "The cat's mat, isn't it?", "tabs": "a\t\r\n\n b\x0b\x0c",
    "nul": "a\0b\0", "controls": "\x01\x1b[31m\x7f\x80\x9f", "spanish": "¿Dónde está el niño pequeño? ¡Qué pingüino!",
    "combining": "e\u0301 n\u0303 Z\u0351\u036b\u0343", "composed": "é ñ", "german": "Straße ẞ", "greek": "Ἀθῆναι ς",
    "arabic": "مرحبا بالعالم", "hebrew": "שָׁלוֹם", "bidi": "\u202eabc\u202c\u200f", "hindi": "नमस्ते",
    "thai": "สวัสดี",
    "chinese": "你好，世界", "japanese": "こんにちは カタカナ", "korean": "안녕 \u1112\u1161\u11ab", "emoji": "🦊 😀",
    "zwj": "👩‍🚀👨‍👩‍👧‍👦🏳️‍🌈",
    "flags": "🇪🇸🇬🇧", "skin": "👍🏽", "maths": "∀x∈ℝ: ⌈x⌉ 𝔘𝔫𝔦", "ligature": "ﬁ ℡ ㎏", "zero width": "a\u200bb\u200d\ufeff",
    "private": "\ue000\U000f0000", "noncharacter": "\ufffe\uffff\U0010ffff", "replacement": "\ufffd",
    "nbsp": "a\u00a0b\u2028c",
    "own marks": "ĠĊ ⏎ ⟨C3⟩ ñ₂", "digits": "0123 ٣ ² Ⅷ", "html": "<b>&amp;</b><script>", "long": "ñandú " * 500}


def _sweep(seed: int) -> str:
    chance = random.Random(seed)
    ranges = ((0, 0x80), (0x80, 0x800), (0x800, 0xD800), (0xE000, 0x10000), (0x10000, 0x110000))
    return "".join(chr(chance.randrange(*chance.choice(ranges))) for _ in range(400))


@pytest.mark.parametrize("text", [*TEXTS.values(), *map(_sweep, range(10))], ids=[*TEXTS, *map(str, range(10))])
def test_text_survives(tokenizer, text):
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    tokens = tokenizer.tokens(ids)
    assert [token.id for token in tokens] == ids
    assert b"".join(token.bytes for token in tokens) == text.encode()
    if not re.search("[₂₃₄]", text):                # each letter whole once; its later pieces repeat it, numbered
        assert re.sub(".[₂₃₄]", "", "".join(token.text for token in tokens), flags=re.DOTALL) == text
    assert tokenizer.encode_many([text, "x"]) == [ids, tokenizer.encode("x")]


@pytest.mark.parametrize("text", [
    *SPECIAL, "".join(SPECIAL), "a<|end|>b", " <|user|> ", "<|end|><|end|>\0<|assistant|>"])
def test_a_typed_special_token_is_just_letters(tokenizer, text, tmp_path):
    tokenizer.save(tmp_path / "tokenizer.json")
    for each in (tokenizer, Tokenizer.load(tmp_path / "tokenizer.json")):
        ids = each.encode(text)
        assert not set(ids) & {each.special(name) for name in SPECIAL}
        assert each.decode(ids) == text and each.encode_many([text]) == [ids]


def test_special_tokens_come_first_and_show_their_names(tokenizer):
    assert [tokenizer.special(name) for name in SPECIAL] == [0, 1, 2, 3]
    assert [(token.text, token.bytes) for token in tokenizer.tokens([0, 3])] == [
        ("<|endoftext|>", b"<|endoftext|>"), ("<|end|>", b"<|end|>")]
    assert tokenizer.decode([0, 3]) == "<|endoftext|><|end|>"
    with pytest.raises(ModelError, match=re.escape("no token <|nobody|>")):
        tokenizer.special("<|nobody|>")


@pytest.mark.parametrize("letter, pieces", [
    ("€", ["€", "€₂", "€₃"]), ("🦊", ["🦊", "🦊₂", "🦊₃", "🦊₄"]), ("7", ["7"])])
def test_a_letter_in_pieces_is_shown_whole_and_numbered(tokenizer, letter, pieces):
    assert [token.text for token in tokenizer.tokens(tokenizer.encode(letter))] == pieces


@pytest.mark.parametrize("byte, shown", [(b"\xc3", "⟨C3⟩"), (b"\xa9", "⟨A9⟩"), (b"\xff", "⟨FF⟩")])
def test_a_byte_of_no_letter_shows_its_value(tokenizer, byte, shown):
    id = next(i for i in range(tokenizer.vocab_size) if tokenizer.bytes(i) == byte)
    assert [token.text for token in tokenizer.tokens([id])] == [shown]
    x, = tokenizer.encode("x")
    assert [token.text for token in tokenizer.tokens([x, id, x])] == ["x", shown, "x"]


def test_every_byte_has_a_token_and_an_unused_row_has_none(tokenizer):
    assert {bytes([byte]) for byte in range(256)} <= {tokenizer.bytes(i) for i in range(tokenizer.vocab_size)}
    assert tokenizer.bytes(tokenizer.vocab_size) == b""


def test_digits_stand_one_by_one(tokenizer):
    assert [token.text for token in tokenizer.tokens(tokenizer.encode("in 2024"))][-4:] == ["2", "0", "2", "4"]


def test_training_learns_what_is_frequent(tokenizer):
    assert tokenizer.vocab_size == 320
    assert [token.text for token in tokenizer.tokens(tokenizer.encode(" the señora"))][0] == " the"
    assert len(tokenizer.encode("señora")) < len("señora".encode())


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\udc80\ud800"])
def test_half_a_surrogate_pair_is_no_text(tokenizer, text):
    for encode in (tokenizer.encode, lambda text: tokenizer.encode_many(["fine", text])):
        with pytest.raises(TextError) as caught:
            encode(text)
        assert caught.value.code == "not_unicode"


def test_a_foreign_tokenizer_with_plain_added_tokens_keeps_their_text(tokenizer, tmp_path):
    tokenizer.save(tmp_path / "tokenizer.json")
    inner = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    inner.add_tokens(["dos palabras", "日本"])
    foreign = Tokenizer(inner)
    text = "a dos palabras 日本"
    tokens = foreign.tokens(foreign.encode(text))
    assert b"".join(token.bytes for token in tokens) == text.encode()
    assert "".join(token.text for token in tokens) == text


def test_written_as_text_and_read_again_it_is_the_same(tokenizer):
    again = Tokenizer.read(tokenizer.write())
    assert again.vocab_size == tokenizer.vocab_size and again.encode("<|end|> año 12") == tokenizer.encode("<|end|> año 12")
