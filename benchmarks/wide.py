"""A model of GPT-2 small's size with random weights, in a folder: what the app has to carry where a reader opens one.

    python -m benchmarks.wide FOLDER

124,439,808 parameters (500 MB), 12 layers of 12 heads, 768 wide, 1,024 positions, and a byte-level BPE of 50,257 entries whose merges
join pieces of base's vocabulary by chance: its tokens are as long as real ones, and mean nothing.
"""
import argparse
import json
import random
from pathlib import Path

import torch

from engine import checkpoint, load
from engine.lm import LanguageModel
from engine.model import Config, Decoder
from engine.tokenizer import SPECIAL, Tokenizer

SHAPE = Config(vocab_size=50257, n_positions=1024, n_embd=768, n_layer=12, n_head=12)


def write(folder: Path, shape: Config = SHAPE) -> Path:
    """Write the folder, config last; weights and merges come from a seed."""
    decoder = Decoder(shape).initialise(0).eval().requires_grad_(False)
    checkpoint.save(LanguageModel(folder.name, decoder, vocabulary(shape.vocab_size)), folder, dtype=torch.float32)
    (folder / checkpoint.CARD).unlink()
    return folder


def vocabulary(size: int) -> Tokenizer:
    """base's tokenizer with further merges until it has `size` entries."""
    told = json.loads(load("base").tokenizer.write())
    model, chance = told["model"], random.Random(0)
    pieces = [piece for piece in model["vocab"] if piece not in SPECIAL]
    short = [piece for piece in pieces if 1 < len(piece) < 7 and "Ġ" not in piece[1:]]
    while len(model["vocab"]) < size:
        left, right = chance.choice(short), chance.choice([piece for piece in chance.choices(short, k=8) if piece[0] != "Ġ"] or ["a"])
        if left + right not in model["vocab"]:
            model["vocab"][left + right] = len(model["vocab"])
            model["merges"].append([left, right])
    return Tokenizer.read(json.dumps(told))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m benchmarks.wide", description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    print(write(asked.parse_args().folder))
