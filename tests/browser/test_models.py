"""The models' screen: cards with the files' own numbers, one model for all screens, three live tasks, and a reader's own opened or refused."""
import json
import re
import shutil

import pytest
import torch
from pytest import approx

from engine import checkpoint, load, parcel
from engine.cards import Words, known
from engine.lora import Adapter
from tests.hub_server import serving
from ui.i18n import Text

T = Text("en")
BOX = f"input[placeholder='{T('models.own.path_place')}']"


@pytest.fixture(autouse=True)
def anew(reader):
    reader.open("models", lang="en")


def shares(reader, model: int, language: str) -> list[float]:
    return reader.numbers(f".whiskers td[data-language={language}] .dot.m{model}")


def expected(name: str, language: str) -> list[float]:
    say = Words("en")
    return [row["share"] for ability, row in known()[name].answers(language).items() if say.ability(ability)]


def wait_alert(reader, text: str) -> None:
    reader.page.wait_for_function("text => [...document.querySelectorAll('[data-testid=stAlert]')].some(e => e.innerText.includes(text))", arg=text)


def choose(reader, name: str) -> None:
    reader.page.click(f".deck [data-option={name}]")
    reader.page.wait_for_function("name => document.querySelector('.vt[data-stamp]').dataset.stamp === name", arg=name)


def test_cards_show_what_the_files_state_and_a_link_brings_two_back(reader, new_reader):
    for language in ("en", "es"):
        assert shares(reader, 0, language) == approx(expected("base", language))
    choose(reader, "nano")
    assert shares(reader, 0, "en") == approx(expected("nano", "en"))
    reader.page.click("[data-name='models.beside'] [data-option=base]")
    reader.page.wait_for_selector(".whiskers .dot.m1")
    assert shares(reader, 1, "es") == approx(expected("base", "es"))
    cells = reader.page.locator(".facts td").all_inner_texts()
    assert T.number(known()["nano"].stated["parameters"], 0) in cells and T.number(known()["base"].stated["parameters"], 0) in cells
    row = json.loads((checkpoint.MODELS / "base" / "evaluation.json").read_text())["figures"]["en"]["answers"]["agreement"]
    reader.page.focus(".whiskers tr[data-ability=agreement]")
    assert T.percent(row["low"], 1) in reader.page.inner_text(".readout") and f"n = {row['n']}" in reader.page.inner_text(".readout")
    other = new_reader()
    other.page.goto(f"{other.url}/models{reader.page.get_attribute('.tools .copy', 'data-query')}")
    other.rest()
    assert shares(other, 0, "en") == approx(expected("nano", "en")) and shares(other, 1, "en") == approx(expected("base", "en"))
    other.close()


def test_the_keyboard_chooses_a_card_and_a_model_goes_everywhere(reader):
    reader.page.focus(".deck [aria-checked=true]")
    reader.page.keyboard.press("ArrowLeft")                         # from base around to the last
    last = list(known())[-1]
    reader.page.wait_for_function("name => document.querySelector('.vt[data-stamp]').dataset.stamp === name", arg=last)
    choose(reader, "mini")
    reader.page.wait_for_selector("[data-part=loss] .scatterlayer path")
    points = reader.page.evaluate("[...document.querySelector('[data-part=loss] .js-plotly-plot')._fullData[0].y]")
    assert points[-1] == approx(known()["mini"].figures["en"]["loss"]) and len(points) > 1
    reader.page.click("[data-name=use]")
    reader.page.wait_for_function("() => location.search.includes('model=mini') && document.querySelector('[data-name=use]').disabled")
    reader.go("attention")
    assert reader.page.locator("[data-testid=stSelectbox] input").input_value().startswith("mini")
    reader.page.wait_for_selector(".vt .heads button >> nth=11")
    assert reader.page.locator(".vt .heads button").count() == 3 * 4


def test_the_model_answers_a_prompt_of_the_readers(reader):
    prompt = "The capital of France is"
    reader.page.locator("[data-part=demos]").scroll_into_view_if_needed()
    reader.page.fill("[data-demo=reason] textarea", prompt)
    reader.page.wait_for_function("() => document.querySelector('[data-demo=reason] .written').dataset.done === 'true' "
                                  "&& document.querySelector('.tools .copy').dataset.query.includes('models.reason')")
    wrote = reader.page.inner_text("[data-demo=reason] .written").strip()
    greedy = "".join(step.text for step in load("base").generate(prompt, 16, 0)).strip()
    assert wrote and greedy.startswith(wrote) and reader.numbers("[data-demo=reason] .dot") == approx([known()["base"].answers("en")["two hops: petoffriend"]["share"]])


