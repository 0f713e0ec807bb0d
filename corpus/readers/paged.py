"""Pages that a reader has read, and the source that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Page, PageOrigin, Source


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The text of a page and where it comes from; ``repairs`` counts what was put right on it."""

    text: str
    origin: PageOrigin = "text"
    confidence: float | None = None
    repairs: int = 0


def source_of(read: Sequence[ReadPage], format: str) -> Source:
    """The pages as one text, separated by form feeds; they keep their numbers."""
    pages, at = [], 0
    for number, page in enumerate(read, 1):
        pages.append(Page(number, at, at + len(page.text), page.origin, page.confidence))
        at += len(page.text) + 2
    return Source(
        text="\n\f".join(page.text for page in read),
        format=format,
        pages=tuple(pages),
        pages_without_text=sum(page.origin == "none" for page in read),
        repairs=sum(page.repairs for page in read),
    )
