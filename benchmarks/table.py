"""The table of figures in README.md, written from what the benchmarks and the evaluations measured, and from nothing else."""
import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.report import Figure

ROOT = Path(__file__).parent.parent
README, FIGURES, MODELS = ROOT / "README.md", ROOT / "benchmarks" / "figures", ROOT / "assets" / "models"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
ORDER = ("live", "own", "runs", "server", "engine", "training", "owntext")
TARGETS = {
    "live.lost": "0 characters",
    "live.slider.max": "≤ 2 frames", "live.first": "≤ 5 s", "live.second": "≤ 2.5 s",
    "runs.share": "≥ 80%", "runs.below": "≤ 60 s", "runs.stop": "≤ 1 s", "runs.left": "0 processes", "runs.over": "≤ 2 ×", "runs.tuning.en": "≤ 60 s", "runs.tuning.es": "≤ 60 s",
    "server.own": "≤ 15 ms", "server.ten.p95": "≤ 150 ms",
    "engine.cached": "≤ 800 ms", "engine.trace": "≤ 1.3 ×", "training.ratio": "≤ 0.5 ×",
}
SCREEN = {"median": ("median", 100), "p95": ("95th percentile", 150), "ratio": ("over a bare Streamlit echo", 2), "long": ("256 tokens, median", 500)}     # and at most
OWN = {"median": ("median", 400), "p95": ("95th percentile", None)}       # with a model of GPT-2 small's size
SOLID = 200                         # ms, for the median of a view in three dimensions
TYPED = "From a key to the last paint, 20 tokens, on `fewshot` a word of an example (`python -m benchmarks.live`; what misses its target is bold):"
TYPED_OWN = "The same with a model of GPT-2 small's size and random weights, opened from a folder (`python -m benchmarks.wide FOLDER`, `python -m benchmarks.live --model FOLDER`):"
LANGUAGES = {"en": "English", "es": "Spanish"}
TALKS = {                           # what a model that was tuned to answer is measured by, and what it should reach at least
    "facts": ("facts in no example, answered", 0.85), "unknown": ("unknown things, admitted", 0.80), "told": ("what the user told before, given back", None),
    "summaries": ("a story in one sentence that names hero and event", None), "voice": ("answers in its voice", 0.95),
    "kept": ("facts that the plain assistant knows, kept", 0.90)}
FORGOT = 0.15                       # nats per token that its loss on the base's own texts may rise
ABILITIES = {                       # what a model named mini, and one named base, should reach: least share, per language
    "facts, training phrasings": (0.85, 0.95), "facts, held-out phrasings": (0.70, 0.85),
    **{f"recall: {kind}": (0.90, 0.95) for kind in ("friend", "pet", "owner", "invented name")},
    **{f"recall: {kind}": (0.70, 0.90) for kind in ("color", "place")},
    **{f"recall, {distance} tokens ago": (None, 0.90) for distance in (40, 80, 120, 160, 200)},
    "novel labels, 8 shots": (0.80, 0.90), "pairs seen, 8 shots": (None, 0.90), "pairs held out, 8 shots": (None, 0.60), "agreement": (0.93, 0.97),
    "openings": (0.60, 0.80), "summaries": (None, 0.70)}
RUNGS = ("facts, training phrasings", "recall: friend", "recall: pet", "recall: invented name", "novel labels, 8 shots", "pairs seen, 8 shots",
         "agreement", "addition, two digits")       # what the models are compared by
TABLED = ("base", "mini")           # whose every figure is shown
LADDERS = {                         # which models stand beside one another
    "Size: the same tokens in the same order": ("nano", "micro", "mini", "small", "base"),
    "Depth alone: 128 wide, 4 heads, the same tokens": ("depth-1", "depth-2", "mini", "depth-4", "depth-6")}
BESIDE = {"ceiling": "at best", "prior": "by guessing", "by position": "by position", "by bag of words": "by frequency", "alone": "without reckoning"}


