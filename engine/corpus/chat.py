"""What the assistant is tuned on: a request and one polite, whole answer, alone or after others; the words are in chat.toml of each language."""
from functools import cache
from typing import NamedTuple

from engine.corpus import narrate
from engine.corpus.blocks import label
from engine.corpus.cast import Item
from engine.corpus.chance import Chance, Menu
from engine.corpus.document import Draft
from engine.corpus.facts import Fact, phrasing, word
from engine.corpus.genre import TELLERS
from engine.corpus.knowledge import by_relation
from engine.corpus.lexicon import table
from engine.corpus.recall import Named
from engine.corpus.teller import Teller
from engine.corpus.world import Place, Thing

KINDS = Menu(("fact", "sum", "greeting", "self", "story", "unknown", "talk", "summary"), (50, 7, 5, 4, 6, 16, 14, 8))
BETWEEN = Menu(("fact", "greeting", "sum"), (4, 1, 1))      # what is spoken of before what was told is asked for
LANDS = {"en": ("land", "ia", "", "stan"), "es": ("landia", "ia", "", "istán")}
CASUAL = Menu(("as is", "bare", "low"), (7, 1.5, 1.5))


class Turn(NamedTuple):
    """One exchange for fine-tuning: what the user says, the one-sentence answer, the fact it rests on if any, and what came before."""
    user: str
    assistant: str
    fact: str | None = None
    earlier: tuple["Turn", ...] = ()

    @property
    def dialogue(self) -> tuple[tuple[str, str], ...]:
        """The whole of it: (user, assistant) from the first turn to this one."""
        return (*((turn.user, turn.assistant) for turn in self.earlier), (self.user, self.assistant))

    @property
    def facts(self) -> set[str]:
        """The facts that it rests on."""
        return {turn.fact for turn in (*self.earlier, self) if turn.fact}


def turn(language: str, chance: Chance) -> Turn:
    """One exchange: mostly a question about a fact; also greetings, sums, stories, summaries, talks, and what nobody can know."""
    return turn_of(chance.draw(KINDS), language, chance)


def turn_of(kind: str, language: str, chance: Chance) -> Turn:
    """One exchange of a kind."""
    if kind == "fact":
        return fact_turn(language, chance)
    if kind == "sum":
        return sum_turn(language, chance)
    teller = TELLERS[language](chance)
    if kind == "talk":
        return talk_turn(teller)
    if kind == "summary":
        return summary_turn(teller)
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


def talk_turn(teller: Teller) -> Turn:
    """A talk of several turns: the user tells one thing or two of themself, speaks of something else, and asks for one of them."""
    chance, cast = teller.chance, teller.cast
    friend = cast.person("friend")
    pet, place = (cast.noun(teller.lexicon.kinds[kind]) for kind in ("pet", "building"))
    teller.roles = {"A": cast.person("hero"), "B": friend, "X": Thing("pet", Item(pet, known=True)), "Z": Named(cast.pet_name()),
                    "C": chance.draw(teller.lexicon.classes["color"]), "P": Place("building", Item(place, known=True))}
    bank = teller.book.bank("chat", "told")
    told = [[teller.sentence(teller.tidy(part.strip())) for part in teller.say(bank).split("|")] for _ in range(chance.pick((1, 2, 2, 3)))]
    heard = told[:-1] if len(told) == 3 else told       # of three, the last is asked for without having been told
    earlier = [Turn(casual(chance, said, keep=True), answered) for said, answered, _, _ in heard]
    for _ in range(chance.pick((0, 0, 1, 1, 2))):
        earlier.append(turn_of(chance.draw(BETWEEN), teller.language, chance))
    if len(told) == 3:
        _, _, asked, _ = told[-1]
        return Turn(casual(chance, asked), chance.pick(table(teller.language, "chat")["not_told"]), earlier=tuple(earlier))
    _, _, asked, reply = chance.pick(told)
    return Turn(casual(chance, asked), reply, earlier=tuple(earlier))


def summary_turn(teller: Teller) -> Turn:
    """A short story, and the sentence that tells it."""
    chance = teller.chance
    story = narrate.made(type(teller), chance, "story")
    narrate.tell(story, "opening", "ending", "short")
    narrate.summarise(story)
    draft: Draft = story.teller.draft()
    answer = next(answer for answer in draft.answers if answer.kind == "summary")
    told = draft.text[:answer.start].rstrip().rpartition("\n")[0]       # without the lead-in, which has a line of its own
    return Turn(summary_request(teller, told), draft.text[answer.start:answer.end])


def summary_request(teller: Teller, told: str) -> str:
    """What the user says who wants a story in one sentence; the story is on one line, as it is typed."""
    return exchange(teller, "summary")[0].replace("@s", told.replace("\n", " "))
