"""Links into a server that nobody has visited yet: every screen opens with its text, its language and its settings."""
from urllib.request import urlopen

import pytest

from ui.i18n import Text
from ui.serve import HEADERS
from ui.tour import ORDER

SCREENS = ("", *ORDER[1:])
UNTYPED = ("fewshot", "scale", "glossary", "models")    # screens without the prompt
TEXT = "El niño dice: ¡hola! 👩‍👩‍👧 <b>&amp; 100 %"


@pytest.fixture(scope="module")
def fresh(new_server):
    return new_server()


@pytest.fixture(scope="module")
def someone(fresh, new_reader):
    """One tab; every page load in it is a session of its own."""
    someone = new_reader(url=fresh.url)
    yield someone
    someone.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_opens_from_its_link(someone, screen):
    someone.open(screen, TEXT, lang="es", **{"attention.head": "2.1", "context.window": 9})
    assert someone.title() == Text("es")(f"{screen or 'home'}.title")
    assert someone.typed() == TEXT if someone.page.query_selector(".st-key-prompt") else screen in UNTYPED
    said = someone.page.get_attribute(".tools .copy", "data-query")
    own = {"attention": "attention.head=2.1", "context": "context.window=9"}        # a link bears its own screen's settings, and no other's
    assert "lang=es" in said and [knob in said for knob in own.values()] == [knob == own.get(screen) for knob in own.values()]


def test_link_that_makes_no_sense_opens_all_the_same(someone):
    someone.open("attention", "hola", lang="es", **{"attention.head": "<script>window.__pwned=1</script>"})
    said = someone.page.inner_text("[data-testid=stAlert]")
    assert said.strip().endswith(Text("es")("frame.bad_link", names="attention.head"))
    assert someone.page.evaluate("window.__pwned") is None


def test_page_itself_carries_the_security_headers(fresh):
    with urlopen(f"{fresh.url}/attention") as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_nothing_is_fetched_from_elsewhere(fresh, new_reader):
    someone = new_reader(url=fresh.url)
    asked: list[str] = []
    someone.page.on("request", lambda request: asked.append(request.url))
    someone.open("attention", TEXT, lang="en")
    someone.page.wait_for_selector("[data-part=head] canvas")
    assert asked and all(url.startswith((fresh.url, "data:", "blob:")) for url in asked)
    someone.close()
