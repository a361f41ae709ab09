"""What the engine's tests share: one tiny random model with a tokenizer of its own, in memory and in a folder."""
import shutil

import pytest
import torch

from engine import checkpoint
from engine.lm import LanguageModel, begins_with
from engine.model import Config, Decoder
from engine.tokenizer import Tokenizer
from ui import links

TEXTS = (
    "The cat sat on the mat and looked at the dog.", "Once upon a time there was a small fox who lived in a wood.",
    "El niño pequeño comía una manzana en el jardín.", "¿Dónde está la señora? La señora está en la montaña.",
    "The fox said: good morning! It was 7 o'clock in 2024.", "Había una vez una niña que tenía un corazón alegre.")


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer.train(TEXTS, 320)


@pytest.fixture(scope="session")
def tiny(tokenizer) -> LanguageModel:
    """Two layers of four heads over 32 positions; every weight random and wide, so that no pattern is near uniform."""
    decoder = Decoder(Config(vocab_size=320, n_positions=32, n_embd=16, n_layer=2, n_head=4))
    chance = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for name, parameter in decoder.named_parameters():
            around = 1.0 if ".ln_" in name and name.endswith("weight") else 0.0
            parameter.copy_(around + 0.2 * torch.randn(parameter.shape, generator=chance))
    return LanguageModel("tiny", decoder.eval().requires_grad_(False), tokenizer, begins_with(tokenizer))


@pytest.fixture(scope="session")
def _saved(tiny, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "tiny"
    checkpoint.save(tiny, folder, dtype=torch.float32)
    return folder


@pytest.fixture
def folder(_saved, tmp_path):
    """The tiny model on disk in float32, a fresh copy for each test to damage."""
    return shutil.copytree(_saved, tmp_path / "tiny")


@pytest.fixture
def untouched(monkeypatch) -> dict:
    """No reader has set anything: a plain dictionary stands for the page's state."""
    state: dict = {}
    monkeypatch.setattr(links.st, "session_state", state)
    return state
