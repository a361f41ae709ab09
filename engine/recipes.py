"""The shapes and recipes of the models that ship: the one place that says how they are made."""
from engine import finetune, train
from engine.model import Config

CORPUS_TOKENS = 20_000_000
CORPUS_SEED = 1
VOCABULARY = 4096
EARLY = 0.2                         # of a run reads short windows, where it reads any: as much as the corpus leads with what teaches to look up

BASE = Config(vocab_size=VOCABULARY, n_positions=256, n_embd=128, n_layer=4, n_head=4)
BASE_RECIPE = train.Recipe(tokens=16_000_000, stops=(10_000_000,), batch=8, rate=3e-3)

MINI = Config(vocab_size=VOCABULARY, n_positions=256, n_embd=128, n_layer=3, n_head=4)      # what the world is looked at with while it is written
MINI_RECIPE = train.Recipe(tokens=19_000_000, batch=8, rate=3e-3, short=64, early=EARLY)

ASSISTANT_RECIPE = finetune.Recipe(steps=900, batch=16)
ASSISTANT_EXAMPLES = 4_000          # per language
CHAT = {"before": ["<|user|>"], "after": ["<|end|>", "<|assistant|>"], "stop": ["<|end|>"]}
