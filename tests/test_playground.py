"""The small network: its gradient by hand is autograd's, a step goes down it, the surface is the loss, and a seed gives one run."""
import math

import pytest
import torch
from pytest import approx

from engine.errors import KnobError
from engine.plane import COUNT, KINDS, SIDE, Points, problem
from engine.playground import ACTIVATIONS, BEYOND, KEPT, Descent, Shape, by_autograd, dead, descend, forward, gradient, loss, right, start
from engine.surface import CELLS, along, fields, steepest, through

SHAPES = [Shape(width, layers, activation) for width in (1, 3, 8) for layers in (1, 2) for activation in ACTIVATIONS]


def run(kind="circle", shape=Shape(4, 1, "tanh"), rate=0.3, steps=60, seed=1, noise=0.1) -> Descent:
    descent = Descent(shape, rate, *problem(kind, noise, seed), start(shape, seed))
    for _ in range(steps):
        descent.step()
    return descent


@pytest.mark.parametrize("kind", KINDS)
def test_points_are_of_both_classes_within_the_plane_and_the_same_for_a_seed(kind):
    train, test = problem(kind, 0.1, 3)
    assert train.x.shape == test.x.shape == (COUNT, 2) and float(train.y.mean()) == float(test.y.mean()) == 0.5
    assert float(train.x.abs().max()) <= SIDE and not torch.equal(train.x, test.x)
    again, other = problem(kind, 0.1, 3)[0], problem(kind, 0.1, 4)[0]
    assert torch.equal(train.x, again.x) and not torch.equal(train.x, other.x)


def test_noise_moves_the_same_points():
    clean, noisy = problem("moons", 0, 2)[0], problem("moons", 0.2, 2)[0]
    assert 0.1 < float((clean.x - noisy.x).std()) < 0.3 and torch.equal(clean.y, noisy.y)


def test_another_kind_is_refused():
    with pytest.raises(KnobError):
        problem("square", 0, 1)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_gradient_by_hand_is_autograds(shape):
    theta, points = start(shape, 5), problem("spirals", 0.1, 5)[0]
    value, slopes = gradient(shape, theta, points)
    assert float(value) == approx(float(loss(shape, theta, points)), abs=1e-12)
    torch.testing.assert_close(slopes, by_autograd(shape, theta, points), atol=1e-12, rtol=0)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.activation != "relu"], ids=str)       # which has kinks
def test_gradient_is_the_slope_of_the_loss(shape):
    theta, points, tiny = start(shape, 6), problem("circle", 0.1, 6)[0], 1e-6
    slopes = gradient(shape, theta, points)[1]
    for p in range(0, shape.count, 5):
        ahead, back = theta.clone(), theta.clone()
        ahead[p] += tiny
        back[p] -= tiny
        assert float(loss(shape, ahead, points) - loss(shape, back, points)) / (2 * tiny) == approx(float(slopes[p]), abs=1e-6)


def test_parameters_in_a_row_are_the_layers():
    shape = Shape(3, 2, "relu")
    theta = torch.arange(shape.count, dtype=torch.float64)
    assert shape.sizes == (2, 3, 3, 1) and shape.count == 2 * 3 + 3 + 3 * 3 + 3 + 3 + 1
    assert torch.equal(torch.cat([piece.flatten() for pair in shape.parts(theta) for piece in pair]), theta)


def test_many_networks_at_once_are_each_of_them():
    shape, points = Shape(3, 2, "tanh"), problem("xor", 0, 1)[0]
    thetas = torch.stack([start(shape, seed) for seed in range(4)])
    assert loss(shape, thetas, points).tolist() == approx([float(loss(shape, theta, points)) for theta in thetas], abs=1e-12)


def test_small_step_goes_down_and_is_rate_times_gradient():
    shape, points = Shape(4, 1, "tanh"), problem("moons", 0, 1)[0]
    theta = start(shape, 1)
    value, slopes = gradient(shape, theta, points)
    after = descend(theta, slopes, 0.01)
    assert float((theta - after).norm()) == approx(0.01 * float(slopes.norm()), abs=1e-12)
    assert float(loss(shape, after, points)) < float(value)


def test_first_loss_is_near_a_guess_and_accuracy_counts():
    descent = run(steps=0)
    assert abs(descent.losses[0] - math.log(2)) < 0.3 and descent.steps == 0
    x, y = torch.tensor([[1.0, 0.0], [-1.0, 0.0]], dtype=torch.float64), torch.tensor([1.0, 0.0], dtype=torch.float64)
    shape, theta = Shape(1, 1, "none"), torch.tensor([1.0, 0.0, 0.0, 1.0, 0.0], dtype=torch.float64)
    assert (right(shape, theta, Points(x, y)), right(shape, theta, Points(x, 1 - y)), right(shape, -theta, Points(x, y))) == (1.0, 0.0, 1.0)


def test_same_seed_and_steps_give_the_same_network():
    one, two, other = run(seed=2), run(seed=2), run(seed=3)
    assert torch.equal(one.theta, two.theta) and one.losses == two.losses and not torch.equal(one.theta, other.theta)


