"""A file to keep: what comes back is what went in, to the same text, and nothing else is taken."""
import json
from dataclasses import replace

import pytest
import torch
from safetensors.torch import save

from engine import ModelError, parcel
from engine.lora import Adapter, Whole, merge

SHA = "a" * 64


@pytest.fixture
def adapter(tiny):
    made = Adapter.fresh(tiny.decoder, 2, 4.0, (1, 2, 3), 1)
    chance = torch.Generator().manual_seed(1)
    for tensor in (*made.b.values(), made.row_change):
        tensor.normal_(generator=chance)
    return made


@pytest.fixture
def whole(tiny):
    made = Whole.fresh(tiny.decoder)
    for name, value in made.weights.items():
        made.weights[name] = value + 0.1 * torch.randn(value.shape, generator=torch.Generator().manual_seed(len(name)))
    return made


@pytest.mark.parametrize("kind", ["adapter", "whole"])
@pytest.mark.parametrize("talks", [True, False])
def test_what_was_kept_comes_back_and_writes_the_same(tiny, request, kind, talks):
    made = request.getfixturevalue(kind)
    here = parcel.change(parcel.tensors(made), getattr(made, "scale", None), tiny)             # as a session has it
    there, said = parcel.unpack(parcel.pack(here, SHA, talks), tiny, SHA, "mine.safetensors")
    assert type(there) is type(made) and said is talks
    texts = []
    for change in (here, there):
        lm = replace(tiny, decoder=merge(tiny.decoder, change))
        texts.append([step.id for step in lm.generate("The cat", 20, temperature=0)])
    assert texts[0] == texts[1]
    for name, value in merge(tiny.decoder, here).state_dict().items():
        assert torch.equal(value, merge(tiny.decoder, there).state_dict()[name])


def edited(data: bytes, **said: str | None) -> bytes:
    """The same file with other words in its header."""
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    header["__metadata__"] = {key: value for key, value in (header["__metadata__"] | said).items() if value is not None}
    new = json.dumps(header).encode()
    return len(new).to_bytes(8, "little") + new + data[8 + size:]


@pytest.mark.parametrize("spoil, code", [
    (lambda data: b"", "parcel_foreign"), (lambda data: b"hello", "parcel_foreign"), (lambda data: data[:-10], "parcel_foreign"), (lambda data: bytes(range(256)) * 40, "parcel_foreign"),
    (lambda data: b"\x80\x04\x95" + data, "parcel_foreign"), (lambda data: data + b"\0" * parcel.LARGEST, "parcel_large"), (lambda data: save({"w": torch.zeros(3)}), "parcel_other"),
    (lambda data: edited(data, vitrina=None), "parcel_other"), (lambda data: edited(data, base_sha256="b" * 64), "parcel_base"), (lambda data: edited(data, base_sha256=None), "parcel_base"),
    (lambda data: edited(data, scale=None), "adapter_shape"), (lambda data: edited(data, scale="nan"), "adapter_shape"), (lambda data: edited(data, scale="a lot"), "adapter_shape"),
    (lambda data: edited(data, vitrina="whole"), "tensor_missing")])
def test_what_was_not_made_here_is_refused_by_name(tiny, adapter, spoil, code):
    with pytest.raises(ModelError) as raised:
        parcel.unpack(spoil(parcel.pack(adapter, SHA, True)), tiny, SHA, "odd.safetensors")
    assert raised.value.code == code and raised.value.details["file"] == "odd.safetensors"


def test_tensors_that_do_not_fit_or_are_no_numbers_are_refused(tiny, adapter, whole):
    adapter.a[next(iter(adapter.a))] = torch.zeros(5, 2)
    with pytest.raises(ModelError, match="does not fit"):
        parcel.unpack(parcel.pack(adapter, SHA, True), tiny, SHA, "x.safetensors")
    name = next(iter(whole.weights))
    whole.weights[name] = torch.full_like(whole.weights[name], float("inf"))
    with pytest.raises(ModelError) as raised:
        parcel.unpack(parcel.pack(whole, SHA, True), tiny, SHA, "x.safetensors")
    assert raised.value.code == "tensor_not_finite"
