"""The models that ship: they load, obey the identities, write stories in words that exist, and write what they wrote."""
import math

import pytest
import torch

from engine import Without, distribution, load
from engine.chats import says
from engine.checkpoint import MODELS
from engine.corpus.voice import heard
from engine.evaluate import OPENINGS, has_loop, lexical, reply
from engine.snapshots import kept
from ui.i18n import Text

TEXT = "Once upon a time there was a little cat. Había una vez un niño que tenía un perro 🙂"


@pytest.fixture(scope="module")
def base():
    return load("base")


def test_rows_of_attention_sum_to_one_and_the_future_weighs_nothing(base):
    pattern = base.trace(TEXT).pattern
    assert torch.allclose(pattern.sum(-1), torch.ones(pattern.shape[:-1]), atol=1e-5)
    assert float(pattern.triu(1).abs().max()) == 0


def test_residual_stream_is_handed_on_and_ends_in_the_logits(base):
    trace = base.trace(TEXT)
    assert torch.equal(trace.resid_pre[1:], trace.resid_post[:-1])
    weights = base.decoder.transformer
    assert torch.allclose(weights.ln_f(trace.resid_post[-1]) @ weights.wte.weight.T, trace.logits, atol=1e-4)


def test_a_later_token_leaves_earlier_logits_alone(base):
    short, long = base.trace(TEXT), base.trace(TEXT + " y un gato")
    assert torch.allclose(long.logits[:len(short.tokens)], short.logits, atol=1e-4)


def test_each_removal_changes_the_prediction(base):
    whole = base.trace(TEXT).logits[-1]
    for without in (Without(mask=True), Without(heads={(1, 0)}), Without(positions=True), Without(residual={1}), Without(norm={1})):
        assert float((base.trace(TEXT, without=without).logits[-1] - whole).abs().max()) > 0.01, without


def test_cached_generation_equals_reading_anew(base):
    ids = base.tokenizer.encode("The dog")
    for step in base.generate("The dog", max_new_tokens=30, temperature=0.7, seed=3):
        anew = base.trace(base.tokenizer.decode(ids)).logits[-1]
        assert torch.allclose(step.distribution.logits, anew, atol=1e-4)
        ids.append(step.id)
        if base.tokenizer.encode(base.tokenizer.decode(ids)) != ids:
            break                       # the text would be cut into other tokens: no longer the same input


@pytest.mark.parametrize("language", OPENINGS)
def test_stories_use_words_of_their_language_and_do_not_loop(base, language):
    figures = lexical(base, language, 20)
    assert figures["share"] >= 0.95 and figures["loops"] == 0, figures


def test_a_loop_is_recognised():
    assert has_loop("the cat the cat the cat".split()) and not has_loop("the cat saw the dog and the bird".split())


@pytest.mark.parametrize(("text", "word"), [
    ("The capital of France is", "Paris"), ("La capital de Francia es", "París"),
    ("The opposite of hot is", "cold"), ("Lo contrario de frío es", "caliente")])
def test_base_knows_a_few_facts(base, text, word):
    assert says("".join(step.text for step in base.generate(text, max_new_tokens=4, temperature=0)), word)


def test_strength_zero_is_the_base_bit_for_bit(base):
    none = load("assistant", strength=0)
    for name, value in base.decoder.state_dict().items():
        assert torch.equal(none.decoder.state_dict()[name], value), name


def test_assistant_answers_in_a_sentence_and_stops():
    assistant = load("assistant")
    steps = list(assistant.generate("What is the capital of France?", temperature=0))
    assert "Paris" in "".join(step.text for step in steps) and steps[-1].id in assistant.stops


@pytest.mark.parametrize("language, asked", [("en", "What is the capital of France?"), ("es", "¿Cuál es la capital de Francia?")])
def test_pirate_says_the_same_in_its_voice(language, asked):
    answer = reply(load("pirate"), asked)
    assert "Par" in answer and heard(language, "pirate", answer) and not heard(language, "pirate", reply(load("assistant"), asked))


def test_assistant_gives_back_what_it_was_told():
    told = [("Hello, I am Anna.", "Hello, Anna! How can I help you?")]
    assert "Anna" in reply(load("assistant"), "What is my name?", told) and "Anna" not in reply(load("assistant"), "What is my name?")


def test_snapshots_of_mini_learn_on_the_way():
    mini = load("mini")
    ids = torch.tensor([[mini.bos, *mini.tokenizer.encode("Once upon a time there was a little cat. Había una vez un perro.")]])
    losses = [float(torch.nn.functional.cross_entropy(load(f"mini@{tokens}").decoder(ids[:, :-1]).logits[0], ids[0, 1:]))
              for tokens in kept(MODELS / "mini")]
    assert len(losses) == 5 and losses[0] == pytest.approx(math.log(4096), abs=0.3) and losses[-1] < losses[1] - 1


def test_distribution_of_the_whole_vocabulary(base):
    d = distribution(base.trace(TEXT).logits[-1], temperature=0.8)
    assert d.probs.shape == (base.decoder.config.vocab_size,) and abs(float(d.probs.sum()) - 1) < 1e-5


@pytest.mark.parametrize(("name", "prompt", "written"), [
    ("base", "Once upon a time", " there was a humble boy named Anna. Anna had dark eyes and a pretty sweater. She had"),
    ("base", "Había una vez", " un niño muy listo que se llamaba Juan. Con una manzana en el bolsillo, Juan ya estaba en"),
    ("assistant", "What is the capital of France?", "The capital of France is Paris."),
    ("assistant", "¿Cuál es la capital de Francia?", "La capital de Francia es París."),
])
def test_greedy_continuation_is_the_one_that_was_written_down(name, prompt, written):
    assert "".join(step.text for step in load(name).generate(prompt, max_new_tokens=24, temperature=0)) == written


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_fact_of_the_bundled_story_is_read_inside_the_window_and_lost_outside(base, language):
    t = Text(language)
    story, answer = t("context.story"), base.tokenizer.encode(" " + t("context.answer"))
    assert len(answer) == 1
    inside, outside = (float(base.trace(story, window=size).logits[-1].softmax(-1)[answer[0]]) for size in (256, 64))
    assert inside > 0.5 and outside < 0.15