def table(figures: Path = FIGURES, models: Path = MODELS) -> str:
    """What stands between the marks: figures and where they were measured, the corpus, the models; empty where nothing is measured yet."""
    runs = [read(figures / f"{name}.json") for name in ORDER if (figures / f"{name}.json").is_file()]
    rows = [row(Figure(**figure), run["command"]) for run in runs for figure in run["figures"] if not figure["id"].startswith(("live.screen.", "live.own.screen."))]
    found = {path.parent.name: read(path)["figures"] for path in sorted(models.glob("*/evaluation.json"))}
    found |= {path.stem.removeprefix("evaluation-"): read(path)["figures"] for path in sorted(figures.glob("evaluation-*.json"))}
    rows += [line for model, by_language in found.items() for line in talker(model, by_language)]
    parts = []
    if rows:
        parts.append("\n".join(["| figure | value | target | printed by |", "|---|--:|--:|---|", *rows, "", *map(measured, runs)]).rstrip() + "\n")
    for said, start, limits in ((TYPED, "live.screen.", SCREEN), (TYPED_OWN, "live.own.screen.", OWN)):
        parts.append(screens(said, limits, start, [Figure(**figure) for run in runs for figure in run["figures"] if figure["id"].startswith(start)]))
    if (figures / "corpus.json").is_file():
        parts.append(corpus(read(figures / "corpus.json")["gates"]))
    cards = {path.parent.name: read(path) for path in sorted(models.glob("*/card.json"))}
    parts += [ladder(title, {name: (cards[name], found[name]) for name in names if name in cards and name in found}) for title, names in LADDERS.items()]
    parts += [abilities(model, by_language) for model, by_language in found.items() if model in TABLED]
    parts = [part for part in parts if part]
    return "\n".join(parts)


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def screens(said: str, limits: dict[str, tuple[str, int | None]], start: str, figures: list[Figure]) -> str:
    """From a key to the last paint, a row a screen; what misses its target is bold."""
    if not figures:
        return ""
    by_screen: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        name, _, kind = figure.id.removeprefix(start).rpartition(".")
        by_screen.setdefault(name, {})[kind] = figure

    def cell(name: str, kind: str) -> str:
        if (found := by_screen[name].get(kind)) is None:
            return "–"
        most = SOLID if kind == "median" and name.endswith("3-D") else limits[kind][1]
        return found.shown if most is None or found.value <= most else f"**{found.shown}**"

    lines = [said, "", f"| screen | {' | '.join(named for named, _ in limits.values())} |", "|---|" + "--:|" * len(limits),
             f"| target | {' | '.join('–' if most is None else f'≤ {most} ×' if kind == 'ratio' else f'≤ {most} ms' for kind, (_, most) in limits.items())} |"]
    lines += [f"| {name} | {' | '.join(cell(name, kind) for kind in limits)} |" for name in by_screen]
    return "\n".join(lines) + "\n"


def corpus(gates: dict[str, dict]) -> str:
    """The gates of the corpus, a row each, the languages beside one another."""
    def cell(gate: dict) -> str:
        value = f"{gate['value']:.3g}" if isinstance(gate["value"], float) else f"{gate['value']}"
        return value if gate["passed"] else f"**{value}**"

    lines = ["What `python -m engine corpus --stats` counts in the corpus (a figure outside its gate is bold):", "",
             f"| gate | {' | '.join(LANGUAGES[language] for language in gates)} | least | most |", "|---|" + "--:|" * (len(gates) + 2)]
    for name, gate in next(iter(gates.values())).items():
        ends = ["–" if gate[end] is None else f"{gate[end]}" for end in ("least", "most")]
        lines.append(f"| {name.replace('_', ' ')} | {' | '.join(cell(found[name]) for found in gates.values())} | {' | '.join(ends)} |")
    return "\n".join(lines) + "\n"


def ladder(title: str, models: dict[str, tuple[dict, dict]]) -> str:
    """Models side by side, English / Spanish: how large they are, and of each ability the share and the nats of the same answers.

    Only those that read the text of the last one; nothing of fewer than two.
    """
    texts = [card["corpus"]["order"] for card, _ in models.values()]
    models = {name: pair for (name, pair), text in zip(models.items(), texts, strict=True) if text == texts[-1]}
    if len(models) < 2:
        return ""

    def line(name: str, cells: Iterator[str]) -> str:
        return f"| {name} | {' | '.join(cells)} |"

    def each(found: dict, of: Callable[[dict], str]) -> str:
        return " / ".join(of(figures) for figures in found.values())

    rows = list(models.values())
    return "\n".join([
        f"{title}; English / Spanish, in %, and in brackets the nats of the same answers as `evaluation.json` of each states:", "",
        line("", iter(models)), "|---|" + "--:|" * len(models),
        line("parameters", (f"{card['parameters']:,}" for card, _ in rows)),
        line("tokens read", (f"{card['tokens'] / 1e6:.1f} M" for card, _ in rows)),
        line("loss above the texts' own entropy, at least", (each(found, lambda figures: f"{figures['excess']:.3f}") for _, found in rows)),
        *(line(name, (each(found, lambda figures, name=name: rung(figures["answers"].get(name))) for _, found in rows)) for name in RUNGS)]) + "\n"


