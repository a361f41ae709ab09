"""Snapshots: what a model was on its way opens by name@tokens, each weight within half a step, the first weights exactly."""
from dataclasses import replace

import pytest
import torch
from safetensors.torch import save_file

from engine import ModelError, checkpoint
from engine.model import Decoder
from engine.snapshots import FILE, kept, pack, split, unpack
from engine.start import head_start


@pytest.fixture
def run(tiny, tmp_path):
    """A run's folder with a snapshot, and the model that it ended in."""
    early = {name: value + 0.01 * torch.randn(value.shape, generator=torch.Generator().manual_seed(7)) for name, value in tiny.decoder.state_dict().items()}
    for tokens in (0, 640):
        save_file(early, tmp_path / FILE.format(tokens))
    checkpoint.save(replace(tiny, card={"recipe": {"seed": 5}}), tmp_path / "model")
    checkpoint.save_snapshots(tmp_path, tmp_path / "model")
    return tmp_path, early


def test_a_snapshot_opens_by_its_tokens(run):
    folder, early = run
    lm = checkpoint.load(f"{folder / 'model'}@640")
    assert lm.name == "model@640" and kept(folder / "model") == [0, 640] and not (folder / "model" / FILE.format(0)).exists()
    for name, value in lm.decoder.state_dict().items():
        step = early[name].abs().amax(-1, keepdim=True) / 127
        assert ((value - early[name]).abs() <= 0.51 * step + 1e-3 * early[name].abs()).all(), name


def test_the_first_weights_are_drawn_again(run, tiny):
    lm = checkpoint.load(f"{run[0] / 'model'}@0")
    expected = head_start(Decoder(tiny.decoder.config).initialise(5)).state_dict()
    assert all(torch.equal(value, expected[name]) for name, value in lm.decoder.state_dict().items())


@pytest.mark.parametrize("tokens", [1, 641])
def test_a_snapshot_that_is_not_there(run, tokens):
    with pytest.raises(ModelError, match=f"@{tokens}"):
        checkpoint.load(f"{run[0] / 'model'}@{tokens}")


def test_a_damaged_snapshot_is_refused(run):
    path = run[0] / "model" / FILE.format(640)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(ModelError, match=path.name):
        checkpoint.load(f"{run[0] / 'model'}@640")


@pytest.mark.parametrize("name, parts", [
    ("mini@5", ("mini", 5)), ("a@b@12", ("a@b", 12)), ("mini", ("mini", None)), ("mini@", ("mini@", None)), ("@5", ("@5", None)), ("mini@x", ("mini@x", None))])
def test_a_name_with_tokens(name, parts):
    assert split(name) == parts


def test_rows_of_zeros_and_of_any_size_come_back():
    weights = {"a": torch.stack([torch.zeros(4), torch.tensor([1e4, -1e4, 1.0, 0.0]), torch.full((4,), 1e-6)]), "b": torch.tensor([0.5, -2.0])}
    back = unpack(pack(weights))
    assert torch.equal(back["a"][0], torch.zeros(4)) and torch.equal(back["b"].float(), weights["b"])
    assert (back["a"] - weights["a"]).abs().max() < 1e4 / 250 and back["a"][2].mean() == pytest.approx(1e-6, rel=0.1)
