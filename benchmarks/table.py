"""The table of figures in README.md, written from what the benchmarks and the evaluations measured, and from nothing else."""
import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Figure

ROOT = Path(__file__).parent.parent
README, FIGURES, MODELS = ROOT / "README.md", ROOT / "benchmarks" / "figures", ROOT / "assets" / "models"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
ORDER = ("live", "server", "engine")
TARGETS = {
    "live.key.median": "≤ 100 ms", "live.key.p95": "≤ 150 ms", "live.ratio": "≤ 2 ×", "live.lost": "0 characters",
    "live.slider.max": "≤ 2 frames", "live.first": "≤ 5 s", "live.second": "≤ 2.5 s",
    "server.own": "≤ 15 ms", "server.ten.p95": "≤ 150 ms",
}
LANGUAGES = {"en": "English", "es": "Spanish"}


def table(figures: Path = FIGURES, models: Path = MODELS) -> str:
    """What stands between the marks: a row a figure, then where each was measured; empty where nothing is measured yet."""
    runs = [json.loads((figures / f"{name}.json").read_text(encoding="utf-8")) for name in ORDER
            if (figures / f"{name}.json").is_file()]
    rows = [row(Figure(**figure), run["command"]) for run in runs for figure in run["figures"]]
    rows += [row(figure, f"python -m engine evaluate --model {path.parent.name}")
             for path in sorted(models.glob("*/evaluation.json"))
             for figure in evaluation(path.parent.name, json.loads(path.read_text(encoding="utf-8"))["figures"])]
    if not rows:
        return ""
    return "\n".join(["| figure | value | target | printed by |", "|---|--:|--:|---|", *rows, "", *map(measured, runs)]).rstrip() + "\n"


def row(figure: Figure, command: str) -> str:
    """One line of the table."""
    return f"| {figure.name} | {figure.shown} | {TARGETS.get(figure.id, '–')} | `{command}` |"


def measured(run: dict) -> str:
    """One line on the machine that a benchmark ran on; a quick run is called what it is."""
    where = ", ".join(f"{key} {value}" for key, value in run["machine"].items())
    return f"- `{run['command']}`{' --quick' if run['quick'] else ''}: {run['date']}; {where}."


def evaluation(model: str, figures: dict) -> Iterator[Figure]:
    """What `evaluate` measured, language by language: of the base its loss and answers, of the assistant its manners."""
    for language, found in figures.items():
        about = f"{model}, {LANGUAGES[language]}"
        for name, title in (("loss", "loss on unseen texts"), ("excess", "loss above the texts' own entropy, at least")):
            if name in found:
                yield Figure(f"{model}.{language}.{name}", f"{about}: {title}", found[name], "nats/token", found["documents"])
        shares = found.get("answers", {}) | {"words that exist, in its stories": found.get("stories"),
                                             "facts in no example, answered": found.get("facts"),
                                             "unknown things, admitted": found.get("unknown")}
        for name, share in shares.items():
            if share:
                yield Figure(f"{model}.{language}.{name}", f"{about}: {name} (n = {share['n']})", share["share"], "share", share["n"])


def written(readme: str, between: str) -> str:
    """README with its table replaced. Raises ValueError where a mark is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md needs the two lines {BEGIN} and {END}.")
    return f"{before}{begin}\n{between}{end}{after}"


def main() -> int:
    """Write the table, or with --check only tell whether it is up to date; returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="change nothing; exit 1 if README.md differs")
    check = options.parse_args().check
    there = README.read_text(encoding="utf-8")
    wanted = written(there, table())
    if check and there != wanted:
        print("The table in README.md is not what `python -m benchmarks.table` writes.", file=sys.stderr)
        return 1
    if there != wanted:
        README.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
