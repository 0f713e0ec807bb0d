"""Reranking: the first hits are read, and those that answer the question come first.

A hit's score becomes a mixture of what the search gave it and how probable it is that an answer
stands there, as the reader says it from question and passage together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from corpus.personal_numbers import mask_personal_numbers
from engine.hits import Hit
from index.context import context_of

if TYPE_CHECKING:
    from models.reader.named import NamedReranker
    from models.reader.reader import Passage, Reading, SpanReader

READ = 10  # hits that are read for an answer
READ_IN_SEARCH = 20
# The reader's share of the score: chosen on the gold questions (docs/figures.md).
SHARE = 0.3
TEMPERATURE = 4.0  # its log odds are too sure of themselves


class Reranker(Protocol):
    """Gives each passage a relevance in [0, 1]."""

    def relevance(self, question: str, hits: Sequence[Hit]) -> list[float]:
        """One number a hit."""
        ...


@dataclass(frozen=True, slots=True)
class ReadingReranker:
    """By our own reader: the probability that an answer stands in the passage."""

    reader: SpanReader

    def relevance(self, question: str, hits: Sequence[Hit]) -> list[float]:
        """Reads every hit."""
        return [relevance_of(one) for one in self.reader.read(question, [passage_of(hit) for hit in hits], 1)]


@dataclass(frozen=True, slots=True)
class CrossEncoderReranker:
    """By a larger cross-encoder that the user names."""

    model: NamedReranker

    def relevance(self, question: str, hits: Sequence[Hit]) -> list[float]:
        """The scores of the model, squeezed into [0, 1] where they are not there already."""
        passages = [passage_of(hit) for hit in hits]
        texts = [f"{one.context}\n{one.text}" if one.context else one.text for one in passages]
        scores = [float(score) for score in self.model.score(question, texts)]
        inside = all(0.0 <= score <= 1.0 for score in scores)
        return scores if inside else [_sigmoid(score) for score in scores]


def relevance_of(reading: Reading) -> float:
    """The probability, in [0, 1], that an answer stands in what was read."""
    return _sigmoid(reading.log_odds / TEMPERATURE)


def passage_of(hit: Hit) -> Passage:
    """A hit as the reader gets it: its characters as they stand, under what names its place."""
    from models.reader.reader import Passage  # it loads what a search without reading does not need

    chunk = hit.chunk
    return Passage(mask_personal_numbers(chunk.text), context_of(chunk.document, chunk.section_path))


def mixed(hits: Sequence[Hit], relevance: Sequence[float], share: float = SHARE) -> tuple[Hit, ...]:
    """The hits, best first, with the mixed score and ``reading``; hits beyond ``relevance`` follow in their order."""
    read = [
        replace(hit, score=(1 - share) * hit.score + share * one, reading=one)
        for hit, one in zip(hits, relevance, strict=False)
    ]
    read.sort(key=lambda hit: -hit.score)
    rest = [replace(hit, score=(1 - share) * hit.score) for hit in hits[len(read) :]]
    return (*read, *rest)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
