"""What a model has to say to the ideas of how it is built: from tokens over attention to the blocks."""
import math
from collections.abc import Callable

import torch
from torch import Tensor

from engine import maps
from engine.block import activation, normed
from engine.caching import cache_bytes
from engine.parameters import PUBLISHED, parameters, total
from engine.positions import rotary, sinusoidal
from ui import parts, session
from ui.figures import glossary as figures
from ui.readings.look import SHOWN, Look, Said


def token(at: Look) -> Said:
    return {"number": at.count(len(at.trace.tokens))}, figures.chips([parts.shown(at.t, token) for token in at.trace.tokens])


def vocabulary(at: Look) -> Said:
    return {"number": at.count(at.config.vocab_size)}, None


def byte_pair(at: Look) -> Said:
    """A word that is not in the vocabulary of the models that ship, from its bytes to its tokens."""
    rules, word = session.merges(), at.t("glossary.long")
    replay = rules.replay(f" {word}".encode())
    halfway = replay.pieces(len(replay.merges) // 2)
    steps = [" ".join(at.named(id) for id in ids) for ids in (replay.start, halfway, replay.pieces())]
    return {"rules": at.count(len(rules)), "word": word, "bytes": len(replay.start), "steps": len(replay.merges), "tokens": len(replay.pieces())}, figures.chips(steps)


def vector(at: Look) -> Said:
    return {"width": at.config.n_embd, "word": at.quoted(at.word)}, figures.strip(session.vocabulary()[at.word])


def embedding(at: Look) -> Said:
    ids, cosines = maps.neighbours(session.vocabulary(), at.word, 3)
    rows = [(at.named(id), value, at.t.number(value, 3)) for id, value in zip(ids.tolist(), cosines.tolist(), strict=True)]
    return {"word": at.quoted(at.word)}, figures.bars(rows, 1)


def cosine(at: Look) -> Said:
    table = session.vocabulary()
    ids, cosines = maps.neighbours(table, at.word, 1)
    return {"word": at.quoted(at.word), "near": at.quoted(int(ids[0])), "cosine": at.t.number(float(cosines[0])),
            "average": at.t.number(round(maps.average_cosine(table), 2) + 0.0)}, None


def position(at: Look) -> Said:
    place = len(at.trace.tokens) - 1
    return {"places": at.count(at.config.n_positions), "place": place}, figures.strip(at.trace.position[place])


def sinusoids(at: Look) -> Said:
    places, width = min(24, at.config.n_positions), min(48, at.config.n_embd)
    return {"places": places - 1, "width": width}, figures.grid(sinusoidal(torch.arange(places), at.config.n_embd)[:, :width])


def turned(at: Look) -> Said:
    layer, head, read = at.strongest
    query, key = at.trace.q[layer, head, -1], at.trace.k[layer, head, read]

    def product(query_at: int, key_at: int) -> float:
        one, other = rotary(torch.stack((query, key))[:, None], torch.tensor([[query_at], [key_at]]).float())
        return float((one * other).sum() / math.sqrt(len(query)))

    return {"one": at.t.number(product(5, 3)), "other": at.t.number(product(15, 13))}, None


def context_window(at: Look) -> Said:
    return {"context": at.count(at.lm.context)}, None


def query(at: Look) -> Said:
    return _of_head(at, at.trace.q)


def key(at: Look) -> Said:
    return _of_head(at, at.trace.k)


def value(at: Look) -> Said:
    return _of_head(at, at.trace.v)


def score(at: Look) -> Said:
    layer, head, _ = at.strongest
    row = at.trace.scores[layer, head, -1]
    best = row.topk(min(SHOWN, len(row))).indices.tolist()
    scores = [f"{parts.shown(at.t, at.trace.tokens[k])} {at.t.number(float(row[k]))}" for k in best]
    return {"head": at.head, "read": parts.quoted(at.t, at.trace.tokens[best[0]]), "score": at.t.number(float(row[best[0]])),
            "number": len(row)}, figures.chips(scores)


def attention(at: Look) -> Said:
    layer, head, read = at.strongest
    return {"head": at.head, "read": parts.quoted(at.t, at.trace.tokens[read]), "share": at.t.percent(float(at.trace.pattern[layer, head, -1, read]))}, \
        figures.grid(at.trace.pattern[layer, head], [parts.shown(at.t, token) for token in at.trace.tokens], masked=True)


def causal_mask(at: Look) -> Said:
    n = len(at.trace.tokens)
    return {"all": n * n, "future": n * (n - 1) // 2}, figures.grid(torch.ones(n, n).tril(), [parts.shown(at.t, token) for token in at.trace.tokens], masked=True)


def head(at: Look) -> Said:
    layers, heads = at.config.n_layer, at.config.n_head
    return {"layers": layers, "heads": heads, "all": layers * heads, "width": at.config.n_embd // heads}, None


def induction_head(at: Look) -> Said:
    layer, head, share = role("induction")
    return {"head": f"{layer}.{head}", "share": at.t.percent(share)}, None


def attention_sink(at: Look) -> Said:
    return {"share": at.t.percent(float(at.trace.pattern[:, :, 1:, 0].mean()) if len(at.trace.tokens) > 1 else 1.0)}, None


def parameter(at: Look) -> Said:
    shares, most = parameters(at.config), total(at.config)
    shares = {"embedding": sum(n for name, n in shares.items() if name in ("tokens", "positions", "head")),
              "attention": shares["c_attn"] + shares["c_proj"], "forward": shares["forward"], "norms": shares["norms"] + shares["final"]}
    gpt3 = total(PUBLISHED["gpt3"].config)
    return {"number": at.count(most), "gpt3": at.count(gpt3), "times": at.count(gpt3 / most)}, \
        figures.bars([(at.t(f"glossary.share.{name}"), n / most, at.t.percent(n / most, 1)) for name, n in shares.items()], 1)


def neuron(at: Look) -> Said:
    values = at.trace.neurons[:, -1]                                                    # (L, F)
    layer, number = (int(i) for i in torch.unravel_index(values.argmax(), values.shape))
    return {"all": at.count(values.numel()), "neuron": f"{layer}.{number}", "value": at.t.number(float(values[layer, number]))}, None


def bend(at: Look) -> Said:
    x = torch.linspace(-4, 4, 81)
    points = activation(torch.tensor([-1.0, 0.0, 1.0, 3.0])).tolist()
    return {name: at.t.number(value + 0.0) for name, value in zip(("minus", "zero", "one", "three"), points, strict=True)}, figures.curve(x, activation(x))


def neural_network(at: Look) -> Said:
    return {"neurons": at.count(at.config.n_layer * 4 * at.config.n_embd), "layers": at.config.n_layer}, None


def feed_forward(at: Look) -> Said:
    return {"neurons": at.count(4 * at.config.n_embd), "share": at.t.percent(parameters(at.config)["forward"] / total(at.config))}, None


def residual(at: Look) -> Said:
    lengths = [at.trace.resid_pre[0, -1].norm(), *at.trace.resid_post[:, -1].norm(dim=-1)]
    rows = [(at.t("glossary.before") if not i else at.t("glossary.after", layer=i - 1), float(length), at.t.number(float(length), 1))
            for i, length in enumerate(lengths)]
    return {"first": rows[0][2], "last": rows[-1][2]}, figures.bars(rows, float(max(lengths)))


def layer_norm(at: Look) -> Said:
    layer = at.config.n_layer - 1
    stream = at.trace.resid_pre[layer, -1]
    scaled = normed(at.lm.decoder.transformer.h[layer].ln_1, stream).scaled
    return {"before": at.t.number(float(stream.std(correction=0))), "after": at.t.number(float(scaled.std(correction=0)))}, None


def block(at: Look) -> Said:
    return {"layers": at.config.n_layer, "each": at.count(sum(p.numel() for p in at.lm.decoder.transformer.h[0].parameters()))}, None


def transformer(at: Look) -> Said:
    return {"layers": at.config.n_layer, "heads": at.config.n_head, "width": at.config.n_embd}, None


def decoder(at: Look) -> Said:
    return {"places": len(at.trace.logits)}, None


def kv_cache(at: Look) -> Said:
    return {"context": at.count(at.lm.context), "size": at.count(cache_bytes(at.config, at.lm.context) / 1024)}, None


def parallelism(at: Look) -> Said:
    return {"number": len(at.trace.logits)}, None


def role(kind: str) -> tuple[int, int, float]:
    """The layer and head that look at one kind of place most, and how much of their attention they give to it."""
    scores = session.roles().scores[kind]
    layer, head = (int(i) for i in torch.unravel_index(scores.argmax(), scores.shape))
    return layer, head, float(scores[layer, head])


def _of_head(at: Look, vectors: Tensor) -> Said:
    layer, head, _ = at.strongest
    return {"width": vectors.shape[-1], "head": at.head}, figures.strip(vectors[layer, head, -1])


NUMBERS: dict[str, Callable[[Look], Said]] = {
    "token": token, "vocabulary": vocabulary, "byte_pair": byte_pair, "vector": vector, "embedding": embedding, "cosine": cosine,
    "position": position, "sinusoidal": sinusoids, "rotary": turned, "context_window": context_window, "query": query, "key": key, "value": value,
    "score": score, "attention": attention, "causal_mask": causal_mask, "head": head, "induction_head": induction_head,
    "attention_sink": attention_sink, "parameter": parameter, "neuron": neuron, "activation": bend, "neural_network": neural_network,
    "feed_forward": feed_forward, "residual": residual, "layer_norm": layer_norm, "block": block, "transformer": transformer, "decoder": decoder,
    "kv_cache": kv_cache, "parallelism": parallelism}
