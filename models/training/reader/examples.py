"""What the reader learns from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a passage; ``answer`` is a character range of the passage, None where it does not answer.

    ``context`` is what stands above the passage, as the index gives it: ``"body, date. heading, heading"``.
    """

    question: str
    passage: str
    answer: tuple[int, int] | None
    context: str = ""
