"""What is kept of each token written: the stretch that the dart hit, the alternatives, and a token taken instead."""
import pytest
import torch
from pytest import approx

from engine import KnobError, distribution
from engine.choices import ahead, choice
from engine.sampling import draw, land, throw

TEXT = "The cat sat"


@pytest.mark.parametrize("knobs", [{"temperature": 1.3}, {"temperature": 0.8, "top_k": 4}, {"temperature": 0}], ids=str)
def test_the_dart_lies_on_the_stretch_that_it_hit(tiny, knobs):
    unlikely = 0
    for step in tiny.generate(TEXT, 25, seed=5, **knobs):
        kept = choice(step)
        d = step.distribution
        assert step.drawn == step.id == land(d, step.u) and kept.before - 1e-6 <= step.u <= kept.before + kept.hit + 1e-6 or d.temperature == 0
        assert kept.hit == float(d.probs[step.drawn]) and sum(kept.probs) + kept.rest == approx(1, abs=1e-6)
        assert list(kept.probs) == d.probs.topk(6).values.tolist() and kept.own == approx(d.logits.softmax(-1)[list(kept.ids)].tolist())
        assert kept.rank == 1 + int((d.logits > d.logits[step.id]).sum()) and kept.entropy == d.entropy and not kept.forced
        assert kept.unlikely == (step.id != int(d.logits.argmax()))
        unlikely += kept.unlikely
    assert bool(unlikely) == (knobs["temperature"] > 0)


def test_a_draw_is_a_dart_thrown_and_where_it_lands():
    d = distribution(torch.randn(50, generator=torch.Generator().manual_seed(3)))
    one, two = (torch.Generator().manual_seed(9) for _ in range(2))
    assert [draw(d, one) for _ in range(20)] == [land(d, throw(two)) for _ in range(20)]


def test_before_the_dart_there_are_only_chances(tiny):
    d = distribution(tiny.trace(TEXT).logits[-1], 0.7)
    seen = ahead(d)
    assert seen.id is seen.drawn is None and list(seen.probs) == d.probs.topk(6).values.tolist() and not seen.unlikely


def test_a_token_taken_instead_changes_the_rest_and_no_dart(tiny):
    drawn = list(tiny.generate(TEXT, 20, temperature=1.2, seed=3))
    other = choice(drawn[6]).ids[-1]
    assert other != drawn[6].id
    branch = list(tiny.generate(TEXT, 20, temperature=1.2, seed=3, instead={6: other}))
    assert [step.id for step in branch[:6]] == [step.id for step in drawn[:6]] and branch[6].id == other
    assert branch[6].drawn == drawn[6].id and choice(branch[6]).forced
    assert [step.u for step in branch] == [step.u for step in drawn]
    ids = tiny.tokenizer.encode(TEXT) + [step.id for step in branch[:7]]
    fresh = tiny.decoder(torch.tensor([[tiny.bos, *ids]])).logits[0, -1]
    assert branch[7].distribution.logits.tolist() == approx(fresh.tolist(), abs=1e-4)


def test_taking_what_was_drawn_changes_nothing(tiny):
    drawn = [step.id for step in tiny.generate(TEXT, 12, seed=3)]
    assert [step.id for step in tiny.generate(TEXT, 12, seed=3, instead={4: drawn[4]})] == drawn


def test_a_token_that_the_vocabulary_lacks_is_refused(tiny):
    with pytest.raises(KnobError, match="no token 320"):
        tiny.generate(TEXT, 3, instead={0: 320}).__next__()
