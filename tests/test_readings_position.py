"""What the screen of positions says: orders that follow the text, shares that are the passes', kinds that are the model's or the formula's."""
import numpy as np
import plotly.graph_objects as go
import pytest
import torch
from pytest import approx

from engine import Without, distribution
from engine.positions import sinusoidal
from ui import points, session
from ui.figures import position as figures
from ui.i18n import Text
from ui.readings import position as readings
from ui.readings.context import moved

t = Text("en")
TEXT = "Tom has a red ball. Ana has a blue kite. Ana has a blue"


pytestmark = pytest.mark.usefixtures("untouched")


@pytest.fixture(scope="module")
def lm():
    return session.model()


def test_shuffle_of_the_screen_keeps_the_tokens(lm, untouched):
    assert readings.order(TEXT).text == TEXT        # until it is asked for
    untouched["position.seed"] = 1
    found = readings.order(TEXT)
    assert found.moved > 2 and found.text.split()[0] == "Tom" and found.text.split()[-1] == "blue"
    assert sorted(lm.tokenizer.encode(found.text)) == sorted(lm.tokenizer.encode(TEXT))
    assert readings.ordered(t, found, lm.trace(TEXT), lm.trace(found.text)).endswith(t("position.order_tokens"))
    assert t("position.order_seed", seed=1) in readings.ordered(t, found, lm.trace(TEXT), lm.trace(found.text))


def test_order_by_hand_follows_the_text(untouched):
    untouched["position.order"] = "2.0.1"
    assert readings.order("one two three").text == "three one two"
    assert readings.order("one two three four").text == "three one two four"
    assert readings.order("one two").text == "one two" and readings.order("").text == ""


def test_seed_nought_is_as_typed_and_asks_for_one_pass_of_each_kind(lm):
    four = readings.traces(TEXT, readings.order(TEXT).text)
    assert four["typed"] is four["shuffled"] and four["typed_off"] is four["shuffled_off"]
    assert readings.leaks(lm, four["typed_off"], four["shuffled_off"]) == [0] * (lm.decoder.config.n_layer + 1)
    assert readings.order(TEXT).text == TEXT and readings.order(TEXT).moved == 0


def test_shuffle_wants_two_words_that_may_move(untouched):
    assert not readings.can_shuffle(readings.order("one two three")) and readings.can_shuffle(readings.order("one two three four"))
    untouched["position.ends"] = 0
    assert readings.can_shuffle(readings.order("one two")) and not readings.can_shuffle(readings.order("one"))


def test_only_the_last_words_of_a_long_text_move():
    text = "a b c d e f g h i j " * 10
    found = readings.order(text)
    assert found.fixed == 100 - readings.MOST and found.text.split()[:found.fixed] == text.split()[:found.fixed]


def test_leak_begins_after_the_first_block_and_ends_in_the_prediction(lm, untouched):
    untouched["position.seed"] = 1
    other = readings.order(TEXT).text
    four = readings.traces(TEXT, other)
    shares = readings.leaks(lm, four["typed_off"], four["shuffled_off"])
    assert shares[:2] == [0, 0] and len(shares) == lm.decoder.config.n_layer + 1
    last = [distribution(four[name].logits[-1]) for name in ("typed_off", "shuffled_off")]
    assert shares[-1] == approx(moved(*last), abs=1e-4) and shares[-1] > 0.01


def test_without_the_mask_nothing_leaks(lm, untouched):
    untouched.update({"position.mask": 1, "position.seed": 1})
    four = readings.traces(TEXT, readings.order(TEXT).text)
    assert four["typed_off"].without == Without(positions=True, mask=True) and four["typed"].without == Without()
    shares = readings.leaks(lm, four["typed_off"], four["shuffled_off"])
    assert max(shares) < 1e-4 and (any(shares) or readings.leaked(t, shares) == t("position.leak_none_mask"))


def test_kinds_are_the_models_own_and_the_formulas(lm):
    trace = lm.trace(TEXT)
    T, C = trace.position.shape
    learned, waves, turned = (readings.kind(t, name, trace) for name in ("learned", "sinusoidal", "rotary"))
    assert torch.equal(learned.values, lm.decoder.transformer.wpe.weight[T - readings.ROWS:T])
    assert torch.equal(waves.values, sinusoidal(torch.arange(T - readings.ROWS, T), C))
    assert learned.first == waves.first == T - readings.ROWS and turned.values.shape[1] == C // lm.decoder.config.n_head
    q, k = trace.q[0, 0, -1], trace.k[0, 0, -1]
    assert turned.alike.diagonal().tolist() == approx([float(q @ k) / len(q) ** 0.5] * readings.ROWS, abs=1e-3)


@pytest.mark.parametrize("name", ["learned", "sinusoidal", "rotary"])
@pytest.mark.parametrize("text", ["", "a", TEXT])
def test_each_kind_has_words_for_any_text(lm, name, text):
    found = readings.kind(t, name, lm.trace(text))
    assert len(found.labels) == len(found.values) == len(found.alike) and "{" not in readings.between(t, found)


def test_table_is_drawn_in_shades_that_are_its_numbers(lm):
    vectors = lm.decoder.transformer.wpe.weight
    _, content, most = session.places()
    made = figures.table(t, "", most, vectors.shape, 20, id="table")
    drawn = np.frombuffer(content, np.int8).reshape(made["shape"]) / 127 * made["most"]
    assert drawn == approx(vectors.numpy(), abs=most / 254 + 1e-6) and made["marked"] == 20


def test_larger_table_is_pooled_by_means_and_says_so():
    vectors = torch.arange(512.0 * 4).view(512, 4)
    assert points.pooled(vectors) == approx(vectors.view(256, 2, 4).mean(1).numpy())
    assert "512" in readings.shrunk(t, vectors, points.CELLS) and readings.shrunk(t, vectors[:256], points.CELLS) == ""


def test_curve_is_a_figure_that_plotly_takes():
    figure = figures.by_distance(t, session.alike("learned"), session.alike("sinusoidal"))
    go.Figure(figure)
    assert figure["data"][2]["y"] == approx(session.alike("learned").mean.tolist(), abs=1e-4)


@pytest.mark.parametrize("language", ["en", "es"])
def test_card_tells_the_truth(language):
    right, values = readings.answer(Text(language))
    assert right == "less" and values["whole"] != values["off"]
