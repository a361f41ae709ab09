"""What a reader waits for, in headless Chromium: a key, fast typing, the temperature slider, the first page.

Times are of the page's own clock, from the `input` event until the frame that shows the answer is painted: the board bears the text
once every figure has been redrawn from new data.
The app takes turns with a bare Streamlit page that only echoes, so that what the machine does meanwhile hits both alike.
"""
import argparse
import asyncio
import contextlib
import random
import shutil
import statistics
import time
from collections.abc import AsyncIterator
from itertools import pairwise, zip_longest
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.prompts import SENTENCE, texts, words
from benchmarks.report import Figure, middle_and_tail, parser, report
from benchmarks.serving import APP, ECHO, serve
from engine import LanguageModel, load, opening
from engine.parameters import total
from ui.tour import ORDER

COMMAND = "python -m benchmarks.live"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PROBE = Path(__file__).with_name("probe.js")
BOX = {"board": ".st-key-prompt input", "echo": ".st-key-prompt input", "rows": "[data-part=rows] .row:not(.head) input >> nth=0"}     # where is typed, by what answers
APART = {"fewshot": "rows", "scale": None, "glossary": None, "models": None}      # screens without the prompt: what is typed there, if anything
TOKENS = 20
TURNS, WARM_UP = 6, 5               # rounds; keys before the first of them, which are not counted
LONG = 12                           # keys in a text as long as the window
MORE = [("position, shuffled", "position", "&position.seed=1"), ("embeddings, 3-D", "embeddings", "&embeddings.view=pca3")]
TYPED, RATE = SENTENCE[:80], 30     # characters, keys a second


@contextlib.asynccontextmanager
async def page(browser: Browser, address: str, kind: str = "board") -> AsyncIterator[Page]:
    """A page of a new reader, with nothing in its cache, as soon as its box is there."""
    context = await browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-US")
    await context.add_init_script(path=PROBE)
    try:
        opened = await context.new_page()
        await opened.goto(f"http://{address}", wait_until="commit")
        await opened.locator(BOX[kind]).wait_for(timeout=60_000)
        yield opened
    finally:
        await context.close()


async def answered(opened: Page, kind: str, *keys: str) -> float:
    """Press `keys`, the last of which is an input, and return how many ms its answer took to be painted."""
    await opened.evaluate("kind => probe.arm(kind)", kind)
    for key in keys:
        await opened.keyboard.press(key)
    return await opened.evaluate("probe.answered()")


async def begin(opened: Page, kind: str, text: str) -> None:
    """Put `text` into the box at once, and wait until it is answered."""
    await opened.bring_to_front()
    await opened.evaluate("kind => probe.arm(kind)", kind)
    await opened.locator(BOX[kind]).fill(text)
    await opened.evaluate("probe.answered()")
    await opened.locator(BOX[kind]).press("End")


async def turn(opened: Page, kind: str, wanted: list[str], pauses: random.Random) -> list[float]:
    """One round: each key replaces the last letter of a text, so that all are new and of one length."""
    await begin(opened, kind, f"{wanted[0][:-1]}.")
    taken = []
    for text in wanted:
        await opened.wait_for_timeout(pauses.uniform(60, 160))      # never in step with the screen
        taken.append(await answered(opened, kind, "Shift+ArrowLeft", text[-1]))
    return taken


