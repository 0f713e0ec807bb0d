"""What a conversation keeps of a question and its answer, and a follow-up once it is completed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.hits import Answer
from index.filters import Filter

if TYPE_CHECKING:
    from index.records import StoredDocument


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was asked of the archive, and what came of it."""

    question: str
    answer: Answer
    earlier: Turn | None = None

    def then(self, question: str, answer: Answer) -> Turn:
        """The turn after this one; of those before it a few are remembered."""
        kept = self.earlier and replace(self.earlier, earlier=None)
        return Turn(question, answer, replace(self, earlier=kept))

    @property
    def document(self) -> StoredDocument | None:
        """The document that was cited first."""
        return self.answer.citations[0].chunk.document if self.answer.citations else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands by itself, where to ask it, and what was taken over, told in its language.

    ``question`` is empty where the meeting that is meant is not there, and ``told`` says so. ``more``:
    further places for the question before are asked for. ``wider``: what to say where only the other
    documents answer; empty where they are not meant.
    """

    question: str
    selection: Filter
    told: tuple[str, ...] = ()
    more: bool = False
    wider: str = ""
