"""Links: what stands in an address is read with care, what is set is written back, and everything survives the way."""
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest

from ui import links
from ui.knobs import KNOBS, MAX_TEXT


@pytest.fixture
def page(monkeypatch):
    """A page's state and address as plain dictionaries."""
    page = SimpleNamespace(session_state={}, query_params={})
    monkeypatch.setattr(links, "st", page)
    return page


def arrive(page, **query) -> list[str]:
    page.query_params.update({key.replace("__", "."): value for key, value in query.items()})
    return links.restore()


@pytest.mark.parametrize("key", KNOBS)
def test_default_could_stand_in_an_address(key):
    assert KNOBS[key].parse(str(KNOBS[key].default)) == KNOBS[key].default


@pytest.mark.parametrize("key, text, value", [
    ("attention.head", "2.1", "2.1"), ("probabilities.temperature", "0", 0.0), ("probabilities.temperature", "2", 2.0),
    ("probabilities.top_k", "40", 40), ("probabilities.top_p", "0.9", 0.9), ("context.window", "256", 256), ("lang", "es", "es"),
    ("generation.path", "1-0.120-4095", "1-0.120-4095"), ("embeddings.view", "tsne", "tsne"), ("embeddings.token", "17", "17"), ("prompt", "x" * MAX_TEXT, "x" * MAX_TEXT)])
def test_value_that_makes_sense(page, key, text, value):
    assert arrive(page, **{key: text}) == []
    assert KNOBS[key].widget or links.value(key) == value


@pytest.mark.parametrize("key, text", [
    ("attention.head", ""), ("attention.head", "9"), ("attention.head", "-1.0"), ("attention.head", "1.0\n"), ("attention.head", "1.000"),
    ("probabilities.temperature", "nan"), ("probabilities.temperature", "inf"), ("probabilities.temperature", "-1"),
    ("probabilities.temperature", "2.1"), ("probabilities.temperature", "hot"), ("probabilities.top_k", "1.5"),
    ("probabilities.top_k", "101"), ("probabilities.top_k", "9" * 5000), ("probabilities.top_p", "0"), ("context.window", "3"),
    ("context.window", "257"), ("lang", "xx"), ("lang", "EN"), ("embeddings.view", "<script>"), ("embeddings.token", "-1"),
    ("generation.path", "5-1.5-2"), ("generation.path", "9-1.2-1"), ("generation.path", "0-1"), ("generation.path", "121-1"),
    ("fewshot.rows", "["), ("fewshot.rows", "[]"), ("fewshot.rows", '["own"]'), ("fewshot.rows", "7"), ("fewshot.rows", "null"), ("fewshot.rows", '"own"'), ("fewshot.rows", "[" * 3000),
    ("fewshot.rows", '["own",["a"]]'), ("fewshot.rows", '["own",["a",1]]'), ("fewshot.rows", '[1,["a","b"]]'), ("fewshot.rows", '["own",["a\\n","b"]]'), ("fewshot.rows", '["own",["\\ud800","b"]]'),
    ("fewshot.rows", '["own",["' + "x" * 41 + '","b"]]'), ("fewshot.rows", '["own"' + ',["a","b"]' * 18 + "]"), ("fewshot.rows", '["own",{"a":"b"}]'),
    ("generation.path", "3-99999"), ("generation.path", "3"), ("generation.path", "3-1."), ("generation.tokens", "121"),
    ("prompt", "x" * (MAX_TEXT + 1))])
def test_value_that_makes_none_is_left_aside_and_named(page, key, text):
    assert arrive(page, **{key: text}) == [key]
    assert key not in page.query_params and links.value(key) == KNOBS[key].default


def test_unknown_parameters_are_left_alone(page):
    assert arrive(page, utm_source="x") == [] and page.session_state.keys() == {"links.read"}


def test_link_is_read_once_a_session(page):
    arrive(page, **{"context.window": "20"})
    page.session_state["context.window"] = 30
    assert arrive(page, **{"context.window": "40"}) == [] and links.value("context.window") == 30


def test_reported_values_are_kept_and_stand_in_the_address(page):
    links.remember({"context.window": 20, "probabilities.temperature": 0.35})
    links.publish()
    assert (links.value("context.window"), links.value("probabilities.temperature")) == (20, 0.35)
    assert page.query_params == {"context.window": "20", "probabilities.temperature": "0.35"}


def test_prompt_that_waits_in_the_address_stays_in_the_link(page):
    arrive(page, prompt="Año nuevo")
    assert dict(parse_qsl(links.address("network").removeprefix("?")))["prompt"] == "Año nuevo"
    page.session_state["prompt"] = ""
    assert dict(parse_qsl(links.address("network").removeprefix("?"), keep_blank_values=True))["prompt"] == ""


def test_default_does_not_clutter_the_address(page):
    for size in (20, KNOBS["context.window"].default):
        links.remember({"context.window": size})
        links.publish()
    assert page.query_params == {}


@pytest.mark.parametrize("reported", [-5, 10 ** 6, "", "<script>", None, float("nan")])
def test_reported_nonsense_is_not_taken(page, reported):
    links.remember({"context.window": reported})
    assert links.value("context.window") == KNOBS["context.window"].default


