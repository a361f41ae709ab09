"""The machine at a glance: what each stage carries, what the last token takes from the others."""
import torch
from torch import Tensor

from engine import Trace
from ui import parts, session
from ui.i18n import Text

ROWS = 12                           # tokens shown
CELLS = 16                          # a stream's numbers, pooled to so many cells
STAGES = {"tokens": "embeddings", "embedding": "embeddings", "blocks": "attention", "next": "probabilities"}


def streams(trace: Trace) -> Tensor:
    """What each token carries after the embedding and after each block: (L + 1, rows, cells), 0…1.

    Root mean squares over groups of neighbouring numbers, as a share of the largest one that is not the first token's,
    whose stream grows far beyond the others'.
    """
    states = torch.cat((trace.resid_pre[:1], trace.resid_post))                         # (L + 1, T, C)
    pooled = states.unflatten(-1, (CELLS, -1)).square().mean(-1).sqrt()                 # (L + 1, T, cells)
    most = pooled[:, 1:].amax() if pooled.shape[1] > 1 else pooled.amax()
    return (pooled[:, -ROWS:] / most).clamp(max=1)


def reads(trace: Trace) -> Tensor:
    """How much the last token reads each shown token, averaged over the heads of each layer: (L, rows)."""
    return trace.pattern[:, :, -1, -ROWS:].mean(1)


def added(trace: Trace) -> tuple[Tensor, Tensor]:
    """How long what attention and feed-forward add at the last token is, beside the stream they add it to: (L,) each."""
    pre, mid, post = (state[:, -1] for state in (trace.resid_pre, trace.resid_mid, trace.resid_post))
    return (mid - pre).norm(dim=-1) / pre.norm(dim=-1), (post - mid).norm(dim=-1) / mid.norm(dim=-1)


def sentence(t: Text, trace: Trace) -> str:
    """Where in the machine most is added to the last token."""
    attention, forward = added(trace)
    most = int((attention + forward).argmax())
    return t("home.sentence", last=parts.quoted(t, trace.tokens[-1]), layer=most,
             attention=t.percent(float(attention[most])), forward=t.percent(float(forward[most])))


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
    return third, {"layer": most, "attention": t.percent(float(attention[most])), "forward": t.percent(float(forward[most]))}
