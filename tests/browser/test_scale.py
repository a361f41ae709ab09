"""The scale screen in a browser: presets and sliders change what is drawn, which is the engine's to the last parameter; measured points are the files'."""
import pytest
from pytest import approx

from engine import parameters, scaling
from engine.checkpoint import EVALUATION, MODELS, read_json
from engine.model import Config
from engine.parameters import BYTES, PUBLISHED, TRAINING_BYTES, cache_numbers, days, forward_flops, total, training_flops
from engine.recipes import BASE, MINI
from ui.i18n import Text

ROWS = ".parts .line"


def shown(reader, config: Config) -> None:
    """Wait until this shape is drawn and told, and compare every part of it."""
    count = total(config)
    reader.page.wait_for_function("n => document.querySelector('.grand b').dataset.value === n", arg=str(count))
    held = parameters.parameters(config) | ({} if not config.tie_word_embeddings else {"head": 0})
    assert dict(zip(reader.all(ROWS, "part"), reader.numbers(ROWS), strict=True)) == held
    language = reader.page.get_attribute(".vt", "lang")
    assert reader.page.inner_text(".grand b") == Text(language).number(count, 0)
    reader.page.wait_for_function("text => document.querySelector('[data-part=shares] figcaption').textContent.includes(text)", arg=Text(language).number(count, 0))


def costs(reader) -> dict[str, float]:
    return dict(zip(reader.all("[data-cost]", "cost"), reader.numbers("[data-cost]"), strict=True))


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("scale", lang="en")


@pytest.mark.parametrize("name, config", [*((name, there.config) for name, there in PUBLISHED.items()), ("mini", MINI)])
def test_a_preset_is_drawn_to_the_last_parameter(reader, name, config):
    reader.page.click(f"[data-preset='{name}']")
    shown(reader, config)
    assert reader.page.get_attribute(f"[data-preset='{name}']", "aria-pressed") == "true"


def test_costs_are_the_engines(reader):
    reader.page.click("[data-preset=gpt3]")
    config, tokens = PUBLISHED["gpt3"].config, PUBLISHED["gpt3"].tokens
    shown(reader, config)
    count, work = total(config), training_flops(total(config), tokens)
    assert costs(reader) == approx({f"bytes.{name}": each * count for name, each in BYTES.items()} | {
        "bytes.adam": TRAINING_BYTES * count, "bytes.cache": 2 * cache_numbers(config), **{f"run.{name}": value for name, value in forward_flops(config).items()},
        "train.training": work, "train.ratio": tokens / count, "train.seconds": days(work, 1e15) * 86_400, "train.cost": days(work, 1e15) * 24}, rel=1e-9)
    assert reader.numbers(".decades .point.yours") == approx([count, tokens, work], rel=1e-9)
    assert reader.numbers(".decades .point.theirs[data-id=gpt3]") == approx([count, tokens, work], rel=1e-9)


def test_a_slider_moves_the_figures_before_it_is_let_go_of(reader):
    reader.page.click("[data-preset=base]")
    shown(reader, BASE)
    moved = reader.page.evaluate("""() => { const range = document.querySelector('input[type=range][data-knob="scale.layers"]');
        range.value = Number(range.value) + 1; range.dispatchEvent(new Event('input')); return document.querySelector('.grand b').dataset.value; }""")
    deeper = Config(**vars(BASE) | {"n_layer": 8})
    assert int(moved) == total(deeper)
    reader.page.dispatch_event("input[type=range][data-knob='scale.layers']", "change")
    shown(reader, deeper)


def test_a_box_takes_any_number_and_heads_go_on_sharing_the_width_out(reader):
    reader.page.click("[data-preset=base]")
    reader.page.fill("input[data-knob='scale.width']:not([type=range])", "1,600")
    reader.page.keyboard.press("Enter")
    shown(reader, Config(**vars(BASE) | {"n_embd": 1600}))
    reader.page.keyboard.press("ArrowDown")
    shown(reader, Config(**vars(BASE) | {"n_embd": 1280}))
    reader.page.fill("input[data-knob='scale.width']:not([type=range])", "301")
    reader.page.keyboard.press("Enter")
    shown(reader, Config(**vars(BASE) | {"n_embd": 301, "n_head": 7}))
    assert reader.page.get_attribute("input[data-knob='scale.heads']:not([type=range])", "data-value") == "7"
    reader.page.click("[data-knob='scale.tied']")
    shown(reader, Config(**vars(BASE) | {"n_embd": 301, "n_head": 7, "tie_word_embeddings": False}))


