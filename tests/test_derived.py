"""What is worked out from weights is theirs alone: it comes back as it was kept, and not at all for others or from a damaged file."""
import pytest
import torch

from engine import checkpoint
from engine.derived import load_beside, save_beside

TENSORS = {"a": torch.arange(6.0).reshape(2, 3).T, "b": torch.tensor([1, 2], dtype=torch.int32)}


def test_what_is_kept_comes_back(folder):
    path = save_beside(folder, "x.safetensors", TENSORS)
    found = load_beside(folder, path.name, ["a", "b"])
    assert found.keys() == TENSORS.keys() and all(torch.equal(found[key], tensor) and found[key].dtype == tensor.dtype for key, tensor in TENSORS.items())


@pytest.mark.parametrize("harm", [
    lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-5]), lambda path: path.write_bytes(b"no tensors"),
    lambda path: save_beside(path.parent, path.name, {"a": TENSORS["a"]})], ids=["gone", "cut off", "another file", "a tensor short"])
def test_what_is_not_whole_is_not_there(folder, harm):
    harm(save_beside(folder, "x.safetensors", TENSORS))
    assert load_beside(folder, "x.safetensors", ["a", "b"]) is None


def test_other_weights_have_none(folder, tiny):
    save_beside(folder, "x.safetensors", TENSORS)
    checkpoint.save(tiny, folder, dtype=torch.float16)
    assert load_beside(folder, "x.safetensors", ["a", "b"]) is None
