"""The shapes and recipes of the models that ship: the one place that says how they are made."""
from dataclasses import dataclass, replace

from engine import finetune, train
from engine.model import Config
from engine.schedule import Span, plateau

CORPUS_TOKENS = 36_000_000
CORPUS_SEED = 1
VOCABULARY = 4096

SHORT = 64                          # tokens of a window in the lessons


@dataclass(frozen=True)
class Size:
    """A model that ships: its name, its shape, how it is trained."""
    name: str
    config: Config
    recipe: train.Recipe


def lessons(batch: int) -> tuple[Span, ...]:
    """How a model reads the corpus: lengths are millions of tokens read, of CORPUS_TOKENS; the second lesson in small steps for every size.

    High rates and short windows while it learns to look things up, at first and once more; such rates would undo it where the text
    is of other things too. The spans meet the lessons of the text (`PARTS`, which counts characters written): whole windows
    read what the end of a window cuts off again, 1.18 tokens for each of the text, and short ones leave the ends of long
    documents out, 0.81. So 15.2 million tokens read are 14.35 million of the text, where the second lesson begins.
    """
    return (Span(2.28, 4 * batch, (1.0, 1.0), SHORT), Span(2.28, 4 * batch, (1.0, 0.35), SHORT),
            Span(9.36, batch, (0.35, 0.35)), Span(1.30, batch, (0.35, 0.305)),
            Span(0.20, 16, (0.3, 1.3), SHORT), Span(0.70, 16, (1.3, 1.3), SHORT), Span(1.50, 16, (1.3, 0.35), SHORT),
            Span(6.00, batch, (0.35, 0.35)), Span(12.38, batch, (0.35, 0.0)))


BASE = Config(vocab_size=VOCABULARY, n_positions=256, n_embd=256, n_layer=6, n_head=8)
BASE_RECIPE = train.Recipe(tokens=CORPUS_TOKENS, spans=lessons(8), rate=3e-3, muon_rate=0.01)

MINI = Config(vocab_size=VOCABULARY, n_positions=256, n_embd=128, n_layer=3, n_head=4)      # what the world is looked at with while it is written
MINI_RECIPE = train.Recipe(tokens=CORPUS_TOKENS, spans=lessons(4), rate=6e-3, muon_rate=0.01,
                           snapshots=(0, 262_144, 2_097_152, 5_242_880, 10_485_760))        # two in the lessons, two behind them


def _rung(layers: int, heads: int, width: int, rate: float) -> tuple[Config, train.Recipe]:
    """Another size on the same tokens in the same order."""
    return replace(MINI, n_layer=layers, n_head=heads, n_embd=width), replace(MINI_RECIPE, rate=rate, snapshots=())


SIZES = (Size("base", BASE, BASE_RECIPE), Size("mini", MINI, MINI_RECIPE),
         Size("nano", *_rung(1, 2, 64, 8e-3)), Size("micro", *_rung(2, 3, 96, 7e-3)))

MEASURED = (Size("small", *_rung(4, 6, 192, 4e-3)),         # of these only the figures ship, so that a copy of this project stays small
            *(Size(f"depth-{layers}", *_rung(layers, MINI.n_head, MINI.n_embd, MINI_RECIPE.rate)) for layers in (1, 2, 4, 6)))      # mini has 3

NAMED = {size.name: size for size in (*SIZES, *MEASURED)}

OWN_RECIPE = train.Recipe(tokens=4_000_000, spans=plateau(4, 0.5), rate=6e-3, muon_rate=0.01, apart=False)      # a reader's own text, read again and again
OWN_TIMES, OWN_LEAST = 10, 300_000      # how often it is read, and how many tokens of it at least; at most those of the recipe

PLAIN = "assistant"                 # who answers without a voice
CHAT_RECIPE = finetune.Recipe(steps=2000, batch=16, replay=0.25)
CHAT_EXAMPLES = 4_000               # per language
CHAT = {"before": ["<|user|>"], "after": ["<|end|>", "<|assistant|>"], "stop": ["<|end|>"]}


def own_tokens(there: int) -> int:
    """How many tokens of a reader's own text of so many a training reads."""
    return min(OWN_RECIPE.tokens, max(OWN_LEAST, OWN_TIMES * there))
