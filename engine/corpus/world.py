"""The story world: beings, things and places, and what every kind of event does to them; it knows no language.

A language brings its own words as the `label` of whatever it puts into the world, and never learns them from here.
"""
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from engine.corpus.chance import Chance

FEELINGS = ("happy", "sad", "afraid", "angry", "proud", "surprised", "worried", "lonely", "curious", "bored", "excited",
            "calm", "ashamed", "grateful", "hungry", "thirsty", "tired", "cold", "jealous", "relieved")
SKILLS = ("swim", "cycle", "read", "whistle", "skate", "bake", "draw", "climb", "dance", "sing", "sew", "fish", "row", "cook",
          "write", "swing", "paint", "juggle", "dive", "ski")
FEARS = ("dark", "water", "height", "thunder", "dogs", "spiders", "crowds", "ghosts", "bees", "forest", "mistakes", "cellar")
WEATHERS = ("sun", "rain", "snow", "wind", "fog", "storm", "clouds", "heat", "cold", "rainbow")
OBSTACLES = ("river", "bridge", "gate", "hill", "mud", "rocks", "thorns", "tree", "cave", "ditch")
SOUNDS = ("bell", "voice", "steps", "music", "bark", "knock", "whisper", "crash", "song", "engine", "cry")
TASKS = ("tidy", "harvest", "paint_fence", "carry", "wash", "water_plants", "build", "cook", "sweep", "repair_roof",
         "feed_animals", "hang_laundry")
SPOTS = ("tree", "roof", "well", "fence", "hole", "net", "branch", "mud")


@dataclass(eq=False)
class Being:
    """A person or an animal: its part in the story, its gender, and the language's own word or name for it."""
    part: str                           # hero, friend, kin, stranger, animal, rival
    female: bool
    label: object

    @property
    def animal(self) -> bool:
        return self.part == "animal"


@dataclass(eq=False)
class Thing:
    """Something that one can have; `sort` is toy, clothing, treasure, tool, food, fruit, dish, book or present."""
    sort: str
    label: object
    colour: str | None = None


@dataclass(eq=False)
class Place:
    """Somewhere to be; `sort` is home, outdoors, indoors, wild, water or shop."""
    sort: str
    label: object


@dataclass(frozen=True)
class Event:
    """One thing that happens: a kind and who and what has a part in it; a key of EFFECTS, read as agent KIND thing other."""
    kind: str
    agent: Being | None = None
    thing: Thing | None = None
    other: Being | None = None
    place: Place | None = None
    second: Thing | None = None
    topic: str | None = None            # a feeling, skill, fear, weather, obstacle, sound, task or spot of the lists above
    because: "Event | None" = None      # the event that brought this one about


class Words(Protocol):
    """What a language lends to the world: it chooses words, all unlike those in `taken`, and wraps them."""

    def being(self, part: str, taken: list[Being]) -> Being: ...

    def thing(self, sort: str, taken: list[Thing]) -> Thing: ...

    def place(self, sort: str, taken: list[Place]) -> Place: ...


@dataclass(eq=False)
class World:
    """The state of a story as it goes on: ground truth for every question that may be asked of it."""
    chance: Chance
    words: Words
    beings: list[Being] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    at: dict[Being | Thing, Place | None] = field(default_factory=dict)
    owner: dict[Thing, Being] = field(default_factory=dict)      # to whom it belongs
    holder: dict[Thing, Being | None] = field(default_factory=dict)     # who has it now
    feels: dict[Being, str] = field(default_factory=dict)
    broken: set[Thing] = field(default_factory=set)
    eaten: set[Thing] = field(default_factory=set)
    skills: dict[Being, set[str]] = field(default_factory=dict)
    weather: str | None = None

    def being(self, part: str, place: Place | None = None) -> Being:
        """Someone new, at `place`."""
        made = self.words.being(part, self.beings)
        self.beings.append(made)
        self.at[made] = place
        return made

    def thing(self, *sorts: str) -> Thing:
        """Something new, which nobody has yet; `sorts` are as likely as one another."""
        made = self.words.thing(self.chance.pick(sorts) if len(sorts) > 1 else sorts[0], self.things)
        self.things.append(made)
        return made

    def place(self, *sorts: str) -> Place:
        made = self.words.place(self.chance.pick(sorts) if len(sorts) > 1 else sorts[0], self.places)
        self.places.append(made)
        return made

    def do(self, kind: str, agent: Being | None = None, thing: Thing | None = None, other: Being | None = None,
           place: Place | None = None, second: Thing | None = None, topic: str | None = None,
           because: Event | None = None) -> Event:
        """Let something happen, now; an event that the state does not allow is our mistake."""
        event = Event(kind, agent, thing, other, place, second, topic, because)
        allowed, effect = EFFECTS[kind]
        assert allowed(self, event), f"{event} cannot happen after {[e.kind for e in self.events]}"
        effect(self, event)
        self.events.append(event)
        return event

    def hand(self, thing: Thing, to: Being | None) -> None:
        self.holder[thing] = to