def test_what_is_being_typed_outlasts_a_drawing_that_comes(reader):
    box = "input[data-knob='scale.width']:not([type=range])"
    reader.page.fill(box, "1,600")
    reader.page.eval_on_selector("[data-preset=mini]", "button => button.click()")        # leaves the focus where it is
    shown(reader, MINI)
    reader.rest()
    assert reader.page.input_value(box) == "1,600"
    reader.page.keyboard.press("Enter")
    shown(reader, Config(**vars(MINI) | {"n_embd": 1600}))


def points(reader, part: str) -> dict[str, float]:
    spots = f"[data-part={part}] .spot"
    return dict(zip(reader.all(spots, "name"), reader.numbers(spots), strict=True))


def measured(reader, measure: str) -> None:
    reader.page.wait_for_function("measure => document.querySelector('[data-part=ability] svg').dataset.measure === measure", arg=measure)


def test_measured_points_are_those_of_the_files(reader):
    ladder = [point for point in scaling.rungs() if point.family == "ladder"]
    files = {point.name: read_json(MODELS / point.name / EVALUATION)["figures"]["en"] for point in ladder}
    assert {name: value for name, value in points(reader, "loss-size").items() if name in files} == approx({name: found["excess"] for name, found in files.items()})
    assert points(reader, "ability") == approx({name: found["answers"]["recall: friend"]["share"] for name, found in files.items()})
    assert points(reader, "quiz") == approx({name: found["answers"]["facts, training phrasings"]["share"] ** 8 for name, found in files.items()})
    reader.page.click("[data-option=nats]")
    measured(reader, "nats")
    assert points(reader, "hidden") == approx({name: -found["answers"]["addition, two digits"]["nats"] for name, found in files.items()})
    reader.page.click("[data-option=training]")
    course = [point for point in scaling.course() if point.tokens]
    reader.page.wait_for_selector(f"[data-part=ability] .spot[data-name='{course[0].name}']")
    assert points(reader, "ability") == approx({point.name: -point.figures["en"]["answers"]["recall: friend"]["nats"] for point in course})
    reader.page.focus("[data-part=ability] .spot >> nth=0")
    reader.page.keyboard.press("ArrowRight")
    assert Text("en").number(-course[1].figures["en"]["answers"]["recall: friend"]["nats"]) in reader.page.inner_text("[data-part=ability] .tip")


def test_a_copied_link_restores_it_all_in_spanish_too(reader, new_reader):
    reader.page.click("[data-preset=gpt3]")
    shown(reader, PUBLISHED["gpt3"].config)
    reader.page.focus(".fillers [data-option=gpt3]")
    reader.page.keyboard.press("ArrowLeft")
    reader.page.wait_for_function("() => document.querySelector('.tools .copy').dataset.query.includes('scale.fills=gpt2-xl')")
    query, kept = reader.page.get_attribute(".tools .copy", "data-query"), points(reader, "ability")
    other = new_reader()
    other.page.goto(f"{other.url}/scale{query.replace('lang=en', 'lang=es')}")
    other.rest()
    shown(other, PUBLISHED["gpt3"].config)
    assert other.page.inner_text(".grand b") == "174.604.259.328" and costs(other) == costs(reader)
    assert other.page.get_attribute(".fillers [data-option=gpt2-xl]", "aria-checked") == "true"
    sides = dict(zip(other.all(".square", "id"), other.numbers(".square", "side"), strict=True))
    assert sides["base"] ** 2 == approx(total(BASE) / total(PUBLISHED["gpt2-xl"].config))
    other.page.click("[data-part=measured] [data-option=en]")
    other.page.wait_for_function("value => document.querySelector('[data-part=ability] .spot').dataset.value === value", arg=str(next(iter(kept.values()))))
    assert points(other, "ability") == kept
