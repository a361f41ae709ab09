"""The neural network in a browser: what is drawn of a neuron is the engine's, and the small network trains, pauses, steps, and comes back by its link."""
import torch
from pytest import approx

from engine import unit
from engine.plane import SIDE, problem
from engine.playground import Descent, Shape, loss, start
from engine.surface import fields

TEXT = "The capital of France is"
LEARN = {"lang": "en", "network.show": "learn"}


def trained(steps: int, shape=Shape(4, 1, "tanh"), kind="circle", rate=0.3, points=()) -> Descent:
    """The run that the page must have made; `points` are (x, y, class, step)."""
    run = Descent(shape, rate, *problem(kind, 0.1, 1), start(shape, 1))
    for step in range(steps + 1):
        for x, y, kind, born in points:
            if born == step:
                run.add(torch.tensor([x - 100, y - 100], dtype=torch.float64) * SIDE / 100, float(kind))
        if step < steps:
            run.step()
    return run


def prop(reader, selector: str, name: str) -> list[float]:
    return reader.page.eval_on_selector(selector, f"e => [...e.{name}]")


def fact(reader, name: str) -> float:
    return float(reader.page.get_attribute(f".facts [data-fact={name}]", "data-value"))


def arrived(reader, steps: int) -> None:
    """Wait until so many steps are taken and drawn, and nothing is on its way."""
    reader.page.wait_for_function("n => { const bar = document.querySelector('.transport'); return bar?.dataset.steps === n && bar.dataset.busy === 'false' }", arg=str(steps))


def do(reader, name: str) -> None:
    reader.page.click(f".transport [data-do={name}]")


def test_terms_and_layer_are_the_engines_and_a_neuron_is_chosen_by_keyboard(reader, base):
    reader.open("network", TEXT, lang="en")
    trace = base.trace(TEXT)
    number = int(trace.neurons[4, -1].argmax())
    found = unit.neuron(base.decoder, trace, 4, number)
    drawn = [float(value) for value in reader.all("[data-part=terms] td:nth-of-type(3) .fill", "value")]
    assert sum(drawn[:-1]) == approx(found.sum, abs=1e-3) and drawn[-1] == approx(float(trace.neurons[4, -1, number]), abs=1e-2)
    assert prop(reader, "[data-part=cells] canvas", "values") == approx(trace.neurons[4, -1].tolist(), abs=1e-4)
    reader.page.focus("[data-part=cells] canvas")
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_function("said => document.querySelector('[data-part=terms] h3').textContent.includes(said)", arg=f"4.{number + 1}")
    assert prop(reader, "svg.gelu", "dots")[1::2] == approx(trace.neurons[4, :, number + 1].tolist(), abs=1e-4)
    reader.page.focus("[data-part=all] canvas")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("[data-part=all] canvas[data-chosen='5']")
    assert prop(reader, "[data-part=cells] canvas", "values") == approx(trace.neurons[5, -1].tolist(), abs=1e-4)


def test_link_takes_its_steps_and_what_is_drawn_is_the_engines(reader):
    reader.open("network", **LEARN, **{"network.steps": 150})
    arrived(reader, 150)
    run = trained(150)
    assert (fact(reader, "loss"), fact(reader, "test")) == approx((run.losses[-1], float(loss(run.shape, run.theta, run.test))), abs=1e-9)
    assert fact(reader, "norm") == approx(run.norms[-1], abs=1e-9) and fact(reader, "differ") < 1e-12
    assert prop(reader, "canvas.field", "field") == approx(fields(run.shape, run.theta, 60)[0].flatten().tolist(), abs=1e-5)
    assert prop(reader, ".wires", "theta") == approx(run.theta.tolist(), abs=1e-6) and prop(reader, ".wires", "slopes") == approx(run.slopes.tolist(), abs=1e-7)
    assert prop(reader, "svg.losses", "train") == approx(run.losses, abs=1e-6)
    assert float(reader.page.get_attribute("canvas.surface", "data-here")) == approx(run.losses[-1], abs=1e-5)


def test_step_play_pause_and_reset(reader):
    do(reader, "step")
    arrived(reader, 151)
    do(reader, "ten")
    arrived(reader, 161)
    reader.page.focus(".transport [data-do=step]")
    reader.page.keyboard.press("ArrowRight")
    arrived(reader, 162)
    assert fact(reader, "loss") == approx(trained(162).losses[-1], abs=1e-9)
    do(reader, "play")
    reader.page.wait_for_function("() => Number(document.querySelector('.transport').dataset.steps) > 180")
    do(reader, "play")
    reader.page.wait_for_selector(".transport[data-playing=false]")
    reader.rest()
    steps, sent = int(fact(reader, "step")), len(reader.sent)
    reader.page.wait_for_timeout(500)
    assert len(reader.sent) == sent and fact(reader, "loss") == approx(trained(steps).losses[-1], abs=1e-9)
    do(reader, "reset")
    arrived(reader, 0)
    assert fact(reader, "loss") == approx(trained(0).losses[-1], abs=1e-9)


