"""Narratives: stories with a plot, adventures, diaries, and plain everyday sentences."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.cast import Stage, places
from engine.corpus.en.grammar import action, capital, inflect, load, menu
from engine.corpus.en.openings import BETWEEN, ENDINGS, Story, thing_action
from engine.corpus.en.plots import PLOTS

LACKS = ("sugar", "milk", "butter", "flour", "honey")
SLOTS = {
    "bakes": ("a cake", "cookies", "an apple pie", "a chocolate cake"),
    "smell2": ("cake", "chocolate", "cinnamon", "vanilla", "warm apples"),
    "a_stray": ("a little cat", "a tiny kitten", "a young bird", "a small dog", "a little hedgehog", "a baby rabbit", "a young fox"),
    "thing2": ("sandwich", "cake", "pancake", "apple", "pie", "banana", "cookie"),
    "sibling": ("sister", "brother"), "parent": ("mother", "father", "grandmother", "aunt"),
    "thanks2": ("Thank you", "I thank you", "Thanks"), "said2": ("said", "cried", "whispered"),
    "joy2": ("happy", "glad", "pleased"), "sunny_plant": ("sunflower", "tree", "bush", "pumpkin", "bean plant"),
    "monster": ("ghost", "thief", "monster", "bear", "wolf", "dragon"),
    "night_spot": ("under the stairs", "behind the door", "in the cupboard", "on the roof", "in the hall"),
    "at_place": ("in the yard", "on the way", "at noon", "on a bench", "by the gate"),
    "voyage": ("in a small boat", "on a white horse", "by train", "on foot", "in a hot-air balloon", "on a big ship", "on a donkey", "on a sled"),
    "goal": ("an island", "an old castle", "a dark cave", "a high mountain", "a sunken ship", "a deep valley", "a tower in the desert", "the end of the river"),
    "guard": ("a dragon", "an old bear", "a giant", "a big wolf", "a wise owl", "a sleepy lion", "a troll", "a talking fox"),
    "growing": ("April", "May", "March", "spring"),
    "wish": ("a song", "a story", "a joke", "a cake", "something to eat", "a friend"),
    "wonder": ("a chest full of golden coins", "a book without an end", "a garden in which it never rained", "a silver bell", "a letter from {his} grandfather", "a blue stone that shone at night", "a horse with wings", "a crown of shells", "an old sword", "a hundred balloons"),
}


class Tale(Story):
    """A story that settles the slots of its plot when they are first asked for."""

    def __missing__(self, key: str) -> str:
        if key in SLOTS:
            self[key] = self.fill(self.chance.pick(*menu(SLOTS[key])))
            return self[key]
        if key == "thegoal":
            return "the " + self["goal"].split(" ", 1)[1]
        if key == "skill_now":
            return self["skill"]
        if key == "fear_again":
            return self["fear"]
        if key == "athing2":
            return self.phrase("a", self["thing2"])
        if key == "lack":
            self["lack"] = self.chance.pick(LACKS)
            return self["lack"]
        if key == "other_lack":
            return self.chance.pick([lack for lack in ("sugar", "milk", "butter", "eggs", "honey") if lack != self["lack"]])
        if key == "stranger":
            self["stranger"] = super().__missing__("stranger")
            self["Stranger"] = "The " + self["stranger"].split(" ", 1)[1]
            return self["stranger"]
        if key == "Stranger":
            return capital(self["stranger"])
        return super().__missing__(key)


def story(chance: Chance) -> Draft:
    """A child, a wish or a trouble, and how it ends; now and then only its beginning or an everyday moment."""
    tale = Tale(chance)
    kinds_, where, pets, steps = PLOTS[chance.pick(tuple(PLOTS))]
    tale.take(*kinds_)
    if pets:
        tale.adopt(*pets)
    if where:
        spots = [place for place in places().options if place.name in where]
        tale.go(chance.pick(spots))
    lines = [tale.open()]
    length = chance.pick(("short", "moment", "whole"), (1, 1.2, 8))
    if length == "short":
        lines += tale.fillers(0.4, 1)
    elif length == "moment":
        lines += tale.fillers(0.85, 5)
        lines.append(tale.tell(ENDINGS))
    else:
        lines += tale.fillers(0.4)
        for i, step in enumerate(steps):
            lines.append(tale.tell(step))
            if i in (0, 2) and chance.flip(0.12):
                lines.append(tale.tell(BETWEEN))
        lines += [tale.end(lines)] if chance.flip(0.75) else []
    gap = "\n" if chance.flip(0.08) else " "
    return Draft().say(gap.join(dict.fromkeys(lines)))


ADVENTURE = [
    ("{S} had always dreamed of {goal}.", "In a book, {s} read about {goal}.", "{Stranger_old} told {him} about {goal}.", "{S} found an old map. It showed the way to {goal}."),
    ("\"Come with me, {F}!\" {said} {H}.", "{F} wanted to come too.", "{S} packed some {food}, a rope and a lamp and called {F}.", "{H} and {F} took some {food} and {a_treasure} with them."),
    ("They traveled {voyage} for {number} days.", "Early in the morning, they started {voyage}.", "For {number} nights they traveled {voyage}."),
    ("On the second day, a storm came up.", "The way was long, and it was {weather}.", "Then it became so foggy that they could not see anything.", "At night, it was dark, and the wind blew.", "On the way, {F} lost {fhis} {clothing}."),
    ("A bridge was broken, so they built a new one out of wood.", "They were tired and hungry and shared their last {fruit}.", "{H} was {sorrow}, but {F} sang a song.", "{F} wanted to go back, but {H} said, \"Only one more day!\""),
    ("{Finally}, they saw {thegoal} in front of them.", "Then, {morning}, they reached {thegoal}.", "And there it was: {thegoal}!"),
    ("{Guard} stood in their way.", "At the entrance sat {guard}.", "{Sudden}, {guard} appeared.", "But {guard} lived there."),
    ("\"Give me {wish},\" it said, \"and you may pass.\"", "\"Who are you?\" it asked. \"I have been waiting for {wish} for a hundred years.\"", "It did not want to hurt them. It only wanted {wish}."),
    ("{H} gave it what it wanted, and it smiled.", "{F} had a good idea and gave it {wish}.", "They were not afraid and gave it {wish}.", "That was easy for {H} and {F}."),
    ("Inside, they found {wonder}.", "Behind a door they found {wonder}.", "As a present they got {wonder}.", "There, in the light of the lamp, was {wonder}."),
    ("They took it home and showed it to everybody.", "They left it there, for it was not theirs.", "On the way home they talked about nothing else.", "When they came home, their families were waiting with hot {drink}."),
]


def adventure(chance: Chance) -> Draft:
    """A journey of two friends to a faraway place, past a guard, to something wonderful."""
    tale = Tale(chance)
    tale.take("treasure")
    tale["Stranger_old"] = chance.pick(("An old sailor", "A fisherman", "Her grandfather" if tale.hero.girl else "His grandfather", "A traveler"))
    tale["goal"]
    lines = [tale.open()]
    for i, step in enumerate(ADVENTURE):
        if i not in (3, 4, 10) or chance.flip(0.6):
            lines.append(tale.tell(step))
    if chance.flip(0.6):
        lines.append(tale.end(lines))
    return Draft().say((" " if chance.flip(0.8) else "\n").join(dict.fromkeys(lines)))


DIARY = (
    "I {act}.", "After that I {actshort}.", "In the morning I {actshort}.", "Then {F} came, and we {weact}.", "My {relative} {kinact}.", "It was {weather} all day.",
    "Outside, {thing_do}.", "At school I sat next to {F}.", "{F} told me a secret, but I will not write it here.", "I was {joyless} today.",
    "I saw {sight} and thought of {F}.", "For dinner there was {meal} with {vegetables}.", "My {pet} {P} slept next to me.", "I wanted to {do}, but it was too {weather}.",
    "In the evening we {weact}.", "I lost {a_treasure} and found it again {spot}.", "We {act}, and {F} laughed a lot.", "I am learning to {skill_now}.",
    "I dreamed about {a_animal} last night.",
)
DIARY_ENDS = (
    "Tomorrow I want to {do} {at}.", "I am {joy} now.", "Good night, dear diary!", "What a day!", "Now I am tired and I will sleep.", "I hope that tomorrow will be {weather}.",
    "I wonder what {F} is doing now.", "It was a good day.", "I will write more tomorrow.",
)


def diary(chance: Chance) -> Draft:
    """A day in a child's diary, in the first person."""
    tale = Tale(chance)
    tale["own"] = "my"
    head = chance.pick(("Dear diary,\n", "{Day}\n", "{Day}, {date} {month}\n", "Dear diary, today was a {weather} day. ", "Today, {day}, I was {at}. "))
    tale["date"] = str(chance.number(1, 28))
    lines = [tale.tell(DIARY) for _ in range(chance.number(3, 8))]
    if chance.flip(0.8):
        lines.append(tale.tell(DIARY_ENDS))
    tale["day"] = chance.pick(tuple(load("phrases")["slots"]["day"]))
    return Draft().say(tale.fill(head) + " ".join(dict.fromkeys(lines)))


