"""What happens in a story: a goal, trouble on the way, help, an end; every step changes the world and is remembered."""
from collections.abc import Callable
from dataclasses import dataclass

from engine.corpus.chance import Chance
from engine.corpus.plot import KEEP, Plot
from engine.corpus.world import FEARS, OBSTACLES, SKILLS, SOUNDS, SPOTS, TASKS, Being, Event, Words, World


@dataclass(frozen=True)
class Story:
    """A simulated story: what happened, in order, to whom, and the two events that a summary of it would name."""
    goal: str
    world: World
    hero: Being
    problem: Event                  # what sets the story going
    solution: Event                 # what settles it

    @property
    def events(self) -> list[Event]:
        return self.world.events


def lost(p: Plot) -> tuple[Event, Event]:
    """Something is lost, searched for, and found again, by whomever."""
    thing = p.world.thing(*KEEP)
    p.do("have", p.hero, thing)
    p.incident()
    place = p.out()
    p.incident()
    problem = p.do("lose", p.hero, thing, place=place)
    p.feel("sad", 0.7)
    for _ in range(p.chance.number(0, 2)):
        p.do("search", p.hero, thing, place=p.world.place("indoors", "outdoors"))
    if p.flip(0.4):
        p.do("remember", p.hero, thing, place=place)
        return problem, p.do("find", p.hero, thing, place=place)
    helper = p.helper()
    if p.flip():
        p.do("ask", p.hero, thing, helper)
    solution = p.do("find", helper, thing, place=place)
    p.do("give_back", helper, thing, p.hero)
    p.close(helper)
    return problem, solution


def broken(p: Plot) -> tuple[Event, Event]:
    """Something breaks; it is repaired, or something new is made of it."""
    thing = p.world.thing("toy", "tool", "treasure")
    p.do("have", p.hero, thing)
    p.incident()
    who = p.hero if p.flip(0.6) else p.friend
    if who is not p.hero:
        p.do("lend", p.hero, thing, who)
    problem = p.do("break", who, thing)
    p.feel("sad", 0.6)
    if who is not p.hero and p.flip(0.7):
        p.do("apologise", who, other=p.hero, because=problem)
    helper = who if who is not p.hero and p.flip() else p.helper()
    if p.flip(0.4):
        p.do("idea", helper)
    elif p.flip(0.4):
        p.do("search", p.hero, p.world.thing("tool"), place=p.world.place("indoors"))
    solution = p.do("repair", helper, thing, p.hero if helper is not p.hero else None)
    if who is not p.hero and p.flip(0.5):
        p.do("forgive", p.hero, other=who)
    p.close(helper)
    return problem, solution


def wanted(p: Plot) -> tuple[Event, Event]:
    """The hero wants something, has no money, and gets it by work, by a swap, or as a gift."""
    thing = p.world.thing(*KEEP)
    shop = p.out("shop")
    p.do("see_thing", p.hero, thing, place=shop)
    problem = p.do("want", p.hero, thing)
    if p.flip(0.8):
        p.do("no_money", p.hero, thing)
    p.feel("sad", 0.3)
    p.incident()
    how = p.chance.pick(("work", "swap", "gift"), (3, 2, 2))
    if how == "work":
        helper = p.helper()
        p.do("work", p.hero, other=helper, topic=p.chance.pick(TASKS))
        if p.flip(0.7):
            p.do("earn", p.hero, other=helper)
        solution = p.do("buy", p.hero, thing, place=shop)
        p.close()
    elif how == "swap":
        mine = p.world.thing("toy", "treasure", "book")
        p.do("have", p.hero, mine)
        p.world.hand(thing, p.friend)
        solution = p.do("swap", p.hero, mine, p.friend, second=thing)
        p.close(p.friend)
    else:
        giver = p.kin if p.flip() else p.friend
        p.do("notice", giver, other=p.hero)
        p.do("buy", giver, thing, place=shop)
        solution = p.do("give", giver, thing, p.hero)
        p.close(giver)
    return problem, solution


