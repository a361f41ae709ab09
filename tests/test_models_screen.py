"""What the models' screen says: every number is a file's, sentences hold for every card, and who may open what on this machine."""
import json

import pytest

from engine import ModelError, checkpoint
from engine.cards import Words, known
from ui import here, links, session
from ui.i18n import LANGUAGES, Text
from ui.readings import demos, own
from ui.readings import models as readings

NAMES = list(known())


@pytest.fixture
def look(monkeypatch):
    """A reader who looks at a model, and maybe at another beside it."""
    state: dict = {}
    for module in (links, session):
        monkeypatch.setattr(module.st, "session_state", state)

    def at(name: str, beside: str = "none") -> list[readings.Model]:
        state.update({"models.card": name, "models.beside": beside})
        return readings.chosen()
    return at


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_what_its_files_say(look, name, language):
    t, models, one = Text(language), look(name), known()[name]
    facts = {row["term"]: row["values"][0] for row in readings.facts(t, models)}
    total = readings.size(models[0])
    assert facts[t("models.fact.parameters")] == t.number(total, 0)
    assert (total == one.stated["parameters"]) == (one.base is None)
    rows = readings.abilities(t, models)
    drawn = {(row["id"], cell["language"]): cell["dots"][0]["share"] for row in rows for cell in row["cells"] if cell["dots"]}
    stated = json.loads((checkpoint.MODELS / name / checkpoint.EVALUATION).read_text())["figures"]
    assert drawn == {(ability, tongue): row["share"] for tongue, found in stated.items() for ability, row in found.get("answers", found).items()
                     if isinstance(row, dict) and "low" in row and Words(language).ability(ability)}
    for sentence in (readings.about(t, models), readings.abilities_sentence(t, models), readings.reading_sentence(t, models), demos.sentence(t, models[0])):
        assert name in sentence and "{" not in sentence
    assert len(readings.table(t, models)) == len(drawn)


def test_two_cards_stand_side_by_side(look):
    t, models = Text("en"), look("nano", "base")
    assert [model.name for model in models] == ["nano", "base"]
    assert all(len(row["values"]) == 2 for row in readings.facts(t, models))
    sentence = readings.abilities_sentence(t, models)
    shares = {row["name"]: [dot["share"] for dot in row["cells"][0]["dots"]] for row in readings.abilities(t, models)}
    most = max(shares, key=lambda name: abs(shares[name][0] - shares[name][1]))
    assert most in sentence and t.percent(shares[most][1]) in sentence
    assert look("base", "base")[1:] == [] and look("no-such-model")[0].name == "base"


def test_the_curve_of_a_model_ends_where_its_evaluation_says(look):
    t = Text("en")
    for name in NAMES:
        for line in readings.curves(t, look(name)):
            assert line["points"][-1] == (known()[name].stated["tokens"], known()[name].figures["en"]["loss"])
            assert [tokens for tokens, _ in line["points"]] == sorted(tokens for tokens, _ in line["points"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_is_answered_by_the_file(look, language):
    look("base")
    option, values = readings.answer(Text(language))
    row = known()["base"].figures[language]["answers"]["two hops: petoffriend"]
    assert values["n"] == row["n"] and (option == "lot") == (row["low"] <= row["by position"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_said_in_the_readers_language(language):
    t = Text(language)
    details = {"folder": "/x", "file": "f", "gigabytes": 3.2, "most": 2, "key": "k", "value": "v", "name": "n", "wanted": "w"}
    for code in ("folder_missing", "folder_empty", "file_missing", "file_damaged", "pickle", "weights_large", "config_foreign", "adapter_files", "hub_name",
                 "hub_offline", "hub_unknown", "hub_foreign", "hub_broken"):
        said = own.wrong(t, ModelError(code, "plain", **details))
        assert said != "plain" and "{" not in said
    assert own.wrong(t, ModelError("no such code", "plain")) == "plain"


@pytest.mark.parametrize("address, headers, local", [
    (None, {"Host": "localhost:8501"}, True), (None, {"Host": "127.0.0.1:8501"}, True), ("127.0.0.1", {"Host": "[::1]:8501"}, True), ("::1", {"Host": "[::1]"}, True),
    ("192.168.1.7", {"Host": "192.168.1.5:8501"}, False), ("203.0.113.9", {"Host": "localhost"}, False), (None, {"Host": "vitrina.example"}, False),
    (None, {}, False), (None, {"Host": "localhost", "X-Forwarded-For": "203.0.113.9"}, False), (None, {"Host": "localhost", "Forwarded": "for=203.0.113.9"}, False),
    ("garbage", {"Host": "localhost"}, False), (None, {"Host": "localhost.evil.example"}, False)])
def test_who_sits_at_this_machine(address, headers, local):
    assert here.at_home(address, headers) is local


def test_the_configuration_can_open_it_to_everybody(monkeypatch):
    class Far:
        ip_address, headers = "203.0.113.9", {"Host": "vitrina.example"}
    monkeypatch.setattr(here.st, "context", Far)
    assert not here.may_open()
    monkeypatch.setenv(here.VARIABLE, here.EVERYBODY)
    assert here.may_open()
