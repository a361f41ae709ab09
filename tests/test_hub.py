"""The hub: a tiny GPT-2 comes from a server on this machine, with its progress; what breaks off, is foreign or too large never becomes a model."""
import json
import shutil
import time
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants, utils
from safetensors.torch import load_file, save_file

from engine import ModelError, hub, opening
from engine.live.hub import run
from tests.hub_server import Hub, serving

NAME = "tiny/gpt2"


@pytest.fixture
def there(folder, tmp_path, monkeypatch):
    """A hub with one model, and a cache of this test's own."""
    models = tmp_path / "hub"
    shutil.copytree(folder, models / NAME)
    (models / NAME / "card.json").unlink()
    (models / NAME / "pytorch_model.bin").write_bytes(b"never fetched")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    with serving(models) as hub_:
        monkeypatch.setenv("HF_ENDPOINT", hub_.url)
        hub_.models = models
        yield hub_


@pytest.fixture(autouse=True)
def alone():
    """No connection to the hub of another test is used again."""
    utils.close_session()
    yield
    utils.close_session()


def refused(name: str = NAME) -> ModelError:
    with pytest.raises(ModelError) as caught:
        list(hub.fetch(name))
    return caught.value


def test_a_model_comes_with_its_progress_and_is_the_same_model(there: Hub, folder, tiny, monkeypatch):
    monkeypatch.setattr(hub, "PIECE", 4000)
    monkeypatch.setattr(hub, "LOOK", 0.05)
    there.slow["model.safetensors"] = 0.6
    steps = list(hub.fetch(NAME))
    total = sum((folder / file).stat().st_size for file in ("config.json", "tokenizer.json", "model.safetensors"))
    assert [step.bytes for step in steps] == sorted(step.bytes for step in steps) and len(steps) > 3
    assert (steps[-1].bytes, {step.total for step in steps}) == (total, {total})
    assert torch.equal(opening.folder(str(steps[-1].folder)).trace("The niño").logits, tiny.trace("The niño").logits)
    assert not any(asked.endswith((".bin", ".py")) for asked in there.asked)


def test_the_job_reports_what_a_page_needs(there: Hub):
    said = [report for report, tensors in run({"name": NAME}, {}) if not tensors]
    assert said[0] == {"bytes": 0, "total": 0} and said[-1]["bytes"] == said[-1]["total"] > 0
    assert opening.folder(said[-1]["folder"])


def test_what_is_there_opens_without_a_network_and_nothing_is_fetched_twice(there: Hub):
    folder = list(hub.fetch(NAME))[-1].folder
    asked = len([line for line in there.asked if line.startswith("GET") and "resolve" in line])
    assert list(hub.fetch(NAME))[-1].folder == folder
    assert len([line for line in there.asked if line.startswith("GET") and "resolve" in line]) == asked
    there.dead = True
    assert list(hub.fetch(NAME))[-1].folder == folder


def test_offline_is_said_at_once(there: Hub, monkeypatch):
    there.dead = True
    start = time.monotonic()
    assert refused().code == "hub_offline" and time.monotonic() - start < 5
    utils.close_session()
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")       # nobody listens there
    start = time.monotonic()
    assert refused().code == "hub_offline" and time.monotonic() - start < 5


def test_a_transfer_that_breaks_off_leaves_no_model(there: Hub, tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "STALLED", 1.0)
    there.cut["model.safetensors"] = 3000
    assert refused().code == "hub_broken"
    assert hub.cached(NAME) is None and not list((tmp_path / "cache").rglob("model.safetensors"))
    there.dead, there.cut = False, {}
    assert opening.folder(str(list(hub.fetch(NAME))[-1].folder))


@pytest.mark.parametrize("name", ["", "a b", "../../etc/passwd", "a/b/c", "https://x.y/z", "-x", "a\n", "x" * 200, "/root/model"])
def test_what_is_no_name_is_never_asked_for(there: Hub, name):
    assert refused(name).code == "hub_name" and not there.asked


def test_what_the_hub_does_not_have(there: Hub):
    assert refused("no/such").code == "hub_unknown"


@pytest.mark.parametrize("change, code", [({"model_type": "llama"}, "config_foreign"), ({"n_head": 3}, "config_key")])
def test_a_foreign_model_costs_its_config_alone(there: Hub, change, code):
    path = there.models / NAME / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert refused().code == code
    assert [line.rpartition("/")[2] for line in there.asked if "resolve" in line] == ["config.json"] * 2     # its head, and itself


def test_pickles_and_what_is_too_large_are_not_fetched(there: Hub):
    there.claimed["model.safetensors"] = opening.LARGEST + 1
    assert refused().code == "weights_large"
    (there.models / NAME / "model.safetensors").unlink()
    assert refused().code == "pickle"
    (there.models / NAME / "pytorch_model.bin").unlink()
    assert refused().code == "hub_foreign" and not any("resolve" in line for line in there.asked)


def test_weights_that_are_none_are_refused_when_opened(there: Hub):
    path: Path = there.models / NAME / "model.safetensors"
    save_file({**load_file(path), "extra": torch.ones(1)}, path)
    with pytest.raises(ModelError) as caught:
        opening.folder(str(list(hub.fetch(NAME))[-1].folder))
    assert caught.value.code == "tensor_foreign"
