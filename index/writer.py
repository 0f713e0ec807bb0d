"""Changing the archive: documents come and go in whole transactions, and each leaves a change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableError, UsageError
from corpus.quality import quality_of
from corpus.records import Chunk, Document
from index.context import section_path
from index.facts import FactReader, fact_rows
from index.lock import WriterLock
from index.reader import storable
from index.records import AddOutcome, ChangeKind, Extraction


class ArchiveWriter(FactReader):
    """The writing half of the archive.

    Every method raises UsageError where the archive is open for reading only, and UnreadableError
    on a damaged file or a full disk; the archive is then as it was before the call.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: WriterLock) -> None:
        self._lock = lock
        super().__init__(folder, connection)

    def add(
        self,
        document: Document,
        path: str,
        vectors: NDArray[np.floating] | None,
        embedding: str,
        *,
        facts: Extraction | None = None,
        refresh: bool = False,
    ) -> AddOutcome:
        """Store a document found at ``path``, with one vector a chunk and its facts, in one transaction.

        ``vectors``: (number of chunks, dimension), stored as float16, or None to embed later;
        ``embedding``: fingerprint of the model that made them; ``facts``: None to read them later.
        Content that is known already is not stored again, only its path is (``unchanged``,
        ``path_added``), unless ``refresh`` says that it was read in a new way (``replaced``). A
        path known with other content moves to the new document, and the old one goes if it has no
        path left (``replaced``).
        """
        if vectors is not None and len(vectors) != len(document.chunks):
            raise ValueError(f"{len(vectors)} vectors for {len(document.chunks)} chunks")
        if vectors is not None and not np.isfinite(vectors).all():
            raise ValueError("a vector holds something that is no number")
        path = storable(path)
        with self._transaction():
            before = self._ids("SELECT document FROM paths WHERE path = ?", path)
            known = bool(self._rows("SELECT 1 FROM documents WHERE sha256 = ?", document.sha256))
            paths = [path]
            outcome: AddOutcome = "added"
            if known and not refresh:
                if before == [document.id]:
                    return "unchanged"
                outcome = "path_added"
            elif known:
                kept = self._ids("SELECT path FROM paths WHERE document = ? ORDER BY rowid", document.id)
                paths = [*kept, *(one for one in paths if one not in kept)]
                self._delete(document.id)
                outcome = "replaced"
            if not known or refresh:
                self._insert(document, vectors, embedding)
                if facts is not None:
                    self._insert_facts(document, facts)
            for one in paths:
                self._execute("INSERT OR REPLACE INTO paths (path, document) VALUES (?, ?)", one, document.id)
            if before and before[0] != document.id:
                outcome = "replaced"
                if not self._rows("SELECT 1 FROM paths WHERE document = ?", before[0]):
                    self._delete(before[0])
        return outcome

    def remove(self, document_id: str) -> bool:
        """Remove a document and all that came from it; False if there is no such document.

        The accounts of its files go too: added again, they are read again.
        """
        with self._transaction():
            self._execute(
                "DELETE FROM files WHERE EXISTS (SELECT 1 FROM paths WHERE document = ? AND (paths.path = files.path "
                "OR substr(paths.path, 1, length(files.path) + 1) = files.path || '/'))",
                document_id,
            )
            return self._delete(document_id)

    def forget_path(self, path: str) -> bool:
        """Forget a path, and its document if that was its last one; False if it is not known."""
        path = storable(path)
        with self._transaction():
            known = bool(self._rows("SELECT 1 FROM paths WHERE path = ?", path))
            self._forget(path)
        return known

    def store_vectors(self, ids: Sequence[int], vectors: NDArray[np.floating], embedding: str) -> int:
        """Store vectors (n, dimension) for chunks that have none of this embedding, or other ones.

        Chunks that are gone are passed over. Returns how many were stored.
        """
        if len(ids) != len(vectors):
            raise ValueError(f"{len(vectors)} vectors for {len(ids)} chunks")
        rows = dict(zip((int(one) for one in ids), _blobs(vectors), strict=True))
        with self._transaction():
            here = self._rows(
                "SELECT id, document FROM chunks WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps(list(rows)),
            )
            number = self._embedding(embedding)
            self._many(
                "INSERT OR REPLACE INTO vectors (chunk, embedding, vector) VALUES (?, ?, ?)",
                [(chunk, number, rows[chunk]) for chunk, _ in here],
            )
            for document in dict.fromkeys(document for _, document in here):
                self._log("vectors", document)
        return len(here)

    def store_facts(self, document: Document, facts: Extraction) -> None:
        """Put these facts in the place of those that a document of the archive has.

        Nothing happens where the document is gone.
        """
        with self._transaction():
            if self.known(document.sha256):
                self._execute("DELETE FROM facts WHERE document = ?", document.id)
                self._insert_facts(document, facts)

    def remember(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key`` for ``setting``."""
        with self._transaction():
            self._execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value)

    def drop_vectors(self, embedding: str) -> None:
        """Forget the vectors of a model that is no longer used."""
        with self._transaction():
            self._execute("DELETE FROM embeddings WHERE fingerprint = ?", embedding)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._lock.held:
            raise UsageError("Arkivet är öppnat för läsning och kan inte ändras.")
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
            self._execute("COMMIT")
        except UnicodeEncodeError as error:
            self._rollback()
            raise UnreadableError(f"Handlingen innehåller tecken som inte går att spara ({error.reason}).") from error
        except BaseException:
            self._rollback()
            raise

    def _rollback(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        with self._guarded():
            return self._connection.execute(sql, values)

    def _many(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._guarded():
            self._connection.executemany(sql, rows)

    def _log(self, kind: ChangeKind, document: str, chunks: list[int] | None = None) -> None:
        removed = None if chunks is None else json.dumps(chunks)
        self._execute("INSERT INTO changes (kind, document, chunks) VALUES (?, ?, ?)", kind, document, removed)

    def _forget(self, path: str) -> bool:
        """Forget a path; whether its document went with it, having no other."""
        ids = self._ids("SELECT document FROM paths WHERE path = ?", path)
        self._execute("DELETE FROM paths WHERE path = ?", path)
        orphaned = bool(ids) and not self._rows("SELECT 1 FROM paths WHERE document = ?", ids[0])
        return orphaned and self._delete(ids[0])

    def _delete(self, document_id: str) -> bool:
        chunks = self._ids("SELECT id FROM chunks WHERE document = ? ORDER BY id", document_id)
        if not self._execute("DELETE FROM documents WHERE id = ?", document_id).rowcount:
            return False
        self._log("remove", document_id, chunks)
        return True

    def _embedding(self, fingerprint: str) -> int:
        self._execute("INSERT OR IGNORE INTO embeddings (fingerprint) VALUES (?)", fingerprint)
        return int(self._rows("SELECT id FROM embeddings WHERE fingerprint = ?", fingerprint)[0][0])

    def _insert(self, document: Document, vectors: NDArray[np.floating] | None, embedding: str) -> None:
        name = document.id
        quality = quality_of(document.pages, document.known, document.pages_without_text, document.repairs)
        self._execute(
            "INSERT INTO documents (id, sha256, title, kind, body, date, format, characters, "
            "section_count, chunk_count, pages_without_text, metadata, added_at, "
            "known, confidence, ocr_pages, page_count, repairs) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(name, document.sha256, document.title, document.kind, document.body, document.date),
            *(document.format, len(document.text), len(document.sections), len(document.chunks)),
            *(document.pages_without_text, json.dumps(document.metadata)),
            datetime.now(UTC).isoformat(timespec="seconds"),
            *(quality.known, quality.confidence, quality.ocr_pages, quality.pages, quality.repairs),
        )
        self._execute("INSERT INTO texts (document, text) VALUES (?, ?)", name, document.text)
        self._many(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(name, one.ordinal, one.number, one.heading, one.level, one.kind),
                    *(one.start, one.end, one.parent),
                    json.dumps(section_path(document.sections, one.ordinal)),
                )
                for one in document.sections
            ],
        )
        self._many(
            "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (name, position, one.section, one.number, one.kind, one.start, one.end, one.page)
                for position, one in enumerate(document.paragraphs)
            ],
        )
        self._many(
            "INSERT INTO marks VALUES (?, ?, ?, ?, ?)",
            [(name, number, one.start, one.end, one.reason) for number, one in enumerate(document.marks)],
        )
        self._many(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (name, place, one.number, one.start, one.end, one.origin, one.confidence, one.known)
                for place, one in enumerate(document.pages)
            ],
        )
        self._insert_chunks(document, vectors, embedding)
        self._log("add", name)

    def _insert_facts(self, document: Document, facts: Extraction) -> None:
        self._many("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", fact_rows(document, facts.facts))
        self._execute(
            "UPDATE documents SET facts_version = ?, facts_fault = ? WHERE id = ?",
            *(facts.version, facts.fault, document.id),
        )

    def _insert_chunks(self, document: Document, vectors: NDArray[np.floating] | None, embedding: str) -> None:
        if not document.chunks:
            return
        self._many(
            "INSERT INTO chunks (document, section, paragraph, start, stop, page, text, search_text, "
            "sentences) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_chunk_row(document, chunk) for chunk in document.chunks],
        )
        # Consecutive: the one writer inserts them in one transaction, and ids only grow.
        ids = self._ids("SELECT id FROM chunks WHERE document = ? ORDER BY id", document.id)
        self._execute("UPDATE documents SET first_chunk = ? WHERE id = ?", ids[0], document.id)
        if vectors is not None:
            number = self._embedding(embedding)
            self._many(
                "INSERT INTO vectors (chunk, embedding, vector) VALUES (?, ?, ?)",
                [(chunk, number, blob) for chunk, blob in zip(ids, _blobs(vectors), strict=True)],
            )


def _chunk_row(document: Document, chunk: Chunk) -> tuple[object, ...]:
    text = document.text[chunk.start : chunk.end]
    return (
        document.id,
        chunk.section,
        chunk.paragraph,
        chunk.start,
        chunk.end,
        chunk.page,
        text,
        None if chunk.search_text == text else chunk.search_text,
        json.dumps([(one.start, one.end) for one in chunk.sentences]),
    )


def _blobs(vectors: NDArray[np.floating]) -> list[bytes]:
    return [row.tobytes() for row in np.ascontiguousarray(vectors, dtype=np.float16)]
