"""What the commands that make something do: write the corpus, train, tune, build."""
import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

from engine import build as building
from engine import checkpoint, parallel, recipes
from engine.census import census, gates, samples
from engine.checkpoint import ADAPTER, CARD, MODELS, read_json
from engine.commands import emit, table
from engine.corpus.stream import LANGUAGES
from engine.corpus.write import META, TOKENIZER
from engine.errors import KnobError, TextError
from engine.lm import Turns
from engine.make import chat_examples, corpus_meta, keep, make_corpus, pretrain, tune, versions
from engine.owntext import prepare
from engine.tokenizer import Tokenizer

RUNS = Path(__file__).parent.parent / "runs"


def corpus(args: argparse.Namespace) -> None:
    """Write the corpus; or count what its genres write; or show some of it."""
    folder = Path(args.out or RUNS / "corpus")
    if args.sample:
        texts = {language: samples(language, args.sample, args.count, args.seed)
                 for language in (args.language or LANGUAGES)}
        shown = [f"[{language}] {text}" for language in texts for text in texts[language]]
        emit(texts) if args.json else print("\n\n".join(shown))
    elif args.stats:
        count_corpus(folder, args)
    else:
        make_corpus(folder, args.tokens, args.seed, recipes.VOCABULARY)
        meta = corpus_meta(folder)
        emit(meta) if args.json else print(f"{folder}: {meta['train_tokens']:,} tokens to train on")


def count_corpus(folder: Path, args: argparse.Namespace) -> None:
    """Print the table of genres and the gates, in the tokens of the corpus in `folder`, or else of the model that ships."""
    here = folder / TOKENIZER
    tokenizer = Tokenizer.load(here if here.is_file() else MODELS / "base" / TOKENIZER)
    rows = census(tokenizer, args.documents, args.seed)
    passed = gates(tokenizer, args.gate_documents, args.seed)
    if args.json:
        emit({"genres": rows, "gates": passed})
        return
    table(("language", "genre", "share", "documents", "tokens", "nats/token", "distinct-4", "zlib", "duplicates", "opening"),
          [(row["language"], row["genre"], f"{row['share']:.1%}", row["documents"], row["tokens"],
            f"{row['nats_per_token']:.3f}", f"{row['distinct_4']:.3f}", f"{row['zlib']:.3f}",
            f"{row['duplicates']:.1%}", f"{row['opening']:.1%}") for row in rows])
    print()
    table(("language", "gate", "value", "least", "most", "passed"),
          [(language, name, f"{gate['value']:.4g}", *("-" if gate[end] is None else gate[end] for end in ("least", "most")), "yes" if gate["passed"] else "NO")
           for language, found in passed.items() for name, gate in found.items()])


def train(args: argparse.Namespace) -> None:
    """Train a base model: the one that ships, or one of another shape; by all the processes that `torchrun` has started."""
    parallel.join()
    try:
        _train(args)
    finally:
        parallel.leave()


