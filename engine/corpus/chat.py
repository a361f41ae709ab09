"""What the assistant is tuned on: a request and one polite, whole answer; the words are in chat.toml of each language."""
from functools import cache
from typing import NamedTuple

from engine.corpus import narrate
from engine.corpus.blocks import label
from engine.corpus.chance import Chance, Menu
from engine.corpus.document import Draft
from engine.corpus.facts import Fact, phrasing, word
from engine.corpus.genre import TELLERS
from engine.corpus.knowledge import by_relation
from engine.corpus.lexicon import table
from engine.corpus.teller import Teller

KINDS = Menu(("fact", "sum", "greeting", "self", "story", "unknown"), (60, 9, 6, 5, 9, 11))
LANDS = {"en": ("land", "ia", "", "stan"), "es": ("landia", "ia", "", "istán")}
CASUAL = Menu(("as is", "bare", "low"), (7, 1.5, 1.5))


class Turn(NamedTuple):
    """One exchange for fine-tuning: what the user says, the one-sentence answer, the fact it rests on if any."""
    user: str
    assistant: str
    fact: str | None = None


def turn(language: str, chance: Chance) -> Turn:
    """One exchange: mostly a question about a fact; also greetings, sums, stories, and what nobody can know."""
    kind = chance.draw(KINDS)
    if kind == "fact":
        return fact_turn(language, chance)
    if kind == "sum":
        return sum_turn(language, chance)
    teller = TELLERS[language](chance)
    if kind == "story":
        return story_turn(teller)
    if kind == "unknown":
        return unknown_turn(teller)
    user, assistant = exchange(teller, kind)
    return Turn(casual(chance, user), assistant)


def exchange(teller: Teller, key: str) -> tuple[str, str]:
    """What is said and answered by one of the patterns "said|answered" under `key`."""
    said, _, answered = teller.say(teller.book.bank("chat", key)).partition("|")
    return teller.tidy(said.strip()), teller.tidy(answered.strip())


def casual(chance: Chance, text: str, keep: bool = False) -> str:
    """The text as people type it: sometimes without its marks, sometimes without capitals."""
    how = chance.draw(CASUAL)
    if how != "as is":
        text = text.rstrip("?.!").lstrip("¿¡")
    if how == "low" and not keep:
        text = text.lower()
    return text


@cache
def _relations(language: str) -> Menu:
    rows = by_relation(language)
    return Menu(rows, [len(found) ** 0.5 for found in rows.values()])


def fact_turn(language: str, chance: Chance, fact: Fact | None = None) -> Turn:
    """A question about a fact and the one sentence that answers it."""
    fact = fact or chance.pick(by_relation(language)[chance.draw(_relations(language))])
    wording = phrasing(language, fact.relation)
    return Turn(casual(chance, word(chance.pick(wording.ask), fact, language)[0]), word(wording.full, fact, language)[0], fact.id)


def sum_turn(language: str, chance: Chance) -> Turn:
    """An addition or a subtraction of small numbers, in digits or in words."""
    words, numbers = table(language, "chat"), table(language, "closed")["numbers"]
    a, b = chance.number(1, 12), chance.number(1, 8)
    spoken, plus = chance.flip(0.25), chance.flip(0.7)
    a, b = (a, b) if plus else (max(a, b), min(a, b))
    user = chance.pick(words["plus" if plus else "minus"][:2 if spoken else None])
    result = a + b if plus else a - b
    shown = [numbers[n] if spoken else str(n) for n in (a, b, result)]
    answer = words["sum_answer" if plus else "difference_answer"]
    for slot, text in zip("abc", shown, strict=True):
        user, answer = user.replace(f"@{slot}", text), answer.replace(f"@{slot}", text)
    return Turn(casual(chance, user), answer[0].upper() + answer[1:])


def story_turn(teller: Teller) -> Turn:
    """A request for a story, and one of a few sentences."""
    user, _ = exchange(teller, "story")
    told = narrate.made(type(teller), teller.chance, "story")
    narrate.tell(told, "opening", "ending", "short")
    draft: Draft = told.teller.draft()
    return Turn(casual(teller.chance, user), draft.text.replace("\n", " "))


def unknown_turn(teller: Teller) -> Turn:
    """A question about a word or a land that does not exist, or about what a model cannot know."""
    chance = teller.chance
    strange = label(chance, ()) + label(chance, ())
    land = strange.capitalize() + chance.pick(LANDS[teller.language])
    user, assistant = exchange(teller, chance.pick(("unknown_land", "unknown_word", "unknown"), (4, 4, 4)))
    user, assistant = (text.replace("@l", land).replace("@w", strange) for text in (user, assistant))
    return Turn(casual(chance, user, keep=True), assistant)
