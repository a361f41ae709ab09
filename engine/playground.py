"""A small network on the plane and gradient descent on it, written out: forward, loss, gradient by hand and by autograd, one step."""
from dataclasses import dataclass, field
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.plane import Points

WIDEST, DEEPEST = 8, 2
ACTIVATIONS = ("tanh", "relu", "none")
BEYOND = 1e6                        # a loss that large has exploded
KEPT = 400                          # places of the walked path that are remembered


@dataclass(frozen=True)
class Shape:
    """How a network is built: 2 inputs, `layers` hidden layers of `width` neurons, 1 output."""
    width: int
    layers: int
    activation: str

    @property
    def sizes(self) -> tuple[int, ...]:
        return (2, *[self.width] * self.layers, 1)

    @property
    def count(self) -> int:
        """P: all weights and biases."""
        return sum(n * m + m for n, m in pairwise(self.sizes))

    def parts(self, theta: Tensor) -> list[tuple[Tensor, Tensor]]:
        """The weights (…, in, out) and biases (…, 1, out) of each layer, as views of all parameters in a row, theta (…, P)."""
        found, at = [], 0                                                   # where a layer begins
        for n, m in pairwise(self.sizes):
            found.append((theta[..., at:at + n * m].unflatten(-1, (n, m)), theta[..., None, at + n * m:at + n * m + m]))
            at += n * m + m
        return found


def start(shape: Shape, seed: int) -> Tensor:
    """Parameters to begin with, (P,): weights from N(0, 1 / in), biases 0."""
    chance, theta = torch.Generator().manual_seed(seed), torch.zeros(shape.count, dtype=torch.float64)
    for weight, _ in shape.parts(theta):
        weight.copy_(torch.randn(weight.shape, generator=chance, dtype=theta.dtype) / weight.shape[0] ** 0.5)
    return theta


def activate(name: str, z: Tensor) -> Tensor:
    """What a hidden neuron makes of its sum."""
    return {"tanh": torch.tanh, "relu": torch.relu, "none": lambda same: same}[name](z)


def slope(name: str, z: Tensor, value: Tensor) -> Tensor:
    """How fast that value changes with the sum."""
    return {"tanh": lambda: 1 - value * value, "relu": lambda: (z > 0).to(z.dtype), "none": lambda: torch.ones_like(z)}[name]()


def forward(shape: Shape, theta: Tensor, x: Tensor) -> tuple[list[Tensor], list[Tensor]]:
    """The sums and the values (…, N, out) of each layer at points x (N, 2), for one network theta (P,) or for many (…, P).

    The last layer has one neuron without an activation: its sum z is the logit of class 1, whose probability is 1 / (1 + e^−z).
    """
    parts, sums, values = shape.parts(theta), [], []
    for weight, bias in parts:
        sums.append((values[-1] if values else x) @ weight + bias)
        values.append(activate(shape.activation, sums[-1]) if len(sums) < len(parts) else sums[-1])
    return sums, values


def loss(shape: Shape, theta: Tensor, points: Points) -> Tensor:
    """The mean over the points of −ln of the probability that their own class is given (cross-entropy, in nats); (…,) for theta (…, P)."""
    z = forward(shape, theta, points.x)[0][-1].squeeze(-1)
    return (F.softplus(z) - points.y * z).mean(-1)


@torch.no_grad()
def gradient(shape: Shape, theta: Tensor, points: Points) -> tuple[Tensor, Tensor]:
    """The loss, and its slope along each parameter (P,), by the chain rule from the output back to the input (Rumelhart et al. 1986)."""
    sums, values = forward(shape, theta, points.x)
    z, y = sums[-1], points.y[:, None]
    error = (torch.sigmoid(z) - y) / len(y)                                 # (N, 1): how the loss changes with each sum of the output
    slopes = []
    for layer, (weight, _) in reversed(list(enumerate(shape.parts(theta)))):
        before = values[layer - 1] if layer else points.x                   # (N, in)
        slopes = [(before.T @ error).flatten(), error.sum(0), *slopes]
        if layer:
            error = error @ weight.T * slope(shape.activation, sums[layer - 1], before)         # (N, in): one layer further back
    return (F.softplus(z) - y * z).mean(), torch.cat(slopes)


def by_autograd(shape: Shape, theta: Tensor, points: Points) -> Tensor:
    """The same slopes as PyTorch finds them by itself."""
    theta = theta.detach().requires_grad_()
    return torch.autograd.grad(loss(shape, theta, points), theta)[0]


def descend(theta: Tensor, slopes: Tensor, rate: float) -> Tensor:
    """One step of gradient descent: every parameter goes against its slope, by the learning rate."""
    return theta - rate * slopes


def right(shape: Shape, theta: Tensor, points: Points) -> float:
    """The share of the points whose own class has more than half of the probability."""
    z = forward(shape, theta, points.x)[0][-1].squeeze(-1)
    return float(((z > 0) == (points.y == 1)).double().mean())


@torch.no_grad()
def dead(shape: Shape, theta: Tensor, points: Points) -> int:
    """How many hidden neurons have their sum where the activation is flat, at every point: no gradient reaches them."""
    sums, values = forward(shape, theta, points.x)
    return sum(int((slope(shape.activation, z, value) == 0).all(0).sum()) for z, value in zip(sums[:-1], values[:-1], strict=True))


@dataclass
class Descent:
    """A network on its way down: where it stands, what was measured at each step, and where it has been."""
    shape: Shape
    rate: float
    train: Points
    test: Points
    theta: Tensor                                                           # (P,)
    losses: list[float] = field(default_factory=list)                       # on the training points, before the first step and after each
    norms: list[float] = field(default_factory=list)                        # of the gradient, likewise
    path: list[Tensor] = field(default_factory=list)                        # theta at every `stride`-th step from the first
    tested: list[float] = field(default_factory=list)                       # and the loss on the test points there
    stride: int = 1
    slopes: Tensor = field(init=False)                                      # (P,) where it stands
    broken: bool = False                                                    # the next step would lead beyond all bounds, and is not taken

    def __post_init__(self) -> None:
        self._note(*gradient(self.shape, self.theta, self.train))
        self._remember()

    @property
    def steps(self) -> int:
        return len(self.losses) - 1

    def step(self) -> None:
        """Go one step, all training points at once."""
        theta = descend(self.theta, self.slopes, self.rate)
        now, slopes = gradient(self.shape, theta, self.train)
        self.broken = not float(now) <= BEYOND                              # nor is what is no number
        if self.broken:
            return
        self.theta = theta
        self._note(now, slopes)
        if self.steps % self.stride == 0:
            self._remember()

    def add(self, x: Tensor, y: float) -> None:
        """Put one more point, x (2,), among those that are trained on; the loss where it stands is then another."""
        self.train = Points(torch.cat((self.train.x, x[None])), torch.cat((self.train.y, torch.tensor([y], dtype=x.dtype))))
        self.losses.pop()
        self.norms.pop()
        self._note(*gradient(self.shape, self.theta, self.train))

    def walked(self) -> Tensor:
        """(n, P): where it has been, and last where it stands."""
        return torch.stack([*self.path, self.theta] if self.steps % self.stride else self.path)

    def _note(self, now: Tensor, slopes: Tensor) -> None:
        self.slopes = slopes
        self.losses.append(float(now))
        self.norms.append(float(slopes.norm()))

    def _remember(self) -> None:
        self.path.append(self.theta)
        self.tested.append(float(loss(self.shape, self.theta, self.test)))
        if len(self.path) > KEPT:
            self.path, self.tested, self.stride = self.path[::2], self.tested[::2], 2 * self.stride
