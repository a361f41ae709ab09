"""The command line: every command's figures add up, and whatever is wrong with its input takes one line and exit code 2."""
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import checkpoint
from engine.__main__ import main, parser

ROOT = Path(__file__).parent.parent
COMMANDS = ("generate", "trace", "corpus", "train", "finetune", "evaluate", "build", "models")
SMALL = ("--layers", "1", "--width", "16", "--heads", "2", "--context", "16")


@pytest.fixture
def text(tiny, tmp_path):
    """A corpus folder in the tiny model's tokens."""
    folder = tmp_path / "text"
    folder.mkdir()
    tiny.tokenizer.save(folder / "tokenizer.json")
    ids = np.array([tiny.bos, *tiny.tokenizer.encode("The cat sat on the mat. El gato come.")] * 200, dtype=np.uint16)
    ids.tofile(folder / "train.bin")
    ids[:400].tofile(folder / "validation.bin")
    row = {"documents": 200, "tokens": len(ids), "nats": 300.0, "characters": 7000, "nats_per_token": 0.1}
    checkpoint.write_json(folder / "corpus.json", {
        "order": {"seed": 1}, "train_tokens": len(ids), "genres": {"en": {"story": row}}})
    return folder


def ask(capsys, *argv) -> dict | list:
    """The JSON that a command prints."""
    assert main([*map(str, argv), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as left:
        parser().parse_args([command, "--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0 and "usage:" in shown and "--json" in shown


@pytest.mark.parametrize("argv", [
    "", "fly", "generate", "generate hello --top-k x", "generate hello --seed -1", "generate hello --seed 1e3",
    "generate hello --model {folder} --temperature -1", "generate hello --model {folder} --temperature nan",
    "generate hello --model {folder} --top-k 0", "generate hello --model {folder} --top-p 1.5",
    "generate hello --model {folder} --window 33", "generate hello --model {folder} --window 1",
    "generate hello --model {folder} --max-new-tokens -1", "generate hello --model none", "generate half\ud800 --model {folder}",
    "generate hello --model " + "x" * 5000, "trace hello --model {folder} --fields qk", "trace hello --model {folder} --top 0",
    "trace hello --model {folder} --window 0", "trace half\udc80 --model {folder}", "trace hello --model {broken}",
    "corpus --sample opera", "corpus --sample story --language fr", "corpus --stats --sample story", "corpus --tokens 0",
    "corpus --out {file}", "corpus --out {broken}", "train --heads 3 --out {out}", "train --layers 0", "train --width -8",
    "train --tokens 10 --corpus {text} --out {out}", "train --threads 0", "train --corpus {odd} --out {out}", "train --corpus {file} --out {out}",
    "train --corpus {broken} --out {out}", "train --corpus {text} --out {file} --tokens 5000", "finetune --model none",
    "finetune --model {folder} --examples {out}", "finetune --model {folder} --examples {file}", "finetune --rate 0",
    "finetune --model {folder} --out /elsewhere/x", "finetune --model {folder} --examples {empty}",
    "finetune --model {folder} --examples {bytes}", "evaluate --model none", "evaluate --count 0", "evaluate --model {broken}",
    "generate Hi --model {folder} --earlier Hello Hi!", "generate Hi --model {folder} --earlier Hello", "generate Hi --model {folder}@5",
    "finetune --model {folder} --voice robot",
    "build --quick", "build --quick --out {file}", "build --threads two", "models a b"])
def test_bad_input_takes_one_line_and_exit_code_2(argv, folder, text, tmp_path, capsys):
    files = {"file": "no folder, no JSON", "empty": "\n"}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    (tmp_path / "broken").mkdir()
    shutil.copytree(text, tmp_path / "odd")
    (tmp_path / "odd" / "train.bin").write_bytes(b"\0\0\0")
    for name in ("config.json", "corpus.json"):
        (tmp_path / "broken" / name).write_text("{")
    places = {name: tmp_path / name for name in (*files, "bytes", "broken", "odd", "out")} | {"folder": folder, "text": text}
    try:
        code = main([word.format(**places) for word in argv.split(" ") if word])
    except SystemExit as left:
        code = left.code
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1 and printed.err.startswith("python -m engine") and "Traceback" not in printed.err


def test_generate_writes_what_it_counts(folder, capsys):
    argv = ("generate", "The cat", "--model", folder, "--max-new-tokens", 12, "--seed", 3)
    found = ask(capsys, *argv)
    assert found["count"] == len(found["tokens"]) <= 12 and found["text"] == "".join(t["text"] for t in found["tokens"])
    assert found["tokens_per_second"] == pytest.approx(found["count"] / found["seconds"], rel=1e-6, abs=1e-6)
    assert all(0 < token["probability"] <= 1 for token in found["tokens"])
    assert main([*map(str, argv)]) == 0
    printed = capsys.readouterr()
    assert printed.out == "The cat" + found["text"] + "\n" and "tokens/s" in printed.err


def test_trace_prints_the_numbers_of_the_trace(folder, tiny, capsys):
    found = ask(capsys, "trace", "The cat sat", "--model", folder, "--fields", "pattern,logits", "--top", 320)
    trace = tiny.trace("The cat sat")
    assert found["shapes"]["pattern"] == list(trace.pattern.shape)
    assert np.abs(np.array(found["values"]["logits"]) - trace.logits.numpy()).max() < 1e-5
    assert sum(row["probability"] for row in found["next"]) == pytest.approx(1, abs=1e-5)
    assert [token["id"] for token in found["tokens"]] == [token.id for token in trace.tokens]
    assert main(["trace", "The cat sat", "--model", str(folder), "--window", "3"]) == 0
    assert "fell out of the window" in capsys.readouterr().out


def test_models_lists_what_loads_and_says_what_does_not(folder, capsys):
    (row,) = ask(capsys, "models", folder.parent)
    assert row["parameters"] > 0 and row["sha256"] == checkpoint.fingerprint(folder / "model.safetensors") and not row["problem"]
    (folder / "model.safetensors").unlink()
    (row,) = ask(capsys, "models", folder.parent)
    assert "missing" in row["problem"]
    assert main(["models", str(folder)]) == 0 and "no model" in capsys.readouterr().out


def test_corpus_shows_and_counts_every_genre(capsys):
    assert list(ask(capsys, "corpus", "--sample", "weather", "--language", "es", "--count", 2)) == ["es"]
    counted = ask(capsys, "corpus", "--stats", "--documents", 3, "--gate-documents", 600)
    rows = counted["genres"]
    assert {row["language"] for row in rows} == {"en", "es"} == counted["gates"].keys()
    for row in rows:
        assert row["documents"] == 3 and row["tokens"] > 0 and row["nats_per_token"] > 0 and row["zlib"] > 0.5
        assert all(0 <= row[key] <= 1 for key in ("distinct_4", "duplicates", "opening"))
    assert sum(row["share"] for row in rows) == pytest.approx(2, abs=1e-9)
    for gates in counted["gates"].values():
        for gate in gates.values():
            assert gate["passed"] == ((gate["least"] is None or gate["value"] >= gate["least"]) and (gate["most"] is None or gate["value"] <= gate["most"]))


def test_train_then_finetune_then_generate(text, tmp_path, capsys):
    argv = ("train", *SMALL, "--tokens", 16 * 8 * 60, "--corpus", text, "--out", tmp_path / "run")
    card = ask(capsys, *argv)
    base = tmp_path / "run" / "model"
    assert card["tokens"] == 16 * 8 * 60 and checkpoint.load(base).card["parameters"] == card["parameters"]
    assert ask(capsys, *argv)["validation_loss"] == card["validation_loss"]      # finished: nothing is trained again
    (tmp_path / "mine.jsonl").write_text('{"user": "gato", "assistant": "cat"}\n\n{"user": "cat", "assistant": "gato"}\n')
    tuned = ask(capsys, "finetune", "--model", base, "--examples", tmp_path / "mine.jsonl", "--steps", 4, "--corpus", text)
    assert (tuned["steps"], tuned["examples"]) == (4, 2)
    answer = ask(capsys, "generate", "gato", "--model", base.parent / "finetuned", "--max-new-tokens", 3)
    assert answer["count"] <= 3


def test_what_was_said_before_is_read(text, folder, tmp_path, capsys):
    (tmp_path / "mine.jsonl").write_text('{"user": "gato", "assistant": "cat"}\n')
    talker = folder.parent / "talker"
    ask(capsys, "finetune", "--model", folder, "--examples", tmp_path / "mine.jsonl", "--steps", 1, "--corpus", text, "--out", talker)
    said = ("--earlier", "Hi", "Yo", "--earlier", "Me", "So")
    first, second = (ask(capsys, "generate", "Who", "--model", talker, "--max-new-tokens", 1, "--seed", 2, *more)["tokens"][0] for more in ((), said))
    assert first["probability"] != second["probability"]


def test_a_run_of_other_settings_is_left_alone(text, tmp_path, capsys):
    argv = ["train", *SMALL, "--corpus", str(text), "--out", str(tmp_path / "run"), "--tokens"]
    assert main([*argv, "512"]) == 0
    capsys.readouterr()
    assert main([*argv, "1024"]) == 2
    assert "other settings" in capsys.readouterr().err


def test_ctrl_c_takes_one_line_and_exit_code_130(text, tmp_path):
    argv = [sys.executable, "-m", "engine", "train", *SMALL, "--corpus", text, "--out", tmp_path / "run"]
    with subprocess.Popen(argv, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:
        assert "tokens/s" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    lines = [line for line in err.splitlines() if "tokens/s" not in line]
    assert (process.returncode, out) == (130, "") and len(lines) == 1 and lines[0].startswith("Stopped.")
