"""Words as directions: projections are linear, sums rank what they should, shares add up, and both measures equal brute force."""
import pytest
import torch
from pytest import approx

from engine import maps, words
from engine.words import Axis, Word


@pytest.fixture(scope="module")
def table():
    return torch.randn(60, 16, generator=torch.Generator().manual_seed(3)) * torch.linspace(0.2, 3, 60)[:, None]


def one(table, *ids: int) -> Word:
    return Word(str(ids), ids, table[list(ids)].mean(0))


@pytest.mark.parametrize("id", [0, 17, 59])
def test_neighbours_by_either_measure_are_those_of_brute_force(table, id):
    others = [i for i in range(60) if i != id]
    distance = {i: float((table[i] - table[id]).square().sum().sqrt()) for i in others}
    cosine = {i: float(torch.dot(table[i], table[id]) / (table[i].norm() * table[id].norm())) for i in others}
    ids, values = maps.euclidean(table, id, 7)
    assert ids.tolist() == sorted(others, key=distance.get)[:7] and values.tolist() == approx([distance[i] for i in ids.tolist()], abs=1e-5)
    ids, values = maps.neighbours(table, id, 7)
    assert ids.tolist() == sorted(others, key=cosine.get, reverse=True)[:7] and values.tolist() == approx([cosine[i] for i in ids.tolist()], abs=1e-5)


def test_mean_distance_is_that_of_all_pairs(table):
    apart = [float((table[i] - table[j]).norm()) for i in range(60) for j in range(i)]
    assert maps.average_distance(table) == approx(sum(apart) / len(apart), abs=1e-5)


def test_measures_agree_where_all_are_of_one_length(table):
    unit = torch.nn.functional.normalize(table, dim=-1)
    assert maps.euclidean(unit, 5)[0].tolist() == maps.neighbours(unit, 5)[0].tolist()


def test_an_axis_runs_from_minus_one_to_one_and_is_linear(table):
    axis = words.axis([one(table, 1), one(table, 2)], [one(table, 8)])
    assert axis.place(axis.start).item() == approx(-1, abs=1e-5) and axis.place(axis.end).item() == approx(1, abs=1e-5)
    a, b = table[20], table[30]
    assert axis.place(0.3 * a + 0.7 * b).item() == approx(0.3 * axis.place(a).item() + 0.7 * axis.place(b).item(), abs=1e-5)
    assert axis.place(table).tolist() == approx([axis.place(vector).item() for vector in table], abs=1e-5)


def test_along_and_beside_an_axis_make_up_the_whole(table):
    axis = Axis(table[3], table[4])
    along = (axis.place(table) + 1) / 2 * (axis.end - axis.start).norm()
    assert (along.square() + axis.beside(table).square()).sqrt().tolist() == approx((table - table[3]).norm(dim=-1).tolist(), abs=1e-4)


def test_two_ends_at_one_point_make_no_axis(table):
    assert words.axis([one(table, 4)], [one(table, 4)]) is None


def test_shares_of_directions_at_right_angles_add_up_and_none_beats_the_principal(table):
    frame = torch.linalg.qr(torch.randn(16, 16, generator=torch.Generator().manual_seed(1))).Q
    shares = [words.share(table, direction) for direction in frame]
    best = words.share(table, words.principal(table))
    assert sum(shares) == approx(1, abs=1e-5) and max(shares) < best == approx(maps.pca(table, 1)[1].item(), abs=1e-5)


def test_without_its_first_axis_nothing_is_left_of_it(table):
    rest = words.without_first(table)
    assert words.share(rest, words.principal(table)) == approx(0, abs=1e-6)
    assert maps.pca(rest, 1)[1].item() * rest.square().sum().item() == approx(
        maps.pca(table, 2)[1][1].item() * (table - table.mean(0)).square().sum().item(), rel=1e-4)


def test_a_minus_a_plus_b_is_b(table):
    sum = words.total(table, one(table, 7), one(table, 7), one(table, 9))
    assert sum.rank(9) == 1 and sum.cosines[9].item() == approx(1, abs=1e-5) and sum.rank(9, inputs=False) is None


def test_ranks_count_with_the_inputs_and_without(table):
    sum = words.total(table, one(table, 7), one(table, 11, 12), one(table, 9))
    order = sorted(range(60), key=lambda i: -float(torch.cosine_similarity(table[i], sum.target, dim=0)))
    assert sum.order.tolist() == order and sum.inputs == {7, 9, 11, 12}
    left = [i for i in order if i not in sum.inputs]
    assert [sum.rank(i, inputs=False) for i in left] == list(range(1, 57)) and [sum.rank(i) for i in order] == list(range(1, 61))


def test_the_corners_of_a_sum_lie_on_its_sheet_at_their_true_distances(table):
    a, b, c = table[7], table[8], table[9]
    corners = torch.stack((a, b, c, a - b + c))
    flat, off = words.plane(b, a, c).place(corners)
    assert off.tolist() == approx([0] * 4, abs=1e-5) and torch.pdist(flat).tolist() == approx(torch.pdist(corners).tolist(), abs=1e-4)
    flat, off = words.plane(b, a, c).place(table[20])
    assert float(flat.square().sum() + off.square()) == approx(float((table[20] - b).square().sum()), abs=1e-3)


def test_a_word_is_the_mean_of_its_tokens_and_blanks_are_none(tiny):
    table = tiny.decoder.transformer.wte.weight
    word = words.word(tiny, table, "  zebra  crossing ")
    assert word.text == "zebra crossing" and list(word.ids) == tiny.tokenizer.encode(" zebra crossing") and len(word.ids) > 1
    torch.testing.assert_close(word.vector, table[list(word.ids)].mean(0))
    assert words.word(tiny, table, "  ") is None
    assert [one.text for one in words.pole(tiny, table, "cat,, dog ,")] == ["cat", "dog"]
    assert len(words.pole(tiny, table, ",".join("abcdefghijkl"))) == words.MOST
