"""What the story world can write in English."""
import re
from functools import cache

from engine.corpus.en.dialogues import dialogue, shop
from engine.corpus.en.fables import fable
from engine.corpus.en.grammar import FOLDER, load, past, gerund, plural, third
from engine.corpus.en.knowledge import animals, facts, questions, quiz, riddle
from engine.corpus.en.lists import labels, numbers, pairs
from engine.corpus.en.recall import comprehension, recall
from engine.corpus.en.stories import adventure, diary, sentences, story
from engine.corpus.en.texts import description, letter, news, recipe, rhyme, weather
from engine.corpus.facts import facts as world_facts
from engine.corpus.genre import Genre

GENRES: dict[str, Genre] = {
    "story": Genre(17.0, story), "fable": Genre(2.5, fable), "adventure": Genre(3.5, adventure), "diary": Genre(2.5, diary), "letter": Genre(2.5, letter), "dialogue": Genre(3.5, dialogue),
    "shop": Genre(1.5, shop), "weather": Genre(1.5, weather), "recipe": Genre(1.5, recipe), "riddle": Genre(1.0, riddle), "description": Genre(2.5, description), "news": Genre(1.5, news),
    "rhyme": Genre(1.2, rhyme), "sentences": Genre(8.0, sentences), "animals": Genre(2.5, animals), "facts": Genre(8.0, facts), "quiz": Genre(5.0, quiz), "questions": Genre(2.0, questions),
    "pairs": Genre(5.0, pairs), "labels": Genre(6.0, labels), "numbers": Genre(3.0, numbers), "comprehension": Genre(9.0, comprehension), "recall": Genre(9.0, recall),
}
WORD = re.compile(r"[^\W\d_]+")


@cache
def words() -> frozenset[str]:
    """Every lower-case word form that the texts can contain, except made-up names and labels."""
    forms: set[str] = set()
    for path in FOLDER.glob("*.toml"):
        collect(load(path.stem), forms)
    for row in world_facts("en"):
        collect([row.subject, row.object, plural(row.subject), plural(row.object)], forms)
    for row in world_facts("es"):
        collect(row.subject, forms)
    collect([plural(animal) for animal in load("animals")], forms)
    nouns = load("nouns")
    for kind, table in nouns.items():
        if "nouns" in table:
            collect([plural(noun) for noun in table["nouns"]], forms)
    verbs = load("verbs")
    for verb in (*verbs["irregular"], *verbs["regular"], *(verb for table in load("actions").values() for key in table for verb in key.split("_")[:1])):
        collect([verb, past(verb), third(verb), gerund(verb)], forms)
    for actions in load("actions")["thing"].values():
        for phrase in actions:
            verb = phrase.split(" ", 1)[0]
            collect([past(verb), third(verb)], forms)
    return frozenset(forms)


def collect(value, forms: set[str]) -> None:
    """Add the words of strings, lists and tables, keys included."""
    if isinstance(value, str):
        forms.update(WORD.findall(value.lower()))
    elif isinstance(value, dict):
        for key, item in value.items():
            collect(key, forms)
            collect(item, forms)
    elif isinstance(value, (list, tuple)):
        for item in value:
            collect(item, forms)