Rule = tuple[Callable[[World, Event], bool], Callable[[World, Event], None]]


def _always(world: World, event: Event) -> bool:
    return True


def _nothing(world: World, event: Event) -> None:
    pass


def _has(world: World, event: Event) -> bool:
    return world.holder.get(event.thing) is event.agent


def _free(world: World, event: Event) -> bool:
    return world.holder.get(event.thing) is None


def _gets(world: World, event: Event) -> None:
    world.hand(event.thing, event.agent)
    world.owner.setdefault(event.thing, event.agent)


def _goes(world: World, event: Event) -> None:
    world.at[event.agent] = event.place


def _joins(world: World, event: Event) -> None:
    world.at[event.agent] = world.at.get(event.other) or event.place
    if event.place is not None:
        world.at[event.agent] = world.at[event.other] = event.place


def _loses(world: World, event: Event) -> None:
    world.hand(event.thing, None)
    world.at[event.thing] = event.place


def _gives(world: World, event: Event) -> None:
    world.hand(event.thing, event.other)
    world.owner[event.thing] = event.other


def _lends(world: World, event: Event) -> None:
    world.hand(event.thing, event.other)


def _takes(world: World, event: Event) -> None:
    world.hand(event.thing, event.agent)


def _swaps(world: World, event: Event) -> None:
    for thing, to in ((event.thing, event.other), (event.second, event.agent)):
        world.hand(thing, to)
        world.owner[thing] = to


def _breaks(world: World, event: Event) -> None:
    world.broken.add(event.thing)


def _mends(world: World, event: Event) -> None:
    world.broken.discard(event.thing)


def _feels(world: World, event: Event) -> None:
    world.feels[event.agent] = event.topic


def _learns(world: World, event: Event) -> None:
    world.skills.setdefault(event.agent, set()).add(event.topic)


def _eats(world: World, event: Event) -> None:
    world.eaten.add(event.thing)
    world.hand(event.thing, None)


def _changes_weather(world: World, event: Event) -> None:
    world.weather = event.topic


def _whole(world: World, event: Event) -> bool:
    return event.thing not in world.broken


# kind: (what must be true before it, what it changes). Roles by position in a sentence: agent - thing - other - place.
EFFECTS: dict[str, Rule] = dict.fromkeys((
    # noticed, thought, said or done without a change that a question could ask for
    "cross", "obstacle", "want", "see_thing", "search", "no_money", "earn", "notice", "remember", "decide", "fear", "dare", "dream", "idea",
    "greet", "ask", "refuse", "thank", "apologise", "forgive", "quarrel", "comfort", "offer", "help", "promise", "invite", "play", "share",
    "hug", "confess", "tell", "praise", "warn", "celebrate", "wait", "work", "sleep", "wish_skill", "try", "fail", "practise", "teach",
    "stuck", "rescue", "adopt", "run_away", "hear", "see", "do", "grow", "reveal", "clue", "show"), (_always, _nothing)) | {
    # moving
    "go": (_always, _goes), "return": (_always, _goes), "leave": (_always, _goes), "get_lost": (_always, _goes),
    "follow": (_always, _joins), "meet": (_always, _joins),
    # having
    "have": (_free, _gets), "buy": (_free, _gets), "make": (_free, _gets), "pick": (_free, _gets), "cook": (_free, _gets),
    "find": (_free, _takes), "take": (_always, _takes), "lose": (_has, _loses), "hide": (_has, _loses),
    "give": (_has, _gives), "lend": (_has, _lends), "give_back": (_has, _lends), "swap": (_has, _swaps), "plant": (_has, _nothing),
    "feed": (_always, _eats), "break": (_whole, _breaks), "burn": (_whole, _breaks), "repair": (_always, _mends),
    # being
    "feel": (_always, _feels), "succeed": (_always, _learns), "weather": (_always, _changes_weather),
}
