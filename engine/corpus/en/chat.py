"""What the assistant is tuned on: a request and one polite, whole answer."""
from engine.corpus.chance import Chance
from engine.corpus.en.cast import syllables
from engine.corpus.en.grammar import Scene, capital
from engine.corpus.en.lists import NUMBERS
from engine.corpus.en.stories import Tale
from engine.corpus.en.wording import FULL, by_relation, choose_fact, question, worded
from engine.corpus.genre import Turn

GREETINGS = (
    ("Hello!", "Hello! How can I help you?"), ("Hi!", "Hello! How can I help you?"), ("Hi there", "Hello! How can I help you?"), ("Good morning!", "Good morning! How can I help you?"), ("Good evening!", "Good evening! How can I help you?"),
    ("Hello, how are you?", "I am fine, thank you, and happy to help you."), ("How are you?", "I am fine, thank you, and happy to help you."), ("How are you today?", "I am fine, thank you, and happy to help you."),
    ("Thank you!", "You are welcome!"), ("Thanks a lot", "You are welcome!"), ("Thank you very much.", "You are welcome!"), ("Goodbye!", "Goodbye, and have a nice day!"), ("Bye!", "Goodbye, and have a nice day!"), ("See you tomorrow!", "Goodbye, and have a nice day!"),
    ("Good night!", "Good night, and sweet dreams!"), ("Can you help me?", "Yes, of course, ask me a question."), ("I have a question.", "Yes, of course, ask me a question."),
)
SELF = (
    (("Who are you?", "What are you?", "Tell me who you are.", "Introduce yourself.", "Who am I talking to?"), "I am the assistant of Vitrina, a very small language model."),
    (("What is your name?", "Do you have a name?", "What are you called?", "How can I call you?"), "My name is Vitrina, and I am a very small language model."),
    (("Are you a person?", "Are you human?", "Are you a robot?", "Are you alive?"), "No, I am only a very small language model."),
    (("What can you do?", "What do you know?", "How can you help me?"), "I can answer easy questions, add small numbers and tell short stories."),
    (("How do you work?", "How do you answer?", "Do you think?"), "I guess the next word, again and again, from the words before it."),
)
STORY = ("Tell me a story.", "Tell me a short story.", "Can you tell me a story?", "I want to hear a story.", "Please tell me a story.", "Do you know a story?", "Write a little story.")
STORY_ABOUT = ("Tell me a story about {kind}.", "Can you tell me a story about {kind}?", "I want to hear a story about {kind}.", "Please tell me a story about {kind}.")
BODIES = (
    ("{H} found a lost {thing} {spot}.", "{H} gave it to {F}, and both were {joy}."), ("{S} was afraid of {fear}.", "{F} took {him} by the hand, and then {H} was brave."), ("{S} baked a cake for {F}.", "They ate it together {at} and were {joy}."),
    ("{S} lost {his} {nthing} {at}.", "{F} helped {him}, and they found it {spot}."), ("{S} wanted to {skill}.", "{S} tried every day, and at last it worked."), ("{S} met {F} {at}.", "They played until it was dark and became good friends."),
)
UNKNOWN = (
    ("What is the capital of {x}?", "I am sorry, I do not know {x}."), ("Which language do people speak in {x}?", "I am sorry, I do not know {x}."), ("Where is {x}?", "I am sorry, I do not know {x}."), ("Who is {x}?", "I am sorry, I do not know {x}."),
    ("What is a {y}?", "I am sorry, I do not know that word."), ("What color is a {y}?", "I am sorry, I do not know that word."), ("What is the opposite of {y}?", "I am sorry, I do not know that word."), ("What does a {y} do?", "I am sorry, I do not know that word."),
    ("Who won the game yesterday?", "I am sorry, I do not know that."), ("What will the weather be tomorrow?", "I am sorry, I do not know that."), ("What time is it?", "I am sorry, I do not know that."), ("How old is my mother?", "I am sorry, I do not know that."),
    ("What did I eat today?", "I am sorry, I do not know that."), ("Where is my key?", "I am sorry, I do not know that."), ("Who is the president?", "I am sorry, I do not know that."), ("How much does a car cost?", "I am sorry, I do not know that."),
)
SUMS = ("What is {a} plus {b}?", "How much is {a} plus {b}?", "{a} + {b}", "{a} + {b} = ?", "What is {a} + {b}?", "Can you add {a} and {b}?", "How much is {a} and {b}?")
LESS = ("What is {a} minus {b}?", "How much is {a} minus {b}?", "{a} - {b}", "What is {a} - {b}?", "Can you take {b} from {a}?")


