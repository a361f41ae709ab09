"""What the scale screen says of a shape: its formulas, its sentence, models beside it, the answer of its card."""
import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from engine import parameters
from engine.model import Config
from engine.parameters import PUBLISHED, Terms
from engine.scaling import Point
from ui import links, session
from ui.figures.scale import BUDGET, SHAPE
from ui.i18n import Text
from ui.readings.amounts import lasting, length, scientific, stored

FIELDS = {"layers": "n_layer", "heads": "n_head", "width": "n_embd", "context": "n_positions", "vocabulary": "vocab_size", "tied": "tie_word_embeddings"}
GIANT = "gpt3"


def chosen() -> dict:
    """What is set of the shape and of its training, by knob; heads that do not share the width out are those that come nearest."""
    values = {f"scale.{name}": links.value(f"scale.{name}") for name in (*SHAPE, *BUDGET)}
    return values | {"scale.heads": parameters.fitting_heads(values["scale.width"], values["scale.heads"])}


def config(values: dict) -> Config:
    """The decoder that the knobs describe."""
    found = {field: values[f"scale.{name}"] for name, field in FIELDS.items()}
    return Config(**found | {"tie_word_embeddings": bool(found["tie_word_embeddings"])})


def knobs(shape: Config, tokens: int | None = None) -> dict:
    """The knobs that describe a decoder, and the tokens that it was trained on where they are known."""
    values = {f"scale.{name}": int(asdict(shape)[field]) for name, field in FIELDS.items()}
    return values | ({"scale.tokens": tokens} if tokens else {})


def presets(t: Text) -> list[dict]:
    """Ready-made shapes: the models of this project, one of the reader's own if it is the current one, those of others."""
    ours = [(point.name, point.name, point.config, point.tokens) for point in ladder()]
    if session.current() not in session.shipped():
        lm = session.model()
        ours.append((lm.name, t("scale.shape.own"), lm.decoder.config, lm.card.get("tokens")))
    theirs = [(id, t(f"scale.model.{id}"), there.config, there.tokens) for id, there in PUBLISHED.items()]
    return [{"id": id, "name": name, "values": knobs(shape, tokens), "title": t("scale.counted", name=name, parameters=t.number(parameters.total(shape), 0))}
            for id, name, shape, tokens in [*ours, *theirs]]


def ladder() -> list[Point]:
    """The models of this project in which all grows at once."""
    return [point for point in session.rungs() if point.family == "ladder"]


def formula(terms: Terms) -> str:
    """Terms as they are written: 8LC² + 5LC."""
    def product(factor: int, letters: str) -> str:
        powers = ((letter, len(list(same))) for letter, same in groupby(letters))
        return f"{factor if factor > 1 else ''}" + "".join(letter + ("²" if times == 2 else "") for letter, times in powers)
    return " + ".join(product(*term) for term in terms)


def formulas() -> dict[str, str]:
    """Each part's formula, with that of a head of its own."""
    return {id: formula(terms) for id, terms in parameters.formulas(tied=False).items()}


def name(t: Text, shape: Config) -> str:
    """Whose shape it is, in a sentence."""
    known = {point.config: point.name for point in ladder()} | {there.config: t(f"scale.model.{id}") for id, there in PUBLISHED.items()}
    return t("scale.whose", name=known[shape]) if shape in known else t("scale.yours")


def shares_sentence(t: Text, shape: Config) -> str:
    """How many parameters a shape has, and where most of them are."""
    held, total = groups(shape), parameters.total(shape)
    most = max(held, key=held.get)
    return t("scale.shares_sentence", whose=name(t, shape), total=t.number(total, 0), most=t(f"scale.group.{most}"), share=t.percent(held[most] / total, 1),
             tokens=t.percent(held["embedding"] / total, 1))


def groups(shape: Config) -> dict[str, int]:
    """Parameters by what they are for: embedding (and the way back out), attention, feed-forward, and the little rest."""
    held = parameters.parameters(shape)
    return {"embedding": held["tokens"] + held.get("head", 0), "attention": held["c_attn"] + held["c_proj"], "forward": held["forward"],
            "rest": held["positions"] + held["norms"] + held["final"]}


def memory_sentence(t: Text, shape: Config) -> str:
    """What the weights weigh, and what a full context adds."""
    total, cache = parameters.total(shape), parameters.cache_numbers(shape)
    return t("scale.memory_sentence", half=stored(t, 2 * total), byte=stored(t, total), train=stored(t, parameters.TRAINING_BYTES * total),
             cache=stored(t, 2 * cache), context=t.number(shape.n_positions, 0))


