"""Embeddings in a browser beyond the map: both measures, axes and sums of words, a path through the layers; all in the link."""
import json

import pytest
import torch
from pytest import approx

from engine import checkpoint, contexts, maps, words
from ui.points import starters

TEXT = "The dog saw the cat. The cat"
PLANE = "[data-part=plane] .plane"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("embeddings", TEXT, lang="en")


@pytest.fixture(scope="module")
def table(base):
    return base.decoder.transformer.wte.weight


@pytest.fixture(scope="module")
def projector(base):
    return contexts.built(checkpoint.find("base"), base)


def press(reader, knob: str, option: str) -> None:
    """Choose an option of a row of controls, and wait until the link says so."""
    reader.page.click(f".choice[data-name='{knob}'] button[data-option='{option}']")
    linked(reader, f"{knob}={option}")


def linked(reader, what: str) -> None:
    reader.page.wait_for_function("what => document.querySelector('.tools .copy').dataset.query.includes(what)", arg=what)
    reader.rest()


def points(reader) -> dict[str, list[float]]:
    reader.page.wait_for_selector(f"{PLANE}[data-ready=true][data-points]")
    return {point["name"]: point["at"] for point in json.loads(reader.all(PLANE, "points")[0])}


def test_neighbours_by_distance_are_the_engines(reader, base, table):
    press(reader, "embeddings.measure", "euclidean")
    last = base.trace(TEXT).tokens[-1].id
    reader.page.wait_for_selector("[data-part=neighbours] button[data-distance]")
    ids, distances = maps.euclidean(table, last)
    assert reader.numbers("[data-part=neighbours] .neighbours button", "id") == ids.tolist()
    assert reader.numbers("[data-part=neighbours] .neighbours button", "distance") == approx(distances.tolist(), abs=1e-4)
    assert str(len(set(ids.tolist()) & set(maps.neighbours(table, last)[0].tolist()))) in reader.page.inner_text("[data-part=neighbours] figcaption")


def test_words_fall_where_they_are_projected_on_axes_that_are_typed(reader, base, table):
    press(reader, "embeddings.show", "axes")
    before = points(reader)
    reader.page.fill("[data-knob='embeddings.left']", "king")
    reader.page.fill("[data-knob='embeddings.right']", "queen")
    reader.page.keyboard.press("Enter")
    linked(reader, "embeddings.right=queen")
    axis = words.axis(words.pole(base, table, "king"), words.pole(base, table, "queen"))
    token = base.trace(TEXT).tokens[2]
    assert points(reader)["·dog"][0] == approx(axis.place(table[token.id]).item(), abs=1e-4) != before["·dog"][0]
    drawn = reader.page.evaluate("Array.from(document.querySelector('[data-part=plane] canvas').cloud)")
    assert len(drawn) == 2 * len(starters(base))
    assert drawn[::2] == approx(axis.place(table[starters(base)]).tolist(), abs=1e-4)
    press(reader, "embeddings.axes", "line")
    assert points(reader)["·dog"][1] == approx(axis.beside(table[token.id]).item(), abs=1e-4)


def test_a_sum_tried_by_one_press_is_ranked_as_the_engine_ranks_it(reader, base, table):
    press(reader, "embeddings.show", "sum")
    reader.page.click(".tries .press >> nth=1")
    linked(reader, "embeddings.a=boy")
    total = words.total(table, *(words.word(base, table, text) for text in ("boy", "man", "woman")))
    ids = [int(id) for id in reader.all(".ranks button", "id")]
    assert ids[:12] == total.order[:12].tolist()
    assert reader.numbers(".ranks button") == approx(total.cosines[ids].tolist(), abs=1e-4)
    girl = base.tokenizer.encode(" girl")[0]
    assert reader.all(f".ranks button[data-id='{girl}']", "lead") == [f"{total.rank(girl)} {total.rank(girl, inputs=False)}"]
    reader.page.click(".toggle[data-name='embeddings.rest']")
    linked(reader, "embeddings.rest=1")
    rest = words.without_first(table)
    without = words.total(rest, *(words.word(base, rest, text) for text in ("boy", "man", "woman")))
    assert reader.numbers(".ranks button")[:12] == approx(without.cosines.topk(12).values.tolist(), abs=1e-4)


def test_a_path_through_the_layers_is_placed_by_the_projector(reader, base, projector):
    reader.page.click(".guide .go")
    linked(reader, "embeddings.show=path")
    states = contexts.states(base.trace(reader.typed()))

    def way() -> torch.Tensor:
        points(reader)
        return torch.tensor(json.loads(reader.all(PLANE, "path")[0]))
    torch.testing.assert_close(way(), projector.place(states[:, -1]), atol=1e-4, rtol=0)
    reader.page.focus("[data-part=plane] .chip >> nth=2")
    reader.page.keyboard.press("Enter")
    linked(reader, "embeddings.at=2")
    torch.testing.assert_close(way(), projector.place(states[:, 2]), atol=1e-4, rtol=0)
    before = points(reader)["·saw"]
    reader.page.click(".ranks button >> nth=1")
    linked(reader, "embeddings.layer=1")
    assert points(reader)["·saw"] == approx(projector.place(states[1, 3]).tolist(), abs=1e-4) != before
    assert float(reader.all(PLANE, "layer")[0]) == 1 and float(reader.all(PLANE, "cloud")[0]) == len(projector.around)


def test_a_link_restores_the_view_in_a_new_reader(reader, new_reader):
    query = reader.page.get_attribute(".tools .copy", "data-query")
    other = new_reader()
    other.page.goto(f"{other.url}/embeddings{query}")
    other.rest()
    assert points(other) == points(reader) and other.all(PLANE, "path") == reader.all(PLANE, "path")
    assert other.page.get_attribute(".tools .copy", "data-query") == query
    other.close()


def test_a_key_moves_the_path(reader, base, projector):
    text = reader.typed() + " cow"
    reader.type(text)
    states = contexts.states(base.trace(text))
    assert points(reader)["·cow"] == approx(projector.place(states[1, -1]).tolist(), abs=1e-4)


def test_a_map_that_was_moved_is_as_it_was_left_after_another_view(reader):
    reader.open("embeddings", TEXT, lang="en")
    ready = "[data-part=map] .map[data-view={}][data-ready=true][data-coords]"
    reader.page.wait_for_selector(ready.format("pca2"))
    whole = json.loads(reader.all("[data-part=map] .map", "coords")[0])
    reader.page.click("[data-part=map] .mapbuttons button >> nth=0")
    reader.page.wait_for_function("whole => document.querySelector('[data-part=map] .map').dataset.coords !== whole", arg=reader.all("[data-part=map] .map", "coords")[0])
    closer = json.loads(reader.all("[data-part=map] .map", "coords")[0])
    assert [place["x"] for place in closer] != approx([place["x"] for place in whole], abs=1)
    reader.page.click("[data-view=tsne]")
    linked(reader, "embeddings.view=tsne")
    reader.page.click("button[data-view=pca2]")
    linked(reader, "embeddings.view=pca2")
    press(reader, "embeddings.show", "axes")
    press(reader, "embeddings.show", "map")
    reader.page.wait_for_selector(ready.format("pca2"))
    assert [place["x"] for place in json.loads(reader.all("[data-part=map] .map", "coords")[0])] == approx([place["x"] for place in closer], abs=0.5)
