"""The long steps - corpus, pre-training, fine-tuning - with progress, and the facts about each for a model's card."""
import json
import math
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from engine import parallel
from engine.chats import examples, template
from engine.checkpoint import CARD, CONFIG, WEIGHTS, fingerprint, read_json, save, save_snapshots, write_json
from engine.corpus import write
from engine.corpus.stream import LANGUAGES
from engine.corpus.write import META, TOKENIZER, TRAIN, VALIDATION
from engine.data import Windows
from engine.errors import KnobError, ModelError
from engine.finetune import Recipe as TuningRecipe
from engine.finetune import finetune
from engine.lm import LanguageModel, Turns, begins_with
from engine.lora import Adapter
from engine.model import Config, Decoder
from engine.owntext import nats_per_character
from engine.report import Lines, left
from engine.start import head_start
from engine.tokenizer import Tokenizer
from engine.train import STATE, Recipe, reached, train, validation_loss

ORDER = "run.json"                  # beside a run's state: what it was started with
VALIDATION_BATCHES = 25


def make_corpus(folder: Path, tokens: int, seed: int, vocab_size: int) -> None:
    """Write the corpus unless it is there in full; one that was cut off begins anew."""
    if (folder / META).is_file():
        corpus_meta(folder)                             # a damaged one is not ours to overwrite
    lines = Lines("corpus")
    for at in write.write(folder, tokens, seed, vocab_size):
        lines.maybe(at.tokens / at.total, f"{at.tokens / 1e6:.2f} M tokens", f"{at.tokens_per_second:,.0f} tokens/s",
                    left((at.total - at.tokens) / at.tokens_per_second))


def pretrain(config: Config, recipe: Recipe, corpus: Path, run: Path, name: str) -> tuple[LanguageModel, dict]:
    """Train a decoder on a corpus, or go on where the run in `run` stopped; returns it and its card.

    Raises KnobError for too few tokens, ModelError for a `run` that was started with other settings.
    """
    tokenizer = Tokenizer.load(corpus / TOKENIZER)
    bos = begins_with(tokenizer)
    windows = Windows(corpus / TRAIN, config.n_positions, bos)
    plan = recipe.schedule(config.n_positions)
    if not plan.steps:
        raise KnobError("tokens", f"{recipe.tokens} tokens are too few for a single step.", value=recipe.tokens)
    about = corpus_card(corpus)
    _claim(run, {"config": asdict(config), "recipe": asdict(recipe), "corpus": about["order"]})
    decoder, lines = head_start(Decoder(config).initialise(recipe.seed)).to(parallel.device()), Lines(name)
    for at in train(decoder, windows, recipe, run):
        if parallel.first():
            lines.maybe(at.step / at.steps, f"step {at.step:,} of {at.steps:,}", f"loss {at.loss:.3f}",
                        f"{at.tokens_per_second:,.0f} tokens/s", left(at.seconds_left))
    decoder.cpu()
    steps, seconds = reached(run)
    kept_out = Windows(corpus / VALIDATION, config.n_positions, bos)
    card = {"name": name, "parameters": sum(p.numel() for p in decoder.parameters()), "config": asdict(config),
            "tokens": plan.tokens(steps), "seconds": round(seconds, 1), "recipe": asdict(recipe),
            "corpus": about, "validation_loss": validation_loss(decoder, kept_out, VALIDATION_BATCHES, alone=recipe.apart),
            "made_with": versions()}
    if "text" in about:
        card["nats_per_character"] = nats_per_character(decoder, kept_out, tokenizer)
    return LanguageModel(name, decoder.requires_grad_(False), tokenizer, bos, card=card), card


def keep(lm: LanguageModel, card: dict, run: Path, folder: Path) -> None:
    """Write a trained model, the snapshots of its run and its card into `folder`, which until the weights are there is no model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).unlink(missing_ok=True)
    save_snapshots(run, folder)
    save(lm, folder)
    write_json(folder / CARD, card | {"weights_sha256": fingerprint(folder / WEIGHTS)})


def tune(lm: LanguageModel, talks: Sequence[Turns], corpus: Path | None, recipe: TuningRecipe,
         name: str) -> tuple[Adapter, dict]:
    """Tune an adapter on talks, reading the corpus again in between; returns it and its figures."""
    if corpus is not None and fits(lm, corpus):
        replay = Windows(corpus / TRAIN, lm.context, lm.bos)
    else:
        replay = None
        Lines(name).say("no corpus of this model's tokens is there: tuned on the examples alone")
    lines = Lines(name)
    for at, adapter in finetune(lm, template(lm.tokenizer), talks, replay, recipe):
        loss = "-" if math.isnan(at.loss) else f"{at.loss:.3f}"         # a replay step has none of its own
        lines.maybe(at.step / at.steps, f"step {at.step:,} of {at.steps:,}", f"loss {loss}",
                    f"{at.step / at.seconds:.1f} steps/s", left(at.seconds_left))
    return adapter, {"parameters": sum(tensor.numel() for tensor in adapter.tensors()), "steps": at.steps,
                              "seconds": round(at.seconds, 1)}


def chat_examples(count: int, seed: int, voice: str | None = None) -> list[Turns]:
    """The talks that an assistant is tuned on, in a voice of its own or none: `count` of each language, without the held-out facts."""
    return [turn.dialogue for language in LANGUAGES for turn in examples(language, count, seed, voice)]


def fits(lm: LanguageModel, corpus: Path) -> bool:
    """Whether a corpus is written in this model's tokens."""
    if lm.bos is None or not (corpus / META).is_file():
        return False
    theirs = Tokenizer.load(corpus / TOKENIZER)
    probe = "Once upon a time, había una vez: 12 niños, and a fox."
    return theirs.vocab_size == lm.tokenizer.vocab_size and theirs.encode(probe) == lm.tokenizer.encode(probe)


def corpus_meta(folder: Path) -> dict:
    """What `corpus.json` states. Raises ModelError if it is none."""
    meta = read_json(folder / META)
    if not {"order", "train_tokens", "genres"} <= meta.keys():
        raise ModelError("file_damaged", f"{folder / META} does not state a corpus.", file=META, why="keys")
    return meta


def corpus_card(folder: Path) -> dict:
    """What a model's card says of its corpus: tokens, and by language documents, nats per token and genres."""
    meta = corpus_meta(folder)
    total: Counter = Counter()
    languages = {}
    for language, genres in meta["genres"].items():
        count: Counter = Counter()
        for row in genres.values():
            count.update({key: row[key] for key in ("documents", "tokens", "nats")})
        total.update(count)
        languages[language] = {"documents": count["documents"], "tokens": count["tokens"],
                               "nats_per_token": count["nats"] / count["tokens"]}
    return {"tokens": meta["train_tokens"], "languages": languages,
            "genres": {language: {name: row["tokens"] for name, row in genres.items()}
                       for language, genres in meta["genres"].items()},
            "nats_per_token": total["nats"] / total["tokens"] if total["tokens"] else None, "order": meta["order"],
            **{key: meta[key] for key in ("text", "characters") if key in meta}}


def versions() -> dict:
    """What a model was made with."""
    return {"torch": torch.__version__, "python": platform.python_version()}


def _claim(run: Path, order: dict) -> None:
    """Note what a run is started with, so that no other run goes on from its state."""
    there = run / ORDER
    if there.is_file() and (run / STATE).is_file() and read_json(there) != json.loads(json.dumps(order)):
        raise ModelError("state_foreign", f"{run} holds a run of other settings: remove it, or choose another folder.",
                         file=ORDER)
    if parallel.first():
        run.mkdir(parents=True, exist_ok=True)
        write_json(there, order)
