"""What the text is cut into, what that costs in either language, and how surprised the model was, in words and rows."""
import math
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from engine import LanguageModel, Token, Trace
from engine.merges import Replay
from engine.surprise import Surprise
from ui import links, parts, session
from ui.figures.tokens import chip, readable, spelt
from ui.i18n import LANGUAGES, Text
from ui.readings.context import whole_text

LONGEST = 96                        # bytes of a word that is replayed
MOST = 300                          # dropped tokens that are drawn


@dataclass(frozen=True)
class Cut:
    """The whole text, cut: its tokens, for each the number of its word, and how many of them the window has dropped."""
    text: str
    tokens: list[Token]
    words: list[int]
    dropped: int

    @property
    def sizes(self) -> Counter:
        """How many tokens each word has."""
        return Counter(self.words)

    def bytes(self, word: int) -> bytes:
        """The bytes of one word."""
        return b"".join(token.bytes for token, number in zip(self.tokens, self.words, strict=True) if number == word)


def cut(lm: LanguageModel, text: str, trace: Trace) -> Cut:
    """The tokens of the reader's text, without the one that the model puts in front."""
    return Cut(text, whole_text(trace)[lm.bos is not None:], lm.tokenizer.words(text), len(trace.dropped))


def chosen(found: Cut) -> int | None:
    """The word to replay: the one that was chosen, else the last one with a letter or digit in it; None for no text."""
    asked = links.value("tokens.word")
    if asked and int(asked) in found.sizes:
        return int(asked)
    named = [word for token, word in zip(found.tokens, found.words, strict=True) if any(map(str.isalnum, token.bytes.decode(errors="ignore")))]
    return (named or found.words or [None])[-1]


def replay(found: Cut, word: int | None) -> Replay | None:
    """The merges of the word; None where there is none, or where it is too long to be drawn."""
    data = b"" if word is None else found.bytes(word)
    return session.merges().replay(data) if 0 < len(data) <= LONGEST else None


def missing(t: Text, found: Cut, word: int | None) -> str:
    """Why there is no replay."""
    if word is None:
        return t("tokens.merges_empty")
    return t("tokens.merges_long", bytes=t.number(len(found.bytes(word)), 0), most=LONGEST) if len(found.bytes(word)) > LONGEST else ""


def step(done: Replay | None) -> int | None:
    """The step that was chosen, as far as this word has it; None for the last."""
    asked = links.value("tokens.step")
    return min(int(asked), len(done.merges)) if asked and done else None


def chips(t: Text, lm: LanguageModel, found: Cut) -> list[dict]:
    """The tokens of the text with id and bytes, after the model's own; of very many dropped ones only the last are drawn."""
    own = [] if lm.bos is None else lm.tokenizer.tokens([lm.bos])
    first = max(0, found.dropped - MOST)
    rows = [chip(t, token, t("tokens.say_own", token=parts.quoted(t, token), id=token.id), str(token.id)) for token in own]
    before = found.words[first - 1] if first else None
    for i in range(first, len(found.tokens)):
        token, word = found.tokens[i], found.words[i]
        said = t("tokens.say", count=len(token.bytes), token=parts.quoted(t, token), id=token.id, hex=spelt(token.bytes))
        rows.append(chip(t, token, said, str(token.id), word, word != before, i < found.dropped))
        before = word
    return rows


def hidden(t: Text, found: Cut) -> str:
    """Of a very long text, how many tokens at its beginning are not drawn."""
    count = max(0, found.dropped - MOST)
    return f" {t('tokens.hidden', count=count)}" if count else ""


def counts(t: Text, found: Cut) -> list[tuple[str, str]]:
    """Characters, bytes, tokens, characters per token: each number with its name."""
    characters, size, tokens = len(found.text), len(found.text.encode()), len(found.tokens)
    values = {"characters": t.number(characters, 0), "bytes": t.number(size, 0), "tokens": t.number(tokens, 0),
              "ratio": t.number(characters / tokens, 2) if tokens else "–"}
    return [(value, t(f"tokens.count.{name}")) for name, value in values.items()]


