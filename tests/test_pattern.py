"""The pattern language and the schema of the world's data: what it says, and the one clear line for what is wrong."""
import tomllib

import pytest

from engine.corpus import lexicon as lexicon_
from engine.corpus.chance import Chance, Menu
from engine.corpus.en.grammar import English
from engine.corpus.es.grammar import Spanish
from engine.errors import WorldError

WHERE = ("en/test", "row")


def say(teller_class, source: str, seed: int = 1, roles: dict | None = None) -> str:
    teller = teller_class(Chance(seed), roles or {})
    bank = teller_class.book.made([source], "test", WHERE, "shared")
    return teller.tell(bank).draft().text


def people(teller_class, seed: int = 1):
    teller = teller_class(Chance(seed))
    a, b = teller.cast.person("hero", female=True), teller.cast.person("friend", female=False)
    a.label.known, b.label.of = True, a
    return {"A": a, "B": b}


def test_a_choice_says_each_option_and_costs_its_entropy():
    bank = English.book.made(["[one|two|[three|four]]"], "test", WHERE, "shared")
    seen = {}
    for seed in range(60):
        teller = English(Chance(seed))
        teller.tell(bank)
        seen[teller.draft().text] = round(teller.chance.nats, 4)
    assert seen == {"One": 1.0986, "Two": 1.0986, "Three": 1.7918, "Four": 1.7918}


def test_articles_and_plurals_in_english():
    assert say(English, "look, {a:fruit=x} and [two {pl:x}]").startswith("Look, a")
    for seed in range(80):
        text = say(English, "it is a {adj:quality} {animal}, an {adj:trait} {job}.", seed)
        for word, following in zip(text.split(), text.split()[1:], strict=False):
            if word in ("a", "an"):
                assert (word == "an") == ((following[0] in "aeiou" and not following.startswith(("use", "uni", "euro")) or following.startswith(("hon", "hour")))), text


def test_contractions_and_vowels_in_spanish():
    assert say(Spanish, "va a el parque de el rey y invita a uno o otro.") == "Va al parque del rey e invita a uno u otro."


def test_spanish_agrees_over_the_whole_pattern():
    for seed in range(60):
        text = say(Spanish, "{the:furniture=x} de la casa es muy bonit{o:x} y {lo:x} veo.", seed)
        assert ("bonita y la" in text) == text.startswith("La "), text


def test_an_answer_is_marked_where_it_stands():
    teller = English(Chance(3), people(English))
    teller.tell(English.book.made(["The best friend of {A.name} is {B.name!friend}."], "test", WHERE, "shared"))
    draft = teller.draft()
    (answer,) = draft.answers
    assert (answer.kind, draft.text[answer.start:answer.end]) == ("friend", teller.roles["B"].label.name)


def test_a_person_is_a_pronoun_only_where_it_is_clear():
    bank = English.book.made(["{A} (be) here.", "{B} came too."], "test", WHERE, "shared")
    for seed in range(200):
        roles = people(English, seed)
        roles["B"].female = True
        teller = English(Chance(seed), roles)
        teller.tell(bank, bank)
        last = teller.draft().text.rsplit(". ", 1)[-1]
        first = teller.draft().text.split()[0]
        if first == roles["A"].label.name and "came too" in last:
            assert not last.startswith("She"), teller.draft().text


@pytest.mark.parametrize(("source", "why"), [
    ("[one|two", "a [ is not closed"), ("one]", "a ] stands alone"), ("{zebra crossing}", "is no slot"), ("{a:unicorns}", "says nothing known"),
    ("{nonsense:fruit}", "says nothing known"), ("<nowhere>", "there is no rule <nowhere>"), ("{A.tail}", "says nothing known")])
def test_what_is_no_pattern_is_refused_in_one_line(source, why):
    with pytest.raises(WorldError, match=r"en/test.toml, row: .*") as refused:
        English.book.made([source], "test", WHERE, "shared")
    assert why in str(refused.value) and "\n" not in str(refused.value)


@pytest.fixture
def altered(monkeypatch):
    """Alter a table of the lexicon; everything read before is forgotten, and forgotten again afterwards."""
    real = lexicon_.table.__wrapped__
    changed = {}
    monkeypatch.setattr(lexicon_, "table", lambda *path: changed.get(path) or real(*path))
    lexicon_.lexicon.cache_clear()
    yield changed
    lexicon_.lexicon.cache_clear()


@pytest.mark.parametrize(("table", "change", "why"), [
    ("nouns", lambda t: t["fruit"].update(kiwi={"es": "kiwi"}), "nouns.toml, fruit.kiwi: es is 'kiwi', but must end in the gender, m or f"),
    ("nouns", lambda t: t["fruit"].update(kiwi={}), "nouns.toml, fruit.kiwi: es is missing"),
    ("nouns", lambda t: t["fruit"].update(kiwi={"es": "kiwi m", "tasty": True}), "fruit.kiwi: nothing is called 'tasty' here"),
    ("nouns", lambda t: t["fruit"].update(kiwi={"es": "kiwi m", "mass": "yes"}), "fruit.kiwi: mass is 'yes', but must be a bool"),
    ("nouns", lambda t: t["fruit"].update(kiwi={"es": "kiwi m", "looks": ["grumbly"]}), "fruit.kiwi: there is no adjective 'grumbly'"),
    ("nouns", lambda t: t.update(fruits={"kiwi": {"es": "kiwi m"}}), "nouns.toml, fruits: there is no such kind"),
    ("nouns", lambda t: t["fruit"].update(dog={"es": "perro m"}), "dog: this id is there already"),
    ("nouns", lambda t: t["groups"].update(pets=["cats"]), "groups.pets: there is no kind 'cats'"),
    ("adjectives", lambda t: t["color"].update(teal={"es": "turquesa", "fits": ["things"]}), "color.teal: there is no kind or group 'things'"),
    ("adjectives", lambda t: t["color"].update(teal={"es": "turquesa", "fits": ["toy"], "opposite": "laet"}), "its opposite 'laet' is no row"),
    ("adverbs", lambda t: t["manner"].update(oddly={}), "manner.oddly: es is missing")])
def test_the_schema_names_file_row_and_what_is_wrong(altered, table, change, why):
    wrong = tomllib.loads((lexicon_.WORLD / f"{table}.toml").read_text(encoding="utf-8"))
    change(wrong)
    altered[(table,)] = wrong
    with pytest.raises(WorldError) as refused:
        lexicon_.lexicon("en")
    assert why in str(refused.value) and "\n" not in str(refused.value)


def test_the_lexicon_is_whole():
    for language in lexicon_.LANGUAGES:
        here = lexicon_.lexicon(language)
        assert len(here.nouns) >= 500 and len(here.adjectives) >= 170 and all(here.kinds[kind].options for kind in lexicon_.KINDS)
        assert {"king", "queen", "man", "woman", "prince", "princess"} <= here.nouns.keys()
        for noun in here.nouns.values():
            assert noun.word and noun.plural and (noun.mass or noun.many or noun.plural != noun.word or noun.id.endswith("fish") or noun.id in ("sheep", "deer", "salmon", "dice") or language == "es"), noun


def test_a_menu_draws_in_proportion():
    menu, chance = Menu("abc", (6, 3, 1)), Chance(1)
    counts = {letter: 0 for letter in "abc"}
    for _ in range(10_000):
        counts[chance.draw(menu)] += 1
    assert all(abs(counts[letter] / 10_000 - share) < 0.02 for letter, share in zip("abc", (0.6, 0.3, 0.1), strict=True))
