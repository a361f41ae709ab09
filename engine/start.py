"""A start for attention: weights from which a decoder soon learns to look up what belongs to whom.

From GPT-2's own start a small decoder soon copies what it has read, and then for many millions of tokens takes *any* candidate: to
find the right one, a head must first have carried each name to the words behind it, and nothing rewards that before another
head looks it up. So the heads of the first block start out looking back, all through the same values, and later heads look for
what is like themselves. Everything trains on from there.
"""

import torch
from torch import Tensor

from engine.model import Attention, Decoder

WAVES = 0.1                         # the height of the waves that position vectors start as
VALUES = 3.0                        # how much larger than GPT-2's the first block's values and outputs start
QUERIES = 2.0                       # the same for the later blocks' queries
LOOKS = (                           # of a first block's heads: (positions back, shortest wavelength / 2 pi, sharpness)
    (1, 1.0, 1.6), (2, 1.0, 1.6), (2, 3.1, 1.0), (4, 5.6, 1.4))


@torch.no_grad()
def head_start(decoder: Decoder) -> Decoder:
    """Change a decoder's initial weights in place: positions to waves, the first block's heads to look back, keys to queries.

    Waves: Vaswani et al. 2017, section 3.5. Keys that equal their queries: Trockman & Kolter 2023, arXiv 2305.09828.
    """
    positions = decoder.transformer.wpe.weight
    pace = frequencies(positions.shape[1])
    angles = torch.arange(len(positions))[:, None] * pace
    positions[:, 0:2 * len(pace):2], positions[:, 1:2 * len(pace):2] = WAVES * angles.sin(), WAVES * angles.cos()
    first, *later = (block.attn for block in decoder.transformer.h)
    _look_back(first, pace)
    for attention in later:
        query, key, _ = attention.c_attn.weight.chunk(3, dim=1)
        key.copy_(query.mul_(QUERIES))
    return decoder


def frequencies(width: int) -> Tensor:
    """The angles per position of the waves, a sine and a cosine each: from 1 down to almost 1 / 10,000."""
    return 10_000.0 ** (-2 * torch.arange(width // 2) / width)


def _look_back(attention: Attention, pace: Tensor) -> None:
    """Let head h score position s by the sum over some waves of cos w (t - s - back), and all heads read and write alike."""
    heads = attention.n_head
    query, key, value = (part.chunk(heads, dim=1) for part in attention.c_attn.weight.chunk(3, dim=1))
    outputs = attention.c_proj.weight.chunk(heads, dim=0)
    waves = query[0].shape[1] // 2
    column = torch.arange(waves)
    for head in range(heads):
        back, length, sharpness = LOOKS[head % len(LOOKS)]
        start = min(int((pace > 1 / length + 1e-6).sum()), len(pace) - waves)
        row = 2 * (start + column)
        angle = back * pace[start:start + waves]
        strength = sharpness * (16 / max(1, waves)) ** 0.25
        for weight, turned in ((query[head], torch.zeros(waves)), (key[head], angle)):
            weight.zero_()
            weight[row, 2 * column] = weight[row + 1, 2 * column + 1] = strength * turned.cos()
            weight[row + 1, 2 * column], weight[row, 2 * column + 1] = strength * turned.sin(), -strength * turned.sin()
        value[head].copy_(value[0]) if head else value[0].mul_(VALUES)
        outputs[head].copy_(outputs[0]) if head else outputs[0].mul_(VALUES)
