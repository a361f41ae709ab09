"""Opening a reader's own model: a folder with either kind of tokenizer, an adapter's file or two; everything else is refused by name."""
import json

import pytest
import torch
from transformers import GPT2Tokenizer

from engine import ModelError, checkpoint, load, opening, parcel
from engine.checkpoint import ADAPTER, CONFIG, MERGES, TOKENIZER, VOCABULARY, WEIGHTS
from engine.chats import template
from engine.lora import Adapter, merge
from engine.model import Config
from engine.recipes import CHAT
from engine.trace import traced_bytes

STRANGE = ("The cat sat on the mat.", "  two  spaces\n\ttab", "¿Dónde está el niño? 🙂", "it's <|endoftext|> x", "2024 = 3.5")


def refused(path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        opening.folder(str(path))
    return caught.value


@pytest.fixture
def gpt2_files(folder):
    """The folder with GPT-2's own two files in place of its tokenizer.json."""
    model = json.loads((folder / TOKENIZER).read_text())["model"]
    (folder / VOCABULARY).write_text(json.dumps(model["vocab"], ensure_ascii=False))
    (folder / MERGES).write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in model["merges"]))
    (folder / TOKENIZER).unlink()
    return folder


def test_a_folder_opens(folder, tiny):
    lm = opening.folder(f" {folder} ")
    assert torch.equal(lm.trace("The niño").logits, tiny.trace("The niño").logits)
    assert opening.memory(lm) == 4 * opening.parameters(lm) == 4 * sum(p.numel() for p in tiny.decoder.parameters())


def test_gpt2s_own_tokenizer_files_are_read_as_transformers_reads_them(gpt2_files):
    lm, theirs = opening.folder(str(gpt2_files)), GPT2Tokenizer(str(gpt2_files / VOCABULARY), str(gpt2_files / MERGES))
    for text in STRANGE:
        ids = lm.tokenizer.encode(text)
        assert lm.tokenizer.decode(ids) == text
        if "<|" not in text:                        # a mark that is typed is text here, never a command
            assert ids == theirs.encode(text, add_special_tokens=False)
    assert len(lm.tokenizer.rules()) > 0


@pytest.mark.parametrize("damage", ["no merges", "half a vocabulary", "no text"])
def test_damaged_tokenizer_files(gpt2_files, damage):
    if damage == "no merges":
        (gpt2_files / MERGES).unlink()
    elif damage == "half a vocabulary":
        (gpt2_files / VOCABULARY).write_text((gpt2_files / VOCABULARY).read_text()[:200])
    else:
        (gpt2_files / MERGES).write_bytes(b"\xff\xfe\x00x y\n")
    assert refused(gpt2_files).code in ("file_missing", "file_damaged")


def test_folders_that_are_none(folder, tmp_path):
    for path in ("", "  ", str(tmp_path / "nowhere"), "a\0b", "x" * 5000, str(folder / CONFIG)):
        assert refused(path).code == "folder_missing"
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty").code == "folder_empty"


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.ckpt"])
def test_a_pickle_is_refused_by_name(folder, name):
    (folder / WEIGHTS).rename(folder / name)
    assert refused(folder).code == "pickle" and refused(folder).details["file"] == name


