"""The README's figures are those that were measured: its table is what `python -m benchmarks.table` writes, to the letter."""
import json

import pytest

from benchmarks import table

SHARE = {"share": 0.914, "n": 105, "low": 0.85, "high": 0.95}


def test_the_readme_holds_the_measured_table():
    there = table.README.read_text(encoding="utf-8")
    assert table.written(there, table.table()) == there


def test_a_row_names_figure_value_target_and_command(tmp_path):
    run = {"command": "python -m benchmarks.live", "date": "2026-01-02", "quick": True, "machine": {"cpu": "abacus", "cores": 2},
           "figures": [{"id": "live.lost", "name": "Lost", "value": 0, "unit": "characters", "n": 80},
                       {"id": "live.other", "name": "Other", "value": 12.345, "unit": "ms", "n": 3}]}
    (tmp_path / "live.json").write_text(json.dumps(run), encoding="utf-8")
    lines = table.table(tmp_path, tmp_path).splitlines()
    assert lines[2:4] == ["| Lost | 0 characters | 0 characters | `python -m benchmarks.live` |",
                          "| Other | 12.3 ms | – | `python -m benchmarks.live` |"]
    assert lines[-1] == "- `python -m benchmarks.live` --quick: 2026-01-02; cpu abacus, cores 2."


def test_evaluations_become_rows(tmp_path):
    base = {"loss": 1.0514, "entropy": 0.9, "excess": 0.15, "documents": 40, "answers": {"fact": SHARE}, "stories": SHARE}
    found = {figure.id: (figure.shown, figure.n) for figure in table.evaluation("base", {"es": base})}
    assert found == {"base.es.loss": ("1.051 nats/token", 40), "base.es.excess": ("0.150 nats/token", 40),
                     "base.es.fact": ("91.4%", 105), "base.es.words that exist, in its stories": ("91.4%", 105)}
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "evaluation.json").write_text(
        json.dumps({"figures": {"en": {"facts": SHARE, "unknown": SHARE}}}), encoding="utf-8")
    assert table.table(tmp_path, tmp_path).count("`python -m engine evaluate --model assistant`") == 2


def test_a_readme_without_marks_is_refused():
    with pytest.raises(ValueError):
        table.written("# Vitrina\n", "")


def test_writing_twice_changes_nothing():
    once = table.written(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", "new\n")
    assert once == table.written(once, "new\n") == f"before\n{table.BEGIN}\nnew\n{table.END}\nafter\n"
