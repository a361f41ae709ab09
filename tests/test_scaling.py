"""Measured curves: a power law is found where there is one, its interval holds it, and the figures are those of the evaluation files."""
import math
import shutil

import numpy as np
import pytest
from pytest import approx

from engine import checkpoint, scaling
from engine.checkpoint import CARD, EVALUATION, MODELS, read_json
from engine.course import ABILITIES, FILE, asked
from engine.evaluate import scored
from engine.scaling import all_right, power_law, steepest, unseen, widened


def test_a_power_law_is_found():
    x = np.array([3e5, 6e5, 1.2e6, 5.9e6])
    fit = power_law(x, 770 * x ** -0.48)
    assert fit.exponent == approx(0.48) and fit.factor == approx(770) and fit.explained == approx(1) and fit.points == 4
    assert fit.low == approx(0.48, abs=1e-6) and fit.high == approx(0.48, abs=1e-6) and fit.at(1e6) == approx(770 * 1e6 ** -0.48)


def test_its_interval_holds_the_truth_as_often_as_it_says():
    chance, x, held = np.random.default_rng(1), np.geomspace(3e5, 6e6, 5), 0
    for _ in range(400):
        fit = power_law(x, 700 * x ** -0.5 * np.exp(chance.normal(0, 0.1, 5)))
        low, high = fit.band(1e6)
        assert low < fit.at(1e6) < high
        held += fit.low <= 0.5 <= fit.high
    assert 0.92 <= held / 400 <= 0.98


def test_two_points_have_a_line_but_no_interval():
    fit = power_law([1, 4], [8, 2])
    assert fit.exponent == approx(1) and fit.low is None and fit.band(2) == (approx(4), approx(4))


def test_where_an_ability_rises_fastest():
    step = steepest([1, 10, 100, 1000], [0.0, 0.1, 0.7, 0.8], [9.0, 5.0, 2.0, 1.0])
    assert (step.start, step.answers, step.nats, step.way) == (1, approx(0.6 / 0.8), approx(3 / 8), approx(1 / 3))
    assert steepest([1, 10], [0.5, 0.2], [3, 2]) is None and steepest([1], [0.5], [3]) is None


def test_progress_that_right_answers_do_not_show():
    assert unseen([0.0, 0.0, 0.01, 0.9], [10, 6, 4, 2]) == approx(6 / 8)
    assert unseen([0.01, 0.4, 0.9], [10, 6, 2]) == 0 and unseen([0.2, 0.9], [10, 2]) == 0 and unseen([0.0, 0.0], [10, 2]) == 1


def test_all_of_several_right():
    assert all_right(0.9, 1) == 0.9 and math.log(all_right(0.9, 7)) == approx(7 * math.log(0.9))


def test_rungs_are_what_the_files_say():
    found = scaling.rungs()
    assert {"nano", "micro", "mini", "base"} <= {point.name for point in found}
    assert [point.parameters for point in found] == sorted(point.parameters for point in found)
    for point in found:
        assert point.figures == read_json(MODELS / point.name / EVALUATION)["figures"] and point.tokens == read_json(MODELS / point.name / CARD)["tokens"]
    assert "mini" in {point.name for point in widened(found)} and len({point.config.n_embd for point in widened(found)}) == 1


def test_what_is_missing_or_damaged_is_left_out(tmp_path):
    for name in ("nano", "mini"):
        (tmp_path / name).mkdir()
        for file in (CARD, EVALUATION):
            shutil.copy(MODELS / name / file, tmp_path / name / file)
    assert [point.name for point in scaling.rungs(tmp_path)] == ["nano", "mini"] and scaling.course(folder=tmp_path) == []
    (tmp_path / "mini" / EVALUATION).write_text("{")
    assert [point.name for point in scaling.rungs(tmp_path)] == ["nano"]
    assert scaling.rungs(tmp_path / "none") == [] and scaling.course(folder=tmp_path / "none") == []


@pytest.mark.parametrize("ability", ["recall: friend", "addition, two digits"])
def test_a_point_of_the_evaluation_is_recomputed(ability):
    lm, settings = checkpoint.load("nano"), read_json(MODELS / "nano" / EVALUATION)
    again = scored(lm, asked(ability, "en", settings["settings"]["probes"]))
    stated = settings["figures"]["en"]["answers"][ability]
    assert again["share"] == approx(stated["share"], abs=0.004) and again["nats"] == approx(stated["nats"], abs=1e-3) and again["n"] == stated["n"]


def test_the_course_belongs_to_the_model_and_ends_in_it():
    stated = read_json(MODELS / "mini" / FILE)
    assert stated["weights_sha256"] == read_json(MODELS / "mini" / CARD)["weights_sha256"]
    points = scaling.course()
    assert [point.tokens for point in points] == sorted(point.tokens for point in points) and points[0].tokens == 0 and points[-1].name == "mini"
    for point in points:
        assert all(ability in point.figures[language]["answers"] for language in ("en", "es") for ability in ABILITIES)


def test_a_point_of_the_course_is_recomputed():
    facts = "facts, training phrasings"
    again, stated = scored(checkpoint.load("mini@2097152"), asked(facts, "es", 0)), read_json(MODELS / "mini" / FILE)["figures"]["2097152"]["es"]["answers"][facts]
    assert again["n"] == stated["n"] and again["share"] == approx(stated["share"], abs=0.004) and again["nats"] == approx(stated["nats"], abs=1e-3)
