"""Training: windows hold whole documents, the loss falls, and a run that was interrupted ends like one that was not."""
import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine import KnobError, ModelError, TextError, parallel
from engine import train as engine_train
from engine.checkpoint import read_weights
from engine.data import Windows, batches
from engine.model import Config, Decoder, Without, apart
from engine.schedule import Schedule, Span, Stretch, plateau
from engine.snapshots import FILE
from engine.train import STATE, Recipe, advance, loss, optimizers_of, train, validation_loss

BOS = 0
SHAPE = Config(vocab_size=40, n_positions=16, n_embd=16, n_layer=2, n_head=2)
RECIPE = Recipe(tokens=16 * 4 * 40, spans=plateau(4, 0.25), warm_up=4, rate=1e-2)


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


def test_a_run_shorter_than_its_snapshots_keeps_only_those_it_reaches(windows, tmp_path):
    list(train(fresh(), windows, replace(RECIPE, snapshots=(0, 640, 1_000_000)), tmp_path))
    assert sorted(path.name for path in tmp_path.glob("at-*")) == [FILE.format(0), FILE.format(640)]


@pytest.mark.parametrize("stop", [4, 12])
def test_a_run_of_several_windows_that_was_interrupted_ends_like_one_that_was_not(windows, tmp_path, monkeypatch, stop):
    monkeypatch.setattr(engine_train, "SAVE_EVERY", 0.0)
    recipe = replace(RECIPE, tokens=16 * 8 * 8, spans=(Span(1, 8, (1.0, 0.5), 8), Span(1, 4, (0.5, 0.0))), warm_up=2)
    whole, part, resumed = fresh(), fresh(), fresh(seed=99)
    reports = list(train(whole, windows, recipe, tmp_path / "whole", report_every=4))
    assert [report.tokens for report in reports] == [256, 512, 768, 1024] and reports[-1].seconds_left == 0
    next(report for report in train(part, windows, recipe, tmp_path / "part", report_every=4) if report.step == stop)
    *_, last = train(resumed, windows, recipe, tmp_path / "part", report_every=4)
    assert last.tokens == 1024 and last.loss == pytest.approx(reports[-1].loss, abs=1e-5)
    for name, value in whole.state_dict().items():
        assert (resumed.state_dict()[name] - value).abs().max() < 1e-5, name


def test_windows_that_cannot_be_shared_out_later_are_refused_at_once(windows, tmp_path, monkeypatch):
    monkeypatch.setattr(parallel, "size", lambda: 8)
    recipe = replace(RECIPE, spans=(Span(1, 16, window=8), Span(1, 4)))
    with pytest.raises(KnobError, match="4 windows a step cannot be shared by 8"):
        next(train(fresh(), windows, recipe, tmp_path))


def test_a_saved_state_that_is_damaged_or_of_another_shape_is_refused(windows, tmp_path):
    list(train(fresh(), windows, RECIPE, tmp_path))
    other = Decoder(Config(vocab_size=40, n_positions=16, n_embd=32, n_layer=2, n_head=2)).initialise(0)
    with pytest.raises(ModelError, match=STATE):
        next(train(other, windows, RECIPE, tmp_path))
    (tmp_path / STATE).write_bytes((tmp_path / STATE).read_bytes()[:-9])
    with pytest.raises(ModelError, match=STATE):
        next(train(fresh(), windows, RECIPE, tmp_path))


def test_every_rate_follows_the_spans(windows, tmp_path, monkeypatch):
    rates = []
    monkeypatch.setattr(engine_train, "advance", lambda decoder, inputs, targets, optimizers, clip, bos: rates.append(
        [(type(o).__name__, group["lr"]) for o in optimizers for group in o.param_groups]) or (torch.tensor(0.0), torch.tensor(0.0)))
    recipe = replace(RECIPE, warm_up=4, spans=(Span(3, 4), Span(1, 4, (1.0, 0.0))))
    list(train(fresh(), windows, recipe, tmp_path))
    factors = [0.25, 0.5, 0.75, *[1.0] * 27, *(1 - i / 10 for i in range(10))]
    assert len(rates) == len(factors)
    for row, factor in zip(rates, factors, strict=True):
        assert len(row) == 3
        assert all(rate == pytest.approx(factor * (recipe.muon_rate if name == "Muon" else recipe.rate)) for name, rate in row)