def sentence(t: Text, found: Cut) -> str:
    """How many words are one token, and which is cut into most."""
    if not found.tokens:
        return t("tokens.sentence_empty")
    word, most = found.sizes.most_common(1)[0]
    said = {"words": t.number(len(found.sizes), 0), "whole": t.number(sum(size == 1 for size in found.sizes.values()), 0)}
    if most == 1:
        return t("tokens.sentence_whole", count=len(found.sizes))
    return t("tokens.sentence", **said, word=bold(found.bytes(word)), most=t.number(most, 0))


def merged(t: Text, found: Cut, word: int | None, done: Replay | None) -> str:
    """From how many bytes to how many tokens, in how many steps."""
    if done is None:
        return missing(t, found, word)
    name, size = bold(found.bytes(word)), len(done.start)
    if not done.merges:
        return t("tokens.merges_none", count=size, word=name)
    ranks = [merge.rank + 1 for merge in done.merges]
    return t("tokens.merges_sentence", count=len(ranks), word=name, bytes=t.number(size, 0), tokens=t("tokens.amount", count=len(done.pieces())),
             early=t.number(min(ranks), 0), late=t.number(max(ranks), 0), rules=t.number(len(session.merges()), 0))


def bold(data: bytes) -> str:
    """A word in a sentence, by its letters where it has any."""
    text = readable(data).replace("*", "∗")
    return f"**{text.strip('·') or text}**" if len(text) <= 40 else f"**{text[:40].strip('·')}…**"


def texts(t: Text) -> dict[str, str]:
    """The sentence to compare, in each language: one of the catalogues', or the reader's own."""
    pair = links.value("tokens.pair")
    if pair == "own":
        return {language: links.value(f"tokens.{language}") for language in LANGUAGES}
    return {language: Text(language)(f"tokens.sentences.{pair}") for language in LANGUAGES}


def sides(t: Text, lm: LanguageModel) -> list[dict]:
    """What the sentence costs in each language."""
    found = []
    for language, text in texts(t).items():
        ids = lm.tokenizer.encode(text)
        words, share = lm.tokenizer.words(text), len(ids) / lm.context
        entries = [chip(t, token, "", str(token.id), word, not i or word != words[i - 1])
                   for i, (token, word) in enumerate(zip(lm.tokenizer.tokens(ids), words, strict=True))]
        cost = t("tokens.pair_cost", count=len(ids), share=t.percent(share, 1), window=lm.context, ratio=t.number(len(text) / len(ids)) if ids else "–")
        found.append({"language": language, "knob": f"tokens.{language}", "label": t(f"tokens.language.{language}"), "text": text, "tokens": entries, "cost": cost,
                      "share": min(1, share)})
    return found


def compared(t: Text, lm: LanguageModel, shown: list[dict]) -> str:
    """Which language costs more here, and over all pairs of the catalogues."""
    en, es = (len(side["tokens"]) for side in shown)
    every = {language: sum(len(lm.tokenizer.encode(text)) for text in Text(language).group("tokens.sentences").values()) for language in LANGUAGES}
    if not en or not es:
        here = t("tokens.pair_missing")
    elif en == es:
        here = t("tokens.pair_equal", en=t.number(en, 0))
    else:
        here = t("tokens.pair_here", en=t.number(en, 0), es=t.number(es, 0), ratio=t.number(es / en))
    return f"{here} {t('tokens.pair_all', en=every['en'], es=every['es'], pairs=len(t.group('tokens.sentences')))}"


def shares(t: Text) -> dict[str, str]:
    """How much of what our own models' vocabulary was learnt from, and they too, was in each language."""
    read = {language: found["tokens"] for language, found in session.model(session.BASE).card["corpus"]["languages"].items()}
    return {language: t.percent(count / sum(read.values())) for language, count in read.items()} | {"rules": t.number(len(session.merges(session.BASE)), 0)}


