"""Muon: momentum whose every direction is given the same length, for the weight matrices of the blocks.

Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks". PyTorch ships one that computes in
bfloat16; few laptop processors do that at speed, so this one does it only where they do, and all matrices of a shape at once.
"""
from collections import defaultdict

import torch
from torch import Tensor

from engine.precision import has_bfloat16

COEFFICIENTS = (3.4445, -4.7750, 2.0315)        # of the odd polynomial that drives singular values towards 1


def orthogonalise(matrices: Tensor, steps: int = 5) -> Tensor:
    """The nearest thing to an orthogonal matrix for each of (N, rows, columns), by Newton-Schulz iteration.

    All singular values but the tiniest end up within about [0.7, 1.2], which is all that the optimizer needs; so the
    iteration is in bfloat16 where the processor has it.
    """
    a, b, c = COEFFICIENTS
    x = matrices.mT if matrices.shape[-2] > matrices.shape[-1] else matrices
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    if has_bfloat16(matrices.device):
        x = x.bfloat16()
    for _ in range(steps):
        square = x @ x.mT
        polynomial = torch.baddbmm(square, square, square, beta=b, alpha=c)
        x = torch.baddbmm(x, polynomial, x, beta=a)
    return (x.mT if matrices.shape[-2] > matrices.shape[-1] else x).to(matrices.dtype)


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised, for parameters (inputs, outputs).

    A group with `parts` holds matrices that are several side by side, such as queries, keys and values: each is made
    orthogonal by itself, or the part with the longest gradient would leave the others next to nothing.
    """

    def __init__(self, params, lr: float, momentum: float = 0.95, weight_decay: float = 0.01):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "parts": 1})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            by_shape = defaultdict(list)
            for parameter in group["params"]:
                direction = self._direction(parameter, group["momentum"])
                for pair in zip(parameter.chunk(group["parts"], 1), direction.chunk(group["parts"], 1), strict=True):
                    by_shape[pair[0].shape].append(pair)
            for (inputs, outputs), pairs in by_shape.items():
                updates = orthogonalise(torch.stack([direction for _, direction in pairs]))
                length = max(1.0, outputs / inputs) ** 0.5
                for (matrix, _), update in zip(pairs, updates, strict=True):
                    matrix.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-group["lr"] * length)

    def _direction(self, parameter: Tensor, momentum: float) -> Tensor:
        state = self.state[parameter]
        if not state:
            state["momentum"] = torch.zeros_like(parameter)
        state["momentum"].lerp_(parameter.grad, 1 - momentum)
        return parameter.grad.lerp(state["momentum"], momentum)
