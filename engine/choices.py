"""What is worth keeping of each token written: what it was chosen among, and where the dart fell. A few numbers, not whole distributions."""
from dataclasses import dataclass

from engine.generate import Step
from engine.sampling import Distribution, land

SHOWN = 6                           # the likeliest tokens, each with its own stretch of the bar


@dataclass(frozen=True)
class Choice:
    """The likeliest tokens of a draw, in the order of the bar, and what came of it: nothing yet where `id` is None."""
    ids: tuple[int, ...]
    probs: tuple[float, ...]        # after temperature and filters: the stretches of the bar
    own: tuple[float, ...]          # the model's own probabilities: temperature 1, no filter
    entropy: float                  # nats, of the whole distribution
    id: int | None = None
    text: str = ""
    u: float = 0.0
    drawn: int | None = None
    before: float = 0.0             # the mass of all tokens on the bar before `drawn`: its stretch begins there
    hit: float = 0.0                # the probability of `drawn`: how long its stretch is
    rank: int = 0                   # of `id` by logit, 1 for the likeliest
    own_id: float = 0.0             # the model's own probability of `id`

    @property
    def rest(self) -> float:
        """The mass of all tokens that are not among the likeliest shown."""
        return max(0.0, 1 - sum(self.probs))

    @property
    def unlikely(self) -> bool:
        """Whether the dart hit another token than the likeliest."""
        return self.drawn is not None and self.drawn != self.ids[0]

    @property
    def forced(self) -> bool:
        """Whether another token stands here than the one the dart hit."""
        return self.id != self.drawn


def ahead(d: Distribution, count: int = SHOWN) -> Choice:
    """What the next token will be chosen among: the `count` likeliest tokens of `d`, before any dart is thrown."""
    order, own = _ranked(d)
    top = order[:count]
    return Choice(tuple(top.tolist()), tuple(d.probs[top].tolist()), tuple(own[top].tolist()), d.entropy)


def choice(step: Step, count: int = SHOWN) -> Choice:
    """How a token was chosen: the `count` likeliest tokens, the dart, and the stretch of the bar that it hit."""
    d = step.distribution
    order, own = _ranked(d)
    top, place = order[:count], int((order == step.drawn).nonzero())
    return Choice(tuple(top.tolist()), tuple(d.probs[top].tolist()), tuple(own[top].tolist()), d.entropy, step.id, step.text, step.u,
                  step.drawn, float(d.probs[order[:place]].double().sum()), float(d.probs[step.drawn]),
                  int((order == step.id).nonzero()) + 1, float(own[step.id]))


def thrown(d: Distribution, u: float, count: int = SHOWN) -> Choice:
    """What a dart at `u` draws from `d`, without writing it."""
    token = land(d, u)
    return choice(Step(token, "", d, u, token), count)


def _ranked(d: Distribution):
    """The ids in the order of the bar, likeliest first, and the model's own probabilities: (V,) each."""
    return d.logits.argsort(descending=True, stable=True), d.logits.softmax(-1)
