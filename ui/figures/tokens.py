"""Tokens as chips that can be reached one by one, merges that can be stepped through, and one sentence in two languages."""
from collections.abc import Sequence

from engine import Token
from engine.merges import Replay
from ui.i18n import Text
from ui.parts import is_special, part, shown, visible

INVISIBLE = "\u200d\ufe0f"          # joiners: a token that begins with one shows nothing by itself


def pieces(t: Text, entries: list[dict], words: dict, counts: Sequence[tuple[str, str]] = (), picked: int | None = None, knobs: Sequence[str] = (), **card) -> dict:
    """Chips, each a dict of `chip`; `counts` are numbers above them, each with its name. A click on one sets `knobs`: the first to its word, the rest to nothing."""
    return part("pieces", tokens=entries, words=words, counts=[list(count) for count in counts], picked=picked, knobs=list(knobs), **card)


def chip(t: Text, token: Token, say: str, note: str = "", word: int | None = None, starts: bool = True, dropped: bool = False, level: float | None = None) -> dict:
    """One token: what it says when pointed at, a note below it, the word that it is part of, and a `level` 0…1 that colours it."""
    state = "special" if is_special(token) else "dropped" if dropped else ""
    return {"text": label(t, token), "id": token.id, "hex": spelt(token.bytes), "say": say, "note": note, "word": word, "starts": starts, "state": state, "level": level}


def label(t: Text, token: Token) -> str:
    """A token by itself: as everywhere, but a joiner that would be invisible by its number."""
    text = shown(t, token)
    return f"⟨{ord(text[0]):04X}⟩{text[1:]}" if text and text[0] in INVISIBLE else text


def spelt(data: bytes) -> str:
    """Bytes as two hexadecimal digits each."""
    return data.hex(" ").upper()


def readable(data: bytes) -> str:
    """A piece of a word: its letters, or its bytes while they are no whole letters yet."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return spelt(data)
    return f"⟨{ord(text[0]):04X}⟩{visible(text[1:])}" if text[0] in INVISIBLE else visible(text)


def merges(t: Text, replay: Replay | None, spell, rules: int, step: int | None, knob: str, missing: str = "", **card) -> dict:
    """A word's merges to step through; `spell` gives a token's bytes, `rules` is how many the tokenizer has, `step` None stands for the last one."""
    def piece(i: int) -> dict:
        return {"id": i, "text": readable(spell(i)), "hex": spelt(spell(i))}

    start = [piece(i) for i in replay.start] if replay else []
    made = [piece(merge.id) | {"at": merge.at, "rank": t.number(merge.rank + 1, 0)} for merge in replay.merges] if replay else []
    return part("merges", start=start, made=made, step=step, knob=knob, missing=missing, words=t.group("tokens.merges") | {"rules": t.number(rules, 0)}, **card)


def pair(t: Text, sides: list[dict], chosen: str, options: dict[str, str], most: int, **card) -> dict:
    """One sentence in each language: `sides` hold their knob, label, text, chips, what it costs in words, and its share of the window."""
    return part("pair", sides=sides, chosen=chosen, options=options, most=most, words=t.group("tokens.pair"), **card)
