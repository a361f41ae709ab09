"""Texts in which the rule must be found out from the text itself: pairs of words, made-up labels, number machines, dictionaries, sums.

Held out, so that nothing of it can have been learnt by heart: some pairs of every lexical task, and some members of every class
(`tasks.py`); labels are made up anew for every text.
"""
from collections.abc import Sequence
from functools import cache

from engine.corpus.cast import invented
from engine.corpus.chance import Chance, Menu
from engine.corpus.document import Draft
from engine.corpus.lexicon import KINDS, lexicon, table
from engine.corpus.split import held_out
from engine.corpus.tasks import FIELDS, menu, tasks
from engine.corpus.teller import Teller

ARROWS = Menu((" -> ", ": ", " = ", " => ", " - ", ", ", "\t", " → "), (5, 3, 2.5, 2, 1.5, 0.7, 0.7, 0.8))
JOINS = Menu((", ", "\n", "; ", " | "), (7, 3, 2, 0.6))
SHOTS = Menu(tuple(range(2, 17)), [3, 4, 4, 4, 4, 4, 4, 4, 3, 3, 2, 2, 2, 1.5, 1.5])
CLASSES = Menu((2, 3, 4), (4, 5, 2))
HELD_OUT = 0.2                      # of the members of each class never stand in a block of labels
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
REAL = ("yes/no", "+/-", "A/B", "1/2", "x/y", "sí/no", "red/blue", "left/right", "sol/luna", "★/☆", "🙂/🙁")


def join(chance: Chance, arrow: str) -> str:
    """What stands between two pairs; never what stands inside one."""
    between = chance.draw(JOINS)
    return "\n" if between.strip() == arrow.strip() or arrow == ", " else between


def pairs(teller: Teller) -> Draft:
    """A block of pairs of one task: hot -> cold, tall -> short."""
    chance = teller.chance
    task = chance.draw(menu(teller.language))
    shots = min(chance.draw(SHOTS), len(task.seen))
    arrow = chance.draw(ARROWS)
    between, draft = join(chance, arrow), Draft()
    for i, (word, answer) in enumerate(chance.several(task.seen, shots)):
        draft.say(between if i else "").say(word + arrow)
        draft.answer("pair", answer) if i else draft.say(answer)
    return draft


