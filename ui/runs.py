"""Runs of this server's readers: who has one, who waits for a core, and who has left. Pages reach the runs through here alone.

Each run is a process of its own (engine/live), so no reader's page waits for another's training. One core is left to the pages.
"""
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from queue import Queue

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from torch import Tensor

from engine import EngineError, errors
from engine.launch import HEAP
from engine.live import pipe

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "engine.live")
GRACE = 20.0                        # seconds that a run outlives a closed tab: a network that fails for a moment ends nothing
FORGET = 300.0                      # seconds after which nobody comes back for it
ALIVE = 12                          # processes at once, paused ones too: each holds a few hundred megabytes
LOOK = 0.5                          # seconds between two looks at who is still there
PATIENCE = 0.5                      # seconds a process has to end by itself
WAITING, RUNNING, PAUSED, DONE, STOPPED, FAILED = "waiting", "running", "paused", "done", "stopped", "failed"
ENDED = (DONE, STOPPED, FAILED)


@dataclass(eq=False)
class Run:
    """One run as its owner sees it. What it has reported only grows; read it as you like."""
    kind: str
    owner: str
    order: dict
    given: dict[str, Tensor] = field(repr=False)
    state: str = WAITING
    log: list[dict] = field(default_factory=list)
    latest: dict = field(default_factory=dict)
    tensors: dict[str, Tensor] = field(default_factory=dict)
    error: EngineError | None = None
    process: subprocess.Popen | None = field(default=None, repr=False)
    commands: Queue = field(default_factory=Queue, repr=False)
    seen: float = field(default_factory=time.monotonic)         # when its owner was last there

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def ahead(self) -> int:
        """How many runs must end or pause before this one can begin, while it waits."""
        return desk().ahead(self)

    def pause(self) -> None:
        """Stop after the step that is being made; its core is free for others."""
        desk().pause(self)

    def go(self) -> None:
        """Go on, as soon as a core is free."""
        desk().go(self)

    def step(self, n: int = 1) -> None:
        """Make `n` steps more, and pause again."""
        desk().step(self, n)

    def stop(self) -> None:
        """End it, at once; what it has reported stays."""
        desk().end(self)


