"""The screen of examples in a browser: they are edited, added, removed, moved and spoilt, and each drawn probability is the engine's."""
import json
from urllib.parse import parse_qs

import pytest
from pytest import approx

from engine import rules, shots
from engine.checkpoint import EVALUATION, MODELS
from engine.shots import Block

ROWS = "[data-part=rows] .rows"
ROW = f"{ROWS} .row:not(.head):not(.question)"
KEY = "labels.en.10.3"
HOSTILE = ["<img src=x onerror=alert(1)>", "👩‍👩‍👧 ñ", "$x$ **b** {0}", "<|endoftext|>", "שלום"]


@pytest.fixture(scope="module")
def drawn():
    pairs, asked = rules.drawn("labels", "en", 10)
    return pairs, asked


@pytest.fixture(autouse=True)
def opened(reader, drawn):
    reader.open("fewshot", lang="en")


def settles(reader, base, pairs, asked, key=KEY, form="arrow") -> list[shots.Shot]:
    """Wait until these examples are drawn, and hold every probability and answer beside them against the engine's."""
    said = json.dumps([key, *map(list, pairs), list(asked)], ensure_ascii=False, separators=(",", ":"))
    reader.page.wait_for_function(f"said => {{ const list = document.querySelector({ROWS!r}); return list.dataset.said === said && list.dataset.pending === 'false'; }}", arg=said)
    found = shots.read(base, Block(tuple(map(tuple, pairs)), *asked, form))
    assert reader.numbers(f"{ROW} .fill") == approx([shot.p for shot in found], abs=1e-5)
    assert reader.all(f"{ROW} .greedy", "right") == [str(shot.right).lower() for shot in found]
    assert inputs(reader) == [*(cell for pair in pairs for cell in pair), *asked]
    return found


def inputs(reader) -> list[str]:
    return reader.page.eval_on_selector_all(f"{ROWS} input", "all => all.map(e => e.value)")


def cell(reader, row: int, column: int):
    return reader.page.locator(f"{ROW} >> nth={row} >> input >> nth={column}")


def test_examples_are_typed_into_spoilt_and_mended(reader, base, drawn):
    pairs, asked = [list(pair) for pair in drawn[0][:8]], drawn[1]
    settles(reader, base, pairs, asked)
    cell(reader, 4, 0).fill("museum")
    cell(reader, 3, 1).press("End")
    cell(reader, 3, 1).press_sequentially("xy")
    pairs[3][0], pairs[2][1] = "museum", pairs[2][1] + "xy"
    settles(reader, base, pairs, asked)
    reader.page.click(f"{ROW} >> nth=3 >> [data-do=spoil]")             # what it should be is known
    pairs[2][1] = drawn[0][2][1]
    settles(reader, base, pairs, asked)
    assert reader.page.get_attribute(f"{ROW} >> nth=3 >> [data-do=spoil]", "aria-pressed") == "false"
    reader.page.click(f"{ROW} >> nth=3 >> [data-do=spoil]")
    reader.page.wait_for_selector(f"{ROW}.wrong")
    assert inputs(reader)[5] in {label for _, label in drawn[0]} - {drawn[0][2][1]}
    for i, odd in enumerate(HOSTILE):
        cell(reader, i + 1, i % 2).fill(odd)
        pairs[i][i % 2] = odd[:40]
    reader.page.click(f"{ROW} >> nth=3 >> [data-do=remove]")
    del pairs[2]
    settles(reader, base, pairs, asked)


def test_examples_are_added_removed_and_moved_by_button_and_by_key(reader, base, drawn):
    pairs, asked = [list(pair) for pair in drawn[0][:8]], drawn[1]
    reader.page.click("[data-do=add]")
    pairs.append(list(drawn[0][8]))
    settles(reader, base, pairs, asked)
    assert reader.page.evaluate("document.activeElement.value") == pairs[-1][0]
    reader.page.keyboard.press("Alt+Delete")
    settles(reader, base, pairs := pairs[:-1], asked)
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("Alt+ArrowUp")
    at = next(i for i in range(8) if reader.page.evaluate("document.activeElement.value") == pairs[i][0])
    pairs[at - 1], pairs[at] = pairs[at], pairs[at - 1]
    settles(reader, base, pairs, asked)
    assert reader.page.evaluate("document.activeElement.value") == pairs[at - 1][0]
    reader.page.click(f"{ROW} >> nth=1 >> [data-do=down]")
    pairs[0], pairs[1] = pairs[1], pairs[0]
    settles(reader, base, pairs, asked)
    reader.page.keyboard.press("Tab")
    cell(reader, 8, 0).press("Enter")
    assert len(inputs(reader)) == 20
    while len(pairs):
        pairs.pop()
    for _ in range(9):
        reader.page.click(f"{ROW} >> nth=1 >> [data-do=remove]")
    (only,) = settles(reader, base, pairs, asked)
    assert only.p < 0.01


