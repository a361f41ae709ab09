"""The decoder: GPT-2's shape and parameter names, written to be read, and its forward pass, which hides nothing.

Shapes: B batch, T positions, C width, L layers, H heads, D head width (C / H), F feed-forward width (4 C), V vocabulary.
Architecture: Radford et al. 2019, "Language Models are Unsupervised Multitask Learners" (pre-LN, learned positions).
"""
import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.errors import KnobError


@dataclass(frozen=True)
class Config:
    """The decoder's shape, in GPT-2's own words, so that a GPT-2 `config.json` says the same."""
    vocab_size: int
    n_positions: int                # the longest context, in tokens
    n_embd: int
    n_layer: int
    n_head: int
    layer_norm_epsilon: float = 1e-5
    tie_word_embeddings: bool = True


@dataclass(frozen=True)
class Without:
    """What to take away from the forward pass. Layers and heads count from 0; layer L in `norm` is the final LayerNorm."""
    mask: bool = False              # every position may look at every other
    heads: frozenset[tuple[int, int]] = frozenset()     # (layer, head): adds nothing
    positions: bool = False         # no position vectors
    residual: frozenset[int] = frozenset()              # blocks whose two skip connections are cut
    norm: frozenset[int] = frozenset()                  # blocks whose two LayerNorms are skipped

    def __post_init__(self):
        for name in ("heads", "residual", "norm"):      # a plain set will do; a frozen one can be a cache key
            object.__setattr__(self, name, frozenset(getattr(self, name)))

    def check(self, config: Config) -> None:
        """Raise KnobError if a layer or head is named that this model does not have."""
        layers = set(range(config.n_layer))
        bad = ([f"layer {i}" for i in sorted(self.residual - layers)]
               + [f"norm {i}" for i in sorted(self.norm - layers - {config.n_layer})]
               + [f"head {i}.{h}" for i, h in sorted(self.heads) if i not in layers or not 0 <= h < config.n_head])
        if bad:
            raise KnobError("no_such_part", f"This model has no {', '.join(bad)}: it has {config.n_layer} layers of "
                            f"{config.n_head} heads.", parts=", ".join(part.split()[1] for part in bad), layers=config.n_layer, heads=config.n_head)


NOTHING = Without()


@dataclass
class LayerActivations:
    """What one block did, batch first."""
    resid_pre: Tensor               # (B, T, C) what came in
    q: Tensor                       # (B, H, T, D)
    k: Tensor                       # (B, H, S, D): S = T plus whatever the cache held
    v: Tensor                       # (B, H, S, D)
    scores: Tensor                  # (B, H, T, S) scaled, before the mask
    pattern: Tensor                 # (B, H, T, S) after mask and softmax
    resid_mid: Tensor               # (B, T, C) after attention
    neurons: Tensor                 # (B, T, F) after the activation
    resid_post: Tensor              # (B, T, C) what goes out


@dataclass
class Activations:
    """Everything that one forward pass computed, batch first."""
    embedding: Tensor               # (B, T, C)
    position: Tensor                # (T, C); (B, T, C) where rows stand at places of their own
    logits: Tensor                  # (B, T, V)
    layers: list[LayerActivations] = field(default_factory=list)

    def cache(self) -> list[tuple[Tensor, Tensor]]:
        """The keys and values of every layer: all that the next token needs of the ones before it."""
        return [(layer.k, layer.v) for layer in self.layers]


