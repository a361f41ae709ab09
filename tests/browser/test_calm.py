"""Nothing moves under a pointer, and nothing is asked for while a run is on its way: what Streamlit would lose is not put at risk."""
import pytest

from ui.i18n import Text

HEARD = """
const send = WebSocket.prototype.send;
let touched = -Infinity, ran = -Infinity;
const state = () => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState;
globalThis.asked = [];
for (const kind of ['pointerdown', 'click']) addEventListener(kind, () => { touched = performance.now(); }, true);
new MutationObserver(() => { if (state() === 'running') ran = performance.now(); })
  .observe(document, { subtree: true, attributes: true, attributeFilter: ['data-test-script-state'] });
WebSocket.prototype.send = function (frame) {
  if (frame.byteLength && new TextDecoder().decode(frame).includes('"event":"more"')) {
    asked.push(state() !== 'notRunning' ? 'while it ran' : ran < touched && performance.now() - touched < 500 ? 'before a click was answered' : 'calm');
  }
  return send.call(this, frame);
};
"""
TEXT = "Once upon a time there was a little dog."


@pytest.mark.parametrize("screen", ["fewshot", "models", "training"])
def test_more_is_asked_for_only_where_no_click_can_be_lost(new_reader, screen):
    other = new_reader()
    other.context.add_init_script(HEARD)
    other.open(screen, lang="en")
    if screen == "models":
        other.page.locator("[data-part=demos]").scroll_into_view_if_needed()
    other.page.wait_for_function("() => asked.length > 0")
    if screen == "models":
        for way in ("hub", "file"):
            other.page.get_by_text(Text("en")(f"models.own.way.{way}"), exact=True).click()
            other.page.wait_for_selector({"hub": f"input[placeholder='{Text('en')('models.own.hub_place')}']", "file": "[data-testid=stFileUploader]"}[way])
    other.page.click(".guide .go")
    other.page.wait_for_timeout(1500)
    asked = other.page.evaluate("asked")
    assert set(asked) == {"calm"}, asked
    other.close()


@pytest.mark.parametrize("width", [1400, 390])
def test_a_figure_has_its_room_before_the_library_that_draws_it_is_there(new_reader, width):
    other, held = new_reader((width, 900)), []
    other.page.route("**/plotly.min.js", lambda route: held.append(route))
    other.open("models", lang="es")
    other.page.wait_for_function("() => document.querySelector('[data-part=loss] [role=figure]')")
    height = "document.querySelector('[data-part=loss]').offsetHeight"
    before = other.page.evaluate(height)
    held.pop().continue_()
    other.page.wait_for_selector("[data-part=loss] .js-plotly-plot .scatterlayer")
    assert abs(other.page.evaluate(height) - before) <= 2
    other.close()


def test_a_card_keeps_its_room_while_its_figure_is_worked_out_anew(new_reader):
    other = new_reader()
    other.open("training", TEXT, lang="en")
    other.page.wait_for_selector("[data-part=moves] table")
    other.page.evaluate("""() => { globalThis.heights = [];
      const look = () => { heights.push(document.querySelector('[data-part=moves]')?.offsetHeight ?? 0); requestAnimationFrame(look); }; look(); }""")
    before = other.page.evaluate("heights.at(-1)")
    other.type(TEXT + " It")
    other.page.wait_for_selector("[data-part=moves] .empty")
    other.page.wait_for_selector("[data-part=moves] table")
    assert min(other.page.evaluate("heights")) >= before - 60
    other.close()
