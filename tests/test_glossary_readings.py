"""What the concept map says: every number is the engine's, for any model, and the sentences say what the graph says."""
import math
import re

import pytest
import torch
from pytest import approx

from engine import EngineError, checkpoint, distribution, maps
from engine.descent import descend
from engine.parameters import total
from ui import session
from ui.concepts import after, before, concepts, path
from ui.figures import glossary as figures
from ui.i18n import LANGUAGES, Text
from ui.readings import glossary, ideas, measured, outcome
from ui.tour import ORDER

T = Text("en")
SENTENCE = T("glossary.sentence")


@pytest.fixture(scope="module")
def base():
    return session.model(session.BASE)


@pytest.fixture(scope="module")
def trace(base):
    return base.trace(SENTENCE)


def look(id: str, base) -> tuple[dict, dict | None]:
    with session.meaning(session.BASE):
        return ideas.look(T, base, id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["base", "nano", "assistant"])
def test_every_idea_has_its_sentence_for_any_model(name, language):
    t = Text(language)
    with session.meaning(name):
        lm = session.model()
        for id in concepts():
            said, picture = ideas.said(t, lm, id)
            assert said and "{" not in said and said.count("**") % 2 == 0 and not re.search(r"\bnan\b|\binf\b", said), (id, said)
            if picture and picture["kind"] == "bars":
                assert picture["rows"] and all(0 <= row["share"] <= 1 for row in picture["rows"]), id


def test_every_sentence_with_numbers_has_a_function_and_none_is_dead():
    assert {key.split(".")[0] for key in T.group("ideas") if key.endswith(".here")} == ideas.NUMBERS.keys() | measured.NUMBERS.keys() == set(concepts())


def test_probabilities_are_the_models(base, trace):
    probs = distribution(trace.logits[-1]).probs
    for id in ("next_word", "probability", "softmax"):
        assert [row["value"] for row in look(id, base)[1]["rows"]] == approx(probs.topk(5).values.tolist(), abs=1e-6)
    values, picture = look("temperature", base)
    assert [row["value"] for row in picture["rows"]] == approx([float(distribution(trace.logits[-1], x).probs[probs.argmax()]) for x in (0.5, 1, 2)], abs=1e-6)
    order = probs.sort(descending=True).values.cumsum(0)
    assert look("top_p", base)[0]["number"] == T.number(int((order < 0.9).sum()) + 1, 0)
    assert look("top_k", base)[0]["share"] == T.percent(float(order[9]), 1)
    entropy = float(-(probs * probs.log()).sum())
    assert look("entropy", base)[0]["nats"] == T.number(entropy) and look("entropy", base)[0]["choices"] == T.number(math.exp(entropy), 1)


def test_loss_and_perplexity_are_those_of_the_sentence(base, trace):
    ids = torch.tensor([token.id for token in trace.tokens])
    loss = float(torch.nn.functional.cross_entropy(trace.logits[:-1], ids[1:]))
    assert look("cross_entropy", base)[0]["loss"] == T.number(loss)
    assert look("perplexity", base)[0]["value"] == T.number(math.exp(loss), 1)
    rows = look("surprise", base)[1]["rows"]
    assert sum(row["value"] for row in rows) / len(rows) == approx(loss, abs=1e-5)


def test_a_step_down_the_gradient_is_the_engines(base, trace):
    step = descend(base.decoder, [token.id for token in trace.tokens], outcome.RATE)
    values, _ = look("gradient_descent", base)
    assert (values["before"], values["after"]) == (T.number(step.before), T.number(step.after)) and step.after < step.before
    assert look("gradient", base)[0]["number"] == T.number(total(base.decoder.config), 0)
    low, good, high = (row["value"] for row in look("learning_rate", base)[1]["rows"])
    assert good < low < step.before < high                      # too small, right, far too large


def test_attention_and_mask_are_the_models(base, trace):
    values, picture = look("attention", base)
    layer, head = map(int, values["head"].split("."))
    assert picture["values"] == figures.packed(trace.pattern[layer, head]) and picture["masked"]
    n = len(trace.tokens)
    assert look("causal_mask", base)[0]["future"] == int((trace.pattern[0, 0] == 0).triu(1).sum()) == n * (n - 1) // 2
    scores = session.roles(session.BASE).scores["induction"]
    named = look("induction_head", base)[0]["head"]
    assert float(scores.max()) == float(scores[tuple(map(int, named.split(".")))])


