"""How facts are put into words: statements, questions and short answers for each relation."""
from functools import cache

from engine.corpus.document import Draft
from engine.corpus.en.grammar import Scene, article, capital, load, plural
from engine.corpus.facts import Fact, facts

# {s} subject, {a} the subject with the article that suits it, {p} its plural, {o} object, {ao} object with a or an.
STATEMENTS = {
    "capital": ("{o} is the capital of {s}.", "The capital of {s} is {o}.", "In {s}, the capital city is called {o}.", "{s} has a capital called {o}.", "The capital city of {s} is {o}.",
                "{s} is a country, and its capital is {o}.", "If you travel to {s}, you can visit the capital, {o}."),
    "language": ("In {s}, people speak {o}.", "People in {s} speak {o}.", "The language of {s} is {o}.", "Children in {s} learn to read and write in {o}.", "{o} is the language of {s}.", "If you live in {s}, you speak {o}."),
    "opposite": ("The opposite of {s} is {o}.", "{s} is the opposite of {o}.", "{s} and {o} are opposites.", "If it is not {s}, it is {o}.", "The word {s} has an opposite: {o}.", "One is {s}, and the other is {o}."),
    "sound": ("{a} {o}.", "The {s} {o}.", "When {a} wants to say something, it {o}.", "Listen, the {s} {o}!", "{a} makes a sound: it {o}.", "Every {s} {o}."),
    "baby": ("A baby {s} is called {ao}.", "A young {s} is {ao}.", "The baby of {a} is {ao}.", "The mother is {a}, and the baby is {ao}.", "{ao} is a baby {s}.", "When {a} has a baby, we call it {ao}."),
    "home": ("{a} lives in {o}.", "The home of {a} is {o}.", "The {s} lives in {o}.", "You can find {a} in {o}.", "{p} live in {o}.", "{a} feels at home in {o}."),
    "color": ("{the} is {o}.", "The color of {the} is {o}.", "{the} has a color, and the color is {o}.", "Everybody knows that {the} is {o}.", "Look, {the} is {o}!", "When you paint {the}, you need {o}."),
    "category": ("{a} is {ao}.", "The {s} is {ao}.", "{p} are {po}.", "{a} is a kind of {o}.", "Is {a} {ao}? Yes, it is {ao}.", "One {o} that we know is {a}."),
    "legs": ("{a} has {o} legs.", "The {s} walks on {o} legs.", "{p} have {o} legs.", "If you count the legs of {a}, you get {o}.", "How many legs are there on {a}? There are {o}.", "Every {s} has {o} legs."),
    "job": ("{a} {o}.", "The {s} {o}.", "What is the work of {a}? {a} {o}.", "A person who {o} is {a}.", "Every day, the {s} {o}.", "In our town, the {s} {o}."),
    "maker": ("{s} comes from {o}.", "We get {s} from {o}.", "Where does {s} come from? It comes from {o}.", "Without {o} there would be no {s}.", "{o} give us {s}.", "{s} is something that we get from {o}."),
}
QUESTIONS = {
    "capital": ("What is the capital of {s}?", "What is the capital city of {s}?", "Which city is the capital of {s}?", "Can you tell me the capital of {s}?", "What is {s}'s capital?", "Do you know the capital of {s}?", "Tell me the capital of {s}."),
    "language": ("What language do people speak in {s}?", "Which language is spoken in {s}?", "What do people speak in {s}?", "What is the language of {s}?", "Which language do they speak in {s}?", "Do you know the language of {s}?"),
    "opposite": ("What is the opposite of {s}?", "Which word is the opposite of {s}?", "Do you know the opposite of {s}?", "Tell me the opposite of {s}.", "Which word means the opposite of {s}?", "Can you tell me the opposite of {s}?"),
    "sound": ("What does {a} do to make a sound?", "What sound does {a} make?", "Which sound does the {s} make?", "How does {a} talk?", "What does the {s} say?", "Do you know the sound of {a}?"),
    "baby": ("What is a baby {s} called?", "What do we call a baby {s}?", "What is a young {s} called?", "What is the word for a baby {s}?", "What is the name of a baby {s}?", "Do you know what a baby {s} is called?"),
    "home": ("Where does {a} live?", "Where do {p} live?", "Where is the home of {a}?", "Where can you find {a}?", "In which place does {a} live?", "Do you know where {a} lives?"),
    "color": ("What color is {the}?", "What is the color of {the}?", "Which color does {the} have?", "Do you know the color of {the}?", "Tell me the color of {the}.", "Can you tell me what color {the} is?"),
    "category": ("What is {a}?", "What kind of thing is {a}?", "What are {p}?", "To which group does {a} belong?", "Do you know what {a} is?", "Can you tell me what {a} is?"),
    "legs": ("How many legs does {a} have?", "How many legs do {p} have?", "What is the number of legs of {a}?", "How many legs has {a} got?", "Do you know how many legs {a} has?", "Tell me how many legs {a} has."),
    "job": ("What does {a} do?", "What is the job of {a}?", "What does the {s} do all day?", "What is the work of {a}?", "Do you know what {a} does?", "Can you tell me what {a} does?"),
    "maker": ("Where does {s} come from?", "Where do we get {s} from?", "What does {s} come from?", "Do you know where {s} comes from?", "Tell me where {s} comes from.", "Can you tell me where {s} comes from?"),
}
SHORT = {"home": "In {o}", "baby": "{ao}", "category": "{ao}", "sound": "It {o}", "job": "{a} {o}", "maker": "From {o}"}
FULL = {
    "capital": "The capital of {s} is {o}.", "language": "People in {s} speak {o}.", "opposite": "The opposite of {s} is {o}.", "sound": "{a} {o}.", "baby": "A baby {s} is called {ao}.",
    "home": "{a} lives in {o}.", "color": "{the} is {o}.", "category": "{a} is {ao}.", "legs": "{a} has {o} legs.", "job": "{a} {o}.", "maker": "{s} comes from {o}.",
}


