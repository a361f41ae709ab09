"""What the generation screen says of each token, of the draw, of loops, branches and the cache; and its table."""
import math
from collections.abc import Sequence
from statistics import median

import pandas as pd

from engine import LanguageModel, Trace
from engine.caching import cache_bytes, computed
from engine.choices import Choice
from engine.repetition import Loop, loop
from ui import parts, session
from ui.branches import Now, parent, path_to
from ui.figures import generation as figures
from ui.i18n import Text
from ui.knobs import MAX_WRITTEN, taken

TAIL, SNIPPET = 260, 70             # characters: of the prompt before the text; of a branch beside the tree
ASKED = {"temperature": 0.8, "tokens": 20, "seeds": 8}      # what the question of the card is about


def name(t: Text, lm: LanguageModel, id_: int) -> str:
    """A token as a label; the one that ends a text by what it does."""
    return t("generation.end") if id_ in lm.stops else parts.shown(t, lm.tokenizer.tokens([id_])[0])


def said(t: Text, lm: LanguageModel, id_: int) -> str:
    """A token inside a sentence."""
    return f"**{t('generation.end')}**" if id_ in lm.stops else parts.quoted(t, lm.tokenizer.tokens([id_])[0])


def readable(text: str) -> str:
    """Text as it is read, its blanks as they are, its line breaks and control characters visible."""
    return " ".join(parts.visible(piece) for piece in text.split(" "))


def prompt(text: str) -> str:
    """The end of the prompt that stands before what is written."""
    return text if len(text) <= TAIL else "…" + text[-TAIL:].split(" ", 1)[-1]


def circling(now: Now) -> Loop | None:
    """The loop in what was written, if there is one."""
    return loop([c.id for c in now.choices])


def tokens(t: Text, lm: LanguageModel, now: Now, circling: Loop | None) -> list[dict]:
    """What was written, token by token: its text, what to say of it, whether it was taken, or drawn against the odds, and its round of a loop."""
    return [{"text": name(t, lm, c.id) if c.id in lm.stops else readable(c.text) or "▯", "mark": _mark(c),
             "title": t("generation.token_title", place=i + 1, own=t.percent(c.own_id, 1), rank=c.rank)} | _round(circling, i)
            for i, c in enumerate(now.choices)]


def written(t: Text, now: Now) -> str:
    """How many tokens there are, and how many of them are not the likeliest."""
    if not now.choices:
        return t("generation.none")
    count = len(now.choices)
    first = t("generation.written", count=count)
    if not now.settings["temperature"]:
        return f"{first} {t('generation.all_likeliest')}"
    forced = sum(c.forced for c in now.choices)
    more = [t("generation.unlikely", count=sum(c.unlikely and not c.forced for c in now.choices))]
    more += [t("generation.taken", count=forced)] if forced else []
    more += [t("generation.full", most=MAX_WRITTEN)] if count == MAX_WRITTEN else []
    return " ".join([first, *more])


def circle(t: Text, now: Now, found: Loop | None) -> str:
    """Of the loop in what was written: its tokens, its rounds, what each round did to the next, and what temperature would do."""
    if not found:
        return ""
    rounds = [now.choices[i:i + found.length] for i in range(found.start, found.end, found.length)]
    first, last = (math.prod(c.own_id for c in one) ** (1 / found.length) for one in (rounds[0], rounds[-1]))      # geometric means
    text = readable("".join(c.text for c in rounds[0])).strip().replace("*", "∗")
    values = {"first": t.percent(first), "last": t.percent(last)}
    sentences = [t("generation.loop", count=found.length, times=found.times, text=text, place=found.start + 1),
                 t("generation.loop_grows" if last > first else "generation.loop_odds", **values),
                 t("generation.loop_zero" if not now.settings["temperature"] else "generation.loop_drawn")]
    return " ".join(sentences)


def alternatives(t: Text, lm: LanguageModel, now: Now, seen: Choice) -> list[dict]:
    """The likeliest tokens as rows that can be taken, and all the others as one; of each its probability in the draw, and the model's own."""
    place, rows = max(now.at, 0), []
    for id_, p, own in zip(seen.ids, seen.probs, seen.own, strict=True):
        path = path_to(now.path, now.choices, place, id_)
        label = name(t, lm, id_)
        rows.append({"name": label, "value": p, "text": t.percent(p, 1), "own": own, "path": path, "place": place + 1,
                     "stands": id_ == seen.id, "hit": id_ == seen.drawn, "tokens": max(now.wanted, place + 1),
                     "title": t("generation.row_title", token=label, p=t.percent(p, 1), own=t.percent(own, 1))})
    own, others = max(0.0, 1 - sum(seen.own)), t("live.everything_else")
    rest = {"name": others, "value": seen.rest, "text": t.percent(seen.rest, 1), "own": own, "path": None,
            "stands": seen.id is not None and seen.id not in seen.ids, "hit": seen.drawn is not None and seen.drawn not in seen.ids, "rest": True,
            "title": t("generation.row_title", token=others, p=t.percent(seen.rest, 1), own=t.percent(own, 1))}
    return [*rows, rest]


