"""The English texts: their words are known, their articles agree, their answers can be known, what is held out stays out."""
import re

import pytest

from engine.corpus.chance import Chance
from engine.corpus.en import GENRES, WORD, words
from engine.corpus.en.chat import turn
from engine.corpus.en.lists import tasks
from engine.corpus.facts import facts
from engine.corpus.split import held_out

SEEDS = 30


@pytest.fixture(scope="module")
def drafts():
    return [(genre, seed, write(Chance(seed))) for genre, (_, write) in GENRES.items() for seed in range(SEEDS)]


def missing(texts):
    """Word tokens that words() does not know; a capital inside a text marks a made-up name."""
    return [word for text in texts for word in WORD.findall(text) if word.lower() not in words() and not word[0].isupper()]


def test_words_are_known(drafts):
    texts = [draft.text for genre, _, draft in drafts if genre != "labels"]
    total = sum(len(WORD.findall(text)) for text in texts)
    assert len(drafts) >= 600
    assert len(missing(texts)) / total < 0.01, missing(texts)[:40]


def test_articles_agree(drafts):
    vowel = re.compile(r"\b([Aa]n?) ([A-Za-z]\w+)")
    for genre, seed, draft in drafts:
        if genre in ("labels", "pairs", "numbers"):
            continue
        for article, noun in vowel.findall(draft.text):
            if noun.lower() in ("and", "is", "or") or noun.lower().startswith(("use", "uni", "one", "hour")):
                continue
            expected = "an" if noun[0].lower() in "aeiou" else "a"
            assert article.lower() == expected, (genre, seed, article, noun, draft.text)


def test_answers_stand_earlier(drafts):
    for genre, seed, draft in drafts:
        if genre in ("recall", "comprehension"):
            assert draft.answers, (genre, seed)
            for answer in draft.answers:
                gold = draft.text[answer.start:answer.end]
                assert gold.lower() in draft.text[:answer.start].lower(), (genre, seed, gold, draft.text)


def test_facts_are_right(drafts):
    known = {fact.id: fact for fact in facts("en")}
    marked = 0
    for _, _, draft in drafts:
        for answer in draft.answers:
            if answer.fact:
                marked += 1
                assert draft.text[answer.start:answer.end].lower() == known[answer.fact].object.lower(), draft.text
    assert marked > 100


def test_held_out_pairs_never_stand_in_lists():
    for task, rows in tasks().items():
        assert not [left for left, _ in rows if held_out("pair", task, left)], task
    known = {(left, right) for rows in tasks().values() for left, right in rows}
    for seed in range(200):
        draft = GENRES["pairs"].write(Chance(seed))
        for line in draft.text.splitlines():
            if " -> " in line and "; " not in line and ", " not in line:
                assert tuple(line.split(" -> ")) in known, line


def test_no_sentence_twice(drafts):
    for genre, seed, draft in drafts:
        if genre in ("story", "adventure", "fable", "recall"):
            sentences = [part for part in re.split(r"(?<=[.!?]) ", draft.text) if len(part) > 25]
            assert len(sentences) == len(set(sentences)), (genre, seed, draft.text)


def test_slots_are_filled(drafts):
    for genre, seed, draft in drafts:
        assert not re.search(r"[{}]|  |\.\.(?!\.)| [.,!?]", draft.text.replace(", ,", "")), (genre, seed, draft.text)
        assert draft.text == draft.text.strip()


def test_generation_repeats():
    for write in (genre.write for genre in GENRES.values()):
        assert write(Chance(7)).text == write(Chance(7)).text


def test_turns_answer_in_one_language():
    known = {fact.id: fact for fact in facts("en")}
    turns = [turn(Chance(seed)) for seed in range(600)]
    assert all(item.user.strip() and item.assistant[-1] in ".!?" for item in turns)
    for item in turns:
        if item.fact:
            assert known[item.fact].object.lower() in item.assistant.lower()
