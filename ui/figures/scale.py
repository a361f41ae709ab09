"""A decoder's shape to be set, what it holds and costs, models side by side, and measured curves."""
from collections.abc import Sequence

from engine import parameters
from ui.i18n import Text
from ui.parts import part

STOPS = {                           # of the sliders; the boxes take any whole number
    "layers": (1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 120, 160, 200),
    "heads": (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 25, 32, 40, 48, 64, 80, 96, 128),
    "width": (8, 16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1280, 1600, 2048, 2560, 3072, 4096, 5120, 6144, 8192, 10_240, 12_288, 16_384, 20_480),
    "context": tuple(2 ** n for n in range(4, 18)),
    "vocabulary": (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 50_257, 100_000, 150_000, 200_000, 300_000),
    "tokens": tuple(sorted({*(front * 10 ** n for n in range(5, 14) for front in (1, 2, 5)), 36_000_000, 300 * 10 ** 9, 10 ** 14})),
    "price": (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000),
}
RATES = {"least": 8, "most": 19, "step": 0.1}
SHAPE, BUDGET = ("layers", "heads", "width", "context", "vocabulary", "tied"), ("tokens", "rate", "price")
UNTIED = "head"
MEMORY = (("bytes", "fp32", "bytes", True), ("bytes", "fp16", "bytes", True), ("bytes", "int8", "bytes", True), ("bytes", "adam", "bytes", True), ("bytes", "cache", "bytes", True))
WORK = (("run", "weights", "plain", False), ("run", "attention", "plain", False), ("train", "training", "plain", False), ("train", "ratio", "plain", False),
        ("train", "seconds", "time", False), ("train", "cost", "plain", False))


def laws() -> dict:
    """The engine's formulas, for the browser to work out while a slider moves."""
    return {"parts": parameters.formulas(tied=False), "untied": UNTIED, "cache": parameters.CACHE, "forward": parameters.FORWARD, "bytes": parameters.BYTES,
            "adam": parameters.TRAINING_BYTES, "training": parameters.TRAINING}


def shape(t: Text, values: dict, names: Sequence[str], presets: Sequence[dict], **card) -> dict:
    """Knobs of a decoder to be set, `names` of them, by sliders and boxes; `presets` are buttons of id, name, title and values."""
    fields = [{"knob": f"scale.{name}", "type": "toggle" if name == "tied" else "power" if name == "rate" else "count", "value": values[f"scale.{name}"],
               "label": t(f"scale.field.{name}"), "name": t(f"scale.field.{name}"), "help": t(f"scale.help.{name}"), "stops": STOPS.get(name), "decimals": name == "price"}
              | (RATES if name == "rate" else {"least": min(STOPS[name]), "most": max(STOPS[name])} if name in STOPS else {}) for name in names]
    whole = "width" in names
    return part("shape", fields=fields, presets=list(presets), words=t.group("scale.shape") | ({} if whole else {"presets": ""}), told=[f"scale.{name}" for name in SHAPE if whole] or ["scale.rate"],
                width="scale.width" if whole else "", heads="scale.heads" if whole else "", mostHeads=parameters.MOST_HEADS, **card)


def shares(t: Text, values: dict, formulas: dict[str, str], **card) -> dict:
    """The parameters of a shape, part by part, as areas and as rows with their formulas."""
    return part("shares", values=values, laws=laws(), parts={id: {"name": t(f"scale.part.{id}"), "formula": formula} for id, formula in formulas.items()},
                words=t.group("scale.shares"), **card)


def costs(t: Text, values: dict, rows: Sequence[tuple[str, str, str, bool]], **card) -> dict:
    """Rows of what a shape costs: each the group and the id of a quantity, its unit, and whether it has a bar."""
    entries = [{"of": of, "id": id, "unit": unit, "bar": bar, "label": t(f"scale.cost.{id}"), "help": t(f"scale.cost_help.{id}")} for of, id, unit, bar in rows]
    return part("costs", values=values, laws=laws(), rows=entries, words=t.group("scale.unit"), **card)


def orders(t: Text, values: dict, tracks: list[dict], **card) -> dict:
    """Tracks of decades with a title, from `least` to `most` (powers of ten), and points of id, kind ("ours", "theirs"), name, value and title."""
    for track in tracks:
        track["ticks"] = [f"10{str(n).translate(RAISED)}" for n in range(track["least"], track["most"] + 1)]
    return part("orders", values=values, laws=laws(), tracks=tracks, words=t.group("scale.orders"), **card)


def squares(t: Text, entries: list[dict], chosen: str, knob: str, **card) -> dict:
    """Models as squares by parameters: each an id, kind, name, value, title and what to say of it where it fills the picture."""
    return part("squares", squares=entries, chosen=chosen, knob=knob, words=t.group("scale.squares"), **card)


def series(id: str, look: str, shape: str, points: list[dict], name: str = "") -> dict:
    """Points of x, y, name, title and maybe label, low, high; `look` is their colour, `shape` "both", "dot", "line" or "band"; with a `name` it has a legend."""
    return {"id": id, "look": look, "shape": shape, "points": points, "name": name}


def growth(x: dict, y: dict, drawn: list[dict], measure: str, levels: Sequence[dict] = (), **card) -> dict:
    """Series over two axes (`axis`), with dashed `levels` of at, text and whether it stands at the `first` end; `measure` names what is drawn upwards."""
    return part("growth", x=x, y=y, series=drawn, measure=measure, levels=list(levels), **card)


def axis(title: str, least: float, most: float, ticks: list[tuple[float, str]], log: bool = False) -> dict:
    """An axis from `least` to `most` (powers of ten if `log`) with ticks of value and text."""
    return {"title": title, "least": least, "most": most, "log": log, "ticks": [{"at": at, "text": text} for at, text in ticks]}


def paragraphs(texts: Sequence[str], **card) -> dict:
    """Words where a figure would stand."""
    return part("paragraphs", texts=list(texts), **card)


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
