"""What the screen of the network says: terms add up to the neuron, its layer is the trace's, and the small network is the reader's."""
import base64
import time
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from pytest import approx

from engine import unit
from engine.model import Decoder
from engine.plane import SIDE
from engine.playground import Shape, loss
from ui import board, links, practice, session
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS, MAX_STEPS
from ui.readings import network as readings
from ui.readings import playground
from ui.tour import ORDER

TEXT = "The capital of France is"
t = Text("en")


@pytest.fixture
def page(monkeypatch):
    """The choices of a reader, as a plain dictionary."""
    page = SimpleNamespace(session_state={}, query_params={})
    for module in (links, practice, board):
        monkeypatch.setattr(module, "st", page)
    return page.session_state


@pytest.fixture(scope="module")
def lm():
    return session.model(session.BASE)


def trained(page, **knobs) -> practice.Now:
    """The small network once all steps asked for are taken."""
    page |= {f"network.{name}": value for name, value in knobs.items()}
    end, now = time.monotonic() + 30, practice.now()
    while now.busy and time.monotonic() < end:
        now = practice.now()
    assert not now.busy
    return now


def press(page, wish: str, value: str) -> None:
    page[practice.BOARD] = {"knobs": {f"network.{wish}": f"{value}:{time.monotonic_ns()}"}}


def floats(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["f32"]), "<f4").reshape(packed["shape"])


def test_screen_is_in_the_tour():
    assert ORDER.index("context") < ORDER.index("network") < ORDER.index("finetuning")


@pytest.mark.parametrize("layer", [0, 3, 5])
def test_terms_add_up_to_the_neurons_value(lm, layer):
    trace = lm.trace(TEXT)
    for number in (0, 17, 900):
        found = unit.neuron(lm.decoder, trace, layer, number)
        assert float(found.terms.sum()) + found.bias == approx(found.sum, abs=1e-4)
        assert found.value == approx(float(trace.neurons[layer, -1, number]), abs=1e-5)


def test_counts_are_the_models(lm):
    count = unit.counts(lm.decoder)
    own = sum(p.numel() for name, p in lm.decoder.named_parameters() if "mlp" in name and not name.endswith("c_proj.bias"))
    assert count.parameters == own and count.neurons == lm.decoder.config.n_layer * 4 * lm.decoder.config.n_embd
    assert count.all == sum(p.numel() for p in lm.decoder.parameters())


def test_ledger_adds_up_and_says_so(page, lm):
    page |= {"network.layer": "3", "network.neuron": "3.17"}
    view = readings.look(lm, TEXT)
    rows = readings.terms(t, view)["rows"]
    assert sum(row["cells"][2]["value"] for row in rows[:-1]) == approx(view.found.sum, abs=1e-4) and rows[-1]["cells"][2]["value"] == view.found.sum
    assert all(row["cells"][0]["value"] * row["cells"][1]["value"] == approx(row["cells"][2]["value"], abs=1e-5) for row in rows[:readings.TERMS])
    assert t.number(view.found.sum) in readings.terms(t, view)["caption"]
    frame = readings.table(t, view)
    assert frame.iloc[:-2, 3].sum() == approx(view.found.sum, abs=1e-4) and len(frame) == lm.decoder.config.n_embd + 3


def test_cells_are_the_layer_and_rows_are_all_layers(page, lm):
    page |= {"network.layer": "2", "network.at": "1"}
    view = readings.look(lm, TEXT)
    trace = lm.trace(TEXT)
    assert floats(readings.layer(t, view)["values"]) == approx(trace.neurons[2, 1].numpy(), abs=1e-5)
    rows = readings.network(t, view)
    assert floats(rows["values"]).max(1) == approx(trace.neurons[:, 1].amax(1).numpy(), abs=1e-5) and rows["chosen"] == 2
    assert view.neuron == int(trace.neurons[2, 1].argmax())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "a", TEXT, "👩‍👩‍👧 **<|endoftext|>**"])
