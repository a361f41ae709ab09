"""Texts that ask back: comprehension (a short story, then questions) and recall (a fact, a long way, the question)."""
from typing import NamedTuple

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.cast import Person, companion, names, syllables
from engine.corpus.en.grammar import action, bank, capital, kinds
from engine.corpus.en.openings import Story, thing_action
from engine.corpus.split import held_out


class Told(NamedTuple):
    """A fact of the story: who, what kind, and the answer."""
    kind: str
    slots: dict[str, str]
    answer: str


# kind of fact: statements ({n} the hero or rival, {o} the answer), questions, full answers up to the answer, rest after it
KINDS = {
    "pet": (("{n} had a {pet} named {o}.", "{n}'s {pet} was called {o}.", "{n} had a {pet}. Its name was {o}.", "{o} was the name of {n}'s {pet}.", "At home, {n} had a {pet} called {o}."),
            ("What was the name of {n}'s {pet}?", "What was {n}'s {pet} called?", "Can you tell me the name of {n}'s {pet}?"), ("The {pet}'s name was ", "{n}'s {pet} was called ", "The name of {n}'s {pet} was ")),
    "friend": (("{n}'s best friend was {o}.", "{o} was {n}'s best friend.", "{n} had a good friend named {o}.", "The best friend of {n} was called {o}.", "{n} and {o} were best friends."),
               ("Who was {n}'s best friend?", "What was the name of {n}'s best friend?", "Who was the best friend of {n}?"), ("{n}'s best friend was ", "The best friend of {n} was ")),
    "colour": (("{n}'s favorite color was {o}.", "{n} had a {o} {thing}.", "The {thing} of {n} was {o}.", "{n}'s {thing} was {o}.", "{n} liked {his} {o} {thing} best of all."),
               ("What color was {n}'s {thing}?", "Which color did {n}'s {thing} have?", "What was the color of {n}'s {thing}?"), ("{n}'s {thing} was ", "The {thing} was ", "The color of {n}'s {thing} was ")),
    "object": (("In the box, {n} kept {o}.", "{n} had a small box, and in the box there was {o}.", "There was {o} in {n}'s box.", "{n} put {o} into {his} box.", "{n} hid {o} in a box."),
               ("What was in {n}'s box?", "What did {n} keep in the box?", "What was there in the box of {n}?"), ("In {n}'s box there was ", "In the box there was ", "It was ")),
    "place": (("{n} left the key {o}.", "{n} hid the key {o}.", "The key of {n} was {o}.", "{n} put {his} key {o}.", "{n} always kept {his} key {o}."),
              ("Where was {n}'s key?", "Where did {n} leave the key?", "Where was the key of {n}?"), ("The key was ", "{n}'s key was ", "The key of {n} was ")),
    "name": (("{n} lived in a village called {o}.", "{n}'s village was called {o}.", "The name of {n}'s village was {o}.", "{n} came from {o}, a little village."),
             ("What was the name of {n}'s village?", "What was {n}'s village called?", "From which village did {n} come?"), ("The village was called ", "{n}'s village was called ", "The name of the village was ")),
}
HIDING = ("under the mat", "behind the clock", "in the flower pot", "under the pillow", "in the blue cup", "on the shelf", "in the drawer", "under a stone", "behind the mirror",
          "in the old shoe", "on the windowsill", "in the basket", "under the bed", "in the teapot", "behind the books", "in the barn", "under the stairs", "next to the lamp")
