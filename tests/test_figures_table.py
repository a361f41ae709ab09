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
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "evaluation.json").write_text(
        json.dumps({"figures": {"en": {"facts": SHARE, "unknown": SHARE | {"share": 0.5}, "loss": {"before": 1.5, "after": 1.7}}}}), encoding="utf-8")
    command = "`python -m engine evaluate --model assistant`"
    assert table.table(tmp_path, tmp_path).splitlines()[2:5] == [
        f"| assistant, English: facts in no example, answered (n = 105) | 91.4% | ≥ 85% | {command} |",
        f"| assistant, English: unknown things, admitted (n = 105) | **50.0%** | ≥ 80% | {command} |",
        f"| assistant, English: more loss on the base's own texts | **+0.200 nats/token** | ≤ +0.15 | {command} |"]


def test_what_a_model_can_do_stands_beside_its_target(tmp_path):
    found = {"loss": 1.0514, "excess": 0.15, "tail": {"excess": 0.4}, "references": {"unigram": 5.5}, "stories": SHARE,
             "answers": {"recall: pet": SHARE | {"by position": 0.5, "nats": 0.25}, "recall: friend": SHARE | {"share": 0.5, "low": 0.4, "high": 0.6}}}
    (tmp_path / "evaluation-mini.json").write_text(json.dumps({"figures": {"en": found, "es": found}}), encoding="utf-8")
    lines = table.table(tmp_path, tmp_path / "none").splitlines()
    assert "| loss on unseen texts, nats/token | 1.051 | 1.051 | – |" in lines and "| reference: unigram, nats/token | 5.500 | 5.500 | – |" in lines
    cell = "91.4 (85–95, n = 105; 0.25 nats; by position 50%)"
    assert f"| recall: pet | {cell} | {cell} | ≥ 90% |" in lines
    assert "| recall: friend | **50.0** (40–60, n = 105) | **50.0** (40–60, n = 105) | ≥ 90% |" in lines


def test_the_ladder_puts_models_side_by_side_from_small_to_large(tmp_path):
    for name, parameters, friend, text in (("base", 5_000_000, 0.9, 1), ("micro", 600_000, 0.3, 2), ("nano", 300_000, 0.25, 1), ("depth-1", 700_000, 0.2, 1)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.json").write_text(json.dumps({"parameters": parameters, "tokens": 36_000_000, "corpus": {"order": {"seed": text}}}), encoding="utf-8")
        figures = {"loss": 1.0, "excess": 0.1234, "tail": {"excess": 0.4}, "references": {}, "stories": SHARE,
                   "answers": {"recall: friend": SHARE | {"share": friend, "nats": 0.5}, "agreement": SHARE}}
        (tmp_path / name / "evaluation.json").write_text(json.dumps({"figures": {"en": figures, "es": figures}}), encoding="utf-8")
    lines = table.table(tmp_path / "none", tmp_path).splitlines()
    assert "|  | nano | base |" in lines                       # micro has read another text
    assert "| parameters | 300,000 | 5,000,000 |" in lines
    assert "| recall: friend | 25.0 (0.50) / 25.0 (0.50) | 90.0 (0.50) / 90.0 (0.50) |" in lines
    assert "| agreement | 91.4 / 91.4 | 91.4 / 91.4 |" in lines and "| recall: pet | – / – | – / – |" in lines
    assert "| loss above the texts' own entropy, at least | 0.123 / 0.123 | 0.123 / 0.123 |" in lines
    assert not any("depth" in line for line in lines)          # one alone is no ladder
    assert sum(line.startswith("| recall: friend |") for line in lines) == 2        # here, and in the table of base


def test_the_gates_of_the_corpus_are_told_with_their_ends(tmp_path):
    gates = {"en": {"distinct_4": {"value": 0.5123, "least": 0.45, "most": None, "passed": True}},
             "es": {"distinct_4": {"value": 0.4, "least": 0.45, "most": None, "passed": False}}}
    (tmp_path / "corpus.json").write_text(json.dumps({"genres": [], "gates": gates}), encoding="utf-8")
    assert "| distinct 4 | 0.512 | **0.4** | 0.45 | – |" in table.table(tmp_path, tmp_path / "none").splitlines()


def test_a_readme_without_marks_is_refused():
    with pytest.raises(ValueError):
        table.written("# Vitrina\n", "")


def test_writing_twice_changes_nothing():
    once = table.written(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", "new\n")
    assert once == table.written(once, "new\n") == f"before\n{table.BEGIN}\nnew\n{table.END}\nafter\n"


def test_screens_have_a_table_of_their_own_and_what_is_slow_is_bold(tmp_path):
    measured = {"home": (90, 160, 1.9, 400), "embeddings, 3-D": (190, 140, 2.5, 501)}
    figures = [{"id": f"live.screen.{name}.{kind}", "name": "x", "value": value, "unit": "×" if kind == "ratio" else "ms", "n": 3}
               for name, values in measured.items() for kind, value in zip(("median", "p95", "ratio", "long"), values)]
    run = {"command": "python -m benchmarks.live", "date": "2026-01-02", "quick": False, "machine": {"cores": 2}, "figures": figures}
    (tmp_path / "live.json").write_text(json.dumps(run), encoding="utf-8")
    lines = table.table(tmp_path, tmp_path / "none").splitlines()
    assert "| target | ≤ 100 ms | ≤ 150 ms | ≤ 2 × | ≤ 500 ms |" in lines
    assert "| home | 90.0 ms | **160.0 ms** | 1.90 × | 400.0 ms |" in lines
    assert "| embeddings, 3-D | 190.0 ms | 140.0 ms | **2.50 ×** | **501.0 ms** |" in lines
    assert not any(line.startswith("| x |") for line in lines)


def test_a_model_of_ones_own_has_a_table_with_its_own_target_and_what_was_not_typed_is_no_number(tmp_path):
    figures = [{"id": "live.own.screen.position.median", "name": "x", "value": 451, "unit": "ms", "n": 3}, {"id": "live.own.screen.position.p95", "name": "x", "value": 900, "unit": "ms", "n": 3},
               {"id": "live.own.memory", "name": "Weights", "value": 498, "unit": "MB", "n": 1}, {"id": "live.screen.fewshot.median", "name": "x", "value": 90, "unit": "ms", "n": 3}]
    run = {"command": "python -m benchmarks.live", "date": "2026-01-02", "quick": False, "machine": {"cores": 2}, "figures": figures}
    (tmp_path / "own.json").write_text(json.dumps(run), encoding="utf-8")
    lines = table.table(tmp_path, tmp_path / "none").splitlines()
    assert "| target | ≤ 400 ms | – |" in lines and "| position | **451.0 ms** | 900.0 ms |" in lines
    assert "| fewshot | 90.0 ms | – | – | – |" in lines and "| Weights | 498 MB | – | `python -m benchmarks.live` |" in lines
