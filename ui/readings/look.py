"""One sentence as a model has read it: what the ideas of the concept map take their numbers from."""
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from engine import LanguageModel, Trace, distribution
from ui import parts
from ui.i18n import Text

SHOWN = 6                           # rows of a picture
Said = tuple[dict[str, object], dict | None]            # numbers by the names that a sentence has for them, and a picture


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
