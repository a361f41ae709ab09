"""What a model could do on its way: its snapshots are asked what the finished model was asked, from the same seed.

The figures are those of `evaluate.py` under the same names, of fewer kinds: enough to see abilities come.
"""
from collections.abc import Callable
from pathlib import Path

from engine import checkpoint, probes, snapshots
from engine.corpus.stream import LANGUAGES
from engine.evaluate import RECALL, SEED, TAIL, fresh, losses, scored
from engine.lm import LanguageModel
from engine.probes import Probe

FILE = "course.json"
SHOTS = 8
ABILITIES = ("recall: friend", "recall: pet", f"novel labels, {SHOTS} shots", "addition, two digits",
             "rare facts, training phrasings", "facts, training phrasings")


def course(folder: Path, documents: int, count: int, seed: int = SEED, report: Callable[[str], None] = lambda step: None) -> dict:
    """By tokens read, as text, what each snapshot of the model in `folder` could do: see `moment`."""
    found = {}
    for tokens in snapshots.kept(folder):
        report(f"after {tokens:,} tokens")
        found[str(tokens)] = moment(checkpoint.load(f"{folder}@{tokens}"), documents, count, seed)
    return found


def moment(lm: LanguageModel, documents: int, count: int, seed: int = SEED) -> dict:
    """By language the loss on `documents` texts (nats per token) and shares of answers right, `count` questions of a kind."""
    found = {}
    for language in LANGUAGES:
        measured = losses(lm, list(fresh(language, documents, seed)))
        found[language] = {name: measured[name] for name in ("documents", "tokens", "loss", "entropy", "excess")} | {
            "answers": {ability: scored(lm, asked(ability, language, count, seed)) for ability in ABILITIES}}
    return found


def asked(ability: str, language: str, count: int, seed: int = SEED) -> list[Probe]:
    """The questions that an ability is measured by; all there are of facts, and of rare ones those of TAIL towns."""
    kind = ability.removeprefix("recall: ")
    if kind in RECALL:
        kinds = RECALL[kind]
        return [probes.recall_probe(language, kinds[i % len(kinds)], i) for i in range(seed, seed + count)]
    return {
        f"novel labels, {SHOTS} shots": lambda: [probes.label_probe(language, SHOTS, i) for i in range(seed, seed + count)],
        "addition, two digits": lambda: [probes.sum_probe(i) for i in range(seed, seed + count)],
        "rare facts, training phrasings": lambda: list(probes.tail_probes(language, TAIL, False, seed)),
        "facts, training phrasings": lambda: [probe for _, probe in probes.fact_probes(language, False, seed)]}[ability]()
