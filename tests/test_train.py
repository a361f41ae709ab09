"""Training: windows hold whole documents, the loss falls, and a run that was interrupted ends like one that was not."""
import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine import ModelError, TextError
from engine import train as engine_train
from engine.checkpoint import read_weights
from engine.data import Windows, batches
from engine.model import Config, Decoder, apart
from engine.snapshots import FILE
from engine.train import STATE, Recipe, loss, train, validation_loss

BOS = 0
SHAPE = Config(vocab_size=40, n_positions=16, n_embd=16, n_layer=2, n_head=2)
RECIPE = Recipe(tokens=16 * 4 * 40, batch=4, warm_up=4, rate=1e-2)


def write(path, documents) -> None:
    """Each document behind its BOS, as the corpus builder writes them."""
    np.array([id for document in documents for id in (BOS, *document)], dtype=np.uint16).tofile(path)


@pytest.fixture
def windows(tmp_path):
    """Documents that count up from a random number: after a few steps the next token is nearly certain."""
    chance = np.random.default_rng(0)
    documents = [[1 + (start + i) % 39 for i in range(chance.integers(4, 12))]
                 for start in chance.integers(39, size=300)]
    write(tmp_path / "text.bin", documents)
    return Windows(tmp_path / "text.bin", 16, BOS)


def fresh(seed: int = 0) -> Decoder:
    return Decoder(SHAPE).initialise(seed)


@pytest.mark.parametrize("seed", range(4))
def test_windows_begin_with_bos_and_every_document_appears_whole(tmp_path, seed):
    chance = np.random.default_rng(seed)
    documents = [[*map(int, chance.integers(1, 60_000, size=chance.integers(0, 16)))] for _ in range(200)]
    write(tmp_path / "text.bin", documents)
    windows = Windows(tmp_path / "text.bin", 16, BOS)
    inputs, targets = windows.batch(np.arange(len(windows)))
    assert inputs.shape == targets.shape == (len(windows), 16) and inputs.dtype == torch.long
    assert inputs[:, 0].eq(BOS).all() and torch.equal(inputs[:, 1:], targets[:, :-1])
    rows = [" " + " ".join(map(str, [BOS, *row.tolist()])) + " " for row in targets]
    for document in documents:
        wanted = " " + " ".join(map(str, [BOS, *document, BOS])) + " "
        assert any(wanted in row for row in rows), f"{wanted}is in no window"


def test_a_document_longer_than_a_window_is_cut_and_the_next_one_begins_anew(tmp_path):
    write(tmp_path / "text.bin", [range(1, 30), range(31, 60), range(1, 20)])
    windows = Windows(tmp_path / "text.bin", 8, BOS)
    assert windows.batch(np.arange(len(windows)))[0][:, :3].tolist() == [[0, 1, 2], [0, 31, 32], [0, 1, 2]]


def test_behind_the_last_document_comes_the_first_again(tmp_path):
    write(tmp_path / "text.bin", [[1, 2], [3, 4]])
    windows = Windows(tmp_path / "text.bin", 8, BOS)
    inputs, targets = windows.batch(np.arange(1))
    assert inputs.tolist() == [[0, 1, 2, 0, 3, 4, 0, 1]] and targets.tolist() == [[1, 2, 0, 3, 4, 0, 1, 2]]


@pytest.mark.parametrize("ids", [[], [1, 2, 3] * 20], ids=["empty", "no document begins"])
def test_a_text_without_a_document_is_refused(tmp_path, ids):
    np.array(ids, dtype=np.uint16).tofile(tmp_path / "text.bin")
    with pytest.raises(TextError):
        Windows(tmp_path / "text.bin", 16, BOS)


def test_every_window_comes_once_before_any_comes_again(windows):
    n = len(windows)
    both = list(itertools.islice(windows.order(1), 2 * n))
    first, second = both[:n], both[n:]
    assert first == sorted(second) == list(range(n)) and first != second         # as it was written, then shuffled
    assert list(itertools.islice(windows.order(1), n, 2 * n)) == second != list(itertools.islice(windows.order(2), n, 2 * n))