def bar(t: Text, lm: LanguageModel, seen: Choice) -> list[dict]:
    """The stretches of the cumulative bar, and the one that the dart hit."""
    names = [name(t, lm, id_) for id_ in seen.ids]
    titles = [t("generation.stretch", token=label, start=t.number(start, 3), end=t.number(start + p, 3))
              for label, p, start in zip(names, seen.probs, (sum(seen.probs[:i]) for i in range(len(names))), strict=True)]
    hit = None if seen.drawn is None else {
        "name": name(t, lm, seen.drawn), "from": seen.before, "to": min(1.0, seen.before + seen.hit), "unlikely": seen.unlikely,
        "title": t("generation.stretch", token=name(t, lm, seen.drawn), start=t.number(seen.before, 3), end=t.number(seen.before + seen.hit, 3))}
    return figures.stretches(seen.probs, names, titles, hit)


def dart(t: Text, seen: Choice, temperature: float) -> dict | None:
    """Where the dart fell; none before the draw, nor at temperature 0, where it has no say."""
    if seen.drawn is None or not temperature:
        return None
    return {"u": seen.u, "text": t("generation.u", u=t.number(seen.u, 3))}


def drawn(t: Text, lm: LanguageModel, seen: Choice, temperature: float) -> str:
    """How this token came to stand here, in a sentence."""
    choices = {"choices": t.number(math.exp(seen.entropy), 1)}
    if seen.id is None:
        return t("generation.ahead", likeliest=said(t, lm, seen.ids[0]), p=t.percent(seen.probs[0]), **choices)
    if seen.forced:
        return t("generation.forced", token=said(t, lm, seen.id), drawn=said(t, lm, seen.drawn), own=t.percent(seen.own_id, 1))
    if not temperature:
        return t("generation.greedy", token=said(t, lm, seen.id), own=t.percent(seen.own_id, 1))
    values = {"token": said(t, lm, seen.id), "u": t.number(seen.u, 3), "start": t.number(seen.before, 3), "end": t.number(seen.before + seen.hit, 3),
              "p": t.percent(seen.hit, 1)}
    if not seen.unlikely:
        return t("generation.likeliest", **values)
    return t("generation.against", likeliest=said(t, lm, seen.ids[0]), top=t.percent(seen.probs[0], 1), rank=seen.rank, **values)


def tree(t: Text, lm: LanguageModel, now: Now) -> list[dict]:
    """The branches, each under the one that it left: where, which token was taken instead of which, and how it goes on."""
    order = _under(None, now.branches)
    rows = []
    for path in order:
        branch, place = now.branches[path], taken(path)[-1][0] if path else 0
        at = branch.choices[place] if path and len(branch.choices) > place else None
        text = "".join(c.text for c in branch.choices[place:branch.tokens or len(branch.choices)])
        label = t("generation.trunk") if not path else t("generation.branch_here" if at is None else "generation.branch", place=place + 1,
                  token=name(t, lm, taken(path)[-1][1]).strip("·"), **({"drawn": name(t, lm, at.drawn).strip("·")} if at else {}))
        rows.append({"path": path, "parent": order.index(parent(path)) if path else -1, "from": place, "tokens": max(branch.tokens, place),
                     "back": branch.tokens or max(now.wanted, place + 1),       # one that only a link named has not been written yet
                     "label": label, "text": readable(text[:SNIPPET]).strip() + ("…" if len(text) > SNIPPET else ""),
                     "current": path == now.path})
    return rows


def grown(t: Text, now: Now) -> str:
    """How many branches there are, and how long they agree with the chosen one."""
    if len(now.branches) == 1:
        return t("generation.one_branch")
    return t("generation.branches", count=len(now.branches))


def length(trace: Trace, now: Now) -> int:
    """How many tokens the next step has before it, the model's own and those that fell out of the window included."""
    return len(trace.tokens) + len(trace.dropped) + len(now.choices)


