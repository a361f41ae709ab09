"""The evaluation on hand-made models: one that is always right scores 1 everywhere, one that is always wrong scores 0."""
import math
import re
from types import SimpleNamespace

import pytest
import torch

from engine import evaluate, load, probes
from engine.corpus.facts import facts
from engine.corpus.stream import LANGUAGES
from engine.evaluate import abilities, answered, fresh, interval, losses, next_words, opened, preferred, reckoned, scored, summarised
from engine.probes import Opening, Pair, Probe, Story


class Peeking:
    """A stand-in for a model that looks at its own input: it foretells the very next token of it, or always another one."""

    def __init__(self, right: bool, tokenizer, context: int = 256):
        self.bos, self.context, self.tokenizer, self.right = 0, context, tokenizer, right
        self.decoder = self.foretell

    def foretell(self, ids, *_):
        size = self.tokenizer.vocab_size
        following = torch.cat([ids[:, 1:], torch.zeros_like(ids[:, :1])], 1)
        logits = torch.zeros(*ids.shape, size)
        logits.scatter_(2, (following if self.right else (following + 7) % size)[..., None], 30.0)
        return SimpleNamespace(logits=logits)


@pytest.fixture(scope="module")
def tokenizer():
    return load("base").tokenizer


@pytest.mark.parametrize("language", LANGUAGES)
def test_always_right_scores_one_and_always_wrong_scores_zero(language, tokenizer):
    right, wrong = (abilities(Peeking(kind, tokenizer, 400), language, 8, 5) for kind in (True, False))
    assert right.keys() == wrong.keys() and len(right) > 30
    for name in right:
        assert right[name]["n"] == wrong[name]["n"] > 0, name
        if name != "agreement":
            assert right[name]["share"] == 1 and wrong[name]["share"] == 0, name


def test_losses_of_the_two(tokenizer):
    chosen = list(fresh("en", 10, 5))
    assert losses(Peeking(True, tokenizer), chosen)["loss"] < 2          # the very last token of each text it cannot peek at
    assert losses(Peeking(False, tokenizer), chosen)["loss"] > 20
    assert losses(Peeking(True, tokenizer), chosen)["documents"] <= 10


def test_an_answer_must_end_where_it_should(tokenizer):
    probe = Probe("dog -> wib\ncat ->", " wib", "\n")
    assert answered(Peeking(True, tokenizer), [probe])[0][0]
    model = Peeking(True, tokenizer)
    newline = tokenizer.encode("\n")[0]

    def runs_on(ids, *_):
        logits = Peeking.foretell(model, ids).logits
        logits[..., newline] = -30
        return SimpleNamespace(logits=logits)
    model.decoder = runs_on
    assert not answered(model, [probe])[0][0]
    assert answered(model, [Probe("dog is wib, cat is", " wib")])[0][0]


def test_a_prompt_too_long_loses_its_beginning_and_keeps_its_end(tokenizer):
    seen = []
    model = Peeking(True, tokenizer, context=32)

    def watching(ids, *_):
        seen.append(ids)
        return Peeking.foretell(model, ids)
    model.decoder = watching
    assert answered(model, [Probe("The sun is warm. " * 40 + "The capital is", " Paris")])[0][0]
    assert seen[0].shape[1] <= 32 and tokenizer.decode(seen[0][0].tolist()).endswith("The capital is Paris")


def test_the_likelier_sentence_is_the_right_one(tokenizer):
    pairs = [Pair("The dogs are big.", "The dogs is big.")]
    model = Peeking(True, tokenizer)
    good = tokenizer.encode(pairs[0].good)

    def prefers(ids, *_):
        logits = torch.zeros(*ids.shape, tokenizer.vocab_size)
        for k in range(ids.shape[1]):
            if k < len(good):
                logits[:, k, good[k]] = 5.0
        return SimpleNamespace(logits=logits)
    model.decoder = prefers
    assert preferred(model, pairs)["share"] == 1
    assert preferred(model, [Pair(pairs[0].bad, pairs[0].good)])["share"] == 0


def test_openings_count_whole_words(tokenizer):
    model = Peeking(True, tokenizer)
    words = [" sofa", " bed", " roof", " table", " floor"]
    starts = [tokenizer.encode(word) for word in words]
    text = "The cat is sleeping on the"
    length = len(tokenizer.encode(text)) + 1

    def writes(ids, *_):
        logits = torch.zeros(*ids.shape, tokenizer.vocab_size)
        for row in range(ids.shape[0]):
            tail = ids[row, length:].tolist()
            for rank, start in enumerate(starts):
                if start[:len(tail)] == tail:
                    following = start[len(tail)] if len(tail) < len(start) else tokenizer.encode(".")[0]
                    logits[row, -1, following] = 20.0 - rank
        return SimpleNamespace(logits=logits)
    model.decoder = writes
    assert next_words(model, text) == ["sofa", "bed", "roof", "table", "floor"]
    assert opened(model, [Opening(text, frozenset({"roof"}))])["share"] == 1
    assert opened(model, [Opening(text, frozenset({"moon", "so", "tab"}))])["share"] == 0