SET = {"models.card": "nano", "models.beside": "base", "models.generate": "Había una vez\ndos & más", "models.summarise": "A story.", "models.reason": "¿Quién?",
       "prompt": "Año nuevo: ¿qué? 👩‍👩‍👧 & <b> 50% + # ⏎", "lang": "es", "model": "mini", "lesson": "1.eNq-_x", "step": "3", "attention.head": "2.2", "attention.view": "lines", "attention.top": 70, "attention.pair": "5.2", "attention.mask": 1, "attention.off": "0.1-2.0", "position.seed": 7, "position.order": "2.0.1", "position.ends": 0, "position.mask": 1, "position.kind": "rotary", "tokens.word": "2", "tokens.step": "1", "tokens.pair": "own",
       "tokens.en": "Good day & + %", "tokens.es": "¡Buen día! 🙂", "embeddings.view": "pca3", "block.layer": "2",
       "block.at": "3", "block.neuron": "2.17", "block.stage": "add_1", "block.without": "residual",
       "embeddings.show": "sum", "embeddings.measure": "euclidean", "embeddings.left": "niño, 50 % & más", "embeddings.right": "niña",
       "embeddings.bottom": "cold", "embeddings.top": "hot", "embeddings.axes": "line", "embeddings.rest": 1, "embeddings.a": "rey",
       "embeddings.b": "hombre", "embeddings.c": "mujer", "embeddings.expected": "reina", "embeddings.layer": 3, "embeddings.at": "4",
       "embeddings.token": "123", "probabilities.temperature": 1.35, "probabilities.top_k": 7, "probabilities.top_p": 0.85, "probabilities.second": 0.2,
       "probabilities.seed": 12, "probabilities.darts": "100", "probabilities.curve": 1,
       "generation.temperature": 0.35, "generation.top_k": 9, "generation.seed": 4, "generation.speed": "fast", "generation.tokens": 21,
       "generation.path": "3-512.10-7", "generation.at": 3, "context.window": 33, "context.room": "128", "context.turns": 5, "context.policy": "summary", "context.summary": "Tom: ¿sí?", "network.show": "learn", "network.layer": "2", "network.at": "3", "network.neuron": "2.17", "network.data": "xor", "network.noise": 25,
       "network.seed": 7, "network.width": 3, "network.layers": "2", "network.activation": "relu", "network.rate": "1.0", "network.steps": 321, "network.points": "0.200.1.0-100.7.0.300",
       "network.speed": "fast", "network.surface": "path", "network.axes": "3.12", "training.at": "262144", "training.rate": "1.0", "training.source": "own",
       "training.part": "mask", "training.seed": 7, "fewshot.task": "own", "fewshot.classes": "4", "fewshot.held": 1, "fewshot.form": "colon", "fewshot.seed": 12,
       "fewshot.rows": '["own",["año & 1","🙂"],["\\"x\\"","<b>"]]', "fewshot.at": "2", "finetuning.temperature": 0.5, "finetuning.model": "pirate", "finetuning.all": 1, "finetuning.strength": 0.4, "finetuning.reads": "template",
       "finetuning.way": "full", "finetuning.rate": "0.01", "finetuning.steps": 60, "finetuning.replay": 0,
       "scale.layers": 96, "scale.heads": 96, "scale.width": 12288, "scale.context": 2048, "scale.vocabulary": 50257, "scale.tied": 0, "scale.tokens": 300_000_000_000,
       "scale.rate": 11.3, "scale.price": 2.5, "scale.fills": "gpt2-xl", "scale.text": "es", "scale.loss": "loss", "scale.metric": "nats", "scale.over": "training",
       "scale.ability": "pet", "scale.hidden": "rare", "scale.all": 12, "glossary.idea": "softmax", "glossary.goal": "lora"}


SCREENS = sorted({key.partition(".")[0] for key in KNOBS if "." in key})


@pytest.mark.parametrize("screen", SCREENS)
def test_address_carries_every_value_of_a_screen_there_and_back(page, screen):
    assert SET.keys() == KNOBS.keys(), "a new knob needs a value here"
    page.session_state.update(SET)
    query = links.address(screen)
    page.session_state.clear()
    page.query_params.update(parse_qsl(query.removeprefix("?"), keep_blank_values=True))
    own = {key for key in KNOBS if "." not in key or key.startswith(f"{screen}.")}
    assert page.query_params.keys() == own and query.isascii()
    assert links.restore() == []
    ours = {key for key in own if not KNOBS[key].widget}            # the others stay in the address, and their widgets read it
    assert {key: links.value(key) for key in ours} == {key: SET[key] for key in ours}
    assert all(page.query_params[key] == SET[key] for key in own - ours)


@pytest.mark.parametrize("screen", SCREENS)
def test_address_of_a_page_that_nobody_touched_names_the_defaults(page, screen):
    said = dict(parse_qsl(links.address(screen).removeprefix("?"), keep_blank_values=True))
    assert said["prompt"] == "" and "embeddings.token" not in said
    assert all(KNOBS[key].parse(value) == KNOBS[key].default for key, value in said.items())
