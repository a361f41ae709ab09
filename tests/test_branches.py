"""The generation screen's state and words: paths, branches, loops and the table say what the engine wrote."""
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pytest import approx

from engine import distribution
from engine.choices import ahead, choice
from engine.repetition import loop
from ui import branches
from ui.branches import Branch, Now, parent, path_to, spelt
from ui.i18n import LANGUAGES, Text
from ui.knobs import MAX_TAKEN, taken
from ui.readings import generation as readings

TEXT = "The cat sat"


def now(lm, path="", count=12, temperature=1.2, at=None, **more) -> Now:
    """What stands after `count` tokens."""
    chosen = {"temperature": temperature, "top_k": None, "seed": 3}
    choices = [choice(s) for s in lm.generate(TEXT, count, temperature, seed=3, instead=dict(taken(path)))]
    return Now(chosen, path, {path: Branch(choices, False, count)}, choices, count, False, False, len(choices) - 1 if at is None else at,
               more.get("timing"))


def test_path_there_and_back():
    assert taken("3-512.10-7") == [(2, 512), (9, 7)] and spelt(taken("3-512.10-7")) == "3-512.10-7"
    assert taken("") == [] and spelt([]) == "" and parent("3-512.10-7") == "3-512" and parent("3-512") == "" and parent("") is None


def test_branching_keeps_what_is_before_and_leaves_what_is_after(tiny):
    choices = now(tiny, "3-50.8-60").choices
    assert path_to("3-50.8-60", choices, 5, 77) == "3-50.6-77"
    assert path_to("3-50.8-60", choices, 7, 60) is None                         # it stands there
    assert path_to("3-50.8-60", choices, 7, choices[7].drawn) == "3-50"         # what the dart hit: nothing taken
    assert path_to("3-50", choices[:4], 4, 9) == "3-50.5-9"                     # the next, not drawn yet
    full = spelt([(place, 1) for place in range(MAX_TAKEN)])
    assert path_to(full, [], MAX_TAKEN, 5) is None


def test_branches_come_with_those_they_left_and_the_oldest_make_room():
    shelf = {}
    found = branches._shelved(shelf, ("a",), "3-5.9-7")
    assert list(found) == ["", "3-5", "3-5.9-7"]
    for number in range(30):
        found = branches._shelved(shelf, ("a",), f"1-{number}")
        assert len(found) <= branches.KEPT and f"1-{number}" in found and "" in found
    assert branches._shelved(shelf, ("b",), "") == {"": Branch()}


def test_a_step_costs_at_most_one_token_a_run_and_typing_stops_it(tiny, monkeypatch):
    state = {}
    for module in (branches.st, branches.links.st):
        monkeypatch.setattr(module, "session_state", state, raising=False)
    monkeypatch.setattr(branches, "pressed", lambda *_: None)
    monkeypatch.setattr(branches, "reported", lambda *_: {})
    monkeypatch.setattr(branches.links, "publish", lambda *_: None)
    state["generation.tokens"] = 3
    for _ in range(50):
        standing = branches.now(tiny, TEXT)
        if not standing.busy:
            break
    assert [c.id for c in standing.choices] == [s.id for s in tiny.generate(TEXT, 3, 0.8, seed=1)]
    state["generation.playing"] = True
    for count in (4, 5, 6):
        assert branches.now(tiny, TEXT).wanted == count
    typed = branches.now(tiny, TEXT + " on")
    assert (typed.choices, typed.wanted, typed.playing, typed.busy) == ([], 0, False, False)
    state["generation.tokens"] = 2
    while branches.now(tiny, TEXT).busy:
        pass
    other = branches.now(replace(tiny, name="other"), TEXT)
    assert (other.choices, other.wanted, other.branches) == ([], 0, {"": Branch()}), "what one model wrote is not another's"


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_in_words(tiny, language):
    t, standing = Text(language), now(tiny, "4-70")
    unlikely = sum(c.id != c.ids[0] and not c.forced for c in standing.choices)
    assert unlikely > 1 and t("generation.unlikely", count=unlikely) in readings.written(t, standing)
    assert t("generation.taken", count=1) in readings.written(t, standing)
    marks = [token["mark"] for token in readings.tokens(t, tiny, standing, None)]
    assert marks.count("unlikely") == unlikely and marks.index("taken") == 3


