"""Text to token ids and back: byte-level BPE, and a visible form that never shows half a letter.

Byte-pair encoding: Sennrich et al. 2016; over bytes: Radford et al. 2019. The `tokenizers` library does both.
"""
import json
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer as _Tokenizer
from tokenizers import decoders, models, pre_tokenizers, trainers

from engine.errors import ModelError, TextError

END_OF_TEXT, USER, ASSISTANT, END = SPECIAL = ("<|endoftext|>", "<|user|>", "<|assistant|>", "<|end|>")     # ids 0-3
_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Token:
    """One token as the model saw it: its id, its bytes, and a text to show."""
    id: int
    text: str                       # a letter that spans tokens is shown whole, numbered from its second piece on: ñ ñ₂
    bytes: bytes


def _byte_of_letter() -> dict[str, int]:
    """GPT-2's table of 256 printable letters, one for each byte, read backwards."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {chr(byte): byte for byte in printable}
    rest = (byte for byte in range(256) if byte not in printable)
    return letters | {chr(256 + i): byte for i, byte in enumerate(rest)}


_BYTE = _byte_of_letter()


class Tokenizer:
    """Any `tokenizer.json`, read so that no text a user types can ever become a special token."""

    def __init__(self, inner: _Tokenizer):
        self._inner = inner
        self._inner.encode_special_tokens = True                    # "<|end|>" typed is seven letters, not a command
        self._inner.no_truncation()
        self._inner.no_padding()
        self._bytes: dict[int, bytes] = {}                          # of the tokens seen so far
        self._bytewise = isinstance(inner.decoder, decoders.ByteLevel)
        self._literal = {i: token.content.encode() for i, token in inner.get_added_tokens_decoder().items()}

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """Read a `tokenizer.json`; raises ModelError if it is missing or is not one."""
        if not path.is_file():
            raise ModelError("file_missing", f"{path} is missing.", file=path.name)
        try:
            return cls(_Tokenizer.from_file(str(path)))
        except Exception as error:      # the library raises bare Exception for every kind of damage
            raise ModelError("file_damaged", f"{path} is not a tokenizer: {error}.", file=path.name, why=str(error)) from error

    @classmethod
    def load_gpt2(cls, vocabulary: Path, merges: Path) -> "Tokenizer":
        """Read the two files of GPT-2's own tokenizer, `vocab.json` and `merges.txt`; raises ModelError if they are missing or damaged."""
        for path in (vocabulary, merges):
            if not path.is_file():
                raise ModelError("file_missing", f"{path} is missing.", file=path.name)
        try:
            inner = _Tokenizer(models.BPE.from_file(str(vocabulary), str(merges)))
        except Exception as error:      # bare, as above
            raise ModelError("file_damaged", f"{vocabulary} and {merges} are no tokenizer: {error}.", file=vocabulary.name, why=str(error)) from error
        inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        inner.decoder = decoders.ByteLevel()
        if inner.token_to_id(END_OF_TEXT) is not None:
            inner.add_special_tokens([END_OF_TEXT])
        return cls(inner)

    @classmethod
    def train(cls, texts: Iterable[str], vocab_size: int) -> "Tokenizer":
        """Learn a byte-level BPE of `vocab_size` entries: four special tokens, 256 bytes, digits one by one, merges."""
        inner = _Tokenizer(models.BPE())
        inner.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
        inner.decoder = decoders.ByteLevel()
        inner.train_from_iterator(texts, trainers.BpeTrainer(
            vocab_size=vocab_size, special_tokens=list(SPECIAL), show_progress=False,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
        return cls(inner)

    @classmethod
    def read(cls, text: str) -> "Tokenizer":
        """The tokenizer that `text`, the content of a `tokenizer.json`, describes."""
        return cls(_Tokenizer.from_str(text))

    def write(self) -> str:
        """What `save` would write, and `read` reads."""
        return self._inner.to_str()

    def save(self, path: Path) -> None:
        self._inner.save(str(path))

    @property
    def vocab_size(self) -> int:
        """One more than the highest id: the rows that an embedding needs."""
        return max(self._inner.get_vocab().values(), default=-1) + 1

    def special(self, name: str) -> int:
        """The id of a special token such as `<|end|>`; raises ModelError where this tokenizer has none."""
        if (found := self._inner.token_to_id(name)) is None:
            raise ModelError("no_such_token", f"The tokenizer has no token {name}.", token=name)
        return found

    def encode(self, text: str) -> list[int]:
        """The ids of `text`, and nothing added. Raises TextError for half a surrogate pair, which is no Unicode text."""
        return self._encode(text).ids

    def encode_spans(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The ids of `text`, and of each the characters (start, end) that it covers."""
        encoding = self._encode(text)
        return encoding.ids, encoding.offsets

    def encode_many(self, texts: list[str]) -> list[list[int]]:
        """The ids of each text, encoded in parallel where cores allow. Raises TextError as `encode` does."""
        with _only_unicode():
            return [encoding.ids for encoding in self._inner.encode_batch_fast(texts, add_special_tokens=False)]

    def words(self, text: str) -> list[int]:
        """For each token of `text`, the number of the piece of text that it was cut from: no merge reaches beyond one."""
        return self._encode(text).word_ids

    def rules(self) -> list[tuple[bytes, bytes]]:
        """The merges of a byte-level BPE by rank: each two pieces that become one. Raises ModelError for another kind."""
        model = json.loads(self._inner.to_str())["model"]
        if not self._bytewise or model["type"] != "BPE":
            raise ModelError("no_merges", "This tokenizer does not merge bytes: there is nothing to replay.")
        return [tuple(bytes(_BYTE[letter] for letter in piece) for piece in pair) for pair in model["merges"]]

    def decode(self, ids: list[int]) -> str:
        """The text of `ids`, special tokens by their names; bytes that are no UTF-8 on their own become �."""
        return self._inner.decode(ids, skip_special_tokens=False)

    def bytes(self, token: int) -> bytes:
        """The bytes that one token stands for."""
        if token not in self._bytes:
            self._bytes[token] = self._spell(token)
        return self._bytes[token]

    def _spell(self, token: int) -> bytes:
        name = self._inner.id_to_token(token)
        if name is None:                                            # a row of the embedding that no token uses
            return b""
        if token in self._literal:                                  # special or not: spelt out, not in byte letters
            return self._literal[token]
        if not self._bytewise:
            return self.decode([token]).encode()
        return bytes(_BYTE[letter] for letter in name)

    def tokens(self, ids: list[int]) -> list[Token]:
        """What the ids say, piece by piece; a letter cut in pieces is shown whole in the first and numbered after."""
        pieces = [self.bytes(i) for i in ids]
        shown = _visible(pieces)
        return [Token(i, text, piece) for i, text, piece in zip(ids, shown, pieces, strict=True)]

    def _encode(self, text: str):
        with _only_unicode():
            return self._inner.encode(text, add_special_tokens=False)


@contextmanager
def _only_unicode():
    try:
        yield
    except TypeError as error:          # what the library raises for text that UTF-8 cannot hold
        raise TextError("not_unicode", "The text holds half a surrogate pair, which no Unicode text can.") from error


def _visible(pieces: list[bytes]) -> list[str]:
    """Each piece's text, where a UTF-8 letter that crosses pieces belongs to the one it starts in."""
    shown = [""] * len(pieces)
    stream = [(byte, i) for i, piece in enumerate(pieces) for byte in piece]
    at = 0
    while at < len(stream):
        length = _utf8_length(stream[at][0])
        group = stream[at:at + length]
        try:
            letter = bytes(byte for byte, _ in group).decode()
        except UnicodeDecodeError:
            shown[stream[at][1]] += f"⟨{stream[at][0]:02X}⟩"        # a byte that belongs to no letter here
            at += 1
            continue
        owners = sorted({owner for _, owner in group})
        shown[owners[0]] += letter
        for number, owner in enumerate(owners[1:], start=2):
            shown[owner] += letter + str(number).translate(_SMALL)
        at += length
    return shown


def _utf8_length(first: int) -> int:
    return 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
