"""Reading the archive: documents, their parts, chunks, vectors and what has changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableError, UsageError
from corpus.quality import Quality
from corpus.records import Page, Paragraph, Section, Span
from index.context import passage_text
from index.filters import Filter
from index.records import (
    Changes,
    Counts,
    Extent,
    LastChange,
    Passage,
    Status,
    StoredChunk,
    StoredDocument,
)
from index.schema import fold, schema_version
from models.repair import is_damaged

# Rows fetched at a time where everything is read, so that memory stays level.
PAGE_ROWS = 2048
ID_LENGTH = 16
SHORTEST_ID_PREFIX = 4

_DOCUMENT = """
SELECT id, sha256, (SELECT json_group_array(path) FROM
        (SELECT path FROM paths WHERE document = documents.id ORDER BY rowid)),
    title, kind, body, date, format, characters, section_count, chunk_count,
    pages_without_text, added_at, metadata, known, confidence, ocr_pages, page_count, repairs
FROM documents"""
_SECTION = "SELECT ordinal, number, heading, level, kind, start, stop, parent FROM sections"
_PASSAGE = """
SELECT c.id, c.document, d.title, d.body, d.date, s.number, s.path, coalesce(c.search_text, c.text)
FROM chunks c JOIN documents d ON d.id = c.document
LEFT JOIN sections s ON s.document = c.document AND s.ordinal = c.section"""

# The sections with a number, however it is written (*§ 14*, *14.*), and those below them.
_IN_SECTION = """
WITH RECURSIVE inside (document, ordinal) AS (
    SELECT document, ordinal FROM sections
    WHERE rtrim(replace(replace(replace(lower(number), '§', ''), ' ', ''), char(160), ''), '.') = ?
    UNION SELECT s.document, s.ordinal FROM sections s
    JOIN inside i ON s.document = i.document AND s.parent = i.ordinal)
