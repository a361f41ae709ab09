"""One step on a text: the gradient is autograd's, reading moves nothing, and what the text does not reach stays."""
import copy

import pytest
import torch
from pytest import approx
from torch.nn import functional as F

from engine.descent import descend, fingerprint, text_loss

IDS = [0, 17, 40, 17, 99, 5]


def graded(decoder) -> tuple[float, dict[str, torch.Tensor]]:
    """Loss and gradients by a plain backward pass through a copy."""
    own = copy.deepcopy(decoder).requires_grad_(True)
    value = F.cross_entropy(own(torch.tensor([IDS[:-1]])).logits[0], torch.tensor(IDS[1:]))
    value.backward()
    return float(value.detach()), {name: parameter.grad for name, parameter in own.named_parameters()}


def test_the_gradient_is_autograds(tiny):
    found, (loss, gradients) = descend(tiny.decoder, IDS, 0.1), graded(tiny.decoder)
    assert found.before == approx(loss, abs=1e-5)
    assert found.gradient == approx(float(torch.cat([g.flatten() for g in gradients.values()]).norm()), rel=1e-4)
    parts = {part.name: part for part in found.parts}
    assert parts["wpe"].gradient == approx(float(gradients["transformer.wpe.weight"].norm()), rel=1e-4)
    feed = [g for name, g in gradients.items() if name.startswith("transformer.h.1.mlp.")]
    assert parts["h.1.mlp"].gradient == approx(float(torch.cat([g.flatten() for g in feed]).norm()), rel=1e-4)


def test_every_weight_is_in_one_part(tiny):
    found = descend(tiny.decoder, IDS, 0.1)
    assert [part.name for part in found.parts] == ["wte", "wpe", "norms", "h.0.attn", "h.0.mlp", "h.1.attn", "h.1.mlp"]
    assert found.parameters == sum(value.numel() for value in tiny.decoder.parameters())


def test_a_small_step_lowers_the_loss_by_the_rate_times_the_squared_gradient(tiny):
    found = descend(tiny.decoder, IDS, 1e-3)
    assert found.before - found.after == approx(1e-3 * found.gradient ** 2, rel=0.05)
    for part in found.parts:
        assert part.change == approx(1e-3 * part.gradient, rel=1e-3)


def test_the_loss_after_the_step_is_that_of_the_moved_weights(tiny):
    _, gradients = graded(tiny.decoder)
    moved = copy.deepcopy(tiny.decoder)
    with torch.no_grad():
        for name, parameter in moved.named_parameters():
            parameter -= 0.05 * gradients[name]
    assert descend(tiny.decoder, IDS, 0.05).after == approx(float(text_loss(moved, IDS)), abs=1e-5)


def test_positions_that_the_text_does_not_reach_stay(tiny):
    (positions,) = [part for part in descend(tiny.decoder, IDS, 0.1).parts if part.name == "wpe"]
    width = tiny.decoder.config.n_embd
    assert positions.moved == (len(IDS) - 1) * width and positions.parameters == tiny.decoder.config.n_positions * width


def test_the_decoder_itself_stays_and_reading_moves_nothing(tiny):
    weights = dict(tiny.decoder.named_parameters())
    before = fingerprint(weights)
    found = descend(tiny.decoder, IDS, 1.0)
    tiny.trace("The cat sat")
    assert fingerprint(weights) == before == found.fingerprints[0] != found.fingerprints[1]


def test_one_number_that_moves_changes_the_fingerprint(tiny):
    other = copy.deepcopy(tiny.decoder)
    with torch.no_grad():
        other.transformer.ln_f.bias[3] += 1e-6
    assert fingerprint(dict(other.named_parameters())) != fingerprint(dict(tiny.decoder.named_parameters()))


def test_a_step_of_no_length_moves_nothing(tiny):
    found = descend(tiny.decoder, IDS, 0.0)
    assert found.moved == 0 and found.after == approx(found.before, abs=1e-7) and found.fingerprints[0] == found.fingerprints[1]


@pytest.mark.parametrize("ids", [[0, 5], [0] * 33])
def test_the_shortest_and_the_longest_text(tiny, ids):
    assert descend(tiny.decoder, ids, 0.01).before > 0
