"""A language model ready for use: decoder, tokenizer, and the habits that its config states."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import torch

from engine.errors import KnobError, TextError
from engine.generate import AS_DRAWN, Step, roll
from engine.model import NOTHING, Decoder, Without
from engine.tokenizer import END_OF_TEXT, Token, Tokenizer
from engine.trace import Trace, collect
from engine.window import SMALLEST, fit


Turns = Sequence[tuple[str, str]]   # what was said so far: (user, assistant), the oldest first


@dataclass(frozen=True)
class Chat:
    """The template of a model that was fine-tuned to answer: what stands before and after the user's text."""
    before: tuple[int, ...]
    after: tuple[int, ...]
    stop: tuple[int, ...]           # tokens that end an answer


@dataclass(frozen=True)
class LanguageModel:
    """What `load` returns: trace a text, or write on from it."""
    name: str
    decoder: Decoder
    tokenizer: Tokenizer
    bos: int | None = None          # the token every text begins with, where the model wants one
    chat: Chat | None = None
    card: dict = field(default_factory=dict)
    longest: int | None = None      # the longest window that is read, where that is less than the decoder has positions

    @property
    def context(self) -> int:
        """The longest window, in tokens."""
        positions = self.decoder.config.n_positions
        return positions if self.longest is None else min(self.longest, positions)

    @property
    def stops(self) -> tuple[int, ...]:
        """Tokens that end a generated text."""
        ends = self.chat.stop if self.chat else ()
        return ends if self.bos is None else (*ends, self.bos)

    def prompt(self, text: str, earlier: Turns = ()) -> list[int]:
        """What `generate` continues: the ids of `text`, in the chat template where the model has one.

        `earlier` turns of a talk stand before it, each answer with its end. Raises KnobError for those of a model that
        has no template.
        """
        ids = self.tokenizer.encode(text)
        if self.chat is None:
            if earlier:
                raise KnobError("no_chat", f"{self.name} continues a text; it was not tuned to talk.", name=self.name)
            return ids
        said = [id_ for user, assistant in earlier for id_ in (
            *self.chat.before, *self.tokenizer.encode(user), *self.chat.after, *self.tokenizer.encode(assistant), self.chat.stop[0])]
        return [*said, *self.chat.before, *ids, *self.chat.after]

    def trace(self, text: str, window: int | None = None, without: Without = NOTHING) -> Trace:
        """Read `text` in one forward pass and keep everything it did.

        `window` (tokens, at most `context`) cuts the beginning off; `without` takes parts of the model away.
        Raises KnobError for a bad window or part, TextError for a text with no token in it.
        """
        return self.traces([text], window, without)[0]

    def traces(self, texts: Sequence[str], window: int | None = None, without: Without = NOTHING) -> list[Trace]:
        """The same for several texts: those of equal length in one pass. What a row computes does not depend on the others."""
        return self._traces([self.tokenizer.encode(text) for text in texts], window, without)

    def trace_chat(self, text: str, window: int | None = None, without: Without = NOTHING) -> Trace:
        """The same for what `generate` reads: `text` in the chat template, where the model has one."""
        return self._traces([self.prompt(text)], window, without)[0]

    @torch.no_grad()
    def _traces(self, all_ids: Sequence[list[int]], window: int | None, without: Without) -> list[Trace]:
        without.check(self.decoder.config)
        cut = [fit(ids, self.window(window), self.bos) for ids in all_ids]
        if not all(kept for _, kept in cut):
            raise TextError("empty", "There is no text to read.")
        found: dict[int, Trace] = {}
        for length in {len(kept) for _, kept in cut}:
            rows = [i for i, (_, kept) in enumerate(cut) if len(kept) == length]
            done = self.decoder(torch.tensor([cut[i][1] for i in rows]), without=without)
            found |= {i: collect(done, row, *self._seen(*cut[i]), without) for row, i in enumerate(rows)}
        return [found[i] for i in range(len(cut))]

    def _seen(self, dropped: list[int], kept: list[int]) -> tuple[list[Token], list[Token]]:
        """The tokens that are read, and those that fell out of the window."""
        tokens = self.tokenizer.tokens(dropped + kept[self.bos is not None:])   # together: a cut may split a letter
        if self.bos is not None:
            tokens[len(dropped):len(dropped)] = self.tokenizer.tokens([self.bos])
        return tokens[len(dropped):], tokens[:len(dropped)]

    def generate(self, text: str, max_new_tokens: int = 60, temperature: float = 0.8, top_k: int | None = None,
                 top_p: float | None = None, seed: int = 0, window: int | None = None, earlier: Turns = (),
                 instead: Mapping[int, int] = AS_DRAWN, without: Without = NOTHING) -> Iterator[Step]:
        """Write on from `text`, one Step at a time; the same seed gives the same text. Raises KnobError, TextError.

        A model that was tuned to talk answers it, after the `earlier` turns. `instead` puts a token of the caller's at
        some places of the new text, counted from 0; the rest is written on from it. `without` takes parts of the model away.
        """
        for (step,) in self.continuations(text, [seed], max_new_tokens, temperature, top_k, top_p, window, earlier, instead, without):
            yield step

    def continuations(self, text: str, seeds: Sequence[int], max_new_tokens: int = 60, temperature: float = 0.8,
                      top_k: int | None = None, top_p: float | None = None,
                      window: int | None = None, earlier: Turns = (),
                      instead: Mapping[int, int] = AS_DRAWN, without: Without = NOTHING) -> Iterator[list[Step | None]]:
        """Write on once for each seed, all in one batch; None stands for a row that has ended."""
        if max_new_tokens < 0:
            raise KnobError("max_new_tokens", f"The number of new tokens must be 0 or more, not {max_new_tokens}.",
                            value=max_new_tokens)
        without.check(self.decoder.config)
        prompt = self.prompt(text, earlier)
        if not prompt and self.bos is None:
            raise TextError("empty", "There is no text to continue.")
        alien = [id_ for id_ in instead.values() if not 0 <= id_ < self.decoder.config.vocab_size]
        if alien:
            raise KnobError("token_id", f"The vocabulary has no token {alien[0]}.", id=alien[0])
        return roll(self, prompt, seeds, max_new_tokens, temperature, top_k, top_p, self.window(window), instead, without)

    def window(self, size: int | None) -> int:
        """The window to use: `size`, or the whole context. Raises KnobError for one that the model does not have."""
        if size is None:
            return self.context
        if not SMALLEST <= size <= self.context:
            raise KnobError("window_size", f"The window must hold {SMALLEST} to {self.context} tokens, not {size}.",
                            size=size, least=SMALLEST, most=self.context)
        return size


def begins_with(tokenizer: Tokenizer) -> int:
    """The id that our own models begin every text with."""
    return tokenizer.special(END_OF_TEXT)
