"""What a model is asked: prompts whose one right answer is known, built by the same world that wrote the training text, from other seeds.

Nothing here knows a model. Every function is given a seed and yields the same probes for it.
"""
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.corpus import blocks, chat, facts, narrate, recall, tail
from engine.corpus.cast import Item
from engine.corpus.chance import Chance
from engine.corpus.genre import TELLERS
from engine.corpus.lexicon import lexicon, table
from engine.corpus.recall import Recall
from engine.corpus.tasks import tasks
from engine.corpus.teller import Teller

OPENINGS = Path(__file__).parent.parent / "assets" / "openings"
CANDIDATE = re.compile(r"\w+")
SEPARATOR = ", "
CLASSES = 3                         # of made-up labels


@dataclass(frozen=True)
class Probe:
    """A prompt, the answer that continues it, what must follow, and for guessers the answers that the text offers in order."""
    prompt: str
    answer: str
    end: str = ""
    offered: tuple[str, ...] = ()
    word: str = ""                  # the one offered that is right, where the answer is more than it: in the garden
    told: int = 0                   # where in the prompt the answer was told (character), for distances


@dataclass(frozen=True)
class Pair:
    """Two sentences that differ in agreement alone."""
    good: str
    bad: str


@dataclass(frozen=True)
class Opening:
    """What a stranger would type, and the words that would be sensible next."""
    text: str
    next: frozenset[str]


@dataclass(frozen=True)
class Story:
    """A story up to the lead-in of its summary; the hero's name, and words one of which tells the event."""
    prompt: str
    hero: str
    event: tuple[str, ...]

    @property
    def text(self) -> str:
        """The story alone: the lead-in has a line of its own."""
        return self.prompt.rstrip().rpartition("\n")[0]

    def told_by(self, answer: str) -> bool:
        """Whether the first sentence of an answer names the hero and the event."""
        sentence = re.split(r"(?<=[.!?]) ", answer)[0].casefold()
        return self.hero.casefold() in sentence and any(word.casefold() in sentence for word in self.event)


def openings(language: str) -> list[Opening]:
    """The strangers' openings of a language."""
    with (OPENINGS / f"{language}.toml").open("rb") as file:
        return [Opening(row["text"], frozenset(word.casefold() for word in row["next"])) for row in tomllib.load(file)["openings"]]


def fact_probes(language: str, held_out: bool, seed: int) -> Iterator[tuple[str, Probe]]:
    """For each fact (relation, probe) in one of its phrasings: those of the training text, or those that no text uses."""
    chance = Chance(seed)
    for fact in facts.facts(language):
        wording = facts.phrasing(language, fact.relation)
        options = []
        for template in (wording.heldout if held_out else wording.say):
            text, start, end = facts.word(template, fact, language)
            if start > len(text) // 3 and _asked(fact, text[:start]) and not _given_away(text[:start], text[start:end]):
                options.append((text, start, end))
        if not held_out:
            replies = [reply for reply in (facts.word(reply, fact, language) for reply in wording.reply) if reply[1] > 0]
            for question in wording.ask if replies else ():     # a reply that leads up to its answer: what comes next can be nothing else
                asked, (text, start, end) = facts.word(question, fact, language)[0], chance.pick(replies)
                if not _given_away(asked + text[:start], text[start:end]):
                    options.append((f"{asked} {text}", len(asked) + 1 + start, len(asked) + 1 + end))
        if options:
            text, start, end = chance.pick(options)
            yield fact.relation, Probe(text[:start], text[start:end])


def _asked(fact: facts.Fact, before: str) -> bool:
    """Whether the text says what it speaks of before it comes to the answer."""
    return fact.subject[:-1].casefold() in before.casefold()        # without its last letter: baby, babies


def _given_away(before: str, answer: str) -> bool:
    return answer.casefold() in before.casefold()


def analogies(language: str) -> list[tuple[str, str, str, str]]:
    """man, woman, king, queen: every two facts of the relation `female`, so that king - man + woman should be queen."""
    rows = [(fact.subject, fact.object) for fact in facts.facts(language) if fact.relation == "female"]
    return [(*first, *second) for first in rows for second in rows if not set(first) & set(second)]


def tail_probes(language: str, count: int, held_out: bool, seed: int) -> Iterator[Probe]:
    """Facts about the `count` invented towns most spoken of."""
    chance = Chance(seed)
    for town in tail.towns()[:count]:
        aspect = chance.pick(tail.ASPECTS)
        wording = chance.pick(table(language, "tail")[f"{aspect}_{'heldout' if held_out else 'say'}"])
        if wording.index("#") > wording.index("@"):
            before = wording.replace("@", town.name).partition("#")[0]
            yield Probe(before, tail.answer(language, town, aspect))


