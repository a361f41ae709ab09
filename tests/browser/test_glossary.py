"""The concept map in a browser: search, map, card, way and list lead to the same ideas, by pointer and by keys; links bring them back."""
import re

import pytest

from engine import distribution
from ui.concepts import after, before, concepts, leads, path
from ui.figures import glossary
from ui.i18n import Text

T = Text("en")
NODE = "[data-part=graph] g[data-id='{}']"


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("glossary", lang="en")


def name(id: str) -> str:
    return T(f"ideas.{id}.name")


def shown(reader, id: str) -> None:
    """The card, the map and the list agree on what is chosen."""
    reader.page.wait_for_function("name => document.querySelector('[data-part=idea] h3').textContent === name", arg=name(id))
    assert reader.all("[data-part=graph] g[aria-pressed=true]", "id") == [id]
    assert reader.all("[data-part=ideas] button[aria-current]", "id") == [id]


def classed(reader, kind: str) -> set[str]:
    return set(reader.all(f"[data-part=graph] g[data-id].{kind}", "id"))


def test_the_map_is_where_python_put_it(reader):
    shown(reader, "attention")
    places = reader.page.eval_on_selector_all("[data-part=graph] g[data-id]", "all => all.map(e => [e.dataset.id, e.getAttribute('transform')])")
    assert {id: tuple(map(float, re.findall(r"[\d.]+", at))) for id, at in places} == {
        id: (round(x, 1), round(y, 1)) for id, (x, y) in glossary.drawing().nodes.items()}
    assert len(reader.all("[data-part=graph] path", "from")) == sum(len(concept.rests) for concept in concepts().values())


@pytest.mark.parametrize("language", ["es", "en"])
def test_names_fit_their_boxes(reader, language):
    reader.speak(language)
    assert reader.page.eval_on_selector_all("[data-part=graph] g[data-id]", """all => all.filter(e => {
        const text = e.querySelector(':scope > text').getBBox(), box = e.querySelector('rect').getBBox();
        return text.width > box.width - 2 || text.height > box.height + 1;
    }).map(e => e.textContent)""") == []


def test_pointing_leaves_what_belongs_to_an_idea(reader):
    reader.page.hover(NODE.format("training"))
    assert classed(reader, "before") == before("training") and classed(reader, "after") == after("training")
    assert classed(reader, "faded") == set(concepts()) - before("training") - after("training") - {"training"}
    reader.page.mouse.move(0, 0)
    assert classed(reader, "faded") == set() and classed(reader, "before") == before("attention")


def test_click_opens_the_card_with_the_models_numbers(reader, base):
    reader.page.click(NODE.format("next_word"))
    shown(reader, "next_word")
    probs = distribution(base.trace(T("glossary.sentence")).logits[-1]).probs
    reader.page.wait_for_selector("[data-part=idea] .picture[data-kind=bars] .fill")
    assert reader.numbers("[data-part=idea] .picture .fill") == pytest.approx(probs.topk(5).values.tolist(), abs=1e-6)
    assert reader.all("[data-part=idea] .links[data-kind=leads] button", "id") == leads("next_word")
    reader.page.click("[data-part=idea] .links button[data-id=causal_mask]")
    shown(reader, "causal_mask")
    assert reader.all("[data-part=idea] .links[data-kind=rests] button", "id") == list(concepts()["causal_mask"].rests)


def test_search_takes_other_names_and_no_accents(reader):
    box = "[data-part=find] input"
    reader.page.fill(box, "rope")
    assert reader.all("[data-part=find] .option", "id") == ["rotary"]
    assert reader.page.inner_text("[data-part=find] [role=status]") == "1 idea"
    assert reader.all("[data-part=ideas] li:not([hidden]) button", "id") == ["rotary"] and classed(reader, "found") == {"rotary"}
    reader.page.fill(box, "qqq")
    assert reader.page.inner_text("[data-part=find] [role=status]") == T("glossary.find.none") and reader.page.is_visible("[data-part=ideas] .empty")
    reader.page.fill(box, "entropy")
    found = reader.all("[data-part=find] .option", "id")
    assert set(found) >= {"entropy", "cross_entropy"} and found[0] == "entropy"
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    shown(reader, found[1])
    assert reader.page.input_value(box) == "" and classed(reader, "faded") == set()
    reader.speak("es")
    reader.page.fill(box, "mascara")
    assert reader.all("[data-part=find] .option", "id")[0] == "causal_mask"
    reader.page.keyboard.press("Escape")
    reader.speak("en")


def test_arrow_keys_go_over_the_map_and_the_list(reader):
    reader.page.focus(NODE.format("cross_entropy"))
    reader.page.keyboard.press("ArrowDown")
    focused = reader.page.evaluate("document.activeElement.dataset.id")
    assert glossary.drawing().nodes[focused][1] > glossary.drawing().nodes["cross_entropy"][1]
    reader.page.keyboard.press("Enter")
    shown(reader, focused)
    order = reader.all(".ideas button", "id")
    reader.page.focus(f"[data-part=ideas] button[data-id={focused}]")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    shown(reader, order[order.index(focused) + 1])


def test_the_way_is_walked_step_by_step(reader):
    reader.page.click("[data-part=ideas] button[data-id=attention]")
    shown(reader, "attention")
    steps = path("attention")
    assert reader.all("ol.way button", "id") == steps
    reader.page.click("[data-part=idea] .start")
    shown(reader, steps[0])
    reader.page.wait_for_selector("[data-part=graph] .step[visibility=visible]")
    numbered = reader.page.eval_on_selector_all("[data-part=graph] g[data-id]:has(.step[visibility=visible])", "all => all.map(e => [e.dataset.id, e.querySelector('.step text').textContent])")
    assert {id: int(step) for id, step in numbered} == {id: i + 1 for i, id in enumerate(steps)}
    reader.page.click("[data-part=idea] .walk .on")
    shown(reader, steps[1])
    assert reader.page.inner_text("[data-part=idea] .walk p") == T("glossary.step", idea=name("attention"), step=2, all=len(steps)).replace("**", "")
    reader.page.click("[data-part=idea] .walk .back")
    shown(reader, steps[0])
    assert reader.page.is_disabled("[data-part=idea] .walk .back")
    reader.page.click("[data-part=idea] .walk .stop")
    reader.page.wait_for_selector("[data-part=idea] .walk", state="hidden")


def test_a_copied_link_restores_idea_and_way(reader, new_reader):
    reader.page.click(".guide .go")
    reader.page.wait_for_selector("[data-part=idea] .walk .on")
    shown(reader, path("attention")[0])
    query = reader.page.get_attribute(".tools button", "data-query")
    assert "glossary.goal=attention" in query
    other = new_reader()
    other.page.goto(f"{other.url}/glossary{query}")
    other.rest()
    shown(other, path("attention")[0])
    assert other.page.is_visible("[data-part=idea] .walk .on")
    other.close()


def test_an_idea_opens_its_screen_with_its_knobs(reader):
    reader.open("glossary", lang="en", **{"glossary.idea": "temperature"})
    shown(reader, "temperature")
    reader.page.click("[data-part=idea] .doors .press[data-screen=probabilities]")
    reader.page.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=T("probabilities.title"))
    reader.rest()
    assert "probabilities.temperature=2" in reader.page.url
