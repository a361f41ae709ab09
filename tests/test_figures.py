"""Figures are pure functions of numbers: a curve holds what it was given, a small picture keeps the maxima."""
import json

import plotly.graph_objects as go
import pytest
import torch
from pytest import approx

from ui.figures.attention import THUMBNAIL, pool
from ui.figures.curve import forgetting
from ui.i18n import LANGUAGES, Text
from ui.palette import SWAP

t = Text("en")


@pytest.mark.parametrize("T", [1, 5, THUMBNAIL])
def test_small_patterns_are_not_pooled(T):
    pattern = torch.rand(2, 3, T, T)
    assert pool(pattern) is pattern


@pytest.mark.parametrize("T", [33, 64, 100, 256])
def test_pooling_keeps_every_maximum(T):
    pattern = torch.zeros(1, 2, T, T)
    pattern[0, 0, T - 1, T // 3] = 0.9
    pattern[0, 1] = torch.rand(T, T)
    small = pool(pattern)
    assert small.shape == (1, 2, THUMBNAIL, THUMBNAIL)
    assert small.amax((-1, -2)).equal(pattern.amax((-1, -2)))
    assert float(small[0, 0].sum()) == approx(0.9 * int((small[0, 0] > 0).sum()), abs=1e-5)
    assert set(small[0, 1].flatten().tolist()) <= set(pattern[0, 1].flatten().tolist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_curve_holds_the_numbers_it_was_given(language):
    figure = forgetting(Text(language), (4, 8, 16), (0.1, 0.2, 0.9), 10)
    trace, layout = figure["data"][0], figure["layout"]
    assert trace["x"] == [4, 8, 16] and trace["y"] == [0.1, 0.2, 0.9]
    assert layout["shapes"][0]["x0"] == layout["shapes"][0]["x1"] == 10
    assert layout["separators"] == (",." if language == "es" else ".,")


def test_plotly_knows_every_property():
    go.Figure(forgetting(t, (4, 8), (0.1, 0.2), 6))     # raises ValueError at a name or value that Plotly has no place for


def test_every_colour_has_a_dark_twin():
    for word in json.dumps(forgetting(t, (4, 8), (0.1, 0.2), 6), default=str).split('"'):
        assert not word.startswith("#") or word in SWAP
