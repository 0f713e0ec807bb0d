"""How well a document was read: known words, text recognition, pages without text, repairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.records import Page, Source

Grade = Literal["good", "poor", "needs_ocr"]

# Below these a reader trips over the text of real minutes; docs/figures.md, "How well files are read".
POOR_KNOWN = 0.83
POOR_CONFIDENCE = 0.85


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality of one reading.

    ``known``: share of words that a dictionary holds, 0 to 1, None where there are too
    few to tell. ``confidence``: mean confidence of text recognition over the pages that it read,
    0 to 1. ``ocr_pages``, ``pages``, ``pages_without_text`` and ``repairs`` are counts.
    """

    known: float | None = None
    confidence: float | None = None
    ocr_pages: int = 0
    pages: int = 0
    pages_without_text: int = 0
    repairs: int = 0

    @property
    def grade(self) -> Grade:
        """``needs_ocr`` where no page could be read, ``poor`` below the bounds, else ``good``."""
        if self.pages_without_text and self.pages_without_text >= self.pages:
            return "needs_ocr"
        return "poor" if _below(self.known, self.confidence) else "good"


def is_poor(page: Page) -> bool:
    """Whether the text of a page is to be compared with the original before it is trusted."""
    return _below(page.known, page.confidence)


def quality_of(pages: Sequence[Page], known: float | None, pages_without_text: int, repairs: int) -> Quality:
    """The quality of a document by its pages and counts."""
    read = [page.confidence for page in pages if page.origin == "ocr" and page.confidence is not None]
    return Quality(
        known=known,
        confidence=sum(read) / len(read) if read else None,
        ocr_pages=sum(page.origin == "ocr" for page in pages),
        pages=len(pages),
        pages_without_text=pages_without_text,
        repairs=repairs,
    )


def assessed(source: Source) -> Source:
    """The source with the share of known words in it and on each of its pages."""
    from corpus.vocabulary import known_share

    pages = tuple(
        replace(page, known=known_share(source.text[page.start : page.end], english=True)) for page in source.pages
    )
    return replace(source, pages=pages, known=known_share(source.text, english=True))


def _below(known: float | None, confidence: float | None) -> bool:
    return (known is not None and known < POOR_KNOWN) or (confidence is not None and confidence < POOR_CONFIDENCE)