def quarrel(p: Plot) -> tuple[Event, Event]:
    """Two friends want the same thing, quarrel, miss each other and share it."""
    thing = p.world.thing("toy", "book", "tool")
    owner = p.hero if p.flip(0.7) else p.friend
    p.do("have", owner, thing)
    place = p.world.place("outdoors", "indoors", "home")
    p.do("meet", p.hero, other=p.friend, place=place)
    p.incident()
    if p.flip():
        p.do("take", p.friend if owner is p.hero else p.hero, thing, owner)
    problem = p.do("quarrel", p.hero, thing, p.friend)
    p.feel("angry", 0.7)
    if p.flip():
        p.do("leave", p.friend, place=None)
    p.feel(p.chance.pick(("lonely", "ashamed", "sad")), 0.6)
    if p.flip(0.4):
        p.do("tell", p.hero, other=p.kin, because=problem)
        p.do("comfort", p.kin, other=p.hero)
    sorry, other = (p.hero, p.friend) if p.flip(0.6) else (p.friend, p.hero)
    p.do("apologise", sorry, other=other, because=problem)
    solution = p.do("forgive", other, other=sorry)
    if p.flip(0.6):
        p.do("play", p.hero, thing, p.friend)
    if p.flip(0.4):
        p.do("promise", p.hero, other=p.friend)
    return problem, solution


def rescue(p: Plot) -> tuple[Event, Event]:
    """An animal is stuck; the hero rescues it, feeds it, perhaps keeps it."""
    place = p.out("outdoors", "wild", "water")
    p.incident()
    if p.flip():
        p.do("hear", p.hero, topic="cry")
    animal = p.world.being("animal", place)
    p.do("see", p.hero, other=animal, place=place)
    problem = p.do("stuck", animal, topic=p.chance.pick(SPOTS))
    p.feel("worried", 0.5)
    if p.flip(0.5):
        helper = p.helper()
        p.do("ask", p.hero, None, helper)
        p.do("help", helper, other=p.hero)
    elif p.flip(0.5):
        p.do("idea", p.hero)
    else:
        p.do("find", p.hero, p.world.thing("tool"), place=place)
    solution = p.do("rescue", p.hero, other=animal)
    if p.flip(0.5):
        p.do("feed", p.hero, p.world.thing("food", "fruit"), animal)
    if p.flip(0.4):
        p.do("adopt", p.hero, other=animal)
    elif p.flip(0.5):
        p.do("run_away", animal)
    p.close()
    return problem, solution


def fear(p: Plot) -> tuple[Event, Event]:
    """The hero is afraid of something, and dares in the end."""
    topic = p.chance.pick(FEARS)
    problem = p.do("fear", p.hero, topic=topic)
    p.incident()
    if p.flip(0.4):
        p.do("refuse", p.hero, other=p.friend)
    helper = p.helper()
    p.do("tell", p.hero, other=helper, because=problem)
    p.do(p.chance.pick(("comfort", "offer", "praise")), helper, other=p.hero)
    thing = p.world.thing("treasure", "toy", "tool")
    if p.flip(0.4):
        p.do("have", helper, thing)
        p.do("lend" if p.flip() else "give", helper, thing, p.hero)
    p.incident()
    solution = p.do("dare", p.hero, topic=topic)
    p.feel(p.chance.pick(("proud", "surprised", "happy")), 0.7)
    p.close(helper)
    return problem, solution


def learn(p: Plot) -> tuple[Event, Event]:
    """The hero cannot do something, tries, fails, practises, and can."""
    topic = p.chance.pick(SKILLS)
    problem = p.do("wish_skill", p.hero, topic=topic)
    p.incident()
    if p.flip(0.7):
        p.do("try", p.hero, topic=topic)
        p.do("fail", p.hero, topic=topic)
        p.feel(p.chance.pick(("sad", "angry", "ashamed")), 0.5)
    helper = p.helper()
    if p.flip(0.6):
        p.do("teach", helper, other=p.hero, topic=topic)
    p.do("practise", p.hero, topic=topic)
    p.incident()
    solution = p.do("succeed", p.hero, topic=topic)
    if p.flip(0.5):
        p.do("praise", helper, other=p.hero)
    p.close(helper)
    return problem, solution


def hungry(p: Plot) -> tuple[Event, Event]:
    """Somebody is hungry; something is cooked, perhaps burnt, and shared."""
    problem = p.do("feel", p.hero, topic="hungry")
    place = p.out("shop") if p.flip(0.4) else p.home
    food = p.world.thing("food", "dish")
    if place is not p.home:
        p.do("buy", p.hero, p.world.thing("fruit", "food"), place=place)
    p.incident()
    if p.flip(0.3):
        first = p.world.thing("dish")
        p.do("cook", p.hero, first)
        p.do("burn", p.hero, first)
        p.feel("sad", 0.5)
    cook = p.hero if p.flip(0.6) else p.kin
    p.do("cook", cook, food)
    eater = p.friend if p.flip() else p.kin
    if p.flip(0.5):
        p.do("invite", p.hero, other=eater)
    solution = p.do("share", p.hero, food, eater)
    p.close(eater)
    return problem, solution


