"""A model with GPT-2's vocabulary of 50,257 and its 1,024 positions: every screen stands, and nothing is worked out over all pairs of tokens."""
import time

import pytest
import torch

from engine import LanguageModel, maps, opening
from engine.model import Config, Decoder
from tests.test_current_model import OWN, open_app
from ui import kept, session
from ui.tour import ORDER

SHAPE = Config(vocab_size=50257, n_positions=1024, n_embd=48, n_layer=1, n_head=2)
SECONDS = 12                        # of work for a screen with its first text: a thing that grows with V² takes minutes


@pytest.fixture(scope="module")
def wide(tokenizer) -> LanguageModel:
    lm = LanguageModel(OWN, Decoder(SHAPE).initialise(1).eval().requires_grad_(False), tokenizer)
    return opening.bounded(lm)


@pytest.mark.parametrize("screen", ORDER)
def test_every_screen_stands(screen, wide):
    kept._models[OWN] = wide
    start = time.process_time()
    at = open_app(screen, OWN, {OWN: kept.Kept("wide", wide)})
    assert at.selectbox(key="model").value == OWN and not at.exception and not at.warning
    if any(box.key == "prompt" for box in at.text_input):
        at.text_input(key="prompt").input("The cat sat on the mat. " * 80).run()
        assert not at.exception and not at.error
    assert time.process_time() - start < SECONDS


def test_the_mean_distance_of_many_embeddings_is_taken_over_a_stated_number(monkeypatch, wide):
    table = wide.decoder.transformer.wte.weight
    whole = float(torch.pdist(table[:4000]).mean())
    monkeypatch.setattr(maps, "DRAWN", 1000)
    found = maps.atlas(table[:4000], opening.Path("nowhere"))
    assert found.measured == 1000 and found.apart == pytest.approx(whole, rel=0.01)
    assert maps.atlas(table[:900], opening.Path("nowhere")).measured == 900


def test_the_points_of_a_large_vocabulary_stay_small(wide, monkeypatch):
    monkeypatch.setattr(session.st, "session_state", {"model": OWN})
    kept._models[OWN] = wide
    assert len(session.points(OWN)[1]) < 4_000_000
