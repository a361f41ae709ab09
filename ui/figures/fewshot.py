"""Examples of a rule as rows that can be changed, the probability of an answer token by token, orders as dots, and measured curves over examples."""
from collections.abc import Sequence

from engine.rules import MOST
from ui.i18n import Text
from ui.knobs import MAX_CELL
from ui.parts import part


def rows(t: Text, key: str, pairs: Sequence[dict], asked: Sequence[str], spare: Sequence[str] | None, said: str, results: Sequence[dict], at: int, **card) -> dict:
    """Pairs of word, answer and truth, the pair that is asked for, and the `spare` one that would be added next.

    `results` tell what the model makes of the question after 0, 1, ... of them, the one `at` is looked at; `said` is what the knob
    holds where these rows were read from it.
    """
    return part("shots", key=key, rows=list(pairs), asked=list(asked), spare=spare and list(spare), said=said, results=list(results), at=at,
                most=MOST, cell=MAX_CELL, words=t.group("fewshot.rows"), **card)


def product(t: Text, prompt: str, factors: Sequence[dict], whole: str, **card) -> dict:
    """What is read, and the tokens of an answer, each with its share as a number and in words, and what they multiply to."""
    return part("product", prompt=prompt, factors=list(factors), whole=whole, words=t.group("fewshot.product"), **card)


def orders(t: Text, key: str, pairs: Sequence[Sequence[str]], asked: Sequence[str], points: Sequence[dict], yours: float | None, more: bool, nothing: str, **card) -> dict:
    """Orders of the same pairs as dots at their probability p; `more` makes the browser ask for the next ones, `nothing` says why there are none."""
    return part("permutations", key=key, pairs=[list(pair) for pair in pairs], asked=list(asked), points=list(points), yours=yours, more=more,
                progress=len(points), nothing=nothing, words=t.group("fewshot.orders"), **card)


def curves(t: Text, series: Sequence[dict], ceiling: Sequence[dict], yours: Sequence[dict], at: int, **card) -> dict:
    """Shares of right answers over the number of examples: a line for each model with its intervals, a perfect reader's, and the reader's own question."""
    return part("shotcurves", series=list(series), ceiling=list(ceiling), yours=list(yours), at=at, words=t.group("fewshot.curves"), **card)
