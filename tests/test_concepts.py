"""The concept map's graph: every idea that the exhibition promises is there, no circle, nothing said twice, every screen and knob exists."""
import tomllib
from pathlib import Path

import pytest

from ui.concepts import after, before, chain, concepts, depth, leads, path
from ui.i18n import LANGUAGES, catalogue
from ui.knobs import KNOBS
from ui.tour import ORDER

ROOT = Path(__file__).parent.parent
# What a learner is to see here, each with the ideas that say it.
PROMISED = {
    "next-word prediction": {"next_word"}, "what such a model does with it: generate, summarise, reason": {"abilities", "generation"}, "tokens": {"token", "byte_pair"},
    "embeddings": {"embedding"}, "positional encoding": {"position", "sinusoidal", "rotary"},
    "self-attention (Q, K, V, scale, mask, softmax)": {"attention", "query", "key", "value", "score", "causal_mask", "softmax"}, "causal mask": {"causal_mask"},
    "feed-forward network": {"feed_forward"}, "residual connections": {"residual"}, "layer normalisation": {"layer_norm"},
    "softmax and temperature, and the diversity it controls": {"softmax", "temperature"}, "sampling": {"sampling", "top_k", "top_p"},
    "context window and its truncation": {"context_window"}, "pre-training on much text": {"pretraining"}, "fine-tuning": {"finetuning"},
    "training (parameters move) versus inference (they stay)": {"training", "inference"}, "parallelism over positions": {"parallelism"}, "few-shot": {"few_shot"},
    "parameter counts up to GPT-3's 175 B": {"parameter"}, "scaling and emergent abilities": {"scaling_law", "emergence"},
    "the neural network beneath it all": {"neural_network", "neuron"}}
IDEAS = list(concepts())


@pytest.mark.parametrize("promise", PROMISED)
def test_every_promised_idea_has_an_entry_and_a_screen(promise):
    for id in PROMISED[promise]:
        assert (ROOT / "pages" / f"{concepts()[id].screen}.py").is_file() and concepts()[id].screen in ORDER, id
        for language in LANGUAGES:
            assert catalogue(language)[f"ideas.{id}.name"] and len(catalogue(language)[f"ideas.{id}.text"]) > 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_graph_are_about_the_same_ideas(language):
    with (ROOT / "assets" / "text" / language / "ideas.toml").open("rb") as file:
        words = tomllib.load(file)
    assert list(words) == IDEAS
    assert len({entry["name"] for entry in words.values()}) == len(IDEAS)
    assert {concept.section for concept in concepts().values()} == {key.split(".")[-1] for key in catalogue(language) if key.startswith("glossary.section.")}
    for id, entry in words.items():
        assert entry["text"].endswith(".") and len(entry["text"]) < 330 and len(entry["name"]) < 45, id


@pytest.mark.parametrize("id", IDEAS)
def test_an_idea_rests_on_known_ones_in_no_circle_and_says_nothing_twice(id):
    rests = concepts()[id].rests
    assert set(rests) <= set(IDEAS) and id not in before(id)
    assert not any(other in before(another) for other in rests for another in rests), "what follows from another need not be named"
    assert all(id in leads(other) for other in rests)


@pytest.mark.parametrize("id", IDEAS)
def test_the_way_to_an_idea_is_all_it_rests_on_in_order(id):
    steps = path(id)
    assert steps[-1] == id and set(steps) == before(id) | {id} and len(set(steps)) == len(steps)
    assert all(steps.index(other) < steps.index(step) for step in steps for other in concepts()[step].rests)
    longest = chain(id)
    assert longest[-1] == id and len(longest) == depth(id) + 1 and not concepts()[longest[0]].rests
    assert all(one in concepts()[other].rests for one, other in zip(longest, longest[1:], strict=False))


def test_before_and_after_are_the_same_relation():
    assert all((other in before(id)) == (id in after(other)) for id in IDEAS for other in IDEAS)


def test_everything_is_one_map():
    reached, edge = set(), {"token"}
    while edge:
        reached |= edge
        edge = {other for id in edge for other in (*concepts()[id].rests, *leads(id))} - reached
    assert reached == set(IDEAS)


@pytest.mark.parametrize("id", IDEAS)
def test_knobs_are_the_screens_own_and_make_sense(id):
    for knob, value in concepts()[id].knobs.items():
        assert knob.startswith(f"{concepts()[id].screen}.") and KNOBS[knob].parse(value) is not None, knob
