"""Simulated stories told in sentences: every event by a pattern of its kind, with an opening before it and an end after it."""
from dataclasses import dataclass, field

from engine.corpus.cast import Cast
from engine.corpus.chance import Menu
from engine.corpus.document import Draft
from engine.corpus.pattern import Bank
from engine.corpus.simulate import GOALS, Story, simulate
from engine.corpus.teller import Teller
from engine.corpus.world import FEARS, FEELINGS, OBSTACLES, SKILLS, SOUNDS, SPOTS, TASKS, WEATHERS, Event

TOPICS = {"feel": "feelings", "fear": "fears", "dare": "fears", "weather": "weathers", "obstacle": "obstacles", "cross": "obstacles", "hear": "sounds",
          "work": "tasks", "notice": "tasks", "stuck": "spots"} | dict.fromkeys(("wish_skill", "try", "fail", "practise", "teach", "succeed"), "skills")
TABLES = {"feelings": FEELINGS, "skills": SKILLS, "fears": FEARS, "weathers": WEATHERS, "obstacles": OBSTACLES, "sounds": SOUNDS, "tasks": TASKS, "spots": SPOTS}
KINDS = {"story": tuple(GOALS), "fable": ("lost", "quarrel", "rescue", "hungry", "mystery", "helping", "newcomer", "fear", "learn", "truth"),
         "bedtime": ("lost", "rescue", "fear", "way", "seed", "present", "newcomer"), "adventure": ("journey", "way", "rescue"), "mystery": ("mystery", "lost"),
         "diary": ("lost", "broken", "wanted", "quarrel", "rescue", "learn", "present", "helping", "truth", "seed", "newcomer")}
LENGTHS = Menu(("short", "middle", "full"), (3, 3, 4))
LASTING = frozenset(("have", "fear", "want", "wish_skill", "feel"))       # are not tied to a moment
LEADS = 0.5                        # of the events that begin with the hero are told with when it was
DETAILS = 0.6                       # of the things are described
ASIDES = 0.75                        # of the events are followed by something by the way
UNBROKEN = frozenset(("ask", "offer", "invite", "quarrel", "take", "try", "hear", "stuck", "notice", "see_thing"))      # whose answer must follow at once
LONGEST = 900                       # characters, after which a story comes to its end


@dataclass(frozen=True)
class Told:
    """A story that has been told: who tells it, and what happened."""
    teller: Teller
    story: Story
    detailed: set = field(default_factory=set)      # things that have been described


def made(teller_class: type[Teller], chance, kind: str, goal: str | None = None, speaker: bool = False) -> Told:
    """Simulate a story of a kind and bring a teller for it."""
    goal = goal or chance.pick(KINDS[kind])
    cast = Cast(chance, teller_class.lexicon, animals=kind == "fable", goal=goal)
    story = simulate(chance, cast, (goal,), busy=0.35)
    if speaker:
        story.hero.label.speaker = "1s"
    return Told(teller_class(chance, {}, cast), story)


def roles(told: Told, event: Event) -> dict:
    """The roles that an event's patterns may use."""
    given = {"A": event.agent, "B": event.other, "X": event.thing, "Y": event.second, "P": event.place, "H": told.story.hero,
             "T": (topic_table(event), event.topic) if event.topic else None}
    return {role: found for role, found in given.items() if found is not None}


def topic_table(event: Event) -> str:
    """Which list a topic stands in; a word may stand in several (cold is a feeling and a weather)."""
    table = TOPICS.get(event.kind)
    return table if table and event.topic in TABLES[table] else next((name for name, ids in TABLES.items() if event.topic in ids), "")


def bank(told: Told, event: Event) -> Bank | None:
    """The patterns for an event: of its topic, of its kind of topic, or of its kind; None if it goes without saying."""
    book, names = told.teller.book, []
    if event.topic:
        names = [f"{event.kind}.{event.topic}", f"{event.kind}.{topic_table(event)}"]
    for name in (*names, event.kind):
        if book.has("events", name):
            found = book.bank("events", name)
            return found if told.teller.tellable(found) else None
    return None


def tell(told: Told, openings: str, ending: str, length: str | None = None) -> None:
    """Opening, events, ending; a short story keeps to what begins and what settles it."""
    teller, story, book = told.teller, told.story, told.teller.book
    length = length or teller.chance.draw(LENGTHS)
    teller.roles = {"A": story.hero, "P": next(iter(story.world.places))}
    teller.tell(book.bank("frame", openings))
    story.hero.label.known = True
    for _ in range(teller.chance.pick((0, 1, 1, 2)) if length != "short" else teller.chance.pick((0, 0, 1))):
        teller.roles = {"A": story.hero}
        teller.tell(book.bank("asides", "portrait"))
    for event in story.events:
        if length == "short" and event not in (story.problem, story.solution) and not teller.chance.flip(0.15):
            continue
        if length == "middle" and event.kind in ("do", "see", "hear", "weather", "pick", "dream", "idea", "clue", "sleep", "share", "celebrate"):
            continue
        if sum(map(len, teller.parts)) > LONGEST and event is not story.solution:
            continue
        tell_event(told, event)
        if event.kind not in UNBROKEN and teller.chance.flip(ASIDES):
            aside(told, event)
    teller.roles = {"A": story.hero}
    teller.maybe(0.7 if length != "short" else 0.35, book.bank("frame", ending))