def test_neuron_has_something_to_say_of_any_text(page, lm, language, text):
    for part in readings.board(Text(language), readings.look(lm, text)):
        assert part["caption"].count("**") % 2 == 0 and "{" not in part["caption"] and "nan" not in part["caption"].lower().split()


def test_model_of_another_shape_is_shown(page, tiny):
    page |= {"network.layer": "7", "network.neuron": "7.1000", "network.at": "400"}
    trace = tiny.trace("The cat")
    view = readings.View(tiny, trace, 1, 0, 5, unit.neuron(tiny.decoder, trace, 1, 5, 0))
    assert isinstance(tiny.decoder, Decoder) and floats(readings.network(t, view)["values"]).shape == (2, 64)
    assert floats(readings.layer(t, view)["values"]).shape == (64,)


def test_steps_are_taken_in_slices_until_all_are_there(page):
    now = trained(page, steps=120)
    assert now.descent.steps == 120 and not now.playing
    shape = now.descent.shape
    assert shape == Shape(4, 1, "tanh") and now.descent.losses[-1] == approx(float(loss(shape, now.descent.theta, now.descent.train)), abs=1e-12)


def test_the_same_settings_give_the_same_network_whatever_the_way(page):
    whole = trained(page, steps=90).descent.theta
    page.clear()
    for steps in (7, 30, 31, 90):
        pieces = trained(page, steps=steps).descent.theta
    assert torch.equal(whole, pieces)
    assert not torch.equal(whole, trained(page, steps=90, seed=2).descent.theta)


def test_play_goes_on_until_paused_and_reset_begins_anew(page, monkeypatch):
    monkeypatch.setattr(practice, "SLICE", 60)                              # however slow the machine
    press(page, "play", "1")
    counts = [practice.now().descent.steps for _ in range(4)]
    assert counts == [5, 10, 15, 20] and page["network.steps"] == 20
    press(page, "play", "0")
    assert [practice.now().descent.steps for _ in range(2)] == [20, 20]
    page["network.steps"] = 0
    assert practice.now().descent.steps == 0


def test_play_fast_goes_as_far_as_the_slice_reaches(page):
    page["network.speed"] = "fast"
    press(page, "play", "1")
    started = time.monotonic()
    now = practice.now()
    assert 0 < now.descent.steps == now.wanted < MAX_STEPS and time.monotonic() - started < 5


@pytest.mark.parametrize("name", practice.PRESETS)
def test_preset_sets_what_stands_on_its_button_and_plays(page, name):
    page |= {"network.points": "1.1.1.0", "network.steps": 50}
    press(page, "preset", name)
    now = practice.now()
    assert now.playing and now.points == [] and {key: page[f"network.{key}"] for key in practice.PRESETS[name]} == practice.PRESETS[name]
    assert all(KNOBS[f"network.{key}"].parse(str(value)) == value for key, value in practice.PRESETS[name].items())


def test_presets_show_what_they_promise(page):
    reached, said = {}, {}
    for name, knobs in practice.PRESETS.items():
        now = trained(page, **knobs, steps=900 if name == "heart" else 300)
        reached[name] = (playground.right(now.descent.shape, now.descent.theta, now.descent.train), max(now.descent.losses), playground.note(t, now))
        said[name] = playground.descent(t, now)["caption"]
    assert reached["flat"][0] < 0.7 and reached["narrow"][0] < 0.8 and reached["spiral"][0] < 0.8
    assert reached["hot"][1] > 5 and "are dead" in reached["hot"][2]
    assert "by heart" in said["heart"]
    wide = trained(page, **practice.PRESETS["spiral"] | {"width": 8}, steps=300)
    assert playground.right(wide.descent.shape, wide.descent.theta, wide.descent.train) > 0.98


