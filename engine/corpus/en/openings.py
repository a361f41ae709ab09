"""How narratives begin and end: first sentences, last sentences, and the small sentences between."""
from engine.corpus.en.cast import FEMALE, Stage
from engine.corpus.en.grammar import Menu, action, bank, capital, inflect, load, menu

# Weight 2.4 of 38: 6 % of the openings are the fairy tale's.
ONCE = (
    "Once upon a time, there was a {trait} {kind} named {H}.",
    "Once upon a time, there was a little {kind} called {H} who lived in a {size} {home}.",
    "Once upon a time, in a {size} {home}, there lived a {kind} named {H}.",
    "Once upon a time, a {trait} {kind} named {H} lived with {his} {relative} in a {size} {home}.",
    "Once upon a time there was a {kind} who loved {animals}. {His} name was {H}.",
)
OTHERS = (
    "{Morning}, {H} was {at}.",
    "{Morning}, {H} went {to} with {his} {relative}.",
    "{H} was a {trait} {kind} who lived in a {size} {home}.",
    "There was a {trait} {kind} named {H} on our street.",
    "{H} lived in a {size} {home} with {his} {relative} and a {pet} named {P}.",
    "It was a {weather} day, and {H} was {at}.",
    "It was {day} morning. {H} woke up early and looked out of the window.",
    "The sky was {sky} when {H} went {to}.",
    "{H} liked to {do} {at}.",
    "Every {day}, {H} went {to} to {do}.",
    "In {season}, {H} often went {to}.",
    "{H} was {age} years old and very {trait}.",
    "{H} and {his} {relative} were {at} when it started to rain.",
    "The {job}'s {child} was named {H}.",
    "Nobody in the {home} was as {trait} as {H}.",
    "When the sun came up, {H} was already awake.",
    "Long ago, a {kind} named {H} lived near a {size} {nature}.",
    "{H} had {apet} named {P}.",
    "The house smelled of {smell}, and {H} jumped out of bed.",
    "\"Let's go {to}!\" said {H} {morning}.",
    "\"What shall we do today?\" asked {H}.",
    "A {kind} named {H} had only one wish: a {day} {at}.",
    "After breakfast, {H} put on {his} {color} {clothing} and went {to}.",
    "In a {size} {home} lived a {kind} with {hair} hair. {His} name was {H}.",
    "{H} and {his} {relative} lived next to the {building}.",
    "{Morning}, {H} {actshort}.",
    "It was the first day of {season}, and {H} was {joy}.",
    "My friend {H} is a {trait} {kind}. {Morning}, {he} went {to}.",
    "All the children knew {H}, the {trait} {kind} from the {size} {home}.",
    "School was over, and {H} wanted to {do} {at}.",
    "{H} looked at the sky. It was {sky}.",
    "The {weather} weather made {H} {joyless}.",
    "On {his} birthday, {H} went {to}.",
    "A long time ago, in {month}, {H} was {at} with {his} {relative}.",
    "{H}'s {relative} had a {job_shop} in the {home_place}.",
    "Do you know {H}? {He} is the {kind} who always has {a_treasure} in {his} pocket.",
)
EXTRA = {
    "age": lambda stage: stage.chance.pick(("six", "seven", "eight", "five", "nine", "ten")),
    "child": lambda stage: "daughter" if stage.hero.girl else "son",
    "job": lambda stage: stage.chance.pick(("baker", "farmer", "fisherman", "gardener", "miller", "shepherd", "teacher", "king")),
    "hair": lambda stage: stage.chance.pick(("brown", "black", "curly", "red", "long", "short", "golden")),
    "apet": lambda stage: stage.phrase("a", stage["pet"]),
    "act": lambda stage: action(stage),
    "actshort": lambda stage: action(stage, short=True),
    "kinact": lambda stage: kin_action(stage),
    "joyless": lambda stage: stage.chance.pick(("happy", "sleepy", "sad", "cheerful", "lazy", "hungry", "tired")),
    "job_shop": lambda stage: stage.chance.pick(("bakery", "toy shop", "flower shop", "bookshop", "fruit shop")),
    "home_place": lambda stage: stage.chance.pick(("village", "town", "main street", "old town", "next street")),
}
NATURE = ("the sun", "the rain", "the wind", "the leaves", "the bell", "the ducks", "the cows", "the children", "the flowers", "the river")
SKIES = {"sunny": ("blue", "clear", "bright"), "rainy": ("gray", "dark"), "windy": ("full of clouds", "gray", "bright"), "cold": ("gray", "clear"),
         "cloudy": ("gray", "full of clouds"), "warm": ("blue", "clear"), "snowy": ("white", "gray"), "foggy": ("gray", "white"),
         "hot": ("blue", "bright"), "stormy": ("dark", "black")}
LOOSE = ("act", "actshort", "kinact", "apet", "joyless")        # chosen anew each time; the others once per document
OPENINGS = Menu(ONCE + OTHERS, (0.46,) * len(ONCE) + (1.0,) * len(OTHERS))