class Desk:
    """Hands out the cores: at most `most` runs go at once, the others wait in the order in which they came."""

    def __init__(self, most: int, command: tuple[str, ...] = COMMAND):
        self.most, self._command = most, command
        self._runs: list[Run] = []
        self._lock = threading.RLock()
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self, owner: str, kind: str, order: dict, tensors: dict[str, Tensor]) -> Run:
        """A new run; an earlier one of the same owner and kind is ended and forgotten."""
        with self._lock:
            if earlier := self.of(owner, kind):
                self.end(earlier)
                self._runs.remove(earlier)
            run = Run(kind, owner, order, tensors)
            self._runs.append(run)
            self._hand_out()
            return run

    def of(self, owner: str, kind: str) -> Run | None:
        """The run of that kind that an owner has, or had last."""
        with self._lock:
            return next((run for run in self._runs if (run.owner, run.kind) == (owner, kind)), None)

    def ahead(self, run: Run) -> int:
        with self._lock:
            return self._waiting().index(run) + self._going() - self.most + 1 if run.state == WAITING else 0

    def pause(self, run: Run) -> None:
        with self._lock:
            if run.state in (RUNNING, WAITING):
                run.commands.put({"do": "pause"})
                run.state = PAUSED
                self._hand_out()

    def go(self, run: Run) -> None:
        with self._lock:
            if run.state == PAUSED:
                run.state = WAITING
                self._runs.append(self._runs.pop(self._runs.index(run)))        # behind those who wait already
                self._hand_out()

    def step(self, run: Run, n: int) -> None:
        """Raises EngineError where as many runs are open as this machine can hold."""
        with self._lock:
            if not run.process and not run.ended and self._alive() >= ALIVE:
                self.end(run)
                raise EngineError("runs_full", f"{ALIVE} runs are open on this computer: wait until one of them ends.", most=ALIVE)
            self.pause(run)
            if run.state == PAUSED:
                self._begin(run, free=False)
                run.commands.put({"do": "step", "steps": n})

    def end(self, run: Run, state: str = STOPPED) -> None:
        with self._lock:
            if run.ended:
                return
            run.state = state
            if run.process:
                run.process.terminate()
                threading.Thread(target=_bury, args=(run.process,), daemon=True).start()
            self._hand_out()

    def _waiting(self) -> list[Run]:
        return [run for run in self._runs if run.state == WAITING]

    def _going(self) -> int:
        return sum(run.state == RUNNING for run in self._runs)

    def _alive(self) -> int:
        return sum(run.process is not None and not run.ended for run in self._runs)

    def _hand_out(self) -> None:
        for run in self._waiting()[:max(0, self.most - self._going())]:
            if not run.process and self._alive() >= ALIVE:
                return                              # those who wait go on when one of the open ones ends
            run.state = RUNNING
            self._begin(run, free=True)
            run.commands.put({"do": "go"})

    def _begin(self, run: Run, free: bool) -> None:
        """Start the process of a run that has none yet; two threads speak and listen to it, so that nobody waits for a pipe."""
        if run.process:
            return
        run.process = subprocess.Popen(self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       env=os.environ | HEAP | {"OMP_NUM_THREADS": "1"})
        threading.Thread(target=_speak, args=(run, free), daemon=True).start()
        threading.Thread(target=self._listen, args=(run,), daemon=True).start()

    def _listen(self, run: Run) -> None:
        """Take what a run reports, until it ends."""
        end = {}
        while message := pipe.read(run.process.stdout):
            said, tensors = message
            if "end" in said:
                end = said
            else:
                run.tensors = run.tensors | tensors
                run.latest = run.latest | said
                run.log.append(said)
        run.process.wait()
        run.commands.put(None)
        with self._lock:
            if not run.ended:
                run.state = end.get("end", FAILED)
                if run.state == FAILED:
                    run.error = getattr(errors, end["kind"])(end["code"], end["message"], **end["details"]) if end else EngineError(
                        "run_died", "The run ended by itself before it was done.")
                self._hand_out()

    def _watch(self) -> None:
        """End the runs of readers who have left, and forget them a little later."""
        while True:
            time.sleep(LOOK)
            with self._lock:
                now = time.monotonic()
                for run in list(self._runs):
                    if _present(run.owner):
                        run.seen = now
                    elif now - run.seen > GRACE:
                        self.end(run)
                        if now - run.seen > FORGET:
                            self._runs.remove(run)


def start(kind: str, order: dict, tensors: dict[str, Tensor] | None = None) -> Run:
    """A run of this reader's, as soon as a core is free; an earlier one of the same kind is ended. `order` is what the job is told."""
    return desk().start(_reader(), kind, order, tensors or {})


def mine(kind: str) -> Run | None:
    """This reader's run of that kind, ended or not."""
    return desk().of(_reader(), kind)


@cache
def desk() -> Desk:
    """The one desk of this server; one core is left to the pages."""
    return Desk(max(1, (os.cpu_count() or 1) - 1))


def _reader() -> str:
    return get_script_run_ctx().session_id


def _present(owner: str) -> bool:
    """Whether a reader's page is open; where no server runs, nobody can leave."""
    return not Runtime.exists() or Runtime.instance().is_active_session(owner)


def _speak(run: Run, free: bool) -> None:
    """Give a run its order, and then each command as it comes; a process that is gone needs none."""
    try:
        pipe.write(run.process.stdin, {"job": run.kind, "order": run.order, "free": free}, run.given)
        while command := run.commands.get():
            pipe.write(run.process.stdin, command)
    except OSError:
        pass


def _bury(process: subprocess.Popen) -> None:
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
