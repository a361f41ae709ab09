"""Models on disk: what is saved comes back, and what is damaged is refused by the name of its file."""
import json
import math

import pytest
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch.testing import assert_close

from engine import ModelError, load
from engine import checkpoint
from engine.lora import Adapter
from engine.tokenizer import Tokenizer

WEIGHTS, ADAPTER, CONFIG, TOKENIZER = "model.safetensors", "adapter.safetensors", "config.json", "tokenizer.json"
CHAT = {"before": ["<|user|>"], "after": ["<|end|>", "<|assistant|>"], "stop": ["<|end|>"]}
LN = "transformer.ln_f.weight"


def edit(path, change) -> None:
    """Apply `change` to the tensors of a safetensors file or to the object of a JSON file, in place."""
    found = load_file(path) if path.suffix == ".safetensors" else json.loads(path.read_text())
    change(found)
    save_file(found, path) if path.suffix == ".safetensors" else path.write_text(json.dumps(found))


def refused(folder, file: str) -> ModelError:
    """Loading must raise a ModelError that names the file."""
    with pytest.raises(ModelError) as caught:
        load(folder)
    assert caught.value.details["file"] == file and file in str(caught.value)
    return caught.value


@pytest.fixture
def adapted(folder, tiny):
    """A folder that holds an adapter with a template, beside its base."""
    adapter = Adapter.fresh(tiny.decoder, rank=2, alpha=4.0, rows=(1, 2, 3), seed=1)
    chance = torch.Generator().manual_seed(2)
    for tensor in (*adapter.b.values(), adapter.row_change):
        tensor.normal_(generator=chance)
    checkpoint.save_adapter(adapter, folder.parent / "talker", folder, CHAT, {"title": "Talker"})
    return folder.parent / "talker"


def test_round_trip(folder, tiny):
    lm = load(folder)
    assert (lm.name, lm.bos, lm.chat, lm.decoder.config) == ("tiny", tiny.bos, None, tiny.decoder.config)
    assert not lm.decoder.training and not any(p.requires_grad for p in lm.decoder.parameters())
    for name, value in tiny.decoder.state_dict().items():
        assert torch.equal(lm.decoder.state_dict()[name], value)
    assert torch.equal(lm.trace("The niño").logits, tiny.trace("The niño").logits)


def test_half_precision_on_disk_is_float32_in_memory(tiny, tmp_path):
    checkpoint.save(tiny, tmp_path, chat=CHAT)
    lm = load(tmp_path)
    assert load_file(tmp_path / WEIGHTS)[LN].dtype == torch.float16
    assert lm.trace("a").logits.dtype == torch.float32
    assert_close(lm.trace("The niño").logits, tiny.trace("The niño").logits, atol=0.02, rtol=0)
    assert (lm.chat.before, lm.chat.after, lm.chat.stop) == ((1,), (3, 2), (3,))


def test_names_of_an_older_file_and_its_mask_are_understood(folder, tiny):
    tensors = {name.removeprefix("transformer."): value for name, value in load_file(folder / WEIGHTS).items()}
    save_file(tensors | {"h.0.attn.bias": torch.ones(1, 1, 32, 32).tril(), "h.0.attn.masked_bias": torch.tensor(-1e4),
                         "lm_head.weight": tensors["wte.weight"].clone()}, folder / WEIGHTS)
    assert torch.equal(load(folder).trace("a").logits, tiny.trace("a").logits)


def test_a_left_over_part_file_is_harmless(folder, tiny):
    (folder / f"{WEIGHTS}.part").write_bytes(b"half")
    assert torch.equal(load(folder).trace("a").logits, tiny.trace("a").logits)
    checkpoint.save(tiny, folder, dtype=torch.float32)
    assert not list(folder.glob("*.part")) and load(folder)


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / CONFIG
    checkpoint.write_json(path, {"a": 1})
    with pytest.raises(TypeError):
        checkpoint.write_json(path, {"a": object()})
    assert json.loads(path.read_text()) == {"a": 1}


