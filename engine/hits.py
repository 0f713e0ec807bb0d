"""What a search finds and what an answer rests on: the records that leave this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.records import Span
from index.records import Extent, StoredChunk

Language = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class Sign:
    """What else speaks for a hit, or against it (``engine/search/signs.py``): its name, and what it added."""

    name: str
    added: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found. ``score`` is in [0, 1]; ``lexical`` and ``dense`` are its parts.

    ``reading``: how probable it is that an answer stands there, where the hit was read.
    """

    chunk: StoredChunk
    score: float
    lexical: float
    dense: float
    reading: float | None = None
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of a search, best first, and how many chunks were candidates before the limit.

    ``words`` are those of the query that were wanted, without operators and what is left out.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A chunk with the words in it that prove an answer: a range of the document's text."""

    chunk: StoredChunk
    proof: Span
    score: float

    @property
    def quote(self) -> str:
        """The proving words, exactly as they stand in the source."""
        return self.chunk.part(self.proof)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its citations, best first; ``text`` is None where the documents are silent.

    ``kind`` is what was asked for (``person``, ``date``, …), ``confidence`` the calibrated
    probability that the answer is right. Without an answer the citations are the nearest passages.
    ``searched``: the documents that were asked; None where nobody counted them.
    """

    question: str
    text: str | None
    explanation: str
    confidence: float
    kind: str
    language: Language
    citations: tuple[Citation, ...]
    searched: Extent | None = None
