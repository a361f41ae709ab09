"""Models of the GPT-2 family by their names on the Hugging Face hub, fetched into its usual cache: never code, never pickles, never too much.

Where the hub is comes from the variable HF_ENDPOINT; no account is used.
"""
import os
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path

from engine import checkpoint, opening
from engine.checkpoint import CONFIG, MERGES, TOKENIZER, VOCABULARY, WEIGHTS
from engine.errors import ModelError

NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?", re.ASCII)
SMALL = (CONFIG, TOKENIZER, VOCABULARY, MERGES)
SMALL_BYTES = 20_000_000            # of each of these; GPT-2's own have one or two million
WAIT = 4.0                          # seconds for a first answer
STALLED = 20.0                      # seconds without a byte, after which it is given up
PIECE = 100_000                     # bytes that are counted at a time
LOOK = 0.2                          # seconds between two reports


@dataclass(frozen=True)
class Progress:
    """How much there is of a model: bytes so far and in all; in the end the folder where it lies."""
    bytes: int
    total: int
    folder: Path | None = None


def fetch(name: str) -> Iterator[Progress]:
    """Fetch config, tokenizer and weights of a model, the config first, so that a foreign one costs nothing.

    What is already in the cache is not fetched again, and is found without a network. Raises ModelError: "hub_name", "hub_offline",
    "hub_unknown", "hub_foreign" for what no GPT-2 is, "pickle", "weights_large", "hub_broken" for a transfer that broke off.
    """
    if not NAME.fullmatch(name):
        raise ModelError("hub_name", f"{name!r} is no name of a model on the hub.", name=name)
    os.environ |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1",
                   "HF_HUB_DOWNLOAD_TIMEOUT": str(int(STALLED))}       # read when the library is imported, which no page does
    try:
        sizes = _listed(name)
    except ModelError as error:
        if error.code != "hub_offline" or (there := cached(name)) is None:
            raise
        checkpoint.read_config(there)
        size = (there / WEIGHTS).stat().st_size
        yield Progress(size, size, there)
        return
    wanted = _wanted(name, sizes)
    total, meter = sum(sizes[file] for file in wanted), _Meter()
    for file in wanted:
        path = yield from _watched(name, lambda file=file: _get(name, file, meter), meter, total)
        if file == CONFIG:
            checkpoint.read_config(path.parent)
    yield Progress(total, total, path.parent)


def cached(name: str) -> Path | None:
    """The folder of a model that lies whole in the cache; None if none does."""
    from huggingface_hub import try_to_load_from_cache
    found = [try_to_load_from_cache(name, file) for file in (CONFIG, WEIGHTS)]
    return Path(found[0]).parent if all(isinstance(path, str) for path in found) else None


def _listed(name: str) -> dict[str, int]:
    """The size of each file of a model."""
    from huggingface_hub import HfApi
    info = _guarded(name, lambda: HfApi(_endpoint(), token=False).model_info(name, files_metadata=True, timeout=WAIT, token=False), "hub_offline")
    return {file.rfilename: file.size or 0 for file in info.siblings or []}


def _wanted(name: str, sizes: dict[str, int]) -> list[str]:
    """Which of its files are fetched, the config first and the weights last; raises ModelError for a model that cannot be opened here."""
    if WEIGHTS not in sizes:
        opening.refuse_pickles(file for file in sizes if "/" not in file)
    small = [file for file in SMALL if file in sizes and sizes[file] <= SMALL_BYTES]
    if CONFIG not in small or WEIGHTS not in sizes or len(small) < 2:
        raise ModelError("hub_foreign", f"{name} holds no {WEIGHTS} with its {CONFIG} and tokenizer.", name=name)
    if sizes[WEIGHTS] > opening.LARGEST:
        raise opening.too_large(WEIGHTS, sizes[WEIGHTS])
    return [*small, WEIGHTS]


def _get(name: str, file: str, meter: "_Meter") -> str:
    from huggingface_hub import constants, hf_hub_download
    constants.DOWNLOAD_CHUNK_SIZE = PIECE           # its own ten millions are reported as rarely as they come
    return hf_hub_download(name, file, etag_timeout=WAIT, token=False, tqdm_class=meter.bar(), endpoint=_endpoint())


def _endpoint() -> str | None:
    """Where the hub is, if not where it usually is."""
    return os.environ.get("HF_ENDPOINT") or None


def _guarded(name: str, get: Callable, code: str = "hub_broken"):
    """What `get` gives, its failures said as ModelErrors; `code` is that of a network that fails."""
    import httpx2
    from huggingface_hub import errors
    try:
        return get()
    except (errors.HFValidationError, errors.RepositoryNotFoundError, errors.DisabledRepoError) as error:
        raise ModelError("hub_unknown", f"The hub has no public model {name}.", name=name) from error
    except (httpx2.HTTPError, OSError, ValueError) as error:
        raise ModelError(code, f"{name} could not be fetched: {error}.", name=name) from error


def _watched(name: str, get: Callable[[], str], meter: "_Meter", total: int) -> Generator[Progress, None, Path]:
    """Fetch one file in a thread and report meanwhile; what was given up is left to end by itself, and never becomes a file."""
    done: Future = Future()

    def work() -> None:
        try:
            done.set_result(Path(_guarded(name, get)))
        except ModelError as error:
            done.set_exception(error)

    threading.Thread(target=work, daemon=True).start()          # unlike one of a pool it keeps no process from ending
    seen, since = meter.bytes, time.monotonic()
    while not wait([done], LOOK).done:
        if meter.bytes != seen:
            seen, since = meter.bytes, time.monotonic()
        elif time.monotonic() - since > STALLED:
            raise ModelError("hub_broken", f"{name} stopped coming.", name=name)
        yield Progress(min(meter.bytes, total), total)
    return done.result()


class _Meter:
    """Counts the bytes that come, in place of the bar that the library would print."""

    def __init__(self) -> None:
        self.bytes = 0

    def bar(meter) -> type:
        from tqdm import tqdm

        class Bar(tqdm):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs | {"disable": True})
                meter.bytes += kwargs.get("initial", 0)

            def update(self, n: float | None = 1) -> None:
                meter.bytes += int(n or 0)

        return Bar
