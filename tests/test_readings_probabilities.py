"""What the softmax screen says of darts, tallies, curves and perplexity holds for the numbers behind it."""
import pytest
import torch
from pytest import approx

from engine import distribution
from engine.diversity import Counted
from engine.sampling import tally
from engine.surprise import surprise
from ui.i18n import LANGUAGES, Text
from ui.readings import probabilities as readings
from ui.writing import Writing

TEXT = "The cat sat"


@pytest.mark.parametrize("language", LANGUAGES)
def test_tally_rows_are_shares_with_their_distance(tiny, language, monkeypatch):
    t, d = Text(language), distribution(tiny.trace(TEXT).logits[-1], 0.5)
    monkeypatch.setattr(readings.links, "value", lambda key: {"probabilities.darts": "100", "probabilities.seed": 4}[key])
    hit = readings.hits(d)
    tokens = readings.likeliest(tiny, d.logits, 5)
    rows = readings.tallied(t, tokens, d, hit)
    assert sum(row["value"] for row in rows) == approx(1) and hit.equal(tally(d, 4, readings.COUNTS))
    assert [row["value"] for row in rows[:-1]] == [hit[1][token.id].item() / 100 for token in tokens]
    for row, token in zip(rows, tokens, strict=False):
        assert (row["way"] > 0) == (round(100 * (row["value"] - float(d.probs[token.id])), 1) > 0)
    said = readings.converging(t, d, hit)
    assert all(t.percent(float((h / n - d.probs).abs().sum()) / 2, 1) in said for h, n in zip(hit, readings.COUNTS, strict=True))


def test_one_token_left_needs_no_tally(tiny):
    d = distribution(tiny.trace(TEXT).logits[-1], 0)
    assert readings.converging(Text("en"), d, tally(d, 1, readings.COUNTS)) == Text("en")("probabilities.tally_sure")


def test_curve_tells_how_far_it_is_and_what_it_found(tiny):
    t = Text("en")
    counting = Writing((), readings.variety(TEXT, tiny, {"top_k": None, "top_p": None}))
    assert "Switch the count on" in readings.varied(t, None) and readings.measured(None) == []
    counting.pieces += [next(counting.source) for _ in range(readings.TOKENS + 3)]
    assert "1 of 8 temperatures are done; at 0.2, token 3" in readings.varied(t, counting)
    counting.pieces += list(counting.source)
    counting.done = True
    done = readings.measured(counting)
    assert [c.temperature for c in done] == list(readings.TEMPERATURES) and done[0] == Counted(0, readings.TOKENS, 1)
    assert f"**{done[-1].distinct}** at 1.5" in readings.varied(t, counting)


def test_perplexity_in_words(tiny):
    t, d = Text("en"), distribution(torch.zeros(320))
    assert f"**{surprise(tiny.trace(TEXT)).perplexity:.1f}**" in readings.perplexed(t, d, surprise(tiny.trace(TEXT)))
    assert "320.0" in readings.perplexed(t, d, surprise(tiny.trace(TEXT)))
    assert readings.perplexed(t, d, surprise(tiny.trace(""))) == t("probabilities.perplexity_none")
