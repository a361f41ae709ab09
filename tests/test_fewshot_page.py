"""The page of examples as Streamlit's own test runner sees it: every kind of model, links that say something and links that do not."""

import pytest
from pytest import approx
from streamlit.testing.v1 import AppTest
from test_pages import boards_of

from engine import load, rules, shots
from engine.shots import Block
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS
from ui.readings import fewshot as readings


def page(**query: str) -> AppTest:
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.query_params.update({key.replace("__", "."): value for key, value in query.items()})
    at.run()
    return at.switch_page("fewshot.py").run()


def parts(at: AppTest) -> dict[str, dict]:
    return {part["id"]: part for board in boards_of(at) for part in board["parts"]}


@pytest.mark.parametrize("name", ["base", "nano", "assistant"])
def test_page_stands_with_every_kind_of_model(name):
    for language in LANGUAGES:
        at = page(lang=language, model=name)
        assert not at.exception and not at.error and not at.warning
        found = parts(at)
        assert {"rows", "product", "first", "orders", *readings.MEASURED} <= found.keys()
        pairs, asked = rules.drawn("labels", language, KNOBS["fewshot.seed"].default)
        p = [shot.p for shot in shots.read(load(name), Block(tuple(pairs[:readings.DRAWN]), *asked))]
        assert [row["p"] for row in found["rows"]["results"]] == approx(p, abs=1e-6)


def test_page_takes_examples_from_a_link_and_lists_what_it_draws():
    said = readings.text(readings.OWN, [("año & 1", "🙂"), ("<b>", "")])
    at = page(lang="es", fewshot__task="own", fewshot__rows=said, fewshot__form="equals")
    assert not at.exception and not at.warning
    assert parts(at)["rows"]["said"] == said and parts(at)["rows"]["rows"][0]["word"] == "año & 1"
    assert parts(at)["rows"]["caption"] == Text("es")("fewshot.no_answer") == parts(at)["product"]["caption"]
    at.toggle(key="fewshot.table").set_value(True).run()
    assert not at.exception and len(at.dataframe[0].value) > 20


def test_link_that_makes_no_sense_is_named():
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.query_params.update({"lang": "en", "fewshot.rows": "[[["})
    at.run()
    assert [warning.value for warning in at.warning] == [Text("en")("frame.bad_link", names="fewshot.rows")]
    at.switch_page("fewshot.py").run()
    assert not at.exception and parts(at)["rows"]["rows"][0]["word"] == rules.drawn("labels", "en", KNOBS["fewshot.seed"].default)[0][0][0]
