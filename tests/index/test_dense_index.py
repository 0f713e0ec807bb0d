from __future__ import annotations

import numpy as np
import pytest
from index_samples import DIMENSION, HashEmbedder, document

from index.dense import DenseIndex


def _dense(archive, embedder, **options):
    return DenseIndex(archive.folder / "dense", archive, embedder.fingerprint, DIMENSION, **options)


def _store(archive, vectors, salt="", per_document=50):
    """Documents of ``per_document`` chunks with the given vectors; returns the ids of the chunks."""
    for start in range(0, len(vectors), per_document):
        part = vectors[start : start + per_document]
        one = document(*(f"s{start + number}" for number in range(len(part))), salt=f"{salt}{start}")
        archive.add(one, one.id, part, "hash-1")
    return archive.chunk_ids()[-len(vectors) :]


def _units(count, seed=0, clusters=0):
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((count, DIMENSION))
    if clusters:
        centres = rng.standard_normal((clusters, DIMENSION))
        vectors = centres[rng.integers(clusters, size=count)] + 0.35 * vectors
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_the_nearest_chunks_come_first_and_scores_are_inner_products(archive, embedder):
    vectors = _units(300)
    ids = _store(archive, vectors)
    dense = _dense(archive, embedder)
    dense.catch_up()
    hits = dense.search(vectors[123], 10)
    wanted = np.argsort(-(vectors @ vectors[123]))[:10]
    assert [hit.chunk for hit in hits] == ids[wanted].tolist()
    assert [hit.score for hit in hits] == pytest.approx((vectors @ vectors[123])[wanted], abs=2e-3)
    assert len(dense.search(vectors[0], 1000)) == 300


def test_an_empty_index_answers_nothing(archive, embedder):
    dense = _dense(archive, embedder)
    assert dense.search(np.ones(DIMENSION), 5) == []
    dense.catch_up()
    assert dense.search(np.ones(DIMENSION), 5) == []
    with pytest.raises(ValueError, match="not 16"):
        dense.search(np.ones(3), 5)


@pytest.mark.parametrize("exact_limit", [200_000, 500])
def test_a_filter_acts_inside_the_search(archive, embedder, exact_limit, monkeypatch):
    monkeypatch.setattr("index.dense.SCORE_ALL", 0)
    near, far = _units(1)[0], _units(1, seed=9)[0]
    vectors = np.concatenate([near + 0.05 * _units(900, 1), far + 0.05 * _units(100, 2)])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = _store(archive, vectors)
    dense = _dense(archive, embedder, exact_limit=exact_limit)
    dense.catch_up()
    assert dense.is_exact == (exact_limit > 1000)
    allowed = ids[900:]
    assert not {hit.chunk for hit in dense.search(near, 10)} & set(allowed.tolist())
    hits = dense.search(near, 10, allowed)
    assert len(hits) == 10
    assert {hit.chunk for hit in hits} <= set(allowed.tolist())
    assert dense.search(near, 10, allowed[:0]) == []
    assert len(dense.search(near, 10, np.append(allowed[:3], 10**7))) == 3


def test_the_compressed_index_with_rescoring_finds_what_the_exact_one_finds(archive, embedder):
    vectors = _units(3000, clusters=40)
    ids = _store(archive, vectors, per_document=200)
    dense = _dense(archive, embedder, exact_limit=100)
    dense.catch_up()
    assert not dense.is_exact
    assert dense.chunks == 3000
    found = 0
    for query in vectors[::60]:
        wanted = set(ids[np.argsort(-(vectors @ query))[:10]].tolist())
        hits = dense.search(query, 10)
        found += len(wanted & {hit.chunk for hit in hits})
        assert hits[0].score == pytest.approx(1.0, abs=2e-3)  # scored with the archive's vector
    assert found / (10 * len(vectors[::60])) >= 0.9


def test_the_compressed_index_takes_changes_and_turns_exact_when_little_is_left(archive, embedder):
    vectors = _units(800, clusters=20)
    ids = _store(archive, vectors)
    dense = _dense(archive, embedder, exact_limit=300)
    dense.catch_up()
    more = _store(archive, _units(100, 5), salt="mer")
    gone = archive.documents()[0]
    lost = set(archive.chunk_ids([gone.id]).tolist())
    archive.remove(gone.id)
    dense.catch_up()
    assert not dense.is_exact
    assert dense.chunks == 850
    everything = {hit.chunk for hit in dense.search(vectors[0], 850)}
    assert everything == (set(ids.tolist()) | set(more.tolist())) - lost
    for one in archive.documents()[6:]:
        archive.remove(one.id)
    dense.catch_up()
    assert dense.is_exact
    assert dense.chunks == 300


def test_another_model_makes_the_index_anew_from_its_own_vectors(archive, embedder):
    _store(archive, _units(50))
    _dense(archive, embedder).catch_up()
    other = _dense(archive, HashEmbedder("hash-2"))
    assert other.search(np.ones(DIMENSION), 5) == []
    other.catch_up()
    assert other.chunks == 0
    archive.store_vectors(archive.chunk_ids().tolist(), _units(50, 3), "hash-2")
    other.catch_up()
    assert other.chunks == 50