DEEDS = (
    "{S} {act}.", "{Later}, {s} {actshort}.", "{S} {actshort} and {actshort}.", "Then {s} {actshort}.", "{His} {relative} {kinact}.", "{Whenever}, {s} {actshort}.",
)
WAY = (
    "Outside, {thing_do}.", "{Thing_any}.", "{S} saw {sight}.", "{S} was {joyless} that day.", "It smelled of {smell}.", "{Sudden}, {thing_do}.", "The sky was {sky}.", "{Stranger} came by and {passing}.",
    "On the {furniture} there was {a_dish}.", "{S} counted {number} {fruits}.", "{S} wanted to {do}.", "{His} {relative} said, \"Today is a {weather} day.\"", "The {animal} that lived next door was very {trait_animal}.",
    "For lunch there was {meal} with {vegetables}.", "{S} looked out of the window and saw {a_animal}.", "{S} heard a sound, but it was only the wind.", "There was {a_plant} in front of the {building}.",
    "{S} thought about the next {day}.", "\"It is time for {a_snack},\" said {his} {relative}.", "The {vehicle} was {slow} today.", "{S} dreamed of {a_vehicle}.", "In the street, {stranger} {passing}.", "{S} talked about {animals} and {fruits}.",
    "The {drink} was still hot.", "{Thing_any}, and {thing_do}.", "{S} laughed because {thing_do}.", "{S} hummed {a_song}.",
)
ASKING = (
    "At last somebody asked: {q} ", "In the evening, {his} {relative} asked: {q} ", "{q} ", "Do you still know it? {q} ", "And now a question: {q} ", "Think back to the beginning. {q} ", "Somebody wanted to know: {q} ",
    "Do you remember? {q} ", "The teacher asked: {q} ", "Question: {q}\nAnswer: ", "\n{q}\n",
)


class Long(Story):
    """A story of everyday moments, without the pets and friends of which a question might ask."""

    def __missing__(self, key: str) -> str:
        if key == "whenever":
            return self.chance.pick(("before lunch", "in the afternoon", "at noon", "later that day", "when it was quiet", "as always", "first", "without a word"))
        if key == "passing":
            return self.fill(self.chance.pick(("smiled", "waved", "asked for the way", "sold {fruits}", "sang {a_song}", "carried {a_basket}", "laughed", "talked about the {weather} weather", "rode {a_bicycle}", "looked for {a_animal}")))
        if key == "slow":
            return self.chance.pick(("late", "slow", "full", "empty", "loud", "fast"))
        if key == "thing_any":
            return thing_action(self)
        if key == "theiract":
            self["own"], mine = self["their"], self["own"]
            text = action(self, short=True)
            self["own"] = mine
            return text
        if key == "trait_animal":
            return self.chance.pick(("hungry", "tired", "big", "old", "friendly", "noisy", "sleepy", "quiet"))
        if key == "stranger":
            return self.chance.pick(bank()["stranger"].options)
        return super().__missing__(key)


def tell_fact(stage: Story, kind: str, other: bool, taken: set[str]) -> Told:
    """A fact about the hero, or about the rival where `other`, that no fact in `taken` answers alike."""
    chance = stage.chance
    who = stage.friend if other else stage.hero
    slots = {"n": who.name, "his": "her" if who.girl else "his", "he": "she" if who.girl else "he", "pet": stage["pet"]}
    slots["thing"] = stage.setdefault("thing", chance.pick(*kinds()[chance.pick(("clothing", "toy", "object"))].nouns))
    while True:
        if kind == "pet":
            stage.adopt(stage["pet"])
            answer = stage["P"]
        elif kind == "friend":
            answer = another(stage).name
            while held_out("cast", who.name, answer):
                answer = another(stage).name
        elif kind == "colour":
            answer = stage["color"]
        elif kind == "object":
            answer = stage.phrase("a", "treasure", 0.5)
        elif kind == "place":
            answer = chance.pick(HIDING)
        else:
            answer = syllables(chance, 2, 3).capitalize()
        if answer not in taken and answer not in (stage.hero.name, stage.friend.name):
            taken.add(answer)
            return Told(kind, slots, answer)


def another(stage: Story) -> Person:
    """A third child, neither the hero nor the rival."""
    return companion(stage.chance, stage.hero, (stage.friend.name,))


def put(draft: Draft, stage: Story, told: Told) -> None:
    """State the fact."""
    statements = KINDS[told.kind][0]
    if told.kind == "colour":
        statements = statements[1:]
    options = [line for line in statements if line not in stage.used] or statements
    line = stage.chance.pick(options)
    stage.used.add(line)
    draft.say(capital(line.format(o=told.answer, **told.slots)).replace(" a orange", " an orange"))


