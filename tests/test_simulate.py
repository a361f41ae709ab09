"""The simulated world: a story's state follows from its events, worked out here a second time, and it is the seed's alone."""
from collections import Counter

import pytest

from engine.corpus.chance import Chance
from engine.corpus.simulate import GOALS, simulate
from engine.corpus.world import EFFECTS, FEARS, FEELINGS, OBSTACLES, SKILLS, SOUNDS, SPOTS, TASKS, WEATHERS, Being, Place, Thing, World

GETS = {"have", "buy", "make", "pick", "cook", "find", "take"}
PASSES = {"give", "lend", "give_back"}
TOPICS = {"feel": FEELINGS, "fear": FEARS, "dare": FEARS, "learn": SKILLS, "succeed": SKILLS, "practise": SKILLS, "weather": WEATHERS,
          "obstacle": OBSTACLES, "cross": OBSTACLES, "hear": SOUNDS, "stuck": SPOTS, "work": TASKS}


class Plain:
    """Words that are only numbered."""

    def being(self, part, taken):
        return Being(part, len(taken) % 2 == 0, f"{part} {len(taken)}")

    def thing(self, sort, taken):
        return Thing(sort, f"{sort} {len(taken)}")

    def place(self, sort, taken):
        return Place(sort, f"{sort} {len(taken)}")


@pytest.fixture(scope="module")
def stories():
    return [simulate(Chance(seed), Plain()) for seed in range(2000)]


def test_who_has_what_follows_from_the_events(stories):
    for story in stories:
        holder = {}
        for event in story.events:
            if event.kind in GETS:
                holder[event.thing] = event.agent
            elif event.kind in PASSES:
                holder[event.thing] = event.other
            elif event.kind in ("lose", "hide", "feed"):
                holder[event.thing] = None
            elif event.kind == "swap":
                holder[event.thing], holder[event.second] = event.other, event.agent
        for thing, who in holder.items():
            assert story.world.holder[thing] is who


def test_who_is_where_follows_from_the_last_move(stories):
    for story in stories:
        moves = [e for e in story.events if e.agent is story.hero and e.kind in ("go", "return", "get_lost") or e.kind == "meet"]
        if moves and moves[-1].place is not None and not any(e.kind in ("follow", "leave") for e in story.events):
            assert story.world.at[story.hero] is moves[-1].place


def test_nothing_is_given_by_who_does_not_have_it(stories):
    told = Counter(event.kind for story in stories for event in story.events)
    assert told["give"] > 100 and told["lose"] > 50
    for story in stories:
        got = set()
        for event in story.events:
            if event.kind in PASSES | {"lose", "hide"}:
                assert event.thing in got or story.goal in ("mystery", "wanted"), (story.goal, event.kind)
            if event.thing is not None:
                got.add(event.thing)


def test_every_goal_and_every_event_comes_up_and_topics_are_known(stories):
    assert {story.goal for story in stories} == set(GOALS)
    assert {event.kind for story in stories for event in story.events} == set(EFFECTS)
    for story in stories:
        for event in story.events:
            assert event.kind not in TOPICS or event.topic in TOPICS[event.kind]
            assert event.because is None or event.because in story.events[:story.events.index(event)]


def test_problem_comes_before_solution(stories):
    for story in stories:
        assert story.events.index(story.problem) < story.events.index(story.solution)


def test_same_seed_tells_the_same_story():
    first, second = (simulate(Chance(7), Plain()) for _ in range(2))
    assert [(e.kind, e.topic, e.agent and e.agent.label) for e in first.events] == [
        (e.kind, e.topic, e.agent and e.agent.label) for e in second.events]


def test_what_nobody_has_cannot_be_given():
    world = World(Chance(1), Plain())
    hero, friend, ball = world.being("hero"), world.being("friend"), world.thing("toy")
    with pytest.raises(AssertionError, match="cannot happen"):
        world.do("give", hero, ball, friend)
    world.do("have", hero, ball)
    world.do("give", hero, ball, friend)
    assert world.owner[ball] is friend and world.holder[ball] is friend
    with pytest.raises(AssertionError, match="cannot happen"):
        world.do("have", hero, ball)