SUBJECTS = (
    ("I", "my", 1), ("we", "our", 1), ("you", "your", 1), ("they", "their", 1), ("my sister", "her", 3), ("my brother", "his", 3), ("my mother", "her", 3), ("my father", "his", 3),
    ("{H}", "", 3), ("{H} and {F}", "their", 1), ("the old man", "his", 3), ("the girl", "her", 3), ("the boy", "his", 3), ("the children", "their", 1), ("my friend", "his", 3),
    ("our teacher", "her", 3), ("he", "his", 3), ("she", "her", 3), ("my grandmother", "her", 3), ("the woman", "her", 3), ("my parents", "their", 1), ("a little boy", "his", 3),
)


def sentences(chance: Chance) -> Draft:
    """One to three everyday sentences, in every person, now or in the past."""
    stage = Stage(chance)
    lines = [sentence(stage) for _ in range(chance.pick((1, 2, 3), (3, 2, 1)))]
    return Draft().say(" ".join(dict.fromkeys(lines)))


def sentence(stage: Stage) -> str:
    chance = stage.chance
    kind = chance.pick(("person", "animal", "thing", "copula"), (11, 6, 2.5, 2))
    if kind == "thing":
        return capital(thing_action(stage)) + "."
    if kind == "copula":
        return capital(stage.choose(COPULAS))
    time = ""
    if kind == "animal":
        noun = chance.pick(("cat", "dog", "bird", "horse"), (4, 4, 3, 1.5))
        form = chance.pick(("past", "third", "gerund"), (6, 2, 1))
        det = chance.pick(("the", "my", "our", "a", "{H}'s"), (8, 2, 1, 1, 1))
        stage["own"] = "its"
        subject = stage.fill(stage.phrase("bare", noun, 0.3))
        subject = stage.phrase("a", noun, 0.3) if det == "a" else f"{stage.fill(det)} {subject}"
        phrase = action(stage, noun, form)
        if form == "gerund":
            phrase = chance.pick(("is ", "was ")) + phrase
    else:
        subject, own, number = chance.pick(*menu(SUBJECTS, 0.4))
        subject = stage.fill(subject)
        stage["own"] = own or stage["his"]
        form = chance.pick(("past", "present", "gerund", "future", "want", "negative"), (8, 4, 1.5, 1, 1, 0.7))
        if form == "past" and chance.flip(0.25):
            time, phrase = capital(stage["when"]), action(stage, short=True)
        else:
            phrase = clause(stage, subject, number, form)
    if time:
        return f"{time}, {subject} {phrase}."
    return f"{capital(subject)} {phrase}."


