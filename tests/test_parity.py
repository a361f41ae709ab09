"""A GPT-2 of the transformers library gives here the same logits, attentions and hidden states as there, with either kind of tokenizer files."""
import json

import pytest
import torch
from torch.testing import assert_close
from transformers import GPT2Config, GPT2LMHeadModel

from engine import load


@pytest.mark.parametrize("tied, files", [(True, "one"), (False, "one"), (True, "two")], ids=["tied", "untied", "vocab.json and merges.txt"])
def test_same_numbers_as_transformers(tied, files, tokenizer, tmp_path):
    torch.manual_seed(0)
    theirs = GPT2LMHeadModel(GPT2Config(
        vocab_size=320, n_positions=24, n_embd=32, n_layer=3, n_head=4, tie_word_embeddings=tied,
        initializer_range=0.2, attn_implementation="eager")).eval()
    with torch.no_grad():
        for parameter in theirs.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))       # biases and LayerNorms too
    theirs.save_pretrained(tmp_path)
    if files == "one":
        tokenizer.save(tmp_path / "tokenizer.json")
    else:
        model = json.loads(tokenizer.write())["model"]
        (tmp_path / "vocab.json").write_text(json.dumps(model["vocab"]))
        (tmp_path / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in model["merges"]))
    ours = load(tmp_path)
    assert ours.bos is None and ours.decoder.config.tie_word_embeddings == tied

    trace = ours.trace("The cat sat on the mat")
    with torch.no_grad():
        expected = theirs(torch.tensor([[token.id for token in trace.tokens]]), output_attentions=True,
                          output_hidden_states=True)
    streams = (*trace.resid_pre, ours.decoder.transformer.ln_f(trace.resid_post[-1]))   # theirs norms the last one
    for actual, wanted in ((trace.logits, expected.logits[0]),
                           (trace.pattern, torch.cat(expected.attentions)),
                           (torch.stack(streams), torch.cat(expected.hidden_states))):
        assert_close(actual, wanted, atol=1e-4, rtol=0)
