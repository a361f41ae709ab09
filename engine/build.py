"""Every step that makes what ships, in order; each is skipped when its output belongs to its inputs, and goes on if cut off."""
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine import cards, checkpoint, contexts, course, maps, neurons, recipes, snapshots
from engine import finetune as tuning
from engine import train as training
from engine.checkpoint import ADAPTER, CARD, CONFIG, EVALUATION, TOKENIZER, WEIGHTS, fingerprint, read_json, write_json
from engine.corpus.stream import LANGUAGES
from engine.corpus.voice import VOICES
from engine.corpus.write import VALIDATION
from engine.errors import ModelError
from engine.evaluate import evaluate, evaluate_assistant
from engine.lm import Turns
from engine.make import chat_examples, keep, make_corpus, pretrain, tune, versions
from engine.model import Config
from engine.recipes import Size
from engine.reference import TEXTS
from engine.report import Lines


@dataclass(frozen=True)
class Plan:
    """All that decides what is built; the first of the sizes is the base, which others are tuned on."""
    corpus_tokens: int
    corpus_seed: int
    sizes: tuple[Size, ...]
    measured: tuple[Size, ...]      # of these only the figures ship
    chat_recipe: tuning.Recipe
    examples: int                   # per language
    documents: int                  # evaluated on, per language
    stories: int
    probes: int                     # questions of a kind, per language
    texts: int                      # counted for the reference lines, per language
    questions: int | None           # of each kind asked of the assistant, per language; None: all

    @property
    def corpus(self) -> dict:
        """What the corpus is ordered with, as its `corpus.json` states it."""
        return {"tokens_wanted": self.corpus_tokens, "seed": self.corpus_seed, "vocab_size": self.sizes[0].config.vocab_size}

    @property
    def settings(self) -> dict:
        """What a model is evaluated with."""
        return {"documents": self.documents, "stories": self.stories, "probes": self.probes, "texts": self.texts}


FULL = Plan(recipes.CORPUS_TOKENS, recipes.CORPUS_SEED, recipes.SIZES, recipes.MEASURED, recipes.CHAT_RECIPE, recipes.CHAT_EXAMPLES,
            documents=600, stories=20, probes=300, texts=TEXTS, questions=None)
TOY = Config(vocab_size=600, n_positions=64, n_embd=32, n_layer=2, n_head=2)
QUICK = Plan(60_000, recipes.CORPUS_SEED,
             (Size("base", TOY, training.Recipe(tokens=60_000, warm_up=10)),
              Size("mini", replace(TOY, n_layer=1), training.Recipe(tokens=60_000, warm_up=10, snapshots=(0, 10_240)))),
             (Size("depth-3", replace(TOY, n_layer=3), training.Recipe(tokens=20_000, warm_up=10)),),
             tuning.Recipe(steps=20, batch=4), examples=60, documents=4, stories=1, probes=2, texts=50, questions=3)


def build(plan: Plan, runs: Path, models: Path) -> list[Path]:
    """Make every size and all that is tuned on the base in `models`, with what lies between in `runs`; returns the folders of what ships whole."""
    folders = [models / size.name for size in plan.sizes]
    base, plain = folders[0], models / recipes.PLAIN
    for size, folder in zip(plan.sizes, folders, strict=True):
        make_model(plan, size, folder, runs)
        if folder == base:
            map_base(base, size.config.vocab_size)
            seek_places(plan, base, runs)
            map_contexts(plan, base, runs)
        assess_model(plan, folder)
        assess_course(plan, size, folder)
    tuned = {plain: None, **{models / voice: voice for voice in VOICES}}
    for folder, voice in tuned.items():
        if not tuned_stands(plan, base, folder, voice):
            make_corpus(runs / "corpus", *plan.corpus.values())
            make_tuned(plan, base, folder, voice, runs / "corpus")
    for folder, voice in tuned.items():
        settings = {"questions": plan.questions} | ({"beside": fingerprint(plain / ADAPTER)} if voice else {})
        assess(folder, ADAPTER, settings, lambda lm, voice=voice: evaluate_assistant(
            lm, checkpoint.load(base), checkpoint.load(plain) if voice else None, plan.questions))
    for size in plan.measured:
        make_figures(plan, size, models / size.name, runs)
    return [*folders, *tuned]


def stands(plan: Plan, size: Size, folder: Path) -> bool:
    """Whether the model in `folder` is whole, with its snapshots, and was made by this plan."""
    card = stated(folder / CARD)
    return (all((folder / name).is_file() for name in (CONFIG, TOKENIZER, WEIGHTS))
            and set(size.recipe.snapshots) <= {0, *snapshots.kept(folder)}
            and of_plan(plan, size, card) and card["weights_sha256"] == fingerprint(folder / WEIGHTS))


def of_plan(plan: Plan, size: Size, card: dict) -> bool:
    """Whether a card speaks of this size as this plan makes it."""
    return (same(card.get("config"), asdict(size.config)) and same(card.get("recipe"), asdict(size.recipe))
            and same(card.get("corpus", {}).get("order"), plan.corpus) and "weights_sha256" in card)


def tuned_stands(plan: Plan, base: Path, folder: Path, voice: str | None) -> bool:
    """Whether the adapter in `folder` is whole and was made by this plan, on these weights, from these examples."""
    card = stated(folder / CARD)
    return (all((folder / name).is_file() for name in (CONFIG, ADAPTER))
            and stated(folder / CONFIG).get("base_sha256") == fingerprint(base / WEIGHTS)
            and same(card.get("recipe"), asdict(plan.chat_recipe)) and card.get("voice") == voice
            and card.get("examples_sha256") == digest(chat_examples(plan.examples, plan.chat_recipe.seed, voice))
            and card.get("weights_sha256") == fingerprint(folder / ADAPTER))


