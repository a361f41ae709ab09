"""How byte-pair encoding makes the tokens of a word: from its bytes, one merge after another, as the tokenizer does it.

At each step, of all neighbours that some rule joins, those join whose rule was learnt first; where it fits twice, the left ones
(Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units", algorithm 1, applied).
"""
from dataclasses import dataclass

from engine.errors import ModelError
from engine.tokenizer import Tokenizer


@dataclass(frozen=True)
class Merge:
    """One step: the piece number `at` and the one after it become the token `id`, by the rule of this rank (0: learnt first)."""
    at: int
    rank: int
    id: int


@dataclass(frozen=True)
class Replay:
    """A word from its bytes to its tokens."""
    start: tuple[int, ...]          # the token ids of its single bytes
    merges: tuple[Merge, ...]

    def pieces(self, steps: int | None = None) -> list[int]:
        """The ids after so many steps; after all of them, those that the tokenizer gives."""
        ids = list(self.start)
        for merge in self.merges[:steps]:
            ids[merge.at:merge.at + 2] = [merge.id]
        return ids


class Merges:
    """The rules of one tokenizer, ready to be replayed. Raises ModelError for a tokenizer that is no byte-level BPE."""

    def __init__(self, tokenizer: Tokenizer):
        rules = tokenizer.rules()
        ids = {tokenizer.bytes(i): i for i in range(tokenizer.vocab_size)}
        try:
            self._bytes = [ids[bytes([byte])] for byte in range(256)]
            self._rules = {(ids[left], ids[right]): (rank, ids[left + right]) for rank, (left, right) in enumerate(rules)}
        except KeyError as missing:
            raise ModelError("no_merges", f"This tokenizer has no token for {missing}: its merges cannot be replayed.") from missing

    def __len__(self) -> int:
        return len(self._rules)

    def replay(self, word: bytes) -> Replay:
        """Merge the bytes of one word (a piece that `Tokenizer.words` tells apart) until no rule fits any more."""
        start = [self._bytes[byte] for byte in word]
        ids, merges = list(start), []
        while found := [(*self._rules[pair], at) for at, pair in enumerate(zip(ids, ids[1:])) if pair in self._rules]:
            rank, made, at = min(found, key=lambda rule: (rule[0], rule[2]))
            ids[at:at + 2] = [made]
            merges.append(Merge(at, rank, made))
        return Replay(tuple(start), tuple(merges))
