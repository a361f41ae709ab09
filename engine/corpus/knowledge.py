"""Texts that tell what is true in the world: told, asked and answered, listed, tabled, denied and put right."""
from functools import cache

from engine.corpus.chance import Menu
from engine.corpus.document import Draft
from engine.corpus.facts import Fact, facts, phrasing, untrue, word
from engine.corpus.lexicon import table
from engine.corpus.tasks import is_held_out
from engine.corpus.teller import Teller

MARKS = ("- ", "* ", "1. ", "")     # before the lines of a list; 1. counts


@cache
def by_relation(language: str) -> dict[str, tuple[Fact, ...]]:
    rows: dict[str, list[Fact]] = {}
    for fact in facts(language):
        rows.setdefault(fact.relation, []).append(fact)
    return {relation: tuple(found) for relation, found in rows.items()}


@cache
def relations(language: str) -> Menu:
    """Relations by the number of their facts, so that every fact is told about as often."""
    rows = by_relation(language)
    return Menu(rows, [len(found) for found in rows.values()])


def said(teller: Teller, template: str, fact: Fact) -> str:
    """The template filled, the object marked as an answer if there is text before it that tells what is asked."""
    text, start, end = word(template, fact, teller.language)
    if start < 1:
        return text
    return text[:start] + teller.mark(f"fact.{fact.id}", text[start:end]) + text[end:]


def some(teller: Teller, most: int) -> list[Fact]:
    """Up to `most` facts, of one relation, of one subject, or of any."""
    chance, language = teller.chance, teller.language
    how = chance.pick(("relation", "subject", "any"), (3, 2, 2))
    if how == "any":
        return [chance.pick(by_relation(language)[chance.draw(relations(language))]) for _ in range(most)]
    rows = by_relation(language)[chance.draw(relations(language))]
    if how == "relation":
        return chance.several(rows, min(most, len(rows)))
    subject = chance.pick(rows).subject
    found = _of(language)[subject]
    return chance.several(found, min(most, len(found)))


@cache
def _of(language: str) -> dict[str, tuple[Fact, ...]]:
    rows: dict[str, list[Fact]] = {}
    for fact in facts(language):
        rows.setdefault(fact.subject, []).append(fact)
    return {subject: tuple(found) for subject, found in rows.items()}


def prose(teller: Teller) -> Draft:
    """Facts told one after the other, now and then with a word of comment between."""
    chance, bank = teller.chance, teller.book.bank
    for i, fact in enumerate(some(teller, chance.pick((1, 2, 3, 4, 5)))):
        if i and chance.flip(0.2):
            teller.tell(bank("knowledge", "comment"))
        teller.put(said(teller, chance.pick(phrasing(teller.language, fact.relation).say), fact))
    return teller.draft()


def quiz(teller: Teller) -> Draft:
    """Questions with their answers, in one of the usual forms."""
    chance = teller.chance
    frame = teller.typed(chance.pick(table(teller.language, "knowledge")["quiz_frame"]))
    whole = chance.flip(0.35)
    if chance.flip(0.2):
        teller.tell(teller.book.bank("knowledge", "quiz_title")).line()
    for number, fact in enumerate(some(teller, chance.pick((1, 2, 3, 4, 5)))):
        wording = phrasing(teller.language, fact.relation)
        question = word(chance.pick(wording.ask), fact, teller.language)[0]
        reply = said(teller, wording.full if whole else chance.pick(wording.reply), fact)
        teller.line().raw(frame.replace("{Q}", question).replace("{R}", reply).replace("{n}", str(number + 1)) + "\n")
    return teller.draft()


def questions(teller: Teller) -> Draft:
    """A list of questions that nobody answers: what a quiz looks like before it is done."""
    chance = teller.chance
    mark = chance.pick(MARKS)
    if chance.flip(0.3):
        teller.tell(teller.book.bank("knowledge", "quiz_title")).line()
    for number, fact in enumerate(some(teller, chance.number(3, 7))):
        question = word(chance.pick(phrasing(teller.language, fact.relation).ask), fact, teller.language)[0]
        teller.line().raw(mark.replace("1", str(number + 1)) + question + "\n")
    return teller.draft()


def truth(teller: Teller) -> Draft:
    """Statements that are true or false, and what becomes of the false ones."""
    chance, words = teller.chance, table(teller.language, "knowledge")
    right, wrong = chance.pick(words["verdicts"])
    frame = chance.pick(words["truth_frame"])
    for fact in some(teller, chance.pick((2, 3, 4))):
        full, false = phrasing(teller.language, fact.relation).full, untrue(fact, teller.language)
        if chance.flip() or not false:
            line = frame.replace("{S}", word(full, fact, teller.language)[0]).replace("{V}", teller.mark("verdict", right))
        else:
            line = frame.replace("{S}", word(full, chance.pick(false), teller.language)[0]).replace(
                "{V}", f"{teller.mark('verdict', wrong)} {said(teller, full, fact)}")
        teller.line().raw(line.replace("..", ".") + "\n")
    return teller.draft()


@cache
def _listed(language: str) -> dict[str, tuple[Fact, ...]]:
    """The facts by relation without those whose pair of words is held out of all blocks and lists."""
    return {relation: tuple(fact for fact in rows if not is_held_out(fact.subject, fact.object)) for relation, rows in by_relation(language).items()}


def listing(teller: Teller) -> Draft:
    """One relation as a list or a table, under its title."""
    chance, language = teller.chance, teller.language
    relation = chance.draw(relations(language))
    wording, rows = phrasing(language, relation), _listed(language)[relation]
    chosen = chance.several(rows, min(len(rows), chance.number(3, 8)))
    form = chance.pick(("line", "csv", "colon", "dash", "bar"))
    if chance.flip(0.7):
        teller.raw(chance.pick(wording.title) + (":" if chance.flip(0.3) else "") + "\n")
    if form in ("csv", "bar"):
        teller.raw({"csv": ",", "bar": " | "}[form].join(wording.columns) + "\n")
    for fact in chosen:
        answer = teller.mark(f"fact.{fact.id}", fact.object)
        if form == "line":
            teller.raw(f"{teller.sentence(word(wording.line, fact, language)[0])}: {answer}\n")
        else:
            teller.raw(fact.subject + {"csv": ",", "colon": ": ", "dash": " - ", "bar": " | "}[form] + answer + "\n")
    return teller.draft()


def card(teller: Teller) -> Draft:
    """All that is known of one thing, under its name."""
    chance, language = teller.chance, teller.language
    of = _of(language)
    subject = chance.pick([name for name, found in of.items() if len({fact.relation for fact in found}) > 1])
    found = chance.several(of[subject], len(of[subject]))
    teller.raw(teller.sentence(subject) + chance.pick(("\n", ":\n", ". ")))
    for fact in found:
        wording = phrasing(language, fact.relation)
        if chance.flip(0.3):
            teller.line().raw(f"{teller.sentence(wording.columns[-1])}: {teller.mark(f'fact.{fact.id}', fact.object)}\n")
        else:
            teller.put(said(teller, chance.pick(wording.say), fact))
    return teller.draft()
