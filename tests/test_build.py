"""The build: one command makes what ships, keeps what belongs to its inputs, and goes on where it was stopped."""
import json
import shutil

import pytest
import torch

from engine import build as building
from engine import cards, checkpoint, contexts, course, maps, neurons
from engine import train as training
from engine.__main__ import main
from engine.build import QUICK, build
from engine.cards import Words
from engine.checkpoint import ADAPTER, CARD, EVALUATION, WEIGHTS, fingerprint
from engine.report import Lines


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A whole quick build, by the command."""
    out = tmp_path_factory.mktemp("build")
    assert main(["build", "--quick", "--out", str(out)]) == 0
    return out


@pytest.fixture
def copy(made, tmp_path, monkeypatch):
    """The build, to be damaged; evaluation, map and neurons, which the fixture has seen at work, are told to be quick."""
    figures = {"en": {"facts": {"share": 0.0}, "unknown": {"share": 0.0}}}
    monkeypatch.setattr(building, "evaluate_assistant", lambda *_: figures)
    monkeypatch.setattr(cards, "write", lambda folder: None)
    monkeypatch.setattr(building, "evaluate", lambda *_, **__: figures)
    monkeypatch.setattr(maps, "build", lambda folder: None)
    monkeypatch.setattr(neurons, "build", lambda folder, text: None)
    monkeypatch.setattr(contexts, "build", lambda folder, text: None)
    return shutil.copytree(made, tmp_path / "build")


def again(out):
    return build(QUICK, out, out / "models")


def state(out) -> dict:
    return {path.relative_to(out): path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}


def same_weights(a, b) -> bool:
    ours, theirs = (checkpoint.read_weights(path) for path in (a, b))
    return ours.keys() == theirs.keys() and all(torch.allclose(ours[k], theirs[k], atol=1e-3) for k in ours)


def test_the_models_load_and_their_cards_are_true(made):
    models = made / "models"
    base, assistant, pirate = (checkpoint.load(models / name) for name in ("base", "assistant", "pirate"))
    assert base.card["parameters"] == sum(p.numel() for p in base.decoder.parameters())
    assert base.card["tokens"] == QUICK.sizes[0].recipe.tokens // (8 * 64) * (8 * 64) and base.card["seconds"] > 0
    languages = base.card["corpus"]["languages"]
    assert set(languages) == {"en", "es"} == set(base.card["evaluation"])
    assert {name: sum(base.card["corpus"]["genres"][name].values()) for name in languages} == {
        name: row["tokens"] for name, row in languages.items()}
    assert base.card["weights_sha256"] == fingerprint(models / "base" / WEIGHTS)
    assert assistant.chat and assistant.card["weights_sha256"] == fingerprint(models / "assistant" / ADAPTER)
    assert pirate.card["voice"] == "pirate" and set(pirate.card["evaluation"]["en"]) == {"facts", "unknown", "voice", "kept", "loss"}
    assert set(assistant.card["evaluation"]["es"]) == {"facts", "unknown", "told", "summaries", "loss"}
    assert maps.built(models / "base", building.TOY.vocab_size) is not None
    assert contexts.built(models / "base", base).points.shape[::2] == (3, 2)
    assert neurons.built(models / "base").values.shape == (2, 128, neurons.PLACES)
    assert [checkpoint.load(f"{models / 'mini'}@{tokens}").name for tokens in (0, 10_240)] == ["mini@0", "mini@10240"]
    assert json.loads((models / "mini" / course.FILE).read_text())["figures"].keys() == {"0", "10240"} and not (models / "base" / course.FILE).exists()
    for folder in (models / name for name in ("base", "mini", "assistant", "pirate")):
        assert json.loads((folder / EVALUATION).read_text())["figures"].keys() == {"en", "es"}


def test_of_what_is_only_measured_the_figures_ship(made):
    folder = made / "models" / "depth-3"
    assert sorted(path.name for path in folder.iterdir()) == [CARD, EVALUATION]
    assert json.loads((folder / CARD).read_text())["weights_sha256"] == json.loads((folder / EVALUATION).read_text())["weights_sha256"]
    assert checkpoint.names(made / "models") == ["base", "mini", "assistant", "pirate"]


@pytest.mark.parametrize("name", ["base", "mini", "assistant", "pirate"])
@pytest.mark.parametrize("language, rest", [("en", "nats per token"), ("es", "nats por token")])
def test_a_card_tells_people_what_was_measured(made, name, language, rest):
    folder = made / "models" / name
    text, stated = (folder / f"card.{language}.md").read_text(encoding="utf-8"), json.loads((folder / CARD).read_text())
    assert text.startswith(f"# {name}\n") and rest in text and "{" not in text
    number = f"{stated['parameters']:,}"
    assert (number if language == "en" else number.replace(",", ".")) in text
    found = json.loads((folder / EVALUATION).read_text())["figures"]
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    answers = found["en"].get("answers", found["en"])
    assert len(rows) == 1 + sum(Words(language).ability(kind) is not None for kind in answers) + (2 if "answers" in found["en"] else 1)
    first = next(kind for kind in answers if Words(language).ability(kind))
    cells = next(row for row in rows if Words(language).ability(first) in row).split("|")[2:4]
    for cell, by_language in zip(cells, found.values(), strict=True):
        share = by_language.get("answers", by_language)[first]
        assert cell.strip().startswith(Words(language).share(share["share"])) and f"n = {share['n']})" in cell


def test_a_second_build_touches_nothing(copy):
    before = state(copy)
    again(copy)
    assert state(copy) == before


def test_models_that_stand_need_no_corpus(copy):
    shutil.rmtree(copy / "corpus")
    shutil.rmtree(copy / "base")
    shutil.rmtree(copy / "mini")
    shutil.rmtree(copy / "depth-3")
    again(copy)
    assert not (copy / "corpus").exists()


def test_training_goes_on_where_it_was_stopped(made, copy, monkeypatch):
    shutil.rmtree(copy / "base")
    shutil.rmtree(copy / "models")
    monkeypatch.setattr(training, "SAVE_EVERY", 0.0)

    def stop(self, done, *parts):
        raise KeyboardInterrupt
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Lines, "maybe", stop)
        again(copy)
    assert training.reached(copy / "base")[0] == 50 and not (copy / "models" / "base").exists()
    seen = []
    monkeypatch.setattr(Lines, "maybe", lambda self, done, *parts: seen.append((self.step, parts[0])))
    again(copy)
    assert [said for step, said in seen if step == "base"][0] == "step 100 of 117" and "corpus" not in dict(seen)
    assert same_weights(copy / "models" / "base" / WEIGHTS, made / "models" / "base" / WEIGHTS)


@pytest.mark.parametrize("lost", ["base/config.json", "base/model.safetensors", "base/card.json", "mini/at-10240.safetensors"])
def test_a_model_half_written_is_written_again_from_its_run(made, copy, lost):
    (copy / "models" / lost).unlink()
    again(copy)
    assert (copy / "models" / lost).is_file()
    assert all(same_weights(copy / "models" / name / WEIGHTS, made / "models" / name / WEIGHTS) for name in ("base", "mini"))


@pytest.mark.parametrize("name", ["assistant", "pirate"])
@pytest.mark.parametrize("lost", [ADAPTER, CARD])
def test_an_adapter_half_written_is_tuned_again(made, copy, name, lost):
    base = state(copy / "models" / "base")
    (copy / "models" / name / lost).unlink()
    again(copy)
    assert same_weights(copy / "models" / name / ADAPTER, made / "models" / name / ADAPTER)
    assert state(copy / "models" / "base") == base


def test_an_assistant_of_other_examples_is_tuned_again(copy, monkeypatch):
    before = fingerprint(copy / "models" / "assistant" / ADAPTER)
    monkeypatch.setattr(building, "chat_examples", lambda count, seed, voice: [(("Hello!", "Hello to you."),)])
    again(copy)
    assert fingerprint(copy / "models" / "assistant" / ADAPTER) != before


def test_an_evaluation_of_other_weights_is_made_again(copy):
    path = copy / "models" / "base" / EVALUATION
    path.write_text(path.read_text().replace('"weights_sha256": "', '"weights_sha256": "0'))
    again(copy)
    assert json.loads(path.read_text())["weights_sha256"] == fingerprint(copy / "models" / "base" / WEIGHTS)
