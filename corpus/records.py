"""The records that pass from room to room: a document, its sections, paragraphs and chunks.

Every ``start`` and ``end`` is a character offset (not bytes) into the text of the document,
half open, so that ``document.text[x.start:x.end]`` is exactly what ``x`` stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["minutes", "notes", "plan", "report", "other"]
ParagraphKind = Literal["text", "item", "row", "heading", "signature", "boilerplate"]
PageOrigin = Literal["text", "ocr", "none"]
SectionKind = Literal["head", "section", "agenda", "contents", "skipped"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mark:
    """A range that stays in the text but is neither indexed nor offered as an answer.

    ``reason`` is one word of ``corpus/tables/marks.tsv``, e.g. ``navigation`` or ``page_head``.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source: its printed or physical number and its range.

    ``origin`` says where its text comes from: ``text`` (the file holds it), ``ocr`` (read from the
    picture) or ``none`` (a picture that nobody has read). ``confidence`` is the mean confidence
    of the recognised words, 0 to 1, where ``origin`` is ``ocr``. ``known`` is the share of its
    words, 0 to 1, that a Swedish dictionary holds; None where there are too few to tell.
    """

    number: int
    start: int
    end: int
    origin: PageOrigin = "text"
    confidence: float | None = None
    known: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader makes of a file: the text that is stored, and what only the reader knows.

    ``repairs`` counts what the reader put right: accents set on their letters, pages read anew.
    ``known`` is the share of known words in all of it, as for a page.
    """

    text: str
    format: str
    pages: tuple[Page, ...] = ()
    marks: tuple[Mark, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    pages_without_text: int = 0
    repairs: int = 0
    known: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or titled part. ``parent`` is the ordinal of the section it stands in."""

    ordinal: int
    number: str | None
    heading: str
    level: int
    kind: SectionKind
    start: int
    end: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The smallest citable text. ``number`` counts from 1 within its section."""

    section: int
    number: int
    kind: ParagraphKind
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is indexed: one paragraph, or short neighbours joined, or a part of a long one.

    Always inside one section. ``paragraph`` is the number of its first paragraph, ``sentences``
    are ranges of the document's text, ``search_text`` is the text without marked ranges and with
    words joined over line ends: it is what the indexes see, never what is quoted.
    """

    section: int
    paragraph: int
    start: int
    end: int
    page: int | None
    search_text: str
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read and structured. ``id`` is the start of the SHA-256 of the file's bytes."""

    id: str
    sha256: str
    format: str
    text: str
    title: str
    kind: DocumentKind
    body: str | None
    date: str | None
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    chunks: tuple[Chunk, ...]
    marks: tuple[Mark, ...] = ()
    pages: tuple[Page, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())
    pages_without_text: int = 0
    repairs: int = 0
    known: float | None = None