def test_own_points_come_in_where_the_run_stands_and_a_link_repeats_that(page):
    trained(page, steps=40)
    page["network.points"] = "100.100.0.12"                                 # the browser was behind: step 12 has passed
    now = trained(page, steps=70)
    assert page["network.points"] == "100.100.0.40" and len(now.descent.train.y) == 101 and now.descent.train.x[-1].tolist() == [0, 0]
    page["network.points"] += "-200.0.1.70"
    theta, text = trained(page, steps=80).descent.theta, page["network.points"]
    page.clear()
    again = trained(page, steps=80, points=text).descent
    assert torch.equal(again.theta, theta) and again.train.x[-1].tolist() == [SIDE, -SIDE]
    page["network.points"] = "100.100.0.40"                                 # the last one is taken back
    assert len(trained(page, steps=80).descent.train.y) == 101
    page["network.steps"] = 0
    assert practice.now().points[0].born == 0 and len(practice.now().descent.train.y) == 101


def test_gradient_fact_is_the_difference_to_autograd(page):
    facts = {fact["id"]: fact["value"] for fact in playground.facts(t, trained(page, steps=25))}
    assert facts["differ"] < 1e-12 and facts["step"] == 25 and facts["length"] == approx(0.3 * facts["norm"])


@pytest.mark.parametrize("activation, layers, width", [("tanh", "1", 1), ("relu", "2", 8), ("none", "2", 3)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_something_to_say(page, language, activation, layers, width):
    t = Text(language)
    for steps, over in ((0, "path"), (1, "path"), (30, "weights"), (30, "path")):
        now = trained(page, steps=steps, activation=activation, layers=layers, width=width, surface=over, points="5.5.1.0")
        for part in playground.board(t, now):
            assert part["caption"].count("**") % 2 == 0 and "{" not in part["caption"] and "nan" not in part["caption"].lower().split()
        assert len(playground.table(t, now)) == steps + 1


def test_surface_is_over_the_two_that_were_chosen(page):
    now = trained(page, steps=20, axes="3.9")
    part = playground.surface(t, now)
    assert part["names"] == ["weight x₁ → neuron 1.4", "bias of neuron 1.2"] and floats(part["path"])[-1] == approx(now.descent.theta[[3, 9]].numpy(), abs=1e-6)
    row, column = part["here"]
    assert floats(part["losses"])[row, column] == approx(now.descent.losses[-1], abs=1e-5)
    now = trained(page, steps=20, axes="3.300")                             # a network of another shape had it
    assert len(set(playground.axes(now))) == 2 and max(playground.axes(now)) < now.descent.shape.count


def test_every_parameter_has_a_name_of_its_own():
    shape = Shape(3, 2, "tanh")
    names = [playground.named(t, shape, number) for number in range(shape.count)]
    assert len(set(names)) == shape.count and names[0] == "weight x₁ → neuron 1.1" and names[-1] == "bias of the output" and names[9] == "weight 1.1 → neuron 2.1"


def test_learning_by_heart_is_said_once_the_test_loss_has_risen(page):
    now = trained(page, **practice.PRESETS["heart"], steps=900)
    best = min(range(len(now.descent.tested)), key=now.descent.tested.__getitem__)
    assert now.descent.tested[-1] > 1.1 * now.descent.tested[best]
    assert "by heart" in playground.descent(t, now)["caption"]
    assert "by heart" not in playground.descent(t, trained(page, data="line", width=1, layers="1", rate="0.1", steps=60))["caption"]


def test_run_that_explodes_is_said_to(page):
    now = trained(page, activation="none", width=8, layers="2", rate="10.0", steps=100)
    assert now.descent.broken and not now.playing and page["network.steps"] == now.descent.steps
    assert playground.note(t, now) == t("network.broken", step=t.number(now.descent.steps + 1, 0))
    assert playground.trainer(t, now)["ended"] and all("nan" not in part["caption"] for part in playground.board(t, now))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_of_the_card_is_one_of_its_options(language):
    t = Text(language)
    option, values = playground.answer(t)
    assert option == "no" and option in t.group("network.guide.option") and "{" not in t("network.guide.answer", **values)
