"""Every screen at four widths and in the dark: nothing sticks out, and a picture of each is left in shots/."""
from pathlib import Path

import pytest

from ui.tour import ORDER

WIDE, NARROW = (1400, 1000), (390, 844)
ZOOMED, REFLOWED = (700, 500), (320, 640)           # WIDE at 200 %; and what 1280 pixels are at 400 % (WCAG 1.4.10)

SHOTS = Path(__file__).parent.parent.parent / "shots"
SCREENS = ORDER
TEXT = "Había una vez un niño que tenía un perro llamado Rex. Once upon a time there was a fox"
# What reaches beyond the page's edge and is not inside something that scrolls or clips it.
STICKING_OUT = """() => {
  const main = document.querySelector('[data-testid=stMain]'), out = [];
  for (const e of main.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height || box.left >= -1 && box.right <= innerWidth + 1 || getComputedStyle(e).visibility === 'hidden') continue;
    let held = e.parentElement;
    while (held !== main && getComputedStyle(held).overflowX === 'visible') held = held.parentElement;
    if (held === main) out.push(`${e.tagName}.${e.getAttribute('class')} ${Math.round(box.left)}..${Math.round(box.right)}`);
  }
  return out;
}"""
SCROLLS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => `${e.tagName} ${e.scrollWidth} > ${e.clientWidth}`)"""
CUT = """() => [...document.querySelectorAll('.vt button span, .vt h3, .vt figcaption, .vt .hint')]
  .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline'
    && !(getComputedStyle(e).textOverflow === 'ellipsis' && e.closest('[title]'))).map(e => e.textContent)"""

# What reaches beyond the board it stands in, though the page would hold it.
OUT_OF_BOARD = """() => [...document.querySelectorAll('.vt *')].filter(e => {
  const box = e.getBoundingClientRect(), board = e.closest('.vt'), edge = board.getBoundingClientRect().right;
  if (!box.width || !box.height || box.right <= edge + 1 || getComputedStyle(e).visibility === 'hidden') return false;
  for (let held = e.parentElement; held !== board; held = held.parentElement) if (getComputedStyle(held).overflowX !== 'visible') return false;
  return true;
}).map(e => `${e.tagName}.${e.getAttribute('class')} ${e.textContent.slice(0, 30)}`)"""
# Words in a box of an SVG that are wider than the box; a bar is none.
OUT_OF_BOX = """() => [...document.querySelectorAll('.vt svg:not(.main-svg) g > rect:not(.bar, .track)')].flatMap(rect => [...rect.parentElement.children]
  .filter(text => text.tagName === 'text').filter(text => text.getBoundingClientRect().width > rect.getBoundingClientRect().width).map(text => text.textContent))"""
# Pairs of controls that cover each other where both are to be seen.
OVERLAPS = """() => {
  const seen = [...document.querySelectorAll('[data-testid=stMain] :is(button, input, a, select, [role=slider], [role=radio])')]
    .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !e.closest('.keep') && getComputedStyle(e).pointerEvents !== 'none').map(e => {
      let {left, top, right, bottom} = e.getBoundingClientRect();
      for (let held = e.parentElement; held; held = held.parentElement) {
        if (getComputedStyle(held).overflow === 'visible') continue;
        const box = held.getBoundingClientRect();
        left = Math.max(left, box.left); top = Math.max(top, box.top); right = Math.min(right, box.right); bottom = Math.min(bottom, box.bottom);
      }
      return {e, left, top, right, bottom};
    }).filter(({left, top, right, bottom}) => right - left > 1 && bottom - top > 1);
  const name = ({e}) => `${e.tagName}.${e.getAttribute('class')} ${(e.textContent || e.title).slice(0, 30)}`;
  return seen.flatMap((a, i) => seen.slice(i + 1).filter(b => !a.e.contains(b.e) && !b.e.contains(a.e)
      && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1.5)
    .map(b => `${name(a)} × ${name(b)}`));
}"""


@pytest.fixture(scope="module")
def readers(new_reader):
    """One tab for each width; every page load in it is a session of its own."""
    tabs = {size: new_reader(size, device_scale_factor=2 if size == ZOOMED else 1) for size in (WIDE, NARROW, ZOOMED, REFLOWED)}
    yield tabs
    for someone in tabs.values():
        someone.close()


def open_whole(reader, screen: str, language: str, size) -> None:
    """Open a screen, wait until what loads by itself is there, and make the window as high as the page."""
    reader.page.set_viewport_size({"width": size[0], "height": size[1]})
    reader.open("" if screen == "home" else screen, TEXT, lang=language)
    for plot in reader.page.locator("[data-part=curve]").all():
        plot.locator(".scatterlayer .lines path").first.wait_for()
    if screen == "embeddings":
        reader.page.wait_for_selector(".map[data-coords]")
    height = reader.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    reader.page.set_viewport_size({"width": size[0], "height": min(int(height) + 20, 5000)})
    reader.page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")


@pytest.mark.parametrize("size", [WIDE, NARROW, ZOOMED, REFLOWED], ids=["wide", "narrow", "zoomed", "reflowed"])
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_sticks_out(readers, screen, size):
    someone = readers[size]
    language = "en" if size == WIDE else "es"           # Spanish runs longer: it gets the narrow pages
    open_whole(someone, screen, language, size)
    SHOTS.mkdir(exist_ok=True)
    someone.page.screenshot(path=SHOTS / f"{screen}-{size[0]}-{language}.png")
    assert someone.page.evaluate(SCROLLS) == []
    assert someone.page.evaluate(STICKING_OUT) == []
    assert someone.page.evaluate(OUT_OF_BOARD) == []
    assert someone.page.evaluate(OUT_OF_BOX) == []
    assert someone.page.evaluate(OVERLAPS) == []
    assert size == WIDE or someone.page.evaluate(CUT) == []


def test_dark_page_is_dark_all_over(new_reader):
    someone = new_reader(WIDE, color_scheme="dark")
    SHOTS.mkdir(exist_ok=True)
    for screen in SCREENS:
        if screen == "home":
            someone.open("", TEXT, lang="en")
        else:
            someone.go(screen)
        assert someone.page.eval_on_selector_all(".vt", "all => all.every(e => e.classList.contains('dark'))")
        bright = someone.page.eval_on_selector_all("figure, .vt .panel", """all => all.map(e => getComputedStyle(e).backgroundColor)
            .map(c => c.match(/[\\d.]+/g).map(Number).slice(0, 3)).map(c => c.every(x => x <= 1) ? c.map(x => 255 * x) : c)
            .filter(c => Math.max(...c) > 110)""")
        assert bright == []
        someone.page.screenshot(path=SHOTS / f"{screen}-1400-dark.png")
    someone.close()
