"""The interface's words: every sentence comes from assets/text/<language>, none from Python."""
import tomllib
from functools import cache
from pathlib import Path

from engine import EngineError

FOLDER = Path(__file__).parent.parent / "assets" / "text"
LANGUAGES = ("en", "es")


class Text:
    """One language's catalogue. `text("attention.title")` looks up, with keywords filling the placeholders."""

    def __init__(self, language: str):
        self.language = language
        self._entries = catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The entry `key`; with `count`, its `.one` or `.other` form."""
        if "count" in values:
            key += ".one" if values["count"] == 1 else ".other"
            values["count"] = self.number(values["count"], 0)
        return self._entries[key].format(**values) if values else self._entries[key]

    def group(self, prefix: str) -> dict[str, str]:
        """Every entry under `prefix.`, by what follows it."""
        return dict(_group(self.language, prefix))

    def number(self, value: float, digits: int = 2) -> str:
        """A number as the language writes it: 1,234.5 in English, 1.234,5 in Spanish, with a true minus sign."""
        plain = f"{value:,.{digits}f}"
        if self.language == "es":
            plain = plain.translate(str.maketrans(",.", ".,"))
        return plain.replace("-", "−")

    def percent(self, share: float, digits: int = 0) -> str:
        """A share as a percentage; what is not 0 is never shown as 0, nor as all what is not all."""
        least = 10 ** -(digits + 2)
        if 0 < share < least / 2:
            return "< " + self.percent(least, digits)
        if 1 - least / 2 <= share < 1:
            return "> " + self.percent(1 - least, digits)
        return self.number(100 * share, digits) + ("\u202f%" if self.language == "es" else "%")

    def error(self, error: EngineError) -> str:
        """What is wrong, in this language; the plain words of the engine where the catalogue has none."""
        sentence = self._entries.get(f"error.{error.code}")
        return sentence.format(**error.details) if sentence else str(error)


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every entry of a language, keys joined by dots, read from all its files."""
    entries: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        with path.open("rb") as file:
            _flatten(path.stem, tomllib.load(file), entries)
    return entries


@cache
def _group(language: str, prefix: str) -> dict[str, str]:
    """The entries under a prefix, sought once: there are more than a thousand."""
    return {key.removeprefix(prefix + "."): value for key, value in catalogue(language).items() if key.startswith(prefix + ".")}


def _flatten(prefix: str, value: object, into: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(f"{prefix}.{key}", inner, into)
    else:
        into[prefix] = value.strip()