def test_weights_that_are_too_large_are_not_read(folder, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST", 1000)
    assert refused(folder).code == "weights_large"


@pytest.mark.parametrize("change", [{"model_type": "llama"}, {"activation_function": "relu"}, {"scale_attn_by_inverse_layer_idx": True}])
def test_a_model_of_another_family_is_told_what_is_missing(folder, change):
    (folder / CONFIG).write_text(json.dumps(json.loads((folder / CONFIG).read_text()) | change))
    error = refused(folder)
    assert (error.code, error.details["key"]) == ("config_foreign", next(iter(change)))


@pytest.fixture
def change(tiny) -> Adapter:
    made = Adapter.fresh(tiny.decoder, rank=2, alpha=4.0, rows=(1, 2, 3), seed=1)
    for tensor in (*made.b.values(), made.row_change):
        tensor.normal_(std=0.25, generator=torch.Generator().manual_seed(2))
    return made


def test_an_uploaded_file_is_the_adapter_that_was_kept(folder, change):
    base = load(folder)
    data = parcel.pack(change, checkpoint.fingerprint(folder / WEIGHTS), chat=True)
    lm = opening.adapter({"mine.safetensors": data}, base, folder)
    expected = merge(base.decoder, change)
    assert lm.chat == template(base.tokenizer)
    for name, value in lm.decoder.state_dict().items():
        torch.testing.assert_close(value, expected.state_dict()[name], atol=2e-3, rtol=0)        # kept in half precision
    assert not torch.equal(lm.trace("a").logits, base.trace("a").logits)


def test_the_two_files_of_an_adapters_folder(folder, change):
    checkpoint.save_adapter(change, folder.parent / "talker", folder, CHAT, {})
    files = {name: (folder.parent / "talker" / name).read_bytes() for name in (ADAPTER, CONFIG)}
    there, base = load(folder.parent / "talker"), load(folder)
    lm = opening.adapter(files, base, folder)
    assert torch.equal(lm.trace("a").logits, there.trace("a").logits) and lm.chat == there.chat
    with pytest.raises(ModelError) as caught:
        opening.adapter(files | {CONFIG: files[CONFIG].replace(b'"base_sha256": "', b'"base_sha256": "0')}, base, folder)
    assert caught.value.code == "parcel_base"


@pytest.mark.parametrize("files, code", [
    ({}, "adapter_files"), ({"a.txt": b"x"}, "adapter_files"), ({"a.safetensors": b"", "b.safetensors": b""}, "adapter_files"),
    ({"a.bin": b"x"}, "pickle"), ({"a.safetensors": b"\x80\x04 pickled"}, "parcel_foreign"),
    ({"a.safetensors": b"x", CONFIG: b"{}"}, "parcel_foreign")])
def test_uploads_that_are_no_adapter(folder, files, code):
    with pytest.raises(ModelError) as caught:
        opening.adapter(files, load(folder), folder)
    assert caught.value.code == code


def test_a_window_is_as_long_as_its_trace_has_room(tiny, folder, monkeypatch):
    config = tiny.decoder.config
    for text in ("a", "The cat sat on the mat and looked at the dog."):
        trace = tiny.trace(text)
        assert traced_bytes(config, len(trace.tokens)) == trace.nbytes
    assert opening.folder(str(folder)).context == config.n_positions
    monkeypatch.setattr(opening, "TRACE", traced_bytes(config, 9) + 1)
    lm = opening.folder(str(folder))
    trace = lm.trace("The cat sat on the mat and looked at the dog.")
    assert lm.context == 9 == len(trace.tokens) and trace.dropped


def test_gpt2_smalls_window_is_the_one_that_the_readme_states():
    gpt2 = Config(vocab_size=50257, n_positions=1024, n_embd=768, n_layer=12, n_head=12)
    assert traced_bytes(gpt2, 293) <= opening.TRACE < traced_bytes(gpt2, 294)


def test_a_folder_of_nobody_the_one_where_we_are_and_one_named_like_a_snapshot(folder, tiny, monkeypatch):
    assert refused("~nobody-of-this-name/model").code == refused(" ").code == "folder_missing"
    monkeypatch.chdir(folder)
    assert torch.equal(opening.folder(".").trace("The").logits, tiny.trace("The").logits)
    monkeypatch.undo()
    other = folder.with_name("gpt2@2024")
    folder.rename(other)
    assert torch.equal(opening.folder(str(other)).trace("The").logits, tiny.trace("The").logits)


def test_a_vocabulary_too_small_for_the_screens_is_refused(folder, monkeypatch):
    monkeypatch.setattr(opening, "FEWEST", 10**6)
    assert refused(folder).code == "vocabulary_small"