MIXED = (Span(1, 4, window=8), Span(2, 2), Span(1, 3, window=8))


@pytest.mark.parametrize("step", [0, 2, 4, 7, 13, 15])
def test_a_run_taken_up_again_reads_on_whatever_its_windows_are(windows, step):
    stretches = Schedule(MIXED, 16 * 8 * 4, 16).stretches
    whole = list(batches(windows, stretches, 0, seed=1))
    assert [tuple(inputs.shape) for inputs, _ in whole] == [(4, 8)] * 4 + [(2, 16)] * 8 + [(3, 8)] * 5
    again = list(batches(windows, stretches, step, seed=1))
    assert len(again) == len(whole) - step
    assert all(torch.equal(a, b) and torch.equal(c, d) for (a, c), (b, d) in zip(again, whole[step:], strict=True))


def test_a_span_reads_on_where_the_one_before_it_stopped(tmp_path):
    chance = np.random.default_rng(3)
    numbers = itertools.count(1)
    write(tmp_path / "text.bin", [list(itertools.islice(numbers, int(chance.integers(2, 7)))) for _ in range(200)])      # no id twice
    windows = Windows(tmp_path / "text.bin", 16, BOS)
    steps = list(batches(windows, Schedule(MIXED, 16 * 8 * 4, 16).stretches, 0, seed=1))
    begins = [row[1] for inputs, _ in steps for row in inputs.tolist()]
    assert begins == sorted(set(begins))                                    # nothing twice, nothing out of turn
    read = {id for inputs, _ in steps for id in inputs.flatten().tolist()}
    left_out = sorted(set(range(max(read))) - read)
    assert len(left_out) <= 2 * 16                                          # between two stretches less than a window


def test_spans_of_one_length_read_one_order_through_every_time_over(windows):
    steps = 3 * len(windows)
    one = list(batches(windows, [Stretch(steps, 1, 16, (1.0, 1.0))], 0, seed=4))
    two = list(batches(windows, [Stretch(steps // 2, 1, 16, (1.0, 1.0)), Stretch(steps - steps // 2, 1, 16, (1.0, 0.0))], 0, seed=4))
    assert all(torch.equal(a, b) for (a, _), (b, _) in zip(one, two, strict=True))


@pytest.mark.parametrize("clip", [1e-3, 1e9])
def test_a_step_tells_the_length_of_the_gradient_before_it_is_clipped(windows, clip):
    inputs, targets = windows.batch(np.arange(4))
    decoder = fresh()
    loss(decoder, inputs, targets, BOS).backward()
    wanted = torch.stack([parameter.grad.square().sum() for parameter in decoder.parameters()]).sum().sqrt()
    decoder.zero_grad()
    value, length = advance(decoder, inputs, targets, optimizers_of(decoder, RECIPE), clip, BOS)
    assert float(length) == pytest.approx(float(wanted), rel=1e-4) and float(value) == pytest.approx(math.log(40), abs=0.2)


def test_what_is_taken_away_is_taken_away_in_training_and_validation_too(windows):
    inputs, targets = windows.batch(np.arange(8))
    decoder, without = fresh(), Without(mask=True, residual={0})
    wanted = torch.nn.functional.cross_entropy(decoder(inputs, without=without).logits.flatten(0, 1), targets.flatten()).detach()
    assert float(loss(decoder, inputs, targets, without=without).detach()) == pytest.approx(float(wanted), abs=0.02)       # the one in bfloat16
    assert validation_loss(decoder, windows, 1, alone=False, without=without) == pytest.approx(float(wanted), abs=1e-5)


def test_documents_in_memory_are_cut_like_those_in_a_file(windows):
    other = Windows.of(np.array(windows.ids), 16, BOS)
    assert np.array_equal(other.starts, windows.starts) and torch.equal(other.batch(np.arange(5))[1], windows.batch(np.arange(5))[1])
