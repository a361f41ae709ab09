"""Model cards for people, in both languages: what a model is, what it has read, what it can do with intervals, what it cannot do.

Every figure comes from `card.json` and `evaluation.json`, every sentence from assets/text/<language>/card.toml.
"""
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.checkpoint import CARD, CONFIG, EVALUATION, MODELS, read_json, replace_file
from engine.corpus.stream import LANGUAGES

TEXTS = Path(__file__).parent.parent / "assets" / "text"
FILE = "card.{}.md"
GPT3_TOKENS, GPT3_PARAMETERS = 300e9, 174_604_259_328       # Brown et al. 2020, arXiv 2005.14165


@dataclass(frozen=True)
class Known:
    """A model that this project has made: what its card states, and what it can do as measured, by language; `whole` where its weights ship."""
    name: str
    stated: dict
    figures: dict
    whole: bool

    @property
    def base(self) -> str | None:
        """The model that it is an adapter on; None for one that stands alone."""
        return self.stated.get("base")

    def answers(self, language: str) -> dict[str, dict]:
        """By the name of an ability its share of right answers with n and the 95 % interval, and what guessers would score."""
        found = self.figures.get(language, {})
        return {name: row for name, row in found.get("answers", found).items() if isinstance(row, dict) and "low" in row}


def known(root: Path = MODELS) -> dict[str, Known]:
    """The models with a card under `root`: base, what is tuned on it, then the others from large to small. Raises ModelError for a damaged card."""
    found = {}
    for path in root.glob(f"*/{CARD}"):
        folder = path.parent
        figures = read_json(folder / EVALUATION).get("figures", {}) if (folder / EVALUATION).is_file() else {}
        found[folder.name] = Known(folder.name, read_json(path), figures, (folder / CONFIG).is_file())
    tuned = {one.base for one in found.values()}
    return {one.name: one for one in sorted(found.values(), key=lambda one: (
        one.name not in tuned, one.base is None, -one.stated.get("parameters", 0) if one.base is None else 0, one.name))}


def write(folder: Path) -> None:
    """Write the cards of the model in `folder` unless they stand. Raises ModelError where card or evaluation is missing."""
    for language in LANGUAGES:
        path, text = folder / FILE.format(language), card(folder, language)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            replace_file(path, lambda beside, text=text: beside.write_text(text, encoding="utf-8"))


def card(folder: Path, language: str) -> str:
    """A model's card in a language, as Markdown."""
    stated, figures, say = read_json(folder / CARD), read_json(folder / EVALUATION)["figures"], Words(language)
    tuned = "base" in stated
    head = [f"# {folder.name}", "", *(_adapter(say, stated, read_json(folder / CONFIG)) if tuned else _decoder(say, stated)), ""]
    abilities = [f"## {say('abilities_title')}", "", say("abilities", name=folder.name), "",
                 f"| {say('ability')} | {' | '.join(say(each) for each in figures)} |", "|---|" + "--:|" * len(figures), *_rows(say, figures), ""]
    own = figures[language]
    cannot = say("cannot_tuned", base=stated["base"]) if tuned else say(
        "cannot", sums=say.share(own["answers"]["addition, two digits"]["share"]), context=say.number(stated["config"]["n_positions"]),
        outside=say.share(own["answers"]["recall, outside the window"]["share"]))
    return "\n".join([*head, *abilities, f"## {say('cannot_title')}", "", cannot]) + "\n"


class Words:
    """The sentences of a language's cards, and how it writes numbers."""

    def __init__(self, language: str):
        self.language, self.entries = language, _entries(language)

    def __call__(self, key: str, **values: object) -> str:
        return self.entries[key].format(**values)

    def ability(self, name: str) -> str | None:
        """What an ability of the evaluation is called, or None if a card leaves it out."""
        return self.entries["of"].get(re.sub(r"\W+", "_", name))

    def number(self, value: float, digits: int = 0) -> str:
        plain = f"{value:,.{digits}f}"
        return plain.translate(str.maketrans(",.", ".,")) if self.language == "es" else plain

    def share(self, value: float) -> str:
        return self.number(100 * value, 1) + (" %" if self.language == "es" else "%")


def _decoder(say: Words, stated: dict) -> list[str]:
    config, corpus = stated["config"], stated["corpus"]
    total = sum(found["tokens"] for found in corpus["languages"].values())
    return [
        say("decoder", layers=config["n_layer"], heads=config["n_head"], width=config["n_embd"], context=config["n_positions"],
            vocabulary=say.number(config["vocab_size"]), parameters=say.number(stated["parameters"])), "",
        f"## {say('text_title')}", "",
        say("text", tokens=say.number(corpus["tokens"]), genres=max(len(genres) for genres in corpus["genres"].values())), "",
        *(f"- {say('language', language=say(language), documents=say.number(found['documents']), share=say.share(found['tokens'] / total))}"
          for language, found in corpus["languages"].items()), "",
        f"## {say('training_title')}", "",
        say("training", tokens=say.number(stated["tokens"]), hours=say.number(stated["seconds"] / 3600, 1),
            times=say.number(GPT3_TOKENS / stated["tokens"]), size=say.number(GPT3_PARAMETERS / stated["parameters"]))]


def _adapter(say: Words, stated: dict, config: dict) -> list[str]:
    recipe = stated["recipe"]
    return [
        say("adapter", rank=recipe["rank"], base=stated["base"], parameters=say.number(stated["parameters"]), sha=config["base_sha256"][:12]),
        *([say("voice")] if stated.get("voice") else []), "",
        f"## {say('text_title')}", "", say("examples", examples=say.number(stated["examples"])), "",
        f"## {say('training_title')}", "",
        say("tuning", steps=say.number(stated["steps"]), minutes=say.number(stated["seconds"] / 60, 1), replay=say.share(recipe["replay"]))]


def _rows(say: Words, figures: dict[str, dict]) -> list[str]:
    """A line for each ability that the cards name, the languages beside one another."""
    found = list(figures.values())
    answers = [each.get("answers", each) for each in found]
    lines = []
    for name in answers[0]:
        if label := say.ability(name):
            cells = " | ".join(f"{say.share(each[name]['share'])} ({say.share(each[name]['low'])}–{say.share(each[name]['high'])}, n = {each[name]['n']})"
                               for each in answers)
            lines.append(f"| {label} | {cells} |")
    if "answers" in found[0]:
        losses = [("loss", [each["loss"] for each in found]), ("excess", [each["excess"] for each in found])]
    else:
        losses = [("forgot", [each["loss"]["after"] - each["loss"]["before"] for each in found])]
    return lines + [f"| {say(name)} | {' | '.join(say.number(value, 3) for value in values)} |" for name, values in losses]


@cache
def _entries(language: str) -> dict:
    with (TEXTS / language / "card.toml").open("rb") as file:
        return tomllib.load(file)
