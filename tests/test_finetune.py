"""Fine-tuning: the answer alone is scored, the loss on the examples falls, and the base stays as it was."""
import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from engine import TextError
from engine import finetune as engine_finetune
from engine.data import Windows
from engine.finetune import IGNORE, NEAR, Recipe, _alike, _drift, encode, finetune
from engine.lm import Chat
from engine.lora import Adapter, merge
from engine.model import apart

CHAT = Chat(before=(1,), after=(3, 2), stop=(3,))
EXAMPLES = [[("cat?", "fox")], [("¿gato?", "zorro")], [("2+2", "4")]]


def loss_on_examples(lm) -> float:
    """Mean cross-entropy in nats over every scored token of the examples, one by one."""
    total, count = 0.0, 0
    for inputs, targets in (encode(lm, CHAT, example) for example in EXAMPLES):
        total += float(F.cross_entropy(lm.decoder(torch.tensor([inputs])).logits[0], torch.tensor(targets),
                                       ignore_index=IGNORE, reduction="sum"))
        count += sum(target != IGNORE for target in targets)
    return total / count


@pytest.mark.parametrize("bos", [0, None])
def test_an_exchange_scores_the_answer_alone(tiny, bos):
    lm = replace(tiny, bos=bos)
    inputs, targets = encode(lm, CHAT, EXAMPLES[0])
    question, answer = lm.tokenizer.encode("cat?"), lm.tokenizer.encode("fox")
    head = [] if bos is None else [bos]
    assert inputs == [*head, 1, *question, 3, 2, *answer]
    assert targets == [IGNORE] * (len(inputs) - len(answer) - 1) + [*answer, 3]
    assert all(target in (IGNORE, following) for target, following in zip(targets, inputs[1:]))


def test_of_a_talk_every_answer_is_scored(tiny):
    inputs, targets = encode(tiny, CHAT, [("cat?", "fox"), ("why?", "so")])
    cat, fox, why, so = (tiny.tokenizer.encode(text) for text in ("cat?", "fox", "why?", "so"))
    assert inputs == [tiny.bos, 1, *cat, 3, 2, *fox, 3, 1, *why, 3, 2, *so]
    assert inputs == [tiny.bos, *replace(tiny, chat=CHAT).prompt("why?", [("cat?", "fox")]), *so]     # read as it is answered
    assert [target for target in targets if target != IGNORE] == [*fox, 3, *so, 3]
    assert all(target in (IGNORE, following) for target, following in zip(targets, inputs[1:]))


def test_a_few_steps_lower_the_loss_and_leave_the_base(tiny):
    before = {name: value.clone() for name, value in tiny.decoder.state_dict().items()}
    steps = list(finetune(tiny, CHAT, EXAMPLES, None, Recipe(steps=40, batch=4, rate=2e-2, replay=0.0)))
    adapter = steps[-1][1]
    assert [progress.step for progress, _ in steps] == list(range(1, 41)) and steps[-1][0].seconds_left == 0
    tuned = replace(tiny, decoder=merge(tiny.decoder, adapter))
    assert loss_on_examples(tuned) < 0.5 * loss_on_examples(tiny)
    for name, value in tiny.decoder.state_dict().items():
        assert torch.equal(value, before[name])
    assert adapter.rows == (1, 2, 3)


def test_the_first_loss_is_that_of_the_base(tiny):
    progress, _ = next(finetune(tiny, CHAT, EXAMPLES[:1], None, Recipe(replay=0.0)))
    inputs, targets = encode(tiny, CHAT, EXAMPLES[0])
    logits = tiny.decoder(torch.tensor([inputs])).logits[0]
    expected = F.cross_entropy(logits, torch.tensor(targets), ignore_index=IGNORE)
    assert progress.loss == pytest.approx(float(expected), abs=0.03)        # the step's matrix products may be in bfloat16


def test_a_batch_is_of_about_one_length_and_every_example_has_its_turn():
    encoded = [([0] * length, [0] * length) for length in range(1, 1001)]
    chance, drawn = np.random.default_rng(1), Counter()
    for _ in range(600):
        lengths = [len(inputs) for inputs, _ in _alike(encoded, 16, chance)]
        assert max(lengths) - min(lengths) < NEAR
        drawn.update(lengths)
    assert len(drawn) > 990 and max(drawn.values()) < 40
    assert len(_alike(encoded[:3], 16, chance)) == 16


