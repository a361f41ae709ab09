"""The formulas of a decoder's size: equal to the count of the built one, to the published figures, and to its own operations."""
import random

import pytest
import torch

from engine import checkpoint, parameters
from engine.cards import GPT3_PARAMETERS
from engine.model import Config, Decoder
from engine.parameters import PUBLISHED, cache_numbers, days, fitting_heads, forward_flops, total, training_flops

NAMES = {"tokens": "wte", "positions": "wpe", "c_attn": "attn.c_attn", "c_proj": "attn.c_proj", "forward": "mlp", "norms": ".ln_1|.ln_2", "final": "ln_f", "head": "lm_head"}


def configs(count: int) -> list[Config]:
    """Random shapes of every kind, tied and not."""
    chance = random.Random(7)
    made = []
    for _ in range(count):
        heads = chance.randint(1, 16)
        made.append(Config(chance.randint(1, 60_000), chance.randint(1, 4096), heads * chance.randint(1, 96), chance.randint(1, 24), heads,
                           tie_word_embeddings=chance.random() < 0.5))
    return made


@pytest.mark.parametrize("config", configs(50), ids=lambda c: f"{c.n_layer}x{c.n_embd}")
def test_formula_is_the_count_of_the_built_decoder(config):
    with torch.device("meta"):
        decoder = Decoder(config)
    assert total(config) == sum(p.numel() for p in decoder.parameters())
    for part, count in parameters.parameters(config).items():
        own = [p.numel() for name, p in decoder.named_parameters() if any(piece in name for piece in NAMES[part].split("|"))]
        assert count == sum(own), part


@pytest.mark.parametrize("name, count", [("gpt2", 124_439_808), ("gpt2-xl", 1_557_611_200), ("gpt3", 174_604_259_328)])
def test_published_figures(name, count):
    assert total(PUBLISHED[name].config) == count
    assert GPT3_PARAMETERS == total(PUBLISHED["gpt3"].config)


@pytest.mark.parametrize("name", ["nano", "micro", "mini", "base"])
def test_our_models(name):
    lm = checkpoint.load(name)
    assert total(lm.decoder.config) == lm.card["parameters"] == sum(p.numel() for p in lm.decoder.parameters())


def test_training_of_gpt3_is_what_its_authors_state():
    """Brown et al. 2020, table D.1: 3.14e23 operations, 3.64e3 petaflop/s-days."""
    work = training_flops(total(PUBLISHED["gpt3"].config), PUBLISHED["gpt3"].tokens)
    assert work == pytest.approx(3.14e23, rel=2e-3) and days(work, 1e15) == pytest.approx(3.64e3, rel=2e-3)


def test_operations_are_two_for_each_weight_that_is_multiplied_with():
    config = Config(320, 32, 16, 2, 4)
    with torch.device("meta"):
        decoder = Decoder(config)
    products = sum(p.numel() for name, p in decoder.named_parameters() if p.ndim == 2 and "wpe" not in name)      # the tied embedding, once, as the head
    assert forward_flops(config)["weights"] == 2 * products
    every = sum(2 * 2 * config.n_layer * config.n_embd * n for n in range(1, config.n_positions + 1))         # scores and mix, of one to T positions
    assert forward_flops(config)["attention"] == pytest.approx(every / config.n_positions, rel=0.04)


def test_cache_is_what_a_full_context_keeps(tiny):
    T = tiny.context
    done = tiny.decoder(torch.zeros(1, T, dtype=torch.long))
    assert cache_numbers(tiny.decoder.config) == sum(k.numel() + v.numel() for k, v in done.cache())


@pytest.mark.parametrize("width, wanted, heads", [(256, 8, 8), (12_288, 96, 96), (1600, 25, 25), (1600, 24, 25), (97, 8, 1), (8, 200, 8), (250, 7, 5)])
def test_heads_share_the_width_out(width, wanted, heads):
    assert fitting_heads(width, wanted) == heads and width % heads == 0