def _teller(language: str, seed: int, invented: float | None = None) -> Teller:
    teller = TELLERS[language](Chance(seed))
    if invented is not None:
        teller.cast.invented = invented
    return teller


def recall_probe(language: str, kind: str, seed: int, fillers: int | None = None, distractors: bool = True) -> Probe:
    """One question about something told in the text: `kind` is a key of recall.KINDS, a key of recall.TWO_HOPS, or "invented"."""
    teller = _teller(language, seed, 1.0 if kind == "invented" else None)
    text, chance = Recall(teller, led=True), teller.chance
    if kind in recall.TWO_HOPS:
        told, asked = text.hops(kind)
    else:
        told = asked = text.pair({"invented": "pet"}.get(kind, kind))
        if distractors:
            told = told + text.pair(chance.pick([other for other in recall.KINDS if other != {"invented": "pet"}.get(kind, kind)]))
    question = chance.pick(asked)
    count = chance.number(0, 5) if fillers is None else fillers
    if fillers is None:
        draft = recall.write(text, told, [question], count, 1)
    else:                                               # what is asked for stands at the beginning
        for said in told:
            teller.put(text.say(said))
        for _ in range(count):
            teller.put(text.filler())
        recall.ask(text, [question])
        draft = teller.draft()
    answer = draft.answers[-1]
    prompt = draft.text[:answer.start]                  # a place is asked for with its preposition, which would give it away
    offered = sorted((said.answer for said in asked), key=lambda said: prompt.casefold().find(said.casefold()))
    return Probe(prompt, draft.text[answer.start:answer.end], offered=tuple(offered), word=question.answer,
                 told=prompt.casefold().find(question.answer.casefold()) + len(question.answer))


def label_pairs(language: str, shots: int, seed: int, classes: int = CLASSES) -> tuple[list[tuple[str, str]], tuple[str, str]]:
    """Words of `classes` classes with made-up labels, `shots` of them or as many as there are, and one more to ask for; no block of labels has used them."""
    chance = Chance(seed)
    known = {name: words[1] for name, words in blocks.classes(language).items() if len(words[1]) >= 4}
    names = blocks.apart(chance, list(known), classes)
    words = {name: chance.several(known[name], len(known[name])) for name in names}
    label_of: dict[str, str] = {}
    for name in names:
        label_of[name] = blocks.label(chance, list(label_of.values()))
    asked = chance.pick(names)
    question, pairs = words[asked].pop(), []
    for _ in range(min(shots, sum(map(len, words.values())))):
        name = chance.pick([name for name in names if words[name]])
        pairs.append((words[name].pop(), label_of[name]))
    return pairs, (question, label_of[asked])


def label_probe(language: str, shots: int, seed: int) -> Probe:
    """Words of three classes with made-up labels, `shots` of them, and one more to label."""
    pairs, (question, answer) = label_pairs(language, shots, seed)
    text = "".join(f"{word} -> {label}{SEPARATOR}" for word, label in pairs)
    return Probe(f"{text}{question} ->", " " + answer, SEPARATOR, tuple(label for _, label in pairs))


def label_ceiling(shots: int, classes: int = CLASSES) -> float:
    """What a perfect reader scores: right if a word of the class has been labelled, which is 1 - (1 - 1/C)^k, and never by chance."""
    return 1 - (1 - 1 / classes) ** shots


def lexical_probe(language: str, held_out: bool, shots: int, seed: int) -> Probe:
    """Pairs of a lexical task, `shots` of them from the training text, and one more word to complete: seen in blocks, or held out."""
    chance = Chance(seed)
    task = chance.pick([task for task in tasks(language) if task.held_out])
    word, answer = chance.pick(task.held_out if held_out else task.seen)
    chosen = chance.several([pair for pair in task.seen if pair[0] != word], shots)
    text = "".join(f"{a} -> {b}{SEPARATOR}" for a, b in chosen)
    return Probe(f"{text}{word} ->", " " + answer, SEPARATOR)


def sum_probe(seed: int) -> Probe:
    """An addition of two numbers of two digits, behind three that are solved."""
    chance = Chance(seed)
    rows = [(chance.number(10, 99), chance.number(10, 99)) for _ in range(4)]
    text = "".join(f"{a} + {b} = {a + b}{SEPARATOR}" for a, b in rows[:-1])
    a, b = rows[-1]
    return Probe(f"{text}{a} + {b} =", f" {a + b}", SEPARATOR)


