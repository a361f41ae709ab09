"""The map of embeddings in a browser: coordinates, neighbours and vectors drawn are the model's; views, search, choice."""
import json

import pytest
from pytest import approx

from engine import maps

TEXT = "The dog and the cat"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("embeddings", TEXT, lang="en")
    drawn(reader)


@pytest.fixture(scope="module")
def weights(base):
    return base.decoder.transformer.wte.weight


def drawn(reader, view: str = "pca2") -> None:
    reader.page.wait_for_selector(f"[data-part=map] .map[data-view={view}][data-ready=true][data-coords]")


def places(reader) -> list[dict]:
    return json.loads(reader.all("[data-part=map] .map", "coords")[0])


def chosen(reader, id: int) -> None:
    reader.page.wait_for_selector(f"[data-part=map] .map[data-chosen='{id}']")
    reader.page.wait_for_selector(f"[data-part=strip] .strip[data-id='{id}'] >> nth=0")


def near(reader, weights, id: int) -> None:
    """The rows beside the map are the true neighbours of `id`."""
    ids, cosines = maps.neighbours(weights, id)
    assert reader.numbers("[data-part=neighbours] .neighbours button", "id") == ids.tolist()
    assert reader.numbers("[data-part=neighbours] .neighbours button", "cosine") == approx(cosines.tolist(), abs=1e-5)


def test_typed_tokens_lie_where_pca_puts_them(reader, base, weights):
    points, shares = maps.pca(weights, 2)
    ids = [token.id for token in base.trace(TEXT).tokens[1:]]
    assert json.loads(reader.all("[data-part=map] .map", "highlight")[0]) == ids
    found = {place["id"]: place["at"] for place in places(reader)}
    assert found.keys() == set(ids)
    for id in ids:                              # the sign of an axis is settled by rule, but a tie may fall either way
        assert [abs(x) for x in found[id]] == approx(points[id].abs().tolist(), abs=1e-3)
    assert reader.numbers("[data-part=map] .map", "variance") == approx([float(shares.sum())], abs=1e-5)


def test_neighbours_and_vector_are_the_models(reader, base, weights):
    last = base.trace(TEXT).tokens[-1].id
    near(reader, weights, last)
    assert reader.numbers("[data-part=strip] .strip:not(.second) rect") == approx(weights[last].tolist(), abs=1e-6)


def test_neighbour_chosen_by_click_and_by_keyboard_and_back(reader, base, weights):
    first = int(maps.neighbours(weights, base.trace(TEXT).tokens[-1].id)[0][0])
    reader.page.click("[data-part=neighbours] .neighbours button >> nth=0")
    chosen(reader, first)
    near(reader, weights, first)
    second = int(maps.neighbours(weights, first)[0][1])
    reader.page.focus("[data-part=neighbours] .neighbours button >> nth=1")
    reader.page.keyboard.press("Enter")
    chosen(reader, second)
    assert f"embeddings.token={second}" in reader.page.get_attribute(".tools button", "data-query")
    reader.page.click(".typed .follow")
    chosen(reader, base.trace(TEXT).tokens[-1].id)


def test_view_turns_to_three_dimensions_by_keyboard(reader, base, weights):
    points, shares = maps.pca(weights, 3)
    reader.page.focus(".segments button[data-view=pca2]")
    reader.page.keyboard.press("ArrowRight")
    drawn(reader, "pca3")
    for place in places(reader):
        assert [abs(x) for x in place["at"]] == approx(points[place["id"]].abs().tolist(), abs=1e-3)
    assert reader.numbers("[data-part=map] .map", "variance") == approx([float(shares.sum())], abs=1e-5)
    before = places(reader)[0]
    reader.page.focus("[data-part=map] canvas")
    reader.page.keyboard.press("ArrowLeft")
    reader.page.wait_for_function("x => JSON.parse(document.querySelector('.map').dataset.coords)[0].x !== x", arg=before["x"])
    assert places(reader)[0]["at"] == before["at"]          # turned, not moved
    reader.page.click(".segments button[data-view=pca2]")
    drawn(reader)


def test_search_finds_a_token(reader, base, weights):
    token = base.trace(TEXT).tokens[2]
    reader.page.fill("[data-part=map] input[type=search]", token.text.strip())
    reader.page.wait_for_selector(f".results .option[data-id='{token.id}']")
    reader.page.click(f".results .option[data-id='{token.id}']")
    chosen(reader, token.id)
    near(reader, weights, token.id)
    reader.page.click(".typed .follow")
    chosen(reader, base.trace(TEXT).tokens[-1].id)


def test_new_text_moves_the_highlight(reader, base):
    text = "¡Hola, señor búho! 🦉"
    reader.type(text)
    ids = [token.id for token in base.trace(text).tokens[1:]]
    assert json.loads(reader.all("[data-part=map] .map", "highlight")[0]) == ids
    assert {place["id"] for place in places(reader)} == set(ids)


def test_language_switch_keeps_the_text(reader):
    text = reader.typed()
    reader.speak("es")
    assert reader.typed() == text and "para el modelo" in reader.title()
    drawn(reader)
    reader.speak("en")
