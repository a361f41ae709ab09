"""Short texts of use: letters, weather reports, recipes, descriptions, news, rhymes."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.grammar import action, bank, capital, load, plural
from engine.corpus.en.openings import SKIES, Story

GREETINGS = ("Dear {F},", "Dear {relative_cap},", "Hello {F},", "My dear {F},", "Dear {relative_cap} and {F},")
LETTER = (
    "How are you?", "Thank you for {a_treasure} that you sent me.", "I am writing to you from the {place}.", "Here it is {weather}.", "Yesterday I {actshort}.", "Last week we {weact}.", "Every day, we {weact0}.",
    "{P}, our {pet}, is well and eats a lot.", "I have a new friend. Her name is {girl}.", "I have a new friend. His name is {boy}.", "I am learning to {skill}.", "Do you still have your {pet}?",
    "When will you come and visit us?", "I miss you very much.", "In the holidays I want to {do} with you.", "My {animal} picture hangs on the wall now.", "We eat {fruits} every day.", "Next {day} we will go {to}.",
    "{Thing_any}.", "The {furniture} in my room is {color}.", "I found {a_treasure} {spot}.", "At school we read {a_story}.", "It smells of {smell} here.", "I hope that you are {joy}.",
)
CLOSINGS = ("Love, {H}", "Your {H}", "Many greetings, {H}", "See you soon! {H}", "A big hug from {H}", "Write back soon! Your {H}", "Kisses, {H}")


class Page(Story):
    """A story's slots and those of the short texts."""

    def __missing__(self, key: str) -> str:
        chance = self.chance
        if key == "relative_cap":
            return capital(chance.pick(("grandmother", "grandfather", "aunt", "uncle", "mother", "cousin")))
        if key == "weact0":
            self["own"] = "our"
            text = action(self, form="base", short=True)
            self["own"] = "my"
            return text
        if key == "girl":
            return chance.pick(load("people")["girls"][:25])
        if key == "boy":
            return chance.pick(load("people")["boys"][:25])
        if key == "thing_any":
            return self["thing_do"]
        if key == "city":
            return chance.pick(load("categories")["cities"])
        if key == "degrees":
            return str(chance.number(*self["range"]))
        if key == "person":
            return self.phrase("a", "person", 0.5)
        if key == "rhyme_animal":
            return chance.pick(bank()["animal"].options)
        return super().__missing__(key)


def letter(chance: Chance) -> Draft:
    """A letter or a postcard from a child."""
    page = Page(chance)
    page["own"] = "my"
    head = page.fill(chance.pick(GREETINGS))
    lines = [page.tell(LETTER) for _ in range(chance.number(3, 7))]
    return Draft().say(head + "\n" + " ".join(dict.fromkeys(lines)) + "\n" + page.fill(chance.pick(CLOSINGS)))


WEATHER_OPEN = (
    "Today it is {weather} in {city}.", "The weather today: {weather}.", "Good morning! Here is the weather for {day}.", "On {day} it will be {weather}.", "In the {place} it is {weather} today.", "This is the weather for {city}.",
    "After a quiet night, the sky is {sky}.", "What a {weather} day!", "The weather in {month} is often {weather}.",
)
WEATHER = {
    "sunny": ("The sun will shine all day.", "There is not a cloud in the sky.", "Take your hat with you.", "It is a good day to {do} {at}."),
    "rainy": ("It will rain until the evening.", "Do not forget your umbrella.", "The streets are wet, and there are puddles everywhere.", "It is a good day to read at home."),
    "windy": ("A strong wind blows from the sea.", "Hold your hat!", "It is a good day to fly a kite.", "The leaves dance in the streets."),
    "cold": ("Put on a warm {clothing} and gloves.", "There is ice on the puddles.", "A cup of hot {drink} will help.", "The wind comes from the north."),
    "cloudy": ("Many clouds cover the sky.", "The sun hides behind the clouds.", "Perhaps it will rain a little.", "In the evening the sky will be clear."),
    "warm": ("You can play outside without a coat.", "A soft wind comes from the south.", "The flowers will like it.", "It is a good day to {do} {at}."),
    "snowy": ("Snow will fall all day.", "The roofs are white.", "Children can build a snowman.", "Be careful: the streets are slippery."),
    "foggy": ("You cannot see the end of the street.", "The cars must drive slowly.", "In the afternoon, the fog will go away.", "The ships stay in the harbor."),
    "hot": ("Drink a lot of water.", "It is a good day to swim in the lake.", "Stay in the shade at noon.", "Even the dogs are too tired to bark."),
    "stormy": ("Stay at home and close the windows.", "There will be thunder in the evening.", "The boats must stay in the harbor.", "The wind will shake the trees."),
}
RANGES = {"cold": (-5, 6), "snowy": (-9, 1), "hot": (29, 38), "warm": (18, 25), "sunny": (17, 29), "rainy": (8, 18), "foggy": (2, 11), "stormy": (9, 19), "windy": (7, 18), "cloudy": (9, 20)}