def clause(stage: Stage, subject: str, number: int, form: str) -> str:
    """What a person does, agreeing with the subject."""
    chance = stage.chance
    singular = number == 3
    if form == "past":
        return action(stage)
    if form == "present":
        phrase = action(stage, form="third" if singular else "base", short=True)
        return f"{phrase} {stage['time']}" if chance.flip(0.5) else phrase
    if form == "gerund":
        be = "am" if subject == "I" else "is" if singular else "are"
        if chance.flip(0.4):
            be = "was" if singular or subject == "I" else "were"
        return f"{be} {action(stage, form='gerund')}"
    if form == "future":
        return f"will {action(stage, form='base', short=True)} {chance.pick(('tomorrow', 'next week', 'on Sunday', 'tonight', 'soon'))}"
    if form == "want":
        verb = chance.pick(("want", "like", "have", "love", "need"))
        return f"{inflect(verb, 'third' if singular else 'base')} to {action(stage, form='base', short=True)}"
    return f"did not {action(stage, form='base', short=True)}"


COPULAS = (
    "the {furniture} is {color}.", "the {fruit} is {yum}.", "{H} is a {trait} {kind}.", "it is {weather} today.", "the {clothing} is {color}.", "my {toy} is {color}.", "the sky is {sky}.",
    "this is my {relative}.", "there is {a_object} on the {furniture}.", "there are {number} {fruits} in the basket.", "there was {a_animal} in the garden.", "the {building} is very old.",
    "{H} has {a_pet}.", "I have {a_toy} and {a_object}.", "we live in a {size} {home}.", "{H} was {joy}.", "the {drink} is hot.", "the room smells of {smell}.", "{H} is in the kitchen.", "today is {day}.",
    "my favorite color is {color}.", "the {vehicle} is very fast.", "the {animal} is hungry.", "{H} and {F} are friends.", "the {dish} is empty.", "her hair is long and black.",
)
