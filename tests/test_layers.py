"""The layered drawing: nothing overlaps, lines go down and past boxes, few cross, and it comes out the same each time."""
import itertools

import pytest
from pytest import approx

from ui.concepts import concepts
from ui.figures import glossary, layers

RESTS = {id: concept.rests for id, concept in concepts().items()}
WIDE, HIGH = glossary.BOX


@pytest.fixture(scope="module")
def drawing():
    return glossary.drawing()


def test_every_idea_has_a_place_within_the_picture(drawing):
    assert drawing.nodes.keys() == RESTS.keys()
    for x, y in drawing.nodes.values():
        assert WIDE / 2 <= x <= drawing.width - WIDE / 2 and HIGH / 2 <= y <= drawing.height - HIGH / 2


def test_no_two_boxes_overlap(drawing):
    for (x, y), (px, py) in itertools.combinations(drawing.nodes.values(), 2):
        assert abs(x - px) >= WIDE + 4 or abs(y - py) >= HIGH + 10


def test_an_idea_stands_below_all_that_it_rests_on(drawing):
    level = layers.layers(RESTS, glossary.MOST)
    for id, rests in RESTS.items():
        assert all(level[other] < level[id] and drawing.nodes[other][1] < drawing.nodes[id][1] for other in rests)
    assert max(map(list(level.values()).count, level.values())) <= glossary.MOST


def test_lines_run_down_from_box_to_box_and_through_none(drawing):
    assert drawing.lines.keys() == {(other, id) for id, rests in RESTS.items() for other in rests}
    for (start, end), points in drawing.lines.items():
        assert points[0] == (drawing.nodes[start][0], approx(drawing.nodes[start][1] + HIGH / 2))
        assert points[-1] == (drawing.nodes[end][0], approx(drawing.nodes[end][1] - HIGH / 2))
        for (x, y), (px, py) in itertools.pairwise(points):
            assert py > y
            for bx, by in drawing.nodes.values():               # a stretch beside boxes is straight; any other lies between two layers
                assert py <= by - HIGH / 2 + 1e-6 or y >= by + HIGH / 2 - 1e-6 or x == px and abs(x - bx) >= WIDE / 2 + 3


def test_few_lines_cross(drawing):
    assert drawing.crossings <= 45


def test_the_drawing_is_the_same_each_time(drawing):
    assert layers.draw(RESTS, glossary.WIDTH, glossary.BOX, glossary.ROW, glossary.MOST) == drawing


def test_crossings_are_counted_and_undone():
    crossed = layers.draw({"a": (), "b": (), "c": ("b",), "d": ("a",)}, 300, (80, 30), 60, 2)
    assert crossed.crossings == 0 and (crossed.nodes["a"][0] < crossed.nodes["b"][0]) == (crossed.nodes["d"][0] < crossed.nodes["c"][0])
    whole = layers.draw({"a": (), "b": (), "c": ("a", "b"), "d": ("a", "b")}, 300, (80, 30), 60, 2)
    assert whole.crossings == 1                                 # two over two, all joined: it cannot be fewer


def test_spread_keeps_order_and_room_and_moves_no_more_than_it_must():
    assert layers.spread([50, 200], [80, 80], [1, 1], 300) == [50, 200]
    left, right = layers.spread([150, 140], [80, 80], [1, 1], 300)
    assert right - left == approx(88) and (left + right) / 2 == approx(145)
    assert layers.spread([-100, 500], [80, 80], [1, 1], 300) == [41, 259]
    with pytest.raises(AssertionError):
        layers.spread([0, 0, 0, 0], [80] * 4, [1] * 4, 300)