def weather(chance: Chance) -> Draft:
    """A weather report for one day, sometimes with a look at the next."""
    page = Page(chance)
    page["own"] = "your"
    page["weather"] = now = chance.pick(tuple(SKIES))
    page["sky"], page["range"] = chance.pick(SKIES[now]), RANGES[now]
    lines = [page.tell(WEATHER_OPEN)] + [page.tell(WEATHER[now]) for _ in range(chance.number(1, 3))]
    if chance.flip(0.6):
        lines.append(page.tell(("It is {degrees} degrees.", "The temperature is {degrees} degrees.", "At noon it will be {degrees} degrees.")))
    if chance.flip(0.5):
        page["weather"] = chance.pick([other for other in SKIES if other != now])
        lines.append(page.tell(("Tomorrow it will be {weather}.", "On {day} it will be {weather} again.", "Next week, it will be {weather}.", "Tomorrow, the weather will change: it will be {weather}.")))
    return Draft().say(" ".join(dict.fromkeys(lines)))


DISHES = {
    "pancakes": (("flour", "milk", "two eggs", "a little sugar", "butter"), ("Mix the flour and the milk.", "Add the eggs and stir well.", "Melt the butter in a hot pan.", "Pour some of it into the pan.", "Turn the pancake after two minutes.")),
    "fruit salad": (("two {fruits}", "three {fruits}", "a lemon", "a spoon of honey"), ("Wash the fruit.", "Peel it and cut it into small pieces.", "Put everything into a big bowl.", "Add the juice of the lemon.", "Put it in a cold place for an hour.")),
    "{vegetable} soup": (("four {vegetables}", "an onion", "water", "salt", "a little butter"), ("Wash and peel the vegetables.", "Cut them into small pieces.", "Cook the onion in the butter.", "Add the water and the salt.", "Cook the soup for {minutes} minutes.")),
    "{fruit} cake": (("flour", "sugar", "three eggs", "butter", "four {fruits}"), ("Mix the butter and the sugar.", "Add the eggs, one after the other.", "Stir in the flour.", "Put the fruit on top.", "Bake it in the oven for {minutes} minutes.")),
    "a sandwich": (("two slices of bread", "butter", "cheese", "a tomato", "some lettuce"), ("Take two slices of bread.", "Put some butter on the bread.", "Cut the cheese and the tomato.", "Put them on the bread with some lettuce.", "Close the sandwich and cut it in two.")),
    "lemonade": (("four lemons", "a liter of water", "sugar", "ice"), ("Cut the lemons in two.", "Press out the juice.", "Mix the juice with the water.", "Add some sugar and stir.", "Put ice into the glasses.")),
    "hot cocoa": (("milk", "cocoa", "sugar"), ("Warm the milk slowly.", "Mix the cocoa and the sugar in a cup.", "Pour a little milk into the cup and stir.", "Add the rest of the milk.")),
    "pasta": (("pasta", "water", "salt", "tomatoes", "cheese"), ("Boil a lot of water with salt.", "Put the pasta into the water.", "Cook it for {minutes} minutes.", "Cut the tomatoes and warm them in a pan.", "Put the tomatoes and the cheese on the pasta.")),
    "cookies": (("flour", "butter", "sugar", "an egg", "chocolate"), ("Mix the butter, the sugar and the egg.", "Add the flour and the chocolate.", "Make little balls.", "Put them on a tray.", "Bake them for {minutes} minutes.")),
}