def rung(found: dict | None) -> str:
    """A share and, where it is known, the nats: 91.4 (0.25)."""
    if found is None:
        return "–"
    return f"{100 * found['share']:.1f}" + (f" ({found['nats']:.2f})" if "nats" in found else "")


def abilities(model: str, by_language: dict[str, dict]) -> str:
    """What a model of the story world can do, a row an ability: share with its 95 % interval and n, and what guessers reach."""
    lines = [f"What `python -m engine evaluate --model {model}` measures, in %, with the 95 % interval and n (what misses its target is bold):", "",
             f"| {model} | {' | '.join(LANGUAGES[language] for language in by_language)} | target |", "|---|" + "--:|" * (len(by_language) + 1)]
    figures = list(by_language.values())
    for name, of in (("loss on unseen texts, nats/token", lambda f: f["loss"]), ("above the texts' own entropy, at least", lambda f: f["excess"]),
                     ("the same on the tail of rare facts", lambda f: f["tail"]["excess"])):
        lines.append(f"| {name} | {' | '.join(f'{of(found):.3f}' for found in figures)} | – |")
    for name in figures[0]["references"]:
        values = " | ".join(f"{found['references'][name]:.3f}" for found in figures)
        lines.append(f"| reference: {name}, nats/token | {values} | – |")
    for name in (*figures[0]["answers"], "words that exist, in its stories"):
        cells = [found["stories"] if name.startswith("words") else found["answers"].get(name) for found in figures]
        target = ABILITIES.get(name, (None, None))[model == "base"]
        lines.append(f"| {name} | {' | '.join(share(cell, target) for cell in cells)} | {'–' if target is None else f'≥ {target:.0%}'} |")
    return "\n".join(lines) + "\n"


def share(found: dict | None, target: float | None) -> str:
    """One cell: 91.4 (85–95, n = 105), and what is known beside it."""
    if found is None:
        return "–"
    value = f"{found['share']:.1%}".rstrip("%")
    value = f"**{value}**" if target is not None and found["share"] < target else value
    beside = [f"{name} {found[key]:.0%}" for key, name in BESIDE.items() if key in found]
    nats = [f"{found['nats']:.2f} nats"] if "nats" in found else []
    return f"{value} ({found['low']:.0%}–{found['high']:.0%}, n = {found['n']}".replace("%–", "–").replace("%, n", ", n") + "".join(f"; {part}" for part in (*nats, *beside)) + ")"


def row(figure: Figure, command: str) -> str:
    """One line of the table."""
    return f"| {figure.name} | {figure.shown} | {TARGETS.get(figure.id, '–')} | `{command}` |"


def measured(run: dict) -> str:
    """One line on the machine that a benchmark ran on; a quick run is called what it is."""
    where = ", ".join(f"{key} {value}" for key, value in run["machine"].items())
    return f"- `{run['command']}`{' --quick' if run['quick'] else ''}: {run['date']}; {where}."


def talker(model: str, by_language: dict[str, dict]) -> Iterator[str]:
    """What `evaluate` measured of a model that was tuned to answer, language by language; what misses its target is bold."""
    def line(name: str, value: str, good: bool, target: str) -> str:
        return f"| {model}, {LANGUAGES[language]}: {name} | {value if good else f'**{value}**'} | {target} | `python -m engine evaluate --model {model}` |"

    for language, found in by_language.items():
        for key, (name, least) in TALKS.items():
            if key in found:
                least = least if key != "facts" or "voice" not in found else None       # of one with a voice, the facts that it kept count
                yield line(f"{name} (n = {found[key]['n']})", f"{found[key]['share']:.1%}", least is None or found[key]["share"] >= least,
                           "–" if least is None else f"≥ {least:.0%}")
        if "answers" not in found and "loss" in found:
            more = found["loss"]["after"] - found["loss"]["before"]
            yield line("more loss on the base's own texts", f"{more:+.3f} nats/token", more <= FORGOT, f"≤ +{FORGOT}")


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
