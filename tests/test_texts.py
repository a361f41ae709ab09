"""Both languages say the same things: equal keys and placeholders, nothing empty, nothing left in English, nothing missing."""
import re
import string
from pathlib import Path

import pytest

from ui.i18n import LANGUAGES, catalogue

ROOT = Path(__file__).parent.parent
SOURCES = [*sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]
# Words that are the same in both languages: names of models and methods, terms of art, the model's own labels.
SHARED = {
    "training.curve_at", "training.at.none", "training.at.million", "training.moves.part.wte", "training.run.seconds", "training.run.after", "training.run.parts.residual",
    "training.run.parts.norm", "training.column.tokens",
    "models.fact_tokens", "models.mega", "models.own.hub_place",
    "frame.sized",
    "context.column.token", "embeddings.column.token", "tokens.column.token", "tokens.guide.sign", "tokens.name", "tokens.amount.other", "position.rotary.even", "position.sinusoidal.odd", "embeddings.map.tsne", "embeddings.name", "embeddings.path.words",
    "generation.u", "generation.ms", "generation.column.token", "generation.column.id", "generation.column.u",
    "block.pick", "block.stage.norm_1", "block.stage.norm_2", "block.pushes.token", "block.lens.embedding", "block.ledger.embedding", "block.ledger.forward",
    "network.activations.tanh", "network.activations.relu",
    "fewshot.forms.arrow", "fewshot.forms.colon", "fewshot.forms.equals", "fewshot.guide.option.four", "fewshot.guide.option.eight",
    "finetuning.column.base", "finetuning.column.token", "finetuning.short.base", "finetuning.short.assistant", "finetuning.short.pirate", "finetuning.forgotten.was",
    "finetuning.guide.option.base", "finetuning.guide.option.assistant", "probabilities.browser.argmax",
    "probabilities.browser.logit", "probabilities.browser.token", "probabilities.column.id", "probabilities.column.logit",
    "probabilities.column.scaled", "probabilities.column.token", "probabilities.setting_top_k", "probabilities.setting_top_p",
    "probabilities.knob.top_k.high", "home.stage.tokens.title", "home.stage.embedding.title", "probabilities.browser.entropy_value", "live.tour.back", "live.tour.on", "home.flow.logit", "attention.pair.step.dot.name", "attention.pair.step.logit.name", "attention.pair.step.score.name",
    "attention.pair.step.softmax.name", "attention.sign.current", "attention.sign.duplicate", "attention.sign.induction", "attention.sign.previous", "attention.pushes.logit", "attention.row.power", "attention.row.token", "attention.value.moved", "context.cost.hover",
    "ideas.token.name", "ideas.vector.name", "ideas.embedding.name", "ideas.transformer.name", "ideas.logit.name", "ideas.softmax.name", "ideas.top_k.name",
    "ideas.top_p.name", "ideas.logit_lens.name", "ideas.flop.name", "glossary.find.single", "glossary.find.many", "glossary.share.forward", "glossary.sized", "glossary.before",
    "scale.column.n", "scale.cost_help.ratio", "scale.millions", "scale.model.gpt2", "scale.model.gpt2-xl", "scale.model.gpt3", "scale.part.forward",
}


def placeholders(entry: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(entry) if name is not None)


def used() -> set[str]:
    """Every key that the code names, as a pattern: what stands in braces in an f-string is any word."""
    found = set()
    for path in SOURCES:
        for prefix, key in re.findall(r"\bt\((f?)\"((?:[^\"{}]|\{[^}]*\})+)\"", path.read_text()):
            pieces = re.split(r"\{[^}]*\}", key) if prefix else [key]
            found.add(r"[\w.]+".join(map(re.escape, pieces)))
    return found


def groups() -> set[str]:
    """The start of every group of entries that the code asks for."""
    found = set()
    for path in SOURCES:
        for prefix, key in re.findall(r"(?:\.group\(|examples(?:: str)?\s*=\s*)(f?)\"((?:[^\"{}]|\{[^}]*\})+)\"", path.read_text()):
            found.add(r"\w+".join(map(re.escape, re.split(r"\{[^}]*\}", key) if prefix else [key])))
    return found


def test_same_keys():
    assert catalogue("en").keys() == catalogue("es").keys()


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_same_placeholders_and_markers(key):
    en, es = (catalogue(language)[key] for language in LANGUAGES)
    assert en.strip() and es.strip()
    assert set(placeholders(en)) == set(placeholders(es))
    for entry in (en, es):
        assert all(placeholders(entry)), "a placeholder without a name"
        assert entry.count("**") % 2 == 0 and "****" not in entry


def test_nothing_is_left_in_english():
    same = {key for key, entry in catalogue("es").items() if entry == catalogue("en")[key]}
    assert same == SHARED & same, f"not translated: {sorted(same - SHARED)}"
    assert SHARED <= same, f"translated by now: {sorted(SHARED - same)}"


def test_spanish_is_set_as_spanish():
    for key, entry in catalogue("es").items():
        assert "“" not in entry and "”" not in entry, key           # quotes are «»
        assert not re.search(r"(?<!\.)\d%", entry), key                   # a space stands before the sign
        assert entry.count("¿") == entry.count("?"), key
        assert entry.count("¡") == entry.count("!"), key


def test_plurals_come_in_pairs():
    for language in LANGUAGES:
        keys = catalogue(language).keys()
        ones = {key.removesuffix(".one") for key in keys if key.endswith(".one")}
        assert ones and ones == {key.removesuffix(".other") for key in keys if key.endswith(".other")}


@pytest.mark.parametrize("pattern", sorted(used()))
def test_key_that_the_code_names_exists(pattern):
    assert any(re.fullmatch(rf"{pattern}(\.one)?", key) for key in catalogue("en"))


def test_group_that_the_code_names_exists():
    assert len(groups()) > 5
    for group in groups():
        assert any(re.match(rf"{group}\.", key) for key in catalogue("en")), group
