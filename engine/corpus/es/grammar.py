"""Templates: text with [choice|choice], {slot.form} and <phrase>, and the teller who makes a document of them."""
import re
from functools import cache

from engine.corpus.chance import Chance
from engine.corpus.document import Draft
from engine.corpus.es.lexicon import WORD, table

KNOWN: set[str] = set()             # every word that a compiled template can say by itself
START = re.compile(r"(?:[.!?…] [¿¡«]*|\n[¿¡—«]*)[a-záéíóúñ]")
PIECE = re.compile(r"[\[\]|{}<>]|[^\[\]|{}<>]+")


@cache
def weights(n: int, exponent: float = 0.4) -> tuple[float, ...]:
    """Zipf weights for n options."""
    return tuple((i + 1) ** -exponent for i in range(n))


class Template:
    """A compiled template; `fill` writes it out with a world of slots."""

    __slots__ = ("parts", "source")

    def __init__(self, source: str):
        self.source = source
        pieces = PIECE.findall(source)
        self.parts, end = _sequence(pieces, 0)
        assert end == len(pieces), f"unbalanced template: {source}"
        for ending in "oa":
            KNOWN.update(WORD.findall(re.sub(r"[{<][^}>]*[}>]", " ", re.sub(r"\{\w+\.o\}", ending, source)).lower()))

    def fill(self, chance: Chance, world) -> str:
        """The text with choices made and slots filled, a el and de el drawn together, y and e put right."""
        out: list[str] = []
        _render(self.parts, chance, world, out)
        return join(out)


def join(parts: list[str]) -> str:
    """The parts as one string with Spanish contractions."""
    text = "".join(parts)
    if " el " in text:
        text = text.replace(" a el ", " al ").replace(" de el ", " del ").replace("De el ", "Del ").replace("A el ", "Al ")
    if " y " in text:
        text = text.replace(" y i", " e i").replace(" y I", " e I").replace(" y hizo", " e hizo")
    if " o " in text:
        text = text.replace(" o o", " u o").replace(" o O", " u O").replace(" o Ó", " u Ó")
    return text


class Choice:
    __slots__ = ("options", "weights")

    def __init__(self, options: list):
        self.options, self.weights = options, weights(len(options))


def _sequence(pieces: list[str], i: int) -> tuple[tuple, int]:
    parts: list = []
    while i < len(pieces):
        piece = pieces[i]
        if piece in "|]":
            break
        if piece == "[":
            options, i = [], i
            while pieces[i] != "]":
                option, i = _sequence(pieces, i + 1)
                options.append(option)
            parts.append(Choice(options))
        elif piece == "{":
            parts.append(tuple(pieces[i + 1].split(".")))
            i += 2
        elif piece == "<":
            parts.append(phrase(pieces[i + 1]))
            i += 2
        else:
            parts.append(piece)
        i += 1
    return tuple(parts), i


def _render(parts: tuple, chance: Chance, world, out: list[str]) -> None:
    for part in parts:
        kind = type(part)
        if kind is str:
            out.append(part)
        elif kind is Choice:
            _render(chance.pick(part.options, part.weights), chance, world, out)
        elif len(part) == 1:
            out.append(world[part[0]])
        else:
            out.append(getattr(world[part[0]], part[1]))


@cache
def phrase(name: str) -> Choice:
    """The phrase group `name` of phrases.toml, as a choice."""
    return Choice([Template(text).parts for text in table("phrases")[name]])


def lines(*sources: str) -> tuple[Template, ...]:
    """Templates that say the same thing in different words, the likelier first."""
    return tuple(map(Template, sources))


def pick(chance: Chance, options: tuple):
    """One of `options` with mild Zipf weights."""
    return chance.pick(options, weights(len(options)))


def sentence(text: str) -> str:
    """`text` with capital letters where sentences start."""
    text = START.sub(lambda match: match.group().upper(), text)
    for i, letter in enumerate(text):
        if letter.isalpha():
            return text[:i] + letter.upper() + text[i + 1:] if letter.islower() else text
        if letter not in "¿¡—«":
            return text
    return text


class Teller:
    """Tells sentence after sentence into a draft and never says the same thing twice."""

    def __init__(self, chance: Chance, world=None, draft: Draft | None = None):
        self.chance, self.world = chance, world if world is not None else {}
        self.draft = draft or Draft()
        self._told: set = set()
        self._speech = False
        self._fresh, self._line = True, False

    def tell(self, *banks: tuple[Template, ...]) -> "Teller":
        """One sentence from each bank, in order."""
        for bank in banks:
            for _ in range(4):
                template = pick(self.chance, bank)
                if template not in self._told:
                    self._told.add(template)
                    self.put(template.fill(self.chance, self.world))
                    break
        return self

    def maybe(self, p: float, bank: tuple[Template, ...]) -> "Teller":
        return self.tell(bank) if self.chance.flip(p) else self

    def put(self, text: str) -> "Teller":
        """`text` as the next sentence, on a line of its own where somebody speaks; a second time it is left out."""
        if text in self._told:
            return self
        self._told.add(text)
        speech = text[0] == "—"
        self.draft.say(self.gap(speech) + sentence(text))
        self._speech = speech
        return self

    def gap(self, speech: bool = False) -> str:
        """What stands between the last sentence and the next one."""
        if self._fresh:
            self._fresh = False
            return ""
        newline = speech or self._speech or self._line
        self._line = self._speech = False
        return "\n" if newline else " "

    def line(self) -> "Teller":
        """Start a new paragraph: the next sentence follows a line end."""
        self._line = True
        return self


@cache
def alone(bank: tuple[Template, ...]) -> tuple[Template, ...]:
    """The templates of `bank` that need no friend."""
    return tuple(t for t in bank if not re.search(r"\{[ap]\.|<contentos>", t.source))


def fitting(bank: tuple[Template, ...], world) -> tuple[Template, ...]:
    """`bank`, without its lines about the friend where none has come up yet."""
    return bank if "a" in world else alone(bank)