@pytest.mark.parametrize("name", ["no-such-model", "", "a\0b", "x" * 5000, "../../etc"], ids=lambda name: name[:14])
def test_a_model_that_is_not_there(name):
    with pytest.raises(ModelError) as caught:
        load(name)
    assert caught.value.code == "model_missing"


@pytest.mark.parametrize("file", [WEIGHTS, TOKENIZER, ADAPTER])
def test_a_missing_file(adapted, folder, file):
    there = adapted if file == ADAPTER else folder
    (there / file).unlink()
    assert refused(there, file).code == "file_missing"


@pytest.mark.parametrize("file", [WEIGHTS, TOKENIZER, CONFIG, ADAPTER])
@pytest.mark.parametrize("damage", ["truncated", "empty", "picture", "pickle", "huge header"])
def test_a_damaged_file(adapted, folder, file, damage):
    there = adapted if file == ADAPTER else folder
    whole = (there / file).read_bytes()
    if damage == "pickle":
        torch.save({"x": torch.ones(2)}, there / file)
    else:
        (there / file).write_bytes({
            "truncated": whole[:-50], "empty": b"", "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
            "huge header": b"\xff" * 8 + whole[8:]}[damage])
    assert refused(there, file).code == "file_damaged"


@pytest.mark.parametrize("change, code", [
    (lambda t: t.pop(LN), "tensor_missing"),
    (lambda t: t.update(extra=torch.ones(1)), "tensor_foreign"),
    (lambda t: t.update({LN: torch.ones(17)}), "tensor_shape"),
    (lambda t: t.update({LN: torch.ones(16, 1)}), "tensor_shape"),
    (lambda t: t.update({LN: torch.tensor(1.0)}), "tensor_shape"),
    (lambda t: t.update({"transformer.h.0.mlp.c_fc.weight": torch.ones(64, 16)}), "tensor_shape"),
    (lambda t: t[LN].fill_(math.nan), "tensor_not_finite"),
    (lambda t: t[LN].fill_(math.inf), "tensor_not_finite"),
    (lambda t: t.update({"ln_f.weight": t[LN] + 1}), "tensor_twice"),
], ids=["missing", "foreign", "longer", "deeper", "scalar", "transposed", "nan", "inf", "twice"])
def test_weights_that_do_not_fit(folder, change, code):
    edit(folder / WEIGHTS, change)
    assert refused(folder, WEIGHTS).code == code


@pytest.mark.parametrize("change", [
    *({key: value} for key in ("vocab_size", "n_positions", "n_embd", "n_layer", "n_head")
      for value in (None, 0, -1, 1.5, "2", True, 10**9)),
    {"n_head": 3}, {"n_inner": 99}, {"model_type": "llama"}, {"activation_function": "relu"}, {"model_type": ["gpt2"]},
    {"scale_attn_by_inverse_layer_idx": True}, {"layer_norm_epsilon": "small"}, {"layer_norm_epsilon": -1},
    {"layer_norm_epsilon": math.nan}, {"tie_word_embeddings": "no"}, {"bos": 320}, {"bos": -1}, {"bos": "0"},
    {"chat": []}, {"chat": {}}, {"chat": CHAT | {"stop": 3}}, {"chat": CHAT | {"stop": []}},
    {"chat": CHAT | {"before": ["<|nobody|>"]}}, {"adapter_of": 5}, {"adapter_of": None},
    {"adapter_of": "nobody"}, {"adapter_of": "tiny"}], ids=str)
def test_a_config_that_cannot_be(folder, change):
    edit(folder / CONFIG, lambda config: config.update(change))
    with pytest.raises(ModelError):
        load(folder)


@pytest.mark.parametrize("text", ["[1, 2]", "null", "{", "{'a': 1}", "\xff", "[" * 100_000], ids=lambda text: text[:9])
def test_a_config_that_is_no_object(folder, text):
    (folder / CONFIG).write_text(text, encoding="latin-1")
    assert refused(folder, CONFIG).code == "file_damaged"


def test_a_damaged_card(folder):
    (folder / "card.json").write_text("{")
    refused(folder, "card.json")