def make_model(plan: Plan, size: Size, folder: Path, runs: Path) -> None:
    """Train a size, unless it stands."""
    if not stands(plan, size, folder):
        make_corpus(runs / "corpus", *plan.corpus.values())
        lm, card = pretrain(size.config, size.recipe, runs / "corpus", runs / size.name, size.name)
        keep(lm, card, runs / size.name, folder)


def make_figures(plan: Plan, size: Size, folder: Path, runs: Path) -> None:
    """Train a size, evaluate it, and keep in `folder` what is known of it, without the weights."""
    card, there = stated(folder / CARD), stated(folder / EVALUATION)
    if of_plan(plan, size, card) and there.get("weights_sha256") == card["weights_sha256"] and same(there.get("settings"), plan.settings):
        return
    whole = runs / size.name / "model"
    make_model(plan, size, whole, runs)
    assess_model(plan, whole)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (CARD, EVALUATION):
        write_json(folder / name, read_json(whole / name))


def assess_model(plan: Plan, folder: Path) -> None:
    """Evaluate a size as the plan wants it, unless that has been done."""
    assess(folder, WEIGHTS, plan.settings, lambda lm: evaluate(lm, plan.documents, plan.stories, plan.probes, texts=plan.texts))


def assess_course(plan: Plan, size: Size, folder: Path) -> None:
    """Measure the snapshots of a size, where it has any, unless that has been done."""
    if not size.recipe.snapshots:
        return
    there, sha = stated(folder / course.FILE), fingerprint(folder / WEIGHTS)
    settings = {"documents": plan.documents, "probes": plan.probes}
    if there.get("weights_sha256") != sha or not same(there.get("settings"), settings):
        write_json(folder / course.FILE, {"weights_sha256": sha, "settings": settings, "figures": course.course(
            folder, plan.documents, plan.probes, report=Lines(folder.name).say)})


def map_base(base: Path, vocab_size: int) -> None:
    if maps.built(base, vocab_size) is None:
        Lines("map").say("t-SNE of the vocabulary, about a minute")
        maps.build(base)


def seek_places(plan: Plan, base: Path, runs: Path) -> None:
    """Seek what excites the neurons of the base, unless that has been done."""
    if neurons.built(base) is None:
        make_corpus(runs / "corpus", *plan.corpus.values())
        Lines("neurons").say("what excites each, sought in the held-out text")
        neurons.build(base, runs / "corpus" / VALIDATION)


def map_contexts(plan: Plan, base: Path, runs: Path) -> None:
    """Fit the map of contextual vectors of the base, unless that has been done."""
    if contexts.built(base, checkpoint.load(base)) is None:
        make_corpus(runs / "corpus", *plan.corpus.values())
        Lines("contexts").say("axes of the residual stream, fitted on the held-out text")
        contexts.build(base, runs / "corpus" / VALIDATION)


def make_tuned(plan: Plan, base: Path, folder: Path, voice: str | None, corpus: Path) -> None:
    lm = checkpoint.load(base)
    examples = chat_examples(plan.examples, plan.chat_recipe.seed, voice)
    adapter, figures = tune(lm, examples, corpus, plan.chat_recipe, folder.name)
    card = {"name": folder.name, "base": base.name, "languages": list(LANGUAGES), "examples": len(examples),
            "examples_sha256": digest(examples), "recipe": asdict(plan.chat_recipe), **figures, "made_with": versions()}
    if voice:
        card["voice"] = voice
    (folder / CONFIG).unlink(missing_ok=True)
    checkpoint.save_adapter(adapter, folder, base, recipes.CHAT, card)
    write_json(folder / CARD, card | {"weights_sha256": fingerprint(folder / ADAPTER)})


def assess(folder: Path, weights: str, settings: dict, measure) -> None:
    """Write a model's figures to `evaluation.json`, unless they are of these very weights, their essence to its card, and the cards for people."""
    there, sha = stated(folder / EVALUATION), fingerprint(folder / weights)
    if there.get("weights_sha256") != sha or not same(there.get("settings"), settings):
        Lines(folder.name).say("being evaluated")
        there = {"weights_sha256": sha, "settings": settings, "figures": measure(checkpoint.load(folder))}
        write_json(folder / EVALUATION, there)
    card = read_json(folder / CARD)
    summary = {language: essence(figures) for language, figures in there["figures"].items()}
    if card.get("evaluation") != summary:
        write_json(folder / CARD, card | {"evaluation": summary})
    cards.write(folder)


def essence(figures: dict) -> dict:
    """What of one language's figures a card states."""
    if "facts" in figures:
        return {name: found.get("share", found) for name, found in figures.items()}
    return {"loss": figures["loss"], "entropy": figures["entropy"], "excess": figures["excess"],
            "answers": {kind: found["share"] for kind, found in figures["answers"].items()},
            "story_words": figures["stories"]["share"], "story_loops": figures["stories"]["loops"]}


def stated(path: Path) -> dict:
    """What a JSON file of an earlier build says; nothing if it is missing or damaged, which means: make it anew."""
    try:
        return read_json(path)
    except ModelError:
        return {}


def same(found: object, wanted: object) -> bool:
    """Whether two values are equal as JSON."""
    return json.dumps(found, sort_keys=True) == json.dumps(wanted, sort_keys=True)


def digest(examples: list[Turns]) -> str:
    return hashlib.sha256(json.dumps(examples).encode()).hexdigest()
