"""How a document is told: patterns are chosen and filled, sentences stand one behind the other, what has been said is remembered."""
import re
from typing import ClassVar, Self

from engine.corpus.cast import Cast, Item
from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.lexicon import Lexicon, table
from engine.corpus.pattern import ANSWER, CLOSE, DEEP, INSIDE, Bank, Book, Pattern, fill
from engine.corpus.world import Being

MARK = re.compile(f"{ANSWER}([^{INSIDE}]*){INSIDE}([^{CLOSE}]*){CLOSE}")


class Telling:
    """A document being told in one language. Roles are beings, things, places and topics by capital letter."""

    language: ClassVar[str]
    lexicon: ClassVar[Lexicon]
    book: ClassVar[Book]
    times_of_day: ClassVar[tuple[str, ...]]
    record: ClassVar[list[str] | None] = None       # patterns used are noted here while the census counts

    def __init__(self, chance: Chance, roles: dict[str, object] | None = None, cast: Cast | None = None):
        self.chance, self.roles = chance, roles if roles is not None else {}
        self.cast = cast or Cast(chance, self.lexicon)
        self.subject: Being | None = None           # of the last clause
        self.voice: Being | None = None             # subject mentioned in this very pattern
        self.recent: list[Being] = []               # mentioned in the last pattern
        self.current: list[Being] = []              # mentioned in this one
        self.labels: dict[str, Item] = {}
        self.topics: dict[tuple[str, str, str], Pattern] = {}
        self.used: set[str] = set()
        self.depth = 0
        self.parts: list[str] = []
        self.fresh_line = True

    # --- choosing and telling ---------------------------------------------------------------------------------------

    def choose(self, bank: Bank, repeat: bool = False) -> Pattern:
        """A pattern of the bank whose roles are all there, one not used in this text while there are others."""
        have, used = self.roles.keys(), self.used
        deep = self.depth > DEEP
        fitting = [p for p in bank.patterns if p.roles <= have and (not deep or p.plain)]
        for role, found in self.roles.items():
            if isinstance(found, Being) and found.label.speaker:
                fitting = [p for p in fitting if self.first_person(p.source, role)]
        assert fitting, f"{bank.name}: no pattern for the roles {sorted(have)}"
        fresh = [p for p in fitting if p.source not in used] or fitting
        pattern = self.chance.pick(fresh)
        if not (repeat and len(fresh) < 4):
            used.add(pattern.source)
        if self.record is not None:
            self.record.append(f"{bank.name}|{pattern.source}")
        return pattern

    def say(self, bank: Bank) -> str:
        """What a pattern of the bank says, not yet put right."""
        return self.fill(self.choose(bank))

    def fill(self, pattern: Pattern) -> str:
        """What the pattern says, not yet put right; whoever is mentioned in it is now recent."""
        self.recent, self.current, self.voice = self.current, [], None
        self.labels = {}
        out: list[str] = []
        fill(pattern.pieces, self, out)
        return "".join(out)

    def tell(self, *banks: Bank | None) -> Self:
        """A pattern of each bank, one sentence after the other."""
        for bank in banks:
            if bank is not None:
                self.put(self.say(bank))
        return self

    def maybe(self, p: float, bank: Bank) -> Self:
        return self.tell(bank) if self.chance.flip(p) else self

    def put(self, text: str) -> Self:
        """`text` as the next sentence; speech in Spanish stands on lines of its own."""
        text = text.strip(" ")
        if not text:
            return self
        text = self.sentence(text)
        speech = text.startswith("—")
        if not self.fresh_line:
            self.parts.append("\n" if speech or self._speech else " ")
        self._speech = speech or "\n—" in text
        self.fresh_line = text.endswith("\n")
        self.parts.append(text)
        return self

    _speech = False

    def sentence(self, text: str) -> str:
        """`text` with a capital letter, wherever it will stand."""
        start = text.index(INSIDE) + 1 if ANSWER in text[:3] else 0
        for i in range(start, len(text)):
            if text[i].isdigit():
                break
            if text[i].isalpha():
                return text[:i] + text[i].upper() + text[i + 1:]
        return text

    def raw(self, text: str) -> Self:
        """`text` as it is, right behind what stands there."""
        self.parts.append(text)
        self._speech = False
        self.fresh_line = text.endswith("\n")
        return self

    def line(self, ends: str = "\n") -> Self:
        """End the line."""
        if not self.fresh_line:
            self.raw(ends)
        return self

    def draft(self) -> Draft:
        """The finished document with its answers."""
        text, draft, at = self.tidy("".join(self.parts).strip()), Draft(), 0
        for match in MARK.finditer(text):
            draft.say(text[at:match.start()]).answer(match[1], match[2])
            at = match.end()
        return draft.say(text[at:])

    @staticmethod
    def mark(kind: str, text: str) -> str:
        """`text` marked as an answer of that kind."""
        return f"{ANSWER}{kind}{INSIDE}{text}{CLOSE}"

    # --- what a language says ---------------------------------------------------------------------------------------

    def tidy(self, text: str) -> str:
        """The text with everything put right that only shows when its pieces stand together."""
        raise NotImplementedError

    def verb(self, verb: str, tense: str, who: tuple[str, ...]) -> str:
        raise NotImplementedError

    def inflected(self, verb: str, form: str) -> str:
        """The verb as the clause grammar's form do, did, does or doing, for the subject."""
        raise NotImplementedError

    @classmethod
    def first_person(cls, source: str, role: str) -> bool:
        """Whether a pattern can be told by the one in `role`."""
        return True

    @classmethod
    def lasting(cls, verb: str) -> bool:
        """Whether a verb can be said where it is open who does it (me gusta levantarse: who?)."""
        return True

    def tellable(self, bank: Bank) -> bool:
        """Whether a pattern of the bank fits the roles that are there."""
        speakers = [role for role, found in self.roles.items() if isinstance(found, Being) and found.label.speaker]
        return any(p.roles <= self.roles.keys() and all(self.first_person(p.source, role) for role in speakers) for p in bank.patterns)

    @classmethod
    def frames(cls) -> list[str]:
        """How a question {Q} and its reply {R} stand behind a text."""
        return table(cls.language, "recall")["frame"]

    @classmethod
    def unknown_verb(cls, verb: str) -> str | None:
        """What is wrong with a verb in brackets, if anything."""
        return None

    @classmethod
    def typed(cls, source: str) -> str:
        """A pattern's source with the quotation marks that the corpus uses."""
        return source