def test_a_row_is_looked_into_and_its_tokens_multiply(reader, base, drawn):
    found = settles(reader, base, drawn[0][:8], drawn[1])
    result = reader.page.locator(f"{ROW} >> nth=8 >> .result")
    result.focus()
    for _ in range(4):
        reader.page.keyboard.press("ArrowUp")
    reader.page.wait_for_function(f"() => document.querySelector({ROWS!r}).dataset.at === '4'")
    assert reader.numbers("[data-part=product] .factor") == approx(list(found[4].probs), abs=1e-5)
    assert reader.page.inner_text("[data-part=product] pre") == Block(tuple(drawn[0][:4]), drawn[1][0], "").prompt(4)
    assert reader.numbers("[data-part=first] .fill")[:7] == approx(found[4].logits.softmax(-1).topk(7).values.tolist(), abs=1e-5)
    assert float(reader.page.get_attribute("[data-part=labels] .yours", "data-value")) == approx(found[4].p, abs=1e-5)


def test_orders_are_tried_and_one_is_taken(reader, base, drawn):
    pairs, asked = sorted(drawn[0][:8]), drawn[1]
    reader.page.wait_for_selector("[data-part=orders] svg[data-done=true]")
    block = Block(tuple(pairs), *asked)
    wanted = sorted((shots.probability(base, block.reordered(order)), order) for order in shots.orders(8, 24, 1))
    assert sorted(reader.numbers("[data-part=orders] circle")) == approx([p for p, _ in wanted], abs=1e-5)
    reader.page.click("[data-do=worst]")
    found = settles(reader, base, [pairs[i] for i in wanted[0][1]], asked)
    assert found[-1].p == approx(wanted[0][0], abs=1e-5)
    reader.page.click("[data-do=shuffle]")
    reader.page.wait_for_function(f"() => document.querySelector({ROWS!r}).dataset.pending === 'false'")
    assert sorted(inputs(reader)[:16]) == sorted(cell for pair in pairs for cell in pair)


def test_measured_curves_are_those_of_the_evaluation(reader):
    for part, series in (("labels", "novel labels"), ("seen", "pairs seen"), ("held", "pairs held out")):
        for name in ("base", "nano"):
            answers = json.loads((MODELS / name / EVALUATION).read_text())["figures"]["en"]["answers"]
            line = reader.page.locator(f"[data-part={part}] [data-series={name}]")
            numbers = {int(n): float(p) for n, p in zip(line.get_attribute("data-shots").split(), line.get_attribute("data-shares").split(), strict=True)}
            assert numbers == approx({n: answers[f"{series}, {n} shots"]["share"] for n in numbers}) and len(numbers) == 5


def test_link_brings_back_the_examples_in_another_browser(reader, base, new_reader):
    pairs, asked = [("perro", "sol"), ("pan & miel", "luna"), ('"ñ" 🙂', "sol")], ("caballo", "sol")
    said = json.dumps(["own", *map(list, pairs), list(asked)], ensure_ascii=False, separators=(",", ":"))
    other = new_reader(locale="es-ES")
    other.open("fewshot", lang="es", **{"fewshot.task": "own", "fewshot.form": "colon", "fewshot.at": 1, "fewshot.rows": said})
    settles(other, base, pairs, asked, "own", "colon")
    link = parse_qs(other.page.get_attribute(".tools .copy", "data-query")[1:])
    assert link["fewshot.rows"] == [said] and link["fewshot.at"] == ["1"] and link["lang"] == ["es"]
    assert other.page.inner_text("[data-part=product] pre") == "perro: sol\ncaballo:"
    other.page.click(".guide .go")
    block, question = rules.drawn("labels", "es", 10)
    other.page.wait_for_function(f"() => document.querySelector({ROWS!r}).dataset.said.startsWith('[\"labels.es')")
    assert inputs(other)[-2:] == list(question) and len(other.page.query_selector_all(f"{ROW}.wrong")) == 1 and inputs(other)[0] == block[0][0]
    other.close()
