"""What the browser tests share: one real server, one Chrome, and a reader who opens screens, types and looks."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import engine

ROOT = Path(__file__).parent.parent.parent
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
NO_CHROME = "No Chrome to test with. Install one:  python -m playwright install chromium"
# Streamlit looks for its own endpoints under each page's path before it finds them at the root.
STREAMLITS_OWN = ("/_stcore/health", "/_stcore/host-config")
WIDE, NARROW = (1400, 1000), (390, 844)
PATIENCE = 60_000                   # milliseconds until something awaited counts as missing, on a busy machine
# The script has ended and every board of the screen, not just the first, has drawn what it was sent.
AT_REST = """() => {
  const boards = [...document.querySelectorAll('.vt')];
  return boards.length && boards.every(e => e.dataset.drawn !== undefined)
    && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning';
}"""
# The same for half a second on end: where a run of the whole page meets one of a fragment, a board can be gone for a moment.
CALM = f"""count => {{
  const calm = ({AT_REST})() && document.querySelectorAll('.vt').length >= count, now = performance.now();
  globalThis.calmSince = calm ? globalThis.calmSince ?? now : undefined;
  return calm && now - globalThis.calmSince > 500;
}}"""
# What is asked of a page, where an element that is not there (yet, or for that moment) means: not yet.
PATIENTLY = "(given) => {{ try {{ return ({})(given); }} catch (error) {{ if (error instanceof TypeError) return false; throw error; }} }}"
# What Streamlit logs where a reader leaves before the connection is accepted: two faults, one in the other.
GONE = re.compile(r"Exception in ASGI application\nTraceback(?:\n(?![\w.-]+ [\d:.]+ ).*|.)*?starlette\.websockets\.WebSocketDisconnected: Cannot call \"send\".*")


def find_chrome(own: str) -> str:
    """An installed Chrome or Chromium, else `own`, Playwright's; fails with the line that installs it."""
    for found in (*map(shutil.which, CHROMES), str(MAC), own):
        if found and os.path.exists(found):
            return found
    pytest.fail(NO_CHROME)


class Server:
    """`uvicorn app:app` in a process of its own on a free port of this machine."""

    def __init__(self, log: Path):
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        command = [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", self.url.rpartition(":")[2],
                   "--log-level", "warning"]
        with log.open("wb") as out:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
        for _ in range(600):
            try:
                with urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                    if answer.read() == b"ok":
                        return
            except OSError:
                pass
            try:
                self._process.wait(0.2)
                break
            except subprocess.TimeoutExpired:
                pass
        self.stop()
        pytest.fail(f"The server did not start:\n{log.read_text()}")

    def stop(self) -> None:
        """End the process that was started here, and no other."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Reader:
    """One browser tab on one server; `complaints` holds what the page reported as an error."""

    def __init__(self, browser: Browser, url: str, size=WIDE, **context):
        context = {"locale": "en-US", "color_scheme": "light", "reduced_motion": "reduce"} | context
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        wait = self.page.wait_for_function
        self.page.wait_for_function = lambda asked, **more: wait(PATIENTLY.format(asked), **more)
        self.url = url
        self.sent: list = []
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: self.sent.append(frame)))

    def _heard(self, message) -> None:
        if message.type == "error" and not message.location.get("url", "").split("?")[0].endswith(STREAMLITS_OWN):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def open(self, screen: str, text: str | None = None, **query: object) -> None:
        """Open a screen by its address and wait until its figures are drawn, of `text` where the screen has a prompt."""
        query |= {} if text is None else {"prompt": text}
        self.page.goto(f"{self.url}/{screen}?{urlencode(query)}")
        self.rest()
        if text is not None and self.page.query_selector(".st-key-prompt"):
            self.wait_for(text)

    def type(self, text: str) -> None:
        """Replace the prompt and wait until the figures show it."""
        self.page.fill(".st-key-prompt input", text)
        self.wait_for(text)

    def rest(self) -> None:
        """Wait until the screen is whole: nothing runs, every board is drawn."""
        self.page.wait_for_function(AT_REST)

    def wait_for(self, text: str) -> None:
        """Wait until the first board shows `text`; what a stamp says after a line break is the screen's own."""
        self.page.wait_for_function("text => document.querySelector('.vt[data-stamp]')?.dataset.stamp?.split('\\n')[0] === text", arg=text)

    def go(self, screen: str) -> None:
        """Change to another screen by the navigation at the side, and wait for its figures."""
        old = self.page.query_selector(".vt")
        self.page.click(f".vt-side [data-screen={screen}]")
        self.page.wait_for_function("old => !old.isConnected && document.querySelector('.vt[data-drawn]')", arg=old)
        self.rest()

    def speak(self, language: str) -> None:
        """Switch the interface's language and wait until the figures speak it, all of them, and nothing more comes."""
        name, boards = {"en": "English", "es": "Español"}[language], self.page.locator(".vt").count()
        self.page.click(f"[data-testid=stRadio] label:has-text('{name}')")
        self.page.wait_for_function("lang => [...document.querySelectorAll('.vt')].every(e => e.lang === lang)", arg=language)
        self.page.wait_for_function(CALM, arg=boards)

    def all(self, selector: str, attribute: str) -> list[str]:
        """A data attribute, or the text if "text", of all elements that match, in their order."""
        take = "e.textContent" if attribute == "text" else f"e.dataset[{json.dumps(attribute)}]"
        return self.page.eval_on_selector_all(selector, f"all => all.map(e => {take})")

    def numbers(self, selector: str, attribute: str = "value") -> list[float]:
        """The same as numbers."""
        return [float(value) for value in self.all(selector, attribute)]

    def title(self) -> str:
        return self.page.inner_text("h1")

    def typed(self) -> str:
        return self.page.input_value(".st-key-prompt input")

    def close(self) -> None:
        self.context.close()
        assert self.complaints == []


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The server of most tests; what it logs may not hold a traceback."""
    running = Server(tmp_path_factory.mktemp("server") / "log.txt")
    yield running
    running.stop()
    _, fault, what = GONE.sub("", running.log.read_text()).partition("Traceback")
    assert not fault, what


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=find_chrome(playwright.chromium.executable_path), args=FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture(scope="module")
def reader(browser, server):
    """One tab for all tests of a file; at its end, nothing may have gone wrong in it."""
    someone = Reader(browser, server.url)
    yield someone
    someone.close()


@pytest.fixture(scope="session")
def new_reader(browser, server):
    """Makes another tab with a session of its own: `new_reader(size, **context)`."""
    return lambda size=WIDE, url=server.url, **context: Reader(browser, url, size, **context)


@pytest.fixture(scope="session")
def base():
    """The model that the server runs, loaded here to check it against."""
    return engine.load("base")


@pytest.fixture(scope="session")
def assistant():
    return engine.load("assistant")


@pytest.fixture(scope="session")
def probs():
    """The probabilities after the last token of a trace."""
    return lambda trace: engine.distribution(trace.logits[-1]).probs


@pytest.fixture(scope="session")
def new_server(tmp_path_factory):
    """Starts one more server, which nobody has visited yet."""
    started = []

    def start() -> Server:
        started.append(Server(tmp_path_factory.mktemp("fresh") / "log.txt"))
        return started[-1]

    yield start
    for running in started:
        running.stop()
