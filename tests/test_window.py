"""The window keeps the end of the text, says what fell out, and never loses the beginning-of-text token."""
from dataclasses import replace

import pytest

from engine import KnobError, TextError
from engine.window import fit


@pytest.mark.parametrize("size, bos, dropped, kept", [
    (10, None, [], [1, 2, 3, 4, 5]), (5, None, [], [1, 2, 3, 4, 5]), (4, None, [1], [2, 3, 4, 5]),
    (2, None, [1, 2, 3], [4, 5]), (10, 0, [], [0, 1, 2, 3, 4, 5]), (6, 0, [], [0, 1, 2, 3, 4, 5]),
    (5, 0, [1], [0, 2, 3, 4, 5]), (2, 0, [1, 2, 3, 4], [0, 5])])
def test_fit(size, bos, dropped, kept):
    ids = [1, 2, 3, 4, 5]
    assert fit(ids, size, bos) == (dropped, kept)
    assert ids == [1, 2, 3, 4, 5]


def test_nothing_fits_anywhere():
    assert fit([], 2) == ([], []) and fit([], 2, bos=7) == ([], [7])


@pytest.mark.parametrize("size", [1, 0, -5])
def test_a_window_too_small(size, tiny):
    for attempt in (lambda: fit([1, 2, 3], size), lambda: tiny.trace("a", window=size),
                    lambda: next(tiny.generate("a", window=size))):
        with pytest.raises(KnobError) as caught:
            attempt()
        assert caught.value.details["size"] == size and caught.value.details["least"] == 2


def test_a_window_beyond_the_context(tiny):
    with pytest.raises(KnobError, match="2 to 32 tokens, not 33"):
        tiny.trace("a", window=33)
    assert tiny.window(None) == tiny.window(32) == tiny.context == 32


@pytest.mark.parametrize("window", [2, 7, 31, 32, None])
@pytest.mark.parametrize("text", ["The cat", "The señora sat on €🦊, " * 5])
def test_a_trace_shows_all_that_was_read_and_all_that_fell_out(tiny, text, window):
    trace = tiny.trace(text, window=window)
    assert trace.tokens[0].id == tiny.bos and trace.tokens[0].text == "<|endoftext|>"
    assert b"".join(token.bytes for token in trace.dropped + trace.tokens[1:]).decode() == text
    room = (window or tiny.context) - 1
    assert len(trace.tokens) - 1 == min(room, len(tiny.tokenizer.encode(text)))
    assert trace.logits.shape[0] == trace.pattern.shape[-1] == len(trace.tokens)
    assert [*trace.dropped, *trace.tokens[1:]] == tiny.tokenizer.tokens(tiny.tokenizer.encode(text))


def test_a_window_reads_what_the_end_alone_would_be(tiny):
    cut, alone = tiny.trace("aaa xyz", window=4), tiny.trace("xyz")
    assert [token.text for token in cut.tokens[1:]] == ["x", "y", "z"]
    assert (cut.logits - alone.logits).abs().max() < 1e-6


def test_an_empty_text_is_the_beginning_alone_or_nothing(tiny):
    assert [token.id for token in tiny.trace("").tokens] == [tiny.bos]
    with pytest.raises(TextError, match="no text to read"):
        replace(tiny, bos=None).trace("")