def surprised(t: Text, lm: LanguageModel, trace: Trace, found: Surprise) -> list[dict]:
    """Each token of the window with how surprised the model was by it; the first has no measure."""
    tokens, V = trace.tokens, trace.logits.shape[-1]
    first = tokens[0]
    rows = [chip(t, first, t("tokens.surprise_none", token=parts.quoted(t, first)), "–")]
    best = [lm.tokenizer.tokens([i])[0] for i in found.expected.tolist()]
    for token, before, expected, logprob, rank in zip(tokens[1:], tokens[:-1], best, found.logprobs.tolist(), found.ranks.tolist(), strict=True):
        p = math.exp(logprob)
        said = {"token": parts.quoted(t, token), "before": parts.quoted(t, before), "rank": t.number(rank, 0), "vocabulary": t.number(V, 0),
                "probability": t.percent(p, 1), "logprob": t.number(logprob + 0.0), "nats": t.number(abs(logprob)), "best": parts.quoted(t, expected)}
        rows.append(chip(t, token, t("tokens.surprise_say" if rank > 1 else "tokens.surprise_first", **said), t.percent(p), level=min(1.0, -logprob / math.log(V))))
    return rows


def scale(t: Text, V: int) -> dict[str, str]:
    """The words of the scale of surprise, which ends where a blind guess among V tokens would stand."""
    return {name: words.format(nats=t.number(math.log(V), 1), vocabulary=t.number(V, 0)) for name, words in t.group("tokens.surprise").items()}


def perplexity(t: Text, trace: Trace, found: Surprise) -> str:
    """The text's perplexity, and which token surprised most."""
    if found.perplexity is None:
        return t("tokens.perplexity_none")
    at = int(found.logprobs.argmin())
    return t("tokens.perplexity", value=t.number(found.perplexity, 1), nats=t.number(math.log(found.perplexity)), vocabulary=t.number(trace.logits.shape[-1], 0),
             token=parts.quoted(t, trace.tokens[at + 1]), probability=t.percent(math.exp(float(found.logprobs[at])), 1))


def table(t: Text, lm: LanguageModel, found: Cut, trace: Trace, measured: Surprise, word: int | None, done: Replay | None, sides: list[dict]) -> pd.DataFrame:
    """All that is drawn: every token of the text, and of those in the window how expected it was; the merges of the word; the two sentences."""
    own = int(lm.bos is not None)
    tokens = [*trace.tokens[:own], *found.tokens]
    hidden = max(1, own + found.dropped)                            # tokens before the first one that has a measure
    nothing = [None] * hidden
    text = {"token": [parts.shown(t, token) for token in tokens], "id": [token.id for token in tokens],
            "bytes": ["" if parts.is_special(token) else spelt(token.bytes) for token in tokens], "word": [None] * own + found.words,
            "rank": nothing + measured.ranks.tolist(), "probability": nothing + measured.logprobs.double().exp().tolist(),
            "logprob": nothing + measured.logprobs.tolist(), "surprise": nothing + (-measured.logprobs).tolist()}
    made = [(lm.tokenizer.bytes(merge.id), merge) for merge in done.merges] if done else []
    steps = {"token": [readable(data) for data, _ in made], "id": [merge.id for _, merge in made], "bytes": [spelt(data) for data, _ in made],
             "word": [word] * len(made), "rule": [merge.rank + 1 for _, merge in made]}
    compared = [(side["label"], {"token": [row["text"] for row in side["tokens"]], "id": [row["id"] for row in side["tokens"]],
                                 "bytes": [row["hex"] for row in side["tokens"]], "word": [row["word"] for row in side["tokens"]]}) for side in sides]
    frames = [pd.DataFrame(columns, dtype=object).assign(of=name, place=range(len(columns["id"])))
              for name, columns in ((t("tokens.of.text"), text), (t("tokens.of.merges"), steps), *compared)]
    frame = pd.concat(frames)[["of", "place", "token", "id", "bytes", "word", "rule", "rank", "probability", "logprob", "surprise"]]
    kinds = {name: "Int64" for name in ("id", "word", "rule", "rank")} | {name: "Float64" for name in ("probability", "logprob", "surprise")}
    return frame.astype(kinds).rename(columns={name: t(f"tokens.column.{name}") for name in frame.columns})


def answer(t: Text) -> tuple[str, dict]:
    """Which of the card's options is right: how many tokens one sign is."""
    sign = t("tokens.guide.sign")
    ids = session.model().tokenizer.encode(sign)
    right = "single" if len(ids) == 1 else "few" if len(ids) <= 5 else "many"
    return right, {"tokens": len(ids), "bytes": len(sign.encode()), "characters": len(sign)}
