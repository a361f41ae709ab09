"""Writing in a browser: step, play, pause, take back and branch change what is drawn, and all of it is the engine's."""
import pytest
from pytest import approx

from engine.choices import choice
from engine.repetition import loop
from ui.i18n import Text
from ui.knobs import taken

TEXT = "Once upon a time there was a little dog."
TOKENS = ".writing .token"


def choices(base, count: int, path: str = "", text: str = TEXT, temperature: float = 0.8, seed: int = 1):
    return [choice(s) for s in base.generate(text, count, temperature, seed=seed, instead=dict(taken(path)))]


def written(reader, count: int, path: str | None = None) -> list[str]:
    """The tokens drawn, once there are `count` of them on the branch `path`."""
    reader.page.wait_for_function("""([count, path]) => document.querySelectorAll('.writing .token').length === count
        && (path === null || document.querySelector('.leaf[aria-pressed=true]').dataset.path === path)""", arg=[count, path])
    return reader.all(TOKENS, "text")


def texts(kept) -> list[str]:
    return [c.text for c in kept]


def press(reader, name: str) -> None:
    reader.page.click(f".transport [data-do={name}]")


@pytest.fixture(scope="module", autouse=True)
def opened(reader):
    reader.open("generation", TEXT, lang="en", **{"generation.tokens": 5})


def test_a_link_writes_its_tokens_and_the_draw_is_the_engines(reader, base):
    kept = choices(base, 5)
    assert written(reader, 5) == texts(kept)
    last = kept[-1]
    assert reader.numbers(".choice-row:not(.rest)") == approx(list(last.probs), abs=1e-6)
    assert reader.numbers(".dart .pin", "u") == [last.u]
    assert reader.numbers(".stretch.hit", "from") == approx([last.before], abs=1e-6) and reader.numbers(".stretch.hit", "to") == approx([last.before + last.hit], abs=1e-6)


def test_step_and_take_back_with_buttons_and_keys(reader, base):
    kept = choices(base, 8)
    press(reader, "step")
    assert written(reader, 6) == texts(kept[:6])
    reader.page.keyboard.press("ArrowRight")
    reader.page.keyboard.press("ArrowRight")
    assert written(reader, 8) == texts(kept)
    reader.page.keyboard.press("ArrowLeft")
    press(reader, "undo")
    assert written(reader, 6) == texts(kept[:6])
    reader.page.keyboard.press("ArrowUp")
    reader.page.wait_for_function("u => document.querySelector('.dart .pin').dataset.u === u", arg=repr(kept[4].u))


def test_play_writes_on_until_paused(reader, base):
    press(reader, "restart")
    written(reader, 0)
    press(reader, "play")
    reader.page.wait_for_function("() => document.querySelectorAll('.writing .token').length > 3")
    press(reader, "play")
    reader.page.wait_for_selector(".writing[data-playing=false]")
    count = len(reader.all(TOKENS, "text"))
    reader.page.wait_for_timeout(700)
    assert reader.all(TOKENS, "text") == texts(choices(base, count))


def test_a_token_taken_branches_there_and_the_first_branch_is_kept(reader, base):
    reader.open("generation", TEXT, lang="en", **{"generation.tokens": 12})
    kept = choices(base, 12)
    assert written(reader, 12) == texts(kept)
    reader.page.click(f"{TOKENS} >> nth=4")
    reader.page.wait_for_function("u => document.querySelector('.dart .pin').dataset.u === u", arg=repr(kept[4].u))
    row = reader.page.locator(".choice-row:not(.stands):not(.rest)").first
    path = row.get_attribute("data-path")
    row.click()
    branch = choices(base, 12, path)
    assert path and written(reader, len(branch), path) == [c.text or "⟨end⟩" for c in branch]
    assert reader.all(".token.taken", "text")[0] == branch[4].text
    assert reader.page.locator(".leaf").count() == 2
    query = reader.page.get_attribute(".tools button", "data-query")
    reader.page.click(".leaf >> nth=0")
    assert written(reader, 12, "") == texts(kept)
    reader.page.goto(f"{reader.url}/generation{query}")                         # a session of its own
    reader.rest()
    assert written(reader, len(branch), path) == [c.text or "⟨end⟩" for c in branch]


def test_a_key_in_the_box_stops_it_at_once(reader):
    reader.open("generation", TEXT, lang="en")
    press(reader, "play")
    reader.page.wait_for_selector(".writing[data-playing=true]")
    reader.type(TEXT + " It")
    assert reader.all(TOKENS, "text") == [] and reader.all(".writing", "playing") == ["false"]
    sent = len(reader.sent)
    reader.page.wait_for_timeout(600)
    assert len(reader.sent) == sent and reader.page.locator(".dart .pin").is_hidden()


def test_leaving_stops_it_and_the_text_waits(reader, base):
    reader.open("generation", TEXT, lang="en", **{"generation.tokens": 3})
    written(reader, 3)
    press(reader, "play")
    reader.page.wait_for_selector(".writing[data-playing=true]")
    reader.go("attention")
    sent = len(reader.sent)
    reader.page.wait_for_timeout(600)
    assert len(reader.sent) <= sent + 1
    reader.go("generation")
    assert reader.all(".writing", "playing") == ["false"]
    count = len(reader.all(TOKENS, "text"))
    assert count >= 3 and reader.all(TOKENS, "text") == texts(choices(base, count))


def test_the_card_writes_a_loop_at_temperature_0_and_says_so(reader, base):
    prompt = Text("en")("generation.guide.prompt")
    reader.page.click(".guide .go")
    reader.wait_for(prompt)
    kept = choices(base, 60, text=prompt, temperature=0)
    assert written(reader, len(kept)) == [c.text or "⟨end⟩" for c in kept]
    found = loop([c.id for c in kept])
    assert reader.page.eval_on_selector_all(TOKENS, "all => all.map(e => Number(e.dataset.round ?? 0))") == [
        (i - found.start) // found.length + 1 if found.start <= i < found.end else 0 for i in range(len(kept))]
    assert reader.page.locator(f"{TOKENS}.first").count() == reader.page.locator(f"{TOKENS}.last").count() == found.times
    assert reader.page.locator(".writing + .loop + .legend .round").is_visible()
    assert reader.page.locator(".loop").is_visible() and "times in a row" in reader.page.inner_text(".loop")
    assert reader.page.locator(".dart .pin").is_hidden()


def test_the_cache_is_timed_on_demand(reader, base):
    reader.open("generation", TEXT, lang="en", **{"generation.tokens": 5})
    written(reader, 5)
    T = len(base.trace(TEXT).tokens) + 5
    assert reader.all(".strip", "positions") == [str(T)] * 2 and reader.all(".strip", "computed") == ["1", str(T)]
    assert reader.page.locator(".times .track").count() == 0
    reader.page.click(".foot .press")
    reader.page.wait_for_function("() => document.querySelectorAll('.times .track').length === 2 && !document.querySelector('.foot .press').disabled")
    assert all(ms > 0 for ms in reader.numbers(".times .track", "ms")) and f"at {T} positions" in reader.page.inner_text("[data-part=cache] figcaption")
