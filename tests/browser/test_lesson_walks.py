"""Lessons in a browser: each is walked through in both languages; guesses are the model's numbers; a teacher's link gives the exact view to somebody new."""
import json

import pytest
from pytest import approx

from engine.guess import guessed
from ui import lessons
from ui.i18n import LANGUAGES, Text
from ui.lessons import Lesson, Step

NARROW = (390, 844)


def at_step(reader, number: int) -> None:
    """Wait until the bar shows a step, and the screen below it is drawn."""
    reader.page.wait_for_function("n => document.querySelector('.lesson')?.dataset.step === n", arg=str(number))
    reader.rest()


def guess(reader, word: str) -> None:
    before = len(ledger(reader))
    reader.page.fill(".lesson .word", word)
    reader.page.click(".lesson .send_word")
    reader.page.wait_for_function("n => JSON.parse(document.querySelector('.lesson .rows').dataset.probabilities).length > n", arg=before)
    reader.rest()


def ledger(reader) -> list[float]:
    return json.loads(reader.page.get_attribute(".lesson .rows", "data-probabilities"))


def drawn(reader) -> list[str]:
    return reader.all("[data-part]", "part")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", tuple(lessons.structure()))
def test_every_lesson_can_be_walked_through(new_reader, base, name, language):
    lesson, reader = lessons.shipped(name, Text(language)), new_reader()
    reader.page.goto(f"{reader.url}/?lesson={name}&lang={language}")
    guesses = []
    for number, step in enumerate(lesson.steps, 1):
        at_step(reader, number)
        assert reader.title() == Text(language)(f"{step.screen}.title") and not reader.page.locator("[data-testid=stException], [data-testid=stAlert]").count()
        assert not {part for part in drawn(reader) if f"{step.screen}.{part}" in (*step.hide, *step.cover)}
        if "prompt" in step.knobs:
            reader.page.wait_for_function("text => document.querySelector('.st-key-prompt input').value === text", arg=step.knobs["prompt"])
            reader.rest()
        if step.guess:
            guess(reader, word := step.knobs["prompt"].split()[-1])
            guesses.append(guessed(base, step.knobs["prompt"], word).probability)
            reader.page.wait_for_function("names => names.every(name => document.querySelector(`[data-part=${name}]`))", arg=[part.partition(".")[2] for part in step.cover])
        if step.question:
            reader.page.click(f".lesson .options [data-option='{step.right}']")
            assert reader.page.inner_text(".lesson .answer").startswith(Text(language)("lessons.bar.right").strip("*"))
        assert ledger(reader) == approx(guesses, abs=1e-6)
        if number < len(lesson.steps):
            reader.page.click(".lesson .on")
    assert reader.page.is_disabled(".lesson .on") and f"lesson={name}" in reader.page.url
    reader.page.click(".lesson .leave")
    reader.page.wait_for_function("() => !document.querySelector('.lesson')")
    reader.rest()
    assert "lesson" not in reader.page.url
    reader.close()


def test_a_teachers_link_gives_a_new_reader_the_exact_view(new_reader):
    lesson = Lesson("Prueba", "es", (
        Step("attention", {"prompt": "Había una vez un zorro", "attention.head": "2.3", "attention.view": "lines"}, "Mira **esto**.", ("guide", "attention.pair", "attention.top"), (), False,
             "¿Cuál?", ("una", "dos"), 1, "Porque sí."),
        Step("probabilities", {"prompt": "El sol", "probabilities.temperature": "1.5"}, "Y ahora esto.")))
    reader = new_reader(NARROW, color_scheme="dark")
    reader.page.goto(f"{reader.url}/?lesson={lessons.pack(lesson)}")
    at_step(reader, 1)
    assert (reader.title(), reader.typed()) == (Text("es")("attention.title"), "Había una vez un zorro")
    assert "attention.head=2.3" in reader.page.url and "2.3" in reader.page.inner_text("[data-part=head] h3") and not {"pair", "attention.guide"} & set(drawn(reader))
    assert not reader.page.locator(".controls [data-name='attention.top']").count() and reader.page.inner_text(".lesson .text b") == "esto"
    assert reader.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    reader.page.click(".lesson .on")
    at_step(reader, 2)
    assert (reader.title(), reader.typed()) == (Text("es")("probabilities.title"), "El sol") and "probabilities.temperature=1.5" in reader.page.url
    reader.page.click(".lesson .back")
    at_step(reader, 1)
    assert reader.typed() == "Había una vez un zorro"
    reader.close()


def test_who_strays_is_led_back_to_the_step_as_it_was(new_reader):
    reader = new_reader()
    reader.page.goto(f"{reader.url}/?lesson=attention&step=3&lang=en")
    at_step(reader, 3)
    reader.type("something else")
    reader.page.click(".vt-side [data-screen=tokens]")         # the bar stays, as the page below it changes
    reader.page.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=Text("en")("tokens.title"))
    reader.rest()
    assert reader.page.inner_text(".lesson .away") == Text("en")("lessons.away", name=Text("en")("attention.name"))
    reader.page.click(".lesson .return")
    reader.page.wait_for_url("**/attention?**")
    reader.rest()
    assert reader.typed() == Text("en")("lessons.attention.3.prompt")
    reader.close()


def test_a_copied_link_in_a_lesson_keeps_what_was_set(new_reader):
    first = new_reader()
    first.page.goto(f"{first.url}/?lesson=model&step=5&lang=en")
    at_step(first, 5)
    first.type("The fox")
    first.page.click(".tools .copy")
    link = first.page.evaluate("() => navigator.clipboard.readText()")
    first.close()
    second = new_reader()
    second.page.goto(link)
    at_step(second, 5)
    second.wait_for("The fox")
    second.page.wait_for_timeout(4000)                  # longer than the bar waits before it asks again for what has not come
    assert second.typed() == "The fox"
    second.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_link_says_what_is_wrong_with_it(new_reader, language):
    reader = new_reader()
    reader.page.goto(f"{reader.url}/?lesson=1.abcdef&lang={language}")
    reader.rest()
    assert reader.page.inner_text("[data-testid=stAlert]").strip().endswith(Text(language)("error.lesson_damaged")) and not reader.page.locator(".lesson").count()
    reader.close()


def test_a_teacher_prepares_a_lesson_and_tries_it(new_reader):
    reader = new_reader()
    reader.page.goto(f"{reader.url}/lessons?lang=en")
    reader.page.get_by_role("heading", name="A lesson of your own").wait_for()
    reader.page.click(".vt-side [data-screen=attention]")
    reader.page.wait_for_url("**/attention**")
    reader.rest()
    reader.type("My own text here")
    reader.page.click("text=Add this view to my lesson")
    reader.page.wait_for_selector("[data-testid=stToast]")
    reader.page.click(".vt-side [data-screen=lessons]")
    box = reader.page.get_by_role("textbox", name="What to do here")
    box.fill("Look **here**.")
    reader.page.get_by_role("button", name="Try it").click()            # what is typed counts, although nothing has been drawn with it
    at_step(reader, 1)
    assert (reader.page.inner_text(".lesson .text"), reader.typed(), reader.title()) == ("Look here.", "My own text here", Text("en")("attention.title"))
    reader.close()