async def screens(browser: Browser, app: str, echo: str, lm: LanguageModel, wanted: int) -> list[Figure]:
    """Key to last paint on every screen and on the echo page, in turns; then with a text as long as the window."""
    figures, pauses, all_bare = [], random.Random(0), []
    async with page(browser, echo) as bare:
        await turn(bare, "echo", texts(lm, TOKENS, WARM_UP, turn=TURNS), pauses)
        for name, screen, query in [*((screen, screen, "") for screen in ORDER), *MORE]:
            if not (kind := APART.get(screen, "board")):
                continue
            said = words if kind == "rows" else (lambda count, number: texts(lm, TOKENS, count, number))
            taken = {kind: [], "echo": []}
            async with page(browser, f"{app}/{screen}?lang=en{query}", kind) as opened:
                await opened.locator(".vt[data-stamp]").first.wait_for()
                await turn(opened, kind, said(WARM_UP, TURNS), pauses)
                both = [(kind, opened), ("echo", bare)]
                for number in range(TURNS):
                    for which, there in both[::1 if number % 2 else -1]:
                        taken[which] += await turn(there, which, said(-(-wanted // TURNS), number), pauses)
                long = [] if kind == "rows" else await turn(opened, kind, texts(lm, lm.context, LONG, 0), pauses)
            all_bare += taken["echo"]
            what = "an example's word" if kind == "rows" else f"{TOKENS} tokens"
            figures += [*middle_and_tail(f"live.screen.{name}", f"Key to last paint, {name}, {what}", taken[kind], "ms"),
                        Figure(f"live.screen.{name}.ratio", f"Over bare echo, {name}, medians", statistics.median(taken[kind]) / statistics.median(taken["echo"]),
                               "×", len(taken[kind]))]
            if long:
                figures.append(Figure(f"live.screen.{name}.long", f"Key to last paint, {name}, {lm.context} tokens, median", statistics.median(long), "ms", len(long)))
    return [*figures, *middle_and_tail("live.echo", "Key to last paint, bare Streamlit echo", all_bare, "ms")]


async def own(browser: Browser, app: str, folder: str, wanted: int) -> list[Figure]:
    """Key to last paint with a model of one's own, opened from a folder and used everywhere, on every screen where a prompt is typed."""
    figures, pauses, lm = [], random.Random(0), opening.folder(folder)
    async with page(browser, f"{app}/?lang=en") as opened:
        await go(opened, "models")
        box = opened.locator(".st-key-models-path input")
        await box.fill(folder)
        await box.press("Enter")
        await opened.wait_for_url("**models.card=own-**", timeout=120_000)
        await opened.locator("[data-name=use]:enabled").click(timeout=120_000)
        await opened.wait_for_url("**model=own-**", timeout=120_000)
        for screen in (screen for screen in ORDER if screen not in APART):
            await go(opened, screen)
            await turn(opened, "board", texts(lm, TOKENS, WARM_UP, turn=TURNS), pauses)
            taken = await turn(opened, "board", texts(lm, TOKENS, wanted, 0), pauses)
            figures += middle_and_tail(f"live.own.screen.{screen}", f"Key to last paint, {screen}, {TOKENS} tokens, a model of {total(lm.decoder.config) / 1e6:.0f} M parameters", taken, "ms")
    return [*figures, Figure("live.own.memory", "Weights in memory, float32, of a model of GPT-2 small's size", opening.memory(lm) / 1e6, "MB", 1)]


async def go(opened: Page, screen: str) -> None:
    """Change the screen by the navigation, which keeps what a reader has opened, and wait until it is drawn."""
    await opened.locator(f".vt-side [data-screen={screen}]").click()
    await opened.wait_for_function("""screen => (location.pathname.endsWith('/' + screen) || screen === 'home') && document.querySelector('.vt[data-drawn]')
        && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'""", arg=screen, timeout=120_000)


async def typing(browser: Browser, app: str, passes: int) -> list[Figure]:
    """Fast typing: what the box and the server hold in the end, and whether any text came out of order."""
    wrong, rates = 0, []
    async with page(browser, f"{app}/attention?lang=en") as opened:
        for _ in range(passes):
            await begin(opened, "board", "x")
            await answered(opened, "board", "Backspace")
            await opened.evaluate("probe.record()")
            start, pressed = time.perf_counter(), []
            for number, letter in enumerate(TYPED):
                await asyncio.sleep(start + number / RATE - time.perf_counter())
                pressed.append(asyncio.create_task(opened.keyboard.press(letter)))      # fingers do not wait for the page
            await asyncio.gather(*pressed)
            server, box = await settled(opened), await opened.locator(BOX["board"]).input_value()
            seen = await opened.evaluate("probe.seen")
            wrong += max(differing(TYPED, server), differing(TYPED, box))
            wrong += sum(not TYPED.startswith(text) or len(text) < len(before) for before, text in pairwise(["", *seen["texts"]]))
            rates.append(1000 * (len(seen["inputs"]) - 1) / (seen["inputs"][-1] - seen["inputs"][0]))
    return [Figure("live.lost", f"Characters lost or out of order, {len(TYPED)} typed at {RATE} keys a second", wrong,
                   "characters", passes * len(TYPED)),
            Figure("live.rate", "Keys a second that came in while this was measured", min(rates), "keys/s", passes)]


async def settled(opened: Page, patience: float = 10.0) -> str:
    """The text that the server answered last, once it is the typed one or nothing more can be hoped for."""
    until = time.monotonic() + patience
    while (stamp := await opened.locator(".vt[data-stamp]").first.get_attribute("data-stamp")) != TYPED and time.monotonic() < until:
        await opened.wait_for_timeout(50)
    return stamp


def differing(wanted: str, found: str) -> int:
    """How many places of two texts differ."""
    return sum(a != b for a, b in zip_longest(wanted, found))


async def slider(browser: Browser, app: str, steps: int) -> list[Figure]:
    """The temperature slider of `probabilities`: frames and ms from its input event to the moved bars."""
    async with page(browser, f"{app}/probabilities?lang=en") as opened:
        await opened.locator(".vt input[type=range][id$=temperature]").wait_for()
        await opened.wait_for_timeout(3000)                               # until the five texts beside it are written
        moves = await opened.evaluate("steps => probe.drag(steps)", steps)
    frames = [move["frames"] for move in moves]
    return [Figure("live.slider.median", "Frames from the temperature slider to the moved bars (0: the same), median",
                   statistics.median(frames), "frames", steps),
            Figure("live.slider.max", "Frames from the temperature slider to the moved bars (0: the same), most", max(frames),
                   "frames", steps),
            *middle_and_tail("live.slider.paint", "Temperature slider to painted bars", [move["ms"] for move in moves], "ms")]


async def arrival(browser: Browser, times: int) -> list[Figure]:
    """From the start of the server to the first reader's first answer, and from the second reader's coming to theirs."""
    first, second = [], []
    for _ in range(times):
        start = time.perf_counter()
        with serve(APP) as app:
            for taken in (first, second):
                async with page(browser, f"{app}/?lang=en") as opened:
                    await opened.locator(BOX["board"]).press("End")
                    await answered(opened, "board", "s")
                taken.append(time.perf_counter() - start)
                start = time.perf_counter()
    return [Figure("live.first", "Server start to the first typed key answered, cold server, warm disk",
                   statistics.median(first), "s", times),
            Figure("live.second", "Second reader: address to the first typed key answered", statistics.median(second), "s", times)]


async def measure(options: argparse.Namespace) -> None:
    """Measure, print, and write."""
    wanted, passes, steps, times = (6, 1, 20, 1) if options.quick else (options.keys, 3, 120, 3)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=next(filter(None, map(shutil.which, CHROMIUM)), None), args=FLAGS)
        if options.model:
            with serve(APP) as app:
                figures = await own(browser, app, options.model, wanted)
            report(COMMAND, figures, options, chromium=browser.version)
            await browser.close()
            return
        with serve(APP) as app, serve(ECHO) as echo:
            figures = await screens(browser, app, echo, load("base"), wanted)
            figures += await typing(browser, app, passes)
            figures += await slider(browser, app, steps)
        figures += await arrival(browser, times)
        report(COMMAND, figures, options, chromium=browser.version)
        await browser.close()


def main() -> None:
    """Read the options and measure."""
    asked = parser(__doc__.splitlines()[0])
    asked.add_argument("--keys", type=int, default=48, help="keys on each screen")
    asked.add_argument("--model", metavar="FOLDER", help="a model to open from a folder: its keys alone are measured (python -m benchmarks.wide makes one)")
    asyncio.run(measure(asked.parse_args()))


if __name__ == "__main__":
    main()
