"""Merges replayed from bytes end in exactly the tokens that the tokenizer gives, whatever the text."""
import random

import pytest
from tokenizers import Tokenizer as _Tokenizer
from tokenizers import models, pre_tokenizers

from engine import ModelError, load
from engine.merges import Merges
from engine.tokenizer import Tokenizer

TEXTS = [
    "Once upon a time there was a little cat.", "Había una vez un niño pequeño.", "👩‍👩‍👧‍👦 é e\u0301 ñandú", "aaaaaaaaaaaaaaaa", "x" * 300, " ", "   ",
    "\n\t\0", "1984 unhappiness antidisestablishmentarianism", "<|endoftext|><|end|>", "שלום مرحبا 你好", "don't DON'T can't've", "", "ananananana banananana"]


@pytest.fixture(scope="module")
def base():
    return load("base").tokenizer


def words(tokenizer, text: str) -> list[list[int]]:
    """The ids of each word of a text."""
    ids, numbers = tokenizer.encode(text), tokenizer.words(text)
    return [[i for i, number in zip(ids, numbers, strict=True) if number == word] for word in sorted(set(numbers))]


@pytest.mark.parametrize("name", ["tokenizer", "base"])
@pytest.mark.parametrize("text", TEXTS)
def test_replay_ends_in_the_tokens(request, name, text):
    tokenizer = request.getfixturevalue(name)
    merges = Merges(tokenizer)
    for ids in words(tokenizer, text):
        replay = merges.replay(b"".join(map(tokenizer.bytes, ids)))
        assert replay.pieces() == ids


def test_replay_ends_in_the_tokens_of_random_texts(base):
    chance, merges = random.Random(5), Merges(base)
    letters = "aeiouáéíóúñbcdlmnrst  Ll.,'12🙂"
    for _ in range(400):
        text = "".join(chance.choices(letters, k=chance.randint(1, 30)))
        for ids in words(base, text):
            assert merges.replay(b"".join(map(base.bytes, ids))).pieces() == ids, text


def test_each_step_joins_two_neighbours_and_keeps_every_byte(base):
    word = " pequeño".encode()
    replay = Merges(base).replay(word)
    assert [base.bytes(i) for i in replay.start] == [bytes([byte]) for byte in word]
    for step, merge in enumerate(replay.merges):
        before, after = replay.pieces(step), replay.pieces(step + 1)
        left, right = (base.bytes(i) for i in before[merge.at:merge.at + 2])
        assert len(after) == len(before) - 1 and base.rules()[merge.rank] == (left, right)
        assert base.bytes(merge.id) == left + right and b"".join(map(base.bytes, after)) == word


def test_each_step_follows_the_rule_that_was_learnt_first(base):
    replay = Merges(base).replay(b" grandmother")
    rules = {pair: rank for rank, pair in enumerate(base.rules())}
    for step, merge in enumerate(replay.merges):
        pieces = [base.bytes(i) for i in replay.pieces(step)]
        assert merge.rank == min(rules[pair] for pair in zip(pieces, pieces[1:]) if pair in rules)


def test_words_cover_the_text_in_order(base):
    text = "The cat's 12 mice"
    numbers, ids = base.words(text), base.encode(text)
    assert numbers == sorted(numbers) and len(numbers) == len(ids)
    assert [b"".join(map(base.bytes, word)).decode() for word in words(base, text)] == ["The", " cat", "'s", " ", "1", "2", " mice"]


def test_tokenizer_of_another_kind_has_no_merges():
    inner = _Tokenizer(models.WordLevel({"a": 0, "[UNK]": 1}, unk_token="[UNK]"))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    with pytest.raises(ModelError):
        Merges(Tokenizer(inner))
