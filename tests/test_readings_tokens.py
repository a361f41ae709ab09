"""What the screen of tokens says: nothing is lost in the chips, bytes are spelt, the table holds what is drawn."""
import math

import pytest
from pytest import approx

from engine.surprise import surprise
from ui import session
from ui.figures.tokens import label, readable
from ui.i18n import Text
from ui.knobs import KNOBS
from ui.readings import tokens as readings

t = Text("en")
TEXT = "Once the ñandú met 👩‍👩‍👧!"


pytestmark = pytest.mark.usefixtures("untouched")


@pytest.fixture(scope="module")
def lm():
    return session.model()


def found(lm, text: str) -> readings.Cut:
    return readings.cut(lm, text, lm.trace(text))


def test_chips_hold_every_byte_of_the_text_in_order(lm):
    rows = readings.chips(t, lm, found(lm, TEXT))
    assert rows[0]["state"] == "special" and rows[0]["word"] is None
    assert bytes.fromhex("".join(row["hex"] for row in rows[1:])).decode() == TEXT
    assert [row["id"] for row in rows[1:]] == lm.tokenizer.encode(TEXT)
    starts = [row["word"] for row in rows[1:] if row["starts"]]
    assert starts == sorted(set(lm.tokenizer.words(TEXT)))


def test_counts_are_of_the_text(lm):
    values = [value for value, _ in readings.counts(t, found(lm, TEXT))]
    assert values[:3] == [str(len(TEXT)), str(len(TEXT.encode())), str(len(lm.tokenizer.encode(TEXT)))]
    assert float(values[3]) == approx(len(TEXT) / len(lm.tokenizer.encode(TEXT)), abs=0.005)
    assert [value for value, _ in readings.counts(t, found(lm, ""))] == ["0", "0", "0", "–"]


def test_long_text_keeps_what_fell_out_among_the_chips(lm):
    cut = found(lm, "one two three " * 200)
    rows = readings.chips(t, lm, cut)
    assert cut.dropped > readings.MOST and sum(row["state"] == "dropped" for row in rows) == readings.MOST
    assert len(rows) == lm.context + readings.MOST and str(cut.dropped - readings.MOST) in readings.hidden(t, cut)
    assert readings.hidden(t, found(lm, TEXT)) == ""


@pytest.mark.parametrize("text, word", [("The cat.", b" cat"), ("¿Y 7?", b"7"), ("...", b"..."), ("The fox 👩‍👩‍👧", b" fox"), ("   ", b"   ")])
def test_word_to_replay_is_the_last_with_a_letter(lm, text, word):
    cut = found(lm, text)
    assert cut.bytes(readings.chosen(cut)) == word


def test_word_that_was_chosen_is_replayed_while_the_text_has_it(lm, untouched):
    untouched["tokens.word"] = "1"
    cut = found(lm, "The xylophone sleeps")
    assert cut.bytes(readings.chosen(cut)) == b" xylophone"
    assert readings.replay(cut, 1).pieces() == [token.id for token, word in zip(cut.tokens, cut.words, strict=True) if word == 1]
    assert readings.chosen(found(lm, "cat")) == 0
    assert readings.chosen(found(lm, "")) is None


def test_word_too_long_to_draw_says_so(lm):
    cut = found(lm, "x" * 500)
    assert readings.replay(cut, 0) is None and "500" in readings.missing(t, cut, 0)


@pytest.mark.parametrize("data, text", [(b" cat", "·cat"), (b"\xc3", "C3"), (b"\xc3\xb1", "ñ"), (b"\n", "⏎"), ("\u200d".encode(), "⟨200D⟩"), (b"\x80\x81", "80 81")])
def test_piece_is_letters_once_it_is_whole(data, text):
    assert readable(data) == text


def test_joiner_by_itself_is_seen(lm):
    assert all(label(t, token).strip() for token in found(lm, TEXT).tokens)


@pytest.mark.parametrize("text", [TEXT, "", "one two three " * 200])
def test_table_holds_every_token_and_its_measures(lm, text):
    trace = lm.trace(text)
    measured = surprise(trace)
    cut, sides = found(lm, text), readings.sides(t, lm)
    word = readings.chosen(cut)
    replay = readings.replay(cut, word)
    whole = readings.table(t, lm, cut, trace, measured, word, replay, sides)
    frame = whole[whole["part"] == "your text"]
    assert len(frame) == len(trace.tokens) + len(trace.dropped)
    assert len(whole) - len(frame) == (len(replay.merges) if replay else 0) + sum(len(side["tokens"]) for side in sides)
    assert whole["rule"].dropna().tolist() == [merge.rank + 1 for merge in (replay.merges if replay else ())]
    assert frame["rank"].dropna().tolist() == measured.ranks.tolist()
    assert frame["probability"].dropna().tolist() == approx(measured.logprobs.double().exp().tolist())
    assert measured.perplexity is None or math.exp(frame["surprise (nats)"].dropna().astype(float).mean()) == approx(measured.perplexity)


def test_costs_are_the_tokenizers(lm, untouched):
    untouched |= {"tokens.pair": "own", "tokens.en": "The cat", "tokens.es": ""}
    english, spanish = readings.sides(t, lm)
    assert [token["id"] for token in english["tokens"]] == lm.tokenizer.encode("The cat") and spanish["tokens"] == []
    assert english["share"] == len(english["tokens"]) / lm.context
    assert readings.compared(t, lm, [english, spanish]).startswith(t("tokens.pair_missing"))


def test_pairs_and_knob_name_the_same_sentences():
    names = t.group("tokens.sentences").keys()
    assert {*names, "own"} == t.group("tokens.pairs").keys()
    assert all(KNOBS["tokens.pair"].parse(name) == name for name in t.group("tokens.pairs"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_card_tells_the_truth(lm, language):
    speech = Text(language)
    right, values = readings.answer(speech)
    assert right in speech.group("tokens.guide.option") and values["characters"] == 5
    assert values["tokens"] == len(lm.tokenizer.encode("👩‍👩‍👧"))