def recipe(chance: Chance) -> Draft:
    """What you need and what you do, step by step."""
    page = Page(chance)
    name = chance.pick(tuple(DISHES))
    needs, steps = DISHES[name]
    page["minutes"] = chance.pick(("ten", "fifteen", "twenty", "thirty", "forty"))
    page["vegetable"], page["fruit"] = chance.pick(("carrot", "tomato", "potato", "onion", "pumpkin", "cabbage")), chance.pick(("apple", "cherry", "lemon", "plum", "banana", "strawberry"))
    if "cake" in name or "soup" in name:
        page["fruits"], page["vegetables"] = plural(page["fruit"]), plural(page["vegetable"])
    title = page.fill(name)
    if page["vegetable"] == "onion":
        needs = tuple(need for need in needs if need != "an onion")
    head = chance.pick(("How to make {t}", "Recipe: {t}", "{T}", "{who} recipe for {t}", "Let's make {t}!"))
    page.update(t=title, T=capital(title), who=chance.pick(("Grandmother's", "My", f"{page['H']}'s", "An easy")))
    items = dict.fromkeys(page.fill(need) for need in needs if chance.flip(0.85) or need == needs[0])
    lines = [page.fill(step) for step in steps if step == steps[0] or chance.flip(0.92)]
    style = chance.pick(("list", "line", "told"), (2, 2, 1))
    end = page.fill(chance.pick(("Enjoy your meal!", "It is {yum}.", "Eat with your {relative}.", "It is easy, isn't it?", "Share it with your friends.", "Now it is ready.", "Done!")))
    if style == "list":
        numbered = chance.flip()
        text = "You need:\n" + "\n".join("- " + item for item in items) + "\n" + "\n".join(f"{i + 1}. {line}" if numbered else line for i, line in enumerate(lines))
    elif style == "line":
        text = "You need " + ", ".join(list(items)[:-1]) + (" and " if len(items) > 1 else "") + list(items)[-1] + ".\n" + " ".join(lines)
    else:
        words = ("First", "Then", "After that", "Next", "Finally")
        text = " ".join(f"{words[i]}, {line[0].lower()}{line[1:]}" for i, line in enumerate(lines[:5]))
    return Draft().say(page.fill(head) + ("\n" if head[-1] not in ".!" or style != "told" else " ") + text + ("\n" if style == "list" else " ") + end)


ROOM = (
    "In {H}'s room there is {a_furniture}.", "Next to the {furniture} stands {a_furniture}.", "On the {furniture} lies {a_object}.", "There is {a_toy} under the {furniture}.", "The walls are {color}.", "From the window you can see {sight}.",
    "It is a {size_room} room.", "On the wall hangs {a_picture}.", "{H}'s {pet} sleeps on the {furniture}.", "In the corner there is {a_object}.", "The carpet is {color} and soft.", "It smells of {smell}.", "{H} likes to {do_home} there.", "On the shelf there are {number} books and {a_treasure}.", "The lamp gives a warm light.",
)
PERSON = (
    "{H} has {hair} hair and {eyes} eyes.", "{He} is {age} years old.", "{H} is very {trait}.", "{He} wears {a_clothing} and {color} shoes.", "{He} lives in a {size} {home} with {his} {relative}.", "{His} favorite color is {color}.", "{H} likes {fruits} and {food}.",
    "In {his} pocket {he} always has {a_treasure}.", "{His} best friend is {F}.", "When {he} laughs, everybody laughs.", "{He} can {skill} very well.", "{H} is afraid of {fear}.", "{He} has {apet} named {P}.", "Every {day}, {he} goes {to}.", "{He} would like to be a {work}.", "{His} voice is {voice}.",
)
PET = (
    "{H}'s {pet} is called {P}.", "{P} is {color_pet} and very {trait_pet}.", "{P} is {number} years old.", "It sleeps {nest}.", "It likes to eat {petfood}.", "{P} is afraid of {fear}.", "When {H} comes home, {P} is happy.", "Its ears are {ears}.", "In the morning, {P} wakes {H}.",
    "{P} and {H} often play {at}.", "Once, {P} ate {a_snack}.", "Everybody on the street knows {P}.", "{H} loves {P} very much.", "{P} has a {color} bed.",
)
PLACE = (
    "In front of the {building} stands {a_plant}.", "On the left there is {a_building}.", "On the right you can see {sight}.", "A {path} leads to the door.", "The roof is {color}, and the walls are {color}.", "Nobody lives there but {a_animal}.", "There are {number} windows.", "In {season}, it is very beautiful here.",
    "It is very quiet.", "The children like to play here.", "Behind it there is {a_nature}.", "The door is {color}.", "In the evening, you can hear {animals}.", "{Stranger} lives there.",
)


class Portrait(Page):
    """The slots of descriptions, all in the present."""

    TABLE = {
        "size_room": ("small", "big", "bright", "warm", "quiet", "cozy"), "eyes": ("blue", "brown", "green", "dark", "big"), "work": ("doctor", "teacher", "painter", "pilot", "singer", "baker", "gardener", "sailor", "vet", "cook"),
        "voice": ("soft", "loud", "clear", "deep", "high"), "color_pet": ("brown", "white", "black", "gray"), "trait_pet": ("lazy", "clever", "funny", "friendly", "shy", "curious", "hungry", "playful"), "nest": ("under the bed", "in a basket", "by the window", "near the fire", "in the kitchen"),
        "petfood": ("bread", "carrots", "apples", "seeds", "cookies", "fresh leaves"), "ears": ("long", "short", "soft", "big", "small"), "age2": ("one hundred", "two hundred", "ten", "fifty", "a thousand"), "path": ("narrow path", "wide path", "long path", "path of white stones"),
        "do_home": ("read", "play", "draw", "sleep", "sit", "sing", "dream"),
    }

    def __missing__(self, key: str) -> str:
        if key in self.TABLE:
            return self.chance.pick(self.TABLE[key])
        if key == "building":
            self[key] = self.chance.pick(("house", "tower", "castle", "hut", "barn", "church"))
            return self[key]
        return super().__missing__(key)


