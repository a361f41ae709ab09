"""The command line: `python -m engine generate|trace|corpus|train|finetune|evaluate|build|models`."""
import argparse
import math
import os
import sys
from collections.abc import Callable, Sequence

import torch

from engine import commands, makers, recipes
from engine.corpus.stream import LANGUAGES
from engine.corpus.voice import VOICES
from engine.errors import EngineError
from engine.evaluate import SEED as SEED_OF_TARGETS
from engine.launch import with_large_heap
from engine.reference import TEXTS

WRONG, STOPPED = 2, 130


class Parser(argparse.ArgumentParser):
    """argparse, but what is wrong takes one line."""

    def error(self, message: str):
        self.exit(WRONG, f"{self.prog}: {message} (--help explains)\n")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number from low to high."""
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return value
    return read


def positive(text: str) -> float:
    """A number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def fields(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


SEED, MANY = whole(0, 2**63 - 1), whole(1, 10**12)


def parser() -> Parser:
    root = Parser(prog="python -m engine", description="Vitrina's engine: a small language model, inside out.")
    commands_ = root.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, does, help: str, model: bool = False, long: bool = False) -> Parser:
        made = commands_.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        made.set_defaults(does=does, long=long)
        made.add_argument("--json", action="store_true", help="print every figure as JSON")
        if model:
            made.add_argument("--model", default="base", help="a model's name, or its folder (default: base)")
        if long:
            made.add_argument("--threads", type=whole(1, 1024), default=1, help="processor threads (default: 1)")
        return made

    it = command("generate", commands.generate, "write on from a text; a model that was tuned to answer, answers", model=True)
    it.add_argument("text", help="what to write on from")
    it.add_argument("--temperature", type=float, default=0.8, help="0 always takes the likeliest token (default: 0.8)")
    it.add_argument("--top-k", type=int, help="choose among the k likeliest tokens only")
    it.add_argument("--top-p", type=float, help="choose among the likeliest tokens that together reach this probability")
    it.add_argument("--seed", type=SEED, default=1, help="the same seed writes the same text (default: 1)")
    it.add_argument("--earlier", nargs=2, action="append", default=[], metavar=("SAID", "ANSWERED"), help="a turn of the talk before; again for each")
    it.add_argument("--max-new-tokens", type=int, default=200, help="stop after so many tokens (default: 200)")
    it.add_argument("--window", type=int, help="how many tokens the model may look back at (default: all it can)")

    it = command("trace", commands.trace, "read a text and show its tokens and what is likely to come next", model=True)
    it.add_argument("text", help="what to read")
    it.add_argument("--window", type=int, help="how many tokens the model may look back at (default: all it can)")
    it.add_argument("--top", type=MANY, default=10, help="how many next tokens to show (default: 10)")
    it.add_argument("--fields", type=fields, default=[], help="with --json: whose numbers to print, e.g. pattern,logits")

    it = command("corpus", makers.corpus, "write the text that models are trained on, count it, or show some of it")
    it.add_argument("--out", help="folder to write to (default: runs/corpus)")
    it.add_argument("--tokens", type=MANY, default=recipes.CORPUS_TOKENS, help=f"how many (default: {recipes.CORPUS_TOKENS:,})")
    it.add_argument("--seed", type=SEED, default=recipes.CORPUS_SEED, help="the same seed writes the same text (default: 1)")
    either = it.add_mutually_exclusive_group()
    either.add_argument("--stats", action="store_true", help="print a table of languages and genres instead")
    either.add_argument("--sample", metavar="GENRE", help="print some documents of a genre instead, e.g. story")
    it.add_argument("--documents", type=MANY, default=200, help="with --stats: how many of each genre (default: 200)")
    it.add_argument("--gate-documents", type=MANY, default=40_000, help="with --stats: how many of the stream, for the gates (default: 40000)")
    it.add_argument("--count", type=MANY, default=3, help="with --sample: how many of each language (default: 3)")
    it.add_argument("--language", choices=LANGUAGES, action="append", help="with --sample: this language only")

    it = command("train", makers.train, "train a base model; stopped, the same command goes on where it was", long=True)
    shape, recipe = recipes.BASE, recipes.BASE_RECIPE
    it.add_argument("--size", choices=recipes.NAMED, default="base", help="shape and recipe of one of ours (default: base); what follows changes it")
    it.add_argument("--layers", type=whole(1, 96), help=f"blocks (base: {shape.n_layer})")
    it.add_argument("--width", type=whole(1, 4096), help=f"numbers per position (base: {shape.n_embd})")
    it.add_argument("--heads", type=whole(1, 4096), help=f"attention heads per block (base: {shape.n_head})")
    it.add_argument("--context", type=whole(2, 8192), help=f"longest window (base: {shape.n_positions})")
    it.add_argument("--tokens", type=MANY, help=f"to read (default: {recipe.tokens:,}); lessons shrink with it, so give it a corpus of as many")
    it.add_argument("--seed", type=SEED, help=f"of the first weights and the order (default: {recipe.seed})")
    it.add_argument("--corpus", help="folder of the text (default: runs/corpus, written if it is not there)")
    it.add_argument("--text", metavar="FILE", help="train a model of mini's shape on a text of your own instead, in UTF-8; its last tenth is kept for validation")
    it.add_argument("--out", help="folder for the run; the model goes into its folder `model` (default: one under runs/)")

    it = command("finetune", makers.finetune, "tune a model to answer, with a small adapter", model=True, long=True)
    tuning = recipes.CHAT_RECIPE
    it.add_argument("--examples", metavar="FILE",
                    help='one {"user": "...", "assistant": "..."} a line (default: the assistant\'s own)')
    it.add_argument("--voice", choices=VOICES, help="the assistant's own examples in this voice")
    it.add_argument("--steps", type=MANY, default=tuning.steps, help=f"of gradient descent (default: {tuning.steps})")
    it.add_argument("--rate", type=positive, default=tuning.rate, help=f"learning rate (default: {tuning.rate})")
    it.add_argument("--seed", type=SEED, default=tuning.seed, help="the same seed learns the same (default: 1)")
    it.add_argument("--corpus",
                    help="folder of text to read again in between, so that it is not forgotten (default: runs/corpus)")
    it.add_argument("--out", help="folder for the adapter (default: runs/finetuned, or one beside the model)")

    it = command("evaluate", commands.measure, "measure a model on texts or questions that it has not seen",
                 model=True, long=True)
    it.add_argument("--count", type=MANY, default=600, help="documents per language (default: 600)")
    it.add_argument("--stories", type=MANY, default=20, help="stories to write per language (default: 20)")
    it.add_argument("--probes", type=MANY, default=300, help="questions of a kind to a base model, per language (default: 300)")
    it.add_argument("--texts", type=MANY, default=TEXTS, help=f"training texts counted for the reference lines (default: {TEXTS:,})")
    it.add_argument("--seed", type=SEED, default=SEED_OF_TARGETS, help=f"of texts and questions (default: {SEED_OF_TARGETS}, which nothing is tuned on)")
    it.add_argument("--course", action="store_true", help="measure the snapshots of its training instead: loss and some abilities")
    it.add_argument("--questions", type=MANY, help="most questions of a kind to an assistant (default: all)")

    it = command("build", makers.build, "make every model that ships; what is there already is kept", long=True)
    it.add_argument("--quick", action="store_true", help="the whole path in about two minutes, with toys as models")
    it.add_argument("--out", help="folder for everything (default: runs/ and assets/models/)")

    it = command("models", commands.models, "list the models")
    it.add_argument("folder", nargs="?", help="where to look (default: assets/models)")
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0, 2 for what the reader got wrong, 130 for Ctrl-C."""
    args = parser().parse_args(argv)
    torch.set_num_threads(getattr(args, "threads", 1))
    try:
        args.does(args)
        return 0
    except BrokenPipeError:                                 # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (EngineError, OSError) as error:
        print(f"python -m engine {args.command}: {' '.join(str(error).split())}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        again = " The same command goes on from the last saved state." if args.command in ("train", "build") else ""
        print(f"Stopped.{again}", file=sys.stderr)
        return STOPPED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if parser().parse_args().long:
        with_large_heap()
    sys.exit(main())
