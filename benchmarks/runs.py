"""What a reader's own run costs: its speed beside the same loop on the command line, when it writes better than word pairs, how fast it stops,
what another reader's keys wait meanwhile, and how long fine-tuning on own lines takes.

Wall time, from the button to the page that says it is over; the command line's from its start to its end. Both take turns.
"""
import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.live import CHROMIUM, FLAGS, TOKENS, page, turn
from benchmarks.prompts import texts
from benchmarks.report import Figure, parser, report
from benchmarks.serving import APP, ROOT, serve
from engine import LanguageModel, load
from engine.launch import HEAP
from engine.live import training
from ui.i18n import Text

COMMAND = "python -m benchmarks.runs"
ORDER = {"part": "none", "text": None, "language": "en", "seed": 1, "prompt": ""}
BOARD, LINES = "[data-part=buttons] .press", "words"
PATIENCE = 120_000                  # ms
LEFT = 5.0                          # seconds that a process may take to be gone
PASSED = """() => { const canvas = document.querySelector('[data-part=loss] canvas'), [, , bigram] = canvas?.lines ?? [];
    return bigram && canvas.series[0]?.y.at(-1) < bigram.y; }"""


def bare() -> None:
    """Do the job in this process, as fast as it goes, and print how many tokens were read."""
    *_, (last, _) = training.run(ORDER, {})
    print(json.dumps(last["tokens"]))


def command_line() -> tuple[int, float]:
    """Tokens and seconds of the same loop in a process that has no page, no pipe and no lower priority."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "benchmarks.runs", "--bare"], cwd=ROOT, env=os.environ | HEAP | {"OMP_NUM_THREADS": "1"}, check=True, capture_output=True, text=True)
    return json.loads(done.stdout), time.perf_counter() - begun


@contextlib.asynccontextmanager
async def started(browser: Browser, app: str) -> AsyncIterator[tuple[Page, float]]:
    """A page on which training has just been started, and when."""
    async with page(browser, f"{app}/training?lang=en") as opened:
        await opened.locator(BOARD).first.wait_for()
        await opened.wait_for_timeout(4000)                 # until what stands above it is written
        await opened.locator(f"{BOARD}:enabled").first.click()
        yield opened, time.perf_counter()


async def whole(browser: Browser, app: str) -> tuple[float, float]:
    """Seconds until the page draws a loss below the bigrams' and until it says that the run is done."""
    async with started(browser, app) as (opened, begun):
        await opened.wait_for_function(PASSED, timeout=PATIENCE)
        below = time.perf_counter() - begun
        await state(opened, "done")
        return below, time.perf_counter() - begun


async def state(opened: Page, wanted: str) -> None:
    """Wait until the run's page says so."""
    await opened.wait_for_function("state => document.querySelector('.run')?.dataset.state === state", arg=wanted, timeout=PATIENCE)


async def beside(browser: Browser, app: str, lm: LanguageModel, rounds: int, keys: int) -> tuple[list[float], list[float], list[float], int]:
    """The keys of another reader while nothing runs and while a run goes; seconds until a run is stopped and its process gone; processes left."""
    idle, busy, stopped, left, pauses = [], [], [], 0, random.Random(0)
    async with page(browser, f"{app}/attention?lang=en") as other:
        await turn(other, "board", texts(lm, TOKENS, 5, turn=2 * rounds), pauses)
        for number in range(rounds):
            idle += await turn(other, "board", texts(lm, TOKENS, keys, turn=2 * number), pauses)
            async with started(browser, app) as (opened, _):
                await state(opened, "running")
                await opened.wait_for_function("() => Number(document.querySelector('.run').dataset.steps) > 0", timeout=PATIENCE)
                busy += await turn(other, "board", texts(lm, TOKENS, keys, turn=2 * number + 1), pauses)
                await opened.bring_to_front()
                begun = time.perf_counter()
                await opened.locator(f"{BOARD}:text-is('{Text('en')('training.run.do.stop')}')").click()
                await state(opened, "stopped")
                while processes() and time.perf_counter() - begun < LEFT:
                    await asyncio.sleep(0.02)
                stopped.append(time.perf_counter() - begun)
                left = max(left, len(processes()))
    return idle, busy, stopped, left


def processes() -> list[str]:
    """The ids of the runs that go on this machine."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if b"engine.live" in place.read_bytes():
                found.append(place.parent.name)
    return found


async def tuned(browser: Browser, app: str, language: str) -> float:
    """Seconds from the button until a model fine-tuned on thirty ready-made lines can be compared."""
    async with page(browser, f"{app}/finetuning?lang={language}") as opened:
        await opened.locator("[data-part=learning] [data-do=start]").wait_for()
        await opened.wait_for_timeout(4000)                 # until what stands above it is written
        await opened.wait_for_function("() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'", timeout=PATIENCE)
        await opened.locator(f".st-key-finetuning-set-{LINES} button").click()
        await opened.wait_for_function("() => document.querySelector('[data-part=learning] .hint')?.textContent.startsWith('30 ')", timeout=PATIENCE)
        begun = time.perf_counter()
        await opened.locator("[data-part=learning] [data-do=start]").click()
        await opened.locator(".st-key-finetuning-download button").wait_for(timeout=PATIENCE)
        return time.perf_counter() - begun


async def measure(options: argparse.Namespace) -> None:
    """Measure, print, and write."""
    rounds, keys = (1, 6) if options.quick else (3, 24)
    lines, pages, below = [], [], []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, CHROMIUM)), None), args=FLAGS)
        with serve(APP) as app:
            tuning = {language: await tuned(browser, app, language) for language in ("en", "es")}
            for _ in range(rounds):
                tokens, seconds = command_line()
                lines.append(tokens / seconds)
                passed, seconds = await whole(browser, app)
                below.append(passed)
                pages.append(tokens / seconds)
            idle, busy, stopped, left = await beside(browser, app, load("base"), rounds, keys)
        version = browser.version
        await browser.close()
    one, two = statistics.median(idle), statistics.median(busy)
    report(COMMAND, [
        Figure("runs.line", "Live training's loop on the command line, median", statistics.median(lines), "tokens/s", rounds),
        Figure("runs.page", "The same as a reader's run, watched on its page, median", statistics.median(pages), "tokens/s", rounds),
        Figure("runs.share", "A reader's run over the command line", statistics.median(pages) / statistics.median(lines), "share", rounds),
        Figure("runs.below", "From the button to a loss below the bigrams', longest", max(below), "s", rounds),
        Figure("runs.stop", "From the stop button until the page says so and no process is left, longest", max(stopped), "s", rounds),
        Figure("runs.left", "Processes left behind", left, "processes", rounds),
        Figure("runs.idle", f"Another reader's key to last paint, attention, {TOKENS} tokens, nothing running, median", one, "ms", len(idle)),
        Figure("runs.busy", "The same while a run goes, median", two, "ms", len(busy)),
        Figure("runs.over", "With a run over without", two / one, "×", len(busy)),
        *(Figure(f"runs.tuning.{language}", f"Fine-tuning on 30 lines, {name}: from the button to the comparison", tuning[language], "s", 1)
          for language, name in (("en", "English"), ("es", "Spanish"))),
    ], options, chromium=version)


def main() -> None:
    """Read the options and measure."""
    asked = parser(__doc__.splitlines()[0])
    asked.add_argument("--bare", action="store_true", help="only do the job of live training in this process")
    options = asked.parse_args()
    if options.bare:
        bare()
    else:
        asyncio.run(measure(options))


if __name__ == "__main__":
    main()
