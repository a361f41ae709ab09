"""What is true in the world: fact prose, quizzes with and without answers, animal cards, riddles."""
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.cast import names
from engine.corpus.en.grammar import Scene, article, capital, load, plural
from engine.corpus.en.wording import FULL, SHORT, by_relation, choose_fact, question, slots, statement, write


def facts(chance: Chance) -> Draft:
    """Two to five facts in many wordings, of one relation or about one subject more often than not."""
    scene, draft = Scene(chance), Draft()
    relation = choose_fact(scene).relation if chance.flip(0.6) else None
    fact = choose_fact(scene, relation)
    several = chance.number(2, 5)
    for i in range(several):
        if i:
            draft.say(" ")
            if i > 1 and chance.flip(0.12):
                draft.say(chance.pick(("That is easy to remember. ", "Did you know that? ", "Now you know it. ", "And there is more. ")))
            related = [other for rows in by_relation().values() for other in rows if other.subject == fact.subject and other.id not in scene.used]
            if chance.flip(0.25):
                pass                                        # say the same fact once more, in other words
            elif related and chance.flip(0.5):
                fact = chance.pick(related)
                scene.used.add(fact.id)
            else:
                fact = choose_fact(scene, relation)
        write(draft, statement(scene, fact), fact)
    return draft


LEADS = (("Question: ", "\nAnswer: ", "\n"), ("Q: ", "\nA: ", "\n"), ("", " ", " "), ("", "\n", "\n"), ("- ", "\n- ", "\n"), ("\"", "\" - \"", "\"\n"))


def quiz(chance: Chance) -> Draft:
    """Questions about the world, each with its answer: one to five of them."""
    scene, draft = Scene(chance), Draft()
    lead, then, gap = chance.pick(LEADS, (4, 2, 3, 2, 1, 1))
    relation = choose_fact(scene).relation if chance.flip(0.5) else None
    full = chance.flip(0.35)
    several = chance.pick((1, 2, 3, 4, 5), (2, 3, 3, 2, 1))
    for i in range(several):
        fact = choose_fact(scene, relation)
        asked = question(scene, fact)
        draft.say(("" if i == 0 else gap) + lead + asked + then)
        answer(draft, fact, full or (lead == "" and then == " "))
        if lead == "\"" and i == several - 1:
            draft.say("\"")
    return draft


def answer(draft: Draft, fact, full: bool) -> None:
    """The answer to a question about the fact: a whole sentence, or a word or two."""
    if full:
        write(draft, FULL[fact.relation], fact)
        return
    text = SHORT.get(fact.relation, "{o}").format_map(slots(fact))
    before, _, after = capital(text).partition("{o}")
    draft.say(before).answer("fact", fact.object if before else capital(fact.object), fact.id).say(after)


def questions(chance: Chance) -> Draft:
    """Three to six questions and not one answer, as on a teacher's sheet."""
    scene, draft = Scene(chance), Draft()
    style = chance.pick(("line", "number", "dash", "space", "headed"), (4, 2, 1, 2, 1))
    relation = choose_fact(scene).relation if chance.flip(0.5) else None
    lines = []
    for i in range(chance.number(3, 6)):
        asked = question(scene, choose_fact(scene, relation))
        lines.append({"number": f"{i + 1}. ", "dash": "- "}.get(style, "") + asked)
    if style == "headed":
        lines.insert(0, chance.pick(("Questions:", "Quiz:", "Can you answer these questions?", "Homework for Monday:")))
    return draft.say((" " if style == "space" else "\n").join(dict.fromkeys(lines)))


CARDS = (
    ("The {n} is {size}.", "{A} is {an_animal} that lives {home}.", "Do you know the {n}? It lives {home}.", "{P} live {home}.", "The {n} lives {home}.", "This is a card about the {n}."),
    ("It eats {eats}.", "It likes to eat {eats}.", "Its food is {eats}.", "Most of all, it likes {eats}.", "When it is hungry, it looks for {eats}."),
    ("It can {can}.", "It is able to {can}.", "People like it because it can {can}.", "What can it do? It can {can}."),
    ("Everybody knows that {special}.", "It is special because {special}.", "And do you know what? {Special}.", "{Special}.", "One more thing: {special}."),
    ("It is {size}.", "Its size: {size}.", "Is it big? It is {size}."),
    ("{G} saw one {where}.", "{G} likes {p} very much.", "{G} would like to have {a}.", "{G} drew {a} at school.", "My {relative} once saw {a}."),
)


def animals(chance: Chance) -> Draft:
    """A card about one animal, in three to six sentences, with its facts among them."""
    scene, draft = Scene(chance), Draft()
    table = load("animals")
    noun = chance.pick(tuple(table))
    row = table[noun]
    scene.update(row, n=noun, a=f"{article(noun)} {noun}", A=capital(f"{article(noun)} {noun}"), p=plural(noun), P=capital(plural(noun)),
                 Special=capital(row["special"]), an_animal="an animal", where=chance.pick(("at the zoo", "last summer", "in a book", "on a trip", "yesterday", "in a film")),
                 G=chance.pick(names(chance.flip()).options[:30]))
    first = scene.choose(CARDS[0])
    draft.say(first)
    lines = [step for step in CARDS[1:] if chance.flip(0.75) and not (step is CARDS[4] and row["size"] in first)]
    lines += [fact for rows in by_relation().values() for fact in rows if fact.subject == noun and fact.relation not in ("opposite", "home") and chance.flip(0.6)]
    for line in chance.several(lines, len(lines)):
        draft.say(" ")
        if isinstance(line, tuple) and not hasattr(line, "relation"):
            draft.say(scene.choose(line))
        else:
            write(draft, statement(scene, line), line)
    return draft


RIDDLE_ENDS = ("What am I?", "Who am I?", "Can you guess what I am?", "Guess what I am!")
REPLIES = ("You are ", "", "I am ", "The answer is: ", "It is ")


def riddle(chance: Chance) -> Draft:
    """Clues in the first person, the question, the answer."""
    draft = Draft()
    table = load("riddles")
    thing = chance.pick(tuple(table))
    clues = table[thing]
    lines = chance.several(clues, min(len(clues), chance.number(2, 4)))
    if chance.flip(0.3):
        draft.say(chance.pick(("A riddle: ", "Here is a riddle. ", "Listen to this riddle. ", "Guess! ")))
    gap = chance.pick((" ", "\n"), (3, 1))
    draft.say(gap.join(lines) + gap + chance.pick(RIDDLE_ENDS) + chance.pick((" ", "\n")))
    reply = chance.pick(REPLIES)
    determiner = "" if thing in load("phrases")["riddles"]["mass"] else "the " if thing in load("phrases")["riddles"]["definite"] else f"{article(thing)} "
    before = reply + determiner if reply else capital(determiner)
    return draft.say(before).answer("riddle", thing if before else capital(thing)).say(".")
