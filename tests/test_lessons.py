"""Lessons: what a link carries comes out as it went in, what is wrong with one is said, and what the shipped ones claim is so."""
import base64
import json
import math
import random
import zlib

import pytest
from pytest import approx
from streamlit.testing.v1 import AppTest
from test_pages import boards_of

from engine import KnobError, Without, distribution
from engine.attribution import lens
from engine.model import Config
from engine.parameters import total
from engine.plane import problem
from engine.playground import Shape, descend, gradient, loss, start
from engine.surprise import surprise
from ui import lessons, session
from ui.hiding import AROUND
from ui.i18n import LANGUAGES, Text
from ui.knobs import KNOBS, MAX_LESSON
from ui.lessons import Lesson, Step
from ui.readings import lessons as readings
from ui.readings import pair
from ui.tour import ORDER

SHIPPED = tuple(lessons.structure())
MINE = Lesson("Año & <b>", "es", (
    Step("attention", {"prompt": "El gato ñ 🙂", "model": "mini", "attention.head": "2.1"}, "Mira **bien**.\n\nY luego más.", ("guide", "attention.pair"), ("attention.heads",), True,
         "¿Cuál?", ("una", "dos"), 1, "Porque sí."),
    Step("home", {"prompt": ""})), 15)


def packed(**change) -> str:
    """A lesson of one step, with something changed in it, as a link carries it."""
    step = {"screen": "home", "knobs": {}} | change.pop("step", {})
    told = {"title": "x", "language": "en", "steps": [step]} | change
    return lessons.VERSION + base64.urlsafe_b64encode(zlib.compress(json.dumps(told).encode())).decode().rstrip("=")


def test_a_lesson_comes_out_of_its_link_as_it_went_in():
    link = lessons.pack(MINE)
    assert lessons.unpack(link) == MINE and KNOBS["lesson"].parse(link) == link and link.isascii()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_lesson_is_whole_and_fits_in_a_link(name, language):
    lesson = lessons.shipped(name, Text(language))
    assert lesson.minutes == 20 and 7 <= len(lesson.steps) <= 12
    assert lessons.unpack(lessons.pack(lesson)) == lesson           # so that every screen and every knob of it is one that there is
    assert name == "learning" or sum(step.guess for step in lesson.steps) > 1
    for number, step in enumerate(lesson.steps, 1):
        words = Text(language).group(f"lessons.{name}.{number}")
        assert step.text and bool(step.question) == bool(step.options) == bool(step.why) == ("right" in lessons.structure()[name]["step"][number - 1])
        assert not step.options or len(set(step.options)) == len(step.options) > 1
        assert step.cover == () or step.guess
        assert words.keys() <= {"prompt", "text", "question", "why"} | {key for key in words if key.startswith("option.")}
    assert f"lessons.{name}.{len(lesson.steps) + 1}.text" not in Text(language).group("")


@pytest.mark.parametrize("link, code", [
    ("nolesson", "lesson_unknown"), ("1.", "lesson_damaged"), ("1.abc", "lesson_damaged"), (lessons.pack(MINE)[:-20], "lesson_damaged"),
    (packed(language="xx"), "lesson_damaged"), (packed(steps=[]), "lesson_damaged"), (packed(steps=["a"]), "lesson_damaged"), (packed(title=3), "lesson_damaged"),
    (packed(steps=[{"screen": "home"}] * 31), "lesson_damaged"), (packed(step={"screen": "nowhere"}), "lesson_screen"), (packed(step={"screen": ["home"]}), "lesson_screen"),
    (packed(step={"knobs": {"attention.head": "99.1"}}), "lesson_knob"), (packed(step={"knobs": {"x.y": "1"}}), "lesson_knob"), (packed(step={"knobs": {"lesson": "model"}}), "lesson_knob"),
    (packed(step={"knobs": {"model": "../x"}}), "lesson_knob"), (packed(step={"knobs": {"model": "nano", "attention.head": "3.1"}}), "lesson_knob"),
    (packed(step={"knobs": {"prompt": 7}}), "lesson_knob"), (packed(step={"knobs": []}), "lesson_damaged"), (packed(step={"text": ["a"]}), "lesson_damaged"),
    (packed(step={"hide": "guide"}), "lesson_damaged"), (packed(step={"options": ["a", "b"], "right": 2}), "lesson_question"),
    (packed(step={"options": ["a"] * 7}), "lesson_question"), (packed(step={"options": ["a", "b"], "right": True}), "lesson_question")])
