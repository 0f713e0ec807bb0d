"""What the archive hands out: documents, chunks, passages, changes and figures, all frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus.quality import Quality
from corpus.records import DocumentKind, Section, Span
from models.registers.records import Fact

AddOutcome = Literal["added", "replaced", "unchanged", "path_added"]
FileOutcome = Literal["read", "refused", "quarantined"]
ChangeKind = Literal["add", "remove", "vectors"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the archive, without its text.

    ``paths`` are the places where the same content was found, the first recorded first.
    ``characters``, ``sections`` and ``chunks`` are counts. ``added_at`` is ISO 8601 in UTC.
    """

    id: str
    sha256: str
    paths: tuple[str, ...]
    title: str
    kind: DocumentKind
    body: str | None
    date: str | None
    format: str
    characters: int
    sections: int
    chunks: int
    pages_without_text: int
    added_at: str
    metadata: tuple[tuple[str, str], ...] = ()
    quality: Quality = field(default=Quality())

    @property
    def path(self) -> str:
        """The first recorded path; empty where every path was forgotten."""
        return self.paths[0] if self.paths else ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What came of a file: what it held when it was read, and what is known of it since.

    ``modified``: time of change in nanoseconds, -1 where it cannot tell a change. ``reading``:
    the version of the code and tables that read it. ``reason`` says why it was refused, or
    quarantined because it took its parser down. ``wants`` names the tool (``ocr``, ``office``)
    that would read more of it.
    """

    path: str
    sha256: str
    size: int
    modified: int
    reading: str
    outcome: FileOutcome
    reason: str | None = None
    wants: str | None = None


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with all that a citation needs; ``text`` is exactly ``document text[start:end]``.

    ``section_path`` holds the headings from the outermost section to the chunk's own.
    ``sentences`` are ranges of the document's text.
    """

    id: int
    document: StoredDocument
    section: Section
    section_path: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    page: int | None
    text: str
    search_text: str
    sentences: tuple[Span, ...]

    def part(self, span: Span) -> str:
        """The words of a range of the document's text that lies within the chunk."""
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The facts of one document, and the ``version`` of the extractors that read them.

    ``fault`` says in Swedish what stopped the extractors; there are no facts then.
    """

    version: str
    facts: tuple[Fact, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact with its document; ``quote`` is exactly the text of its proof, ``page`` where that begins."""

    document: StoredDocument
    type: str
    fact: Fact
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class FactStatus:
    """How many facts of each type there are, and the documents that lack them, or have old ones.

    ``faults`` pairs the paths of documents whose facts could not be read with the reason.
    """

    counts: tuple[tuple[str, int], ...]
    outdated: int
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What the indexes need of a chunk: its words and the context that they stand in."""

    chunk: int
    document: str
    title: str
    body: str | None
    date: str | None
    number: str | None
    section_path: tuple[str, ...]
    search_text: str


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A hit of one index. A higher ``score`` is better; scores of two indexes do not compare."""

    chunk: int
    score: float


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest change of the archive; ``token`` tells two histories with equal numbers apart."""

    seq: int
    token: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How many documents there are, and the first and last day (ISO) of those with a date."""

    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a point: documents to look at again, and chunk ids that are gone."""

    last: LastChange
    documents: tuple[str, ...]
    vector_documents: tuple[str, ...]
    removed_chunks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each the archive holds."""

    documents: int
    sections: int
    paragraphs: int
    chunks: int
    pages_without_text: int


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an archive. ``vectors`` pairs an embedding fingerprint with its vectors."""

    folder: Path
    identity: str
    schema_version: int
    counts: Counts
    vectors: tuple[tuple[str, int], ...]
    last_change: LastChange
    last_added_at: str | None
    database_bytes: int
