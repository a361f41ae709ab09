"""Writing on: the cache changes nothing, the seed decides everything, and the window slides when it is full."""
from dataclasses import replace

import pytest
import torch
from torch.testing import assert_close

from engine import KnobError, TextError, distribution
from engine.lm import Chat
from engine.model import NOTHING, Kept, Without
from engine.window import fit

TEXT = "The cat sat"


def ids_of(steps) -> list[int]:
    return [step.id for step in steps]


@pytest.mark.parametrize("window", [None, 32, 12, 5, 2])
@pytest.mark.parametrize("bos", [0, None])
def test_cached_equals_uncached(tiny, window, bos):
    lm = replace(tiny, bos=bos)
    ids = lm.tokenizer.encode(TEXT)
    steps = list(lm.generate(TEXT, max_new_tokens=45, temperature=1.5, seed=8, window=window))
    assert len(steps) == 45 and len(ids) + 45 > lm.context        # well past the context's end
    for step in steps:
        seen = fit(ids, window or lm.context, lm.bos)[1]
        fresh = lm.decoder(torch.tensor([seen])).logits[0, -1]
        assert_close(step.distribution.logits, fresh, atol=1e-4, rtol=0)
        assert_close(step.distribution.probs, distribution(fresh, 1.5).probs, atol=1e-4, rtol=0)
        ids.append(step.id)


def test_keys_and_values_that_are_kept_are_those_that_were_joined(tiny):
    all_ids = [1, *tiny.tokenizer.encode(TEXT)]
    ids = torch.tensor([all_ids])
    begun = tiny.decoder(ids[:, :2]).cache()
    kept = [Kept(k, v, len(all_ids)) for k, v in begun]
    for at in range(2, len(all_ids)):
        done, joined = tiny.decoder(ids[:, at:at + 1], past=kept), tiny.decoder(ids[:, at:at + 1], past=begun)
        begun = joined.cache()
        assert_close(done.logits, joined.logits, atol=1e-5, rtol=0)
        for (k, v), (key, value) in zip(done.cache(), begun, strict=True):
            assert_close(k, key, atol=1e-5, rtol=0)
            assert_close(v, value, atol=1e-5, rtol=0)
    assert kept[0].filled == len(all_ids)
    with pytest.raises(AssertionError, match="room"):
        tiny.decoder(ids[:, :1], past=kept)                 # no room for one more


def test_each_step_reads_one_token_until_the_window_slides(tiny):
    read = []

    class Counter(torch.nn.Module):
        """The tiny decoder, with a note of how many tokens it is given."""
        config = tiny.decoder.config

        def forward(self, ids, past=None, without=NOTHING):
            read.append(ids.shape[1])
            return tiny.decoder(ids, past=past)

    prompt = 1 + len(tiny.tokenizer.encode(TEXT))
    list(replace(tiny, decoder=Counter()).generate(TEXT, 8, temperature=0, window=prompt + 4))
    assert read == [prompt, 1, 1, 1, 1, *[prompt + 4] * 3]


def test_the_seed_decides(tiny):
    first, again, other = (ids_of(tiny.generate(TEXT, 20, seed=seed)) for seed in (3, 3, 4))
    assert first == again != other


def test_without_temperature_the_seed_does_not_matter(tiny):
    greedy = list(tiny.generate(TEXT, 20, temperature=0, seed=1))
    assert ids_of(greedy) == ids_of(tiny.generate(TEXT, 20, temperature=0, seed=2))
    assert all(step.id == int(step.distribution.logits.argmax()) for step in greedy)


@pytest.mark.parametrize("window", [None, 8])
def test_each_row_is_what_its_seed_gives_alone(tiny, window):
    seeds = [5, 6, 5, 7]
    stop = tiny.tokenizer.encode("a")[0]
    lm = replace(tiny, chat=Chat((), (), tuple(range(stop, stop + 12))))        # so that rows end at different times
    rows = list(zip(*lm.continuations(TEXT, seeds, 40, temperature=1.2, window=window), strict=True))
    lengths = set()
    for seed, row in zip(seeds, rows, strict=True):
        alone = list(lm.generate(TEXT, 40, temperature=1.2, seed=seed, window=window))
        assert [step and step.id for step in row] == ids_of(alone) + [None] * (len(row) - len(alone))
        assert [step.text for step in row if step] == [step.text for step in alone]
        lengths.add(len(alone))
    assert len(lengths) > 1 and len(rows[0]) == max(lengths)


