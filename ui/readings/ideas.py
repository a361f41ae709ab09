"""What the model of the moment has to say to each idea of the concept map: a few of its own numbers, and here and there a small picture."""
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import torch
from torch import Tensor

from engine import EngineError, LanguageModel, Trace, distribution, maps
from engine.attribution import lens
from engine.block import activation, normed
from engine.caching import cache_bytes
from engine.cards import GPT3_TOKENS
from engine.generate import roll
from engine.parameters import PUBLISHED, forward_flops, parameters, total, training_flops
from engine.positions import rotary, sinusoidal
from engine.sampling import tally
from engine.surprise import surprise
from ui import parts, session
from ui.figures import glossary as figures
from ui.i18n import Text
from ui.readings import measured

SHOWN = 6                           # rows of a picture
WRITTEN = 8                         # tokens that are written on
DRAWS = 1000
RATE, RATES = 0.003, (0.001, 0.1, 1.0)      # of one step of gradient descent; and a small, a fitting and a far too large one
Said = tuple[dict[str, object], dict | None]


@dataclass(frozen=True)
class Look:
    """The sentence that the numbers are about, as the model read it."""
    t: Text
    lm: LanguageModel
    text: str
    trace: Trace

    @property
    def config(self):
        return self.lm.decoder.config

    @cached_property
    def probs(self) -> Tensor:
        """(V,) of the next token."""
        return distribution(self.trace.logits[-1]).probs

    @cached_property
    def top(self) -> Tensor:
        """The ids of the likeliest next tokens, likeliest first."""
        return self.probs.topk(min(SHOWN - 1, len(self.probs))).indices

    @cached_property
    def word(self) -> int:
        """The id of the token whose embedding is shown."""
        return self.lm.tokenizer.encode(f" {self.t('glossary.word')}")[0]

    @cached_property
    def strongest(self) -> tuple[int, int, int]:
        """The layer and head in which the last token reads most of some token but the first, the one before and itself; and that token's place."""
        row = self.trace.pattern[:, :, -1]                                              # (L, H, T)
        inside = row[..., 1:-2] if row.shape[-1] > 3 else row
        layer, head, at = (int(i) for i in torch.unravel_index(inside.argmax(), inside.shape))
        return layer, head, at + (row.shape[-1] > 3)

    @cached_property
    def head(self) -> str:
        return "{}.{}".format(*self.strongest[:2])

    def named(self, id: int) -> str:
        """A token as a label."""
        return parts.shown(self.t, self.lm.tokenizer.tokens([id])[0])

    def quoted(self, id: int) -> str:
        """A token inside a sentence."""
        return parts.quoted(self.t, self.lm.tokenizer.tokens([id])[0])

    def count(self, value: float) -> str:
        return self.t.number(value, 0)


def said(t: Text, lm: LanguageModel, id: str) -> tuple[str, dict | None]:
    """The sentence of one idea and its picture; "" and None for an idea that has none. What the model lacks for it is said instead."""
    if id not in NUMBERS and id not in measured.NUMBERS:
        return "", None
    try:
        values, picture = look(t, lm, id)
    except EngineError as error:
        return t.error(error), None
    return t(f"ideas.{id}.here", **values), picture


def look(t: Text, lm: LanguageModel, id: str) -> Said:
    """The numbers of one idea by the names in its sentence, and its picture. Raises EngineError where the model has none."""
    if id in measured.NUMBERS:
        return measured.NUMBERS[id](t)
    text = t("glossary.sentence")
    found = Look(t, lm, text, session.trace(text))
    values, picture = NUMBERS[id](found)
    return {"text": text, "vocabulary": found.count(len(found.probs)), **values}, picture


def next_word(at: Look) -> Said:
    return {"top": at.quoted(int(at.top[0])), "share": at.t.percent(float(at.probs.max()), 1)}, _likeliest(at, lambda id: at.t.percent(float(at.probs[id]), 1))


def probability(at: Look) -> Said:
    return {"sum": at.t.number(float(at.probs.double().sum()), 4)}, _likeliest(at, lambda id: at.t.number(float(at.probs[id]), 3))