def journey(p: Plot) -> tuple[Event, Event]:
    """A journey to somewhere far, an obstacle, and what was there."""
    goal = p.world.place("wild", "water")
    problem = p.do("decide", p.hero, other=p.friend, place=goal)
    if p.flip(0.6):
        tool = p.world.thing("tool", "clothing")
        p.do("take", p.hero, tool)
    p.do("go", p.hero, other=p.friend, place=p.world.place("outdoors", "wild"))
    for _ in range(p.chance.number(1, 2)):
        p.incident()
        topic = p.chance.pick(OBSTACLES)
        p.do("obstacle", topic=topic)
        if p.flip(0.4):
            p.do("idea", p.friend if p.flip() else p.hero)
        p.do("cross", p.hero, other=p.friend, topic=topic)
    if p.flip(0.4):
        stranger = p.world.being("stranger")
        p.do("meet", p.hero, other=stranger, place=p.world.place("outdoors"))
        p.do("warn" if p.flip(0.4) else "help", stranger, other=p.hero)
    p.do("go", p.hero, other=p.friend, place=goal)
    thing = p.world.thing("treasure")
    solution = p.do("find", p.hero, thing, place=goal)
    if p.flip(0.4):
        p.do("give", p.hero, thing, p.friend)
    p.close(p.friend)
    return problem, solution


def mystery(p: Plot) -> tuple[Event, Event]:
    """Something has vanished; clues lead to whoever took it, and why."""
    thing = p.world.thing("toy", "clothing", "treasure", "dish")
    p.do("have", p.hero, thing)
    taker = p.world.being("animal") if p.flip(0.5) else (p.kin if p.flip() else p.friend)
    p.world.hand(thing, taker)
    problem = p.do("search", p.hero, thing, place=p.home)
    p.feel(p.chance.pick(("surprised", "worried", "curious")), 0.6)
    for _ in range(p.chance.number(1, 3)):
        p.do("clue", p.hero, thing, place=p.world.place("indoors", "outdoors"))
    if p.flip(0.5):
        p.do("ask", p.hero, thing, p.friend)
    p.incident()
    solution = p.do("reveal", p.hero, thing, taker, place=p.world.place("indoors", "outdoors"))
    if not taker.animal and p.flip(0.6):
        p.do("apologise", taker, other=p.hero)
    p.do("give_back", taker, thing, p.hero)
    p.close()
    return problem, solution


def present(p: Plot) -> tuple[Event, Event]:
    """Somebody's birthday: a present is thought of, made or bought, and given."""
    who = p.friend if p.flip(0.6) else p.kin
    thing = p.world.thing("toy", "clothing", "treasure", "book", "dish")
    problem = p.do("idea", p.hero, thing, who)
    p.incident()
    if p.flip(0.5):
        p.do("make", p.hero, thing)
    else:
        p.do("buy", p.hero, thing, place=p.out("shop"))
    if p.flip(0.4):
        p.do("hide", p.hero, thing, place=p.world.place("indoors"))
        p.do("wait", p.hero)
        p.do("find", p.hero, thing)
    solution = p.do("give", p.hero, thing, who)
    p.feel(p.chance.pick(("happy", "surprised", "excited")), 0.7, who)
    if p.flip(0.6):
        p.do("thank", who, other=p.hero)
    if p.flip(0.4):
        p.do("hug", who, other=p.hero)
    if p.flip(0.4):
        p.do("celebrate", p.hero, other=who)
    return problem, solution


def helping(p: Plot) -> tuple[Event, Event]:
    """Somebody has too much to do; the hero helps and is thanked with something."""
    who = p.world.being("stranger") if p.flip(0.5) else p.kin
    topic = p.chance.pick(TASKS)
    if p.flip(0.6):
        p.do("meet", p.hero, other=who, place=p.world.place("outdoors", "shop", "home"))
    problem = p.do("notice", p.hero, other=who, topic=topic)
    if p.flip(0.6):
        p.do("offer", p.hero, other=who)
    p.incident()
    solution = p.do("work", p.hero, other=who, topic=topic)
    p.feel("tired", 0.4)
    p.do("thank", who, other=p.hero)
    if p.flip(0.6):
        thing = p.world.thing("treasure", "fruit", "food", "book")
        p.do("have", who, thing)
        p.do("give", who, thing, p.hero)
    p.close()
    return problem, solution


