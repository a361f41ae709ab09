"""The map of contextual vectors: fitted once, it places any text; a path ends where the last block's output lies."""
import numpy as np
import pytest
import torch
from pytest import approx
from safetensors.torch import load_file, save_file

from engine import TextError, checkpoint, contexts
from engine.contexts import CONTEXTS


@pytest.fixture
def documents(tiny):
    chance = np.random.default_rng(2)
    return [[tiny.bos, *map(int, chance.integers(1, 320, size=size))] for size in (3, 20, 1, 9, 50, 12)]


@pytest.fixture
def made(tiny, documents, tmp_path):
    checkpoint.save(tiny, tmp_path / "model", dtype=torch.float32)
    np.array([id for ids in documents for id in ids], dtype=np.uint16).tofile(tmp_path / "text.bin")
    contexts.build(tmp_path / "model", tmp_path / "text.bin")
    return tmp_path / "model"


def test_a_path_begins_and_ends_at_the_streams_of_the_trace(tiny, documents):
    projector, trace = contexts.fit(tiny, documents), tiny.trace("the cat sat on the mat")
    path = projector.place(contexts.states(trace)[:, -1])
    assert path.shape == (3, 2)
    torch.testing.assert_close(path[-1], projector.place(trace.resid_post[-1, -1]))
    torch.testing.assert_close(path[0], projector.place(trace.embedding[-1] + trace.position[-1]))


def test_what_is_placed_is_standardised_so_that_length_says_nothing(tiny, documents):
    projector, states = contexts.fit(tiny, documents), contexts.states(tiny.trace("the cat"))
    torch.testing.assert_close(projector.place(states * 7 + 3), projector.place(states), atol=1e-3, rtol=0)
    seen = contexts.standardised(states)
    assert seen.mean(-1).abs().max() < 1e-5 and seen.std(-1, unbiased=False).flatten().tolist() == approx([1] * seen[..., 0].numel(), abs=1e-3)


def test_axes_are_those_of_greatest_variance(tiny, documents):
    projector = contexts.fit(tiny, [ids[:contexts.EACH + 1] for ids in documents])                # every token but the first is taken
    with torch.no_grad():
        runs = [tiny.decoder(torch.tensor([ids[:contexts.EACH + 1]])).layers for ids in documents]
    seen = torch.cat([contexts.standardised(torch.stack([layers[0].resid_pre[0], *(layer.resid_post[0] for layer in layers)]))[:, 1:].flatten(0, 1)
                      for layers in runs])
    centred = (seen - seen.mean(0)).double()
    variance = torch.linalg.svdvals(centred).square()
    assert projector.shares.tolist() == approx((variance[:2] / variance.sum()).tolist(), abs=1e-5)
    torch.testing.assert_close(projector.axes @ projector.axes.T, torch.eye(2), atol=1e-5, rtol=0)
    torch.testing.assert_close((centred.float() @ projector.axes.T).square().sum(0) / variance.sum().float(), projector.shares, atol=1e-4, rtol=0)


def test_a_shown_place_lies_where_its_text_is_placed(tiny, documents):
    projector = contexts.fit(tiny, documents)
    ids = documents[1]
    at = next(i for i in range(1, len(ids)) if ids[max(0, i + 1 - contexts.BEFORE):i + 1] == [id for id in projector.around[1].tolist() if id >= 0])
    with torch.no_grad():
        layers = tiny.decoder(torch.tensor([ids])).layers
    stream = torch.stack([layers[0].resid_pre[0], *(layer.resid_post[0] for layer in layers)])
    torch.testing.assert_close(projector.points[:, 1], projector.place(stream[:, at]), atol=1e-4, rtol=0)


def test_turns_are_angles_and_a_map_of_all_movement_would_keep_it_all(tiny, documents):
    states = contexts.states(tiny.trace("the cat sat"))
    steps, from_start = contexts.turned(states)
    a, b = contexts.standardised(states[:2, -1]).double()
    assert steps[0, -1].item() == approx(float(torch.rad2deg((a @ b / (a.norm() * b.norm())).arccos())), abs=1e-3)
    assert from_start[1].tolist() == approx(steps[0].tolist(), abs=1e-3) and from_start[0].max() < 0.1
    kept = contexts.kept(contexts.fit(tiny, documents), states[:, -1])
    whole = contexts.Projector(torch.zeros(16), torch.eye(16), torch.ones(16), torch.empty(0), torch.empty(0))
    assert 0 <= kept < 1 and contexts.kept(whole, states[:, -1]) == approx(1, abs=1e-5)


def test_what_was_built_is_read_again(tiny, made, documents):
    there, fitted = contexts.built(made, tiny), contexts.fit(tiny, documents)
    sample = [i for i, ids in enumerate(documents) if len(ids) > 1]
    torch.testing.assert_close(there.points, fitted.points[:, sample], atol=1e-4, rtol=0)
    torch.testing.assert_close(there.shares, fitted.shares, atol=1e-5, rtol=0)


def test_a_map_of_other_weights_is_none(tiny, made):
    with (made / checkpoint.WEIGHTS).open("ab") as file:
        file.write(b"\0")
    assert contexts.built(made, tiny) is None


@pytest.mark.parametrize("harm", [
    lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-40]), lambda path: path.write_bytes(b"")])
def test_a_missing_or_damaged_map_is_none(tiny, made, harm):
    harm(made / CONTEXTS)
    assert contexts.built(made, tiny) is None


@pytest.mark.parametrize("name, change", [
    ("around", lambda t: torch.full_like(t, 9999)), ("points", lambda t: t[:1].clone()), ("axes", lambda t: t * torch.nan), ("mean", lambda t: t[:3].clone())])
def test_a_map_that_does_not_fit_is_none(tiny, made, name, change):
    tensors = load_file(made / CONTEXTS)
    tensors[name] = change(tensors[name])
    save_file(tensors, made / CONTEXTS, metadata={"weights_sha256": checkpoint.fingerprint(made / checkpoint.WEIGHTS)})
    assert contexts.built(made, tiny) is None


def test_a_text_without_documents_is_refused(made, tmp_path):
    (tmp_path / "empty.bin").write_bytes(b"")
    with pytest.raises(TextError):
        contexts.build(made, tmp_path / "empty.bin")
