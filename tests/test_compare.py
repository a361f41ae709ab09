"""Two models on one text: word diffs that lose nothing, orders that are the distributions', heads that look elsewhere."""
import pytest
import torch

from engine.compare import likeliest, looks_elsewhere, pieces, shared

TEXTS = ["", " ", "The cat sat.", "  The cat\n\nsat on  the mat. ", "¿Dónde está? 👩‍👩‍👧 <b>x</b>", "a a a b", "a b a", "\n", "one two three four", "two one four three two"]


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_together_are_the_text(text):
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize("one", TEXTS)
@pytest.mark.parametrize("two", TEXTS)
def test_what_is_shared_is_the_same_words_in_both(one, two):
    first, second = pieces(one), pieces(two)
    in_one, in_two = shared(first, second)
    assert (len(in_one), len(in_two)) == (len(first), len(second))
    assert [word.strip() for word, same in zip(first, in_one) if same] == [word.strip() for word, same in zip(second, in_two) if same]


def test_a_text_shares_all_of_itself_and_another_what_they_have_in_common():
    assert shared(pieces("a b c"), pieces("a b c")) == ([True] * 3, [True] * 3)
    assert shared(pieces("The capital is Paris."), pieces("It is Paris.")) == ([False, False, True, True, True], [False, True, True, True])
    assert shared(pieces("It's Madrid, dear."), pieces("Madrid!")) == ([False, True, False, False, False], [True, False])
    assert shared(pieces("a"), pieces("b")) == ([False], [False])


def test_the_likeliest_are_each_models_own():
    one, two = torch.tensor([0.1, 0.6, 0.3]), torch.tensor([0.5, 0.2, 0.3])
    assert likeliest(one, two, 2) == ([1, 2], [0, 2])


def test_attention_moves_by_as_much_as_the_rows_differ():
    one = torch.tensor([[[[1.0, 0.0, 0.0], [0.5, 0.5, 0.0], [0.2, 0.3, 0.5]]]])
    two = torch.tensor([[[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.2, 0.3, 0.5]]]])
    assert looks_elsewhere(one, one).tolist() == [[0.0]]
    assert looks_elsewhere(one, two).item() == pytest.approx(0.25)              # half of one row of two
    assert looks_elsewhere(one[..., :1, :1], two[..., :1, :1]).tolist() == [[0.0]]