def test_loop_is_told_with_its_length_and_times(tiny):
    standing = now(tiny, count=40, temperature=0)
    found = loop([c.id for c in standing.choices])
    said = readings.circle(Text("en"), standing, readings.circling(standing))
    assert f"{found.times} times in a row from token {found.start + 1}" in said and "temperature 0" in said
    tokens = readings.tokens(Text("en"), tiny, standing, readings.circling(standing))
    rounds = [[token for token in tokens if token.get("round") == n + 1] for n in range(found.times)]
    assert [len(one) for one in rounds] == [found.length] * found.times and tokens.index(rounds[0][0]) == found.start
    assert all("first" in one[0]["edge"] and "last" in one[-1]["edge"] for one in rounds)
    assert readings.circle(Text("en"), now(tiny, count=12), None) == ""


def test_bar_and_rows_are_the_draw(tiny):
    t = Text("en")
    for at in range(12):
        standing = now(tiny, at=at)
        seen = standing.choices[at]
        bar, rows = readings.bar(t, tiny, seen), readings.alternatives(t, tiny, standing, seen)
        assert sum(row["value"] for row in rows) == approx(1, abs=1e-6) and sum(row["own"] for row in rows) == approx(1, abs=1e-5)
        assert bar[-1]["kind"] == "hit" and bar[-1]["from"] - 1e-6 <= readings.dart(t, seen, 1.2)["u"] <= bar[-1]["to"] + 1e-6
        assert [row["stands"] for row in rows].count(True) == 1 == [row["hit"] for row in rows].count(True)
        assert all(row["path"] is None for row in rows if row["stands"])


def test_tree_is_in_the_order_of_the_branches(tiny):
    standing = now(tiny, "3-50")
    standing.branches.update({"": Branch(now(tiny).choices, False, 12), "5-60": Branch(), "3-50.7-9": Branch()})
    rows = readings.tree(Text("en"), tiny, standing)
    assert [row["path"] for row in rows] == ["", "3-50", "3-50.7-9", "5-60"] and [row["parent"] for row in rows] == [-1, 0, 1, 0]
    assert [row["from"] for row in rows] == [0, 2, 6, 4] and [row["current"] for row in rows] == [False, True, False, False]


def test_cache_in_words_and_cells(tiny):
    t, trace = Text("en"), tiny.trace(TEXT)
    standing = now(tiny, count=5)
    T = len(trace.tokens) + 5
    assert [(s["positions"], s["computed"]) for s in readings.strips(t, tiny, trace, standing)] == [(T, 1), (T, T)]
    assert f"instead of {T}" in readings.spared(t, tiny, trace, standing)
    slid = now(tiny, count=30)
    assert [s["computed"] for s in readings.strips(t, tiny, trace, slid)] == [32, 32] and "outgrown" in readings.spared(t, tiny, trace, slid)
    assert readings.measure(t, tiny, trace, slid) is None
    run = SimpleNamespace(cached=0.002, whole=0.005, apart=0.0)
    timed = now(tiny, count=5, timing=SimpleNamespace(asked=(T,), pieces=[run] * 3, done=True))
    assert "2.0 ms with the cache and 5.0 ms without**, 2.5 times" in readings.spared(t, tiny, trace, timed)


def test_table_lists_every_token_written_with_its_alternatives(tiny):
    t, standing = Text("en"), now(tiny, "4-70")
    frame = readings.table(t, tiny, standing, ahead(distribution(tiny.trace(TEXT).logits[-1])))
    assert frame[frame["written"]]["id"].tolist() == [c.id for c in standing.choices]
    assert set(frame["place"]) == set(range(1, 13)) and len(frame) >= 72
    empty = readings.table(t, tiny, now(tiny, count=0), ahead(distribution(tiny.trace(TEXT).logits[-1])))
    assert len(empty) == 6 and not empty["written"].any()
