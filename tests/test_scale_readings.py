"""The scale screen in words: formulas as they are written, amounts in their units, the card's answer, sentences from few points or none."""
import json

import pytest
from streamlit.testing.v1 import AppTest

from engine import parameters, scaling
from engine.model import Config
from engine.parameters import PUBLISHED
from engine.recipes import BASE
from ui import session
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS
from ui.readings import emergence, scale
from ui.readings.amounts import lasting, length, scientific, stored


@pytest.mark.parametrize("part, written", [("tokens", "VC"), ("c_attn", "3LC² + 3LC"), ("forward", "8LC² + 5LC"), ("final", "2C"), ("head", "VC")])
def test_formulas_as_they_are_written(part, written):
    assert scale.formulas()[part] == written


def test_knobs_and_shapes_are_the_same_thing(untouched):
    for shape in (BASE, *(there.config for there in PUBLISHED.values()), Config(300, 32, 48, 2, 3, tie_word_embeddings=False)):
        assert scale.config(scale.knobs(shape)) == shape
    assert scale.config(scale.chosen()) == BASE
    untouched["scale.width"] = 97
    assert scale.config(scale.chosen()).n_head == 1


def test_every_preset_could_stand_in_an_address(untouched):
    presets = scale.presets(Text("en"))
    assert {"nano", "base", "gpt3"} <= {preset["id"] for preset in presets}
    for preset in presets:
        assert all(KNOBS[knob].parse(str(value)) == value for knob, value in preset["values"].items())


@pytest.mark.parametrize("value, en, es", [(0, "0", "0"), (1.72, "1.72", "1,72"), (6_150, "6,150", "6.150"), (3.142e23, "3.14\u202f×\u202f10²³", "3,14\u202f×\u202f10²³"),
                                           (9.999e7, "1.00\u202f×\u202f10⁸", "1,00\u202f×\u202f10⁸"), (3.5e-4, "3.50\u202f×\u202f10⁻⁴", "3,50\u202f×\u202f10⁻⁴")])
def test_powers_of_ten(value, en, es):
    assert (scientific(Text("en"), value), scientific(Text("es"), value)) == (en, es)


def test_units_that_suit():
    t = Text("es")
    assert (stored(t, 349_208_518_656), stored(t, 800)) == ("349,2\u00a0GB", "800\u00a0B")
    assert (length(t, 29_831), length(t, 4), length(t, 3.2e6)) == ("29,8\u00a0m", "4,00\u00a0mm", "3,2\u00a0km")
    assert (lasting(t, 1.26), lasting(t, 86_400 * 3637.6)) == ("1,3 segundos", "10,0 años")


def test_the_cards_answer_is_counted(untouched):
    right, values = scale.answer(Text("en"))
    held = scale.groups(BASE)
    assert right == "forward" and held["forward"] == max(held.values()) and sum(held.values()) == parameters.total(BASE)
    assert values["forward"] == Text("en").percent(held["forward"] / parameters.total(BASE))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("metric", ["answers", "nats"])
@pytest.mark.parametrize("over", ["size", "depth", "training"])
def test_measured_figures_are_sentences_whatever_is_there(untouched, monkeypatch, language, metric, over):
    t = Text(language)
    untouched.update({"scale.metric": metric, "scale.over": over, "scale.loss": "loss"})
    for rungs in (scaling.rungs(), scaling.rungs()[-1:], []):
        monkeypatch.setattr(session, "rungs", lambda rungs=rungs: rungs)
        monkeypatch.setattr(session, "course", lambda rungs=rungs: scaling.course() if len(rungs) > 1 else [])
        said = [emergence.size_sentence(t), emergence.tokens_sentence(t), emergence.quiz_sentence(t), *emergence.verdict(t), scale.orders_sentence(t), scale.squares_sentence(t),
                *(emergence.rise_sentence(t, name) for name in ("friend", "pet", "labels", "sums", "rare"))]
        assert all("{" not in sentence and sentence.count("**") % 2 == 0 and "nan" not in sentence.split() for sentence in said)
        for figure in (emergence.by_size(t), emergence.by_tokens(t), emergence.ability(t, "friend"), emergence.quiz(t)):
            assert json.dumps(figure, allow_nan=False)
        assert scale.tracks(t) and scale.squares(t)


def test_the_table_holds_every_point(untouched):
    frame = emergence.table(Text("en"), scale.chosen())
    assert len(frame) == 7 + 3 + (len(scaling.rungs()) + len(scaling.course()) - 1) * 2 * (2 + 2 * len(emergence.NAMES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_stands(language):
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.query_params.update({"lang": language, "scale.over": "depth", "scale.width": "97", "scale.tied": "0"})
    at.run()
    at.switch_page("scale.py").run()
    assert not at.exception and not at.error and [title.value for title in at.title] == [Text(language)("scale.title")]
    at.toggle(key="scale.table").set_value(True).run()
    assert not at.exception and len(at.dataframe[0].value) > 50
