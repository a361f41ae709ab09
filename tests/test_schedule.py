"""A schedule: whole steps out of spans, none lost, and rates along straight lines."""
import pytest

from engine import recipes
from engine.schedule import Schedule, Span, plateau

SPANS = (Span(2.0, 4, (1.0, 1.0), 8), Span(1.0, 2, (1.0, 0.4)), Span(1.0, 2, (0.4, 0.0)))


def test_spans_are_cut_into_whole_steps_and_nothing_is_lost_between_them():
    plan = Schedule(SPANS, 4 * 333, 16)
    assert [stretch.steps for stretch in plan.stretches] == [20, 11, 10] and plan.steps == 41
    assert [plan.tokens(step) for step in (0, 1, 20, 21, 41, 99)] == [0, 32, 640, 672, 1312, 1312]
    assert 4 * 333 - plan.tokens(plan.steps) < 32


@pytest.mark.parametrize("tokens, step", [(0, 0), (1, 1), (32, 1), (33, 2), (640, 20), (641, 21), (1312, 41), (9999, 41)])
def test_the_step_behind_so_many_tokens(tokens, step):
    assert Schedule(SPANS, 4 * 333, 16).after(tokens) == step


def test_rates_run_along_straight_lines_from_span_to_span():
    plan = Schedule(SPANS, 4 * 333, 16)
    assert [plan.factor(step) for step in range(20)] == [1.0] * 20
    assert [plan.factor(20 + i) for i in range(11)] == pytest.approx([1 - 0.6 * i / 11 for i in range(11)])
    assert [plan.factor(31 + i) for i in range(10)] == pytest.approx([0.4 - 0.04 * i for i in range(10)])


def test_a_plateau_holds_and_falls_to_nothing():
    plan = Schedule(plateau(4, 0.25), 16 * 4 * 100, 16)
    assert plan.steps == 100 and [plan.factor(step) for step in range(76)] == [1.0] * 76
    assert [plan.factor(75 + i) for i in range(25)] == pytest.approx([1 - i / 25 for i in range(25)])


def test_windows_are_never_longer_than_what_a_decoder_sees():
    assert {stretch.window for stretch in Schedule(SPANS, 4000, 4).stretches} == {4}


def test_too_few_tokens_are_no_step():
    assert Schedule(SPANS, 20, 16).steps == 0


@pytest.mark.parametrize("size", (*recipes.SIZES, *recipes.MEASURED), ids=lambda size: size.name)
def test_every_size_reads_the_whole_budget_and_ends_at_rest(size):
    plan = size.recipe.schedule(size.config.n_positions)
    assert size.recipe.tokens - plan.tokens(plan.steps) < 2048 and 0 < plan.factor(plan.steps - 1) < 1e-3
    assert [plan.tokens(plan.after(tokens)) for tokens in size.recipe.snapshots] == list(size.recipe.snapshots)