def ask(chance: Chance, told: Told, before: str) -> tuple[str, str]:
    """A question about the fact and the beginning of the whole answer, worded unlike anything in `before`."""
    _, questions, answers = KINDS[told.kind]
    starts = [start for answer in answers if (start := answer.format(**told.slots)) not in before]
    return chance.pick(questions).format(**told.slots), chance.pick(starts or answers).format(**told.slots)


def recall(chance: Chance) -> Draft:
    """A fact or three first, then an ordinary day that has nothing to do with them, then the question and the answer."""
    stage, draft = Long(chance), Draft()
    several = chance.several(tuple(KINDS), chance.pick((1, 2, 3), (3, 3, 1)))
    taken: set[str] = set()
    told = [tell_fact(stage, kind, False, taken) for kind in several]
    if chance.flip(0.45):
        told.append(tell_fact(stage, several[0], True, taken))
    if not any(fact.slots["n"] == stage.hero.name for fact in told[:1]) or chance.flip(0.5):
        draft.say(stage.open_plain() + " ")
    for fact in chance.several(told, len(told)):
        put(draft, stage, fact)
        draft.say(" ")
    stage.clear = len(told) == 1
    goal = draft.text.count(" ") + chance.pick((30, 60, 90, 120, 140), (1, 2, 3, 3, 3))
    words, lines = draft.text.count(" "), set()
    while words < goal:
        fresh = [way for way in WAY if way not in stage.used]
        if not fresh or chance.flip(0.6):
            line = capital(stage.fill(chance.pick(DEEDS)))
            stage.heard(line)
        else:
            line = stage.tell(fresh)
        if line not in lines and not any(answer in line for answer in taken):
            lines.add(line)
            draft.say(line + " ")
            words += line.count(" ") + 1
    asking = chance.pick(ASKING)
    for i, fact in enumerate(chance.several(told, min(len(told), chance.pick((1, 2), (3, 1))))):
        stage["q"], start = ask(chance, fact, draft.text)
        bare = asking.startswith("Question")
        if i:
            draft.say("\n" if bare or asking.startswith("\n") else " ")
        draft.say(stage.fill(asking if i == 0 or bare else "{q}\n" if asking.startswith("\n") else "{q} "))
        if bare or chance.flip(0.2):
            draft.answer(fact.kind, capital(fact.answer)).say("" if bare else ".")
        else:
            draft.say(start).answer(fact.kind, fact.answer).say(".")
    return draft


SCENES = (
    # a moment in which a fact of each kind may turn up by the way
    ("friend", ("{F} came along and helped {him}.", "Then {s} met {F}, and they played together.", "{F} sat down next to {him}.", "{F} brought {him} {a_snack}.")),
    ("pet", ("{His} {pet} {P} came with {him}.", "{P}, {his} {pet}, ran after {him}.", "{S} had {his} {pet} with {him}. It was called {P}.")),
    ("colour", ("{S} wore a {c} {wear}.", "{S} had a new {c} {wear}.", "{His} {wear} was {c}.")),
    ("place", ("{S} was {at}.", "{S} was {at} with {his} {relative}.", "That day, {s} spent the whole afternoon {at}.")),
    ("object", ("There, {s} found {o}.", "{Sudden}, {s} saw {o} on the ground.", "On the way, {s} found {o} and took it along.")),
    ("name", ("An old {grown} named {m} told {him} a story.", "{S} met a {grown} called {m}.", "A kind {grown} named {m} gave {him} {a_fruit}.", "{S} talked to {m}, a {grown} from the next village.")),
)
ASKS = {
    "friend": (("In the story, who was with {H}?", "Who met {H} in the story?", "In the story, which friend was with {H}?"), "{H} was with "),
    "pet": (("In the story, what was {H}'s {pet} called?", "What is the name of the {pet} in the story?", "In the story, what was the name of the {pet}?"), "The {pet} was called "),
    "colour": (("In the story, what color was {H}'s {wear}?", "What color was the {wear} in the story?", "In the story, which color did {H} wear?"), "The {wear} was "),
    "place": (("In the story, where was {H}?", "Where did {H} spend the day in the story?", "In the story, where was {H} that day?"), "{H} was "),
    "object": (("In the story, what did {H} find?", "What did {H} find in the story?", "In the story, which thing did {H} find?"), "{H} found "),
    "name": (("In the story, what was the name of the {grown}?", "What was the {grown} in the story called?", "What was the {grown}'s name in the story?"), "The {grown} was called "),
}
FRAMES = (("Question: ", "\nAnswer: ", "\n"), ("", " ", "\n"), ("Q: ", "\nA: ", "\n"), ("", "\n", "\n"), ("- ", " ", "\n"))
DISTRACTORS = (
    "{T} was {elsewhere}.", "{T} had a {c2} {wear2}.", "{T}'s {pet2} {P2} was at home.", "{T} {theiract}.", "In the window hung a {c2} {wear2}.", "{His} {relative} {act}.", "{T} wanted to find {a_treasure}, too.",
)


