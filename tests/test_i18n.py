"""Numbers, shares and plurals as each language writes them, and errors in the reader's words."""
import pytest

from engine import EngineError, KnobError, ModelError
from ui.i18n import LANGUAGES, Text


@pytest.mark.parametrize("value, digits, en, es", [
    (1234567.891, 2, "1,234,567.89", "1.234.567,89"), (0.5, 2, "0.50", "0,50"), (4096, 0, "4,096", "4.096"),
    (-1.5, 1, "−1.5", "−1,5"), (0, 0, "0", "0"), (999.999, 1, "1,000.0", "1.000,0")])
def test_number(value, digits, en, es):
    assert (Text("en").number(value, digits), Text("es").number(value, digits)) == (en, es)


@pytest.mark.parametrize("share, digits, en, es", [
    (0.5, 0, "50%", "50\u202f%"), (1.0, 0, "100%", "100\u202f%"), (0.1234, 1, "12.3%", "12,3\u202f%"),
    (0.0, 0, "0%", "0\u202f%"), (0.0001, 0, "< 1%", "< 1\u202f%"), (0.0001, 1, "< 0.1%", "< 0,1\u202f%"),
    (1e-9, 1, "< 0.1%", "< 0,1\u202f%"), (0.006, 0, "1%", "1\u202f%")])
def test_percent(share, digits, en, es):
    assert (Text("en").percent(share, digits), Text("es").percent(share, digits)) == (en, es)


def test_plurals():
    en, es = Text("en"), Text("es")
    assert en("live.hidden", count=1) == "1 earlier token" and en("live.hidden", count=0) == "0 earlier tokens"
    assert es("live.hidden", count=1) == "1 token anterior" and es("live.hidden", count=2) == "2 tokens anteriores"
    assert en("live.hidden", count=1234).startswith("1,234 ") and es("live.hidden", count=1234).startswith("1.234 ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_entry_without_values_is_left_as_it_is(language):
    assert "{name}" in Text(language)("error.model_missing")
    assert Text(language)("error.model_missing", name="x").count("x") > Text(language)("error.file_missing").count("x")


def test_key_that_is_not_there_is_our_mistake():
    with pytest.raises(KeyError):
        Text("en")("no.such.key")


def test_group_holds_what_stands_under_a_prefix():
    assert set(Text("es").group("home.stage.tokens")) == {"title", "note"}
    assert Text("en").group("no.such.group") == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_speaks_the_readers_language(language):
    t = Text(language)
    assert t.error(ModelError("file_missing", "plain words", file="a.b")) == t("error.file_missing", file="a.b")
    assert "a.b" in t.error(ModelError("file_missing", "plain words", file="a.b"))
    assert "2" in t.error(KnobError("window", "plain words", size=1, least=2))
    assert t.error(EngineError("nobody_translated_this", "plain words")) == "plain words"