def test_a_summary_must_name_hero_and_event():
    def model(written):
        return SimpleNamespace(generate=lambda *_, **__: iter([SimpleNamespace(text=written)]))
    story = Story("Tom lost his kite. In one sentence:", "Tom", ("kite",))
    for written, right in (("Tom found his kite again.", 1), ("Ana found a kite.", 0), ("Tom was happy.", 0), ("Tom slept. The kite flew.", 0)):
        assert summarised(model(written), [story])["share"] == right, written


def test_word_arithmetic_is_vector_arithmetic(tokenizer):
    names = [word for word in ("the", "and", "dog", "cat", "house", "was") if len(tokenizer.encode(f" {word}")) == 1][:4]     # any four that are one token
    man, woman, king, queen = (tokenizer.encode(f" {word}")[0] for word in names)
    vectors = torch.randn(tokenizer.vocab_size, 32, generator=torch.Generator().manual_seed(1))
    vectors[king] = vectors[man] + 0.1 * vectors[king]
    vectors[queen] = vectors[king] / vectors[king].norm() - vectors[man] / vectors[man].norm() + vectors[woman] / vectors[woman].norm()
    model = SimpleNamespace(tokenizer=tokenizer, decoder=SimpleNamespace(transformer=SimpleNamespace(wte=SimpleNamespace(weight=vectors))))
    rows = [tuple(names), (*names[:3], "xylophonist")]
    assert reckoned(model, rows)["n"] == 1 and reckoned(model, rows)["share"] == 1 and reckoned(model, rows)["alone"] == 0
    vectors[queen] = vectors[king]                      # now it is nearest with nothing reckoned
    assert reckoned(model, rows)["alone"] == 1


@pytest.mark.parametrize(("hits", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)])
def test_interval_is_wilsons(hits, n, low, high):
    assert interval(hits, n) == pytest.approx((low, high), abs=1e-3)


def test_no_question_gives_its_answer_away_and_seeds_change_them():
    for language in LANGUAGES:
        for held_out in (False, True):
            for _, probe in probes.fact_probes(language, held_out, 1):
                assert probe.answer.casefold() not in probe.prompt.casefold(), probe
        assert probes.label_probe(language, 4, 1) != probes.label_probe(language, 4, 2)


def test_a_question_about_a_fact_says_first_what_it_is_about():
    for language in LANGUAGES:
        subjects = {fact.subject[:-1].casefold() for fact in facts(language)}
        for held_out in (False, True):
            for _, probe in probes.fact_probes(language, held_out, 5):
                assert any(subject in probe.prompt.casefold() for subject in subjects), probe


def test_what_stands_between_agrees_with_its_own_subject():
    for pair in probes.agreement("es", 400, 1):
        several = re.match(r"(Los|Las) ", pair.good) is not None
        for sentence in (pair.good, pair.bad):
            verb = re.search(r"\bque (está|están)\b", sentence)
            assert verb is None or (verb[1] == "están") == several, pair
            assert not re.search(r"\b(de|a) el\b", sentence), pair


def test_what_is_asked_about_labels_was_never_labelled():
    from engine.corpus.blocks import classes
    for language in LANGUAGES:
        used = {word for words, _ in classes(language).values() for word in words}
        for seed in range(200):
            probe = probes.label_probe(language, 8, seed)
            asked = [pair.split(" ->")[0] for pair in probe.prompt.split(probes.SEPARATOR)]
            assert len(asked) == 9 and set(asked) <= {word for _, out in classes(language).values() for word in out}, probe
            assert not set(asked) & used, probe


def test_every_figure_has_a_ceiling_where_one_is_known():
    assert [probes.label_ceiling(k) for k in (0, 1, 2)] == pytest.approx([0, 1 / 3, 5 / 9])
    assert math.isclose(probes.label_ceiling(8), 0.961, abs_tol=1e-3)


def test_scored_says_n_and_nats(tokenizer):
    found = scored(Peeking(True, tokenizer), [Probe("The capital of France is", " Paris")])
    assert found["n"] == 1 and found["share"] == 1 and found["nats"] < 1e-3 and found["low"] < found["high"] == 1


def test_targets_are_read_on_seeds_that_nothing_is_tuned_on():
    assert evaluate.SEED != evaluate.TUNING
