"""A run: `python -m engine.live` reads its order from standard input, works, reports, and obeys until its input ends."""
import os
import sys
import threading
import traceback
from typing import BinaryIO

import torch

from engine.errors import EngineError
from engine.live import jobs, pipe

NICE = 10                           # below everything that readers wait for


class Gate:
    """Lets the job go on: freely, for a number of steps, or not at all."""

    def __init__(self, free: bool):
        self._free, self._steps = free, 0
        self._changed = threading.Condition()

    def obey(self, commands: BinaryIO) -> None:
        """Take commands until nobody gives any more; then there is nobody to work for."""
        while command := pipe.read(commands):
            with self._changed:
                said = command[0]
                self._free = said["do"] == "go"
                self._steps = said.get("steps", 0)
                self._changed.notify()
        os._exit(0)

    def wait(self) -> None:
        """Return when the next step may be taken."""
        with self._changed:
            self._changed.wait_for(lambda: self._free or self._steps)
            self._steps = max(0, self._steps - 1)


def work(gate: Gate, reports: BinaryIO, said: dict, tensors: dict) -> dict:
    """Do the job as far as the gate lets it; returns how it ended."""
    try:
        gate.wait()
        for report in jobs.run(said["job"], said["order"], tensors):
            pipe.write(reports, *report)
            gate.wait()
    except EngineError as error:
        return {"end": "failed", "kind": type(error).__name__, "code": error.code, "message": str(error), "details": error.details}
    return {"end": "done"}


def main() -> None:
    """Work off one order: {"job", "order", "free"}; the last message says how it ended."""
    os.nice(NICE)
    torch.set_num_threads(1)
    reports, sys.stdout = sys.stdout.buffer, sys.stderr     # nothing else gets into the pipe
    told = pipe.read(sys.stdin.buffer)
    if told is None:
        return
    said, tensors = told
    gate = Gate(said["free"])
    threading.Thread(target=gate.obey, args=(sys.stdin.buffer,), daemon=True).start()
    try:
        pipe.write(reports, work(gate, reports, said, tensors))
    except BrokenPipeError:
        pass                                            # nobody listens any more


def leave() -> None:
    """`main`, and out at once, whatever comes of it: the thread that waits for commands would hold up an orderly end."""
    code = 1
    try:
        main()
        code = 0
    except Exception:                                   # a fault of ours: it goes to the server's log
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    leave()
