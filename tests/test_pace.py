"""Three ways of reading: the same logits at once and one by one, a recurrent network of the same size, and times that only grow."""
import pytest
import torch
from pytest import approx
from torch.testing import assert_close

from engine import load
from engine.model import Config
from engine.pace import KINDS, LENGTHS, ROUNDS, Pace, Recurrent, lengths, measure, parameters, table


@pytest.fixture(scope="module")
def measured(tiny):
    return list(measure(tiny.decoder))


@pytest.mark.parametrize("name", ["base", "mini"])
def test_the_recurrent_network_weighs_what_the_decoder_weighs(name):
    decoder = load(name).decoder
    assert parameters(Recurrent(decoder.config)) == approx(parameters(decoder), rel=0.05)


def test_a_recurrent_network_reads_in_pieces_what_it_reads_whole():
    network, ids = Recurrent(Config(50, 32, 8, 1, 2)), torch.randint(50, (1, 20))
    with torch.no_grad():
        whole, _ = network(ids, None)
        first, state = network(ids[:, :7], None)
        second, _ = network(ids[:, 7:], state)
    assert_close(torch.cat([first, second], 1), whole, atol=1e-5, rtol=0)


def test_every_way_reads_the_whole_text_in_every_round(measured, tiny):
    for kind in KINDS:
        assert sum(one.what == kind and one.tokens == tiny.context for one in measured) == ROUNDS
    singles = [one for one in measured if one.what == "single"][:tiny.context]
    assert [one.tokens for one in singles] == list(range(1, tiny.context + 1))
    assert all(later.seconds > one.seconds > 0 for one, later in zip(singles, singles[1:], strict=False))


def test_the_middle_of_the_rounds_counts(tiny):
    paces = [Pace("single", 16, seconds) for seconds in (3.0, 1.0, 9.0)] + [Pace("parallel", 32, 2.0)]
    assert table(paces, tiny.decoder.config) == {"parallel": {32: 2.0}, "single": {16: 3.0}, "recurrent": {}}


def test_only_lengths_that_fit_are_read():
    assert lengths(Config(50, 256, 8, 1, 2)) == list(LENGTHS) and lengths(Config(50, 96, 8, 1, 2)) == [16, 32, 64] and lengths(Config(50, 8, 8, 1, 2)) == [8]


def test_at_once_is_sooner_than_one_by_one(measured, tiny):
    found = table(measured, tiny.decoder.config)
    assert found["parallel"][32] < found["single"][32] / 4


def test_reading_one_by_one_is_the_decoders_own_cache(tiny):
    ids, kept, logits = torch.randint(320, (1, 12), generator=torch.Generator().manual_seed(0)), None, []
    with torch.no_grad():
        for token in ids.split(1, 1):
            done = tiny.decoder(token, past=kept)
            kept = done.cache()
            logits.append(done.logits)
        assert_close(torch.cat(logits, 1), tiny.decoder(ids).logits, atol=1e-4, rtol=0)
