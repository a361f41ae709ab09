"""What each part adds is all there is: the parts add up to the stream, to the logit, and the last lens is the output."""
import pytest
import torch
from pytest import approx

from engine import Without
from engine.attribution import carried, contributions, lens, mixes, towards, written
from engine.checkpoint import load

TEXT = "The cat sat on the mat"
REMOVED = {"nothing": Without(), "mask": Without(mask=True), "heads": Without(heads={(0, 1), (1, 3)}), "positions": Without(positions=True),
           "norms": Without(norm={0, 2})}


@pytest.mark.parametrize("removed", REMOVED.values(), ids=REMOVED)
def test_parts_add_up_to_the_stream_and_to_every_logit(tiny, removed):
    trace = tiny.trace(TEXT, without=removed)
    for at in (0, 3, -1):
        torch.testing.assert_close(written(tiny.decoder, trace, at).total(), trace.resid_post[-1, at], atol=1e-5, rtol=0)
        for token in (0, 7, 319):
            assert contributions(tiny.decoder, trace, token, at).total() == approx(float(trace.logits[at, token]), abs=1e-4)


@pytest.mark.parametrize("removed", REMOVED.values(), ids=REMOVED)
def test_last_lens_is_the_output(tiny, removed):
    trace = tiny.trace(TEXT, without=removed)
    logits = lens(tiny.decoder, trace, 4)
    assert logits.shape == (3, 320)
    torch.testing.assert_close(logits[-1], trace.logits[4], atol=1e-5, rtol=0)


def test_first_lens_sees_the_embedding_alone(tiny):
    """Two texts that end alike at the same position begin with the same guess."""
    one, two = (lens(tiny.decoder, tiny.trace(text)) for text in ("abc the", "xyz the"))
    torch.testing.assert_close(one[0], two[0])
    assert not torch.allclose(one[-1], two[-1])


def test_head_off_writes_nothing(tiny):
    trace = tiny.trace(TEXT, without=Without(heads={(1, 2)}))
    assert mixes(trace)[1, 2].abs().sum() == 0
    assert contributions(tiny.decoder, trace, 5).heads[1, 2] == 0 != contributions(tiny.decoder, tiny.trace(TEXT), 5).heads[1, 2]


def test_contribution_is_what_the_logit_loses_without_a_last_part(tiny):
    """With no final LayerNorm nothing stands between a head of the last layer and the logits but its feed-forward network, held here."""
    trace = tiny.trace(TEXT, without=Without(norm={2}))
    stream = trace.resid_post[-1, -1] - written(tiny.decoder, trace).heads[1, 0]
    lost = trace.logits[-1, 9] - stream @ tiny.decoder.unembedding[9]
    assert float(contributions(tiny.decoder, trace, 9).heads[1, 0]) == approx(float(lost), abs=1e-5)


def test_stream_that_was_cut_is_no_sum(tiny):
    with pytest.raises(AssertionError):
        written(tiny.decoder, tiny.trace(TEXT, without=Without(residual={1})))


@pytest.mark.parametrize("text", ["Once upon a time there was a little", "La capital de Francia es"])
def test_base_adds_up_too(text):
    lm = load("base")
    trace = lm.trace(text)
    best = int(trace.logits[-1].argmax())
    assert contributions(lm.decoder, trace, best).total() == approx(float(trace.logits[-1, best]), abs=1e-3)


def test_what_is_carried_from_all_tokens_is_what_the_head_writes(tiny):
    trace = tiny.trace(TEXT, without=Without(heads={(1, 3)}))
    for layer, head in ((0, 2), (1, 0), (1, 3)):
        for query in (0, 4):
            parts = sum(carried(tiny.decoder, trace, layer, head, query, key) for key in range(len(trace.tokens)))
            torch.testing.assert_close(parts, written(tiny.decoder, trace, query).heads[layer, head], atol=1e-6, rtol=0)


def test_part_of_the_stream_adds_its_share_of_the_logit(tiny):
    trace = tiny.trace(TEXT)
    part = written(tiny.decoder, trace).heads[1, 2]
    assert towards(tiny.decoder, trace, part, 11) == approx(float(contributions(tiny.decoder, trace, 11).heads[1, 2]), abs=1e-6)
