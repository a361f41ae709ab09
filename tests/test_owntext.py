"""A text of the reader's own: cut without loss, its end kept out, what is no text refused in one line, and a model that opens like any other."""
import math

import numpy as np
import pytest
import torch

from engine import load
from engine.__main__ import main
from engine.corpus.write import TOKENIZER, TRAIN, VALIDATION
from engine.data import Windows
from engine.errors import ModelError, TextError
from engine.model import Config, Decoder
from engine.owntext import clean, nats_per_character, prepare, vocabulary
from engine.tokenizer import Tokenizer

CONTEXT = 32
TEXT = "\n\n".join(f"HAMLET:\nThe {word} of Elsinore is {i} years old,\nand nobody minds." for i, word in enumerate(["king", "queen", "ghost", "clown"] * 60)) + "\n\nßßßß" * 30


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "my.txt").write_text(TEXT, encoding="utf-8")
    prepare(tmp_path / "my.txt", tmp_path / "corpus", CONTEXT, 4096)
    return tmp_path / "corpus"


def test_the_parts_are_the_text_and_the_tokenizer_knows_the_first_alone(corpus):
    tokenizer = Tokenizer.load(corpus / TOKENIZER)
    parts = [tokenizer.decode([int(i) for i in np.fromfile(corpus / name, np.uint16) if i]) for name in (TRAIN, VALIDATION)]
    assert "".join(parts) == TEXT and len(parts[0]) == int(len(TEXT) * 0.9)
    assert len(tokenizer.encode(" Elsinore")) == 1 and "ß" not in parts[0] and len(tokenizer.encode("ß")) == 2


def test_no_document_is_longer_than_half_a_window(corpus):
    for name in (TRAIN, VALIDATION):
        ids = np.fromfile(corpus / name, np.uint16)
        assert ids[0] == 0 and np.diff(np.flatnonzero(np.append(ids, 0) == 0)).max() <= CONTEXT // 2 + 1


def test_nats_per_character_counts_every_token_once(corpus):
    tokenizer = Tokenizer.load(corpus / TOKENIZER)
    windows = Windows(corpus / VALIDATION, CONTEXT, 0)
    flat = Decoder(Config(tokenizer.vocab_size, CONTEXT, 8, 1, 2)).initialise(1)
    with torch.no_grad():
        flat.transformer.wte.weight.zero_()             # every token is equally likely
    ids = np.fromfile(corpus / VALIDATION, np.uint16)
    told = (ids != 0).sum() * math.log(tokenizer.vocab_size) / len(tokenizer.decode([int(i) for i in ids if i]))
    assert nats_per_character(flat, windows, tokenizer) == pytest.approx(told, rel=1e-5)


@pytest.mark.parametrize(("data", "code"), [
    (b"", "text_empty"), (b" \n\n ", "text_empty"), (b"\xff\xfe\x00a", "text_foreign"), (b"GIF89a\0\0\0", "text_foreign"), ("señal".encode("latin-1"), "text_foreign"),
    (b"too short", "text_short")])
def test_what_is_no_text_is_refused(tmp_path, data, code):
    (tmp_path / "my.txt").write_bytes(data)
    with pytest.raises(TextError) as error:
        prepare(tmp_path / "my.txt", tmp_path / "corpus", CONTEXT, 4096)
    assert error.value.code == code and "my.txt" in str(error.value) and not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("arguments", [["--text", "nowhere.txt", "--out", "x"], ["--text", "my.txt"], ["--text", "my.txt", "--out", "x", "--corpus", "y"]])
def test_one_clear_line_for_what_cannot_be(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.txt").write_text("short")
    assert main(["train", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and not (tmp_path / "x").exists()


def test_a_folder_of_another_text_is_left_alone(tmp_path, corpus):
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    (tmp_path / "other.txt").write_text(TEXT.replace("Elsinore", "Vitrina"), encoding="utf-8")
    with pytest.raises(ModelError, match="another text"):
        prepare(tmp_path / "other.txt", corpus, CONTEXT, 4096)
    prepare(tmp_path / "my.txt", corpus, CONTEXT, 4096)
    assert {path.name: path.read_bytes() for path in corpus.iterdir()} == before


def test_vocabulary_grows_with_the_text():
    assert [vocabulary(n, 4096) for n in (1, 100_000, 1_100_000, 10**9)] == [300, 300, 1024, 4096]


def test_a_model_of_ones_own_text_opens_like_any_other(tmp_path, capsys):
    (tmp_path / "my.txt").write_text(TEXT, encoding="utf-8")
    order = ["train", "--text", str(tmp_path / "my.txt"), "--out", str(tmp_path / "own"), "--layers", "1", "--width", "32", "--heads", "2", "--context", str(CONTEXT), "--tokens", "30000"]
    assert main(order) == 0 and "nats/character" in capsys.readouterr().out
    lm = load(tmp_path / "own" / "model")
    assert lm.card["corpus"]["text"] == "my.txt" and lm.card["nats_per_character"] < 3
    assert lm.trace("The king of").logits.shape == (len(lm.tokenizer.encode("The king of")) + 1, lm.tokenizer.vocab_size)
    assert " Elsinore" in "".join(step.text for step in lm.generate("The king of", max_new_tokens=12, temperature=0))
    assert main(order) == 0                             # all of it is there: nothing is trained again


@pytest.mark.parametrize("text, code", [
    ("", "text_empty"), (" \n\t ", "text_empty"), ("one\0two", "text_foreign"), ("\x89PNG\r\n\x1a" + "\ufffd" * 30 + "IHDR" * 9, "text_foreign")])
def test_what_is_no_text_is_refused_in_memory_too(text, code):
    with pytest.raises(TextError) as refused:
        clean(text, "pasted")
    assert refused.value.code == code and "pasted" in str(refused.value)


@pytest.mark.parametrize("text", ["Año nuevo 👩‍👩‍👧‍👦\u00a0«¿qué?»\tfin", "שלום \u202eabc\u202c\r\nمرحبا", "one \ufffd in a hundred letters is what a slip looks like: it is a text all the same, and stays"])
def test_letters_of_any_script_are_text(text):
    assert clean(text, "pasted") == text.replace("\r\n", "\n")