def _train(args: argparse.Namespace) -> None:
    if args.text and (args.corpus or not args.out):
        raise KnobError("text", "--text makes a corpus of its own: say with --out where model and corpus should go, and leave --corpus out.")
    size = recipes.NAMED["mini" if args.text else args.size]
    shape, recipe = size.config, size.recipe
    given = {"n_layer": args.layers, "n_embd": args.width, "n_head": args.heads, "n_positions": args.context}
    shape = replace(shape, **{key: value for key, value in given.items() if value is not None})
    if shape.n_embd % shape.n_head:
        raise KnobError("width", f"A width of {shape.n_embd} cannot be shared by {shape.n_head} heads: it must divide by them.")
    if args.tokens not in (None, recipe.tokens):
        recipe = replace(recipe, tokens=args.tokens)
    recipe = replace(recipe, seed=recipe.seed if args.seed is None else args.seed)
    name = size.name if (shape, recipe) == (size.config, size.recipe) else "-".join(
        map(str, (f"{shape.n_layer}x{shape.n_embd}x{shape.n_head}", shape.n_positions, recipe.tokens, recipe.seed)))
    run, text = Path(args.out or RUNS / name), Path(args.corpus or RUNS / "corpus")
    if args.text:
        text = run / "corpus"
    if parallel.first():
        if args.text:
            prepare(Path(args.text), text, shape.n_positions, recipes.VOCABULARY)
        elif not (text / META).is_file():
            make_corpus(text, recipes.CORPUS_TOKENS, recipes.CORPUS_SEED, recipes.VOCABULARY)
    parallel.wait()
    if args.text:
        recipe = replace(recipes.OWN_RECIPE, tokens=args.tokens or recipes.own_tokens(corpus_meta(text)["train_tokens"]), seed=recipe.seed)
    shape = replace(shape, vocab_size=Tokenizer.load(text / TOKENIZER).vocab_size)
    lm, card = pretrain(shape, recipe, text, run, run.name)
    if not parallel.first():
        return
    keep(lm, card, run, run / "model")
    emit(card) if args.json else print(
        f"{run / 'model'}: {card['parameters']:,} parameters, {card['tokens']:,} tokens in {card['seconds']:,.0f} s, "
        f"validation loss {card['validation_loss']:.3f} nats/token"
        + (f", {card['nats_per_character']:.3f} nats/character" if args.text else ""))


def finetune(args: argparse.Namespace) -> None:
    """Tune an adapter on examples of one's own, or on the assistant's."""
    base = checkpoint.find(args.model).resolve()
    out = Path(args.out or (RUNS if base.parent == MODELS else base.parent) / "finetuned").resolve()
    if (base / ADAPTER).is_file():
        raise KnobError("model", f"{base.name} is itself an adapter: tune the model that it belongs to.")
    if base.parent not in (MODELS, out.parent) or out == base:
        raise KnobError("out", f"An adapter must lie beside its base, e.g. in {base.parent / 'finetuned'}, not in {out}.")
    lm = checkpoint.load(base)
    recipe = replace(recipes.CHAT_RECIPE, steps=args.steps, rate=args.rate, seed=args.seed)
    talks = read_examples(Path(args.examples)) if args.examples else chat_examples(recipes.CHAT_EXAMPLES, args.seed, args.voice)
    adapter, figures = tune(lm, talks, Path(args.corpus or RUNS / "corpus"), recipe, out.name)
    card = {"name": out.name, "base": base.name, "examples": len(talks), "recipe": asdict(recipe), **figures,
            "made_with": versions()} | ({"voice": args.voice} if args.voice else {})
    checkpoint.save_adapter(adapter, out, base, recipes.CHAT, card)
    emit(card) if args.json else print(
        f"{out}: {figures['steps']} steps on {len(talks):,} examples in {figures['seconds']:.0f} s")


def read_examples(path: Path) -> list[Turns]:
    """Examples from a file of one JSON object a line, {"user": ..., "assistant": ...}. Raises TextError with the line."""
    talks = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise TextError("examples", f"{path} is not text in UTF-8.", file=path.name) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise TextError("examples", f"{path}, line {number}: this is not JSON.", file=path.name, line=number) from error
        pair = tuple(found.get(key) for key in ("user", "assistant")) if isinstance(found, dict) else ()
        if not (pair and all(isinstance(part, str) and part for part in pair)):
            raise TextError("examples", f'{path}, line {number}: {{"user": "...", "assistant": "..."}} is wanted.',
                            file=path.name, line=number)
        talks.append((pair,))
    if not talks:
        raise TextError("examples", f"{path} holds no example.", file=path.name)
    return talks


def build(args: argparse.Namespace) -> None:
    """Make all that ships, or all of it in small."""
    if args.quick and not args.out:
        raise KnobError("quick", "--quick makes toys: say with --out where they should go.")
    runs, models = (Path(args.out), Path(args.out) / "models") if args.out else (RUNS, MODELS)
    made = building.build(building.QUICK if args.quick else building.FULL, runs, models)
    cards = [read_json(folder / CARD) for folder in made]
    emit(cards) if args.json else print("\n".join(f"{folder}: made" for folder in made))
