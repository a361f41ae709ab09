"""The Spanish corpus: known words, agreement, answers that stand in the text, held-out pairs, paired marks."""
import re

import pytest

from engine.corpus.chance import Chance
from engine.corpus.es import GENRES, turn, words
from engine.corpus.es.lexicon import agree, nouns
from engine.corpus.es.lists import ENGLISH, TASK_WEIGHTS
from engine.corpus.facts import facts
from engine.corpus.split import held_out

WORD = re.compile(r"[^\W\d_]+")
DRAFTS = [(genre, GENRES[genre].write(Chance(seed))) for seed in range(27) for genre in GENRES]     # 621 documents
TEXTS = [(genre, draft.text) for genre, draft in DRAFTS]


def test_nearly_every_word_is_known():
    tokens = [token for genre, text in TEXTS if genre != "labels" for token in WORD.findall(text)]
    missing = [token for token in tokens if token.lower() not in words() and not token[0].isupper()]
    assert len(missing) <= 0.01 * len(tokens), sorted(set(missing))


@pytest.mark.parametrize("noun", nouns().values(), ids=lambda noun: noun.bare)
def test_article_noun_and_adjective_agree(noun):
    masculine = {"o": "a", "os": "as"}
    for adjective in noun.adjectives:
        phrase = noun.with_adjective(adjective)
        indefinite, form = phrase.un.split()[0], agree(adjective, noun.g)
        assert indefinite in ({"un", "unos", "una", "unas"} if noun.bare in ("agua", "águila") else {"una", "unas"} if noun.g == "f" else {"un", "unos"})
        if adjective.endswith("o"):
            assert form == (adjective[:-1] + masculine["o"] if noun.g == "f" else adjective) or " " in adjective
        if phrase.o in ("os", "as"):
            assert phrase.adj.endswith("s")
        assert phrase.all.endswith(phrase.adj) and noun.bare in phrase.all


def test_no_article_quarrels_with_its_noun():
    gender = {noun.bare: noun.g for noun in nouns().values() if noun.bare not in ("agua", "águila")}
    for genre, text in TEXTS:
        if genre in ("pairs", "labels"):
            continue
        for article, word in re.findall(r"\b([Ee]l|[Ll]a|[Uu]na?) ([a-záéíóúñ]+)\b", text):
            if word in gender and word not in ("cometa", "naranja", "rosa", "mañana"):
                assert (article.lower() in ("la", "una")) == (gender[word] == "f"), (genre, article, word, text)


@pytest.mark.parametrize("genre", ["recall", "comprehension"])
def test_answers_stand_earlier_in_the_text(genre):
    for seed in range(300):
        draft = GENRES[genre].write(Chance(seed))
        assert draft.answers
        for answer in draft.answers:
            text = draft.text[answer.start:answer.end]
            assert text.lower() in draft.text[:answer.start].lower(), draft.text


def test_held_out_pairs_never_appear_in_the_text():
    kept_back = {(fact.subject, fact.object) for fact in facts("es") if fact.relation in TASK_WEIGHTS
                 and held_out("pair", fact.relation, fact.subject)}
    kept_back |= {(noun.bare, noun.many) for noun in nouns().values() if held_out("pair", "plural", noun.bare)}
    kept_back |= {pair for pair in ENGLISH.items() if held_out("pair", "english", pair[0])}
    kept_back |= {(right, left) for left, right in ENGLISH.items() if held_out("pair", "spanish", right)}
    assert len(kept_back) > 30
    seen = set()
    for seed in range(2000):
        rows = re.split(r"\n|, |; ", GENRES["pairs"].write(Chance(seed)).text)
        seen.update(tuple(re.split(r" ?(?:->|=>|→|=|:| -) ", row)) for row in rows)
    assert len(seen) > 500 and not seen & kept_back


@pytest.mark.parametrize("genre", GENRES)
def test_marks_come_in_pairs_and_slots_are_filled(genre):
    for seed in range(100):
        text = GENRES[genre].write(Chance(seed)).text
        assert text.count("?") == text.count("¿"), text
        assert text.count("!") == text.count("¡"), text
        assert text == text.strip() and "  " not in text and not set("{}[]|<") & set(text), text
        assert " de el " not in text and " a el " not in text, text


def test_no_sentence_is_told_twice():
    for genre, text in TEXTS:
        if genre in ("story", "fable", "adventure", "diary", "letter", "recall"):
            sentences = [part for part in re.split(r"(?<=[.!?]) |\n", text) if len(part) > 12]
            assert len(sentences) == len(set(sentences)), text


def test_turns_answer_in_one_sentence():
    for seed in range(300):
        exchange = turn(Chance(seed))
        assert exchange.user and exchange.assistant[-1] in ".!?", exchange