def turn(chance: Chance) -> Turn:
    """One exchange: mostly a question about a fact; also greetings, sums, stories, and what nobody can know."""
    kind = chance.pick(("fact", "sum", "greeting", "self", "story", "unknown"), (60, 9, 6, 5, 9, 11))
    if kind == "fact":
        return fact_turn(chance)
    if kind == "greeting":
        user, assistant = chance.pick(GREETINGS)
        return Turn(casual(chance, user), assistant)
    if kind == "self":
        users, assistant = chance.pick(SELF)
        return Turn(casual(chance, chance.pick(users)), assistant)
    if kind == "story":
        return story_turn(chance)
    if kind == "sum":
        return sum_turn(chance)
    user, assistant = chance.pick(UNKNOWN, [2.0] * 8 + [0.5] * 8)
    word = syllables(chance, 2, 3)
    land = word.capitalize() + chance.pick(("land", "ia", "", "stan"))
    return Turn(casual(chance, user.format(x=land, y=word), keep=True), assistant.format(x=land))


def casual(chance: Chance, text: str, keep: bool = False) -> str:
    """The text as people type it: sometimes without its last mark, sometimes without capitals."""
    how = chance.pick(("as is", "bare", "low"), (7, 1.5, 1.5))
    if how != "as is":
        text = text.rstrip("?.!")
    if how == "low" and not keep:
        text = text.lower()
    return text


def fact_turn(chance: Chance, fact=None) -> Turn:
    """A question about a fact and the one sentence that answers it."""
    scene = Scene(chance)
    if fact is None:
        relation = chance.pick(tuple(by_relation()), [len(rows) ** 0.5 for rows in by_relation().values()])
        fact = choose_fact(scene, relation)
    asked = question(scene, fact)
    return Turn(casual(chance, asked), worded(FULL[fact.relation], fact).replace("{o}", fact.object), fact.id)


def sum_turn(chance: Chance) -> Turn:
    a, b = chance.number(1, 12), chance.number(1, 8)
    words = chance.flip(0.25)
    if chance.flip(0.7):
        user, sign, result = chance.pick(SUMS[:2] if words else SUMS), "plus", a + b
    else:
        a, b = max(a, b), min(a, b)
        user, sign, result = chance.pick(LESS[:2] if words else LESS), "minus", a - b
    name = (lambda n: NUMBERS[n]) if words else str
    return Turn(casual(chance, user.format(a=name(a), b=name(b))), capital(f"{name(a)} {sign} {name(b)} is {name(result)}."))


def story_turn(chance: Chance) -> Turn:
    """A story of three or four sentences, about a child or about whatever was asked for."""
    tale = Tale(chance)
    tale.take("toy", "clothing", "treasure")
    about = chance.pick(("a girl", "a boy", "friends", "a " + tale["pet"], "")) if chance.flip(0.5) else ""
    if about.endswith(("girl", "boy")) and (about == "a girl") != tale.hero.girl:
        about = "a girl" if tale.hero.girl else "a boy"
    user = chance.pick(STORY_ABOUT).format(kind=about) if about else chance.pick(STORY)
    first = "{H} had a {pet} named {P}." if tale["pet"] in about else "Once upon a time, there was a {trait} {kind} named {H}."
    body = chance.pick(BODIES)
    if tale["pet"] in about:
        body = chance.pick((("{P} ran away {to}.", "{F} and {H} found {P} {spot}.", "They were {joy}."), ("{P} was hungry and ate {a_snack}.", "{H} laughed and gave {P} some water."), ("{P} and {H} played {at}.", "In the evening, they were tired and {joy}.")))
    lines = [tale.fill(first)]
    tale.clear = True
    lines += [tale.tell((line,)) for line in body]
    if chance.flip(0.5):
        lines.append(tale.tell(("{S} never forgot that day.", "What a day!", "The end.")))
    return Turn(casual(chance, user), " ".join(lines))