def tell_event(told: Told, event: Event) -> None:
    """One event in its words, now and then with when it was or what went on meanwhile before it."""
    teller = told.teller
    teller.roles = {"A": event.agent} if event.kind == "do" else roles(told, event)
    found = bank(told, event)
    if found is None:
        return
    pattern = teller.choose(found)
    lead = ""
    if pattern.source.startswith("{A} ") and event.agent is told.story.hero and event.kind not in LASTING and teller.chance.flip(LEADS):
        lead = teller.say(teller.book.bank("asides", "lead")) + " "
        teller.recent, teller.current = [], []
    teller.put(lead + teller.fill(pattern))
    if event.thing is not None and event.thing not in told.detailed and event.kind in ("have", "find", "see_thing", "buy", "make") and teller.chance.flip(DETAILS):
        told.detailed.add(event.thing)
        teller.roles = {"A": event.agent, "X": event.thing}
        teller.tell(teller.book.bank("asides", "detail"))


def aside(told: Told, event: Event) -> None:
    """Something by the way, about the hero, where it is, or whoever is with it."""
    teller, hero, bank = told.teller, told.story.hero, told.teller.book.bank
    teller.roles = {"A": hero}
    others = [being for being in (event.agent, event.other) if being is not None and being is not hero and being.label.known and not being.animal]
    if others and teller.chance.flip(0.4):
        teller.roles["B"] = others[0]
        teller.tell(bank("asides", "aside_friend"))
    elif event.place is not None and event.place.sort != "home" and teller.chance.flip(0.4):
        teller.roles["P"] = event.place
        teller.tell(bank("asides", "aside_place"))
    else:
        teller.tell(bank("asides", "aside"))


def summary_roles(story: Story) -> dict:
    """The roles of a summary: the hero, the thing, and whoever settled it."""
    problem, solution = story.problem, story.solution
    other = next((being for being in (solution.agent, solution.other, problem.other, problem.agent) if being is not None and being is not story.hero), None)
    given = {"A": story.hero, "X": problem.thing or solution.thing, "B": other, "P": problem.place or solution.place,
             "T": (topic_table(problem), problem.topic) if problem.topic else None}
    return {role: found for role, found in given.items() if found is not None}


def story(teller_class: type[Teller], chance, kind: str = "story") -> Draft:
    """A story, fable, bedtime tale, adventure or mystery, now and then under a title."""
    told = made(teller_class, chance, kind)
    teller = told.teller
    if chance.flip(0.2):
        title(told)
    tell(told, "opening" if kind == "story" else f"opening_{kind}", {"fable": "moral", "bedtime": "ending_bedtime"}.get(kind, "ending"))
    return teller.draft()


def title(told: Told) -> None:
    teller = told.teller
    teller.roles = summary_roles(told.story)
    known = [item.label for item in (told.story.hero, *teller.roles.values()) if hasattr(item, "label")]
    teller.tell(teller.book.bank("frame", f"title.{told.story.goal}")).line()
    for label in known:
        label.known = False
    teller.recent, teller.current = [], []


def diary(teller_class: type[Teller], chance) -> Draft:
    """A page of a diary: a story that happened to "me"."""
    told = made(teller_class, chance, "diary", speaker=True)
    tell(told, "opening_diary", "ending_diary" if told.teller.book.has("frame", "ending_diary") else "ending")
    return told.teller.draft()


def summary(teller_class: type[Teller], chance) -> Draft:
    """A story and, behind it, the same in one sentence."""
    kind = chance.pick(("story", "story", "fable", "adventure"))
    told = made(teller_class, chance, kind)
    tell(told, "opening" if kind == "story" else f"opening_{kind}", "ending", chance.pick(("short", "middle")))
    summarise(told)
    return told.teller.draft()


def summarise(told: Told) -> None:
    """Behind the story: the lead-in to a summary, and the sentence, marked as an answer."""
    teller = told.teller
    teller.roles = {}
    teller.line().tell(teller.book.bank("ask", "summary_lead")).raw(" " if teller.chance.flip(0.7) else "\n")
    teller.roles = summary_roles(told.story)
    teller.raw(teller.mark("summary", teller.sentence(teller.say(teller.book.bank("frame", f"summary.{told.story.goal}")))))


def comprehension(teller_class: type[Teller], chance) -> Draft:
    """A story and questions about it, whose answers the simulation knows."""
    told = made(teller_class, chance, "story")
    tell(told, "opening", "ending", chance.pick(("short", "middle", "middle")))
    teller, story = told.teller, told.story
    asked = []
    given = summary_roles(story)
    frame_bank = teller.book.bank("frame", f"asked.{story.goal}")
    fitting = [pattern for pattern in frame_bank.patterns if pattern.roles <= given.keys()]
    if fitting:
        asked.append((chance.pick(fitting), given))
    for thing in story.world.things[:2]:
        if thing.colour and thing.label.known:
            asked.append((_ask(teller, "color_of_thing"), {"X": thing, "C": thing.label.hue}))
        owner = story.world.owner.get(thing)
        if owner is not None and thing.label.known and owner.label.known:
            asked.append((_ask(teller, "owner_of_thing"), {"X": thing, "A": owner}))
    asked.append((_ask(teller, "hero_name" if story.hero.label.name else "hero_noun"), {"A": story.hero}))
    frame = teller.typed(chance.pick(teller.book.teller_class.frames()))
    for pattern, roles_ in chance.several(asked, min(len(asked), chance.pick((1, 2, 2, 3)))):
        teller.roles, teller.recent, teller.current = roles_, [], []
        question, _, reply = teller.fill(pattern).partition("|")
        answer = reply.strip().removesuffix(".")
        body = teller.mark("story", teller.sentence(answer)) + "." if "\ue000" not in reply else teller.sentence(reply)
        teller.line().raw(frame.replace("{Q}", teller.sentence(question)).replace("{R}", body) + "\n")
    return teller.draft()


def _ask(teller: Teller, key: str):
    return teller.chance.pick(teller.book.bank("ask", key).patterns)