def test_the_same_seed_learns_the_same(tiny):
    def losses(seed):
        recipe = Recipe(steps=4, seed=seed, replay=0.0)
        return [progress.loss for progress, _ in finetune(tiny, CHAT, EXAMPLES, None, recipe)]
    assert losses(1) == losses(1) != losses(2)


def test_replay_keeps_the_base_text(tiny, tmp_path):
    text = np.array(([0] + tiny.tokenizer.encode("The cat sat on the mat.")) * 20, dtype=np.uint16)
    text.tofile(tmp_path / "text.bin")
    windows = Windows(tmp_path / "text.bin", 31, bos=0)

    def base_loss(replay):
        *_, (_, adapter) = finetune(tiny, CHAT, EXAMPLES, windows, Recipe(steps=60, batch=8, rate=1e-2, replay=replay))
        inputs, targets = windows.batch(np.arange(2))
        return float(F.cross_entropy(merge(tiny.decoder, adapter)(inputs).logits.flatten(0, 1), targets.flatten()))
    assert base_loss(0.5) < base_loss(0.0) - 0.5


def stirred(lm) -> Adapter:
    """An adapter that changes something."""
    adapter = Adapter.fresh(lm.decoder, 2, 4.0, (1,), seed=3)
    chance = torch.Generator().manual_seed(8)
    for name, value in adapter.b.items():
        adapter.b[name] = 0.5 * torch.randn(value.shape, generator=chance)
    return adapter


def test_drift_is_the_divergence_from_the_base_with_each_document_read_alone(tiny):
    ids = torch.tensor([[0, *tiny.tokenizer.encode("The cat sat."), 0, *tiny.tokenizer.encode("And a dog ran off.")]])
    adapter = stirred(tiny)
    changed = merge(tiny.decoder, adapter)

    def divergence(hidden):
        with torch.no_grad():
            own, tuned = (decoder(ids, hidden=hidden).logits[0].double().log_softmax(-1) for decoder in (tiny.decoder, changed))
        return float((own.exp() * (own - tuned)).sum(-1).mean())
    drift = _drift(tiny, adapter, ids, apart(ids, 0)).item()
    assert drift == pytest.approx(divergence(apart(ids, 0)), rel=0.05) and drift > 0.1      # bfloat16 where the processor has it
    assert drift != pytest.approx(divergence(None), rel=0.05)


def test_an_adapter_that_changes_nothing_has_not_drifted(tiny):
    ids = torch.tensor([[0, 70, 71, 72]])
    assert _drift(tiny, Adapter.fresh(tiny.decoder, 2, 4.0, (1,), seed=3), ids, apart(ids, 0)).item() == 0.0


def test_replay_reads_the_last_part_of_the_text(tiny, tmp_path, monkeypatch):
    np.array([id for number in range(90) for id in (0, 100 + number)], dtype=np.uint16).tofile(tmp_path / "text.bin")
    windows, seen = Windows(tmp_path / "text.bin", 2, bos=0), set()
    monkeypatch.setattr(engine_finetune, "_drift", lambda lm, adapter, inputs, hidden: seen.update(inputs.flatten().tolist()) or adapter.row_change.sum())
    list(finetune(tiny, CHAT, EXAMPLES, windows, Recipe(steps=60, batch=64, replay=1.0)))
    assert seen - {0} and min(seen - {0}) >= 160 and max(seen) == 189


def test_a_replay_step_has_no_loss_of_its_own(tiny, tmp_path):
    np.array([0, 70, 71] * 30, dtype=np.uint16).tofile(tmp_path / "text.bin")
    progress, _ = next(finetune(tiny, CHAT, EXAMPLES, Windows(tmp_path / "text.bin", 31, bos=0), Recipe(replay=1.0)))
    assert math.isnan(progress.loss)


def test_examples_too_long_are_left_out_or_refused(tiny):
    long = [("cat? " * 50, "fox")]
    progress, _ = next(finetune(tiny, CHAT, [long, EXAMPLES[0]], None, Recipe(replay=0.0)))
    assert math.isfinite(progress.loss)
    with pytest.raises(TextError):
        next(finetune(tiny, CHAT, [long], None, Recipe()))
