"""The text of the generation screen and its branches: what the reader chose, and what was written so far of each."""
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from engine import LanguageModel
from engine.caching import timed
from engine.choices import Choice, choice
from engine.window import fit
from ui import links
from ui.board import pressed, reported
from ui.knobs import MAX_TAKEN, MAX_WRITTEN, taken
from ui.writing import Writing, advance

BOARD = "generation.board"
KEPT = 12                           # branches of one text
RUNS = 9                            # of a step with the cache and without


@dataclass
class Branch:
    """One way the text went on: the choices known of it, whether there are no more, and how far the reader has come."""
    choices: list[Choice] = field(default_factory=list)
    ended: bool = False
    tokens: int = 0


@dataclass(frozen=True)
class Now:
    """What stands on the screen: the chosen branch as far as it is written, and what goes on in it."""
    settings: dict
    path: str
    branches: dict[str, Branch]     # all of this text and these settings, by their paths
    choices: list[Choice]           # the ones written on the chosen branch
    wanted: int                     # how many the reader wants: more than there are while they are being written
    ended: bool                     # nothing can follow
    playing: bool
    at: int                         # the place looked at, from 0; −1 where nothing is written
    timing: Writing | None          # steps being timed, or the last ones that were
    replayed: int = 0               # how many tokens of the branch were drawn again, to go on where it was left

    @property
    def busy(self) -> bool:
        """Whether the browser is to ask for more at once: tokens to catch up with, or a step to time."""
        return len(self.choices) < self.wanted or self.timing is not None and not self.timing.done


def halt() -> None:
    """Stop whatever plays: the page was opened anew."""
    st.session_state["generation.playing"] = False


def settings() -> dict:
    """The settings of the draw as `generate` takes them."""
    return {"temperature": round(links.value("generation.temperature"), 3), "top_k": links.value("generation.top_k") or None,
            "seed": links.value("generation.seed")}


def now(lm: LanguageModel, text: str) -> Now:
    """Take what the reader pressed, write on for 30 ms at most, and say what stands there."""
    state, chosen = st.session_state, settings()
    _begin((lm.name, text), chosen)
    asked = pressed(BOARD, "generation.play")
    if asked is not None:
        state["generation.playing"] = asked == "1"
    shelf, path = state["generation.shelf"], links.value("generation.path")
    branches = _shelved(shelf, tuple(chosen.values()), path)
    branch = branches[path]
    if state.get("generation.playing"):
        _play(branch)
    wanted, replayed = links.value("generation.tokens"), 0
    if wanted > len(branch.choices) and not branch.ended:
        writing = advance("generation.writing", (lm.name, text, *chosen.values(), path), lambda: map(choice, lm.generate(
            text, MAX_WRITTEN, chosen["temperature"], chosen["top_k"], seed=chosen["seed"], instead=dict(taken(path)))), wait=False, most=wanted)
        replayed = len(writing.pieces)
        if len(writing.pieces) > len(branch.choices):
            branch.choices = list(writing.pieces)
        branch.ended = len(branch.choices) == MAX_WRITTEN or bool(branch.choices) and branch.choices[-1].id in lm.stops
    wanted = min(wanted, len(branch.choices)) if branch.ended else wanted
    branch.tokens = wanted
    shown = branch.choices[:wanted]
    ended = branch.ended and wanted == len(branch.choices)
    if ended:
        halt()
    timing = _timing(lm, text, shown)
    at = links.value("generation.at") or len(shown)
    return Now(chosen, path, branches, shown, wanted, ended, bool(state.get("generation.playing")), min(at, len(shown)) - 1, timing, replayed)


def path_to(path: str, choices: Sequence[Choice], place: int, id_: int) -> str | None:
    """The path of the branch that takes token `id_` at `place`, or None if it is the one that stands there, or too long a path."""
    if place < len(choices) and choices[place].id == id_:
        return None
    pairs = [pair for pair in taken(path) if pair[0] < place]
    if place >= len(choices) or choices[place].drawn != id_:
        pairs.append((place, id_))
    return spelt(pairs) if len(pairs) <= MAX_TAKEN else None


def spelt(pairs: Sequence[tuple[int, int]]) -> str:
    """Places, from 0, and tokens, as a path says them."""
    return ".".join(f"{place + 1}-{id_}" for place, id_ in pairs)


def parent(path: str) -> str | None:
    """The branch that a branch left, or None for the first."""
    return spelt(taken(path)[:-1]) if path else None


def _begin(of: tuple[str, str], chosen: dict) -> None:
    """A new text or another model stops what plays and forgets what was written; new settings write as much of the same text without branches.

    The text of the card at the top comes with the number of tokens to write.
    """
    state, told = st.session_state, reported("generation.guide").get("again")
    if state.setdefault("generation.of", of) != of:
        if told == state.get("generation.told"):
            state["generation.tokens"] = 0
        state.update({"generation.of": of, "generation.path": "", "generation.at": 0, "generation.settings": chosen,
                      "generation.shelf": {}, "generation.timing": None, "generation.told": told})
        halt()
        links.publish()
    elif state.setdefault("generation.settings", chosen) != chosen:
        state.update({"generation.settings": chosen, "generation.path": "", "generation.at": 0})
        links.publish()
    state.setdefault("generation.shelf", {})


def _shelved(shelf: dict, key: tuple, path: str) -> dict[str, Branch]:
    """The branches of these settings, the chosen one and those that it comes from among them; the oldest others make room."""
    branches = shelf.setdefault(key, {"": Branch()})
    line = [spelt(taken(path)[:count]) for count in range(len(taken(path)) + 1)]
    for name, before in zip(line[1:], line, strict=False):
        if name not in branches:
            branches[name] = Branch(branches[before].choices[:taken(name)[-1][0]])
    while len(branches) > max(KEPT, len(line)):
        del branches[next(name for name in branches if name not in line)]
    return branches


def _play(branch: Branch) -> None:
    """One token more, if all that were wanted are there; none at the end."""
    wanted = links.value("generation.tokens")
    if branch.ended and wanted >= len(branch.choices) or wanted >= MAX_WRITTEN:
        halt()
    elif wanted <= len(branch.choices):
        st.session_state.update({"generation.tokens": wanted + 1, "generation.at": 0})


def _timing(lm: LanguageModel, text: str, shown: list[Choice]) -> Writing | None:
    """The runs of a step timed so far; a press of the button starts them, and stops what plays."""
    ids = [*lm.prompt(text), *(c.id for c in shown)]
    if pressed(BOARD, "generation.measure") is not None:
        halt()
        st.session_state["generation.timing"] = None
        window = fit(ids, lm.context, lm.bos)[1]
        return advance("generation.timing", (lm.name, len(window)), lambda: timed(lm.decoder, window, RUNS), wait=False)
    timing = st.session_state.get("generation.timing")
    return timing and advance("generation.timing", timing.asked, iter, wait=False)
