"""Very large and very small amounts in words: powers of ten, bytes, lengths."""
import math

from ui.figures.scale import RAISED
from ui.i18n import Text

FIRM, NARROW = "\u00a0", "\u202f"    # spaces at which no line is broken


def scientific(t: Text, value: float) -> str:
    """A number with three digits and a power of ten; one from 0.01 to a million as it is."""
    if not value or 0.01 <= value < 1e6:
        return t.number(value, 0 if value >= 100 or value == int(value) else 2)
    exponent = math.floor(math.log10(value))
    exponent += round(value / 10 ** exponent, 2) >= 10
    return f"{t.number(value / 10 ** exponent)}{NARROW}×{NARROW}10{'⁻' * (exponent < 0)}{str(abs(exponent)).translate(RAISED)}"


def stored(t: Text, count: float) -> str:
    """Bytes in the unit that suits them, of a thousand each."""
    step = min(5, max(0, int(math.log10(max(count, 1)) // 3)))
    return f"{t.number(count / 1000 ** step, 1 if step else 0)}{FIRM}{('B', 'kB', 'MB', 'GB', 'TB', 'PB')[step]}"


def length(t: Text, millimetres: float) -> str:
    """A length in the unit that suits it."""
    for unit, size in (("km", 1e6), ("m", 1e3), ("cm", 10)):
        if millimetres >= size:
            return f"{t.number(millimetres / size, 1)}{FIRM}{unit}"
    return f"{t.number(millimetres, 2)}{FIRM}mm"


def lasting(t: Text, seconds: float) -> str:
    """A stretch of time in the unit that suits it."""
    units = {"years": 365.25 * 86_400, "days": 86_400, "hours": 3600, "minutes": 60, "seconds": 1}
    unit = next((name for name, size in units.items() if seconds >= 2 * size), "seconds")
    value = seconds / units[unit]
    return t(f"scale.unit.{unit}", value=scientific(t, value) if value >= 1e6 else t.number(value, 0 if value >= 100 else 1))
