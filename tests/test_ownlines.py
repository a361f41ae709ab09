"""A reader's own lines: questions parted from answers, some kept out, and what is no text refused in a sentence."""
import pytest

from engine import TextError
from engine.ownlines import EVERY, FROM, LARGEST, LEAST, MOST, Line, parse, part, read

FIVE = "one\ntwo\nthree\nfour\nfive"


@pytest.mark.parametrize("line, expected", [
    ("Who? => Me.", Line("Who?", "Me.")), ("Who?\tMe.", Line("Who?", "Me.")), ("¿Quién? → Yo.", Line("¿Quién?", "Yo.")), ("a=>b => c", Line("a", "b => c")),
    ("a → b => c", Line("a", "b => c")), ("plain text", Line(None, "plain text")), ("=> no question", Line(None, "=> no question")),
    ("no answer =>", Line(None, "no answer =>")), ("👩‍👩‍👧 => <b>ñ</b> 🙂", Line("👩‍👩‍👧", "<b>ñ</b> 🙂")), ("  Who?  =>  Me.  ", Line("Who?", "Me."))])
def test_an_arrow_or_a_tab_parts_a_question_from_its_answer(line, expected):
    assert parse(f"{FIVE}\n{line}\n")[-1] == expected


def test_blank_lines_do_not_count():
    assert parse("\n\n one \r\n\t\n" + FIVE) == [Line(None, word) for word in ("one", *FIVE.split())]


@pytest.mark.parametrize("count, code", [(0, "lines_few"), (LEAST - 1, "lines_few"), (MOST + 1, "lines_many")])
def test_too_few_lines_and_too_many(count, code):
    with pytest.raises(TextError) as raised:
        parse("x\n" * count)
    assert raised.value.code == code and raised.value.details["count"] == count


@pytest.mark.parametrize("count", [LEAST, FROM - 1, FROM, 23, MOST])
def test_every_fifth_line_is_kept_out_of_ten_or_more_and_none_is_lost(count):
    lines = parse("".join(f"line {i}\n" for i in range(1, count + 1)))
    learnt, kept_out = part(lines)
    assert sorted(learnt + kept_out) == sorted(lines)
    assert kept_out == ([line for i, line in enumerate(lines, 1) if i % EVERY == 0] if count >= FROM else [])


@pytest.mark.parametrize("data, code", [
    (b"", "text_empty"), (b" \n\t ", "text_empty"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, "text_foreign"), (bytes(range(256)), "text_foreign"),
    (b"a\0b", "text_foreign"), ("é".encode("latin-1"), "text_foreign"), (b"x" * (LARGEST + 1), "text_large")])
def test_a_file_that_is_no_text_is_refused(data, code):
    with pytest.raises(TextError) as raised:
        read(data, "lines.txt")
    assert raised.value.code == code and raised.value.details["file"] == "lines.txt"


def test_a_text_file_is_read_as_it_is():
    assert read("\ufeffaño => 🙂\r\nb".encode(), "lines.txt") == "año => 🙂\nb"