MOMENTS = DEEDS[:4] + WAY[:5] + WAY[10:11]
WALKERS = ("dog", "cat", "puppy", "kitten", "rabbit", "duck", "pony", "goat", "hen")


def comprehension(chance: Chance) -> Draft:
    """Three to six sentences about a child, then two or three questions whose answers stand in them."""
    stage, draft = Long(chance), Draft()
    third = another(stage)
    other, stage["their"] = third.name, "her" if third.girl else "his"
    stage.update(T=other, c=stage["color"], wear=chance.pick(*kinds()["clothing"].nouns), o=stage.phrase("a", "treasure", 0.5))
    stage.adopt(*WALKERS)
    stage["grown"], girl = chance.pick((("man", False), ("farmer", False), ("woman", True)))
    stage["m"] = stage["H"]
    while stage["m"] in (other, stage["F"], stage["H"], stage["P"]):
        stage["m"] = syllables(chance, 2, 2).capitalize() if chance.flip(0.3) else chance.pick(*names(girl))
    here, own = stage.place, stage["P"]
    while (elsewhere := Story(chance)).place is here:
        continue
    while elsewhere["P"] in (own, other, stage["m"]) or elsewhere["color"] == stage["c"]:
        elsewhere.adopt()
    stage.update(elsewhere=elsewhere.place.at, P2=elsewhere["P"], pet2=elsewhere["pet"], wear2=elsewhere["nthing"] if "nthing" in elsewhere else chance.pick(("coat", "scarf", "hat", "flag", "cap")))
    stage["c2"] = chance.pick([color for color in ("red", "blue", "green", "yellow", "white", "black", "brown") if color != stage["c"]])
    lines: list[str] = []
    scenes = chance.several(SCENES, chance.number(2, 4))
    if all(kind != "place" for kind, _ in scenes):
        lines.append(stage.open_plain())
    else:
        scenes.sort(key=lambda scene: scene[0] != "place")
        stage.clear = False
    found = []
    for i, (kind, wordings) in enumerate(scenes):
        if i and chance.flip(0.35):
            lines.append(stage.tell(DISTRACTORS))
            stage.clear = False
        if lines and chance.flip(0.45):
            lines.append(stage.tell(MOMENTS))
        line = stage.tell(wordings)
        lines.append(line)
        found.append(kind)
    if chance.flip(0.4):
        lines.append(stage.tell(("{S} was {joy}.", "What a day!", "{S} went home and slept well.", "Then it started to rain.", "In the evening, {s} was tired.")))
    draft.say(" ".join(dict.fromkeys(lines)))
    lead, then, gap = chance.pick(FRAMES, (4, 3, 2, 1, 1))
    values = {"friend": stage["F"], "pet": own, "colour": stage["c"], "place": here.at, "object": stage["o"], "name": stage["m"]}
    full = chance.flip(0.4)
    for kind in chance.several(found, min(len(found), chance.number(2, 3))):
        asked, start = ASKS[kind]
        draft.say("\n" + lead + stage.fill(chance.pick(asked)) + then)
        value = values[kind]
        if full:
            draft.say(stage.fill(start)).answer(kind, value).say(".")
        else:
            draft.answer(kind, capital(value))
    return draft
