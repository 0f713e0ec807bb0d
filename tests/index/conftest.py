from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from index_samples import HashEmbedder, WordAnalyser

from corpus.records import Document
from index.archive import Archive
from index.context import passage_text, section_path, vectors_name


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "arkiv", write=True, create=True) as opened:
        yield opened


@pytest.fixture
def analyser() -> WordAnalyser:
    return WordAnalyser()


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def add(archive: Archive, embedder: HashEmbedder):
    def added(document: Document, path: str) -> str:
        texts = [
            passage_text(document, section_path(document.sections, chunk.section), chunk) for chunk in document.chunks
        ]
        vectors = embedder.embed_passages(texts) if texts else None
        return archive.add(document, path, vectors, vectors_name(embedder.fingerprint))

    return added
