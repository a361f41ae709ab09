"""Texts of a wanted length in tokens, a new one for each measurement, so that no trace is found in the store."""
from string import ascii_letters

from engine import LanguageModel

WORDS = ("the little cat slept on a warm chair and the big dog looked at her from the door while an old man "
         "read a book about the sea").split()
SENTENCE = "the cat sat on the mat and looked at the dog, then it slept until the sun came up again"


def length(lm: LanguageModel, text: str) -> int:
    """How many tokens the model reads, its own included."""
    return len(lm.tokenizer.encode(text)) + (lm.bos is not None)


def opening(lm: LanguageModel, tokens: int, turn: int) -> str:
    """A text of `tokens` tokens that is another for every `turn`."""
    text, at = f"{turn}", turn
    while length(lm, longer := f"{text} {WORDS[at % len(WORDS)]}") <= tokens:
        text, at = longer, at + 1
    while length(lm, text) < tokens:
        text += " a"
    return text


def letters(lm: LanguageModel) -> list[str]:
    """The letters that are one token after a space: any of them at a text's end leaves its length as it is."""
    return [letter for letter in ascii_letters if len(lm.tokenizer.encode(f"a {letter}")) == len(lm.tokenizer.encode("a a"))]


def texts(lm: LanguageModel, tokens: int, count: int, turn: int) -> list[str]:
    """`count` texts of `tokens` tokens that differ in their last letter alone; fewer where the tokenizer has not so many."""
    start = opening(lm, tokens - 1, turn)
    return [f"{start} {letter}" for letter in letters(lm)[:count]]


def words(count: int, turn: int) -> list[str]:
    """`count` short texts for the cell of a table, another for every `turn`, that differ in their last letter alone."""
    return [f"{WORDS[turn % len(WORDS)]}{turn}{letter}" for letter in ascii_letters[:count]]