def test_point_that_comes_in_later_pulls_from_then_on():
    plain, pulled = run(steps=30), run(steps=20)
    pulled.add(torch.tensor([0.0, 0.0], dtype=torch.float64), 0.0)
    assert len(pulled.train.y) == COUNT + 1 and pulled.steps == 20 and pulled.losses[:20] == plain.losses[:20]
    assert pulled.losses[20] == approx(float(loss(pulled.shape, pulled.theta, pulled.train)), abs=1e-12) and pulled.losses[20] != plain.losses[20]
    torch.testing.assert_close(pulled.slopes, by_autograd(pulled.shape, pulled.theta, pulled.train), atol=1e-12, rtol=0)


def test_path_is_thinned_and_ends_where_it_stands():
    descent = run(steps=2 * KEPT + 7, shape=Shape(2, 1, "tanh"))
    assert len(descent.path) <= KEPT + 1 and len(descent.losses) == len(descent.norms) == descent.steps + 1
    assert torch.equal(descent.walked()[-1], descent.theta) and torch.equal(descent.walked()[0], start(descent.shape, 1))
    assert descent.tested[-1] == approx(float(loss(descent.shape, descent.path[-1], descent.test)), abs=1e-12)


def test_run_that_explodes_stops_at_the_last_number_that_can_be_held():
    descent = run(shape=Shape(8, 2, "none"), rate=10, steps=50)
    assert descent.broken and descent.steps < 50 and max(descent.losses) <= BEYOND and bool(torch.isfinite(descent.theta).all())


@pytest.mark.parametrize("shape, least, most", [(Shape(8, 1, "none"), 0.4, 0.7), (Shape(8, 2, "none"), 0.4, 0.7), (Shape(1, 1, "tanh"), 0.5, 0.8), (Shape(4, 1, "tanh"), 0.95, 1)])
def test_circle_needs_a_bend_and_more_than_one_neuron(shape, least, most):
    assert least <= right(shape, run(shape=shape, steps=400).theta, problem("circle", 0.1, 1)[0]) <= most


def test_without_activation_the_border_is_straight():
    descent = run(shape=Shape(8, 2, "none"), steps=50)
    logits = torch.logit(fields(descent.shape, descent.theta, 12)[0].double())
    assert float(logits.diff(n=2, dim=0).abs().max()) < 1e-4 and float(logits.diff(n=2, dim=1).abs().max()) < 1e-4


def test_neurons_that_died_are_counted_and_learn_no_more():
    shape = Shape(2, 1, "relu")
    theta, points = start(shape, 1), problem("circle", 0, 1)[0]
    assert dead(shape, theta, points) == 0
    shape.parts(theta)[0][1].fill_(-100.0)
    assert dead(shape, theta, points) == 2
    assert not gradient(shape, theta, points)[1][:6].any()


@pytest.mark.parametrize("steps", [0, 1, 2, 80])
@pytest.mark.parametrize("over", ["weights", "path"])
def test_surface_where_the_network_stands_is_its_loss(over, steps):
    descent = run(steps=steps, shape=Shape(3, 2, "tanh"))
    pair = steepest(descent.slopes)
    seen = along(descent.shape, descent.walked(), descent.train, *pair) if over == "weights" else through(descent.shape, descent.walked(), descent.train)
    assert seen.losses.shape == (CELLS, CELLS) and float(seen.losses[seen.here]) == approx(descent.losses[-1], abs=1e-5)
    row, column = 3, 20
    theta = descent.theta + (seen.columns[column] - seen.path[-1, 0]) * seen.across + (seen.rows[row] - seen.path[-1, 1]) * seen.up
    assert float(seen.losses[row, column]) == approx(float(loss(descent.shape, theta, descent.train)), abs=1e-4)
    assert float(seen.across @ seen.up) == approx(0, abs=1e-9) and float(seen.across.norm()) == approx(1, abs=1e-9)


def test_surface_over_two_weights_has_their_own_values():
    descent = run(steps=40)
    seen = along(descent.shape, descent.walked(), descent.train, 2, 7)
    assert seen.path.shape[1] == 2 and torch.equal(seen.path[-1], descent.theta[[2, 7]]) and torch.equal(seen.path[0], descent.path[0][[2, 7]])
    assert float(seen.columns[seen.here[1]]) == approx(float(descent.theta[2]), abs=1e-9)
    assert float(seen.columns.min()) <= float(seen.path[:, 0].min()) and float(seen.columns.max()) >= float(seen.path[:, 0].max())


def test_plane_of_the_path_holds_more_of_it_than_two_weights():
    descent = run(steps=150)
    plane, pair = through(descent.shape, descent.walked(), descent.train), along(descent.shape, descent.walked(), descent.train, *steepest(descent.slopes))
    assert 0 < pair.share < plane.share <= 1 + 1e-9 and plane.share > 0.8
    assert plane.path[-1].tolist() == approx([0, 0], abs=1e-12) and float(plane.path[0, 0]) < 0


def test_fields_are_what_the_network_says():
    descent = run(steps=60)
    probability, (hidden,) = fields(descent.shape, descent.theta, 10)
    x = torch.tensor([[SIDE * (2 * 2 + 1) / 10 - SIDE, SIDE - SIDE * (2 * 7 + 1) / 10]], dtype=torch.float64)          # column 2, row 7
    sums, values = forward(descent.shape, descent.theta, x)
    assert float(probability[7, 2]) == approx(float(torch.sigmoid(sums[-1])), abs=1e-6) and hidden[:, 7, 2].tolist() == approx(values[0][0].tolist(), abs=1e-6)