def test_an_untrained_model_knows_nothing(windows):
    inputs, targets = windows.batch(np.arange(32))
    assert loss(fresh(), inputs, targets).item() == pytest.approx(math.log(40), abs=0.2)
    assert validation_loss(fresh(), windows, batches=4) == pytest.approx(math.log(40), abs=0.2)


@pytest.mark.parametrize("alone", [False, True])
def test_validation_loss_is_the_mean_over_its_windows(windows, alone):
    decoder = fresh()
    inputs, targets = windows.batch(np.arange(13))
    with torch.no_grad():
        logits = decoder(inputs, hidden=apart(inputs, BOS) if alone else None).logits
        expected = float(torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten()))
    assert validation_loss(decoder, windows, batches=13, batch=1, alone=alone) == pytest.approx(expected, abs=1e-5)


def test_a_document_is_read_as_if_no_other_stood_in_the_window():
    decoder, one, other = fresh(), torch.tensor([[BOS, 5, 6, 7, BOS, 8, 9]]), torch.tensor([[BOS, 1, 2, 3, BOS, 8, 9]])
    with torch.no_grad():
        alone, beside = (decoder(ids, hidden=apart(ids, BOS)).logits for ids in (one, other))
        first, seen = decoder(one[:, :4]).logits, decoder(one).logits
    assert torch.equal(alone[:, 4:], beside[:, 4:]) and not torch.allclose(alone[:, 4:], seen[:, 4:])
    torch.testing.assert_close(alone[:, :4], first)
    targets = one.roll(-1, 1)
    assert loss(decoder, one, targets, BOS).item() != pytest.approx(loss(decoder, one, targets).item(), abs=1e-6)


def test_the_loss_falls(windows, tmp_path):
    decoder = fresh()
    reports = list(train(decoder, windows, RECIPE, tmp_path / "run", report_every=10))
    assert [report.step for report in reports] == [10, 20, 30, 40] and reports[-1].tokens == RECIPE.tokens
    losses = [report.loss for report in reports]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > 3 and validation_loss(decoder, windows, 8) < 2
    assert not decoder.training and reports[-1].seconds_left == 0


@pytest.mark.parametrize("stop", [10, 30])
def test_an_interrupted_run_ends_like_one_that_was_not(windows, tmp_path, monkeypatch, stop):
    monkeypatch.setattr(engine_train, "SAVE_EVERY", 0.0)
    whole, part = fresh(), fresh()
    *_, expected = train(whole, windows, RECIPE, tmp_path / "whole", report_every=10)
    for report in train(part, windows, RECIPE, tmp_path / "part", report_every=10):
        if report.step == stop:
            break
    resumed = fresh(seed=99)                        # whatever it starts from is replaced by what was saved
    *_, last = train(resumed, windows, RECIPE, tmp_path / "part", report_every=10)
    assert (last.step, last.tokens) == (expected.step, expected.tokens)
    assert last.loss == pytest.approx(expected.loss, abs=1e-5)
    for name, value in whole.state_dict().items():
        assert (resumed.state_dict()[name] - value).abs().max() < 1e-5, name


def test_a_finished_run_has_nothing_left_to_do(windows, tmp_path):
    decoder, again = fresh(), fresh(seed=5)
    list(train(decoder, windows, RECIPE, tmp_path))
    assert list(train(again, windows, RECIPE, tmp_path)) == []
    for name, value in decoder.state_dict().items():
        assert torch.equal(again.state_dict()[name], value)


def test_whoever_stops_at_the_last_report_has_it_saved(windows, tmp_path):
    next(report for report in train(fresh(), windows, RECIPE, tmp_path, report_every=40))
    assert (tmp_path / STATE).is_file()


