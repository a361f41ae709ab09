"""What a model can do, measured on texts it has not seen: loss, recall, facts, and stories, and how an assistant answers."""
import importlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import torch
from torch.nn import functional as F

from engine.chats import admits, heldout_questions, is_sentence, says, unknown_questions
from engine.corpus.document import Document
from engine.corpus.stream import LANGUAGES, documents, for_validation
from engine.lm import LanguageModel

SEED = 2_000_000                    # of the documents evaluated on; training never uses it
UNKNOWN = 100                       # questions about things that do not exist
LONGEST = 40                        # tokens of an answer
OPENINGS = {"en": "Once upon a time", "es": "Había una vez"}
WORD = re.compile(r"[^\W\d_]+")


def interval(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, share = 1.96, hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def evaluate(lm: LanguageModel, count: int = 1500, stories: int = 20) -> dict:
    """Every figure by language: loss and entropy floor in nats per token, answers right, story words in the lexicon."""
    result = {}
    for language in LANGUAGES:
        chosen = list(_fresh(language, count))
        result[language] = losses(lm, chosen) | {"answers": answers(lm, chosen), "stories": lexical(lm, language, stories)}
    return result


def evaluate_assistant(lm: LanguageModel, questions: int | None = None, seed: int = SEED) -> dict:
    """By language: facts that no example held, answered rightly in a whole sentence; unknown things, admitted.

    Answers are greedy. `guess` is what one would score who always gives the commonest answer among the examples.
    `questions` is the most to ask of each kind; None asks about every held-out fact.
    """
    result = {}
    for language in LANGUAGES:
        known = heldout_questions(language, seed)[:questions]
        right = sum(is_sentence(answer) and says(answer, asked.gold)
                    for asked in known for answer in [reply(lm, asked.text)])
        strange = unknown_questions(language, seed, UNKNOWN)[:questions]
        result[language] = {
            "facts": _share(right, len(known)) | {"guess": sum(q.gold == q.guess for q in known) / max(1, len(known))},
            "unknown": _share(sum(admits(language, reply(lm, asked)) for asked in strange), len(strange))}
    return result


def reply(lm: LanguageModel, question: str) -> str:
    """The model's likeliest answer, at most LONGEST tokens of it."""
    return "".join(step.text for step in lm.generate(question, max_new_tokens=LONGEST, temperature=0)).strip()


def losses(lm: LanguageModel, chosen: list[Document]) -> dict:
    """Mean cross-entropy of whole documents, the entropy of their derivation, and what lies between, in nats per token."""
    nats, tokens = 0.0, 0
    for document in chosen:
        ids = [lm.bos, *lm.tokenizer.encode(document.text)][:lm.context + 1]
        nats += float(F.cross_entropy(_logits(lm, ids[:-1]), torch.tensor(ids[1:]), reduction="sum"))
        tokens += len(ids) - 1
    floor = sum(d.nats for d in chosen) / sum(len(lm.tokenizer.encode(d.text)) for d in chosen)
    return {"documents": len(chosen), "loss": nats / tokens, "entropy": floor, "excess": nats / tokens - floor}


def answers(lm: LanguageModel, chosen: list[Document]) -> dict:
    """For each kind of gold answer: how often every token of it is the likeliest, read off one pass over the document."""
    hits: Counter = Counter()
    n: Counter = Counter()
    for document in chosen:
        if not document.answers:
            continue
        ids, spans = lm.tokenizer.encode_spans(document.text)
        ids, spans = [lm.bos, *ids][:lm.context], spans[:lm.context - 1]
        best = _logits(lm, ids).argmax(-1)
        for answer in document.answers:
            at = [i for i, (start, end) in enumerate(spans) if start < answer.end and end > answer.start]
            if not at or spans[-1][1] < answer.end:
                continue                            # beyond the context
            n[answer.kind] += 1
            hits[answer.kind] += all(int(best[i]) == ids[i + 1] for i in at)
    return {kind: _share(hits[kind], n[kind]) for kind in sorted(n)}


def lexical(lm: LanguageModel, language: str, count: int) -> dict:
    """Over `count` seeded stories: the share of words that the language's lexicon or the story's own names hold."""
    known = importlib.import_module(f"engine.corpus.{language}").words()
    hits = total = loops = 0
    for seed in range(1, count + 1):
        story = OPENINGS[language] + "".join(step.text for step in lm.generate(
            OPENINGS[language], max_new_tokens=120, temperature=0.8, seed=seed))
        words = [word.lower() for word in WORD.findall(story)]
        hits += sum(word in known for word in words)
        total += len(words)
        loops += has_loop(words)
    return _share(hits, total) | {"stories": count, "loops": loops}


def has_loop(words: list[str], longest: int = 5, times: int = 3) -> bool:
    """Whether fewer than `longest` words are repeated `times` or more times on end."""
    return any(words[i:i + size] * times == words[i:i + size * times]
               for size in range(1, longest) for i in range(len(words) - size * times + 1))


def _share(hits: int, n: int) -> dict:
    low, high = interval(hits, n)
    return {"share": hits / n if n else 0.0, "n": n, "low": low, "high": high}


def _fresh(language: str, count: int) -> Iterator[Document]:
    """Documents of one language that no training text holds: of another seed, and kept out by hash."""
    seen: defaultdict[str, int] = defaultdict(int)
    for document in documents(SEED):
        if document.language == language and for_validation(document):
            seen[document.genre] += 1
            yield document
            if sum(seen.values()) == count:
                return


@torch.no_grad()
def _logits(lm: LanguageModel, ids: list[int]) -> torch.Tensor:
    return lm.decoder(torch.tensor([ids])).logits[0]
