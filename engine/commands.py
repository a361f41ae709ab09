"""What the commands that read a model do: write on, look inside, list, measure."""
import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from torch import Tensor

from engine import checkpoint, course
from engine.checkpoint import ADAPTER, WEIGHTS, fingerprint
from engine.errors import EngineError, KnobError
from engine.evaluate import evaluate, evaluate_assistant
from engine.recipes import PLAIN
from engine.report import Lines
from engine.sampling import distribution
from engine.tokenizer import Token
from engine.trace import Trace


def generate(args: argparse.Namespace) -> None:
    """Write on from a text, token by token."""
    lm = checkpoint.load(args.model)
    start = time.perf_counter()
    steps, text = [], ""
    shown = "" if lm.chat else args.text                    # an answer stands alone, a continuation behind its beginning
    for step in lm.generate(args.text, args.max_new_tokens, args.temperature, args.top_k, args.top_p, args.seed, args.window, args.earlier):
        steps.append({"id": step.id, "text": step.text, "probability": float(step.distribution.probs[step.id])})
        text += step.text
        if not args.json:
            write(shown + step.text)
            shown = ""
    seconds = time.perf_counter() - start
    pace = len(steps) / seconds
    if args.json:
        knobs = ("temperature", "top_k", "top_p", "seed", "max_new_tokens", "window")
        emit({"model": lm.name, "prompt": args.text, "text": text, "tokens": steps, "count": len(steps), "seconds": seconds,
              "tokens_per_second": pace, "settings": {knob: getattr(args, knob) for knob in knobs}})
    else:
        write(shown + "\n")
        print(f"{len(steps)} tokens in {seconds:.2f} s: {pace:.0f} tokens/s", file=sys.stderr)


def trace(args: argparse.Namespace) -> None:
    """Read a text in one pass and say what happened inside."""
    lm = checkpoint.load(args.model)
    seen = lm.trace(args.text, window=args.window)
    tensors = {name: value for name, value in vars(seen).items() if isinstance(value, Tensor)}
    if foreign := [name for name in args.fields if name not in tensors]:
        raise KnobError("fields", f"A trace has no field {foreign[0]}: {', '.join(tensors)}.", field=foreign[0])
    likely = following(seen, args.top, lm.tokenizer.tokens)
    if args.json:
        emit({"model": lm.name, "tokens": [plain(token) for token in seen.tokens],
              "dropped": [plain(token) for token in seen.dropped], "next": likely,
              "shapes": {name: list(value.shape) for name, value in tensors.items()},
              "values": {name: tensors[name].tolist() for name in args.fields}})
        return
    if seen.dropped:
        print(f"{len(seen.dropped)} tokens fell out of the window.")
    table(("position", "id", "token"), [(i, token.id, repr(token.text)) for i, token in enumerate(seen.tokens)])
    print()
    table(("next", "id", "probability"), [(repr(row["text"]), row["id"], f"{row['probability']:.4f}") for row in likely])


def models(args: argparse.Namespace) -> None:
    """List the models: size, tokens trained on, hash."""
    root = Path(args.folder) if args.folder else checkpoint.MODELS
    rows = [describe(root / name) for name in checkpoint.names(root)]
    if args.json:
        emit(rows)
    elif not rows:
        print(f"There is no model under {root}: `make models` makes them.")
    else:
        table(("model", "kind", "parameters", "tokens", "sha256", ""),
              [(row["name"], row["kind"], count(row["parameters"]), count(row["tokens"]), (row["sha256"] or "-")[:12],
                row["problem"] or "") for row in rows])


