"""The benchmark of training: both loops learn, and the ratio is that of the times to one loss."""
import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from benchmarks import owntext
from benchmarks.training import Runner, compare, ours, plain
from engine.data import Windows
from engine.errors import TextError
from engine.model import Config, Decoder
from engine.train import validation_loss


@pytest.fixture
def windows(tmp_path):
    np.array([id for start in range(300) for id in (0, *(1 + (start + i) % 39 for i in range(7)))], dtype=np.uint16).tofile(tmp_path / "text.bin")
    return Windows(tmp_path / "text.bin", 16, 0)


@pytest.mark.parametrize("loop", [lambda *given: plain(*given, steps=96), ours], ids=["plain", "ours"])
def test_a_loop_reads_its_windows_and_learns(windows, loop):
    decoder = Decoder(Config(vocab_size=40, n_positions=16, n_embd=16, n_layer=2, n_head=2)).initialise(1)
    before = validation_loss(decoder, windows, 2)
    tokens = list(loop(windows, np.tile(np.arange(128), 12), decoder))
    assert sum(tokens) == 12 * 128 * 16 and validation_loss(decoder, windows, 2) < before - 0.05


def seen(*rows):
    return Runner("some", iter(()), float, seconds=rows[-1][0], tokens=rows[-1][1], seen=list(rows))


def test_the_ratio_is_that_of_the_times_to_where_the_plain_loop_ends():
    found = {figure.id: figure.value for figure in compare(seen((10.0, 1000, 5.0), (20.0, 2000, 4.0)), seen((8.0, 900, 4.5), (16.0, 1800, 3.9), (24.0, 2700, 3.0)))}
    assert found == {"training.plain.pace": 100, "training.ours.pace": 112.5, "training.plain.loss": 4.0, "training.ours.loss": 3.0,
                     "training.plain.time": 20.0, "training.ours.time": 16.0, "training.ratio": 0.8}


def test_characters_are_learnt_and_their_loss_is_that_of_every_position():
    ids = torch.arange(2000) % 7
    decoder = Decoder(Config(vocab_size=7, n_positions=owntext.CONTEXT, n_embd=16, n_layer=1, n_head=2)).initialise(1)
    logits = decoder(ids[None, :owntext.CONTEXT]).logits[0].detach()
    assert owntext.nats(decoder, ids[:owntext.CONTEXT + 1]) == pytest.approx(float(F.cross_entropy(logits, ids[1:owntext.CONTEXT + 1])), abs=1e-5)
    before = owntext.nats(decoder, ids)
    assert list(owntext.plain(ids, decoder, 60)) == [owntext.BATCH * owntext.CONTEXT] * 60
    assert owntext.nats(decoder, ids) < before - 0.2


def test_both_learn_a_text_of_ones_own_to_their_end(tmp_path):
    (tmp_path / "own.txt").write_text("\n\n".join(f"Line {n} says that {n} and one are {n + 1}." for n in range(800)), encoding="utf-8")
    found = {figure.id: figure for figure in owntext.measure(tmp_path / "own.txt", 3.5, quick=True)}
    assert found["owntext.plain.loss"].value < math.log(60) and 0 < found["owntext.ours.loss"].value < 5
    assert found["owntext.plain.time"].value <= found["owntext.plain.seconds"].value and found["owntext.plain.loss"].name.startswith("Decoder of characters")
    with pytest.raises(TextError) as fault:
        (tmp_path / "short.txt").write_text("A few words.", encoding="utf-8")
        owntext.measure(tmp_path / "short.txt", 3.5)
    assert fault.value.code == "text_short"


def test_a_loss_that_is_never_reached_has_no_time():
    assert {figure.id: figure.value for figure in compare(seen((20.0, 2000, 4.0)), seen((16.0, 1800, 4.1)))}["training.ratio"] == math.inf
