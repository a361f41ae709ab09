"""What a model has to say to the ideas of what comes out of it, and of how it learnt: probabilities, sampling, loss, gradients."""
import math
from collections.abc import Callable
from itertools import islice

from engine import distribution
from engine.attribution import lens
from engine.cards import GPT3_TOKENS
from engine.generate import roll
from engine.parameters import forward_flops, total, training_flops
from engine.sampling import tally
from engine.surprise import surprise
from ui import parts, session
from ui.figures import glossary as figures
from ui.readings import measured
from ui.readings.look import SHOWN, Look, Said

WRITTEN = 8                         # tokens that are written on
DRAWS = 1000
RATE, RATES = 0.003, (0.001, 0.1, 1.0)      # of one step of gradient descent; and a small, a fitting and a far too large one


def next_word(at: Look) -> Said:
    return {"top": at.quoted(int(at.top[0])), "share": at.t.percent(float(at.probs.max()), 1)}, _likeliest(at, lambda id: at.t.percent(float(at.probs[id]), 1))


def probability(at: Look) -> Said:
    return {"sum": at.t.number(float(at.probs.double().sum()), 4)}, _likeliest(at, lambda id: at.t.number(float(at.probs[id]), 3))


def generation(at: Look) -> Said:
    return {"written": _written(at, 0.8)}, None


def greedy(at: Look) -> Said:
    return {"written": _written(at, 0.0)}, None


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


def _likeliest(at: Look, write: Callable[[int], str]) -> dict:
    rows = [(at.named(id), float(at.probs[id]), write(id)) for id in at.top.tolist()]
    return figures.bars(rows, 1)


def _written(at: Look, temperature: float) -> str:
    """What the model goes on with, its text as it stands; a model that was tuned to talk is not asked in its template either."""
    steps = roll(at.lm, at.lm.tokenizer.encode(at.text), [1], WRITTEN, temperature, None, None, at.lm.context)
    ids = [row[0].id for row in islice(steps, WRITTEN) if row[0] is not None]
    return parts.visible(at.lm.tokenizer.decode(ids)).replace("·", " ").replace("*", "∗").strip()


NUMBERS: dict[str, Callable[[Look], Said]] = {
    "language_model": language_model, "next_word": next_word, "probability": probability, "generation": generation, "greedy": greedy, "logit": logit,
    "softmax": softmax, "temperature": temperature, "entropy": entropy, "sampling": sampling, "top_k": top_k, "top_p": top_p,
    "logit_lens": logit_lens, "surprise": surprises, "perplexity": perplexity, "cross_entropy": cross_entropy, "gradient": gradient,
    "gradient_descent": gradient_descent, "backpropagation": backpropagation, "learning_rate": learning_rate, "inference": inference, "flop": flop}
