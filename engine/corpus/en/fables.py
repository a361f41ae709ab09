"""Fables: two animals, what one of them thinks, what happens, and what it teaches."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.grammar import Scene, bank, capital, load

# {x} and {y} are the animals ("the fox"); steps as in plots.py, the last one the moral.
OPEN = (
    "Once upon a time, {ax} and {ay} lived {where}.", "{Ax} and {ay} were neighbors {where}.", "{Where} there lived {ax} who was very {vice}.", "One {weather} day, {x} met {y} {where}.",
    "{Ax} once met {ay} {where}.", "Long ago, {x} was the most {vice} animal {where}.", "{X} and {y} did not like each other.", "It was {season}, and {x} was looking for {food}.",
)
RACE = [
    ("\"Nobody is as fast as I am,\" said {x}.", "{X} laughed at {y} because {y} was so slow.", "Every day, {x} said to {y}, \"You are too slow!\""),
    ("\"Let us run to the {goal},\" said {y}.", "\"Then let us have a race,\" answered {y} quietly.", "{Y} said, \"Tomorrow we will see who is first at the {goal}.\""),
    ("{X} ran so fast that {y} was soon far behind.", "At the start, {x} was far in front.", "{X} ran away like the wind, and {y} went step by step."),
    ("Then {x} lay down under a tree and fell asleep.", "\"I have time,\" thought {x} and stopped to eat {food}.", "But {x} stopped to talk to {friends}."),
    ("{Y} did not stop once.", "{Y} walked on and on.", "Slowly, {y} went past."),
    ("When {x} arrived, {y} was already there.", "{Y} was the first at the {goal}.", "{X} ran, but it was too late."),
    ("Slow and patient is better than fast and proud.", "Those who do not stop arrive.", "Since then, {x} laughs at nobody.")]
WINTER = [
    ("All summer, {y} gathered {food}.", "In summer, {y} worked from morning to night.", "{Y} carried {food} home every day."),
    ("{X} sang and danced in the sun.", "{X} lay in the grass and slept.", "\"Come and play!\" called {x}."),
    ("\"Winter will come,\" said {y}.", "\"What will you eat in winter?\" asked {y}.", "\"I have no time,\" said {y}. \"It will be cold soon.\""),
    ("{X} only laughed.", "\"Winter is far away,\" said {x}.", "But {x} did not listen."),
    ("Then the snow came, and {x} had nothing to eat.", "In December, {x} was cold and hungry.", "When the wind blew over the fields, {x} found nothing any more."),
    ("{X} knocked at {y}'s door, and {y} shared the {food}.", "{Y} opened the door and gave {x} some {food}.", "\"Come in,\" said {y}. \"But next year you must help me.\""),
    ("First the work, then the play.", "If you think of tomorrow today, you will not be hungry.", "The next summer, {x} worked too.")]
HELP = [
    ("{Strong} caught {small}.", "{Small} ran over {strong}'s nose and woke {strong} up.", "{Strong} was hungry and wanted to eat {small}."),
    ("\"Let me go,\" said {small}. \"One day I will help you.\"", "\"Please do not eat me!\" cried {small}.", "\"I am too small for a meal,\" said {small}."),
    ("{Strong} laughed. \"You? Help me?\" But {strong} let {small} go.", "{Strong} was in a good mood and opened its paw.", "\"Go,\" said {strong}. \"You make me laugh.\""),
    ("A week later, {strong} was caught in a net.", "Some days later, {strong} fell into a trap.", "Then hunters came and tied {strong} with a rope."),
    ("{Small} heard the cries and came at once.", "{Small} heard {strong} and ran there.", "Only {small} was not afraid and came."),
    ("With its little teeth, {small} cut the rope.", "Bite by bite, {small} opened the net.", "{Small} worked all night until {strong} was free."),
    ("Even a small friend can be a great help.", "No kindness is ever lost.", "Since then, {strong} and {small} are friends.")]
VAIN = [
    ("{X} had a big piece of {food} and wanted to eat it alone.", "{X} found some {food} and hid it.", "{X} sat in a tree with some {food}."),
    ("{Y} smelled it and came near.", "{Y} was hungry and saw it.", "Along came {y}."),
    ("\"How beautiful you are!\" said {y}. \"Can you sing, too?\"", "\"Everybody says that you sing so well,\" said {y}.", "\"You are the cleverest animal {where},\" said {y}. \"Sing for me!\""),
    ("{X} was very proud and opened its mouth.", "{X} began to sing and forgot the {food}.", "That pleased {x}, and it sang as loudly as it could."),
    ("The {food} fell down, and {y} ate it.", "{Y} took the {food} and ran away.", "In that moment the {food} was gone."),
    ("\"Thank you for the song,\" said {y}.", "\"You sing well, but you do not think well,\" said {y}.", "Too late, {x} understood."),
    ("Be careful when somebody says only sweet things.", "Those who are too proud lose what they have.", "Sweet words can be expensive.")]
SHARE = [
    ("{X} found {a_fruit}, and {y} saw it at the same time.", "Both saw {a_fruit} under a tree.", "There was only one {fruit} on the tree."),
    ("\"It is mine!\" said {x}. \"No, it is mine!\" said {y}.", "They began to quarrel.", "{X} pulled on one side, and {y} pulled on the other."),
    ("Then {third} came along. \"I will help you to share it,\" it said.", "\"Let me be the judge,\" said {third}.", "{Third} listened to them and smiled."),
    ("It bit off a piece here and a piece there, to make both halves equal.", "\"This half is too big,\" it said and ate some of it.", "It cut the fruit, but one piece was always bigger, and so it ate a little of it."),
    ("In the end, nothing was left.", "Soon there was only the skin.", "When it had finished, there was nothing to share."),
    ("{X} and {y} looked at each other and were {sorrow}.", "\"We have lost everything,\" said {y}.", "They went home hungry."),
    ("Those who quarrel lose; those who share win.", "From that day on, they shared everything.", "It is better to have half than nothing.")]
BRAG = [
    ("{X} said, \"I am not afraid of anything.\"", "Everybody had to listen to {x}'s stories.", "\"I once fought with {a_big},\" said {x}."),
    ("{Y} did not say anything.", "{Y} was small and quiet.", "\"I am afraid of many things,\" said {y}."),
    ("One night, a fire started {where}.", "Then a big storm came.", "Suddenly, the water of the river rose."),
    ("{X} ran away as fast as it could.", "{X} hid under a stone.", "{X} cried for help."),
    ("{Y} woke all the others and showed them the way.", "{Y} helped the little ones first.", "{Y} stayed until everybody was safe."),
    ("In the morning, all thanked {y}.", "\"You are the brave one,\" said {x} to {y}.", "{X} became red and was silent."),
    ("Big words do not make a big heart.", "The brave do not talk much.", "You see who is brave when it is dark.")]
FABLES = ((RACE, ("rabbit", "horse", "deer", "fox", "dog", "goat"), ("turtle", "snail", "hedgehog", "duck", "donkey")), (WINTER, ("grasshopper", "cricket", "butterfly", "cat", "crow", "frog"), ("ant", "squirrel", "bee", "mouse", "hedgehog")),
          (HELP, ("lion", "bear", "wolf", "tiger"), ("mouse", "ant", "squirrel", "rabbit")), (VAIN, ("crow", "rooster", "parrot", "monkey", "peacock"), ("fox", "wolf", "cat", "dog")),
          (SHARE, ("cat", "bear", "monkey", "goat", "rabbit", "squirrel"), ("dog", "fox", "duck", "donkey", "hedgehog")), (BRAG, ("rooster", "lion", "wolf", "dog", "frog", "peacock", "horse"), ("mouse", "snail", "sheep", "hen", "bee", "owl")))
WITNESSES = ("owl", "squirrel", "frog", "hen", "sheep", "cow", "duck", "deer", "goat", "bird", "hedgehog", "pig", "horse", "mouse")
MIDDLE = (
    "It was a {weather} day.", "{Friends} watched from far away.", "{Other} saw it, but said nothing.", "\"What will happen now?\" asked {other}.", "The birds stopped singing and listened.", "A {color} butterfly flew past.", "The {nature} lay quiet in the sun.",
    "Somewhere, {other} laughed.", "The wind blew, and the leaves fell.", "Far away, a bell rang.", "{Other} was there and saw everything.", "It smelled of {smell}.", "In the grass sat {other}.", "\"That is not wise,\" thought {other}.",
)
WHERE = ("in the forest", "on a farm", "by the river", "in the meadow", "near the lake", "in the mountains", "at the edge of the village", "in a green valley")


def fable(chance: Chance) -> Draft:
    """Two animals and a lesson."""
    scene = Scene(chance)
    steps, firsts, seconds = chance.pick(FABLES)
    x, y = chance.pick(firsts), chance.pick(seconds)
    while y == x:
        y = chance.pick(seconds)
    third = chance.pick([animal for animal in ("monkey", "fox", "crow", "wolf") if animal not in (x, y)])
    big = [animal for animal in ("bear", "wolf", "lion") if animal != x]
    where = chance.pick(WHERE)
    scene.update(x=f"the {x}", y=f"the {y}", third=f"a clever {third}", Third=f"A clever {third}", strong=f"the {x}", small=f"the {y}", where=where, food=chance.pick(bank()["food"].options[:7] if steps is VAIN else ("seeds", "nuts", "berries", "corn")),
                 goal=chance.pick(("river", "big oak", "mill", "bridge", "hill")), friends=chance.pick(("the ducks", "an old owl", "some friends")), fruit=chance.pick(bank()["fruit"].options),
                 vice=chance.pick(("proud", "lazy", "clever", "hungry", "impatient", "curious")), a_big=f"a {chance.pick(big)}")
    scene.update(Friends=capital(scene["friends"]), X=capital(scene["x"]), Y=capital(scene["y"]), Strong=capital(scene["x"]), Small=capital(scene["y"]), Where=capital(where))
    for key, noun in (("ax", x), ("ay", y)):
        adjectives = load("nouns")["own"].get(noun, ("young", "little", "proud", "hungry"))
        phrase = f"{chance.pick(adjectives)} {noun}" if chance.flip(0.4) else noun
        scene[key] = ("an " if phrase[0] in "aeiou" else "a ") + phrase
    scene["Ax"] = capital(scene["ax"])
    lines = [capital(scene.choose(OPEN))]
    for i, step in enumerate(steps[:6]):
        lines.append(capital(scene.choose(step)))
        if i in (1, 2, 4) and chance.flip(0.35):
            scene["other"] = scene.phrase("a", chance.pick([animal for animal in WITNESSES if animal not in (x, y, third)]))
            scene["Other"] = capital(scene["other"])
            lines.append(capital(scene.choose(MIDDLE)))
    moral = scene.choose(steps[6])
    lines.append(capital(moral) if "nce then" in moral or "rom that" in moral or "next summer" in moral or chance.flip(0.5) else "The moral: " + capital(moral))
    return Draft().say(chance.pick((" ", "\n"), (5, 1)).join(dict.fromkeys(lines)))
