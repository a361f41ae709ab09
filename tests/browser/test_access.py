"""Readers who do not see, or use keys alone: what axe-core finds in every screen, in both themes; motion only for who wants it."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from ui.tour import ORDER

WEIGHTY = ("serious", "critical")


@pytest.fixture(scope="module", params=["light", "dark"])
def themed(new_reader, request):
    """A reader with a theme, and room for axe-core's own script, which the page's policy would keep out."""
    someone = new_reader(color_scheme=request.param, bypass_csp=True)
    yield someone
    someone.close()


def findings(page) -> list[str]:
    """Serious and critical findings, Streamlit's own frame included: as its navigation is ours, there is nothing to allow it."""
    found = []
    for fault in Axe().run(page).response["violations"]:
        if fault["impact"] in WEIGHTY:
            for node in fault["nodes"]:
                said = (node["any"] + node["all"] + node["none"] + [{"message": ""}])[0]["message"]
                found.append(f"{fault['id']}: {' '.join(map(str, node['target']))}: {said}")
    return found


@pytest.mark.parametrize("screen", ORDER)
def test_no_weighty_finding(themed, screen):
    themed.open("" if screen == "home" else screen, "Once upon a time there was a fox", lang="en")
    assert findings(themed.page) == []


def test_no_weighty_finding_where_lessons_are_chosen_and_made(themed):
    themed.open("tokens", "The cat", lang="en")
    themed.page.click(".vt-side [data-screen=lessons]")
    themed.page.wait_for_selector(".st-key-lessons-start-model button")
    themed.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    assert findings(themed.page) == []
    themed.page.click(".vt-side [data-screen=attention]")
    themed.page.wait_for_selector("[data-part=heads] canvas")
    themed.rest()
    themed.page.click(".st-key-lessons-add button")
    themed.page.wait_for_selector("[data-testid=stToast]")
    themed.page.click(".vt-side [data-screen=lessons]")
    themed.page.wait_for_selector(".st-key-lessons-open button")
    themed.page.wait_for_selector("[data-testid=stToast]", state="detached")
    assert findings(themed.page) == []
    themed.page.click(".st-key-lessons-start-model button")
    themed.page.wait_for_selector(".vt[data-drawn]")
    themed.rest()
    assert findings(themed.page) == []


@pytest.mark.parametrize("motion, seconds", [("reduce", 0), ("no-preference", 0.12)])
def test_figures_glide_only_for_who_wants_motion(new_reader, motion, seconds):
    someone = new_reader(reduced_motion=motion)
    someone.open("glossary", lang="en")
    assert someone.page.eval_on_selector_all(".vt *", "all => Math.max(...all.map(e => parseFloat(getComputedStyle(e).transitionDuration)))") == seconds
    someone.close()