def description(chance: Chance) -> Draft:
    """A room, a person, a pet or a place, in three to seven sentences."""
    page = Portrait(chance)
    table = chance.pick((ROOM, PERSON, PET, PLACE))
    if table is PERSON and chance.flip(0.3):
        lines = [page.fill("This is {H}.")]
    elif table is PLACE:
        lines = [page.fill(chance.pick(("There is an old {building} {at}.", "The {building} {at} is {age2} years old.", "This is the {building} of {stranger}.", "A big {building} stands {at}.")))]
    else:
        lines = [capital(page.choose(table[:1]))]
    lines += [capital(page.choose(table)) for _ in range(chance.number(2, 6))]
    return Draft().say(" ".join(dict.fromkeys(lines)))


HEADLINES = ("News from {town}", "{town}, {day}", "The {town} Times", "News of the day", "")
NEWS = (
    ("{Day_in}, {person} found {a_treasure} {at}.", "\"It was {spot},\" {said} the finder.", "Nobody knows whose it is.", "The teacher thinks that it is very old.", "Everybody may see it in the library."),
    ("{Animal_art} ran away from the farm {day_on}.", "It ran through the streets and ate {fruits} at the market.", "The farmer and {number} children looked for it for hours.", "In the evening it came home alone.", "\"It was only hungry,\" said the farmer."),
    ("{Day_on}, a storm broke {an_oak} {at}.", "Nobody was hurt.", "The firefighters came with {number} cars.", "Now a new tree will be planted there.", "All the children want to help."),
    ("The school will have a party {day_on}.", "There will be {snacks} and {drink}.", "{H} and {F} will sing a song.", "The party starts at {number} o'clock.", "Everybody may come and bring {a_snack}."),
    ("{H} from {town} has won the {contest}.", "\"I practiced every day,\" {he} {said}.", "{F} came second and was happy, too.", "As a prize, {H} got {a_object}.", "The whole town is proud of {him}."),
    ("A new {shopkind} opens in {town} {day_on}.", "It is next to the old {building}.", "The first {number} children get {a_fruit}.", "\"I have always dreamed of it,\" said the owner.", "The door is {color}, so you cannot miss it."),
    ("{Day_on}, the old {building} will be painted {color}.", "{number_cap} people will help.", "\"Bring a brush and old clothes,\" said {stranger}.", "After the work there will be soup for all.", "It will take {number} days."),
    ("Our team has won {number} to one.", "{H} made the last goal.", "It was {weather}, but all stayed until the end.", "The next game is {day_on}.", "\"We played together,\" said {F}, \"that is why we won.\""),
)


def news(chance: Chance) -> Draft:
    """News from a small town."""
    page = Page(chance)
    day = page["day"]
    page.update(town=chance.pick(("Green Hill", "Long Bridge", "Appledale", "White Rock", "Oldtown", "Sea View", "Little Wood", "Millbrook", "Stonefield", "Sunny Bay")), day_on=f"on {day}", Day_on=f"On {day}", day=day,
                Day_in=chance.pick((f"On {day}", "Yesterday", "This morning", "Last night")), contest=chance.pick(("race", "swimming race", "cake contest", "chess game", "song contest", "drawing contest")),
                shopkind=chance.pick(("bakery", "bookshop", "toy shop", "flower shop", "library", "playground")), number_cap=capital(page["number"]), said="said")
    beast = page.phrase("a", chance.pick(("goat", "cow", "pig", "donkey", "sheep", "horse", "hen", "pony")), 0.5)
    page["Animal_art"] = capital(beast)
    steps = chance.pick(NEWS)
    head = page.fill(chance.pick(HEADLINES))
    lines = [page.fill(steps[0])] + [page.fill(step) for step in steps[1:] if chance.flip(0.75)]
    if chance.flip(0.4):
        lines.append(page.fill(chance.pick(("More news tomorrow.", "The weather: {weather}.", "Also in the news: {thing_do}.", "And {day} next week there is a market."))))
    return Draft().say((head + "\n" if head else "") + " ".join(capital(line) for line in lines))


def rhyme(chance: Chance) -> Draft:
    """Two to four couplets whose last words rhyme."""
    page = Page(chance)
    groups = load("rhymes")
    draft: list[str] = []
    for name in chance.several(tuple(groups), chance.number(2, 4)):
        draft += [capital(page.fill(line)) for line in chance.pick(groups[name]).split(" / ")]
    return Draft().say("\n".join(draft))
