"""The samples of the project, and real minutes where they lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus_reading import split
from test_nothing_is_lost import assert_exact, assert_no_overlaps, assert_nothing_lost

from corpus.documents import document_from_bytes
from corpus.errors import UnreadableError
from corpus.readers import can_read

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "corpus" / "samples").iterdir() if can_read(p.name) and p.stem != "README")
SHARED = ROOT.parent / "shared" / "corpus"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_samples_are_read_whole(path: Path) -> None:
    document = document_from_bytes(path.read_bytes(), path.name, split)
    assert_exact(document)
    assert_nothing_lost(document)
    assert_no_overlaps(document)
    assert len(document.title) > 5
    assert document.kind != "other"
    assert "innehållet" not in document.title


def test_real_documents_are_read_whole() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no real documents: {SHARED} is missing")
    scanned = 0
    for path in sorted(p for p in SHARED.rglob("*") if p.is_file() and can_read(p.name)):
        try:
            document = document_from_bytes(path.read_bytes(), path.name, split)
        except UnreadableError as error:
            assert "OCR" in str(error), path.name
            scanned += 1
            continue
        assert_exact(document)
        assert_nothing_lost(document)
        assert_no_overlaps(document)
    assert scanned <= 4
