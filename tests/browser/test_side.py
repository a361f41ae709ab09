"""The navigation at the side: every screen by click and key, the text and the language kept, in a tab of its own too."""
import pytest

from ui.i18n import Text
from ui.tour import SECTIONS, TEACHING

TO = ".vt-side [data-screen={}]"


def here(page) -> str:
    return page.eval_on_selector(".vt-side [aria-current=page]", "link => link.dataset.screen")


def test_every_screen_has_its_link_and_the_one_shown_is_marked(reader):
    reader.open("tokens", "The cat", lang="es")
    assert reader.all(".vt-side a", "screen") == [screen for screens in (SECTIONS | TEACHING).values() for screen in screens]
    assert here(reader.page) == "tokens" and reader.page.locator(".vt-side [aria-current]").count() == 1
    reader.go("context")
    assert here(reader.page) == "context" and reader.typed() == "The cat" and "lang=es" in reader.page.url
    reader.page.focus(TO.format("home"))
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("[data-part=flow]")
    reader.rest()
    assert here(reader.page) == "home" and reader.typed() == "The cat"
    assert reader.page.evaluate("document.activeElement.dataset.screen") == "home"      # who walks by key stays where they were


def test_link_opens_in_a_tab_of_its_own_in_the_same_language(reader):
    reader.open("home", lang="es")
    with reader.context.expect_page() as opened:
        reader.page.click(TO.format("models"), modifiers=["Control"])
    opened.value.wait_for_selector(".vt[data-drawn][lang=es]")
    assert opened.value.url.startswith(f"{reader.url}/models?lang=es") and here(reader.page) == "home"
    opened.value.close()


def test_back_leads_to_the_screen_before_however_much_was_typed_and_set(reader):
    reader.open("home", lang="en")
    reader.go("probabilities")
    for text in ("The", "The dog", "The dog sat"):
        reader.type(text)
    reader.page.click("[data-preset=greedy]")
    reader.page.wait_for_function("() => location.search.includes('temperature=0')")
    reader.go("attention")
    reader.page.go_back()
    reader.page.wait_for_selector(TO.format("probabilities") + "[aria-current=page]")
    reader.wait_for("The dog sat")
    assert reader.typed() == "The dog sat" and here(reader.page) == "probabilities"
    reader.page.go_back()
    reader.page.wait_for_selector(TO.format("home") + "[aria-current=page]")
    reader.wait_for(Text("en")("live.default"))
    reader.page.go_forward()
    reader.page.wait_for_selector(TO.format("probabilities") + "[aria-current=page]")
    reader.wait_for("The dog sat")
    assert reader.typed() == "The dog sat"
    reader.go("scale")
    reader.page.go_back()
    reader.wait_for("The dog sat")


def test_back_finds_what_was_written_as_a_summary(reader):
    reader.open("context", lang="en", **{"context.policy": "summary"})
    reader.page.fill(".st-key-context-summary input", "Tom has a red ball.")
    reader.page.wait_for_function("() => location.search.includes('context.summary=Tom')")
    reader.rest()
    reader.go("tokens")
    assert "summary=Tom" not in reader.page.url
    reader.page.go_back()
    reader.page.wait_for_selector(TO.format("context") + "[aria-current=page]")
    reader.page.wait_for_function("() => document.querySelector('.st-key-context-summary input')?.value === 'Tom has a red ball.'")


@pytest.mark.parametrize("width, shown", [(390, False), (1400, True)])
def test_side_gives_way_on_a_narrow_page_alone(new_reader, width, shown):
    someone = new_reader(size=(width, 844))
    someone.open("home", lang="en")
    if not shown:
        someone.page.click("[data-testid=stExpandSidebarButton]")
    someone.page.click(TO.format("tokens"))
    someone.page.wait_for_url("**/tokens**")
    someone.rest()
    someone.page.wait_for_function("shown => (document.querySelector('.vt-side').getBoundingClientRect().right > 0) === shown", arg=shown)
    someone.close()