PLAIN = (
    "{H} was a {trait} {kind} who lived in a {size} {home}.", "There was a {trait} {kind} named {H} on our street.", "It was {day} morning, and {H} woke up early.",
    "{H} got up early and washed {his} face.", "{H} was {age} years old and very {trait}.", "It was the first day of {season}, and {H} was {joy}.", "The {weather} weather made {H} {joyless}.",
    "Once upon a time, there was a {trait} {kind} named {H}.", "In a {size} {home} lived a {kind} with {hair} hair. {His} name was {H}.", "School was over, and {H} was {joyless}.",
    "\"What shall we do today?\" asked {H}.", "This is a story about {H}, a {trait} {kind}.", "The {job}'s {child} was named {H}.", "Everybody knew {H}, the {trait} {kind}.",
)
BETWEEN = (
    "{Later}, {s} {actshort}.", "{S} {act}.", "First, {s} {actshort}.", "The weather was {weather}.", "It smelled of {smell}.",
    "{S} was {joyless} that day.", "The sky was {sky}.", "{S} saw {sight}.", "{S} looked around and saw {sight}.",
    "{S} liked {animals} and {food}.", "{His} {relative} {kinact}.", "There was {sight}.", "{S} {actshort} and {actshort}.",
    "Before that, {s} {actshort}.", "In the distance, {thing_do}.", "Outside, {thing_do}.",
)
ENDINGS = (
    "{S} was {joy}.", "{S} went home, {joy}.", "{Finally}, {s} was {joy}.", "That evening, {s} told {his} {relative} everything.",
    "{S} smiled and went to sleep.", "It was the best day of the {season}.", "{S} never forgot that day.", "What a day!", "The end.",
    "{S} felt {joy} and slept well that night.", "{S} thought about it for a long time.", "{His} {relative} was very proud of {him}.",
    "\"Tomorrow I will come back,\" said {H}.", "Then {s} {actshort}.", "And so the day ended, and {H} was {joy}.",
)
ENDINGS_OF_TWO = ENDINGS[:6] + (
    "From that day on, {H} and {F} were best friends.", "Everybody was {joy}.", "They laughed and ate {a_snack} together.", "They went home hand in hand.",
    "Now {s} knew that a friend is better than gold.", "And {H} gave {F} a big hug.", "{F} and {H} often {weact} after that.", "\"Tomorrow we will come back,\" said {H}.",
)


class Story(Stage):
    """A stage that also knows the slots of openings and fillers, and keeps one relative, one fear, one skill."""

    def __init__(self, chance, besides: tuple[str, ...] = ()):
        super().__init__(chance, besides)
        for key in ("relative", "fear", "skill", "size", "home"):
            self[key] = self.fill(chance.pick(*bank()[key]))
        self.adopt()

    def __missing__(self, key: str) -> str:
        if key in EXTRA:
            self[key] = EXTRA[key](self)
            return self.pop(key) if key in LOOSE else self[key]
        if key == "thing_do":
            return thing_action(self, NATURE)
        if key in ("weather", "sky"):
            weather = self.chance.pick(tuple(SKIES))
            self["weather"], self["sky"] = weather, self.chance.pick(SKIES[weather])
            return self[key]
        if key == "weact":
            self["own"], mine = "our", self["own"]
            text = action(self, short=True)
            self["own"] = mine
            return text
        if key[0].isupper() and key not in ("S", "H", "F", "P") and key[1] != " ":
            return capital(self[key[0].lower() + key[1:]])
        return super().__missing__(key)

    def open(self) -> str:
        """A first sentence that names the hero."""
        text = capital(self.fill(self.chance.pick(*OPENINGS)))
        self.heard(text)
        return text

    def open_plain(self) -> str:
        """A first sentence that names nobody but the hero and no pet, color or place that a question may ask for."""
        text = capital(self.fill(self.chance.pick(PLAIN)))
        self.heard(text)
        return text

    def end(self, lines: list[str]) -> str:
        """A last sentence; of two friends only where the friend has come up."""
        return self.tell(ENDINGS_OF_TWO if any(self.friend.name in line for line in lines) else ENDINGS)

    def fillers(self, p: float, most: int = 2) -> list[str]:
        """None to `most` sentences of everyday life."""
        lines = []
        while len(lines) < most and self.chance.flip(p):
            lines.append(self.tell(BETWEEN))
        return lines


def kin_action(stage) -> str:
    """What the relative did, with the relative's own things."""
    stage["own"], mine = "her" if stage["relative"] in FEMALE else "his", stage["own"]
    text = action(stage)
    stage["own"] = mine
    return text


def thing_action(stage, subjects: tuple[str, ...] = ()) -> str:
    """the sun shone brightly: what things do by themselves, in the past."""
    table = load("actions")["thing"]
    subject = stage.chance.pick(subjects or tuple(table))
    return f"{subject} {inflect(stage.chance.pick(*menu(table[subject])), 'past')}"