def budget_sentence(t: Text, values: dict) -> str:
    """How long the training takes at the rate that is set, and how many tokens there are for each parameter."""
    total, rate = parameters.total(config(values)), 10 ** values["scale.rate"]
    work = parameters.training_flops(total, values["scale.tokens"])
    days = parameters.days(work, rate)
    return t("scale.budget_sentence", flops=scientific(t, work), time=lasting(t, days * parameters.DAY), cost=scientific(t, 24 * days * values["scale.price"]),
             ratio=scientific(t, values["scale.tokens"] / total))


def pace(t: Text) -> list[dict]:
    """As a ready-made setting: how fast the machine that trained base was, by its card; none where that is missing."""
    base = _base()
    if base is None:
        return []
    rate = parameters.training_flops(base.parameters, base.tokens) / base.seconds
    return [{"id": "pace", "name": t("scale.pace", rate=scientific(t, rate)), "title": t("scale.help.rate"), "values": {"scale.rate": round(math.log10(rate), 1)}}]


def tracks(t: Text) -> list[dict]:
    """Parameters, tokens read and operations of training, of our models and those of others, on tracks of decades."""
    ours, theirs = ladder(), {id: (parameters.total(there.config), there.tokens) for id, there in PUBLISHED.items()}

    def point(id: str, kind: str, name: str, value: int, words: str) -> dict:
        return {"id": id, "kind": kind, "name": name, "value": value, "title": t(f"scale.orders_title.{words}", name=name, value=words_of[words](value))}

    words_of = {"parameters": lambda v: t.number(v, 0), "tokens": lambda v: t.number(v, 0), "training": lambda v: scientific(t, v)}
    names = {id: t(f"scale.model.{id}") for id in theirs}
    read = [point("ours", "ours", t("scale.all_ours"), max(p.tokens for p in ours), "tokens")] if ours else []
    rows = {
        "parameters": (5, 12, [point(p.name, "ours", p.name, p.parameters, "parameters") for p in ours]
                       + [point(id, "theirs", names[id], total, "parameters") for id, (total, _) in theirs.items()]),
        "tokens": (6, 14, read + [point(id, "theirs", names[id], tokens, "tokens") for id, (_, tokens) in theirs.items() if tokens]),
        "training": (13, 25, [point(p.name, "ours", p.name, parameters.training_flops(p.parameters, p.tokens), "training") for p in ours]
                     + [point(id, "theirs", names[id], parameters.training_flops(total, tokens), "training") for id, (total, tokens) in theirs.items() if tokens])}
    return [{"id": id, "title": t(f"scale.track.{id}"), "least": least, "most": most, "points": points} for id, (least, most, points) in rows.items()]


def orders_sentence(t: Text) -> str:
    """If base were a millimetre long, and its text a page."""
    base, giant = _base(), PUBLISHED[GIANT]
    if base is None:
        return ""
    total = parameters.total(giant.config)
    work = parameters.training_flops(total, giant.tokens) / parameters.training_flops(base.parameters, base.tokens)
    return t("scale.orders_sentence", length=length(t, total / base.parameters), pages=t.number(giant.tokens / base.tokens, 0), work=scientific(t, work))


def squares(t: Text) -> list[dict]:
    """Base and the models of others as squares, each with what is said of it where it fills the picture."""
    base = _base()
    rows = ([(base.name, "ours", base.name, base.parameters)] if base else []) + [
        (id, "theirs", t(f"scale.model.{id}"), parameters.total(there.config)) for id, there in PUBLISHED.items()]
    return [{"id": id, "kind": kind, "name": label, "value": value, "title": t("scale.counted", name=label, parameters=t.number(value, 0)),
             "read": _beside(t, label, value, base)} for id, kind, label, value in rows]


def _beside(t: Text, label: str, value: int, base: Point | None) -> str:
    if base is None or value == base.parameters:
        return t("scale.squares.itself")
    return t("scale.squares.read", name=label, side=t.number(math.sqrt(value / base.parameters), 0))


def squares_sentence(t: Text) -> str:
    base = _base()
    if base is None:
        return ""
    total = parameters.total(PUBLISHED[GIANT].config)
    return t("scale.squares_sentence", times=t.number(total / base.parameters, 0), side=t.number(math.sqrt(total / base.parameters), 0))


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: where most of base's parameters are, and where those of the giant."""
    base, giant = session.model().decoder.config, PUBLISHED[GIANT].config
    held, theirs = groups(base), groups(giant)
    most = max(("embedding", "attention", "forward"), key=held.get)
    return most, {name: t.percent(held[name] / parameters.total(base)) for name in ("embedding", "attention", "forward")} | {
        "theirs": t.percent(theirs["embedding"] / parameters.total(giant), 1)}


def _base() -> Point | None:
    return next((point for point in session.rungs() if point.name == session.BASE), None)


def summary(t: Text, values: dict, points: Sequence[Point]) -> str:
    """How many parameters are set, and how many models have been measured."""
    return t("scale.status", parameters=t.number(parameters.total(config(values)), 0), models=len(points))