def measure(args: argparse.Namespace) -> None:
    """Measure a model on texts, or questions, that it has not seen."""
    if args.course:
        return measure_course(args)
    lm = checkpoint.load(args.model)
    if lm.chat:
        folder = checkpoint.find(args.model)
        plain = folder.parent / PLAIN if lm.card.get("voice") and (folder.parent / PLAIN).is_dir() else None
        figures = evaluate_assistant(lm, checkpoint.load(folder, strength=0), plain and checkpoint.load(plain), args.questions)
    else:
        if lm.bos is None:
            raise KnobError("model", f"{lm.name} is no model of this story world, which is all that `evaluate` asks about.")
        lines = Lines(lm.name)
        figures = evaluate(lm, args.count, args.stories, args.probes, args.seed, args.texts, lines.say)
    if args.json:
        emit({"model": lm.name, "figures": figures})
        return
    for language, found in figures.items():
        print(f"{language}:")
        if not lm.chat:
            for name, loss in (("loss", found), ("loss on rare facts", found["tail"])):
                print(f"  {name} {loss['loss']:.4f} nats/token, of which the text's own entropy is at most {loss['entropy']:.4f} "
                      f"({loss['documents']} documents)")
            print("  reference lines: " + ", ".join(f"{name} {value:.3f}" for name, value in found["references"].items()))
        kinds = {name: share for name, share in found.items() if name != "loss"} if lm.chat else found["answers"] | {
            "story words": found["stories"]}
        if lm.chat:
            print(f"  loss on the base's own texts {found['loss']['before']:.4f} before, {found['loss']['after']:.4f} after, nats/token")
        width = max(map(len, kinds))
        for kind, share in kinds.items():
            beside = "".join(f", {name} {share[name]:.1%}" for name in ("guess", "ceiling", "prior", "by position", "by bag of words", "alone") if name in share)
            nats = f", {share['nats']:.2f} nats per answer" if "nats" in share else ""
            print(f"  {kind:{width}} {share['share']:6.1%}  (95 % interval {share['low']:.1%} to {share['high']:.1%}, "
                  f"n = {share['n']}{nats}{beside})")


def measure_course(args: argparse.Namespace) -> None:
    """Measure what a model could do on its way, by its snapshots."""
    folder = checkpoint.find(args.model)
    figures = course.course(folder, args.count, args.probes, args.seed, Lines(folder.name).say)
    if not figures:
        raise KnobError("model", f"{folder} holds no snapshots of its training.")
    if args.json:
        emit({"model": folder.name, "course": figures})
        return
    for language in next(iter(figures.values())):
        print(f"{language}:")
        table(("tokens read", "loss", *course.ABILITIES), [
            (f"{int(tokens):,}", f"{found[language]['loss']:.4f}", *(f"{one['share']:.1%} ({one['nats']:.2f} nats)" for one in found[language]["answers"].values()))
            for tokens, found in figures.items()])


def describe(folder: Path) -> dict:
    """One model of the list; what is wrong with it, if anything is, instead of an error."""
    weights = folder / (ADAPTER if (folder / ADAPTER).is_file() else WEIGHTS)
    row = {"name": folder.name, "kind": "adapter" if weights.name == ADAPTER else "base", "parameters": None,
           "tokens": None, "sha256": None, "problem": None}
    try:
        lm = checkpoint.load(folder)
        return row | {"parameters": sum(p.numel() for p in lm.decoder.parameters()), "tokens": lm.card.get("tokens"),
                      "sha256": fingerprint(weights)}
    except EngineError as error:
        return row | {"problem": str(error)}


def following(seen: Trace, top: int, tokens: Callable[[list[int]], list[Token]]) -> list[dict]:
    """The `top` likeliest next tokens, at temperature 1."""
    probs = distribution(seen.logits[-1]).probs
    best = probs.topk(min(top, len(probs)))
    return [{"id": i, "text": tokens([i])[0].text, "probability": p}
            for i, p in zip(best.indices.tolist(), best.values.tolist(), strict=True)]


def plain(token: Token) -> dict:
    return {"id": token.id, "text": token.text, "bytes": token.bytes.hex()}


def count(number: int | None) -> str:
    return "-" if number is None else f"{number:,}"


def write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def emit(value: object) -> None:
    """JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False))


def table(head: tuple[str, ...], rows: list[tuple]) -> None:
    """Columns as wide as what stands in them; numbers to the right."""
    cells = [head, *(tuple(str(cell) for cell in row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    right = [all(row[i][:1].isdigit() or row[i] == "-" for row in cells[1:]) for i in range(len(head))]
    for row in cells:
        print("  ".join(cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True)).rstrip())
