"""Nothing moves under a pointer, and nothing is asked for while a run is on its way: what Streamlit would lose is not put at risk."""
import pytest

HEARD = """
const send = WebSocket.prototype.send;
globalThis.asked = [];
WebSocket.prototype.send = function (frame) {
  const state = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState;
  if (frame.byteLength && new TextDecoder().decode(frame).includes('"event":"more"')) asked.push(state);
  return send.call(this, frame);
};
"""
TEXT = "Once upon a time there was a little dog."


@pytest.mark.parametrize("screen", ["fewshot", "models", "training"])
def test_more_is_asked_for_only_once_a_run_has_ended(new_reader, screen):
    other = new_reader()
    other.context.add_init_script(HEARD)
    other.open(screen, lang="en")
    if screen == "models":
        other.page.locator("[data-part=demos]").scroll_into_view_if_needed()
    other.page.wait_for_function("() => asked.length > 0")
    other.page.click(".guide .go")
    other.page.wait_for_timeout(1500)
    asked = other.page.evaluate("asked")
    assert set(asked) == {"notRunning"}, asked
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
