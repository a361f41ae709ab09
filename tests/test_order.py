"""Words in another order: every word once, every blank where it was, the same seed the same order."""
import pytest

from engine.order import reordered, shuffled, words

TEXTS = ["The cat slept on the mat.", "  one  two\nthree\t four ", "¿Dónde está 👩‍👩‍👧?", "", "   ", "word"]


@pytest.mark.parametrize("text", TEXTS)
def test_own_order_is_the_text_itself(text):
    assert reordered(text, range(len(words(text)))) == text


def test_words_move_and_blanks_stay():
    assert reordered("  one  two\nthree\t four ", [3, 0, 2, 1]) == "  four  one\nthree\t two "


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 9, 60])
def test_shuffle_keeps_every_word_and_moves_some_where_it_can(count, ends):
    for seed in range(1, 30):
        order = shuffled(count, seed, ends)
        assert sorted(order) == list(range(count)) and order == shuffled(count, seed, ends)
        assert (order == list(range(count))) == (count - 2 * ends < 2)
        if ends and count:
            assert order[0] == 0 and order[-1] == count - 1


def test_seeds_give_different_orders():
    assert len({tuple(shuffled(12, seed)) for seed in range(1, 20)}) > 15


def test_order_of_other_words_is_our_mistake():
    with pytest.raises(AssertionError):
        reordered("one two", [0, 0])