def truth(p: Plot) -> tuple[Event, Event]:
    """The hero breaks something of another's, hides it, and owns up."""
    owner = p.kin if p.flip(0.6) else p.friend
    thing = p.world.thing("dish", "treasure", "toy", "tool")
    p.do("have", owner, thing)
    p.incident()
    problem = p.do("break", p.hero, thing, owner)
    p.feel("afraid", 0.5)
    if p.flip(0.5):
        p.do("take", p.hero, thing, owner)
        p.do("hide", p.hero, thing, place=p.world.place("indoors"))
    p.feel("ashamed", 0.5)
    solution = p.do("confess", p.hero, thing, owner)
    p.do("forgive", owner, other=p.hero)
    if p.flip(0.6):
        p.do("repair", p.hero, thing, owner)
    if p.flip(0.4):
        p.do("promise", p.hero, other=owner)
    return problem, solution


def seed(p: Plot) -> tuple[Event, Event]:
    """A seed is planted, waited for, and grows."""
    thing = p.world.thing("seed")
    if p.flip(0.5):
        giver = p.helper()
        p.do("have", giver, thing)
        p.do("give", giver, thing, p.hero)
    else:
        p.do("find", p.hero, thing, place=p.out("outdoors"))
    problem = p.do("plant", p.hero, thing, place=p.home)
    for _ in range(p.chance.number(1, 2)):
        p.do("wait", p.hero, thing)
        p.incident()
    p.feel(p.chance.pick(("worried", "bored", "curious", "sad")), 0.5)
    solution = p.do("grow", None, thing)
    p.feel("happy", 0.6)
    if p.flip(0.5):
        p.do("show", p.hero, thing, p.friend)
    p.close()
    return problem, solution


def newcomer(p: Plot) -> tuple[Event, Event]:
    """Somebody new is lonely; the hero asks them to play, and they are friends."""
    place = p.world.place("outdoors", "indoors")
    problem = p.do("notice", p.hero, other=p.friend, place=place, topic="lonely")
    p.feel(p.chance.pick(("curious", "worried")), 0.4)
    if p.flip(0.6):
        p.do("greet", p.hero, other=p.friend)
    thing = p.world.thing("toy", "fruit", "book")
    p.do("have", p.hero, thing)
    p.do(p.chance.pick(("show", "lend")), p.hero, thing, p.friend)
    p.incident()
    solution = p.do("play", p.hero, None, p.friend, place=place)
    p.feel("happy", 0.6, p.friend)
    if p.flip(0.4):
        p.do("promise", p.friend, other=p.hero)
    return problem, solution


def way(p: Plot) -> tuple[Event, Event]:
    """The hero loses the way and is led home."""
    place = p.out("wild", "outdoors")
    p.incident()
    problem = p.do("get_lost", p.hero, place=place)
    p.feel("afraid", 0.7)
    if p.flip(0.5):
        p.do("weather", topic=p.chance.pick(("rain", "fog", "storm", "snow", "wind")))
    if p.flip(0.5):
        p.do("hear", p.hero, topic=p.chance.pick(SOUNDS))
    guide = p.world.being("animal") if p.flip(0.4) else p.helper()
    p.do("meet", p.hero, other=guide, place=place)
    p.do("follow", p.hero, other=guide)
    solution = p.do("return", p.hero, place=p.home)
    p.close(None if guide.animal else guide)
    return problem, solution


GOALS: dict[str, Callable[[Plot], tuple[Event, Event]]] = {goal.__name__: goal for goal in (
    lost, broken, wanted, quarrel, rescue, fear, learn, hungry, journey, mystery, present, helping, truth, seed, newcomer, way)}


def simulate(chance: Chance, words: Words, goals: tuple[str, ...] = tuple(GOALS), busy: float = 0.45) -> Story:
    """A story about one of `goals`; `busy` is how often something happens by the way."""
    plot = Plot(chance, words, busy)
    goal = chance.pick(goals)
    problem, solution = GOALS[goal](plot)
    return Story(goal, plot.world, plot.hero, problem, solution)