def strips(t: Text, lm: LanguageModel, trace: Trace, now: Now) -> list[dict]:
    """The positions of the next step, with the cache and without: how many there are, how many are computed."""
    cached, whole = computed(length(trace, now), lm.context, not now.choices)
    return [{"name": t(f"generation.{which}"), "positions": whole, "computed": count, "text": t("generation.computed", count=count, of=whole)}
            for which, count in (("with_cache", cached), ("without_cache", whole))]


def times(t: Text, now: Now) -> list[dict]:
    """The medians of the steps timed so far, with the cache and without."""
    runs = now.timing.pieces if now.timing else []
    if not runs:
        return []
    both = [1000 * median(getattr(run, which) for run in runs) for which in ("cached", "whole")]
    return [{"name": t(f"generation.{which}"), "ms": ms, "share": ms / max(both), "text": t("generation.ms", ms=t.number(ms, 1))}
            for which, ms in zip(("with_cache", "without_cache"), both, strict=True)]


def measure(t: Text, lm: LanguageModel, trace: Trace, now: Now) -> dict | None:
    """The button that times the next step; none where the cache has nothing to say."""
    if not 1 < length(trace, now) <= lm.context:
        return None
    running = now.timing is not None and not now.timing.done
    return {"label": t("generation.measuring" if running else "generation.measure"), "disabled": running}


def spared(t: Text, lm: LanguageModel, trace: Trace, now: Now) -> str:
    """What the cache holds and spares, what that was worth when it was timed, and what becomes of it once the window slides."""
    T = length(trace, now)
    size = cache_bytes(lm.decoder.config, min(T, lm.context)) / 1024
    key = "slid" if T > lm.context else "first" if not now.choices else "spared"
    sentence = t(f"generation.{key}", positions=min(T, lm.context), kept=min(T, lm.context) - 1, size=t.number(size, 0), context=lm.context)
    sentence = f"{t('generation.over')} {sentence}" if now.ended else sentence
    if not times(t, now):
        return sentence
    runs = now.timing.pieces
    cached, whole = (1000 * median(getattr(run, which) for run in runs) for which in ("cached", "whole"))
    return f"{sentence} " + t("generation.timed", positions=now.timing.asked[-1], cached=t.number(cached, 1), whole=t.number(whole, 1), runs=len(runs),
                              times=t.number(whole / cached, 1), apart=t.number(max(run.apart for run in runs), 5))


def table(t: Text, lm: LanguageModel, now: Now, ahead: Choice) -> pd.DataFrame:
    """Each token written with its alternatives, and those of the next: place, token, probabilities, dart, and what stands there."""
    rows = [(i + 1, name(t, lm, id_), id_, p, own, c.u if c.id is not None else float("nan"), id_ == c.drawn, id_ == c.id)
            for i, c in enumerate([*now.choices, *([] if now.choices else [ahead])]) for id_, p, own in _listed(c)]
    return pd.DataFrame(rows, columns=[t(f"generation.column.{column}") for column in ("place", "token", "id", "p", "own", "u", "drawn", "stands")])


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: how many of the tokens drawn are not the likeliest."""
    share = session.drawn_against(t("generation.guide.prompt"), **ASKED)
    return ("few" if share < 0.1 else "some" if share < 0.45 else "most"), {
        "share": t.percent(share), "tokens": ASKED["tokens"], "seeds": ASKED["seeds"], "temperature": t.number(ASKED["temperature"], 1)}


def _mark(c: Choice) -> str:
    return "taken" if c.forced else "unlikely" if c.unlikely else ""


def _round(circling: Loop | None, place: int) -> dict:
    """The round of the loop that a token stands in, from 1, and whether it is its first or its last token; nothing outside the loop."""
    if not circling or not circling.start <= place < circling.end:
        return {}
    done, within = divmod(place - circling.start, circling.length)
    return {"round": done + 1, "edge": " ".join(["first"] * (within == 0) + ["last"] * (within == circling.length - 1))}


def _listed(c: Choice) -> list[tuple[int, float, float]]:
    """The alternatives of a choice, and the token that stands there if it is none of them."""
    rows = list(zip(c.ids, c.probs, c.own, strict=True))
    if c.id is not None and c.id not in c.ids:
        rows.append((c.id, c.hit if c.id == c.drawn else float("nan"), c.own_id))
    return rows


def _under(path: str | None, branches: Sequence[str]) -> list[str]:
    """The branches that left `path`, each followed by those that left it, the earliest place first."""
    own = sorted((name for name in branches if parent(name) == path), key=lambda name: taken(name)[-1:])
    return [found for name in own for found in (name, *_under(name, branches))]
