"""Several processes train what one would: they share a batch out, average what they find, and only one of them speaks and saves."""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from engine import KnobError, parallel

ROOT = Path(__file__).parent.parent
TEXT = "\n\n".join(f"The {a} sees the {b}. Then the {b} sees the {a}, and both of them go home." for a in ("cat", "dog", "fox", "owl", "bear")
                   for b in ("boy", "girl", "king", "queen", "man", "woman", "bird", "horse")) * 6


def trained(folder: Path, processes: int) -> tuple[dict, str]:
    """The card of a model trained by so many processes, and what they said on the way."""
    folder.mkdir()
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    start = [sys.executable, "-m", "engine"] if processes == 1 else [
        sys.executable, "-m", "torch.distributed.run", "--standalone", "--log-dir", str(folder / "log"), f"--nproc-per-node={processes}", "-m", "engine"]
    done = subprocess.run([*start, "train", "--text", str(folder / "text.txt"), "--out", str(folder / "run"), "--layers", "1", "--width", "32", "--heads", "2",
                           "--context", "32", "--tokens", "12800", "--json"],
                          cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env=os.environ | {"OMP_NUM_THREADS": "1"})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_two_processes_reach_the_loss_of_one(tmp_path):
    alone, _ = trained(tmp_path / "one", 1)
    both, said = trained(tmp_path / "two", 2)
    assert both["tokens"] == alone["tokens"] and both["validation_loss"] < 4.5
    assert both["validation_loss"] == pytest.approx(alone["validation_loss"], rel=0.01)
    assert both["nats_per_character"] == pytest.approx(alone["nats_per_character"], rel=0.01)
    assert said.count("100 %") == 1 and (tmp_path / "two" / "run" / "model" / "model.safetensors").is_file()


def test_a_process_alone_keeps_its_rows_and_its_gradients():
    rows, gradient = torch.arange(6).view(3, 2), torch.tensor([1.0, 2.0])
    parallel.average([gradient])
    assert parallel.size() == 1 and parallel.first() and torch.equal(parallel.share(rows), rows) and gradient.tolist() == [1.0, 2.0]


def test_rows_that_cannot_be_shared_out_are_refused(monkeypatch):
    monkeypatch.setattr(parallel, "size", lambda: 3)
    with pytest.raises(KnobError, match="4 windows a step cannot be shared by 3 processes"):
        parallel.share(torch.zeros(4, 2))
