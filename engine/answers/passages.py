"""Reading for an answer: the best passages first, and no more of them than can still matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.hits import Hit
from engine.search.reranking import READ, SHARE, mixed, passage_of, relevance_of

if TYPE_CHECKING:
    from models.reader.reader import Reading, SpanReader

AT_ONCE = 4  # passages: two on each of two cores


class PassageReader:
    """What the reader says of passages for one question; a passage is read once, however often it is found."""

    def __init__(self, reader: SpanReader, question: str) -> None:
        self._reader = reader
        self._question = question
        self._known: dict[int, Reading] = {}

    def read(self, hits: Sequence[Hit]) -> tuple[tuple[Hit, ...], dict[int, Reading]]:
        """The hits by their mixed score, and the readings by the chunk's id.

        It stops where the best passage stays the best whatever the others say, after ``READ`` at the latest.
        """
        hits, count = hits[:READ], 0
        best = -1.0
        while count < len(hits) and best < (1 - SHARE) * hits[count].score + SHARE:
            self._read(hits[count : count + AT_ONCE])
            count = min(len(hits), count + AT_ONCE)
            best = self._mixed(hits[:count])[0].score
        return self._mixed(hits, count), {hit.chunk.id: self._known[hit.chunk.id] for hit in hits[:count]}

    def _read(self, hits: Sequence[Hit]) -> None:
        new = [hit for hit in hits if hit.chunk.id not in self._known]
        readings = self._reader.read(self._question, [passage_of(hit) for hit in new]) if new else ()
        self._known.update((hit.chunk.id, one) for hit, one in zip(new, readings, strict=True))

    def _mixed(self, hits: Sequence[Hit], count: int | None = None) -> tuple[Hit, ...]:
        return mixed(hits, [relevance_of(self._known[hit.chunk.id]) for hit in hits[:count]], SHARE)