def test_knobs_reach_the_distribution(tiny):
    for step in tiny.generate(TEXT, 5, temperature=0.7, top_k=9, top_p=0.8):
        expected = distribution(step.distribution.logits, 0.7, 9, 0.8)
        assert_close(step.distribution.probs, expected.probs, atol=0, rtol=0)
        assert step.distribution.kept[step.id]


def test_a_stop_ends_the_text_and_is_not_shown(tiny):
    free = list(tiny.generate(TEXT, 30, temperature=1.5, seed=2))
    stop = free[6].id
    lm = replace(tiny, chat=Chat((), (), (stop,)))
    steps = list(lm.generate(TEXT, 30, temperature=1.5, seed=2))
    assert ids_of(steps) == ids_of(free)[:ids_of(free).index(stop) + 1]
    assert steps[-1].text == "" and lm.stops == (stop, tiny.bos)


@pytest.mark.parametrize("seed", range(8))
def test_the_texts_of_the_steps_are_the_text_of_the_ids(tiny, seed):
    lm = replace(tiny, bos=None)                    # nothing stops it: any byte may follow any other
    steps = list(lm.generate("é", 60, temperature=5.0, seed=seed))
    text = "".join(step.text for step in steps)
    assert "�" in text                              # half letters are among them
    assert text.rstrip("�") == lm.tokenizer.decode(ids_of(steps)).rstrip("�")      # the last may still be waiting


def test_a_letter_in_pieces_appears_when_it_is_whole(tiny):
    euro = tiny.tokenizer.encode("€")

    class Speller(torch.nn.Module):
        """A decoder that spells one letter, whatever it reads."""
        config = tiny.decoder.config

        def forward(self, ids, past=None, without=NOTHING):
            spelt = past[0].filled if past else 0
            done = tiny.decoder(ids, past=past)
            done.logits[0, -1, euro[spelt]] = 1e3
            return done

    steps = replace(tiny, decoder=Speller()).generate("", 3, temperature=0)
    assert [step.text for step in steps] == ["", "", "€"]


def test_the_chat_template_stands_around_the_text(tiny):
    user, assistant, end = 1, 2, 3
    lm = replace(tiny, chat=Chat((user,), (end, assistant), (end,)))
    ids = lm.tokenizer.encode(TEXT)
    assert lm.prompt(TEXT) == [user, *ids, end, assistant] and tiny.prompt(TEXT) == ids
    first = next(lm.generate(TEXT, 1))
    fresh = tiny.decoder(torch.tensor([[tiny.bos, user, *ids, end, assistant]])).logits[0, -1]
    assert_close(first.distribution.logits, fresh, atol=1e-5, rtol=0)
    assert [token.id for token in lm.trace(TEXT).tokens] == [lm.bos, *ids]      # a trace never adds the template


def test_nothing_to_continue(tiny):
    assert len(list(tiny.generate("", 3, temperature=0))) == 3
    with pytest.raises(TextError, match="no text to continue"):
        list(replace(tiny, bos=None).generate(""))


@pytest.mark.parametrize("knobs", [{"temperature": -1}, {"top_k": 0}, {"top_p": 2}, {"window": 1}, {"window": 33},
                                   {"max_new_tokens": -1}], ids=str)
def test_a_knob_out_of_range(tiny, knobs):
    with pytest.raises(KnobError):
        list(tiny.generate(TEXT, **knobs))


def test_no_new_tokens_is_no_text(tiny):
    assert list(tiny.generate(TEXT, 0)) == []


@pytest.mark.parametrize("without", [Without(positions=True), Without(residual={0}, norm={0, 2})])
def test_without_a_part_it_writes_what_the_model_without_it_foretells(tiny, without):
    ids = tiny.tokenizer.encode(TEXT)
    for step in tiny.generate(TEXT, max_new_tokens=6, temperature=0, without=without):
        assert_close(step.distribution.logits, tiny.decoder(torch.tensor([[tiny.bos, *ids]]), without=without).logits[0, -1], atol=1e-4, rtol=0)
        ids.append(step.id)


def test_a_part_that_is_not_there_cannot_be_taken_away(tiny):
    with pytest.raises(KnobError):
        next(tiny.generate(TEXT, without=Without(residual={2})))


@pytest.mark.parametrize("window", [None, 8])
def test_a_step_that_is_kept_holds_its_own_logits_alone(tiny, window):
    for step in tiny.generate(TEXT * 4, max_new_tokens=4, seed=1, window=window):
        assert step.distribution.logits.untyped_storage().nbytes() == 4 * tiny.decoder.config.vocab_size