def test_what_is_wrong_with_a_link_is_said(link, code):
    with pytest.raises(KnobError) as caught:
        lessons.find(link, Text("en"))
    assert caught.value.code == code
    for language in LANGUAGES:
        assert Text(language).error(caught.value) != str(caught.value)


def test_a_small_link_does_not_become_a_huge_lesson():
    bomb = lessons.VERSION + base64.urlsafe_b64encode(zlib.compress(b'"' + b"a" * 10_000_000 + b'"', 9)).decode().rstrip("=")
    with pytest.raises(KnobError) as caught:
        lessons.unpack(bomb[:MAX_LESSON])
    assert caught.value.code == "lesson_damaged"


def test_a_lesson_too_long_for_a_link_is_refused():
    chance = random.Random(0)
    steps = tuple(Step("home", {}, "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=1500))) for _ in range(9))
    with pytest.raises(KnobError) as caught:
        lessons.pack(Lesson("x", "en", steps))
    assert caught.value.code == "lesson_long"


def test_a_view_is_the_text_the_model_and_what_is_not_as_it_was(untouched):
    untouched |= {"prompt": "abc", "attention.head": "2.1", "attention.top": 100, "block.layer": "2"}
    assert lessons.view("attention") == {"prompt": "abc", "attention.head": "2.1"}
    untouched["model"] = "mini"
    assert lessons.view("home") == {"prompt": "abc", "model": "mini"}


# What the questions say is right, asked of the model.

def step(name: str, number: int, language: str) -> Step:
    return lessons.shipped(name, Text(language)).steps[number - 1]


def right(step: Step) -> str:
    return step.options[step.right]


@pytest.mark.parametrize("language, rare, frequent", [("en", " refrigerator", " rabbit"), ("es", " refrigerador", " conejo")])
def test_the_rare_word_takes_six_tokens_and_the_frequent_one(language, rare, frequent):
    tokenizer, asked = session.model("base").tokenizer, step("model", 3, language)
    assert (len(tokenizer.encode(rare)), len(tokenizer.encode(frequent))) == (6, 1)
    assert rare in asked.knobs["prompt"] and frequent in asked.knobs["prompt"] and right(asked) == {"en": "six", "es": "seis"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_many_words_fit_no_bar_is_high(language):
    probs = distribution(session.trace(step("model", 2, language).knobs["prompt"], "base").logits[-1]).probs
    assert float(probs.max()) < 0.5
    assert float(distribution(session.trace(step("model", 1, language).knobs["prompt"], "base").logits[-1]).probs.max()) > 0.5


@pytest.mark.parametrize("language, name", [("en", " Lucky"), ("es", " Luna")])
def test_the_name_that_fell_out_is_replaced_by_another_word(language, name):
    asked = step("model", 7, language)
    token = session.model("base").tokenizer.encode(name)[0]
    whole, cut = (distribution(session.trace(asked.knobs["prompt"], "base", window).logits[-1]).probs for window in (None, int(asked.knobs["context.window"])))
    assert int(whole.argmax()) == token and int(cut.argmax()) != token and float(cut[token]) < float(whole[token]) / 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_the_lesson_fetches_the_name_and_is_little_missed(language):
    lm, asked = session.model("base"), step("attention", 5, language)
    trace = session.trace(asked.knobs["prompt"], "base")
    layer, head, *_ = pair.fetcher(lm, trace)
    assert f"{layer}.{head}" == asked.knobs["attention.head"] == step("attention", 3, language).knobs["attention.head"]
    best = int(trace.logits[-1].argmax())
    without = lm.trace(asked.knobs["prompt"], without=Without(heads={(layer, head)})).logits[-1]
    layerless = lm.trace(asked.knobs["prompt"], without=Without(heads={(layer, h) for h in range(8)})).logits[-1]
    assert int(without.argmax()) == best
    assert float(layerless.softmax(-1)[best]) < 0.7 * float(trace.logits[-1].softmax(-1)[best])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_word_is_first_only_in_the_last_blocks(language):
    lm = session.model("base")
    trace = session.trace(step("attention", 9, language).knobs["prompt"], "base")
    seen = lens(lm.decoder, trace, len(trace.tokens) - 1)
    best = int(trace.logits[-1].argmax())
    ranks = [int((row > row[best]).sum()) + 1 for row in seen]
    assert ranks[-1] == 1 and all(rank > 100 for rank in ranks[:4]) and all(rank > 1 for rank in ranks[:-2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_its_training_a_model_is_as_lost_as_by_drawing_lots(language):
    lm, prompt = session.model("mini@0"), step("learning", 1, language).knobs["prompt"]
    assert math.log(surprise(lm.trace(prompt)).perplexity) == approx(math.log(lm.decoder.config.vocab_size), abs=0.3)


def test_gpt3_is_thirty_thousand_times_as_large():
    base = sum(one.numel() for one in session.model("base").decoder.parameters())
    assert 25_000 < 174_604_259_328 / base < 35_000
    knobs = {key.removeprefix("scale."): int(value) for key, value in step("learning", 8, "en").knobs.items()}
    assert total(Config(knobs["vocabulary"], knobs["context"], knobs["width"], knobs["layers"], knobs["heads"])) == 174_604_259_328


@pytest.mark.parametrize("activation, least, most", [("none", 0.4, 1.0), ("tanh", 0.0, 0.2)])
def test_without_activation_no_circle(activation, least, most):
    number = {"none": 4, "tanh": 5}[activation]
    knobs = step("learning", number, "en").knobs
    assert knobs["network.activation"] == activation
    shape = Shape(int(knobs["network.width"]), int(KNOBS["network.layers"].default), activation)
    points, _ = problem(knobs["network.data"], KNOBS["network.noise"].default / 100, KNOBS["network.seed"].default)
    theta = start(shape, KNOBS["network.seed"].default)
    for _ in range(600):
        theta = descend(theta, gradient(shape, theta, points)[1], float(KNOBS["network.rate"].default))
    assert least < float(loss(shape, theta, points)) < most


# The page and the frame, as Streamlit's own test runner sees them.

def open_app(**query: str) -> AppTest:
    at = AppTest.from_file("../pages/frame.py", default_timeout=120)
    at.query_params.update(query)
    return at.run()


def bar(at: AppTest) -> dict:
    boards = boards_of(at)
    return next(part for board in boards for part in board["parts"] if part["kind"] == "lesson")


def names(at: AppTest) -> set[str]:
    return {part["id"] for board in boards_of(at) for part in board["parts"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_link_opens_its_step_and_hides_what_it_hides(language):
    at = open_app(lesson="model", lang=language)
    assert not at.exception and bar(at)["said"] == Text(language)("lessons.at", at=1, all=9)
    assert at.text_input(key="prompt").value == Text(language)("lessons.model.1.prompt")
    assert not {"flow", "next", "home.guide"} & names(at)
    assert not [button for button in at.button if button.key and button.key.startswith("example.")]


def test_a_teachers_lesson_speaks_its_language_and_sets_its_model():
    at = open_app(lesson=lessons.pack(Lesson("Mía", "es", (Step("home", {"prompt": "El sol", "model": "nano"}, "Mira."),))))
    assert not at.exception and at.title[0].value == Text("es")("home.title")
    assert (at.selectbox(key="model").value, at.text_input(key="prompt").value) == ("nano", "El sol")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_lesson_link_says_what_is_wrong_and_the_page_stands(language):
    at = open_app(lesson=packed(step={"knobs": {"attention.head": "99.1"}}), lang=language)
    assert not at.exception and [warning.value for warning in at.warning] == [Text(language)("error.lesson_knob", step=1, name="attention.head")]
    assert "flow" in names(at)


def test_a_step_beyond_the_end_is_the_last():
    at = open_app(lesson="model", step="99", lang="en")
    assert not at.exception and bar(at)["text"] == Text("en")("lessons.model.9.text")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_teacher_adds_views_and_gets_a_link(language):
    at = open_app(lang=language)
    at.switch_page("lessons.py").run()
    assert not at.exception and at.title[0].value == Text(language)("lessons.title")
    at.switch_page("home.py").run()
    at.text_input(key="prompt").input("mine").run()
    at.button(key="lessons.add").click().run()
    at.switch_page("lessons.py").run()
    assert not at.exception
    lesson = lessons.unpack(next(code.value for code in at.code if lessons.VERSION in code.value).partition("lesson=")[2].partition("&")[0])
    assert (lesson.language, [step.screen for step in lesson.steps]) == (language, ["home"])


def test_a_shipped_lesson_can_be_changed_into_ones_own():
    at = open_app(lang="en")
    at.switch_page("lessons.py").run()
    at.button(key="lessons.copy.attention").click().run()
    assert not at.exception and at.text_input(key="lessons.title").value == Text("en")("lessons.attention.title")
    link = next(code.value for code in at.code if lessons.VERSION in code.value).partition("lesson=")[2].partition("&")[0]
    assert lessons.unpack(link).steps == lessons.shipped("attention", Text("en")).steps


@pytest.mark.parametrize("screen", sorted({step["screen"] for lesson in lessons.structure().values() for step in lesson["step"]}))
def test_what_a_shipped_lesson_hides_is_there_to_be_hidden(screen):
    """Whatever a screen shows by default, or with the settings of a step, can be hidden; nothing else is named."""
    steps = [step for lesson in lessons.structure().values() for step in lesson["step"] if step["screen"] == screen]
    there = set(AROUND)
    for step in steps:
        at = AppTest.from_file("../pages/frame.py", default_timeout=120)
        at.query_params.update({"lang": "en", "prompt": "The cat sat on the"} | step.get("knobs", {}))
        at.run()
        if screen != "home":
            at.switch_page(f"{screen}.py").run()
        for _ in range(2):                              # some figures say at first that they are being worked out
            at = at.text_input(key="prompt").input("The cat sat").run() if any(box.key == "prompt" for box in at.text_input) else at.run()
        assert not at.exception
        there |= set(at.session_state["lesson.seen"][screen])
    named = {name for step in steps for name in (*step.get("hide", ()), *step.get("cover", ()))}
    assert named <= there, sorted(named - there)


def test_every_screen_can_be_a_step():
    assert all(lessons.unpack(packed(step={"screen": screen})).steps[0].screen == screen for screen in ORDER)


def test_half_a_letter_and_a_link_that_is_none_are_refused_in_words():
    for bad in ({"prompt": "a\ud800"}, {"tokens.en": "\udc00"}):
        assert not lessons._fits(next(iter(bad)), next(iter(bad.values())), session.BASE)
    with pytest.raises(KnobError):
        lessons._words({"text": "\ud83d"}, "text", 1)
    assert readings.named("https://[abc]/x?lesson=model") == "https://[abc]/x?lesson=model" and readings.named("https://a.b/x?lesson=model") == "model"


def test_a_model_of_ones_own_does_not_travel_in_a_lesson(monkeypatch):
    monkeypatch.setattr(lessons.links, "value", lambda key: KNOBS[key].default if key != "prompt" else "The cat")
    for name, knobs in (("own-0123456789ab", {}), ("nano", {"model": "nano"}), (session.BASE, {})):
        monkeypatch.setattr(session, "current", lambda name=name: name)
        assert lessons.view("tokens") == {"prompt": "The cat"} | knobs and lessons.travels() == (not name.startswith("own-"))
