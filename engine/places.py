"""Where a chunk stands, as people say it: *Protokoll, Partnerskap X, 2031-10-05, § 6*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.personal_numbers import mask_personal_numbers
from corpus.quality import is_poor
from corpus.records import DocumentKind, Section
from index.records import StoredChunk, StoredDocument

if TYPE_CHECKING:
    from index.reader import ArchiveReader

KIND_WORDS: dict[DocumentKind, str] = {
    "minutes": "Protokoll",
    "notes": "Minnesanteckningar",
    "plan": "Plan",
    "report": "Rapport",
    "other": "Handling",
}


POOR_WORDS = "svårläst original, jämför"


@dataclass(frozen=True, slots=True)
class Place:
    """The numbered section that a chunk stands in, its heading, and the way down to the chunk.

    ``path`` is, e.g., *§ 74 › Beslut*; without a numbered section ``number`` is None.
    """

    number: str | None
    heading: str
    path: str

    @property
    def label(self) -> str:
        """*§ 6*, *punkt 6*, or the heading."""
        if self.number is None:
            return self.heading
        return self.number if self.number.startswith("§") else f"punkt {self.number}"


class Places:
    """Finds places; the sections of a document are read once."""

    def __init__(self, archive: ArchiveReader) -> None:
        self._archive = archive
        self._sections: dict[str, dict[int, Section]] = {}
        self._poor: dict[str, frozenset[int]] = {}

    def of(self, chunk: StoredChunk) -> Place:
        """The place of a chunk."""
        key = chunk.document.id
        if key not in self._sections:
            self._sections[key] = {s.ordinal: s for s in self._archive.sections(key)}
        return place_of(chunk.section, self._sections[key])

    def is_poor(self, chunk: StoredChunk) -> bool:
        """Whether a chunk stands on a page, or in a document without pages, that was hard to read."""
        if chunk.page is None:
            return chunk.document.quality.grade == "poor"
        key = chunk.document.id
        if key not in self._poor:
            self._poor[key] = frozenset(page.number for page in self._archive.pages(key) if is_poor(page))
        return chunk.page in self._poor[key]

    def source_line(self, chunk: StoredChunk) -> str:
        """The source of a chunk on one line, with a mark where its page was hard to read."""
        line = source_line(chunk.document, self.of(chunk), chunk.page)
        return f"{line} ({POOR_WORDS})" if self.is_poor(chunk) else line


def place_of(section: Section, sections: dict[int, Section]) -> Place:
    """The place of a section among the sections of its document, by ordinal."""
    line = [section]
    while line[-1].parent is not None and line[-1].parent in sections:
        line.append(sections[line[-1].parent])
    numbered = next((k for k, one in enumerate(line) if one.number), None)
    if numbered is None:
        headings = [mask_personal_numbers(one.heading) for one in reversed(line) if one.heading and one.kind != "head"]
        return Place(None, headings[-1] if headings else "", " › ".join(headings))
    top = line[numbered]
    below = [mask_personal_numbers(one.heading) for one in reversed(line[:numbered]) if one.heading]
    return Place(top.number, mask_personal_numbers(top.heading), " › ".join([str(top.number), *below]))


def source_line(document: StoredDocument, place: Place | None, page: int | None = None) -> str:
    """The source of a quotation on one line, e.g. *Protokoll, Partnerskap X, 2031-10-05, § 6, s. 3*."""
    head = [KIND_WORDS[document.kind], document.body] if document.body else [document.title]
    date = None if document.date and document.date in head[-1] else document.date
    parts = [*head, date, place.label if place else None, f"s. {page}" if page else None]
    return mask_personal_numbers(", ".join(part for part in parts if part))
