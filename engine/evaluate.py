"""What a model can do, measured on texts it has not seen: loss, facts, recall, rules found in the text, grammar, and how an assistant answers.

Every figure comes with its n and a 95 % interval, for each language apart. `probes.py` says what is asked.
"""
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import torch
from torch.nn import functional as F

from engine import probes
from engine.chats import admits, heldout_questions, is_sentence, says, told_questions, unknown_questions
from engine.corpus.document import Document
from engine.corpus.recall import TWO_HOPS
from engine.corpus.stream import LANGUAGES, documents, for_validation
from engine.corpus.voice import heard
from engine.corpus.words import words
from engine.lm import LanguageModel, Turns
from engine.probes import Opening, Pair, Probe, Story
from engine.reference import TEXTS, references

SEED = 2_000_000                    # of what a model is evaluated on; training never uses it, tuning of the world uses TUNING
TUNING = 3_000_000                  # of the looks that are taken while the world is being written
UNKNOWN = 100                       # questions to an assistant of each kind but facts: things that do not exist, what was told, summaries
LONGEST = 40                        # tokens of an answer
OPENINGS = {"en": "Once upon a time", "es": "Había una vez"}
WORD = re.compile(r"[^\W\d_]+")
RECALL = {"friend": ("friend",), "pet": ("pet",), "owner": ("owner",), "invented name": ("invented",), "color": ("color",), "place": ("place", "put")}
SHOTS = (0, 1, 2, 4, 8)
DISTANCES = (40, 80, 120, 160, 200)
OUTSIDE = 1000                      # questions whose answer has left the window
TAIL = 200                          # invented towns asked about
BATCH = 16
TOP = 5                             # words an opening is looked up in


