"""The job that fine-tunes a model on a reader's own lines, and asks it before, meanwhile and afterwards what it knows."""
import math
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import numpy as np
from torch import Tensor

from engine import checkpoint, parcel
from engine.chats import template
from engine.corpus.chance import Chance, Menu
from engine.corpus.genre import genres
from engine.corpus.stream import LANGUAGES, write
from engine.data import Windows
from engine.errors import KnobError
from engine.evaluate import SEED
from engine.finetune import Recipe, continuation, encode, scored, tune
from engine.forgetting import ANSWER, answer, knows, measured, questions
from engine.lm import LanguageModel
from engine.live.pipe import Message
from engine.lora import Adapter, Change, Whole, merge
from engine.ownlines import Line, parse, part

WAYS = ("lora", "full")
SECONDS = 45.0                      # of training; with what is asked before and afterwards about a minute
BATCH = 8                           # examples a step
REPLAY = 0.3                        # share of the steps, where there is replay
TEXTS = 120                         # of each language, to be replayed
REPLAY_SEED = 7_000_000             # of them; no training used it
EVERY = 5.0                         # seconds between two looks at what it writes by now
SAMPLES = 2                         # texts of such a look
ASKED = 10                          # facts of the world, in the reader's language
MEASURED = (2, 32)                  # texts of a family and language, and facts of a language, read and asked at the end
TRUST = (1, 300), (1e-5, 0.1)       # steps, rate


def run(order: dict, tensors: dict[str, Tensor]) -> Iterator[Message]:
    """Fine-tune `order["base"]` on the lines of `order["text"]`, with its `way`, `rate`, `steps`, `replay`, `language` and `seed`.

    Reports `phase` (read, ask, train, look back, done), how many lines are learnt from and kept out, `before` and `after` (facts of
    the world and lines kept out: right of so many, nats per token), each step's loss, `samples` now and then with the change as it
    stands, how many questions it is `asking`, and piece by piece what was `forgotten`. Raises TextError for lines that cannot be used, KnobError for settings.
    """
    recipe, way = _recipe(order)
    yield {"phase": "read"}, {}
    lm = checkpoint.load(order["base"])
    learnt, kept_out = part(parse(order["text"]))
    talks = any(line.question for line in (*learnt, *kept_out))
    tuned = replace(lm, chat=template(lm.tokenizer)) if talks else lm
    pairs, spare = ([_pair(tuned, line) for line in lines] for lines in (learnt, kept_out))
    long = sum(len(inputs) > lm.context for inputs, _ in (*pairs, *spare))
    asked = questions(order["language"], ASKED, SEED, order["text"])
    prompts = _prompts(order["language"], learnt, kept_out, asked)
    change = _fresh(lm, tuned, recipe, way)
    yield {"phase": "ask", "lines": len(learnt), "kept_out": len(kept_out), "long": long, "talks": talks, "scale": getattr(change, "scale", None)}, {}
    before = yield from _score(lm, tuned, spare, kept_out, asked)
    yield {"before": before}, {}
    replayed = _replay(lm, order["seed"]) if order["replay"] else None
    last = -math.inf
    for progress, change in tune(lm, change, pairs, replayed, recipe, seconds=SECONDS):
        said = {"phase": "train", "step": progress.step, "steps": progress.steps, "loss": progress.loss, "seconds": progress.seconds,
                "left": progress.seconds_left}
        sent = {}
        if time.monotonic() - last > EVERY or progress.seconds_left == 0:
            sent = parcel.tensors(change)
            so_far = _merged(lm, tuned, change)
            said["samples"] = [{"prompt": prompt, "text": answer(so_far, prompt)[0]} for prompt in prompts]
            last = time.monotonic()
        yield said, sent
    kept = parcel.tensors(change)
    done = _merged(lm, tuned, parcel.change(kept, getattr(change, "scale", None), lm, order["base"]))    # as it is kept, so that the numbers are its own
    yield {"phase": "look back", "samples": [{"prompt": prompt, "text": answer(done, prompt)[0]} for prompt in prompts]}, kept
    after = yield from _score(done, done, spare, kept_out, asked)
    yield {"after": after}, {}
    for piece in measured(lm, done, *MEASURED):
        yield {"forgotten": list(piece)}, {}
    yield {"phase": "done"}, {}