def test_a_folder_opens_and_a_bad_one_is_refused(reader, tmp_path):
    folder = shutil.copytree(checkpoint.MODELS / "nano", tmp_path / "my-own")
    reader.page.fill(BOX, str(tmp_path / "nowhere"))
    reader.page.press(BOX, "Enter")
    wait_alert(reader, T("models.wrong.folder_missing", folder=tmp_path / "nowhere"))
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    reader.page.fill(BOX, str(folder))
    reader.page.press(BOX, "Enter")
    wait_alert(reader, T("models.wrong.pickle", file="pytorch_model.bin"))
    (folder / "pytorch_model.bin").rename(folder / "model.safetensors")
    reader.page.click(f"button:has-text('{T('models.own.open')}')")
    wait_alert(reader, "my-own")
    reader.page.wait_for_function("() => document.querySelector('.deck [aria-checked=true] b').textContent === 'my-own'")
    reader.rest()
    assert str(tmp_path) not in reader.page.url and re.search(r"models\.card=own-[0-9a-f]{12}", reader.page.url)
    reader.page.click("[data-name=use]")
    reader.page.wait_for_function("() => location.search.includes('model=own-')")
    reader.go("probabilities")
    reader.page.wait_for_selector(".chain tr >> nth=3")
    reader.go("models")
    reader.page.click("[data-name=drop]")
    reader.page.wait_for_function("() => document.querySelector('.deck [aria-checked=true] b').textContent === 'base' && !location.search.includes('own-')")


def test_an_adapters_file_opens_and_a_bad_one_is_refused(reader, tmp_path):
    base = load("base")
    change = Adapter.fresh(base.decoder, rank=2, alpha=4.0, rows=(1, 2, 3), seed=1)
    for tensor in (*change.b.values(), change.row_change):
        tensor.normal_(std=0.02, generator=torch.Generator().manual_seed(2))
    sha = checkpoint.fingerprint(checkpoint.MODELS / "base" / checkpoint.WEIGHTS)
    (tmp_path / "mine.safetensors").write_bytes(parcel.pack(change, sha, chat=True))
    (tmp_path / "foreign.safetensors").write_bytes(parcel.pack(change, "0" * 64, chat=True))
    for name, text in (("foreign.safetensors", T("error.parcel_base", file="foreign.safetensors", base="base")), ("mine.safetensors", "mine")):
        reader.open("models", lang="en")
        reader.page.get_by_text(T("models.own.way.file"), exact=True).click()
        reader.page.set_input_files("[data-testid=stFileUploader] input", str(tmp_path / name))
        wait_alert(reader, text)
    assert reader.page.inner_text(".deck [aria-checked=true] b") == "mine"


def test_the_hub_fetches_with_progress_and_says_when_there_is_none(new_server, new_reader, tmp_path, monkeypatch):
    folder = tmp_path / "hub" / "tiny" / "gpt2"
    folder.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        shutil.copy(checkpoint.MODELS / "nano" / name, folder / name)
    with serving(tmp_path / "hub") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
        server = new_server()
        other = new_reader(url=server.url)
        other.open("models", lang="es")
        es = Text("es")
        other.page.get_by_text(es("models.own.way.hub"), exact=True).click()
        box = other.page.locator(f"input[placeholder='{es('models.own.hub_place')}']")

        def ask(name: str) -> None:
            box.fill(name)
            other.page.click(f"button:has-text('{es('models.own.hub_open')}')")

        ask("no/such")
        wait_alert(other, es("models.wrong.hub_unknown", name="no/such"))
        hub.slow["model.safetensors"] = 3.0
        ask("tiny/gpt2")
        other.page.wait_for_selector(".coming progress[value]")
        wait_alert(other, "tiny/gpt2")
        assert other.page.inner_text(".deck [aria-checked=true] b") == "tiny/gpt2"
        hub.dead = True
        ask("tiny/other")
        wait_alert(other, es("models.wrong.hub_offline", name="tiny/other"))
        other.close()
