"""The models' cards: what each is, has read and can do, as measured; its loss; what stands beside it; the sentences and the table."""
import re
from dataclasses import dataclass

import pandas as pd

from engine import LanguageModel, opening
from engine.cards import GPT3_PARAMETERS, GPT3_TOKENS, Known, Words
from ui import kept, links, parts, session
from ui.figures import models as figures
from ui.i18n import LANGUAGES, Text

ALONE = "none"                     # beside the chosen model
REFERENCES = ("unigram", "bigram", "trigram")
GUESSES = ("by position", "guess")  # what somebody scores who has not read the text
SUM, OUTSIDE = "addition, two digits", "recall, outside the window"
HOPS = "two hops: petoffriend"


@dataclass(frozen=True)
class Model:
    """A model as its card shows it: one of this project's, with what was measured, or a reader's own."""
    name: str
    label: str
    known: Known | None
    own: bool

    @property
    def there(self) -> bool:
        """Whether it can be run here."""
        return self.own or self.known.whole

    @property
    def lm(self) -> LanguageModel:
        return session.model(self.name)


def every() -> dict[str, Model]:
    """All models that have a card, this reader's own last."""
    return ({name: Model(name, name, one, False) for name, one in session.cards().items()}
            | {name: Model(name, label, None, True) for name, label in kept.mine().items()})


def chosen() -> list[Model]:
    """The model that the reader looks at, and the one beside it, if there is any."""
    models = every()
    name = links.value("models.card")
    first = models.get(name) or models.get(session.current()) or next(iter(models.values()))
    second = models.get(links.value("models.beside"))
    return [first] if second is None or second is first else [first, second]


def shape(model: Model) -> dict:
    """What a decoder's config says; an adapter's is that of its base."""
    if model.own:
        return vars(model.lm.decoder.config)
    known = session.cards()[model.known.base] if model.known.base in session.cards() else model.known
    return known.stated.get("config", {})


def size(model: Model) -> int:
    """How many parameters run when the model does: an adapter runs in its base."""
    if model.own:
        return opening.parameters(model.lm)
    stated = session.cards()[model.known.base].stated if model.known.base in session.cards() else model.known.stated
    return stated.get("parameters", 0)


def kind(model: Model) -> str:
    """What sort of model it is: "own", "tuned", "whole", or "measured", of which only the figures ship."""
    return "own" if model.own else "tuned" if model.known.base else "whole" if model.known.whole else "measured"


def deck(t: Text, first: Model) -> list[dict]:
    """Every model as a small card to choose."""
    rows = []
    for name, model in every().items():
        if kind(model) == "tuned":
            note = t("models.deck.adapter", parameters=t.number(model.known.stated["parameters"], 0), base=model.known.base)
        else:
            note = t("models.deck.parameters", parameters=t.number(size(model), 0))
        rows.append({"id": name, "name": model.label, "kind": t(f"models.deck.{kind(model)}"), "note": note, "chosen": model.name == first.name,
                     "current": t("models.deck.current") if name == session.current() else ""})
    return rows


def others(t: Text, first: Model) -> dict[str, str]:
    """What can be put beside a model: any other of which something was measured, or nothing."""
    return {ALONE: t("models.alone")} | {name: model.label for name, model in every().items() if name != first.name and model.known}


def acts(t: Text, first: Model) -> list[dict]:
    """What can be done with a model: use it everywhere, and let one's own go."""
    if not first.there:
        return []
    used = first.name == session.current()
    found = [{"id": "use", "label": t("models.used" if used else "models.use"), "knobs": {"model": first.name}, "disabled": used}]
    return found + ([{"id": "drop", "disabled": False, "label": t("models.drop"), "wish": "models.drop", "value": first.name,
                      "knobs": {"models.card": ""} | ({"model": session.BASE} if used else {})}] if first.own else [])


def facts(t: Text, models: list[Model]) -> list[dict]:
    """What is stated of each model, term by term; a term that none of them has is left out."""
    columns = [_facts(t, model) for model in models]
    terms = dict.fromkeys(term for column in columns for term in column)
    return [{"term": t(f"models.fact.{term}"), "values": [column.get(term, t("models.no")) for column in columns]} for term in terms]