def _recipe(order: dict) -> tuple[Recipe, str]:
    (fewest, most), (slowest, fastest) = TRUST
    if order["way"] not in WAYS or not fewest <= order["steps"] <= most or not slowest <= order["rate"] <= fastest:
        raise KnobError("tuning", f"No run of {order['steps']} steps at rate {order['rate']}, {order['way']}.", **{
            name: order[name] for name in ("way", "steps", "rate")})
    recipe = Recipe(steps=order["steps"], batch=BATCH, rate=order["rate"], replay=REPLAY if order["replay"] else 0.0, seed=order["seed"])
    return recipe, order["way"]


def _fresh(lm: LanguageModel, tuned: LanguageModel, recipe: Recipe, way: str) -> Change:
    chat = tuned.chat
    rows = tuple(sorted({*chat.before, *chat.after, *chat.stop})) if chat else ()
    return Whole.fresh(lm.decoder) if way == "full" else Adapter.fresh(lm.decoder, recipe.rank, recipe.alpha, rows, recipe.seed)


def _merged(lm: LanguageModel, tuned: LanguageModel, change: Change) -> LanguageModel:
    return replace(tuned, decoder=merge(lm.decoder, change).eval().requires_grad_(False))


def _pair(tuned: LanguageModel, line: Line) -> tuple[list[int], list[int]]:
    return encode(tuned, tuned.chat, [line]) if line.question else continuation(tuned, line.text)


def _prompts(language: str, learnt: Sequence[Line], kept_out: Sequence[Line], asked: Sequence) -> list[str]:
    """What it is looked at with: lines kept out, else lines learnt, then a fact of the world; of plain text the first half."""
    own = [line.question or _half(line.text) for line in (*kept_out, *learnt)]
    return [*own[:SAMPLES - 1], asked[0].text]


def _half(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[:max(1, len(words) // 2)])


def _score(lm: LanguageModel, template: LanguageModel, spare: Sequence, kept_out: Sequence[Line], asked: Sequence) -> Generator[Message, None, dict]:
    """Facts answered rightly, lines kept out that are answered word for word, and their loss, read in the `template`; says how many are asked by now."""
    fits = [(inputs, targets) for inputs, targets in spare if 0 < len(inputs) <= lm.context]
    own = [line for line in kept_out if line.question]
    facts = lines = 0
    for number, question in enumerate(asked, 1):
        facts += knows(lm, question)
        yield {"asking": number, "of": len(asked) + len(own)}, {}
    for number, line in enumerate(own, len(asked) + 1):
        lines += answer(lm, line.question, max(ANSWER, len(lm.tokenizer.encode(line.text)) + 1))[0] == line.text
        yield {"asking": number, "of": len(asked) + len(own)}, {}
    return {"facts": facts, "asked": len(asked), "lines": lines, "own": len(own), "loss": scored(template, fits) if fits else None, "fits": len(fits)}


def _replay(lm: LanguageModel, seed: int) -> Windows:
    """Texts of the base's own kinds in both languages, written now, in windows; genres come as often as their shares say."""
    chance, ids = Chance(seed), []
    for language in LANGUAGES:
        every = genres(language)
        menu = Menu(every, [genre.share for genre in every.values()])
        for number in range(TEXTS):
            ids += [lm.bos, *lm.tokenizer.encode(write(language, chance.draw(menu), REPLAY_SEED + number).text)]
    return Windows.of(np.array(ids, dtype=np.uint16), lm.context - 1, lm.bos)