def generation(at: Look) -> Said:
    return {"written": _written(at, 0.8)}, None


def greedy(at: Look) -> Said:
    return {"written": _written(at, 0.0)}, None


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


def logit(at: Look) -> Said:
    logits = at.trace.logits[-1]
    return {"top": at.quoted(int(logits.argmax())), "most": at.t.number(float(logits.max())), "least": at.t.number(float(logits.min()))}, None


def softmax(at: Look) -> Said:
    rows = [(f"{at.named(id)} {at.t.number(float(at.trace.logits[-1, id]))}", float(at.probs[id]), at.t.percent(float(at.probs[id]), 1)) for id in at.top.tolist()]
    return {}, figures.bars(rows, 1)


def temperature(at: Look) -> Said:
    id = int(at.top[0])
    shares = {T: float(distribution(at.trace.logits[-1], T).probs[id]) for T in (0.5, 1.0, 2.0)}
    return {"top": at.quoted(id)}, figures.bars([(f"T = {at.t.number(T, 1)}", share, at.t.percent(share, 1)) for T, share in shares.items()], 1)


def entropy(at: Look) -> Said:
    nats = distribution(at.trace.logits[-1]).entropy
    return {"nats": at.t.number(nats), "choices": at.t.number(math.exp(nats), 1)}, None


def sampling(at: Look) -> Said:
    id = int(at.top[0])
    hits = tally(distribution(at.trace.logits[-1]), 1, [DRAWS])[0]
    return {"top": at.quoted(id), "number": at.count(int(hits[id])), "share": at.t.percent(float(at.probs[id]), 1)}, None


def top_k(at: Look) -> Said:
    return {"share": at.t.percent(float(at.probs.topk(min(10, len(at.probs))).values.sum()), 1)}, None


def top_p(at: Look) -> Said:
    return {"number": at.count(int(distribution(at.trace.logits[-1], top_p=0.9).kept.sum()))}, None


def logit_lens(at: Look) -> Said:
    id = int(at.top[0])
    shares = lens(at.lm.decoder, at.trace).softmax(-1)[:, id].tolist()                   # (1 + L,)
    names = [at.t("glossary.before"), *(at.t("glossary.after", layer=layer) for layer in range(at.config.n_layer))]
    return {"top": at.quoted(id)}, figures.bars([(name, share, at.t.percent(share, 1)) for name, share in zip(names, shares, strict=True)], 1)


def kv_cache(at: Look) -> Said:
    return {"context": at.count(at.lm.context), "size": at.count(cache_bytes(at.config, at.lm.context) / 1024)}, None


def surprises(at: Look) -> Said:
    nats = (-surprise(at.trace).logprobs).tolist()
    rows = [(parts.shown(at.t, token), value, at.t.number(value)) for token, value in zip(at.trace.tokens[1:], nats, strict=True)][-SHOWN:]
    return {}, figures.bars(rows, max((value for _, value, _ in rows), default=1))


def perplexity(at: Look) -> Said:
    return {"value": at.t.number(surprise(at.trace).perplexity or math.nan, 1)}, None


def cross_entropy(at: Look) -> Said:
    return {"loss": at.t.number(-float(surprise(at.trace).logprobs.mean())), "blind": at.t.number(math.log(len(at.probs)))}, None


def gradient(at: Look) -> Said:
    step = session.descent(at.text, RATE)
    return {"number": at.count(step.parameters), "length": at.t.number(step.gradient, 1)}, None


def gradient_descent(at: Look) -> Said:
    step = session.descent(at.text, RATE)
    return {"rate": measured.plainly(at.t, RATE), "before": at.t.number(step.before), "after": at.t.number(step.after)}, None


def backpropagation(at: Look) -> Said:
    step = session.descent(at.text, RATE)
    length = {part.name: at.t.number(part.gradient, 1) for part in step.parts}
    return {"number": at.count(step.parameters), "attention": length["h.0.attn"], "forward": length["h.0.mlp"]}, None