@pytest.mark.parametrize("change", [
    lambda t: t["model"]["vocab"].update({f"more{i}": 320 + i for i in range(5)}),
    lambda t: t["model"]["vocab"].update({"!": 999})], ids=["too many", "beyond the rows"])
def test_a_tokenizer_of_another_size(folder, change):
    edit(folder / TOKENIZER, change)
    assert refused(folder, TOKENIZER).code == "vocabulary"


def test_a_smaller_tokenizer_leaves_rows_unused(folder):
    Tokenizer.train(["a b"], 300).save(folder / TOKENIZER)
    assert load(folder).trace("a").logits.shape == (2, 320)


def test_an_adapter_by_strength(adapted, folder, tiny):
    base, none, half, whole = load(folder), *(load(adapted, strength) for strength in (0, 0.5, 1))
    for name, value in base.decoder.state_dict().items():
        assert torch.equal(none.decoder.state_dict()[name], value)
        assert_close(half.decoder.state_dict()[name], (value + whole.decoder.state_dict()[name]) / 2, atol=1e-5, rtol=0)
    assert torch.equal(none.trace("a").logits, tiny.trace("a").logits)
    assert (whole.trace("a").logits - base.trace("a").logits).abs().max() > 0.1
    assert not whole.decoder.training and not any(p.requires_grad for p in whole.decoder.parameters())
    assert (whole.name, whole.card, whole.chat.stop, none.chat) == ("talker", {"title": "Talker"}, (3,), None)


def test_an_adapter_on_another_base(adapted, folder):
    edit(folder / WEIGHTS, lambda tensors: tensors[LN].add_(1))
    assert refused(adapted, ADAPTER).code == "wrong_base"


A, B = "transformer.h.0.attn.c_attn.weight.a", "transformer.h.0.attn.c_attn.weight.b"


@pytest.mark.parametrize("change", [
    lambda t: t.pop(A), lambda t: t.pop(B), lambda t: t.update({A: torch.ones(16, 3)}),
    lambda t: t.update({B: torch.ones(2, 16)}), lambda t: t.update({A: torch.tensor(1.0)}),
    lambda t: t.update({"x.a": t[A].clone(), "x.b": t[B].clone()}), lambda t: t[A].fill_(math.nan),
    lambda t: t.update(rows=torch.tensor([1, 2, 320])), lambda t: t.update(rows=torch.tensor([1])),
    lambda t: t.pop("row_change"), lambda t: t.update(row_change=torch.ones(3, 5)), lambda t: t.clear(),
], ids=["no a", "no b", "ranks differ", "wrong width", "scalar", "foreign", "nan", "row beyond", "rows too few",
        "rows alone", "rows too narrow", "nothing"])
def test_an_adapter_that_does_not_fit(adapted, change):
    edit(adapted / ADAPTER, change)
    refused(adapted, ADAPTER)


def test_an_adapter_without_its_scale(adapted):
    edit(adapted / CONFIG, lambda config: config.pop("scale"))
    with pytest.raises(ModelError):
        load(adapted)


@pytest.mark.parametrize("strength", [math.nan, math.inf])
def test_a_strength_that_is_no_number(adapted, strength):
    with pytest.raises(ValueError):
        load(adapted, strength)


def test_names_lists_bases_first_and_survives_a_damaged_neighbour(adapted, monkeypatch):
    monkeypatch.setattr(checkpoint, "MODELS", adapted.parent)
    assert checkpoint.names() == ["tiny", "talker"] and load("tiny").name == "tiny"
    (adapted.parent / "broken").mkdir()
    (adapted.parent / "broken" / CONFIG).write_text("{")
    assert {"tiny", "talker"} <= set(checkpoint.names())


@pytest.mark.parametrize("error", [OSError("No space left on device"), SafetensorError("I/O error: No space left on device")], ids=["plain", "tensors"])
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path, error):
    def write(beside):
        beside.write_text("half")
        raise error

    (tmp_path / "kept.json").write_text("old")
    with pytest.raises(OSError, match="No space left"):
        checkpoint.replace_file(tmp_path / "kept.json", write)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"] and (tmp_path / "kept.json").read_text() == "old"
