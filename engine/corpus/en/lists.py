"""Lists that teach by example: word pairs, blocks with made-up labels, number work."""
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.en.cast import RUDE, Stage
from engine.corpus.en.grammar import FORMS, kinds, load, past, plural
from engine.corpus.facts import facts
from engine.corpus.split import held_out

ARROWS = (" -> ", ": ", " = ", " - ", " => ", ", ", " > ", "\t")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
           "sixteen", "seventeen", "eighteen", "nineteen", "twenty")


@cache
def categories() -> dict[str, tuple[str, ...]]:
    """Groups of words that belong together, for the labels: the lexicon's kinds and those of categories.toml."""
    groups = {name: kind.nouns.options for name, kind in kinds().items() if name not in ("pet", "object", "nature")}
    people = load("people")
    groups.update(color=tuple(people["colors"]), trait=tuple(people["traits"]), girl=tuple(people["girls"]), boy=tuple(people["boys"]), number=NUMBERS)
    groups.update({name: tuple(words) for name, words in load("categories").items()})
    return groups


@cache
def verbs() -> tuple[str, ...]:
    return tuple(dict.fromkeys(verb.split("_")[0] for table in ("person", "cat", "dog", "bird", "horse") for verb in load("actions")[table]))


@cache
def tasks() -> dict[str, tuple[tuple[str, str], ...]]:
    """What a list of pairs may show: task -> its pairs; held-out pairs are not among them."""
    table: dict[str, list[tuple[str, str]]] = {}
    for fact in facts("en"):
        table.setdefault(fact.relation, []).append((fact.subject, fact.object))
    nouns = tuple(dict.fromkeys(noun for kind in kinds().values() for noun in kind.nouns.options))
    table["plural"] = [(noun, plural(noun)) for noun in nouns if noun not in ("bread", "soup", "rice", "honey", "jam", "butter", "pasta", "milk", "water", "tea", "juice", "cocoa", "lemonade")]
    table["past"] = [(verb, past(verb)) for verb in verbs() if verb != "read"]
    table["gerund"] = [(verb, FORMS["gerund"](verb)) for verb in verbs()]
    table["first letter"] = [(noun, noun[0]) for noun in nouns]
    table["capital letters"] = [(noun, noun.upper()) for noun in nouns[:90] if len(noun) < 6]
    table["number"] = [(word, str(i)) for i, word in enumerate(NUMBERS)]
    table["digit"] = [(str(i), word) for i, word in enumerate(NUMBERS)]
    table["after"] = [(str(i), str(i + 1)) for i in range(1, 60)]
    table["double"] = [(str(i), str(2 * i)) for i in range(1, 31)]
    for words in ("days", "months"):
        row = load("categories")[words]
        table[f"next of {words}"] = list(zip(row, row[1:] + row[:1], strict=True))
    table["kind"] = [(word, name) for name in ("fruit", "vegetable", "clothing", "furniture", "drink", "color") for word in categories()[name]]
    english, spanish = facts("en"), facts("es")
    both = {}
    for here, there in zip(english, spanish, strict=True):
        if here.relation in ("color", "category", "opposite", "baby", "sound", "maker"):
            both[here.subject] = there.subject
    table["en to es"] = list(both.items())
    table["es to en"] = [(there, here) for here, there in both.items()]
    return {task: tuple(pair for pair in dict.fromkeys(rows) if not held_out("pair", task, pair[0])) for task, rows in table.items()}


HEADS = {
    "opposite": "Opposites", "capital": "Countries and capitals", "plural": "One and many", "past": "Today and yesterday", "baby": "Animals and their young", "sound": "Animals and what they do",
    "color": "Things and colors", "en to es": "English and Spanish", "es to en": "Spanish and English", "category": "What is it?", "language": "Countries and languages", "legs": "How many legs?", "job": "Who does what?",
}


def pairs(chance: Chance) -> Draft:
    """Three to ten pairs of one task, written with one kind of arrow."""
    draft = Draft()
    names = tuple(tasks())
    task = chance.pick(names, [min(len(tasks()[name]), 60) ** 0.4 for name in names])
    rows = tasks()[task]
    arrow = chance.pick(ARROWS, (8, 3, 3, 2, 1, 1, 1, 0.5))
    gap = chance.pick(("\n", "; ", ", "), (8, 1, 1)) if arrow != ", " else "\n"
    if task in HEADS and chance.flip(0.15):
        draft.say(HEADS[task] + ":\n")
    for i, (left, right) in enumerate(chance.several(rows, min(len(rows), chance.number(3, 10)))):
        draft.say((gap if i else "") + left + arrow)
        if i:
            draft.answer("pair", right)
        else:
            draft.say(right)
    return draft


def label(chance: Chance, taken: set[str]) -> str:
    """A made-up label of one to three syllables, sometimes a letter or a digit, unlike the others."""
    while True:
        shape = chance.pick((1, 2, 3, "letter", "digit"), (5, 3, 1, 0.7, 0.4))
        if shape == "letter":
            word = chance.pick("ABCDEFGHKLMPQRSTVXYZ")
        elif shape == "digit":
            word = str(chance.number(1, 9))
        else:
            word = "".join(chance.pick("bdfgklmnprstvwz") + chance.pick("aeiou") for _ in range(shape))
            if chance.flip(0.75):
                word += chance.pick("bdfgklmnprstxz")
        if word not in taken and not any(rude in word for rude in RUDE):
            taken.add(word)
            return word