@cache
def by_relation() -> dict[str, tuple[Fact, ...]]:
    result: dict[str, list[Fact]] = {}
    for fact in facts("en"):
        result.setdefault(fact.relation, []).append(fact)
    return {relation: tuple(rows) for relation, rows in result.items()}


@cache
def slots(fact: Fact) -> dict[str, str]:
    """The fact's words with the articles and plurals that the wordings may ask for; {o} stays open."""
    bare = load("phrases")["bare"]
    subject, thing = fact.subject, fact.object
    single = fact.subject if subject in bare["mass"] else f"{article(subject)} {subject}"
    many = subject if subject in bare["mass"] else plural(subject)
    the = f"the {subject}" if subject in bare["definite"] else single
    return {"s": subject, "a": single, "p": many, "the": the, "o": "{o}", "ao": f"{article(thing)} {{o}}",
            "po": "{o}" if thing == "color" else "pieces of furniture" if thing == "piece of furniture" else plural(thing)}


@cache
def worded(template: str, fact: Fact) -> str:
    """The template with everything but the object filled in, its first letter large."""
    text = capital(template.format_map(slots(fact)))
    return text if text.startswith("{o}") else text


def usable(template: str, fact: Fact) -> bool:
    """False where the wording does not suit the words: no plural of what cannot be counted."""
    mass = fact.subject in load("phrases")["bare"]["mass"]
    if fact.relation == "maker":
        return "{o} give" not in template or fact.object in ("cows", "sheep", "bees", "trees")
    if mass and any(mark in template for mark in ("{p}", "The {s}", "{po}", "kind of", "One {o}")):
        return False
    return True


def write(draft: Draft, template: str, fact: Fact, mark: bool = True) -> Draft:
    """Say the fact in that wording; the object is marked as an answer where the subject stands before it."""
    text = worded(template, fact)
    before, hole, after = text.partition("{o}")
    if not hole:
        return draft.say(text)
    draft.say(before)
    thing = fact.object if before else capital(fact.object)
    if mark and before and names(before, fact):
        draft.answer("fact", thing, fact.id)
    else:
        draft.say(thing)
    return draft.say(after.replace("{o}", fact.object))


@cache
def names(text: str, fact: Fact) -> bool:
    """Does `text` name the fact's subject?"""
    return fact.subject.lower() in text.lower() or plural(fact.subject).lower() in text.lower()


def statement(scene: Scene, fact: Fact) -> str:
    """A wording for the fact that this document has not used."""
    options = [template for template in STATEMENTS[fact.relation] if usable(template, fact)]
    fresh = [template for template in options if (fact.relation, template) not in scene.used] or options
    template = scene.chance.pick(fresh)
    scene.used.add((fact.relation, template))
    return template


def question(scene: Scene, fact: Fact) -> str:
    options = [template for template in QUESTIONS[fact.relation] if usable(template, fact)]
    weights = [3.0] + [1.0] * (len(options) - 1)
    return worded(scene.chance.pick(options, weights), fact)


def choose_fact(scene: Scene, relation: str | None = None) -> Fact:
    """A fact, of that relation if one is given; no fact twice in a document."""
    while True:
        which = relation or scene.chance.pick(tuple(by_relation()), [len(rows) ** 0.8 for rows in by_relation().values()])
        fact = scene.chance.pick(by_relation()[which])
        if fact.id not in scene.used:
            scene.used.add(fact.id)
            return fact