def learning_rate(at: Look) -> Said:
    steps = {rate: session.descent(at.text, rate) for rate in RATES}
    return {"before": at.t.number(steps[RATES[0]].before)}, figures.bars(
        [(measured.plainly(at.t, rate), step.after, at.t.number(step.after)) for rate, step in steps.items()], max(step.after for step in steps.values()))


def inference(at: Look) -> Said:
    step = session.descent(at.text, RATE)
    return {"moved": at.count(step.moved), "number": at.count(step.parameters), "fingerprint": step.fingerprints[0]}, None


def parallelism(at: Look) -> Said:
    return {"number": len(at.trace.logits)}, None


def language_model(at: Look) -> Said:
    """How much it has read; of a model whose card does not say, how much base has."""
    lm = at.lm if "tokens" in at.lm.card else session.model(session.BASE)
    return {"model": lm.name, "tokens": at.count(lm.card["tokens"] / 1e6), "gpt3": at.count(GPT3_TOKENS / 1e9)}, None


def flop(at: Look) -> Said:
    lm = at.lm if "tokens" in at.lm.card else session.model(session.BASE)
    trained = training_flops(total(lm.decoder.config), lm.card["tokens"])
    digits = int(math.log10(trained))
    return {"forward": at.t.number(sum(forward_flops(at.config).values()) / 1e6, 1), "model": lm.name,
            "training": f"{at.t.number(trained / 10 ** digits, 1)} · 10{str(digits).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"}, None


def role(kind: str) -> tuple[int, int, float]:
    """The layer and head that look at one kind of place most, and how much of their attention they give to it."""
    scores = session.roles().scores[kind]
    layer, head = (int(i) for i in torch.unravel_index(scores.argmax(), scores.shape))
    return layer, head, float(scores[layer, head])


def _likeliest(at: Look, write: Callable[[int], str]) -> dict:
    rows = [(at.named(id), float(at.probs[id]), write(id)) for id in at.top.tolist()]
    return figures.bars(rows, 1)


def _of_head(at: Look, vectors: Tensor) -> Said:
    layer, head, _ = at.strongest
    return {"width": vectors.shape[-1], "head": at.head}, figures.strip(vectors[layer, head, -1])


def _written(at: Look, temperature: float) -> str:
    """What the model goes on with, its text as it stands; a model that was tuned to talk is not asked in its template either."""
    steps = roll(at.lm, at.lm.tokenizer.encode(at.text), [1], WRITTEN, temperature, None, None, at.lm.context)
    ids = [row[0].id for row in islice(steps, WRITTEN) if row[0] is not None]
    return parts.visible(at.lm.tokenizer.decode(ids)).replace("·", " ").replace("*", "∗").strip()


NUMBERS: dict[str, Callable[[Look], Said]] = {
    "language_model": language_model, "next_word": next_word, "probability": probability, "generation": generation, "greedy": greedy, "token": token,
    "vocabulary": vocabulary, "byte_pair": byte_pair, "vector": vector, "embedding": embedding, "cosine": cosine, "position": position,
    "sinusoidal": sinusoids, "rotary": turned, "context_window": context_window, "query": query, "key": key, "value": value, "score": score,
    "attention": attention, "causal_mask": causal_mask, "head": head, "induction_head": induction_head, "attention_sink": attention_sink,
    "parameter": parameter, "neuron": neuron, "activation": bend, "neural_network": neural_network, "feed_forward": feed_forward,
    "residual": residual, "layer_norm": layer_norm, "block": block, "transformer": transformer, "decoder": decoder, "logit": logit,
    "softmax": softmax, "temperature": temperature, "entropy": entropy, "sampling": sampling, "top_k": top_k, "top_p": top_p,
    "logit_lens": logit_lens, "kv_cache": kv_cache, "surprise": surprises, "perplexity": perplexity, "cross_entropy": cross_entropy,
    "gradient": gradient, "gradient_descent": gradient_descent, "backpropagation": backpropagation, "learning_rate": learning_rate,
    "inference": inference, "parallelism": parallelism, "flop": flop}