def _facts(t: Text, model: Model) -> dict[str, str]:
    config, count = shape(model), size(model)
    found = {"kind": t(f"models.kind.{kind(model)}", base=model.known.base if model.known else "")}
    if config:
        found["shape"] = t("models.fact_shape", layers=t("models.layers", count=config["n_layer"]), heads=t("models.heads", count=config["n_head"]), width=t.number(config["n_embd"], 0))
        found["vocabulary"] = t("models.fact_tokens", tokens=t.number(config["vocab_size"], 0))
        window = t("models.fact_tokens", tokens=t.number(config["n_positions"], 0))
        short = model.there and model.lm.context < config["n_positions"]
        found["window"] = t("models.fact_window", tokens=t.number(model.lm.context, 0), positions=t.number(config["n_positions"], 0),
                            room=opening.TRACE // 2**20) if short else window
    found["parameters"] = t.number(count, 0)
    found["memory"] = t("models.fact_memory", megabytes=t.number(4 * count / 1e6, 1))
    stated = model.known.stated if model.known else {}
    if kind(model) == "tuned":
        found["adapter"] = t("models.fact_adapter", parameters=t.number(stated["parameters"], 0), rank=stated["recipe"]["rank"],
                             share=t.percent(stated["parameters"] / count, 1))
        found["read"] = t("models.fact_examples", examples=t.number(stated["examples"], 0))
        found["time"] = t("models.fact_steps", steps=t.number(stated["steps"], 0), minutes=t.number(stated["seconds"] / 60, 1))
    elif stated:
        genres = max((len(named) for named in stated["corpus"]["genres"].values()), default=0)
        found["read"] = t("models.fact_read", tokens=t.number(stated["tokens"], 0), genres=genres)
        found["time"] = t("models.fact_hours", hours=t.number(stated["seconds"] / 3600, 1))
    if losses := _loss(model, t.language):
        found["loss"] = t("models.fact_loss", loss=t.number(losses["loss"], 3), above=t.number(losses["excess"], 3))
    return found


def about(t: Text, models: list[Model]) -> str:
    """The chosen model in a sentence, beside GPT-3."""
    first, count = models[0], size(models[0])
    said = t("models.about", name=first.label, parameters=t.number(count, 0), times=t.number(GPT3_PARAMETERS / count, 0))
    return said if first.there else f"{said} {t('models.not_here', name=first.label)}"


def reading(t: Text, models: list[Model]) -> list[dict]:
    """How many tokens each has read, and GPT-3, on a scale where each step is ten times as much; an adapter's base has read for it."""
    rows = [(model.label, tokens) for model in models if (tokens := tokens_of(model))] + [(t("models.gpt3"), GPT3_TOKENS)]
    return [{"name": name, "tokens": tokens, "share": figures.decades(tokens), "text": magnitude_said(t, tokens)} for name, tokens in rows]


def tokens_of(model: Model) -> int | None:
    """How many tokens a model has read; None for a reader's own, which does not say."""
    if model.own:
        return None
    known = session.cards().get(model.known.base, model.known)
    return known.stated.get("tokens")


def magnitude_said(t: Text, tokens: float) -> str:
    """So many tokens, in millions or billions."""
    return t("models.billions", number=t.number(tokens / 1e9, 0)) if tokens >= 1e9 else t("models.millions", number=t.number(tokens / 1e6, 1))


def reading_sentence(t: Text, models: list[Model]) -> str:
    """How many times as much GPT-3 has read."""
    tokens = tokens_of(models[0])
    if not tokens:
        return t("models.reading_unknown", name=models[0].label)
    return t("models.reading", name=models[0].label, tokens=magnitude_said(t, tokens), times=t.number(GPT3_TOKENS / tokens, 0))


def measured(t: Text, models: list[Model]) -> list[dict]:
    """The figures of what was measured, as parts of a board; of models of which nothing was, only that."""
    labels, many = [model.label for model in models], "_two" if len(models) == 2 else ""
    rows, lines = abilities(t, models), curves(t, models)
    card = {"id": "abilities", "title": t(f"models.abilities_title{many}")}
    found = [figures.shares(t, rows, labels, hint=t("models.abilities_hint"), caption=abilities_sentence(t, models), **card) if rows else
             figures.prose(abilities_sentence(t, models), **card)]
    if lines:
        found.append(parts.plot(figures.losses(t, lines, references(t, models)), id="loss", title=t("models.loss_title"), hint=t("models.loss_hint"),
                                caption=loss_sentence(t, lines, references(t, models))))
    return found


def abilities(t: Text, models: list[Model]) -> list[dict]:
    """A row for each ability that a card names, in the order of the first model: for each language the share of each model that was asked."""
    say = Words(t.language)
    answers = {language: [model.known.answers(language) if model.known else {} for model in models] for language in LANGUAGES}
    names = dict.fromkeys(name for found in answers.values() for one in found for name in one if say.ability(name))
    return [{"name": say.ability(name).replace("*", ""), "id": name, "cells": [{"language": language, **_cell(t, name, language, models, answers[language])}
                                                                               for language in LANGUAGES]} for name in names]


def _cell(t: Text, name: str, language: str, models: list[Model], answers: list[dict]) -> dict:
    dots = []
    for number, (model, found) in enumerate(zip(models, answers, strict=True)):
        if name in found:
            row = found[name]
            dots.append({"model": number, "share": row["share"], "low": row["low"], "high": row["high"], "text": t.percent(row["share"]),
                         "title": t("models.dot", model=model.label, language=t(f"models.language.{language}"), share=t.percent(row["share"], 1),
                                    low=t.percent(row["low"], 1), high=t.percent(row["high"], 1), n=t.number(row["n"], 0))})
    guess = next((row[key] for found in answers if name in found for row in [found[name]] for key in GUESSES if key in row), None)
    return {"dots": dots, "guess": guess, "guess_title": "" if guess is None else t("models.guess", share=t.percent(guess, 1))}


def abilities_sentence(t: Text, models: list[Model]) -> str:
    """What the chosen model does best and worst; beside another, where they differ most."""
    rows = [(row["name"], [dot["share"] for cell in row["cells"] if cell["language"] == t.language for dot in cell["dots"]]) for row in abilities(t, models)]
    if not any(shares for _, shares in rows):
        return t("models.unmeasured", name=models[0].label)
    both = [(name, shares) for name, shares in rows if len(shares) == 2]
    if len(models) == 2 and both:
        name, (one, two) = max(both, key=lambda row: abs(row[1][0] - row[1][1]))
        return t("models.differ", ability=name, first=models[0].label, one=t.percent(one), second=models[1].label, two=t.percent(two))
    own = [(name, shares[0]) for name, shares in rows if shares]
    best, worst = max(own, key=lambda row: row[1]), min(own, key=lambda row: row[1])
    return t("models.best_worst", name=models[0].label, best=best[0], high=t.percent(best[1]), worst=worst[0], low=t.percent(worst[1], 1))


def cannot(t: Text, model: Model) -> str:
    """What a model cannot do, as its card says it."""
    return re.sub(r"(?<!\*)\*(?!\*)", "**", _cannot(t, model)).replace(" %", "\u202f%")     # a card's Markdown: *name*


def _cannot(t: Text, model: Model) -> str:
    if model.own:
        return t("models.cannot_own", name=model.label)
    say = Words(t.language)
    if model.known.base:
        return say("cannot_tuned", base=model.known.base)
    answers = model.known.answers(t.language)
    if SUM not in answers or OUTSIDE not in answers:
        return t("models.unmeasured", name=model.label)
    return say("cannot", sums=say.share(answers[SUM]["share"]), context=say.number(shape(model)["n_positions"]), outside=say.share(answers[OUTSIDE]["share"]))


def _loss(model: Model, language: str) -> dict | None:
    """The loss that was measured of a model of this project that stands alone."""
    found = model.known.figures.get(language, {}) if model.known else {}
    return found if isinstance(found.get("loss"), float) else None


def curves(t: Text, models: list[Model]) -> list[dict]:
    """The loss of each model by the tokens that it had read: at its snapshots, where there are any, and in the end."""
    found = []
    for model in models:
        if (end := _loss(model, t.language)) is None:
            continue
        way = session.course()                      # of the one model whose snapshots were measured
        points = [(one.tokens, one.figures[t.language]["loss"]) for one in way] if way and way[-1].name == model.name else [
            (model.known.stated["tokens"], end["loss"])]
        found.append({"name": model.label, "points": points})
    return found


def references(t: Text, models: list[Model]) -> dict[str, float]:
    """What others pay for the same texts, nats per token: who only counts, and who knows how they were written."""
    found = next((row for model in models if (row := _loss(model, t.language))), None)
    if found is None:
        return {}
    return {t(f"models.reference.{name}"): found["references"][name] for name in REFERENCES} | {t("models.reference.entropy"): found["entropy"]}


def loss_sentence(t: Text, lines: list[dict], others: dict[str, float]) -> str:
    """How far the loss of the first model has come down, and how far it is above the least that is possible."""
    first, least = lines[0], others[t("models.reference.entropy")]
    (_, start), (tokens, end) = first["points"][0], first["points"][-1]
    values = {"name": first["name"], "tokens": magnitude_said(t, tokens), "loss": t.number(end), "above": t.number(end - least)}
    if len(first["points"]) > 1:
        return t("models.loss_fell", start=t.number(start), number=len(first["points"]), **values)
    return t("models.loss_end", **values)


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: base on a question over two sentences, beside one who takes either name by its place."""
    row = session.cards()[session.BASE].answers(t.language)[HOPS]
    option = "nearly" if row["low"] > 0.9 else "better" if row["low"] > row["by position"] else "lot"
    return option, {"share": t.percent(row["share"]), "low": t.percent(row["low"]), "high": t.percent(row["high"]), "n": row["n"],
                    "guess": t.percent(row["by position"])}


def table(t: Text, models: list[Model]) -> pd.DataFrame:
    """Every share that is drawn, with its interval and n."""
    columns = [t(f"models.column.{name}") for name in ("model", "ability", "language", "share", "low", "high", "n")]
    rows = []
    for model in models:
        for language in LANGUAGES:
            for name, row in (model.known.answers(language) if model.known else {}).items():
                if label := Words(t.language).ability(name):
                    rows.append((model.label, label.replace("*", ""), language, row["share"], row["low"], row["high"], row["n"]))
    return pd.DataFrame(rows, columns=columns)
