"""A talk that outgrows its window: what each of three policies keeps of it, and what the model then makes of a question."""
from dataclasses import dataclass

import torch

from engine.errors import KnobError
from engine.generate import roll
from engine.lm import LanguageModel, Turns
from engine.window import fit

POLICIES = ("oldest", "first", "summary")
FIRST = 16                          # tokens of the talk's beginning that the policy "first" always keeps
ANSWER = 16                         # tokens of the window that are kept free for the answer
LONGEST = 40                        # tokens of an answer within the talk


@dataclass(frozen=True)
class Memory:
    """What a model reads of a talk and a question: all of `kept`, of which `front` does not stand where it was said, if it was said at all."""
    front: tuple[int, ...]
    dropped: tuple[int, ...]        # oldest first
    kept: tuple[int, ...]           # the beginning-of-text token included


def converse(lm: LanguageModel, said: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a user says, turn by turn, each with the model's own answer (temperature 0) to all that came before."""
    talk: list[tuple[str, str]] = []
    for user in said:
        talk.append((user, "".join(step.text for step in lm.generate(user, LONGEST, 0.0, earlier=talk)).strip()))
    return talk


def remember(lm: LanguageModel, talk: Turns, question: str, size: int, policy: str, summary: str = "") -> Memory:
    """Fit a talk and a question into a window of `size` tokens, with room for the answer.

    "oldest" drops the oldest tokens; "first" keeps the FIRST tokens of the talk and drops those behind them; "summary" keeps a
    `summary` at the front, as something that the user said. Raises KnobError where the front leaves no room.
    """
    if policy not in POLICIES:
        raise KnobError("policy", f"There is no policy {policy}; there are {', '.join(POLICIES)}.", policy=policy)
    ids, front = lm.prompt(question, talk), []
    if policy == "first":
        front, ids = ids[:FIRST], ids[FIRST:]
    elif policy == "summary" and summary.strip():
        front = lm.prompt(summary, ())[:-len(lm.chat.after)]
    dropped, kept = fit(ids, size - ANSWER, lm.bos, front)
    return Memory(tuple(front), tuple(dropped), tuple(kept))


def answer(lm: LanguageModel, memory: Memory, size: int) -> str:
    """The model's answer at temperature 0 to what it reads, of at most ANSWER tokens."""
    steps = roll(lm, list(memory.kept[lm.bos is not None:]), [0], ANSWER, 0.0, None, None, size)
    return "".join(step.text for (step,) in steps if step).strip()


@torch.no_grad()
def belief(lm: LanguageModel, memory: Memory, stem: str, word: str) -> float:
    """How likely the first token of `word` is once the model has begun its answer with `stem`."""
    ids = [*memory.kept, *lm.tokenizer.encode(stem)]
    token = lm.tokenizer.encode(word)[0]
    return float(lm.decoder(torch.tensor([ids])).logits[0, -1].softmax(-1)[token])
