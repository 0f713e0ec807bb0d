"""Facts in the archive: read by type, and rows for those that go in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from corpus.records import Document, Mark, Page
from index.filters import Filter
from index.reader import ArchiveReader
from index.records import FactPlace, FactStatus, StoredDocument, StoredFact
from models.registers.records import Fact, Proof
from models.registers.rows import fact_of, row_of, type_of


class FactReader(ArchiveReader):
    """Reads the facts of documents, and whole documents for extractors to read."""

    def facts(self, types: Sequence[str] = (), selection: Filter = Filter.everything) -> Iterator[StoredFact]:
        """The facts of these types (none: of all) in the selected documents.

        Documents in the order of ``documents``, facts in the order in which they were read out.
        """
        for document in self.documents(selection):
            yield from self.facts_of(document, types)

    def facts_of(self, document: StoredDocument, types: Sequence[str] = ()) -> list[StoredFact]:
        """The facts of these types (none: of all) in one document."""
        rows = self._rows(
            "SELECT type, data, section, paragraph, start, stop, page, quote FROM facts WHERE document = ? "
            "AND (?2 = '[]' OR type IN (SELECT value FROM json_each(?2))) ORDER BY ordinal",
            document.id,
            json.dumps(list(types)),
        )
        return [
            StoredFact(document, name, fact_of(name, json.loads(data), Proof(*place)), page, quote)
            for name, data, *place, page, quote in rows
        ]

    def fact_places(self, documents: Iterable[str], types: Iterable[str]) -> list[FactPlace]:
        """Where the facts of these types stand in these documents; quicker than reading the facts."""
        rows = self._rows(
            "SELECT document, type, coalesce(json_extract(data, '$.kind'), json_extract(data, '$.status')), "
            "start, stop FROM facts WHERE document IN (SELECT value FROM json_each(?)) "
            "AND type IN (SELECT value FROM json_each(?))",
            json.dumps(list(documents)),
            json.dumps(list(types)),
        )
        return [FactPlace(*row) for row in rows]

    def facts_missing(self, version: str | None = None) -> list[str]:
        """The ids of the documents whose facts another version read, or none did (None: of all documents)."""
        return self._ids("SELECT id FROM documents WHERE ?1 IS NULL OR facts_version IS NOT ?1 ORDER BY id", version)

    def fact_status(self, version: str) -> FactStatus:
        """How many facts there are, and what is missing for this version of the extractors."""
        counts = self._rows("SELECT type, count(*) FROM facts GROUP BY type ORDER BY type")
        faults = self._rows(
            "SELECT coalesce((SELECT min(path) FROM paths WHERE document = id), id), facts_fault "
            "FROM documents WHERE facts_fault IS NOT NULL ORDER BY 1"
        )
        return FactStatus(
            tuple((str(name), int(count)) for name, count in counts),
            len(self.facts_missing(version)),
            tuple((str(path), str(fault)) for path, fault in faults),
        )

    def marks(self, document_id: str) -> list[Mark]:
        """The marked ranges of a document in order; empty where it has none."""
        rows = self._rows("SELECT start, stop, reason FROM marks WHERE document = ? ORDER BY position", document_id)
        return [Mark(*row) for row in rows]

    def structured(self, document: StoredDocument) -> Document:
        """A document as it was read, without its chunks: what the extractors of facts need."""
        name = document.id
        return Document(
            id=name,
            sha256=document.sha256,
            format=document.format,
            text=self.text(name),
            title=document.title,
            kind=document.kind,
            body=document.body,
            date=document.date,
            sections=tuple(self.sections(name)),
            paragraphs=tuple(self.paragraphs(name)),
            chunks=(),
            marks=tuple(self.marks(name)),
            pages=tuple(self.pages(name)),
            metadata=document.metadata,
            pages_without_text=document.pages_without_text,
            repairs=document.quality.repairs,
            known=document.quality.known,
        )


def fact_rows(document: Document, facts: Sequence[Fact]) -> list[tuple[object, ...]]:
    """Rows of the table ``facts``, in order."""
    return [
        (
            *(document.id, ordinal, type_of(one), one.proof.section, one.proof.paragraph),
            *(one.proof.start, one.proof.end, _page_at(document.pages, one.proof.start)),
            document.text[one.proof.start : one.proof.end],
            json.dumps(row_of(one), ensure_ascii=False),
        )
        for ordinal, one in enumerate(facts)
    ]


def _page_at(pages: Sequence[Page], position: int) -> int | None:
    return next((page.number for page in reversed(pages) if page.start <= position), None)
