"""A start for attention: heads that look back, keys like queries, and nothing decided about the text."""
import math

import pytest
import torch
from torch.nn import functional as F

from engine.model import Config, Decoder
from engine.start import LOOKS, WAVES, frequencies, head_start

SHAPE = Config(vocab_size=300, n_positions=64, n_embd=128, n_layer=3, n_head=4)


@pytest.fixture(scope="module")
def started() -> Decoder:
    return head_start(Decoder(SHAPE).initialise(1)).requires_grad_(False)


def test_positions_are_waves(started):
    for t, i in ((0, 0), (5, 0), (9, 3), (63, 63)):
        angle = t / 10_000 ** (2 * i / 128)
        sine, cosine = started.transformer.wpe.weight[t, 2 * i:2 * i + 2].tolist()
        assert sine == pytest.approx(WAVES * math.sin(angle), abs=1e-5) and cosine == pytest.approx(WAVES * math.cos(angle), abs=1e-5)


def test_heads_of_the_first_block_look_as_far_back_as_they_say(started):
    same = started(torch.full((1, 64), 7)).layers[0].pattern[0]                # of one token only, so that place alone decides
    for head, (back, length, _) in enumerate(LOOKS):
        for t in (20, 63):
            row = same[head, t, :t + 1].flip(-1)                               # by positions back
            assert row[:12].sum() > 0.95
            if length == 1.0:                                                  # sharp: one position
                assert row.argmax() == back and row[back] > 0.6
            else:                                                              # wide: some positions around it
                assert 0.1 < row[back] and row.max() < 0.3


def test_heads_of_the_first_block_read_and_write_alike(started):
    attention = started.transformer.h[0].attn
    values = attention.c_attn.weight.chunk(3, dim=1)[2].chunk(4, dim=1)
    outputs = attention.c_proj.weight.chunk(4, dim=0)
    assert all(torch.equal(value, values[0]) for value in values) and all(torch.equal(output, outputs[0]) for output in outputs)


def test_later_keys_are_their_queries(started):
    for block in started.transformer.h[1:]:
        query, key, value = block.attn.c_attn.weight.chunk(3, dim=1)
        assert torch.equal(query, key) and not torch.equal(query, value)


def test_nothing_is_known_of_the_text(started):
    ids = torch.randint(0, 300, (16, 64), generator=torch.Generator().manual_seed(2))
    loss = F.cross_entropy(started(ids[:, :-1]).logits.flatten(0, 1), ids[:, 1:].flatten())
    assert abs(loss - math.log(300)) < 0.2


@pytest.mark.parametrize("width, layers, heads", [(8, 1, 2), (9, 2, 3), (12, 1, 1), (64, 4, 4), (256, 6, 8), (4, 1, 4)])
def test_every_shape_can_be_started(width, layers, heads):
    decoder = head_start(Decoder(Config(40, 16, width, layers, heads)).initialise(1))
    assert decoder(torch.arange(16)[None]).logits.isfinite().all()
    assert len(frequencies(width)) == width // 2