def agreement(language: str, count: int, seed: int) -> list[Pair]:
    """Minimal pairs: the number of the verb, and in Spanish also the gender of an adjective, with a noun in between that misleads."""
    chance = Chance(seed)
    return [_number_pair(language, chance) if language == "en" or i % 2 else _gender_pair(chance) for i in range(count)]


@cache
def _plain_nouns(language: str) -> tuple:
    return tuple(noun for noun in lexicon(language).nouns.values() if not noun.mass and not noun.many
                 and noun.kind in ("pet", "farm", "wild", "bird", "toy", "clothing", "fruit", "household", "vehicle", "furniture"))


def _phrase(language: str, noun, plural: bool) -> str:
    teller = TELLERS[language](Chance(0))
    return teller.noun_thepl(Item(noun), False) if plural else teller.noun_the(Item(noun), False)


def _number_pair(language: str, chance: Chance) -> Pair:
    words = table(language, "minimal")
    plural = chance.flip()
    noun, other = chance.several(_plain_nouns(language), 2)
    verbs = chance.pick([row for row in words["verbs"] if language == "en" or not _describes(words, row)])     # the number of the verb alone decides
    adjective = chance.pick([row for row in lexicon(language).classes["size"].options])
    after = chance.pick(words["after"][verbs[0]])
    between = _between(chance, language, plural).replace("{M}", _phrase(language, other, not plural))
    start = TELLERS[language](Chance(0)).tidy(f"{_phrase(language, noun, plural)} {between}")
    good, bad = (f"{start[0].upper()}{start[1:]} {verb} {after.replace('{adj}', adjective.word)}." for verb in (verbs[plural], verbs[not plural]))
    return Pair(good, bad)


def _describes(words: dict, verbs: list[str]) -> bool:
    """Whether an adjective follows these verbs."""
    return "{adj}" in words["after"][verbs[0]][0]


def _between(chance: Chance, language: str, plural: bool) -> str:
    """What stands between subject and verb; a verb in it agrees with the subject: {singular|plural}."""
    return re.sub(r"{(\w+)\|(\w+)}", lambda found: found[1 + plural], chance.pick(table(language, "minimal")["between"]))


def _gender_pair(chance: Chance) -> Pair:
    words = table("es", "minimal")
    noun = chance.pick(_plain_nouns("es"))
    other = chance.pick([o for o in _plain_nouns("es") if o.feminine != noun.feminine])
    adjective = chance.pick([row for row in lexicon("es").classes["size"].options if row.feminine != row.word])
    verb = chance.pick([row for row in words["verbs"] if _describes(words, row)])[0]
    after = chance.pick(words["after"][verb])
    start = f"{_phrase('es', noun, False)} {_between(chance, 'es', False).replace('{M}', _phrase('es', other, False))}"
    start = TELLERS["es"](Chance(0)).tidy(f"{start} {verb}")
    good, bad = (f"{start} {after.replace('{adj}', form)}." for form in
                 ((adjective.feminine, adjective.word) if noun.feminine else (adjective.word, adjective.feminine)))
    return Pair(good, bad)


def summary_probe(language: str, seed: int) -> Story:
    """A story and the lead-in to its summary."""
    chance = Chance(seed)
    told = narrate.made(TELLERS[language], chance, "story")
    narrate.tell(told, "opening", "ending", "short")
    narrate.summarise(told)
    draft = told.teller.draft()
    answer = next(a for a in draft.answers if a.kind == "summary")
    given = narrate.summary_roles(told.story)
    event = [found.label.noun.word for role in ("X", "P") if (found := given.get(role)) is not None]
    if other := given.get("B"):
        event.append(other.label.name or other.label.noun.word)
    content = draft.text[answer.start:answer.end]
    if "X" not in given:                                # what is told without a thing: the words of the right summary
        event += [word for word in CANDIDATE.findall(content) if len(word) > 4 and word != told.story.hero.label.name]
    return Story(draft.text[:answer.start].rstrip(" "), told.story.hero.label.name, tuple(event))


def summary_request(language: str, seed: int) -> tuple[str, Story]:
    """What an assistant is asked who shall tell a story in one sentence, and that story."""
    story = summary_probe(language, seed)
    return chat.summary_request(TELLERS[language](Chance(seed)), story.text), story
