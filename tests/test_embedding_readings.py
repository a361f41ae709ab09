"""What the embeddings screen says: the sums, axes and paths of the model that ships, in both languages, and odd things typed into its boxes."""
import pytest
import torch
from pytest import approx
from test_pages import data_of, models, open_app, parts_of, stands   # noqa: F401  models is a fixture

from engine import contexts, maps, words
from ui import session
from ui.i18n import LANGUAGES, Text
from ui.readings import sums

SHOWS = ("axes", "sum", "path")
ODD = (" ", ",,,", "<b>x</b>", "a\u200db 👩‍👩‍👧", "<|endoftext|>", "**", "{0} %s", "x" * 80)


@pytest.fixture(scope="module")
def lm():
    return session.model()


@pytest.fixture(scope="module")
def table():
    return session.vocabulary()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_knows_what_lies_nearest(language, lm, table):
    t = Text(language)
    right, values = sums.answer(t)
    a, b, c = (words.word(lm, table, t(f"embeddings.sum.{knob}")) for knob in "abc")
    nearest = int(torch.cosine_similarity(table, (a.vector - b.vector + c.vector)[None]).argmax())
    assert right == "itself" and nearest == a.ids[0]                       # or the card asks a dull question: choose another
    assert t("embeddings.guide.answer", **values).count("**") == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_that_work_do_and_the_last_one_does_not(language, lm, table):
    t = Text(language)
    ranks = []
    for name in ("second", "third", "fourth", "fifth"):
        here = sums.work(lm, table, *t(f"embeddings.sum.try.{name}").split())
        ranks.append(here.sum.rank(here.goal, inputs=False))
    assert ranks[:3] == [1, 1, 1] and ranks[3] > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_a_sum_has_both_ranks_and_the_expected_word(language, lm, table):
    t = Text(language)
    part = parts_of(open_app("embeddings", lang=language, **{"embeddings.show": "sum"}))["list"]
    here = sums.work(lm, table, *(t(f"embeddings.sum.{knob}") for knob in ("a", "b", "c", "expected")))
    rows = [row for row in part["rows"] if row["mark"] != "gap"]
    assert [row["value"] for row in rows[:12]] == approx(here.sum.cosines.topk(12).values.tolist(), abs=1e-6)
    assert [row["lead"][0] for row in rows[:3]] == ["1", "2", "3"]
    assert [row["id"] for row in rows if row["mark"] == "expected"] == [here.goal]
    assert {row["id"] for row in rows if row["mark"] == "input"} <= here.sum.inputs and all(
        row["lead"][1] == "–" for row in rows if row["mark"] == "input")


def test_a_word_of_several_tokens_is_said_to_be_so(lm):
    at = open_app("embeddings", lang="en", **{"embeddings.show": "sum", "embeddings.a": "Lisbon", "embeddings.b": "Portugal", "embeddings.c": "Italy",
                                              "embeddings.expected": "Rome"})
    (row,) = parts_of(at)["boxes"]["rows"]
    pieces = [token.text for token in lm.tokenizer.tokens(lm.tokenizer.encode(" Lisbon"))]
    assert len(pieces) > 1 and "**Lisbon**" in row["note"] and " + ".join(pieces).replace(" ", "", 1).split(" + ")[-1] in row["note"]
    assert Text("en")("embeddings.sum.pieces", word="**Rome**") in parts_of(at)["list"]["caption"]


def test_points_on_the_plane_are_projections(lm, table):
    at = open_app("embeddings", lang="en", prompt="The cat saw a lamp", **{"embeddings.show": "axes", "embeddings.left": "dog, cat", "embeddings.right": "house"})
    axis = words.axis(words.pole(lm, table, "dog, cat"), words.pole(lm, table, "house"))
    points = [point for point in parts_of(at)["plane"]["points"] if point.get("id") is not None]
    assert len(points) > 6
    assert [point["x"] for point in points] == approx(axis.place(table[[point["id"] for point in points]]).tolist(), abs=1e-5)
    best = maps.pca(table, 1)[1].item()
    assert Text("en").percent(best, 1) in parts_of(at)["plane"]["caption"]


def test_path_is_the_projectors(lm):
    at = open_app("embeddings", lang="en", prompt="The dog saw the cat. The cat", **{"embeddings.show": "path", "embeddings.layer": "2"})
    plane, trace, projector = parts_of(at)["plane"], session.trace("The dog saw the cat. The cat"), session.projector()
    states = contexts.states(trace)
    assert plane["layer"] == 2 and [step for place in plane["path"] for step in place] == approx(projector.place(states[:, -1]).flatten().tolist(), abs=1e-5)
    assert {point["at"]: point["x"] for point in plane["points"]} == approx(
        {i: float(projector.place(states[2, i])[0]) for i in range(1, len(trace.tokens))}, abs=1e-5)
    assert [row["value"] for row in parts_of(at)["turns"]["rows"][1:]] == approx(contexts.turned(states[:, -1])[0].tolist(), abs=1e-3)
    turned = contexts.turned(states[:, -1])[0]
    assert [row["name"] for row in parts_of(at)["turns"]["rows"][1:]] == [f"block {i}" for i in range(len(turned))]       # numbered as on every screen
    assert f"Block {int(turned.argmax())} turns" in plane["caption"]
    assert " cat " in parts_of(at)["turns"]["caption"].replace("**", " ")


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("text", ["", "x", "añ 🙂 " * 400, "<|endoftext|>"])
def test_every_way_of_looking_stands_whatever_is_typed(show, text):
    at = open_app("embeddings", lang="es", prompt=text, **{"embeddings.show": show})
    stands(at, "embeddings", "es")
    assert "plane" in parts_of(at) and all(part["caption"].count("**") % 2 == 0 for part in parts_of(at).values())
    at.toggle(key="embeddings.table").set_value(True).run()
    assert not at.exception and len(at.dataframe[0].value) > 5


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_in_the_boxes_are_words_like_others(odd):
    for show in ("axes", "sum"):
        knobs = ("left", "top") if show == "axes" else ("a", "expected")
        at = open_app("embeddings", lang="en", **({"embeddings.show": show, "embeddings.axes": "plane"} | {f"embeddings.{knob}": odd for knob in knobs}))
        stands(at, "embeddings", "en")
        for part in parts_of(at).values():
            assert part["caption"].count("**") % 2 == 0


def test_an_axis_between_two_equal_ends_is_refused_in_a_sentence():
    at = open_app("embeddings", lang="en", **{"embeddings.show": "axes", "embeddings.left": "cat", "embeddings.right": "cat"})
    stands(at, "embeddings", "en")
    assert parts_of(at)["plane"]["missing"] == Text("en")("embeddings.axes.same") and parts_of(at)["boxes"]["rows"]


def test_a_map_of_contexts_that_is_not_there_is_missed_in_words(models):     # noqa: F811
    (models / "base" / contexts.CONTEXTS).unlink()
    at = open_app("embeddings", **{"lang": "en", "embeddings.show": "path"})
    stands(at, "embeddings", "en")
    assert parts_of(at)["plane"]["missing"] == Text("en")("embeddings.path.missing") and len(parts_of(at)["turns"]["rows"]) == 7


def test_layer_and_place_beyond_what_there_is_show_the_last():
    at = open_app("embeddings", prompt="The cat", **{"embeddings.show": "path", "embeddings.layer": "40", "embeddings.at": "200"})
    plane = parts_of(at)["plane"]
    assert plane["layer"] == session.model().decoder.config.n_layer and plane["points"][-1]["at"] == 2 and data_of(at)["stamp"] == "The cat"
