"""What every benchmark ends with: figures as a readable table and, if wanted, as JSON beside the machine they come from."""
import argparse
import json
import math
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

DECIMALS = {"ms": 1, "s": 2, "×": 2, "nats/token": 3, "nats/character": 3}


@dataclass(frozen=True)
class Figure:
    """One measured value: `id` is what a target is looked up by, `n` how many measurements it rests on."""
    id: str
    name: str
    value: float
    unit: str
    n: int

    @property
    def shown(self) -> str:
        """The value with its unit, as it is printed; a time without end is one that was not reached."""
        if self.value == math.inf:
            return "not reached"
        if self.unit == "share":
            return f"{self.value:.1%}"
        return f"{self.value:.{DECIMALS.get(self.unit, 0)}f} {self.unit}"


def parser(description: str) -> argparse.ArgumentParser:
    """The options that all benchmarks share."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures, with their units and the machine, to FILE")
    options.add_argument("--quick", action="store_true", help="few measurements: to see that everything works, not how fast")
    return options


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest measured value that at least `share` of the values do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


def middle_and_tail(id: str, name: str, values: Sequence[float], unit: str) -> list[Figure]:
    """The median and the 95th percentile of the same measurements."""
    return [Figure(f"{id}.median", f"{name}, median", statistics.median(values), unit, len(values)),
            Figure(f"{id}.p95", f"{name}, 95th percentile", percentile(values, 0.95), unit, len(values))]


def machine() -> dict:
    """Where the figures were taken, and with what."""
    return {"cpu": _cpu(), "cores": os.cpu_count(), "system": platform.platform(terse=True), "python": platform.python_version(),
            "torch": version("torch"), "streamlit": version("streamlit")}


def report(command: str, figures: Sequence[Figure], options: argparse.Namespace, **more: str) -> None:
    """Print the figures, and write them to the file that was asked for; `more` is said of the machine too."""
    where = machine() | more
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        print(f"{figure.name:{width}}  {figure.shown:>14}  n = {figure.n}")
    print(", ".join(f"{key} {value}" for key, value in where.items()))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        stated = [asdict(figure) | {"value": round(figure.value, 4)} for figure in figures]
        options.json.write_text(json.dumps({"command": command, "date": date.today().isoformat(), "quick": options.quick,
                                            "machine": where, "figures": stated}, indent=1, ensure_ascii=False) + "\n",
                                encoding="utf-8")


def _cpu() -> str:
    """The processor's name, which Linux alone tells in full."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