SELECT c.id FROM chunks c JOIN inside i ON c.document = i.document AND c.section = i.ordinal ORDER BY c.id"""


class ArchiveReader:
    """The reading half of the archive. Every method raises UnreadableError on a damaged file."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection
        self.identity = str(self._value("SELECT value FROM meta WHERE key = 'identity'"))

    def find(self, key: str) -> StoredDocument | None:
        """The document with this id or path, or the one that a unique part of either names.

        A path may be given whole or by its last parts (``2018/protokoll.pdf``); else the start of an
        id or of a file name, 4 characters or more. Raises UsageError, listing the matches, where
        more than one document fits.
        """
        ids = self._ids("SELECT id FROM documents WHERE id = ?", key) or self._ids(
            "SELECT document FROM paths WHERE path = ?", storable(key)
        )
        if not ids:
            ids = self._ids("SELECT DISTINCT document FROM paths WHERE ends_path(path, ?)", fold(key))
            if SHORTEST_ID_PREFIX <= len(key) < ID_LENGTH and key.isalnum():
                start = key.lower()
                ids += self._ids("SELECT id FROM documents WHERE substr(id, 1, ?) = ?", len(start), start)
        if not ids and len(key) >= SHORTEST_ID_PREFIX:
            ids = self._ids("SELECT DISTINCT document FROM paths WHERE starts_name(path, ?)", fold(key))
        found = self._documents_by_id(dict.fromkeys(ids))
        if len(found) > 1:
            lines = [f"  {one.id}  {one.path}" for one in list(found.values())[:10]]
            raise UsageError("\n".join([f"{key!r} passar på flera handlingar. Ange en av dem:", *lines]))
        return next(iter(found.values()), None)

    def documents(self, selection: Filter = Filter.everything) -> list[StoredDocument]:
        """The documents that a filter lets through, by date (those without one last)."""
        condition, values = selection.where()
        rows = self._rows(f"{_DOCUMENT} WHERE {condition} ORDER BY date IS NULL, date, title, id", *values)
        return [_document(row) for row in rows]

    def matching(self, selection: Filter) -> frozenset[str] | None:
        """The ids of the documents that a filter lets through; None means all of them."""
        if selection.is_empty:
            return None
        condition, values = selection.where()
        return frozenset(self._ids(f"SELECT id FROM documents WHERE {condition}", *values))

    def extent(self, selection: Filter = Filter.everything) -> Extent:
        """How many documents a filter lets through, and of which days."""
        condition, values = selection.where()
        columns = "count(*), min(substr(date, 1, 10)), max(substr(date, 1, 10))"
        return Extent(*self._rows(f"SELECT {columns} FROM documents WHERE {condition}", *values)[0])

    def text(self, document_id: str) -> str:
        """The whole text of a document; UsageError if there is no such document."""
        rows = self._rows("SELECT text FROM texts WHERE document = ?", document_id)
        if not rows:
            raise UsageError(f"Det finns ingen handling {document_id} i arkivet.")
        return str(rows[0][0])

    def sections(self, document_id: str) -> list[Section]:
        """The sections of a document in order; empty if there is no such document."""
        rows = self._rows(f"{_SECTION} WHERE document = ? ORDER BY ordinal", document_id)
        return [Section(*row) for row in rows]

    def paragraphs(self, document_id: str) -> list[Paragraph]:
        """The paragraphs of a document in order; empty if there is no such document."""
        rows = self._rows(
            "SELECT section, number, kind, start, stop, page FROM paragraphs WHERE document = ? ORDER BY position",
            document_id,
        )
        return [Paragraph(*row) for row in rows]

    def pages(self, document_id: str) -> list[Page]:
        """The pages of a document in order; empty where it has none."""
        rows = self._rows(
            "SELECT number, start, stop, origin, confidence, known FROM pages WHERE document = ? ORDER BY position",
            document_id,
        )
        return [Page(*row) for row in rows]

    def chunks(self, ids: Iterable[int]) -> list[StoredChunk]:
        """The chunks with these ids, in the order asked; ids that are gone are passed over."""
        wanted = [int(one) for one in ids]
        rows = self._rows(
            "SELECT c.id, c.document, c.paragraph, c.start, c.stop, c.page, c.text, c.search_text, "
            "c.sentences, s.path, s.ordinal, s.number, s.heading, s.level, s.kind, s.start, s.stop, "
            "s.parent FROM json_each(?) j JOIN chunks c ON c.id = j.value "
            "JOIN sections s ON s.document = c.document AND s.ordinal = c.section",
            json.dumps(wanted),
        )
        documents = self._documents_by_id(dict.fromkeys(row[1] for row in rows))
        found = {
            row[0]: StoredChunk(
                id=row[0],
                document=documents[row[1]],
                section=Section(*row[10:]),
                section_path=tuple(json.loads(row[9])),
                paragraph=row[2],
                start=row[3],
                end=row[4],
                page=row[5],
                text=row[6],
                search_text=row[6] if row[7] is None else row[7],
                sentences=tuple(Span(start, end) for start, end in json.loads(row[8])),
            )
            for row in rows
            if row[1] in documents
        }
        return [found[one] for one in wanted if one in found]

    def section_chunks(self, chunk_id: int) -> list[int]:
        """The ids of the chunks in the same section, in reading order; empty if it is gone."""
        return self._ids(
            "SELECT other.id FROM chunks c JOIN chunks other "
            "ON other.document = c.document AND other.section = c.section "
            "WHERE c.id = ? ORDER BY other.id",
            chunk_id,
        )

    def chunks_in_section(self, number: str) -> list[int]:
        """The ids of the chunks in sections with this number (``14`` for *§ 14*), or below them."""
        return self._ids(_IN_SECTION, "".join(number.lower().replace("§", "").split()).rstrip("."))

    def chunk_ids(self, documents: Iterable[str] | None = None) -> NDArray[np.int64]:
        """The ids of all chunks of some documents (None: of all), as ascending int64.

        The chunks of one document have consecutive ids, so no chunk is read for this.
        """
        condition, values = ("1", ()) if documents is None else _one_of("id", documents)
        rows = self._rows(
            f"SELECT first_chunk, chunk_count FROM documents WHERE {condition} AND chunk_count > 0 "
            "ORDER BY first_chunk",
            *values,
        )
        ranges = [np.arange(first, first + count, dtype=np.int64) for first, count in rows]
        return np.concatenate(ranges) if ranges else np.empty(0, np.int64)

    def setting(self, key: str) -> str | None:
        """What the archive remembers under ``key``, e.g. which embedding model it uses."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def known(self, sha256: str) -> bool:
        """Whether the archive holds a document with this content."""
        return bool(self._rows("SELECT 1 FROM documents WHERE sha256 = ?", sha256))

    def knows_path(self, path: str, sha256: str) -> bool:
        """Whether this path is recorded with this very content, so that it need not be read."""
        return bool(
            self._rows(
                "SELECT 1 FROM paths JOIN documents ON id = document WHERE path = ? AND sha256 = ?",
                storable(path),
                sha256,
            )
        )

    def counts(self) -> Counts:
        """How many documents, sections, paragraphs and chunks there are."""
        return Counts(
            *self._rows(
                "SELECT count(*), coalesce(sum(section_count), 0), (SELECT count(*) FROM paragraphs), "
                "coalesce(sum(chunk_count), 0), coalesce(sum(pages_without_text), 0) FROM documents"
            )[0]
        )

    def status(self) -> Status:
        """Figures about the archive; counting vectors reads an index of the file once."""
        vectors = self._rows(
            "SELECT fingerprint, (SELECT count(*) FROM vectors WHERE embedding = embeddings.id) "
            "FROM embeddings ORDER BY id"
        )
        return Status(
            folder=self.folder,
            identity=self.identity,
            schema_version=schema_version(self._connection),
            counts=self.counts(),
            vectors=tuple((str(name), int(count)) for name, count in vectors),
            last_change=self.last_change(),
            last_added_at=self._value("SELECT max(added_at) FROM documents"),
            database_bytes=(self.folder / "klubbat.sqlite").stat().st_size,
        )

    def passages(self, documents: Iterable[str] | None = None) -> Iterator[Passage]:
        """What the indexes need of every chunk, by ascending id (None: of all documents).

        Read a page at a time: neither memory nor a read transaction grows with the archive.
        """
        condition, values = ("1", ()) if documents is None else _one_of("c.document", documents)
        for row in self._paged(_PASSAGE, condition, values):
            yield _passage(row)

    def vectors(
        self, embedding: str, documents: Iterable[str] | None = None
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
        """Pages of chunk ids, int64 (n,), with their vectors, float16 (n, dimension)."""
        condition, values = ("1", ()) if documents is None else _one_of("c.document", documents)
        sql = (
            "SELECT c.id, v.vector FROM chunks c JOIN vectors v ON v.chunk = c.id "
            "AND v.embedding = (SELECT id FROM embeddings WHERE fingerprint = ?)"
        )
        page: list[tuple[Any, ...]] = []
        for row in self._paged(sql, condition, values, before=(embedding,)):
            page.append(row)
            if len(page) == PAGE_ROWS:
                yield _matrix(page)
                page = []
        if page:
            yield _matrix(page)

    def vectors_of(
        self, ids: Sequence[int] | NDArray[np.int64], embedding: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """The vectors of some chunks, as in ``vectors``; chunks without one are left out."""
        rows = self._rows(
            "SELECT v.chunk, v.vector FROM json_each(?) j JOIN vectors v ON v.chunk = j.value "
            "AND v.embedding = (SELECT id FROM embeddings WHERE fingerprint = ?)",
            json.dumps([int(one) for one in ids]),
            embedding,
        )
        return _matrix(rows)

    def vectors_missing(self, embedding: str) -> Iterator[tuple[int, str]]:
        """Chunk ids without a vector of this embedding, with the text to embed for each."""
        condition = (
            "NOT EXISTS (SELECT 1 FROM vectors v JOIN embeddings e ON e.id = v.embedding "
            "WHERE v.chunk = c.id AND e.fingerprint = ?)"
        )
        missing = map(_passage, self._paged(_PASSAGE, condition, (embedding,)))
        for document, passages in groupby(missing, key=lambda one: one.document):
            damaged = is_damaged(self.text(document))
            for one in passages:
                yield one.chunk, passage_text(one, one.section_path, one, damaged=damaged)

    def last_change(self) -> LastChange:
        """The newest change; number 0 for an archive that nothing was ever added to."""
        rows = self._rows("SELECT seq, token FROM changes ORDER BY seq DESC LIMIT 1")
        return LastChange(*rows[0]) if rows else LastChange(0, "")

    def changes_since(self, last: LastChange) -> Changes | None:
        """What happened after ``last``; None where that is not a point of this archive's history.

        (As when a backup was restored: the caller then builds its index anew.)
        """
        newest = self.last_change()
        if last.seq and not self._rows("SELECT 1 FROM changes WHERE seq = ? AND token = ?", last.seq, last.token):
            return None
        rows = self._rows(
            "SELECT kind, document, chunks FROM changes WHERE seq > ? AND seq <= ? ORDER BY seq",
            last.seq,
            newest.seq,
        )
        return Changes(
            last=newest,
            documents=tuple(dict.fromkeys(row[1] for row in rows if row[0] != "vectors")),
            vector_documents=tuple(dict.fromkeys(row[1] for row in rows if row[0] == "vectors")),
            removed_chunks=tuple(chunk for row in rows if row[0] == "remove" for chunk in json.loads(row[2])),
        )

    def check(self) -> list[str]:
        """Everything that SQLite finds wrong with the file; empty when it is sound. Slow."""
        faults = [str(row[0]) for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        return faults + [f"foreign key: {row[0]}" for row in self._rows("PRAGMA foreign_key_check")]

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._guarded():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):  # our own fault, not the file's
            raise
        except sqlite3.DatabaseError as error:
            raise UnreadableError(
                f"Arkivet i {self.folder} gick inte att använda ({error}). Kontrollera att disken har "
                "plats; är filen skadad, återställ en säkerhetskopia eller lägg till handlingarna i en "
                "ny mapp."
            ) from error

    def _value(self, sql: str) -> Any:
        rows = self._rows(sql)
        return rows[0][0] if rows else None

    def _ids(self, sql: str, *values: object) -> list[Any]:
        return [row[0] for row in self._rows(sql, *values)]

    def _paged(
        self, sql: str, condition: str, values: Sequence[object], before: Sequence[object] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on ``chunks c``, first column its id, in pages that follow each other."""
        last = 0
        while True:
            rows = self._rows(
                f"{sql} WHERE {condition} AND c.id > ? ORDER BY c.id LIMIT {PAGE_ROWS}",
                *before,
                *values,
                last,
            )
            yield from rows
            if len(rows) < PAGE_ROWS:
                return
            last = rows[-1][0]

    def _documents_by_id(self, ids: Iterable[str]) -> dict[str, StoredDocument]:
        condition, values = _one_of("id", ids)
        return {row[0]: _document(row) for row in self._rows(f"{_DOCUMENT} WHERE {condition}", *values)}


def storable(path: str) -> str:
    r"""``path`` with the bytes that are no UTF-8 (surrogates in Python) written as ``\udcff``."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _one_of(column: str, ids: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    return f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)


def _document(row: tuple[Any, ...]) -> StoredDocument:
    name, sha256, paths, *plain, metadata, known, confidence, ocr_pages, pages, repairs = row
    pairs = tuple((str(key), str(value)) for key, value in json.loads(metadata))
    without_text = plain[-2]
    quality = Quality(known, confidence, ocr_pages, pages, without_text, repairs)
    values = (name, sha256, tuple(json.loads(paths)), *plain, pairs, quality)
    return StoredDocument(*values)


def _passage(row: tuple[Any, ...]) -> Passage:
    *plain, path, search_text = row
    values = (*plain, tuple(json.loads(path or "[]")), search_text)
    return Passage(*values)


def _matrix(rows: Sequence[tuple[Any, ...]]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    if not rows:
        return ids, np.empty((0, 0), np.float16)
    vectors = np.frombuffer(b"".join(row[1] for row in rows), np.float16)
    return ids, vectors.reshape(len(rows), -1)
