"""Every word that a language's texts can hold by themselves, names made up for one text aside: to tell when a text leaves its language."""
import re
from functools import cache

from engine.corpus.facts import facts
from engine.corpus.genre import TELLERS
from engine.corpus.lexicon import WORLD, lexicon, table
from engine.corpus.tail import ASPECTS, answer, towns

WORD = re.compile(r"[^\W\d_]+")
SLOT = re.compile(r"\{[^}]*\}|<\w+>|\([\w ]+[~!?]?(?::[A-Z+]+)?\)")
TENSES = ("present", "preterite", "imperfect", "subjunctive")
PERSONS = ("1s", "3s", "1p", "3p")
PRONOUNS = {"en": "i me my myself you your he him his himself she her hers herself it its itself we us our ourselves they them their themselves t s d ll m re ve",
            "es": "yo me mi mis mí conmigo tú te ti tu tus él ella ello le lo la se su sus nosotros nos nuestro nuestra ellos ellas les los las un una unos unas al del e u"}


@cache
def words(language: str) -> frozenset[str]:
    """Every lower-case word form of a language: lexicon with all its inflections, facts, patterns, closed classes and names."""
    forms: set[str] = set(PRONOUNS[language].split())
    here = lexicon(language)
    for noun in here.nouns.values():
        _add(forms, noun.word, noun.plural)
    for row in here.adjectives.values():
        _add(forms, row.word, row.feminine, row.plural, row.feminine_plural, row.comparative, row.superlative)
    for fact in facts(language):
        _add(forms, fact.subject, fact.object)
    for town in towns():
        _add(forms, town.name, *(answer(language, town, aspect) for aspect in ASPECTS))
    names = table("names")
    _add(forms, *names[language]["girls"], *names[language]["boys"], *names["pets"][language], *names["towns"][language])
    for path in (WORLD / language).rglob("*.toml"):
        _collect(table(language, *path.relative_to(WORLD / language).with_suffix("").parts), forms)
    for verb in _verbs(language):
        _add(forms, *inflections(language, verb))
    return frozenset(forms)


def core(language: str) -> tuple[list[str], list[str]]:
    """What texts ask to be looked up or known by heart, one word each: names of people and pets; things, places, colors, and words of facts."""
    here, names = lexicon(language), table("names")
    called = [*names[language]["girls"], *names[language]["boys"], *names["pets"][language]]
    spoken = [noun.word for kind in ("thing", "place", "pet", "job") for noun in here.kinds[kind].options]
    spoken += [color.word for color in here.classes["color"].options] + [said for fact in facts(language) for said in (fact.subject, fact.object)]
    return ([name for name in dict.fromkeys(called) if " " not in name], [word for word in dict.fromkeys(spoken) if " " not in word])


def _verbs(language: str) -> set[str]:
    """The verbs of the lexicon and those that stand in brackets in a pattern."""
    found = {row.get("verb", id_.replace("_", " ")) for id_, row in table(language, "verbs").items()}
    for path in (WORLD / language).rglob("*.toml"):
        found.update(match[1] for match in re.finditer(r"\((\w+)[~!?]?(?::[A-Z+]+)?\)", path.read_text(encoding="utf-8")))
    return found


def inflections(language: str, verb: str) -> list[str]:
    """Every form of a verb that a text can hold."""
    teller = TELLERS[language]
    if language == "en":
        from engine.corpus.en.grammar import BE, VERB_FORMS
        return ["been", "being", *BE["past"].values(), *BE["present"].values()] if verb == "be" else [verb, *(form(verb) for form in VERB_FORMS.values())]
    from engine.corpus.es.conjugate import conjugate, gerund, infinitive, participle
    if teller.unknown_verb(verb):
        return [verb]
    head, _, rest = verb.partition(" ")
    return [rest, participle(head), *(gerund(head, person) for person in PERSONS), *(infinitive(head, person) for person in PERSONS),
            *(conjugate(head, tense, person) for tense in TENSES for person in PERSONS)]


def _add(forms: set[str], *texts: str) -> None:
    for text in texts:
        forms.update(WORD.findall(text.lower()))


def _collect(value, forms: set[str]) -> None:
    """The words of strings, lists and tables, without what stands in slots."""
    if isinstance(value, str):
        forms.update(WORD.findall(SLOT.sub(" ", value).lower()))
        for ending in ("o", "a", "os", "as"):                   # cansad{A.o}
            if "{" in value:
                forms.update(WORD.findall(re.sub(r"\{(?:\w\.)?o(?::\w)?\}", ending, value).lower()))
    elif isinstance(value, dict):
        for item in value.values():
            _collect(item, forms)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, forms)
