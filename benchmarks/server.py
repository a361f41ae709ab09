"""What a key costs on the server, and what is left of that when ten readers type at once.

Server time runs from the moment a key is pressed until the run that shows it has finished, seen from a websocket on the same
machine: nothing is drawn. Each text is new, so each costs a forward pass. Readers press on without waiting, as fingers do;
a text that comes while one is being drawn is passed over if the next is there already, and counts as answered by that one.
"""
import asyncio
import contextlib
import statistics
import time

import torch

from benchmarks.prompts import texts
from benchmarks.reader import Reader, reader
from benchmarks.report import Figure, middle_and_tail, parser, percentile, report
from benchmarks.serving import APP, serve
from engine import LanguageModel, load

COMMAND = "python -m benchmarks.server"
TOKENS = 20
READERS, RATE = 10, 5               # readers at once; keys a second of each
PAUSE = 0.05                        # seconds between the keys of one reader


async def alone(address: str, lm: LanguageModel, rounds: int) -> list[Figure]:
    """One reader: server time per key, and the forward pass of the same texts in this process, in turns."""
    server, forward = [], []
    async with reader(address) as one:
        for text in texts(lm, TOKENS, 5, turn=rounds):
            await _key(one, text)                                   # warms up what the first keys would pay for
        for number in range(rounds):
            wanted = texts(lm, TOKENS, 20, number)
            for text in wanted:
                await asyncio.sleep(PAUSE)
                server.append(await _key(one, text))
            for text in wanted:
                start = time.perf_counter()
                lm.trace(text)
                forward.append(1000 * (time.perf_counter() - start))
    own = statistics.median(server) - statistics.median(forward)
    return [*middle_and_tail("server.key", f"Server time per key, attention, {TOKENS} tokens", server, "ms"),
            Figure("server.forward", "The forward pass in it, measured alone, median", statistics.median(forward), "ms", len(forward)),
            Figure("server.own", "Server time per key without the forward pass, medians", own, "ms", len(server))]


async def crowd(address: str, lm: LanguageModel, seconds: float) -> list[Figure]:
    """Ten readers at once, each with texts of their own, their keys spread over the interval between two keys."""
    async with contextlib.AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(reader(address)) for _ in range(READERS)]
        wanted = [_endless(lm, 100 + 10 * number, round(RATE * seconds)) for number in range(READERS)]
        begin = time.perf_counter() + 0.5
        taken = await asyncio.gather(*(_type(one, own, begin + number / RATE / READERS)
                                       for number, (one, own) in enumerate(zip(readers, wanted, strict=True))))
    times = [ms for own, _ in taken for ms in own]
    name = f"Server time per key, {READERS} readers at {RATE} keys a second each"
    return [Figure("server.ten.p50", f"{name}, median", statistics.median(times), "ms", len(times)),
            Figure("server.ten.p95", f"{name}, 95th percentile", percentile(times, 0.95), "ms", len(times)),
            Figure("server.ten.drawn", "Of these keys, drawn themselves and not passed over for the next",
                   sum(drawn for _, drawn in taken) / len(times), "share", len(times))]


async def _key(one: Reader, text: str) -> float:
    """The ms that a single key takes."""
    start = time.perf_counter()
    await one.press(text)
    finished, drawn = await one.answer()
    if drawn != text:
        raise RuntimeError(f"The server answered {drawn!r} to {text!r}.")
    return 1000 * (finished - start)


async def _type(one: Reader, wanted: list[str], begin: float) -> tuple[list[float], int]:
    """The ms from when each key was due until it, or a later one, was shown; and how many were shown themselves."""
    async def fingers() -> None:
        for number, text in enumerate(wanted):
            await asyncio.sleep(begin + number / RATE - time.perf_counter())
            await one.press(text)

    pressing = asyncio.create_task(fingers())
    taken: list[float] = []
    answers = 0
    while len(taken) < len(wanted):
        finished, drawn = await one.answer()
        answers += 1
        taken += [1000 * (finished - begin - number / RATE) for number in range(len(taken), wanted.index(drawn) + 1)]
    await pressing
    return taken, answers


def _endless(lm: LanguageModel, turn: int, count: int) -> list[str]:
    """`count` texts, of as many turns as that takes."""
    found: list[str] = []
    while len(found) < count:
        found += texts(lm, TOKENS, count - len(found), turn)
        turn += 1
    return found


async def measure(rounds: int, seconds: float) -> list[Figure]:
    """All figures of this module, from one server."""
    torch.set_num_threads(1)
    lm = load("base")
    with serve(APP) as address:
        return await alone(address, lm, rounds) + await crowd(address, lm, seconds)


def main() -> None:
    """Measure, print, and write."""
    options = parser(__doc__.splitlines()[0]).parse_args()
    report(COMMAND, asyncio.run(measure(*(1, 2.0) if options.quick else (6, 10.0))), options)


if __name__ == "__main__":
    main()
