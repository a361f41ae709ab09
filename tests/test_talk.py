"""A talk in a small window: what each policy keeps, that nothing is lost where all fits, and that the answer reads what was kept."""
from dataclasses import replace

import pytest
import torch
from pytest import approx

from engine import KnobError, load
from engine.lm import Chat
from engine.talk import ANSWER, FIRST, POLICIES, answer, belief, converse, remember
from engine.window import fit

TALK = (("The cat sat", "on the mat"), ("The dog", "is small"))
QUESTION = "Where is the cat?"


@pytest.fixture(scope="module")
def talker(tiny):
    """The tiny model with a chat template of tokens that it has."""
    return replace(tiny, chat=Chat(before=(1,), after=(3, 2), stop=(3,)))


@pytest.mark.parametrize("policy", ["oldest", "first"])
def test_nothing_is_lost_where_all_fits(talker, policy):
    whole = talker.prompt(QUESTION, TALK)
    memory = remember(talker, TALK, QUESTION, len(whole) + 1 + ANSWER, policy)
    assert memory.dropped == () and memory.kept == (talker.bos, *whole)


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_kept_and_what_is_dropped_is_all_there_is(talker, policy):
    whole = talker.prompt(QUESTION, TALK)
    size = len(whole) - 5 + ANSWER
    memory = remember(talker, TALK, QUESTION, size, policy, "a cat")
    assert len(memory.kept) == size - ANSWER and memory.dropped
    front = memory.kept[1:1 + len(memory.front)]
    assert front == memory.front and memory.kept[0] == talker.bos
    rest = [*memory.dropped, *memory.kept[1 + len(front):]]
    assert ([*front, *rest] if policy == "first" else rest) == whole
    assert len(front) == {"oldest": 0, "first": FIRST}.get(policy, len(front)) and (policy != "summary" or front)


def test_summary_that_nobody_wrote_is_none(talker):
    assert remember(talker, TALK, QUESTION, 30, "summary", "  ") == remember(talker, TALK, QUESTION, 30, "oldest")


def test_front_without_room_is_refused(talker):
    with pytest.raises(KnobError):
        remember(talker, TALK, QUESTION, FIRST + 1 + ANSWER, "first")
    with pytest.raises(KnobError):
        remember(talker, TALK, QUESTION, 30, "newest")
    with pytest.raises(KnobError):
        fit([1, 2, 3], 3, 0, (7, 8))


def test_belief_is_the_probability_after_the_stem(talker):
    memory = remember(talker, TALK, QUESTION, 32, "oldest")
    ids = [*memory.kept, *talker.tokenizer.encode("The")]
    probs = talker.decoder(torch.tensor([ids])).logits[0, -1].softmax(-1)
    assert belief(talker, memory, "The", " cat") == approx(float(probs[talker.tokenizer.encode(" cat")[0]]), abs=1e-6)


def test_model_answers_every_turn_from_all_before(talker):
    talk = converse(talker, ("The cat", "The dog"))
    again = "".join(step.text for step in talker.generate("The dog", 40, 0.0, earlier=talk[:1])).strip()
    assert [user for user, _ in talk] == ["The cat", "The dog"] and talk[1][1] == again


TOLD = {"en": ("My best friend is Tom.", "What color is the sky?", "Who is my best friend?", "Your best friend is", " Tom"),
        "es": ("Mi color favorito es el verde.", "¿De qué color es el cielo?", "¿Cuál es mi color favorito?", "Tu color favorito es el", " verde")}


@pytest.mark.parametrize("language", TOLD)
def test_assistant_forgets_what_falls_out_and_keeps_what_a_policy_keeps(language):
    lm, (told, other, question, stem, word) = load("assistant"), TOLD[language]
    talk = converse(lm, (told, other, other))

    def sure(policy: str, size: int, summary: str = "") -> float:
        return belief(lm, remember(lm, talk, question, size, policy, summary), stem, word)

    assert sure("oldest", 256) > 0.9 and word.strip() in answer(lm, remember(lm, talk, question, 256, "oldest"), 256)
    assert sure("oldest", 64) < 0.5 < min(sure("first", 64), sure("summary", 64, told))
