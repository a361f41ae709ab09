"""The forward pass keeps the identities of a decoder, and what is taken away is really gone."""
import math
from dataclasses import replace

import pytest
import torch
from torch.testing import assert_close

from engine import KnobError, LanguageModel, Without
from engine.model import Config, Decoder, attention, mask

TEXT = "The cat sat on ¿Dónde?"


@pytest.fixture(scope="module")
def trace(tiny):
    return tiny.trace(TEXT)


def close(actual, expected, atol=1e-5):
    assert_close(actual, expected, atol=atol, rtol=0)


def by_hand(lm: LanguageModel, ids: list[int], without: Without) -> torch.Tensor:
    """The logits (T, V) again: in float64, one position and one head at a time, from the named weights alone."""
    w = {name.removeprefix("transformer."): value.double() for name, value in lm.decoder.state_dict().items()}
    config = lm.decoder.config
    T, D = len(ids), config.n_embd // config.n_head

    def norm(x, name):
        x = x - x.mean(-1, keepdim=True)
        x = x / (x.pow(2).mean(-1, keepdim=True) + config.layer_norm_epsilon).sqrt()
        return x * w[name + ".weight"] + w[name + ".bias"]

    def linear(x, name):
        return x @ w[name + ".weight"] + w[name + ".bias"]

    x = torch.stack([w["wte.weight"][i] + w["wpe.weight"][at] * (not without.positions) for at, i in enumerate(ids)])
    for layer in range(config.n_layer):
        h = f"h.{layer}"
        qkv = linear(x if layer in without.norm else norm(x, f"{h}.ln_1"), f"{h}.attn.c_attn")
        qkv = qkv.view(T, 3, config.n_head, D)
        mix = torch.zeros(T, config.n_head, D, dtype=torch.float64)
        for t in range(T):
            seen = T if without.mask else t + 1
            for head in range(config.n_head):
                if (layer, head) not in without.heads:
                    weights = torch.exp(qkv[:seen, 1, head] @ qkv[t, 0, head] / math.sqrt(D))
                    mix[t, head] = weights / weights.sum() @ qkv[:seen, 2, head]
        x = linear(mix.flatten(1), f"{h}.attn.c_proj") + (0 if layer in without.residual else x)
        y = linear(x if layer in without.norm else norm(x, f"{h}.ln_2"), f"{h}.mlp.c_fc")
        y = 0.5 * y * (1 + torch.tanh(math.sqrt(2 / math.pi) * (y + 0.044715 * y**3)))
        x = linear(y, f"{h}.mlp.c_proj") + (0 if layer in without.residual else x)
    x = x if config.n_layer in without.norm else norm(x, "ln_f")
    return (x @ w["wte.weight"].T).float()


def test_attention_rows_sum_to_one_and_the_future_weighs_nothing(trace):
    close(trace.pattern.sum(-1), torch.ones(trace.pattern.shape[:-1]))
    assert trace.pattern.triu(1).eq(0).all()
    assert trace.pattern[:, :, -1].std() > 0.01             # the tests' own model is not near uniform


def test_pattern_is_softmax_of_scaled_scores(trace):
    close(trace.scores, trace.q @ trace.k.transpose(-2, -1) / math.sqrt(trace.q.shape[-1]))
    T = len(trace.tokens)
    for t in range(T):
        close(trace.pattern[:, :, t, :t + 1], trace.scores[:, :, t, :t + 1].softmax(-1))


def test_the_residual_stream_adds_up(tiny, trace):
    close(trace.resid_pre[0], trace.embedding + trace.position)
    close(trace.resid_pre[1:], trace.resid_post[:-1], atol=0)
    for layer, block in enumerate(tiny.decoder.transformer.h):
        mix = (trace.pattern[layer] @ trace.v[layer]).transpose(0, 1).flatten(1)
        attended = mix @ block.attn.c_proj.weight + block.attn.c_proj.bias
        close(trace.resid_mid[layer], trace.resid_pre[layer] + attended)
        thought = trace.neurons[layer] @ block.mlp.c_proj.weight + block.mlp.c_proj.bias
        close(trace.resid_post[layer], trace.resid_mid[layer] + thought)


def test_logits_are_the_normalised_stream_against_the_embedding(tiny, trace):
    parts = tiny.decoder.transformer
    close(trace.logits, parts.ln_f(trace.resid_post[-1]) @ parts.wte.weight.T)


def test_a_later_token_leaves_earlier_logits_alone(tiny, trace):
    longer = tiny.trace(TEXT + " mat")
    T = len(trace.tokens)
    assert longer.tokens[:T] == trace.tokens and len(longer.tokens) > T
    close(longer.logits[:T], trace.logits)
    open_eyed = tiny.trace(TEXT + " mat", without=Without(mask=True))
    assert (open_eyed.logits[:T] - tiny.trace(TEXT, without=Without(mask=True)).logits).abs().max() > 0.01


@pytest.mark.parametrize("without", [
    Without(mask=True), Without(positions=True), Without(heads={(0, 0)}), Without(heads={(1, 3), (1, 0), (0, 2)}),
    Without(residual={0}), Without(residual={0, 1}), Without(norm={0}), Without(norm={1}), Without(norm={2}),
    Without(norm={0, 1, 2}), Without(mask=True, heads={(0, 1)}, positions=True, residual={1}, norm={0, 2})], ids=repr)
