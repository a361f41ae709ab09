"""Inside one block: every step is the model's own, and the steps add up to the stream and to the logits."""
import pytest
import torch

from engine import Without, block
from engine.attribution import contributions, written
from engine.checkpoint import load

TEXT = "The cat sat on the mat"
REMOVED = {"nothing": Without(), "residual": Without(residual={1}), "norms": Without(norm={1, 2}), "heads": Without(heads={(1, 0), (1, 3)})}
CLOSE = dict(atol=1e-5, rtol=0)


@pytest.fixture(params=REMOVED.values(), ids=REMOVED)
def trace(request, tiny):
    return tiny.trace(TEXT, without=request.param)


def test_layer_norms_are_the_models(tiny, trace):
    for layer, part in enumerate(tiny.decoder.transformer.h):
        found = block.inside(tiny.decoder, trace, layer, 3)
        for norm, own in ((found.first, part.ln_1), (found.second, part.ln_2)):
            skipped = layer in trace.without.norm
            torch.testing.assert_close(norm.after, norm.before if skipped else own(norm.before), **CLOSE)
            assert norm.skipped == skipped
            assert float(norm.scaled.mean()) == pytest.approx(0, abs=1e-5)
            assert float(norm.scaled.std(unbiased=False)) == pytest.approx(1, abs=1e-3)
            torch.testing.assert_close(norm.mean + norm.deviation * norm.scaled, norm.before, **CLOSE)


def test_halves_add_up_to_the_stream(tiny, trace):
    for layer in range(2):
        found = block.inside(tiny.decoder, trace, layer)
        assert found.residual == (layer not in trace.without.residual)
        torch.testing.assert_close(found.before * found.residual + found.attended, found.middle, **CLOSE)
        torch.testing.assert_close(found.middle * found.residual + found.thought, found.after, **CLOSE)


def test_what_attention_adds_comes_from_what_the_norm_gave_it(tiny):
    """For the first token attention has nothing else to read: its output is that of its own normalised vector."""
    found, own = block.inside(tiny.decoder, tiny.trace(TEXT), 1, 0), tiny.decoder.transformer.h[1]
    attended, _ = own.attn(found.first.after[None, None], None, None, [])
    torch.testing.assert_close(attended[0, 0], found.attended, **CLOSE)
    torch.testing.assert_close(own.mlp(found.second.after)[0], found.thought, **CLOSE)


def test_neurons_are_the_activation_of_what_they_sum_up(tiny, trace):
    for layer in range(2):
        sums = block.preactivations(tiny.decoder, trace, layer)
        torch.testing.assert_close(block.activation(sums), trace.neurons[layer], **CLOSE)


def test_neurons_add_up_to_what_feed_forward_adds(tiny, trace):
    for layer in range(2):
        F = trace.neurons.shape[-1]
        wrote = sum(block.neuron_wrote(tiny.decoder, trace, layer, neuron, 4) for neuron in range(F))
        bias = tiny.decoder.transformer.h[layer].mlp.c_proj.bias
        torch.testing.assert_close(wrote + bias, block.inside(tiny.decoder, trace, layer, 4).thought, **CLOSE)


def test_heads_add_up_to_what_attention_adds(tiny, trace):
    for layer in range(2):
        wrote = block.heads_wrote(tiny.decoder, trace, layer, 4)
        bias = tiny.decoder.transformer.h[layer].attn.c_proj.bias
        torch.testing.assert_close(wrote.sum(0) + bias, block.inside(tiny.decoder, trace, layer, 4).attended, **CLOSE)
        assert all(wrote[head].abs().sum() == 0 for number, head in trace.without.heads if number == layer)


def test_lengths_are_those_of_the_parts(tiny, trace):
    added, streams = block.lengths(trace, 4)
    found = [block.inside(tiny.decoder, trace, layer, 4) for layer in range(2)]
    assert added.tolist() == pytest.approx([float(v.norm()) for v in (trace.embedding[4], trace.position[4], found[0].attended, found[0].thought,
                                                                     found[1].attended, found[1].thought)], abs=1e-5)
    assert streams.tolist() == pytest.approx([float(v.norm()) for v in (trace.embedding[4], found[0].before, found[0].middle, found[0].after,
                                                                       found[1].middle, found[1].after)], abs=1e-5)


def test_lengths_without_positions_have_none(tiny):
    added, streams = block.lengths(tiny.trace(TEXT, without=Without(positions=True)))
    assert added[1] == 0 and streams[0] == streams[1]


@pytest.mark.parametrize("removed", [Without(), Without(norm={2})], ids=["nothing", "final norm"])
def test_pushes_are_the_contributions_of_every_token(tiny, removed):
    trace = tiny.trace(TEXT, without=removed)
    parts = written(tiny.decoder, trace)
    logits, heads = block.pushed(tiny.decoder, trace, parts.forward[1]), block.pushed(tiny.decoder, trace, parts.heads[1])
    for token in (0, 7, 319):
        found = contributions(tiny.decoder, trace, token)
        assert float(logits[token]) == pytest.approx(float(found.forward[1]), abs=1e-4)
        torch.testing.assert_close(heads[:, token], found.heads[1], atol=1e-4, rtol=0)


def test_pushes_are_what_the_logits_lose_without_the_neuron(tiny):
    """With no final LayerNorm a neuron of the last layer reaches the logits as it is."""
    trace = tiny.trace(TEXT, without=Without(norm={2}))
    wrote = block.neuron_wrote(tiny.decoder, trace, 1, 5)
    lost = trace.logits[-1] - (trace.resid_post[-1, -1] - wrote) @ tiny.decoder.unembedding.T
    torch.testing.assert_close(block.pushed(tiny.decoder, trace, wrote), lost, **CLOSE)


@pytest.mark.parametrize("text", ["The capital of France is", "Había una vez un gato pequeño. El gato dormía en el"])
def test_base_is_the_same(text):
    lm = load("base")
    trace = lm.trace(text)
    for layer in range(lm.decoder.config.n_layer):
        torch.testing.assert_close(block.activation(block.preactivations(lm.decoder, trace, layer)), trace.neurons[layer], atol=1e-4, rtol=0)
        found = block.inside(lm.decoder, trace, layer)
        torch.testing.assert_close(found.second.after, lm.decoder.transformer.h[layer].ln_2(trace.resid_mid[layer, -1]), atol=1e-4, rtol=0)