def test_points_are_added_by_click_and_by_keys_and_the_link_restores_all(reader, new_reader):
    reader.open("network", **LEARN, **{"network.steps": 40})
    arrived(reader, 40)
    place = reader.page.locator("canvas.field")
    side = place.bounding_box()["width"]
    place.click(position={"x": side / 4, "y": side / 4})
    reader.page.wait_for_selector("canvas.field[data-own='1']")
    reader.page.click(".adding .segments button >> nth=1")
    reader.page.focus("canvas.field")
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("canvas.field[data-own='2']")
    do(reader, "ten")
    arrived(reader, 50)
    reader.page.wait_for_function("() => document.querySelector('.tools .copy').dataset.query.includes('network.steps=50')")
    query = reader.page.get_attribute(".tools .copy", "data-query")
    (first, second) = [tuple(map(int, point.split("."))) for point in query.split("network.points=")[1].split("&")[0].split("-")]
    assert first[:3] == approx((50, 150, 1), abs=2) and second == (100, 104, 0, 40)
    run = trained(50, points=(first, second))
    assert fact(reader, "loss") == approx(run.losses[-1], abs=1e-9)
    other = new_reader()
    other.page.goto(f"{other.url}/network{query}")
    arrived(other, 50)
    assert fact(other, "loss") == fact(reader, "loss") and other.all("canvas.field", "own") == ["2"]
    other.close()
    reader.page.focus("canvas.field")
    reader.page.keyboard.press("Backspace")
    reader.page.wait_for_selector("canvas.field[data-own='1']")
    arrived(reader, 50)
    assert fact(reader, "loss") == approx(trained(50, points=(first,)).losses[-1], abs=1e-9)


def test_another_network_takes_as_many_steps_and_a_weight_is_chosen_for_the_surface(reader):
    reader.open("network", **LEARN, **{"network.steps": 60})
    arrived(reader, 60)
    reader.page.click("[data-name='network.layers'] [data-option='2']")
    reader.page.wait_for_function("() => document.querySelector('.wires').theta.length === 37")
    arrived(reader, 60)
    run = trained(60, Shape(4, 2, "tanh"))
    assert prop(reader, ".wires", "theta") == approx(run.theta.tolist(), abs=1e-6)
    before = reader.page.get_attribute(".wires", "data-axes").split(".")
    reader.page.focus(".wires")
    reader.page.keyboard.press("ArrowRight")
    ways = next(n for n in (3, 4) if str((int(before[0]) + n) % 37) != before[1])         # to a weight that is no axis yet
    for _ in range(ways):
        reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("Enter")
    chosen = str((int(before[0]) + ways) % 37)
    reader.page.wait_for_function("axes => document.querySelector('.wires').dataset.axes === axes", arg=f"{before[1]}.{chosen}")
    assert prop(reader, "canvas.surface", "path")[-2:] == approx(run.theta[[int(before[1]), int(chosen)]].tolist(), abs=1e-6)
    reader.page.click("[data-name='network.surface'] [data-option=path]")
    reader.page.wait_for_function("() => Math.abs([...document.querySelector('canvas.surface').path].at(-1)) < 1e-9")
    assert float(reader.page.get_attribute("canvas.surface", "data-here")) == approx(run.losses[-1], abs=1e-5)


def test_a_page_that_moves_under_a_resting_pointer_leaves_the_keyboard_its_place(reader):
    reader.page.focus(".wires")
    box = reader.page.locator(".wires").bounding_box()
    x = box["x"] + box["width"] / 2
    reader.page.mouse.move(x, 500)
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("ArrowRight")
    at = reader.page.get_attribute("[data-part=wires] .readout", "data-parameter")
    for place in (0, 1, 0):                         # the spot under the pointer, outside of the wires and on one of them
        reader.page.evaluate("""inside => { const box = document.querySelector('.wires').getBoundingClientRect();
            document.querySelector('[data-testid=stMain]').scrollBy(0, box.top - 500 + (inside ? box.height / 2 : -40)); }""", place)
        reader.page.wait_for_timeout(400)
        assert reader.page.evaluate("x => document.elementFromPoint(x, 500).closest('.wires') !== null", x) == bool(place)
        assert reader.page.get_attribute("[data-part=wires] .readout", "data-parameter") == at


def test_preset_plays_and_leaving_stops_it(reader):
    reader.open("network", **LEARN)
    reader.page.click("[data-name='network.preset'] >> nth=2")
    reader.page.wait_for_function("() => Number(document.querySelector('.transport').dataset.steps) > 10")
    assert reader.page.locator(".loop").is_visible()
    reader.go("block")
    sent = len(reader.sent)
    reader.page.wait_for_timeout(500)
    assert len(reader.sent) <= sent + 1


def test_the_card_shows_a_network_that_cannot(reader):
    reader.open("network", TEXT, lang="en")
    reader.page.click(".guide .go")
    reader.page.wait_for_selector(".transport")
    arrived(reader, 300)
    assert fact(reader, "right") < 0.7
    reader.page.click(".guide [data-option=no]")
    assert reader.page.inner_text(".guide .answer").startswith("Yes.")
