"""Figures that are saved: an SVG that needs no browser, with the words, the numbers and the picture of the page; a PNG twice its size."""
import base64
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

TEXT = "The capital of France is"
SVG = "{http://www.w3.org/2000/svg}"
# Each kind of figure: rows of the page, a canvas, an SVG of ours, one of Plotly's.
FIGURES = [("", "next"), ("", "flow"), ("block", "gelu"), ("block", "ledger"), ("attention", "head"), ("probabilities", "twin"), ("position", "distance")]


def saved(reader, part: str, kind: str) -> Path:
    figure = reader.page.locator(f"figure[data-part={part}]")
    figure.hover()
    with reader.page.expect_download() as download:
        figure.locator(".keep button").nth(["png", "svg"].index(kind)).click()
    assert download.value.suggested_filename == f"vitrina-{part}.{kind}"
    return download.value.path()


@pytest.mark.parametrize("screen, part", FIGURES)
def test_svg_is_one_of_its_own(reader, screen, part):
    if not reader.page.url.split("?")[0].endswith(f"/{screen}"):
        reader.open(screen, TEXT, lang="es")
    if part == "distance":
        reader.page.locator("[data-part=distance] .scatterlayer path").first.wait_for(state="attached")
    root = ET.parse(saved(reader, part, "svg")).getroot()
    elements = list(root.iter())
    assert root.tag == f"{SVG}svg" and {element.tag.partition("}")[0] + "}" for element in elements} == {SVG}
    assert not {"foreignObject", "style", "script"} & {element.tag.removeprefix(SVG) for element in elements}
    values = " ".join(value for element in elements for value in element.attrib.values())
    assert "var(--" not in values and "color(" not in values and "http" not in values
    box = reader.page.locator(f"figure[data-part={part}]").bounding_box()
    assert float(root.get("width")) == pytest.approx(box["width"], abs=0.1) and float(root.get("height")) == pytest.approx(box["height"], abs=0.1)
    said = "".join(" ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")).split())
    for words in (f"figure[data-part={part}] > h3", f"figure[data-part={part}] > figcaption"):
        assert "".join(reader.page.inner_text(words).split()) in said
    pictures, canvases = list(root.iter(f"{SVG}image")), reader.page.locator(f"figure[data-part={part}] canvas:visible").count()
    assert len(pictures) == canvases
    for picture in pictures:
        assert base64.b64decode(picture.get("href").removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")
    if part == "next":
        shares = reader.all("figure[data-part=next] .value > span:first-child", "text")
        assert all("".join(share.split()) in said for share in shares)
    if part == "gelu":
        assert len(list(root.iter(f"{SVG}circle"))) == reader.page.locator("svg.gelu circle").count()


def test_png_is_twice_as_large(reader):
    reader.open("", TEXT, lang="en")
    box = reader.page.locator("figure[data-part=next]").bounding_box()
    head = saved(reader, "next", "png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG") and struct.unpack(">II", head[16:]) == pytest.approx((2 * box["width"], 2 * box["height"]), abs=2)
