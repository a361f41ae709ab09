"""Texts that are asked about: the right answer stands in the text beside whom it belongs to, and no guesser finds it without reading."""
import re

import pytest

from engine import probes
from engine.corpus.chance import Chance
from engine.corpus.genre import TELLERS
from engine.corpus.recall import KINDS, TWO_HOPS, Recall, recall, write
from engine.corpus.stream import LANGUAGES

SENTENCE = re.compile(r"[^.!?\n]+")


def told(language: str, seed: int, kind: str, people: int = 2):
    """A text about one kind of thing, what was told in it, and its plain sentences."""
    teller = TELLERS[language](Chance(seed))
    text = Recall(teller, people)
    said = text.pair(kind)
    draft = write(text, said, said, fillers=seed % 4, questions=people)
    first = min(answer.start for answer in draft.answers)
    return text, said, draft, SENTENCE.findall(draft.text[:first])


def key(said, teller) -> str:
    """What a statement is about: the person's name, or where nobody has one the thing's or the job's noun."""
    if said.kind == "owner":
        return said.roles["X"].label.noun.word
    return said.roles["A"].label.name if "A" in said.roles else said.roles["J"].label.noun.word


def says(sentence: str, word: str) -> bool:
    """Whether the word stands in the sentence, whole."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_ground_truth_stands_in_the_text_on_1000_documents(language):
    checked = 0
    for seed in range(1000):
        kind = KINDS[seed % len(KINDS)]
        text, said, draft, sentences = told(language, seed, kind)
        for one, other in (said, said[::-1]):
            about = [s for s in sentences if re.search(rf"(?<!\w){re.escape(key(one, text.teller))}(?!\w)", s)]
            assert any(says(s, one.answer) for s in about), (one, draft.text)
            if key(one, text.teller) != key(other, text.teller):
                both = [s for s in about if says(s, other.answer) and not says(s, one.answer)]
                assert not [s for s in both if kind not in ("friend",) and key(other, text.teller) not in s], (one, both, draft.text)
                checked += 1
    assert checked > 900


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("people", [3, 5])
def test_each_of_several_people_has_an_answer_of_their_own(language, people):
    for seed in range(200):
        text, said, draft, sentences = told(language, seed, KINDS[seed % len(KINDS)], people)
        assert len({one.answer for one in said}) == len(draft.answers) == people, draft.text
        for one in said:
            assert any(says(s, one.answer) and re.search(rf"(?<!\w){re.escape(key(one, text.teller))}(?!\w)", s) for s in sentences), (one, draft.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_alike_is_told_by_one_pattern(language):
    for seed in range(200):
        teller = TELLERS[language](Chance(seed))
        text = Recall(teller, 3, alike=True)
        said = text.pair(KINDS[seed % len(KINDS)])
        first, second = ([re.sub(r"\w+", lambda found: found[0] if found[0][0].islower() else "", text.say(one)).split()[:2] for one in said] for _ in range(2))
        assert first == second and text.forms.keys() == {f"{said[0].kind}_say"}, (first, second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_leads_up_to_its_answer(language):
    """Where a reply may begin with its answer or with other words, the likeliest word is right and still not the answer."""
    for seed in range(300):
        for kind in (*KINDS, *TWO_HOPS):
            prompt = probes.recall_probe(language, kind, seed).prompt
            reply = re.split(r"[?\n] ?[\"”]? ?", prompt)[-1]
            assert re.search(r"\w", reply.partition(":")[2] if re.match(r"(Answer|A|Respuesta|R):", reply) else reply), prompt


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_is_not_given_away_by_its_preposition(language):
    for seed in range(300):
        probe = probes.recall_probe(language, ("place", "put", "carried")[seed % 3], seed)
        assert probe.answer != probe.word and probe.answer.casefold().endswith(probe.word.casefold()) and probe.word in probe.offered, probe


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_what_was_told_under_that_name(language):
    for seed in range(300):
        for kind in (*KINDS, *TWO_HOPS):
            probe = probes.recall_probe(language, kind, 10_000 + seed)
            assert probe.word.casefold() in {offered.casefold() for offered in probe.offered}, probe
            assert probe.word.casefold() in probe.prompt.casefold() and probe.word.casefold() in probe.answer.casefold(), probe


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_place_nor_frequency_gives_the_answer_away(language):
    from engine.evaluate import guesses
    for kind in (*KINDS, *TWO_HOPS):
        found = guesses([probes.recall_probe(language, kind, seed) for seed in range(400)])
        assert max(found.values()) < 0.6, (kind, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_written_again_by_its_seed(language):
    first, second = (recall(TELLERS[language](Chance(7))) for _ in range(2))
    assert first.text == second.text and first.answers == second.answers
