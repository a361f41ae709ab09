"""What is forgotten: nothing by the base itself, each text and fact counted once, no question that the reader's lines answer."""
import pytest
import torch
from torch.nn import functional as F

import engine
from engine.corpus.genre import genres
from engine.corpus.stream import LANGUAGES, write
from engine.forgetting import FAMILIES, Piece, _family, answer, knows, measured, questions, summed
from engine.lora import Whole, merge


@pytest.fixture(scope="module")
def nano():
    return engine.load("nano")


def test_every_genre_belongs_to_one_family():
    for language in LANGUAGES:
        named = [name for family in FAMILIES for name in _family(language, family)]
        assert sorted(named) == sorted(genres(language))


def test_the_base_forgets_nothing_against_itself(nano):
    pieces = list(measured(nano, nano, 1, 16))
    assert all(piece.before == piece.after for piece in pieces)
    assert len([piece for piece in pieces if piece.kind == "loss"]) == len(FAMILIES) * len(LANGUAGES)
    for language in LANGUAGES:
        assert summed(pieces, "facts", language=language)[2] == 16
    parts = [summed(pieces, "loss", family=family) for family in FAMILIES]
    before, _, tokens = summed(pieces, "loss")
    assert sum(n for *_, n in parts) == tokens and sum(loss * n for loss, _, n in parts) / tokens == pytest.approx(before)


def test_a_loss_is_the_cross_entropy_of_the_text(nano):
    seed = 2_000_000
    piece = next(iter(measured(nano, nano, 1, 8, seed)))
    names = _family(piece.language, piece.family)
    ids = [nano.bos, *nano.tokenizer.encode(write(piece.language, names[seed % len(names)], seed).text)][:nano.context + 1]
    with torch.no_grad():
        whole = F.cross_entropy(nano.decoder(torch.tensor([ids[:-1]])).logits[0], torch.tensor(ids[1:]))
    assert piece.n == len(ids) - 1 and piece.before / piece.n == pytest.approx(float(whole), abs=1e-5)


def test_another_model_is_another_number(nano):
    shaken = Whole.fresh(nano.decoder)
    for name, value in shaken.weights.items():
        shaken.weights[name] = value + 0.3 * torch.randn(value.shape, generator=torch.Generator().manual_seed(1))
    other = engine.LanguageModel("other", merge(nano.decoder, shaken), nano.tokenizer, nano.bos)
    before, after, _ = summed(list(measured(nano, other, 1, 8)), "loss")
    assert after > before + 0.5


def test_sums_of_nothing_are_nothing():
    assert summed([], "loss") == (0.0, 0.0, 0)
    assert summed([Piece("loss", "en", "sums", 4.0, 6.0, 2)], "loss", language="en") == (2.0, 3.0, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_do_not_give_away_what_they_ask_and_are_not_among_the_lines(language):
    asked = questions(language, 12, 5)
    assert len({question.text for question in asked}) == 12 and asked == questions(language, 12, 5)
    assert all(question.gold.casefold() not in question.text.casefold().split() for question in asked)
    told = f"{asked[0].text} => {asked[0].gold}"
    assert asked[0] not in questions(language, 12, 5, told) and questions(language, 11, 5, told) == asked[1:]


def test_to_know_is_to_say_the_word_and_stop():
    assistant = engine.load("assistant")
    question = next(q for q in questions("en", 40, 5) if knows(assistant, q))
    said, ended = answer(assistant, question.text)
    assert ended and question.gold.lower() in said.lower()
    assert not knows(engine.load("base"), question)