def test_shape_and_size_are_counted(base):
    config = base.decoder.config
    count = sum(p.numel() for p in base.decoder.parameters())
    assert look("parameter", base)[0]["number"] == T.number(count, 0) and look("parameter", base)[0]["gpt3"] == "174,604,259,328"
    assert sum(row["value"] for row in look("parameter", base)[1]["rows"]) == approx(1)
    assert look("vocabulary", base)[0]["number"] == T.number(base.tokenizer.vocab_size, 0)
    assert look("context_window", base)[0]["context"] == str(config.n_positions)
    assert look("head", base)[0]["all"] == config.n_layer * config.n_head
    values, _ = look("byte_pair", base)
    assert values["tokens"] == len(base.tokenizer.encode(f" {T('glossary.long')}")) and values["bytes"] - values["steps"] == values["tokens"]


def test_neighbours_are_the_true_ones(base):
    table = base.decoder.transformer.wte.weight
    _, cosines = maps.neighbours(table, base.tokenizer.encode(f" {T('glossary.word')}")[0], 3)
    assert [row["value"] for row in look("embedding", base)[1]["rows"]] == approx(cosines.tolist(), abs=1e-6)


def test_turning_by_as_much_leaves_the_score(base):
    values, _ = look("rotary", base)
    assert values["one"] == values["other"]


def test_what_was_measured_is_read_from_the_files():
    for language in LANGUAGES:
        t, figures_of = Text(language), checkpoint.read_json(checkpoint.find("base") / checkpoint.EVALUATION)["figures"][language]
        assert t.number(figures_of["loss"]) == measured.training(t)[0]["after"]
        rows = measured.scaling_law(t)[1]["rows"]
        assert rows[-1]["value"] == figures_of["loss"] and [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)


def test_what_a_model_lacks_is_said(base, monkeypatch):
    monkeypatch.setattr(session, "merges", lambda: (_ for _ in ()).throw(EngineError("x", "no such rules")))
    said, picture = ideas.said(T, base, "byte_pair")
    assert said == "no such rules" and picture is None


@pytest.mark.parametrize("id", concepts())
def test_sentences_say_what_the_graph_says(id):
    for language in LANGUAGES:
        t = Text(language)
        assert str(len(after(id))) in glossary.sentence(t, id) and (str(len(before(id))) in glossary.sentence(t, id) or not before(id))
        said = glossary.beside(t, id)
        assert all(glossary.inside(glossary.name(t, other)) in said for other in concepts()[id].rests)


def test_only_screens_that_stand_are_linked(monkeypatch):
    with session.meaning(session.BASE):
        for concept in concepts().values():
            assert glossary.screen(T, concept)["id"] == (concept.screen if concept.screen in ORDER else "")
        assert glossary.screen(T, concepts()["induction_head"])["knobs"]["attention.head"] == look("induction_head", session.model())[0]["head"]
    monkeypatch.setattr(glossary, "ORDER", ())
    assert glossary.screen(T, concepts()["token"])["id"] == "" and glossary.screen(T, concepts()["token"])["name"] == T("tokens.name")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_of_the_card_is_answered_from_the_graph(language):
    right, values = glossary.answer(Text(language))
    assert right == max(glossary.ASKED, key=lambda id: len(after(id))) and values["first"] == len(after(right)) and values["all"] == len(concepts()) - 1
    assert right in Text(language).group("glossary.guide.option")


def test_walk_says_where_on_the_way_one_is():
    steps = path("attention")
    assert glossary.walk(T, "query", "attention", steps)["said"] == T("glossary.step", idea="Attention mechanism", step=steps.index("query") + 1, all=len(steps))
    assert glossary.walk(T, "lora", "attention", steps)["said"] == T("glossary.aside", idea="Attention mechanism")
    assert glossary.walk(T, "query", "", path("query"))["said"] == ""


def test_table_holds_every_idea():
    with session.meaning(session.BASE):
        frame = glossary.table(T)
    assert frame["idea"].tolist() == [glossary.name(T, id) for id in concepts()]
    assert frame["rests on, in all"].tolist() == [len(before(id)) for id in concepts()]


def test_a_model_too_large_to_learn_here_says_so_and_is_not_copied(base, monkeypatch):
    monkeypatch.setattr(session, "LEARNING", 10)
    monkeypatch.setattr(outcome, "RATE", 0.0123)                # what was reckoned before is remembered
    said, picture = ideas.said(T, base, "gradient")
    assert said == T.error(EngineError("too_large_to_learn", "", most=0)) and picture is None
