"""All heads made small enough to stand side by side."""
from torch import Tensor
from torch.nn.functional import adaptive_max_pool2d

THUMBNAIL = 32                      # the longest side of a pooled head


def pool(pattern: Tensor) -> Tensor:
    """(L, H, T, T) pooled by maximum to at most 32 × 32 a head, so that a thin stripe is not lost."""
    return adaptive_max_pool2d(pattern, THUMBNAIL) if pattern.shape[-1] > THUMBNAIL else pattern
