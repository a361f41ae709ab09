"""Talk: dialogues between friends and relatives, and dialogues in a shop."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.grammar import action, capital, kinds, plural
from engine.corpus.en.lists import NUMBERS
from engine.corpus.en.openings import Story

# Each topic is a row of turns, spoken in turn; a turn is a tuple of wordings.
HELLO = ("Hello, {F}!", "Hi, {F}!", "Good morning, {F}!", "Hello, {F}. How are you?", "{F}, is that you?", "Hey, {F}!")
HELLO_BACK = ("Hello, {H}!", "Hi, {H}! How nice to see you.", "Good morning, {H}!", "Hello, {H}. I am fine.", "Hi, {H}. I am {joy}.", "Oh, hello!")
BYE = ("See you tomorrow!", "Goodbye!", "Bye, {F}!", "See you on {day}!", "I have to go home now. Bye!")
BYE_BACK = ("Bye!", "Goodbye, {H}!", "See you!", "Yes, see you soon!", "Bye, and thank you!")
TOPICS = (
    (("What are you doing?", "What are you doing {here}?"), ("I am {doing}.", "I am looking for {own_object}.", "Nothing. I am waiting for {my} {relative}.", "I am {gerund}."),
     ("Can I help you?", "That sounds nice. Can I come too?", "Can I do it with you?"), ("Yes, please!", "Of course!", "That would be great.", "Sure, come with me.")),
    (("What did you do yesterday?", "What did you do {past_time}?"), ("I {past}.", "I {past}, and then I {past}.", "We {wepast}.", "I was {at2} and {past}."),
     ("That sounds like fun.", "Oh! And was it nice?", "I would have liked to come, too."), ("Yes, it was {yum2}.", "Next time you can come with us.", "It was, but now I am tired.", "And what did you do?")),
    (("Do you like {animals}?", "Do you like {fruits}?", "Do you like {food}?"), ("Yes, very much!", "Yes, I do.", "No, not really. I like {vegetables} better.", "Oh yes, I love {fruits}!"),
     ("Me too.", "My {relative} likes that too.", "Really? I did not know that."), ("What do you like best?", "And what is your favorite food?", "And what is your favorite color?"),
     ("I like {fruits} best.", "{Food} with {vegetables}.", "{Color}, I think.")),
    (("Have you seen my {nthing}?", "I cannot find my {nthing}.", "I have lost my {nthing}!"), ("What does it look like?", "Where did you see it last?", "Oh no!"),
     ("I had it {at}.", "It is {color} and quite small.", "I think it was {at}."), ("Look, there it is, {spot}!", "Is that it, {spot}?", "Let's look {spot}."), ("Yes! Thank you so much!", "You found it! Thank you!", "Hooray! You are the best.")),
    (("Are you hungry?", "I am so hungry. And you?", "I am hungry. Are you hungry?"), ("Yes, very.", "A little.", "I have eaten nothing since breakfast."), ("I have {a_snack} and {a_fruit}.", "Look, I have {a_snack}.", "My {relative} made {a_snack}."),
     ("Mmm, that looks good.", "Can I have half of it?", "Shall we share?"), ("Here, take the bigger piece.", "Of course. Here you are.", "Yes, let's share it.")),
    (("What is the weather like?", "Is it still raining?", "Look out of the window!"), ("It is {weather}.", "It is {weather} and a little windy.", "The sky is {sky}."), ("Then let's go {to}!", "Then let's stay at home and play cards.", "Then I will put on my {clothing}."),
     ("Good idea!", "I would rather read a book.", "Wait, I need my {clothing}.", "Yes! I will ask my {relative}.")),
    (("Why are you so {sorrow2}?", "What is the matter?", "You look {sorrow2}."), ("I lost my {object}.", "My {pet} {P} is sick.", "I broke my {toy}.", "Nobody wants to play with me."),
     ("I am sorry to hear that.", "Oh no! Poor you.", "Don't be sad."), ("Thank you. You are kind.", "Can you help me?", "What can I do?"), ("Come, I will help you.", "Let's go to my {relative}. She knows everything." , "Come and play with me.", "Tomorrow everything will be better.")),
    (("Would you like to come to my birthday party?", "On {day} it is my birthday!", "I have an idea: let's make a party!"), ("When is it?", "Oh yes! How old will you be?", "What a good idea!"), ("On {day} at {number} o'clock. I will be {age}.", "I will be {age}. The party is {at}.", "On {day}, {at}. I will be {age}."),
     ("I will bring {a_snack}.", "Can I bring my {relative}?", "I will bring {a_toy} for you.", "Great, I will be there."), ("Wonderful!", "I am so glad.", "Then we will all be {joy}.")),
    (("Is this your {pet}?", "What a {nice} {pet}!", "Look, a {pet}!"), ("Yes, this is {P}.", "Yes, my {pet} {P}.", "Yes. It is called {P}."), ("What does {P} eat?", "How old is {P}?", "May I touch it?"),
     ("It eats {petfood}.", "{P} is {number} years old.", "Yes, but be careful.", "It likes everybody."), ("I would like to have {a_pet} too.", "It is so soft!", "{P} is a funny name.")),
    (("Can you help me with my homework?", "What is {a} plus {b}?", "I do not understand this sum."), ("Let me see. {A} plus {b} is {sum}.", "That is easy: {a} plus {b} is {sum}.", "Count with your fingers: {a} plus {b} is {sum}."),
     ("Oh, now I understand.", "You are so clever!", "{Sum}? Thank you!"), ("You are welcome.", "Now try the next one.", "It is not difficult.")),
)


class Talk(Story):
    """A story whose people talk: the slots of the topics."""

    def __missing__(self, key: str) -> str:
        chance = self.chance
        if key == "gerund":
            return action(self, form="gerund", short=True)
        if key == "past":
            return action(self, short=True)
        if key == "wepast":
            return self["weact"]
        if key == "yum2":
            return chance.pick(("wonderful", "very nice", "a little boring", "great"))
        if key == "sorrow2":
            self[key] = chance.pick(("sad", "quiet", "unhappy", "worried", "tired"))
            return self[key]
        if key == "nice":
            return chance.pick(("nice", "pretty", "funny", "beautiful", "little"))
        if key == "petfood":
            return {"dog": "meat and bones", "puppy": "meat", "cat": "fish", "kitten": "fish and milk"}.get(self["pet"], "seeds and leaves")
        if key in ("here", "past_time"):
            return chance.pick(("here", self["at"]) if key == "here" else ("last Sunday", "this morning", "in the afternoon", "after school"))
        if key == "at2":
            return self["at"]
        if key == "my":
            return "my"
        if key in ("a", "b", "sum", "A", "Sum"):
            a, b = chance.number(1, 10), chance.number(1, 10)
            self.update(a=NUMBERS[a], b=NUMBERS[b], sum=NUMBERS[a + b], A=capital(NUMBERS[a]), Sum=capital(NUMBERS[a + b]))
            return self[key]
        return super().__missing__(key)




def dialogue(chance: Chance) -> Draft:
    """Two children talk about one or two things, as a play or as in a story."""
    talk = Talk(chance)
    talk["own"] = "my"
    talk.take("toy", "clothing", "object")
    speakers = (talk["H"], talk["F"])
    turns: list[tuple[str, str]] = []
    if chance.flip(0.55):
        turns += [(speakers[0], talk.choose(HELLO)), (speakers[1], talk.choose(HELLO_BACK))]
    topics = chance.several(TOPICS, chance.pick((1, 2, 3), (5, 3, 1)))
    for topic in topics:
        first = 1 if turns and turns[-1][0] == speakers[0] else 0
        length = chance.number(2, len(topic))
        turns += [(speakers[(i + first) % 2], capital(talk.choose(turn))) for i, turn in enumerate(topic[:length])]
    if chance.flip(0.5):
        talk["F"], talk["H"] = turns[-1][0], speakers[turns[-1][0] == speakers[0]]
        turns += [(talk["H"], talk.choose(BYE)), (talk["F"], talk.choose(BYE_BACK))]
    return Draft().say(told(chance, [turn for i, turn in enumerate(turns) if turn not in turns[:i]]))


def told(chance: Chance, turns: list[tuple[str, str]]) -> str:
    """The turns as a play, as a story with quotation marks, or with dashes."""
    style = chance.pick(("play", "story", "dash"), (4, 4, 1))
    if style == "play":
        return "\n".join(f"{name}: {text}" for name, text in turns)
    if style == "dash":
        return "\n".join(f"- {text}" for _, text in turns)
    lines = []
    for i, (name, text) in enumerate(turns):
        if i > 1 and lines[-1][-1] != '"' and chance.flip(0.45):
            lines.append(f'"{text}"')
        elif text[-1] == "?":
            lines.append(f'"{text}" asked {name}.')
        else:
            quoted = text[:-1] + "," if text[-1] == "." else text
            verb = "answered" if i and turns[i - 1][1][-1] == "?" and chance.flip() else "said"
            lines.append(f'"{quoted}" {verb} {name}.')
    return chance.pick(("\n", " ")).join(lines)


SHOP_HELLO = ("Good morning! Can I help you?", "Hello! What would you like?", "Good afternoon. What can I do for you?", "Hello, {H}! What do you need today?", "Welcome to my shop!")
SHOP_ASK = ("Good morning. I would like {want}, please.", "Hello. Do you have {want}?", "I need {want} for my {relative}.", "{Want}, please.", "I am looking for {want}.")
SHOP_HAVE = ("Of course. Here you are.", "Yes, of course. Which color would you like?", "Yes, they are very {good} today.", "I am sorry, we have none left. But we have {other}.", "Let me see. Yes, here.")
SHOP_MORE = ("And {want2}, please.", "Do you have {want2}, too?", "How much is it?", "That looks good. How much is that?", "I will take it.")
SHOP_PRICE = ("That is {price} coins.", "It costs {price} coins.", "{Price} coins, please.", "For you, only {price} coins.")
SHOP_PAY = ("Here is the money.", "Here you are.", "Here are {price} coins.", "Oh, I have only {less} coins.", "That is a lot, but I will take it.")
SHOP_END = ("Thank you, and have a nice day!", "Thank you. Goodbye!", "Thank you! Say hello to your {relative}.", "Then it is {less} coins. You are a good customer.")


def shop(chance: Chance) -> Draft:
    """A child buys something; prices add up, and everybody is polite."""
    talk = Talk(chance)
    kind = chance.pick(("fruit", "vegetable", "snack", "toy", "clothing", "object"), (4, 3, 4, 3, 3, 2))
    first, second, third = chance.several(kinds()[kind].nouns.options[:9], 3)
    def amount(noun: str) -> str:
        if kind in ("toy", "clothing", "object") or chance.flip(0.3):
            return talk.phrase("a", noun, 0)
        return f"{NUMBERS[chance.number(2, 10)]} {plural(noun)}"
    price = chance.number(3, 15)
    few = kind in ("fruit", "vegetable", "snack")
    talk.update(want=amount(first), want2=amount(second), other=talk.phrase("a", third) if not few else plural(third), price=NUMBERS[price], less=NUMBERS[price - 1],
                good=chance.pick(("fresh", "sweet", "good", "cheap")))
    seller = {"fruit": "The market woman", "vegetable": "The farmer", "snack": "The baker", "toy": "The toy maker", "clothing": "The tailor", "object": "The shopkeeper"}[kind]
    have = tuple(line for i, line in enumerate(SHOP_HAVE) if (few or i != 2) and (kind in ("toy", "clothing") or i != 1))
    turns = [(seller, talk.choose(SHOP_HELLO)), (talk["H"], talk.choose(SHOP_ASK))]
    reply = talk.choose(have)
    turns.append((seller, reply))
    if "color" in reply:
        turns += [(talk["H"], capital(talk.fill(chance.pick(("{color}, please.", "I would like a {color} one.", "Do you have it in {color}?"))))), (seller, chance.pick(("Here you are.", "Yes, this one is very nice.", "Of course.")))]
    elif "none left" in reply:
        turns += [(talk["H"], chance.pick(("Good, then I will take that.", "All right, I will take that.", "That is fine.")))]
    else:
        turns.append((talk["H"], talk.choose(SHOP_MORE[:2] if chance.flip(0.6) else SHOP_MORE[2:])))
    turns.append((seller, talk.choose(SHOP_PRICE)))
    if chance.flip(0.8):
        pay = talk.choose(SHOP_PAY)
        turns += [(talk["H"], pay), (seller, talk.choose(SHOP_END[3:] if "only" in pay else SHOP_END[:3]))]
    named = chance.flip(0.6)
    if named:
        seller_name = seller.removeprefix("The ").capitalize()
        lines = [f"{seller_name if name == seller else name}: {text}" for name, text in turns]
    else:
        lines = [f"- {text}" for _, text in turns]
    if chance.flip(0.3):
        lines.insert(0, f"{talk['H']} goes into the shop.")
    return Draft().say("\n".join(lines))