def test_without_is_what_a_reckoning_by_hand_gives(tiny, trace, without):
    ids = [token.id for token in trace.tokens]
    cut = tiny.trace(TEXT, without=without)
    close(trace.logits, by_hand(tiny, ids, Without()))
    close(cut.logits, by_hand(tiny, ids, without), atol=1e-4)
    assert (cut.logits - trace.logits).abs().max() > 0.01
    assert cut.without == without and cut.pattern.shape == trace.pattern.shape


def test_without_the_mask_the_future_is_seen(tiny):
    pattern = tiny.trace(TEXT, without=Without(mask=True)).pattern
    close(pattern.sum(-1), torch.ones(pattern.shape[:-1]))
    assert pattern.gt(0).all()


def test_without_positions_the_same_token_gets_the_same_vector(tiny):
    trace = tiny.trace("!!", without=Without(positions=True))
    close(trace.resid_pre[0], trace.embedding, atol=0)
    close(trace.resid_pre[0, 1], trace.resid_pre[0, 2], atol=0)


def test_without_every_head_attention_adds_its_bias_alone(tiny):
    trace = tiny.trace(TEXT, without=Without(heads={(1, head) for head in range(4)}))
    bias = tiny.decoder.transformer.h[1].attn.c_proj.bias
    close(trace.resid_mid[1] - trace.resid_pre[1], bias.expand(len(trace.tokens), -1))


@pytest.mark.parametrize("without, part", [
    (Without(heads={(2, 0)}), "head 2.0"), (Without(heads={(0, 4)}), "head 0.4"),
    (Without(heads={(0, -1)}), "head 0.-1"), (Without(heads={(-1, 0)}), "head -1.0"),
    (Without(residual={2}), "layer 2"), (Without(residual={-1}), "layer -1"),
    (Without(norm={3}), "norm 3"), (Without(norm={-1}), "norm -1")])
def test_a_part_that_is_not_there_is_named(tiny, without, part):
    with pytest.raises(KnobError) as caught:
        tiny.trace(TEXT, without=without)
    assert caught.value.code == "no_such_part" and caught.value.details["parts"] == part.split()[1] and part in str(caught.value)


def test_without_is_a_cache_key():
    assert hash(Without(heads={(0, 1)}, norm=[1])) == hash(Without(heads=[(0, 1)], norm={1}))


def test_attention_of_the_last_queries_is_the_end_of_the_whole():
    q, k, v = torch.randn(3, 1, 2, 6, 4, generator=torch.Generator().manual_seed(1))
    for whole, last in zip(attention(q, k, v, mask(6, 6)), attention(q[:, :, 4:], k, v, mask(2, 6)), strict=True):
        close(last, whole[:, :, 4:])


def test_the_cache_changes_nothing(tiny):
    ids = torch.tensor([[0, 70, 80, 90, 100, 110], [0, 5, 6, 7, 8, 9]])
    whole = tiny.decoder(ids)
    begun = tiny.decoder(ids[:, :2])
    rest = tiny.decoder(ids[:, 2:], past=begun.cache())
    close(torch.cat((begun.logits, rest.logits), dim=1), whole.logits)
    for (k, v), layer in zip(rest.cache(), whole.layers, strict=True):
        close(k, layer.k), close(v, layer.v)


def test_a_batch_is_its_rows(tiny):
    ids = torch.tensor([[0, 70, 80, 90], [0, 5, 6, 7]])
    for row, logits in zip(ids, tiny.decoder(ids).logits, strict=True):
        close(tiny.decoder(row[None]).logits[0], logits)


def test_more_tokens_than_positions_are_our_mistake(tiny):
    with pytest.raises(AssertionError, match="33 tokens, 32 positions"):
        tiny.decoder(torch.zeros(1, 33, dtype=torch.long))


def test_a_trace_is_detached_float32_and_counts_its_bytes(tiny):
    learning = replace(tiny, decoder=Decoder(tiny.decoder.config).initialise(1))
    trace = learning.trace("The cat")
    tensors = [value for value in vars(trace).values() if isinstance(value, torch.Tensor)]
    assert len(tensors) == 12 and not any(value.requires_grad for value in tensors)
    assert {value.dtype for value in tensors} == {torch.float32}
    assert trace.nbytes == sum(4 * value.numel() for value in tensors)


def test_a_trace_outlives_a_change_of_the_weights(tiny):
    learning = replace(tiny, decoder=Decoder(tiny.decoder.config).initialise(1))
    trace = learning.trace("The cat")
    before = {name: value.clone() for name, value in vars(trace).items() if isinstance(value, torch.Tensor)}
    with torch.no_grad():
        for parameter in learning.decoder.parameters():
            parameter.zero_()
    for name, value in before.items():
        close(getattr(trace, name), value, atol=0)


def test_initial_weights_are_those_of_gpt2():
    decoder = Decoder(Config(vocab_size=500, n_positions=64, n_embd=64, n_layer=3, n_head=4)).initialise(3)
    again = Decoder(decoder.config).initialise(3)
    for (name, value), other in zip(decoder.named_parameters(), again.parameters(), strict=True):
        close(value, other, atol=0)
        if value.ndim == 2:
            expected = 0.02 / math.sqrt(6) if name.endswith("c_proj.weight") else 0.02
            assert abs(value.std().item() - expected) < 0.001 and abs(value.mean().item()) < 0.001, name
        else:
            close(value, torch.full_like(value, float(".ln_" in name and name.endswith("weight"))), atol=0)
