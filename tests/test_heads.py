"""What heads are called by: scores are shares of real patterns, a head made to look back is called so, and base's names are stable."""
from dataclasses import replace

import torch

from engine import Without, load
from engine.heads import KINDS, LENGTH, THRESHOLDS, Roles, roles, twin
from engine.model import Decoder
from engine.start import head_start


def test_scores_are_shares_of_attention(tiny):
    found = roles(tiny)
    assert set(found.scores) == set(KINDS)
    for scores in found.scores.values():
        assert scores.shape == (2, 4) and (scores >= 0).all()
    assert sum(found.scores.values()).max() <= 1 + 1e-5             # five different places of one row


def test_head_that_was_made_to_look_one_back_is_called_previous(tiny):
    made = head_start(Decoder(replace(tiny.decoder.config, n_embd=64, n_positions=2 * LENGTH + 1)).initialise(0))
    assert roles(replace(tiny, decoder=made)).of(0, 0) == "previous"


def test_head_below_every_threshold_has_no_name():
    none = Roles({kind: torch.full((1, 1), least - 0.01) for kind, least in THRESHOLDS.items()})
    assert none.of(0, 0) is None
    assert Roles(none.scores | {"induction": torch.full((1, 1), 0.9)}).of(0, 0) == "induction"


def test_names_of_base_are_the_same_on_every_seed():
    lm = load("base")
    config = lm.decoder.config
    named = [{(layer, head): name for layer in range(config.n_layer) for head in range(config.n_head) if (name := found.of(layer, head))}
             for found in (roles(lm, seed) for seed in range(4))]
    assert named[0] and all(names == named[0] for names in named)
    assert {"previous", "first", "induction"} <= set(named[0].values())


def test_twins_look_alike_and_others_do_not():
    lm = load("base")
    pattern = lm.trace("Once upon a time there was a fox").pattern
    for head in range(lm.decoder.config.n_head):
        other = twin(lm, 0, head)
        alike = [k for k in range(head) if torch.equal(pattern[0, k], pattern[0, head])]
        assert other == (alike[0] if alike else None)


def test_head_off_equals_zeroing_its_slice_of_the_projection(tiny):
    text, (layer, head) = "The cat sat on the mat", (1, 2)
    without = tiny.trace(text, without=Without(heads={(layer, head)}))
    zeroed = Decoder(tiny.decoder.config)
    zeroed.load_state_dict(tiny.decoder.state_dict())
    D = tiny.decoder.config.n_embd // tiny.decoder.config.n_head
    with torch.no_grad():
        zeroed.transformer.h[layer].attn.c_proj.weight[head * D:(head + 1) * D] = 0
    torch.testing.assert_close(replace(tiny, decoder=zeroed.eval()).trace(text).logits, without.logits, atol=1e-6, rtol=0)


def test_mask_off_lets_the_future_in(tiny):
    one, two = (tiny.trace(text, without=Without(mask=True)) for text in ("The cat sat on the mat", "The cat sat on the dog"))
    assert not torch.allclose(one.logits[1], two.logits[1]), "an early position should see how the text ends"
    assert (one.pattern > 0).all()
    kept = [tiny.trace(text).logits[1] for text in ("The cat sat on the mat", "The cat sat on the dog")]
    torch.testing.assert_close(*kept, atol=1e-5, rtol=0)