class Kept:
    """The keys and values of one layer while a text is written on, with room for those to come: each token adds its own, none is copied.

    Made from k and v (B, H, S, D) for up to `room` positions. For one continuation only: what it gave out before changes with nothing that it adds.
    """

    def __init__(self, k: Tensor, v: Tensor, room: int):
        B, H, self.filled, D = k.shape
        self._k, self._v = k.new_empty(B, H, room, D), v.new_empty(B, H, room, D)
        self._k[:, :, :self.filled], self._v[:, :, :self.filled] = k, v

    def add(self, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Keep k and v (B, H, T, D) behind what is there, and give all (B, H, S, D), as views."""
        before, self.filled = self.filled, self.filled + k.shape[2]
        assert self.filled <= self._k.shape[2], f"{self.filled} positions, room for {self._k.shape[2]}"
        self._k[:, :, before:self.filled], self._v[:, :, before:self.filled] = k, v
        return self._k[:, :, :self.filled], self._v[:, :, :self.filled]


Past = Kept | tuple[Tensor, Tensor]     # what a layer knows of earlier positions


class Linear(nn.Module):
    """y = x W + b with W stored as (inputs, outputs): GPT-2's own layout ("Conv1D")."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.weight + self.bias


def apart(ids: Tensor, bos: int) -> Tensor:
    """Which positions of ids (B, T) belong to different documents, each of which begins with `bos`: (B, 1, T, T)."""
    document = (ids == bos).cumsum(1)
    return (document[:, :, None] != document[:, None, :])[:, None]


def mask(T: int, S: int, causal: bool = True, hidden: Tensor | None = None, device: torch.device | None = None) -> Tensor | None:
    """What is added to the scores of the last T of S positions: 0 where a query may look, minus infinity where not.

    Nothing that comes later is seen if `causal`, and nothing `hidden` (B, 1, T, S). Returns (T, S), (B, 1, T, S) with
    `hidden`, or None if all is seen, as by a single query, which is the last.
    """
    if causal and T > 1:
        future = torch.ones(T, S, dtype=torch.bool, device=device).triu(S - T + 1)
        hidden = future if hidden is None else hidden | future
    return None if hidden is None else torch.zeros(hidden.shape, device=device).masked_fill(hidden, -math.inf)


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
    """Scaled dot-product attention (Vaswani et al. 2017, eq. 1) with a mask.

    q (B, H, T, D), k and v (B, H, S, D) with S >= T: the T queries are the last T of the S positions; `mask` is added to
    the scores. Returns the mix (B, H, T, D), the scaled scores before the mask and the pattern after softmax (B, H, T, S).
    """
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    pattern = (scores if mask is None else scores + mask.to(scores.dtype)).softmax(-1)
    return pattern @ v, scores, pattern


class Attention(nn.Module):
    """Queries, keys and values for H heads in one product; each head mixes on its own; one product joins them."""

    def __init__(self, config: Config):
        super().__init__()
        self.c_attn = Linear(config.n_embd, 3 * config.n_embd)
        self.c_proj = Linear(config.n_embd, config.n_embd)
        self.n_head = config.n_head

    def forward(self, x: Tensor, past: Past | None, mask: Tensor | None, off: list[int]):
        B, T, C = x.shape
        q, k, v = (part.view(B, T, self.n_head, C // self.n_head).transpose(1, 2)       # (B, H, T, D)
                   for part in self.c_attn(x).split(C, dim=-1))
        if isinstance(past, Kept):
            k, v = past.add(k, v)
        elif past is not None:
            k, v = torch.cat((past[0], k), dim=2), torch.cat((past[1], v), dim=2)       # (B, H, S, D)
        mix, scores, pattern = attention(q, k, v, mask)
        if off:
            mix = mix.index_fill(1, torch.tensor(off, device=x.device), 0)
        out = self.c_proj(mix.transpose(1, 2).reshape(B, T, C))
        return out, (q, k, v, scores, pattern)


class FeedForward(nn.Module):
    """F = 4 C neurons, each read from and written to the residual stream, position by position."""

    def __init__(self, config: Config):
        super().__init__()
        self.c_fc = Linear(config.n_embd, 4 * config.n_embd)
        self.c_proj = Linear(4 * config.n_embd, config.n_embd)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        neurons = F.gelu(self.c_fc(x), approximate="tanh")      # Hendrycks & Gimpel 2016, the tanh form of GPT-2
        return self.c_proj(neurons), neurons


class Block(nn.Module):
    """Attention, then feed-forward, each reading a normalised copy of the stream and adding to it."""

    def __init__(self, config: Config):
        super().__init__()
        self.ln_1 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.attn = Attention(config)
        self.ln_2 = nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon)
        self.mlp = FeedForward(config)

    def forward(self, x: Tensor, past=None, mask=None, off=(), residual=True, norm=True) -> LayerActivations:
        attended, (q, k, v, scores, pattern) = self.attn(self.ln_1(x) if norm else x, past, mask, list(off))
        mid = x + attended if residual else attended
        thought, neurons = self.mlp(self.ln_2(mid) if norm else mid)
        post = mid + thought if residual else thought
        return LayerActivations(x, q, k, v, scores, pattern, mid, neurons, post)


def _embedding(rows: int, width: int) -> nn.Embedding:
    """A table of vectors, not filled yet: weights are loaded, or drawn by `initialise`."""
    return nn.Embedding.from_pretrained(torch.empty(rows, width), freeze=False)


class Decoder(nn.Module):
    """The whole model: embedding + position → L blocks → LayerNorm → logits over the vocabulary."""

    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.transformer = nn.ModuleDict(dict(
            wte=_embedding(config.vocab_size, config.n_embd),
            wpe=_embedding(config.n_positions, config.n_embd),
            h=nn.ModuleList(Block(config) for _ in range(config.n_layer)),
            ln_f=nn.LayerNorm(config.n_embd, eps=config.layer_norm_epsilon),
        ))
        if not config.tie_word_embeddings:
            self.lm_head = nn.Linear(config.n_embd, config.vocab_size, bias=False)

    @property
    def unembedding(self) -> Tensor:
        """(V, C): turns the last stream into logits; the embedding itself where the two are tied."""
        return self.transformer.wte.weight if self.config.tie_word_embeddings else self.lm_head.weight

    def initialise(self, seed: int) -> "Decoder":
        """GPT-2's initial weights: N(0, 0.02), and 0.02 / √(2L) where a block writes to the residual stream."""
        chance = torch.Generator().manual_seed(seed)
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                shrink = math.sqrt(2 * self.config.n_layer) if name.endswith("c_proj.weight") else 1.0
                nn.init.normal_(parameter, std=0.02 / shrink, generator=chance)
        return self

    def forward(self, ids: Tensor, past: list[Past] | None = None,
                without: Without = NOTHING, hidden: Tensor | None = None, places: Tensor | None = None) -> Activations:
        """One pass over ids (B, T), after the `past` keys and values of an earlier one.

        Returns every activation on the way. T plus the past may not exceed n_positions. Training hides from each
        document of a window the others (B, 1, T, T). Where rows of different lengths go on together, `places` (B, T) says
        which position each token stands at, and `hidden` (B, 1, T, S) which of the past is not theirs.
        """
        start = 0 if not past else past[0].filled if isinstance(past[0], Kept) else past[0][0].shape[2]
        T = ids.shape[1]
        assert places is not None or start + T <= self.config.n_positions, f"{start} + {T} tokens, {self.config.n_positions} positions"
        embedding = self.transformer.wte(ids)
        position = self.transformer.wpe.weight[start:start + T] if places is None else self.transformer.wpe(places)
        x = embedding if without.positions else embedding + position
        seen = mask(T, start + T, causal=not without.mask, hidden=hidden, device=ids.device)
        layers = []
        for i, block in enumerate(self.transformer.h):
            layers.append(block(
                x, past[i] if past else None, seen,
                off=sorted(head for layer, head in without.heads if layer == i),
                residual=i not in without.residual, norm=i not in without.norm))
            x = layers[-1].resid_post
        if self.config.n_layer not in without.norm:
            x = self.transformer.ln_f(x)
        return Activations(embedding, position, x @ self.unembedding.T, layers)
