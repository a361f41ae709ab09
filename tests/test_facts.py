"""The facts and their wording: the same facts in both languages, every template fills, and what is held out is held out."""
import re

import pytest

from engine.corpus.facts import SLOT, facts, phrasing, untrue, word

SLOTS = {"en": {"a", "the", "s", "p", "head", "tail", "o", "ao"}, "es": {"a", "un", "s", "os", "head", "tail", "o", "ao", "m"}}
WRONG = {"en": r"\b[Aa] [aeio]|\b[Aa]n [^aeiouh]", "es": r"\b[Dd]e el [a-z]|\b[Aa] el [a-z]"}
OBJECT = re.compile(r"{(o|ao|m)}")
RELATIONS = sorted({fact.relation for fact in facts("en")})
both = pytest.mark.parametrize("language", ["en", "es"])


def training(wording):
    return (wording.full, *wording.say, *wording.ask, *wording.reply)


def test_both_languages_hold_the_same_facts():
    ids = [fact.id for fact in facts("en")]
    assert ids == [fact.id for fact in facts("es")]
    assert len(ids) == len(set(ids)) >= 400


@both
def test_objects_are_words_without_an_article(language):
    for fact in facts(language):
        assert len(fact.object) > 1 and fact.object == fact.object.strip() and fact.subject, fact
        assert fact.object.split()[0] not in {"a", "an", "the", "el", "la", "los", "las", "un", "una"}, fact
        assert {fact.article, fact.object_article} <= ({"", "a", "the"} if language == "en" else
                                                       {"", "el", "la", "los", "las", "un", "una"}), fact


@both
def test_a_subject_has_one_object_in_a_relation(language):
    for relation in RELATIONS:
        subjects = [fact.subject for fact in facts(language) if fact.relation == relation]
        assert len(subjects) == len(set(subjects)), relation


@both
@pytest.mark.parametrize("relation", RELATIONS)
def test_there_is_wording_enough(language, relation):
    wording = phrasing(language, relation)
    assert len(wording.say) >= 8 and len(wording.ask) >= 5 and len(wording.reply) >= 3 and len(wording.heldout) >= 3
    assert len(wording.title) >= 3 and len(wording.columns) == 2
    for template in (wording.line, *training(wording), *wording.heldout):
        assert set(SLOT.findall(template)) <= SLOTS[language], template
    assert all(OBJECT.search(template) for template in (wording.full, *wording.say, *wording.reply, *wording.heldout))
    assert not any(OBJECT.search(template) for template in (wording.line, *wording.ask))


@both
def test_every_phrasing_fills_for_every_fact(language):
    for fact in facts(language):
        wording = phrasing(language, fact.relation)
        for template in (wording.line, *training(wording), *wording.heldout):
            text, start, end = word(template, fact, language)
            assert not re.search(rf"[{{}}]|  |^ | $|{WRONG[language]}", text), text
            assert not re.search(r"(^|[.?!] )[¿¡\"«]*[a-záéíóúñ]", text), text
            if OBJECT.search(template):
                found, told = text[start:end].lower(), fact.object.lower()
                assert found == told or "{m}" in template and found[:-1] == told[:-1], text
            else:
                assert (start, end) == (-1, -1)


@both
def test_heldout_phrasings_end_with_the_object_and_are_in_no_text(language):
    said = " | ".join(template for relation in RELATIONS for template in training(phrasing(language, relation)))
    for fact in facts(language):
        for template in phrasing(language, fact.relation).heldout:
            text, start, end = word(template, fact, language)
            assert text[start:] == fact.object and end == len(text), text
            assert template not in said
            assert len(OBJECT.findall(template)) == 1


@both
def test_a_false_statement_is_false(language):
    for fact in facts(language):
        for lie in untrue(fact, language):
            assert lie.id == fact.id and lie.object != fact.object
            assert word(phrasing(language, fact.relation).full, lie, language)[0] != \
                word(phrasing(language, fact.relation).full, fact, language)[0]


@pytest.mark.parametrize("language, template, name, text", [
    ("en", "{ao} is a baby {s}.", "baby.owl", "An owlet is a baby owl."),
    ("en", "where is {a}? {the} is here.", "home.ant", "Where is an ant? The ant is here."),
    ("es", "el hogar de {a} es {ao}", "home.bear", "El hogar del oso es una cueva"),
    ("es", "A {a} le gusta vivir en {ao}.", "home.camel", "Al camello le gusta vivir en el desierto."),
    ("es", "¿{a} es {ao}? sí, es {ao}.", "category.eagle", "¿El águila es un ave? Sí, es un ave."),
    ("es", "La capital de {a} es {o}.", "capital.egypt", "La capital de Egipto es El Cairo."),
])
def test_articles_contractions_and_large_letters(language, template, name, text):
    assert word(template, next(fact for fact in facts(language) if fact.id == name), language)[0] == text
