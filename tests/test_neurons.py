"""What excites a neuron: each place shows the value that the model has there, and no other document has a higher one."""
import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from engine import TextError, checkpoint, neurons
from engine.neurons import NEURONS, seek

@pytest.fixture
def documents(tiny):
    chance = np.random.default_rng(5)
    return [[tiny.bos, *map(int, chance.integers(1, tiny.tokenizer.vocab_size, size=size))] for size in (3, 12, 5, 90, 1, 7, 7, 20, 2, 40)]


@pytest.fixture
def folder(tiny, documents, tmp_path):
    checkpoint.save(tiny, tmp_path / "model", dtype=torch.float32)
    np.array([id for ids in documents for id in ids], dtype=np.uint16).tofile(tmp_path / "text.bin")
    neurons.build(tmp_path / "model", tmp_path / "text.bin")
    return tmp_path / "model"


def activity(lm, ids):
    """(L, T - 1, F): the neurons behind the first token of a text read by itself."""
    with torch.no_grad():
        return torch.stack([layer.neurons[0] for layer in lm.decoder(torch.tensor([ids[:lm.context]])).layers])[:, 1:]


def test_a_place_has_the_value_that_the_model_has_there(tiny, documents):
    gallery = seek(tiny, documents, places=3)
    config = tiny.decoder.config
    assert gallery.values.shape == (config.n_layer, 4 * config.n_embd, 3)
    for layer, neuron in ((0, 0), (0, 5), (1, 7), (config.n_layer - 1, 4 * config.n_embd - 1)):
        for place in gallery.of(layer, neuron):
            assert list(place.ids) in [ids[:tiny.context] for ids in documents] and place.at > 0
            assert activity(tiny, list(place.ids))[layer, place.at - 1, neuron].item() == pytest.approx(place.value, abs=1e-5)


def test_no_text_excites_a_neuron_more_than_its_places(tiny, documents):
    gallery = seek(tiny, documents, places=4)
    best = torch.stack([activity(tiny, ids).amax(1) for ids in documents]).sort(0, descending=True).values[:4]     # (4, L, F)
    torch.testing.assert_close(gallery.values, best.permute(1, 2, 0), atol=1e-5, rtol=0)
    assert all(len({place.ids for place in gallery.of(0, neuron)}) == 4 for neuron in range(8))


def test_fewer_documents_than_places_are_fewer_places(tiny, documents):
    assert seek(tiny, documents[:2], places=4).values.shape[-1] == 2


def test_what_was_built_is_read_again(tiny, documents, folder):
    gallery, sought = neurons.built(folder), seek(tiny, documents)
    torch.testing.assert_close(gallery.values, sought.values, atol=1e-5, rtol=0)
    assert gallery.of(1, 3)[0].ids == sought.of(1, 3)[0].ids and gallery.of(1, 3)[0].at == sought.of(1, 3)[0].at


def test_documents_are_taken_evenly_from_the_whole_text(tiny, documents, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(neurons, "DOCUMENTS", 6)
    neurons.build(folder, tmp_path / "text.bin")
    kept = neurons.built(folder)
    longer = [ids for ids in documents if len(ids) > 1]
    assert len(longer) == 10 and len(kept.begins) == 7
    found = [tuple(kept.text[a:b].tolist()) for a, b in zip(kept.begins[:-1].tolist(), kept.begins[1:].tolist(), strict=True)]
    assert found == [tuple(longer[number][:tiny.context]) for number in (0, 1, 3, 5, 6, 8)]


def test_a_gallery_of_other_weights_is_none(tiny, folder):
    other = replace(tiny, decoder=copy.deepcopy(tiny.decoder))
    with torch.no_grad():
        other.decoder.transformer.wpe.weight.mul_(1.5)
    checkpoint.save(other, folder, dtype=torch.float32)
    assert neurons.built(folder) is None


@pytest.mark.parametrize("harm", [
    lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-40]), lambda path: path.write_bytes(b"")])
def test_a_missing_or_damaged_gallery_is_none(folder, harm):
    harm(folder / NEURONS)
    assert neurons.built(folder) is None


@pytest.mark.parametrize("name, change", [
    ("documents", lambda t: torch.full_like(t, 9999)), ("positions", lambda t: torch.full_like(t, 9999)),
    ("begins", lambda t: t * 2), ("values", lambda t: t[:1].clone())])
def test_a_gallery_that_points_beyond_its_text_is_none(folder, name, change):
    tensors = load_file(folder / NEURONS)
    tensors[name] = change(tensors[name].to(torch.int32) if name != "values" else tensors[name])
    save_file(tensors, folder / NEURONS, metadata={"weights_sha256": checkpoint.fingerprint(folder / checkpoint.WEIGHTS)})
    assert neurons.built(folder) is None


def test_a_text_without_documents_is_refused(folder, tmp_path):
    (tmp_path / "empty.bin").write_bytes(b"")
    with pytest.raises(TextError):
        neurons.build(folder, tmp_path / "empty.bin")
    assert neurons.built(folder) is not None            # what was there stays
