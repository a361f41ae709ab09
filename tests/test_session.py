"""The store of traces: the same object back, a key for everything that changes a trace, and no more bytes than allowed."""
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import torch

from engine import Without
from engine.model import NOTHING
from ui.session import Traces

ALL = dict(window=None, without=NOTHING, chat=False)


@pytest.fixture
def ask(tiny):
    def ask(store: Traces, text: str, **other):
        return store.get(tiny, text, **(ALL | other))
    return ask


def test_same_question_same_object(ask):
    store = Traces()
    assert ask(store, "the cat") is ask(store, "the cat")


def test_whatever_changes_a_trace_is_in_the_key(ask, tiny):
    store = Traces()
    asked = [{}, {"window": 4}, {"window": 5}, {"without": Without(heads=frozenset({(0, 1)}))}, {"chat": True}]
    traces = [ask(store, "the cat sat", **other) for other in asked] + [ask(store, "the cat sat!")]
    assert len({id(trace) for trace in traces}) == len(traces)
    assert all(ask(store, "the cat sat", **other) is trace for other, trace in zip(asked, traces))
    assert len(traces[1].tokens) == 4 and len(traces[2].tokens) == 5 and traces[3].without.heads


def test_several_texts_share_a_pass_where_they_are_as_long(tiny, monkeypatch):
    texts = ["the cat sat on the mat", "the mat sat on the cat", "a", "the cat sat on the mat"]
    without = Without(positions=True)
    alone = [tiny.trace(text, without=without) for text in texts]
    passes, forward = [], type(tiny.decoder).forward
    monkeypatch.setattr(type(tiny.decoder), "forward", lambda self, ids, *args, **named: passes.append(tuple(ids.shape)) or forward(self, ids, *args, **named))
    store = Traces()
    found = store.all(tiny, texts, without)
    assert sorted(passes) == sorted([(2, len(alone[0].tokens)), (1, len(alone[2].tokens))]) and found[0] is found[3]
    for one, other in zip(found, alone, strict=True):
        assert one.tokens == other.tokens and one.without == other.without
        for name in ("embedding", "position", "pattern", "neurons", "resid_post", "logits"):
            assert torch.allclose(getattr(one, name), getattr(other, name), atol=1e-5), name
    assert store.all(tiny, texts[:2], without) == found[:2] and store.get(tiny, texts[1], None, without, False) is found[1] and len(passes) == 2


def test_two_models_do_not_share(tiny):
    store = Traces()
    assert store.get(tiny, "cat", **ALL) is not store.get(replace(tiny, name="other"), "cat", **ALL)


def test_bytes_are_bounded_and_the_oldest_goes_first(ask, tiny):
    size = tiny.trace("a").nbytes
    store = Traces(limit=int(3.5 * size))
    first = [ask(store, text) for text in "abc"]
    assert ask(store, "a") is first[0]              # used again: now "b" is the oldest
    ask(store, "d")
    assert ask(store, "a") is first[0] and ask(store, "c") is first[2]
    assert ask(store, "b") is not first[1]


def test_a_trace_larger_than_the_store_is_returned_all_the_same(ask):
    store = Traces(limit=1)
    one = ask(store, "the cat")
    assert ask(store, "the cat") is one
    assert ask(store, "the dog") is not one and ask(store, "the cat") is not one


def test_bytes_of_a_trace_are_those_of_its_tensors(tiny):
    trace = tiny.trace("the cat sat")
    assert trace.nbytes > trace.logits.nbytes + trace.pattern.nbytes


def test_readers_at_once_get_one_answer(ask):
    store = Traces()
    with ThreadPoolExecutor(8) as readers:
        traces = list(readers.map(lambda i: ask(store, f"cat {i % 3}"), range(48)))
    assert all(traces[i].logits.equal(traces[i % 3].logits) for i in range(48))
    assert all(ask(store, f"cat {i}") is ask(store, f"cat {i}") for i in range(3))