def interval(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, share = 1.96, hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def evaluate(lm: LanguageModel, count: int = 600, stories: int = 20, probe_count: int = 300, seed: int = SEED, texts: int = TEXTS,
             report: Callable[[str], None] = lambda step: None) -> dict:
    """Every figure by language: losses in nats per token, shares of answers right with n and interval.

    `count` documents for the loss, `stories` written, `probe_count` questions of a kind, `texts` documents counted for the
    reference lines. `report` is told what comes next.
    """
    result = {}
    for language in LANGUAGES:
        report(f"{language}: loss")
        found = losses(lm, list(fresh(language, count, seed)))
        report(f"{language}: reference lines")
        found["references"] = references(lm, language, count, seed, texts)
        report(f"{language}: abilities")
        found["answers"] = abilities(lm, language, probe_count, seed)
        report(f"{language}: openings and stories")
        found["answers"]["openings"] = opened(lm, probes.openings(language))
        found["answers"]["word arithmetic"] = reckoned(lm, probes.analogies(language))
        found["answers"]["summaries"] = summarised(lm, [probes.summary_probe(language, seed + i) for i in range(min(probe_count, 4 * stories))])
        found["stories"] = lexical(lm, language, stories)
        result[language] = found
    return result


def abilities(lm: LanguageModel, language: str, count: int, seed: int) -> dict:
    """Shares of answers right, `count` questions of a kind, and what guessers would score where the text offers the answers."""
    def asked(build: Callable[[int], Probe], n: int = count) -> list[Probe]:
        return [build(seed + i) for i in range(n)]

    found = {
        "facts, training phrasings": scored(lm, [probe for _, probe in probes.fact_probes(language, False, seed)]),
        "facts, held-out phrasings": scored(lm, [probe for _, probe in probes.fact_probes(language, True, seed)]),
        "rare facts, training phrasings": scored(lm, probes.tail_probes(language, TAIL, False, seed)),
        "rare facts, held-out phrasings": scored(lm, probes.tail_probes(language, TAIL, True, seed))}
    for name, kinds in RECALL.items():
        chosen = asked(lambda at, kinds=kinds: probes.recall_probe(language, kinds[at % len(kinds)], at))
        found[f"recall: {name}"] = scored(lm, chosen) | guesses(chosen)
    for kind in TWO_HOPS:
        chosen = asked(lambda at, kind=kind: probes.recall_probe(language, kind, at))
        found[f"two hops: {kind}"] = scored(lm, chosen) | guesses(chosen)
    found |= by_distance(lm, language, count, seed)
    for shots in SHOTS:
        chosen = asked(lambda at, shots=shots: probes.label_probe(language, shots, at))
        found[f"novel labels, {shots} shots"] = scored(lm, chosen) | guesses(chosen) | {"ceiling": probes.label_ceiling(shots)}
    for held_out in (False, True):
        for shots in SHOTS:
            found[f"pairs {'held out' if held_out else 'seen'}, {shots} shots"] = scored(
                lm, asked(lambda at, held_out=held_out, shots=shots: probes.lexical_probe(language, held_out, shots, at)))
    found["agreement"] = preferred(lm, probes.agreement(language, count, seed))
    found["addition, two digits"] = scored(lm, asked(probes.sum_probe))
    return found


@torch.no_grad()
def scored(lm: LanguageModel, chosen: Iterable[Probe]) -> dict:
    """How often every token of the answer, and of what must follow it, is the likeliest; and nats per answer. One pass a probe."""
    hits = n = 0
    nats = 0.0
    for right, cost in answered(lm, list(chosen)):
        hits, n, nats = hits + right, n + 1, nats + cost
    return _share(hits, n) | {"nats": nats / n if n else math.nan}


@torch.no_grad()
def answered(lm: LanguageModel, chosen: Sequence[Probe]) -> list[tuple[bool, float]]:
    """For each probe whether it is answered rightly, and -ln p of the right answer; a prompt too long loses its beginning."""
    prepared = []
    for probe in chosen:
        ids, spans = lm.tokenizer.encode_spans(probe.prompt + probe.answer + probe.end)
        start, end = len(probe.prompt), len(probe.prompt) + len(probe.answer)
        at = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
        must = [i for i, (a, b) in enumerate(spans) if a >= end][:1] if probe.end else []
        cut = max(0, at[-1] + len(must) + 1 - (lm.context - 1))
        prepared.append(([lm.bos, *ids[cut:at[-1] + len(must) + 1]], [i - cut for i in at], [i - cut for i in must]))
    result: list = [None] * len(prepared)
    order = sorted(range(len(prepared)), key=lambda i: len(prepared[i][0]))
    for first in range(0, len(order), BATCH):
        rows = order[first:first + BATCH]
        longest = max(len(prepared[i][0]) for i in rows)
        batch = torch.tensor([prepared[i][0] + [0] * (longest - len(prepared[i][0])) for i in rows])
        logits = lm.decoder(batch).logits
        for row, i in zip(logits, rows, strict=True):
            ids, at, must = prepared[i]                 # the token at ids[k + 1] is foretold at position k
            right = all(int(row[k].argmax()) == ids[k + 1] for k in (*at, *must))
            cost = -sum(float(row[k].log_softmax(-1)[ids[k + 1]]) for k in at)
            result[i] = (right, cost)
    return result


def guesses(chosen: Sequence[Probe]) -> dict:
    """What two guessers score that read no meaning: one knows only where right answers stand among those offered, one only what is named most."""
    right = [probe.word or probe.answer.strip() for probe in chosen]
    places = Counter(probe.offered.index(word) for probe, word in zip(chosen, right, strict=True) if word in probe.offered)
    bag = sum(Counter(probe.offered).most_common(1)[0][0] == word for probe, word in zip(chosen, right, strict=True) if probe.offered)
    n = max(1, len(chosen))
    return {"by position": max(places.values(), default=0) / n, "by bag of words": bag / n}


def by_distance(lm: LanguageModel, language: str, count: int, seed: int) -> dict:
    """Recall by how many tokens ago the answer was told; and with the telling outside the window, beside the best blind guess."""
    bins: dict[int, list[Probe]] = defaultdict(list)
    for i in range(3 * count):
        probe = probes.recall_probe(language, ("pet", "friend", "owner", "invented")[i % 4], seed + i, fillers=(i * 7) % 23)
        length = len(lm.tokenizer.encode(probe.prompt))
        distance = length - len(lm.tokenizer.encode(probe.prompt[:probe.told]))
        nearest = min(DISTANCES, key=lambda d: abs(d - distance))
        if length < lm.context - 8 and abs(nearest - distance) <= 20:
            bins[nearest].append(probe)
    found = {f"recall, {distance} tokens ago": scored(lm, bins[distance]) for distance in DISTANCES if bins[distance]}
    outside, at = [], 0
    while len(outside) < (OUTSIDE if count >= 100 else 5 * count):
        probe = probes.recall_probe(language, ("pet", "friend")[at % 2], seed + at, fillers=40, distractors=False)
        at += 1
        if len(lm.tokenizer.encode(probe.prompt[probe.told:])) > lm.context:
            outside.append(probe)
    prior = Counter(probe.answer for probe in outside).most_common(1)[0][1] / len(outside)
    return found | {"recall, outside the window": scored(lm, outside) | {"prior": prior}}


@torch.no_grad()
def preferred(lm: LanguageModel, pairs: Sequence[Pair]) -> dict:
    """How often the right sentence of a minimal pair is the likelier one."""
    hits = sum(_log_probability(lm, pair.good) > _log_probability(lm, pair.bad) for pair in pairs)
    return _share(hits, len(pairs))


def _log_probability(lm: LanguageModel, text: str) -> float:
    ids = [lm.bos, *lm.tokenizer.encode(text)]
    return -float(F.cross_entropy(_logits(lm, ids[:-1]), torch.tensor(ids[1:]), reduction="sum"))


@torch.no_grad()
def opened(lm: LanguageModel, chosen: Sequence[Opening]) -> dict:
    """How often one of the model's five likeliest next words is one that a person would find sensible."""
    hits = sum(any(word in opening.next for word in next_words(lm, opening.text)) for opening in chosen)
    return _share(hits, len(chosen))


def next_words(lm: LanguageModel, text: str, top: int = TOP, longest: int = 4) -> list[str]:
    """The words that the `top` likeliest next tokens begin, each written on greedily to its end, in lower case."""
    ids = [lm.bos, *lm.tokenizer.encode(text)]
    rows = [[*ids, int(token)] for token in _logits(lm, ids)[-1].topk(top).indices]
    ends = [None] * top
    for _ in range(longest):
        following = lm.decoder(torch.tensor(rows)).logits[:, -1].argmax(-1).tolist()
        for i, token in enumerate(following):
            written = lm.tokenizer.decode(rows[i][len(ids):])
            if ends[i] is None and not re.match(r"\w", lm.tokenizer.decode([token])[:1]):
                ends[i] = written
            rows[i].append(token)
    return [(WORD.findall((end or lm.tokenizer.decode(row[len(ids):])).casefold()) or [""])[0] for end, row in zip(ends, rows, strict=True)]


@torch.no_grad()
def reckoned(lm: LanguageModel, rows: Iterable[tuple[str, str, str, str]]) -> dict:
    """How often king - man + woman is nearest to queen by cosine, the three words themselves left out (Mikolov et al. 2013, arXiv 1301.3781).

    Only words that are one token each can be reckoned with. `alone`: how often queen is nearest to king with nothing reckoned.
    """
    vectors = F.normalize(lm.decoder.transformer.wte.weight, dim=-1)            # (V, C)
    hits = alone = n = 0
    for row in rows:
        ids = [lm.tokenizer.encode(f" {word}") for word in row]
        if all(len(pieces) == 1 for pieces in ids):
            man, woman, king, queen = (pieces[0] for pieces in ids)
            near = torch.stack((vectors[king] - vectors[man] + vectors[woman], vectors[king])) @ vectors.T     # (2, V)
            near[:, [man, woman, king]] = -torch.inf
            found = near.argmax(-1) == queen
            hits, alone, n = hits + int(found[0]), alone + int(found[1]), n + 1
    return _share(hits, n) | {"alone": alone / max(1, n)}


def summarised(lm: LanguageModel, chosen: Sequence[Story]) -> dict:
    """How often the one sentence that the model writes under a story names its hero and its event."""
    hits = sum(story.told_by(reply(lm, story.prompt).split("\n")[0]) for story in chosen)
    return _share(hits, len(chosen))


def evaluate_assistant(lm: LanguageModel, base: LanguageModel | None = None, plain: LanguageModel | None = None,
                       questions: int | None = None, seed: int = SEED) -> dict:
    """By language what an assistant answers, greedily, and what it forgot.

    Shares: `facts` that no example held, answered rightly in a whole sentence, and `guess`, what one would score who always
    gives the commonest answer among the examples; `unknown` things, admitted; `told` by the user some turns ago, given back;
    `summaries` that name hero and event. With its `base`, the loss on the base's own texts before and after. For one with a
    voice also how often it is heard and, with the `plain` assistant, how many of the facts that this one knows were `kept`.
    `questions` is the most to ask of each kind; None: every held-out fact, and UNKNOWN of each other kind.
    """
    result = {}
    voice, most = lm.card.get("voice"), UNKNOWN if questions is None else questions
    for language in LANGUAGES:
        known = heldout_questions(language, seed)[:questions]
        answers = [reply(lm, asked.text) for asked in known]
        right = [is_sentence(answer) and says(answer, asked.gold) for asked, answer in zip(known, answers, strict=True)]
        strange = [reply(lm, asked) for asked in unknown_questions(language, seed, most)]
        found = {
            "facts": _share(sum(right), len(known)) | {"guess": sum(q.gold == q.guess for q in known) / max(1, len(known))},
            "unknown": _share(sum(admits(language, answer) for answer in strange), len(strange))}
        if voice is None:
            talks = told_questions(language, seed, most)
            found["told"] = _share(sum(says(reply(lm, talk.user, talk.dialogue[:-1]), talk.assistant.rstrip(".")) for talk in talks), len(talks))
            stories = [probes.summary_request(language, seed + i) for i in range(most)]
            found["summaries"] = _share(sum(story.told_by(reply(lm, asked)) for asked, story in stories), len(stories))
        else:
            every = answers + strange
            found["voice"] = _share(sum(heard(language, voice, answer) for answer in every), len(every))
        if voice and plain:
            kept = [good for asked, good in zip(known, right, strict=True) if says(reply(plain, asked.text), asked.gold)]
            found["kept"] = _share(sum(kept), len(kept))
        if base:
            texts = list(fresh(language, 2 * most, seed))
            found["loss"] = {"before": losses(base, texts)["loss"], "after": losses(lm, texts)["loss"]}
        result[language] = found
    return result


def reply(lm: LanguageModel, text: str, earlier: Turns = ()) -> str:
    """The model's likeliest answer, or continuation, at most LONGEST tokens of it."""
    return "".join(step.text for step in lm.generate(text, max_new_tokens=LONGEST, temperature=0, earlier=earlier)).strip()


@torch.no_grad()
def losses(lm: LanguageModel, chosen: list[Document]) -> dict:
    """Mean cross-entropy of whole documents beside the entropy of their derivation, in nats per token; rare facts apart from the rest."""
    def measure(rows: list[Document]) -> dict:
        nats, tokens, floor = 0.0, 0, 0.0
        for document in rows:
            ids = [lm.bos, *lm.tokenizer.encode(document.text)]
            whole = len(ids) - 1
            ids = ids[:lm.context + 1]
            nats += float(F.cross_entropy(_logits(lm, ids[:-1]), torch.tensor(ids[1:]), reduction="sum"))
            tokens += len(ids) - 1
            floor += document.nats * (len(ids) - 1) / whole
        return {"documents": len(rows), "tokens": tokens, "loss": nats / max(1, tokens), "entropy": floor / max(1, tokens), "excess": (nats - floor) / max(1, tokens)}
    genres: dict[str, list[Document]] = defaultdict(list)
    for document in chosen:
        genres[document.genre].append(document)
    core = [document for document in chosen if document.genre != "tail"]
    return measure(core) | {"tail": measure(genres.get("tail", [])), "genres": {name: measure(rows) for name, rows in sorted(genres.items())}}


def lexical(lm: LanguageModel, language: str, count: int) -> dict:
    """Over `count` seeded stories: the share of words that the language's lexicon or the story's own names hold."""
    known = words(language)
    hits = total = loops = 0
    for seed in range(1, count + 1):
        story = OPENINGS[language] + "".join(step.text for step in lm.generate(
            OPENINGS[language], max_new_tokens=120, temperature=0.8, seed=seed))
        written = [word.lower() for word in WORD.findall(story)]
        hits += sum(word in known for word in written)
        total += len(written)
        loops += has_loop(written)
    return _share(hits, total) | {"stories": count, "loops": loops}


def has_loop(words: list[str], longest: int = 5, times: int = 3) -> bool:
    """Whether fewer than `longest` words are repeated `times` or more times on end."""
    return any(words[i:i + size] * times == words[i:i + size * times]
               for size in range(1, longest) for i in range(len(words) - size * times + 1))


def _share(hits: int, n: int) -> dict:
    low, high = interval(hits, n)
    return {"share": hits / n if n else 0.0, "n": n, "low": low, "high": high}


def fresh(language: str, count: int, seed: int) -> Iterable[Document]:
    """Documents of one language that no training text holds: of another seed, and kept out by hash."""
    there = 0
    for document in documents(seed):
        if document.language == language and for_validation(document):
            there += 1
            yield document
            if there == count:
                return


@torch.no_grad()
def _logits(lm: LanguageModel, ids: list[int]) -> torch.Tensor:
    return lm.decoder(torch.tensor([ids])).logits[0]
