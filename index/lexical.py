"""The lexical index: BM25 over our own Swedish terms, on tantivy.

The ranking of one chunk is the sum over the question's terms and the fields of
``weight * BM25(k1=1.2, b=0.75)`` (Robertson & Zaragoza, 2009; tantivy's constants).
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.dates import iso_day
from index.conditions import Condition
from index.context import naming
from index.lexical_query import DEFAULT_WEIGHTS, FieldWeights, QueryBuilder
from index.reader import ArchiveReader
from index.records import LastChange, Passage, ScoredChunk
from index.state import IndexState, read_state, write_state
from models.analysis import Analyser

# Part of the fingerprint: change it when the fields change, or what goes into them.
SCHEMA_VERSION = "3"
# BM25 counts removed chunks until their segments merge. Small indexes are built anew at once
# (well under a second), large ones when removed chunks are more than a twentieth.
ALWAYS_REBUILD_CHUNKS = 2_000
STALE_SHARE = 0.05
# tantivy's floor is 15 MB a thread. One thread keeps the chunks in order and few in segments.
WRITER_BYTES = 100_000_000
# Scores are sums of 32-bit floats in an order that differs between segments: digits beyond
# these are noise, and may not decide between equals.
SCORE_DIGITS = 4


class LexicalIndex:
    """BM25 search over the chunks of an archive. ``folder`` is its own, e.g. ``…/lexical``."""

    def __init__(self, folder: Path, archive: ArchiveReader, analyser: Analyser) -> None:
        self._folder = folder
        self._archive = archive
        self._analyser = analyser
        self._state: IndexState | None = None
        self._index: Any = None
        self._searcher: Any = None
        self.load()

    @property
    def fingerprint(self) -> str:
        """What the index is built with; another one means that it has to be built again."""
        return f"lexical-{SCHEMA_VERSION}|{self._analyser.version}|{self._archive.identity}"

    @property
    def chunks(self) -> int:
        """How many chunks can be found."""
        return 0 if self._searcher is None else int(self._searcher.num_docs)

    def search(
        self,
        text: str,
        limit: int,
        documents: frozenset[str] | None = None,
        weights: FieldWeights = DEFAULT_WEIGHTS,
        condition: Condition | None = None,
    ) -> list[ScoredChunk]:
        """The best chunks for the words of ``text``, best first; equals by chunk id.

        ``documents``: look in these only. ``condition`` must hold; every chunk for which it does
        is then found, and ``text`` only ranks and may be empty. Nothing in ``text`` is query
        syntax. Chunks removed since the last catch-up may be among the hits; the archive passes
        over them.
        """
        if self._searcher is None or limit < 1 or (documents is not None and not documents):
            return []
        query = self._builder().ranked(text, documents, condition, weights)
        if query is None:
            return []
        fetch = limit + 8
        while True:
            hits = self._searcher.search(query, fetch, count=False).hits
            # Equals at the limit come in the order of the segments: fetch them all, then choose.
            if len(hits) < fetch or fetch > 8 * limit + 64 or _rounded(hits[limit - 1]) > _rounded(hits[-1]):
                break
            fetch *= 2
        chunks = self._searcher.fast_field_values("chunk", [address for _, address in hits])
        scored = [
            ScoredChunk(int(chunk), round(float(score), SCORE_DIGITS))
            for chunk, (score, _) in zip(chunks, hits, strict=True)
        ]
        return sorted(scored, key=lambda hit: (-hit.score, hit.chunk))[:limit]

    def matching(self, condition: Condition, documents: frozenset[str] | None = None) -> NDArray[np.int64]:
        """The ids of all chunks for which ``condition`` holds, in these documents, ascending."""
        if self._searcher is None or not self.chunks or (documents is not None and not documents):
            return np.empty(0, np.int64)
        query = self._builder().chosen(documents, condition)
        hits = self._searcher.search(query, self.chunks, count=False).hits
        chunks = self._searcher.fast_field_values("chunk", [address for _, address in hits])
        return np.sort(np.asarray(chunks, np.int64))

    def knows(self, word: str, document: str | None = None) -> bool:
        """Whether a chunk (of the document) has the word in any form, or one that differs from it in a letter.

        True without an index.
        """
        if self._searcher is None:
            return True
        return bool(self._searcher.search(self._builder().like(word, document), 1, count=False).hits)

    def is_current(self) -> bool:
        """Whether the index holds the archive's last change."""
        return self._state is not None and self._state.last == self._archive.last_change()

    def load(self) -> None:
        """Open what is on disk, if it was built as we would build it; else there is no index."""
        state = read_state(self._folder)
        if state is None or state.fingerprint != self.fingerprint:
            self._close()
            return
        if state == self._state and self._index is not None:
            return
        try:
            index = _open(self._folder / state.data)
        except Exception:  # tantivy raises ValueError, OSError and others for what is damaged
            self._close()
            return
        self._state, self._index, self._searcher = state, index, index.searcher()

    def catch_up(self) -> None:
        """Take in what has changed since; the caller holds the writer's lock.

        Chunks of a changed document are deleted, then added as they are now: doing that twice,
        after a crash, changes nothing. The state is written after the commit.
        """
        self.load()
        changes = None if self._state is None else self._archive.changes_since(self._state.last)
        if self._state is None or changes is None:
            self.rebuild()
            return
        if changes.last == self._state.last:
            return
        removed = self._state.removed + len(changes.removed_chunks)
        live = int(self._archive.chunk_ids().size)
        if removed and (live <= ALWAYS_REBUILD_CHUNKS or removed > STALE_SHARE * live):
            self.rebuild()
            return
        try:
            self._write(changes.documents, delete=True)
        except (OSError, ValueError):  # damaged files may show only when they are used
            self.rebuild()
            return
        data, built = self._state.data, self._state.built
        self._finish(IndexState(self.fingerprint, changes.last.seq, changes.last.token, data, built, removed))

    def rebuild(self) -> None:
        """Build everything anew from the archive, beside the old index, and swap."""
        self._folder.mkdir(parents=True, exist_ok=True)
        last: LastChange = self._archive.last_change()
        data = f"index-{last.seq}-{uuid.uuid4().hex[:8]}"
        target = self._folder / data
        target.mkdir()
        self._index = _create(target)
        self._write(None, delete=False)
        self._finish(IndexState(self.fingerprint, last.seq, last.token, data, self.chunks))

    def _write(self, documents: Sequence[str] | None, *, delete: bool) -> None:
        writer = self._index.writer(WRITER_BYTES, 1)
        if delete:
            for document in documents or ():
                writer.delete_documents_by_term("document", document)
        for entry in self._entries(self._archive.passages(documents)):
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()  # else a merge under way is thrown away, and segments pile up
        self._index.reload()
        self._searcher = self._index.searcher()

    def _finish(self, state: IndexState) -> None:
        """Mark the index as holding a change, then clear away what is no longer live."""
        write_state(self._folder, state)
        self._state = state
        for other in self._folder.iterdir():
            if other.is_dir() and other.name != state.data:
                shutil.rmtree(other, ignore_errors=True)

    def _close(self) -> None:
        self._state = self._index = self._searcher = None

    def _entries(self, passages: Iterable[Passage]) -> Iterator[Any]:
        """The tantivy documents of passages, document by document.

        A document is damaged as a whole: a chunk is too short to tell. The context of a section is
        analysed once.
        """
        import tantivy

        for document, chunks in groupby(passages, key=lambda one: one.document):
            damaged = self._analyser.damaged(self._archive.text(document))
            known: tuple[object, ...] = ()
            context = ""
            for passage in chunks:
                place = (passage.number, passage.section_path)
                if place != known:
                    known, context = place, " ".join(self._analyser.terms(_context(passage), damaged).lemmas)
                terms = self._analyser.terms(passage.search_text, damaged, day=iso_day(passage.date))
                entry = tantivy.Document()
                entry.add_unsigned("chunk", passage.chunk)
                entry.add_text("document", passage.document)
                entry.add_text("lemmas", " ".join(terms.lemmas))
                entry.add_text("parts", " ".join(terms.parts))
                entry.add_text("exact", " ".join(terms.exact))
                entry.add_text("context", context)
                yield entry

    def _builder(self) -> QueryBuilder:
        return QueryBuilder(self._index.schema, self._archive, self._analyser)


def _rounded(hit: tuple[float, Any]) -> float:
    return round(float(hit[0]), SCORE_DIGITS)


def _context(passage: Passage) -> str:
    return "\n".join(naming(passage.title, passage.body, passage.date, passage.number, *passage.section_path))


def _create(folder: Path) -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field, option in (("lemmas", "freq"), ("parts", "freq"), ("exact", "position"), ("context", "freq")):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option=option)
    index = tantivy.Index(builder.build(), path=str(folder))
    index.config_reader("manual")
    return index


def _open(folder: Path) -> Any:
    import tantivy

    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")  # "commit" would start a thread that watches the folder
    with contextlib.suppress(ValueError):
        index.reload()
    return index
