"""Bringing documents into the archive: embedded many at a time, stored one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.documents import READING_KEY
from corpus.records import Document
from index.archive import Archive
from index.context import passage_text, section_path, vectors_name
from index.extraction import Extractor
from index.records import AddOutcome, StoredDocument
from models.embedding import Embedder
from models.repair import is_damaged

# Enough passages for an embedder to sort them by length and to keep its matrices full.
BATCH_CHUNKS = 512


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is now safely in the archive. ``fault``: why there are no facts of it, in Swedish."""

    path: str
    document: str
    outcome: AddOutcome
    chunks: int
    fault: str | None = None


def ingest(
    archive: Archive,
    documents: Iterable[tuple[str, Document]],
    embedder: Embedder | None,
    progress: Callable[[Ingested], None] | None = None,
    *,
    extract: Extractor | None = None,
    refresh: bool = False,
) -> list[Ingested]:
    """Add documents with the paths they were found at, in order.

    The chunks of several documents are embedded together, each with its context in front; known
    content is not embedded again (unless ``refresh``: it was read in a new way). ``progress`` is
    called for each document once it is stored. Without ``embedder`` vectors are left for later,
    without ``extract`` facts.
    When reading fails midway, the documents read before are stored before the error goes on.
    """
    done: list[Ingested] = []
    waiting: list[tuple[str, Document]] = []
    size = 0

    def store() -> None:
        _store(archive, waiting, embedder, extract, refresh, done, progress)

    source = iter(documents)
    while True:
        try:
            path, document = next(source)
        except StopIteration:
            break
        except Exception:
            store()
            raise
        waiting.append((path, document))
        if refresh or _is_new(archive, document):
            size += len(document.chunks)
        if size >= BATCH_CHUNKS or len(waiting) >= BATCH_CHUNKS:
            store()
            waiting, size = [], 0
    store()
    return done


def embed_missing(archive: Archive, embedder: Embedder, progress: Callable[[int], None] | None = None) -> int:
    """Embed every chunk that has no vector of this model yet; returns how many were stored.

    Stored batch by batch: after an interruption the next call goes on where this one stopped.
    ``progress`` is called with the number stored so far.
    """
    stored = 0
    ids: list[int] = []
    texts: list[str] = []

    def flush() -> None:
        nonlocal stored
        if ids:
            stored += archive.store_vectors(ids, embedder.embed_passages(texts), vectors_name(embedder.fingerprint))
            ids.clear()
            texts.clear()
            if progress is not None:
                progress(stored)

    for chunk, text in archive.vectors_missing(vectors_name(embedder.fingerprint)):
        ids.append(chunk)
        texts.append(text)
        if len(ids) >= BATCH_CHUNKS:
            flush()
    flush()
    return stored


def _is_new(archive: Archive, document: Document) -> bool:
    """Whether the archive lacks this content, or holds it as an earlier version read it."""
    stored = archive.find(document.id)
    return stored is None or _reading(stored) != _reading(document)


def _reading(document: Document | StoredDocument) -> str | None:
    return dict(document.metadata).get(READING_KEY)


def _store(
    archive: Archive,
    waiting: list[tuple[str, Document]],
    embedder: Embedder | None,
    extract: Extractor | None,
    refresh: bool,
    done: list[Ingested],
    progress: Callable[[Ingested], None] | None,
) -> None:
    """Embed a batch in one call, then store its documents one by one, in order."""
    fresh: dict[str, Document] = {}
    for _, document in waiting:
        if refresh or _is_new(archive, document):
            fresh.setdefault(document.sha256, document)
    vectors = {} if embedder is None else _embedded(list(fresh.values()), embedder)
    name = "" if embedder is None else vectors_name(embedder.fingerprint)
    for path, document in waiting:
        own = vectors.get(document.sha256)
        again = document.sha256 in fresh
        new = again or not archive.known(document.sha256)
        if own is None and embedder is not None and new:
            # It was known, until an earlier document of the batch took over its only path.
            own = _embedded([document], embedder).get(document.sha256)
        facts = extract(document) if extract is not None and new else None
        outcome = archive.add(document, path, own, name, facts=facts, refresh=again)
        fresh.pop(document.sha256, None)  # a second copy in the batch adds its path only
        done.append(Ingested(path, document.id, outcome, len(document.chunks), facts.fault if facts else None))
        if progress is not None:
            progress(done[-1])


def _embedded(documents: list[Document], embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    """The vectors of each document's chunks by its SHA-256, embedded in one call."""
    texts: list[str] = []
    for document in documents:
        headings = {one: section_path(document.sections, one) for one in {c.section for c in document.chunks}}
        damaged = is_damaged(document.text)
        texts.extend(
            passage_text(document, headings[chunk.section], chunk, damaged=damaged) for chunk in document.chunks
        )
    if not texts:
        return {}
    vectors = embedder.embed_passages(texts)
    found: dict[str, NDArray[np.float32]] = {}
    start = 0
    for document in documents:
        found[document.sha256] = vectors[start : start + len(document.chunks)]
        start += len(document.chunks)
    return found
