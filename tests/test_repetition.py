"""Loops in what was written: found where they are, with their length and times."""
import pytest

from engine.repetition import Loop, loop


@pytest.mark.parametrize("ids, found", [
    ([1, 2, 3, 1, 2, 3], Loop(0, 3, 2)),
    ([9, 8, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2], Loop(2, 3, 3)),
    ([5] * 6, Loop(0, 1, 6)),
    ([7, 1, 2, 1, 2, 1, 2, 8], Loop(1, 2, 3)),
    ([1, 2, 1, 2, 1, 2, 1, 2], Loop(0, 2, 4)),                     # not 1 2 1 2 twice: the shortest round
    ([1, 2, 3, 4, 5, 6], None), ([1, 1, 1, 1, 1], None), ([1, 2, 1, 2], None), ([], None), ([4], None),
    ([1, 1, 1, 1, 1, 1, 9, 2, 3, 4, 5, 2, 3, 4, 5], Loop(7, 4, 2))])
def test_loop_that_covers_most(ids, found):
    assert loop(ids) == found


def test_every_round_of_a_loop_is_the_same(tiny):
    ids = [step.id for step in tiny.generate("The cat", 60, temperature=0)]
    found = loop(ids)
    rounds = [ids[i:i + found.length] for i in range(found.start, found.end, found.length)]
    assert len(rounds) == found.times > 1 and all(one == rounds[0] for one in rounds)
    assert loop(ids, least=found.length * found.times + 1) is None
