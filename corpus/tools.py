"""Programs beside Klubbat that some files need, and whether they are on this machine."""

from __future__ import annotations

from corpus.quality import is_poor
from corpus.records import Source


def tool_is_here(tool: str) -> bool:
    """Whether the program for ``ocr`` (Tesseract) or ``office`` (LibreOffice) can be run."""
    if tool == "ocr":
        from corpus.ocr import tesseract

        return tesseract() is not None
    from corpus.readers.office import office_version

    return office_version() is not None


def lacking_tool(source: Source) -> str | None:
    """The tool that would read more of a file than was read, where the machine lacks it.

    Text recognition is wanted for pages without text and for text layers that are mostly no
    words.
    """
    unread = any(
        page.origin == "none" or (source.format == "pdf" and page.origin == "text" and is_poor(page))
        for page in source.pages
    )
    return "ocr" if unread and not tool_is_here("ocr") else None