def test_weights_are_kept_on_the_way(windows, tmp_path):
    recipe, decoder, seen = replace(RECIPE, snapshots=(0, 16 * 4 * 20)), fresh(), {0: fresh().state_dict()}
    for report in train(decoder, windows, recipe, tmp_path, report_every=20):
        seen[report.tokens] = {name: value.clone() for name, value in decoder.state_dict().items()}
    for tokens in recipe.snapshots:
        found = read_weights(tmp_path / FILE.format(tokens))
        assert found.keys() == seen[tokens].keys() and all(torch.equal(found[name], value) for name, value in seen[tokens].items())


def test_a_saved_state_that_is_damaged_or_of_another_shape_is_refused(windows, tmp_path):
    list(train(fresh(), windows, RECIPE, tmp_path))
    other = Decoder(Config(vocab_size=40, n_positions=16, n_embd=32, n_layer=2, n_head=2)).initialise(0)
    with pytest.raises(ModelError, match=STATE):
        next(train(other, windows, RECIPE, tmp_path))
    (tmp_path / STATE).write_bytes((tmp_path / STATE).read_bytes()[:-9])
    with pytest.raises(ModelError, match=STATE):
        next(train(fresh(), windows, RECIPE, tmp_path))


def test_the_rate_warms_up_holds_and_falls_to_nothing():
    recipe = Recipe(tokens=0, warm_up=10, decay=0.25)
    factors = [recipe.factor(step, 100) for step in range(100)]
    assert factors[:10] == pytest.approx([0.1 * (step + 1) for step in range(10)], abs=1e-9)
    assert factors[10:76] == [1.0] * 66
    assert factors[75:] == pytest.approx([1 - i / 25 for i in range(25)], abs=1e-9)


def test_rates_calm_down_over_the_second_half_of_the_lessons_and_stay_calm():
    recipe = replace(RECIPE, calm=0.2)
    way = [recipe.calming(step, 40) for step in range(100)]
    assert way[:21] == [1.0] * 21 and way[40:] == pytest.approx([0.2] * 60)
    assert way[20:41] == pytest.approx([1 - 0.8 * i / 20 for i in range(21)])
    assert recipe.calming(0, 0) == pytest.approx(0.2) and RECIPE.calming(7, 5) == 1.0


def test_every_rate_is_calmed(windows, tmp_path, monkeypatch):
    rates = []
    monkeypatch.setattr(engine_train, "advance", lambda decoder, inputs, targets, optimizers, clip, bos: rates.append(
        [(type(o).__name__, group["lr"]) for o in optimizers for group in o.param_groups]) or torch.tensor(0.0))
    recipe = replace(RECIPE, warm_up=1, decay=0.01, short=4, early=0.5, calm=0.1)
    list(train(fresh(), windows, recipe, tmp_path))
    for row, part in ((rates[0], 1.0), (rates[len(rates) // 2], 0.1)):
        assert len(row) == 3
        assert all(rate == pytest.approx(part * (recipe.muon_rate if name == "Muon" else recipe.rate)) for name, rate in row)


def test_short_windows_come_first_and_a_run_taken_up_again_reads_on(windows):
    whole = list(batches(windows, 2, 12, 0, seed=1, short=8, early=5))
    assert [tuple(inputs.shape) for inputs, _ in whole] == [(2 * windows.length // 8, 8)] * 5 + [(2, windows.length)] * 7
    for step in (0, 3, 5, 8):
        again = list(batches(windows, 2, 12, step, seed=1, short=8, early=5))
        assert len(again) == 12 - step
        assert all(torch.equal(a, b) and torch.equal(c, d) for (a, c), (b, d) in zip(again, whole[step:], strict=True))
    later = {tuple(row) for inputs, _ in whole[5:6] for row in inputs[:, :8].tolist()}
    assert not later & {tuple(row) for inputs, _ in whole[:4] for row in inputs.tolist()}        # nothing is read twice


def test_without_short_windows_every_step_reads_whole_ones(windows):
    plain = [inputs for inputs, _ in batches(windows, 2, 4, 0, seed=1)]
    assert all(torch.equal(inputs, windows.batch(np.arange(2 * i, 2 * i + 2) % len(windows))[0]) for i, inputs in enumerate(plain))