@cache
def classes(language: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Classes of words for labels: those that blocks use, and those held out."""
    here, found = lexicon(language), {}
    rows: dict[str, list[str]] = {kind: [noun.word for noun in here.nouns.values() if noun.kind == kind] for kind in KINDS}
    rows |= {"adjective " + kind: [row.word for row in menu.options] for kind, menu in here.classes.items()}
    names, closed = table("names")[language], table(language, "closed")
    rows |= {"girls": names["girls"], "boys": names["boys"], "numbers": closed["numbers"][1:], "months": closed["months"], "days": closed["days"]}
    rows |= {"countries": list(dict.fromkeys(pair[0] for task in tasks(language) if task.name.endswith("capital") for pair in task.seen + task.held_out))}
    for name, words in rows.items():
        kept = tuple(word for word in words if not held_out("label", word, share=HELD_OUT))
        if len(kept) >= 6:
            found[name] = (kept, tuple(word for word in words if word not in kept))
    return found


GROUPS = {kind: field for field, kinds in FIELDS.items() for kind in kinds}


def apart(chance: Chance, names: Sequence[str], count: int) -> list[str]:
    """`count` of the classes that nobody could confuse: no two of the same field (pet and farm are both animals)."""
    chosen: list[str] = []
    for _ in range(count):
        taken = {_field(name) for name in chosen}
        chosen.append(chance.pick([name for name in names if _field(name) not in taken]))
    return chosen


def _field(name: str) -> str:
    return "adjective" if name.startswith("adjective ") else "names" if name in ("girls", "boys") else GROUPS.get(name, name)


def label(chance: Chance, taken: Sequence[str]) -> str:
    """A made-up label of one to three syllables, unlike those taken."""
    while True:
        syllables = chance.pick((1, 1, 1, 2, 2, 3))
        text = "".join(chance.pick(CONSONANTS) + chance.pick(VOWELS) for _ in range(syllables)) + (chance.pick(CONSONANTS) if chance.flip(0.6) or syllables == 1 else "")
        if text not in taken:
            return text


def made_up(chance: Chance, count: int) -> list[str]:
    """Labels for `count` classes: mostly syllables, now and then letters, digits, words that mean something else, or signs."""
    how = chance.pick(("syllables", "letters", "digits", "words"), (12, 1, 1, 1.5))
    if how == "words" and count == 2:
        both = chance.pick(REAL).split("/")
        return both if chance.flip() else both[::-1]
    if how == "letters":
        return chance.several("ABCDEFGHKLMNPQRSTXYZ", count)
    if how == "digits":
        return chance.several("0123456789", count)
    labels: list[str] = []
    for _ in range(count):
        labels.append(label(chance, labels))
    return labels


def labels(teller: Teller) -> Draft:
    """Words of some classes with a made-up label for each class: an answer is one whose class has been labelled before."""
    chance = teller.chance
    table_ = classes(teller.language)
    names = apart(chance, list(table_), chance.draw(CLASSES))
    words = {name: list(chance.several(table_[name][0], min(len(table_[name][0]), 10))) for name in names}
    label_of = dict(zip(names, made_up(chance, len(names)), strict=True))
    shots, arrow = chance.draw(SHOTS) + 1, chance.draw(ARROWS)
    between, draft, seen = join(chance, arrow), Draft(), set()
    for i in range(shots):
        open_ = [name for name in names if words[name]]
        if not open_:
            break
        name = chance.pick(open_)
        draft.say(between if i else "").say(words[name].pop() + arrow)
        draft.answer("label", label_of[name]) if name in seen else draft.say(label_of[name])
        seen.add(name)
    return draft


MACHINES = {f"+{n}": (lambda x, n=n: x + n) for n in range(1, 11)} | {f"-{n}": (lambda x, n=n: x - n) for n in range(1, 6)} | {
    f"x{n}": (lambda x, n=n: x * n) for n in (2, 3, 4, 5, 10)} | {"same": lambda x: x, "half": lambda x: x // 2 if x % 2 == 0 else x, "rest of ten": lambda x: 10 - x}


def machines(teller: Teller) -> Draft:
    """A number machine: 2 -> 4, 3 -> 6; the first pairs may be explained by several rules."""
    chance = teller.chance
    rule = MACHINES[chance.pick(list(MACHINES))]
    arrow = chance.draw(ARROWS)
    between, draft = join(chance, arrow), Draft()
    inputs = chance.several(range(1, 21), chance.draw(SHOTS))
    for i, x in enumerate(x for x in inputs if rule(x) >= 0):
        draft.say(between if i else "").say(f"{x}{arrow}")
        draft.answer("machine", str(rule(x))) if i else draft.say(str(rule(x)))
    return draft if draft.text else machines(teller)


def sums(teller: Teller) -> Draft:
    """Additions and subtractions, each on its own line or all in one."""
    chance = teller.chance
    most = chance.pick((9, 9, 20, 50, 99))
    between, draft = chance.pick(("\n", ", ", "; ")), Draft()
    for i in range(chance.number(3, 9)):
        a, b = chance.number(0, most), chance.number(0, most)
        if chance.flip(0.75):
            draft.say(between if i else "").say(f"{a} + {b} = ").answer("sum", str(a + b))
        else:
            draft.say(between if i else "").say(f"{max(a, b)} - {min(a, b)} = ").answer("difference", str(abs(a - b)))
    return draft


def sequences(teller: Teller) -> Draft:
    """Numbers, letters, days or months in order, from anywhere, by any step."""
    chance = teller.chance
    closed, draft = table(teller.language, "closed"), Draft()
    how = chance.pick(("steps", "letters", "words", "days", "months", "back"), (4, 2, 2, 1, 1, 2))
    long = chance.number(4, 10)
    if how in ("steps", "back"):
        step, start = chance.number(1, 10), chance.number(0, 40)
        row = [str(start + step * i) for i in range(long)]
        row = row[::-1] if how == "back" else row
    elif how == "letters":
        start = chance.number(0, 20)
        row = list("abcdefghijklmnopqrstuvwxyz"[start:start + long])
    else:
        words = closed["numbers"][1:21] if how == "words" else closed[how]
        start = chance.number(0, len(words) - 3)
        row = [words[(start + i) % len(words)] for i in range(long)] if how != "words" else words[start:start + long]
    between = chance.pick((", ", " ", "\n", " - "))
    for i, word in enumerate(row):
        draft.say(between if i else "")
        draft.answer("sequence", word) if i > 2 else draft.say(word)
    return draft


def dictionary(teller: Teller) -> Draft:
    """A list of who or what belongs to which word, then asked for again and again, in other orders: an answer can only be read off the text.

    On the left stand words of a made-up language, or names of people, or of pets; on the right what a text speaks of. Between the
    two stands an arrow, or for names now and then some words, so that what belongs together also stands farther apart.
    """
    chance = teller.chance
    count = chance.number(2, 6)
    kind = chance.pick(("strange", "people", "pets"), (2, 8, 2))
    left = _row(teller, kind, count)
    right = _row(teller, chance.pick(("nouns", "colors", "people", "pets"), (6, 2, 2, 1)), count, set(left))
    arrow = chance.draw(ARROWS) if kind == "strange" or chance.flip(0.4) else chance.pick(table(teller.language, "recall")["between"])
    between, draft = join(chance, arrow), Draft()
    entries = list(zip(left, right, strict=True))
    if kind == "strange" and chance.flip(0.3):
        entries = [(word, key) for key, word in entries]
    for i, (key, word) in enumerate(entries):
        draft.say(between if i else "").say(key + arrow + word)
    for _ in range(chance.number(2, 3)):
        for key, word in chance.several(entries, chance.number(max(1, len(entries) - 1), len(entries))):
            draft.say(between).say(key + arrow).answer("dictionary", word)
    return draft


def copying(teller: Teller) -> Draft:
    """A row of words or names, said once more: what the model must copy, made-up names letter by letter."""
    chance = teller.chance
    row = _row(teller, chance.pick(("invented", "people", "pets", "colors", "nouns"), (8, 3, 1, 1, 3)), chance.number(3, 9))
    between = chance.pick((" ", ", ", "; ", " - "), (6, 3, 1, 1))
    draft = Draft()
    for again in range(chance.number(2, 3)):
        draft.say("\n" if again else "")
        for i, word in enumerate(row):
            draft.say(between if i else "")
            draft.answer("copy", word) if again else draft.say(word)
    return draft


def _row(teller: Teller, kind: str, count: int, taken: set[str] = frozenset()) -> list[str]:
    """`count` words or names of a kind, none twice and none that is taken."""
    chance, cast, lexicon_ = teller.chance, teller.cast, teller.lexicon
    menu = lexicon_.kinds[chance.pick(("thing", "place", *KINDS), (len(KINDS), len(KINDS) / 2, *(1,) * len(KINDS)))]
    draw = {"strange": lambda: label(chance, ()), "invented": lambda: invented(chance), "people": lambda: cast.name(chance.flip()), "pets": cast.pet_name,
            "colors": lambda: chance.draw(lexicon_.classes["color"]).word, "nouns": lambda: chance.draw(menu).word}[kind]
    row: list[str] = []
    for _ in range(20 * count):
        if len(row) == count:
            break
        if (word := draw()) not in taken and word not in row:
            row.append(word)
    while len(row) < count:                             # a kind of few words
        if (word := label(chance, row)) not in taken:
            row.append(word)
    return row