def labels(chance: Chance) -> Draft:
    """Six to sixteen words of two or three groups, each group with a label invented for this document."""
    draft = Draft()
    groups = categories()
    chosen: list[str] = []
    while len(chosen) < chance.pick((2, 3), (1, 1.2)):
        name = chance.pick(tuple(groups))
        if all(not set(groups[name]) & set(groups[other]) for other in chosen):
            chosen.append(name)
    taken: set[str] = set()
    named = {name: label(chance, taken) for name in chosen}
    words = {name: [word for word in groups[name] if not held_out("label", word)] for name in chosen}
    arrow = chance.pick(ARROWS, (8, 2, 2, 1, 2, 0.5, 0.5, 0.5))
    gap = chance.pick(("\n", "; "), (8, 1))
    seen: set[str] = set()
    used: set[str] = set()
    for i in range(chance.number(6, 16)):
        name = chance.pick(chosen)
        fresh = [word for word in words[name] if word not in used]
        if not fresh:
            continue
        word = chance.pick(fresh[:40])
        used.add(word)
        draft.say((gap if i else "") + word + arrow)
        if name in seen:
            draft.answer("label", named[name])
        else:
            draft.say(named[name])
        seen.add(name)
    return draft


def numbers(chance: Chance) -> Draft:
    """Counting, sums, sequences, number machines."""
    return chance.pick((counting, sums, sequence, machine, told_sums), (1, 3, 2, 3, 2))(chance)


def counting(chance: Chance) -> Draft:
    if chance.flip(0.6):
        start, step = chance.number(1, 30), chance.pick((1, 2, 5, 10), (4, 2, 1, 1))
        row = [str(start + i * step) for i in range(chance.number(5, 15))]
    else:
        start = chance.number(0, 10)
        row = list(NUMBERS[start:start + chance.number(5, 10)])
    if chance.flip(0.2):
        row.reverse()
    return Draft().say(chance.pick(("", "Let's count: ", "I can count: "), (3, 1, 1)) + ", ".join(row))


def sums(chance: Chance) -> Draft:
    """Sums and differences up to twenty, in digits."""
    draft, seen = Draft(), set()
    plus = chance.pick((" + ", "+"), (4, 1))
    for _ in range(chance.number(2, 8)):
        a, b = chance.number(1, 19), chance.number(0, 10)
        if a + b > 20 or (a, b) in seen:
            a, b = chance.number(1, 10), chance.number(1, 10)
        if (a, b) in seen:
            continue
        draft.say("\n" if seen else "")
        seen.add((a, b))
        equal = " = " if plus == " + " else "="
        if a >= b and chance.flip(0.3):
            draft.say(f"{a}{plus.replace('+', '-')}{b}{equal}").answer("sum", str(a - b))
        else:
            draft.say(f"{a}{plus}{b}{equal}").answer("sum", str(a + b))
    return draft


def told_sums(chance: Chance) -> Draft:
    """Sums in words, and small stories of things that are added or taken away."""
    draft, stage = Draft(), Stage(chance)
    for i in range(chance.number(1, 3)):
        a, b = chance.number(1, 10), chance.number(1, 10)
        draft.say(" " if i else "")
        kind = chance.pick(("word", "has", "eats", "question"))
        if kind == "word":
            draft.say(f"{NUMBERS[a].capitalize()} plus {NUMBERS[b]} is ").answer("sum", NUMBERS[a + b]).say(".")
            continue
        if kind == "question":
            draft.say(f"What is {a} plus {b}? It is ").answer("sum", str(a + b)).say(".")
            continue
        a, b = max(a, b) + 1, min(a, b, 9)
        one, many = (noun := chance.pick(*kinds()["fruit"].nouns)), plural(noun)
        def amount(n: int) -> str:
            return f"{NUMBERS[n]} {one if n == 1 else many}"
        if kind == "has":
            draft.say(f"{stage['H']} has {amount(a)}. {stage['F']} gives {stage['him']} {NUMBERS[b]} more. Now {stage['he']} has ")
            draft.answer("sum", NUMBERS[a + b]).say(f" {many}.")
        else:
            draft.say(f"There are {amount(a)} on the table. {stage['H']} eats {NUMBERS[b]}. Now there {'is' if a - b == 1 else 'are'} ")
            draft.answer("sum", NUMBERS[a - b]).say(f" {'left' if chance.flip() else 'on the table'}.")
    return draft


def sequence(chance: Chance) -> Draft:
    """Rows of numbers or letters that go on by a rule."""
    draft = Draft()
    for i in range(chance.number(1, 3)):
        start, step = chance.number(1, 20), chance.number(1, 5)
        row = [start + j * step for j in range(chance.number(5, 8))]
        if chance.flip(0.2):
            row.reverse()
        if chance.flip(0.15):
            first = chance.number(0, 18)
            row = list("abcdefghijklmnopqrstuvwxyz"[first:first + 7])
        draft.say(("\n" if i else "") + ", ".join(map(str, row[:-1])) + ", ").answer("sequence", str(row[-1]))
    return draft


def machine(chance: Chance) -> Draft:
    """A number machine: inputs and outputs by one rule, never told."""
    factor, plus = chance.pick(((1, chance.number(1, 9)), (1, -1), (2, 0), (3, 0), (10, 0), (2, 1), (1, 10)), (4, 1, 3, 1, 1, 1, 1))
    arrow = chance.pick(ARROWS[:5], (6, 1, 1, 1, 1))
    draft = Draft()
    for i, number in enumerate(chance.several(range(1, 21), chance.number(4, 9))):
        draft.say(("\n" if i else "") + f"{number}{arrow}")
        out = str(number * factor + plus)
        if i > 1:
            draft.answer("machine", out)
        else:
            draft.say(out)
    return draft
