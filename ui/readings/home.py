"""The machine at a glance: what each stage carries, what the last token takes from the others."""
import torch
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool1d

from engine import LanguageModel, Trace
from ui import parts, session
from ui.i18n import Text

ROWS = 12                           # tokens shown
CELLS = 16                          # a stream's numbers, pooled to so many cells
EXPECTED = 3                        # next words shown of each token
STAGES = {"tokens": "tokens", "embedding": "embeddings", "position": "position", "blocks": "attention", "next": "probabilities"}


def streams(trace: Trace) -> Tensor:
    """What each token carries after the embedding and after each block: (L + 1, rows, cells), 0…1.

    Root mean squares over groups of neighbouring numbers, as a share of the largest one that is not the first token's,
    whose stream grows far beyond the others'.
    """
    states = torch.cat((trace.resid_pre[:1], trace.resid_post))                         # (L + 1, T, C)
    pooled = adaptive_avg_pool1d(states.square(), min(CELLS, states.shape[-1])).sqrt()  # (L + 1, T, cells)
    most = pooled[:, 1:].amax() if pooled.shape[1] > 1 else pooled.amax()
    return (pooled[:, -ROWS:] / most).clamp(max=1)


def reads(trace: Trace) -> Tensor:
    """How much each shown token reads each other, averaged over the heads of each layer: (L, rows, rows), [reader, read]."""
    return trace.pattern[:, :, -ROWS:, -ROWS:].mean(1)


def lengths(trace: Trace) -> Tensor:
    """How long the vectors of each shown token are, (rows, 2 + 3 L): embedding, position, then per block what attention adds, what
    feed-forward adds, and the stream that goes out. Positions that were taken away have none."""
    position = trace.position * (not trace.without.positions)
    steps = torch.stack((trace.resid_mid - trace.resid_pre, trace.resid_post - trace.resid_mid, trace.resid_post), 1)      # (L, 3, T, C)
    states = torch.cat((trace.embedding[None], position[None], steps.flatten(0, 1)))                                  # (2 + 3 L, T, C)
    return states[:, -ROWS:].norm(dim=-1).T


def heads(trace: Trace) -> list[str]:
    """The head of each layer, as "layer.head", that reads the first token least and so the others most at the end of the text."""
    return [f"{layer}.{head}" for layer, head in enumerate(trace.pattern[:, :, -1, 0].argmin(1).tolist())]


def added(trace: Trace) -> tuple[Tensor, Tensor]:
    """How long what attention and feed-forward add at the last token is, beside the stream they add it to: (L,) each."""
    pre, mid, post = (state[:, -1] for state in (trace.resid_pre, trace.resid_mid, trace.resid_post))
    return (mid - pre).norm(dim=-1) / pre.norm(dim=-1), (post - mid).norm(dim=-1) / mid.norm(dim=-1)


def beside(t: Text, share: Tensor) -> str:
    """How long one vector is beside another: as a share of it, or how many times as long."""
    return t("home.share", share=t.percent(float(share))) if share < 1.5 else t("home.times", times=t.number(float(share), 1))


def nexts(t: Text, lm: LanguageModel, trace: Trace) -> list[list[dict]]:
    """For each shown token, what the model expects after it: the likeliest tokens with probability and logit."""
    logits = trace.logits[-ROWS:]
    top = logits.softmax(-1).topk(EXPECTED)
    values = logits.gather(-1, top.indices)
    return [[{"name": parts.shown(t, lm.tokenizer.tokens([i])[0]), "value": p, "text": t.percent(p, 1), "logit": t.number(logit, 2)}
             for i, p, logit in zip(*row, strict=True)]
            for row in zip(top.indices.tolist(), top.values.tolist(), values.tolist(), strict=True)]


def sentence(t: Text, trace: Trace) -> str:
    """Where in the machine most is added to the last token."""
    attention, forward = added(trace)
    most = int((attention + forward).argmax())
    return t("home.sentence", last=parts.quoted(t, trace.tokens[-1]), layer=most,
             attention=beside(t, attention[most]), forward=beside(t, forward[most]))


def stages(t: Text, trace: Trace, layers: int) -> list[dict]:
    """The stages, what each does in a few words, and the screen that opens it."""
    numbers = {"tokens": len(trace.tokens), "layers": layers, "width": trace.embedding.shape[-1],
               "vocabulary": t.number(trace.logits.shape[-1], 0)}
    return [{"title": t(f"home.stage.{name}.title", **numbers), "note": t(f"home.stage.{name}.note", **numbers), "screen": screen}
            for name, screen in STAGES.items()]


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: in which third of the blocks most is added to the last token."""
    trace = session.trace(t("home.guide.prompt"))
    attention, forward = added(trace)
    most, L = int((attention + forward).argmax()), len(attention)
    third = ("first", "middle", "last")[min(2, 3 * most // L)]
    return third, {"layer": most, "attention": beside(t, attention[most]), "forward": beside(t, forward[most])}
