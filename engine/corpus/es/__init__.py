"""Spanish: its genres, and every word they can say."""
from functools import cache

from engine.corpus.es import chat, dialogues, everyday, knowledge, lists, recall, small, stories, tales
from engine.corpus.es.grammar import KNOWN
from engine.corpus.es.lexicon import WORD, lexicon_words
from engine.corpus.facts import facts
from engine.corpus.genre import Genre

GENRES = {
    "story": Genre(19, stories.write_story),
    "fable": Genre(5, tales.write_fable),
    "adventure": Genre(5, tales.write_adventure),
    "diary": Genre(4, tales.write_diary),
    "letter": Genre(4, tales.write_letter),
    "dialogue": Genre(5, dialogues.write_dialogue),
    "shop": Genre(2, dialogues.write_shop),
    "news": Genre(2, tales.write_news),
    "weather": Genre(1.5, small.write_weather),
    "recipe": Genre(1.0, small.write_recipe),
    "riddle": Genre(1, small.write_riddle),
    "description": Genre(2.5, small.write_description),
    "rhyme": Genre(0.5, small.write_rhyme),
    "sentences": Genre(8, everyday.write_sentences),
    "animals": Genre(4, knowledge.write_animals),
    "facts": Genre(7, knowledge.write_facts),
    "quiz": Genre(5, knowledge.write_quiz),
    "questions": Genre(2, knowledge.write_questions),
    "pairs": Genre(6, lists.write_pairs),
    "labels": Genre(6, lists.write_labels),
    "numbers": Genre(2, lists.write_numbers),
    "comprehension": Genre(9, recall.write_comprehension),
    "recall": Genre(9, recall.write_recall),
}
turn = chat.turn


@cache
def words() -> frozenset[str]:
    """Every lower-case word form that the Spanish texts can contain, except made-up names and labels."""
    known = lexicon_words() | KNOWN
    for fact in facts("es"):
        known.update(WORD.findall(f"{fact.article} {fact.subject} {fact.object}".lower()))
    return frozenset(known)
