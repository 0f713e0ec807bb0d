"""A warm hybrid query: the question embedded, both searches, fusion, and the hits to show.

    python -m benchmarks.warm_query [chunks]

The archive holds generated words and random vectors; the question is embedded by the real model.
The peer is the same ranking over the same chunks without indexes: rank-bm25 and a matrix product.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.generated import (
    RandomEmbedder,
    WordAnalyser,
    generated_texts,
    questions,
    unit_vectors,
    write_archive,
)
from engine.search.searcher import Searcher
from index.archive import Archive
from index.filters import Filter
from index.indexes import Indexes
from models.embedding import load_embedder

SHOWN = 10
CANDIDATES = 100


class _RealQuestions(RandomEmbedder):
    """Random vectors for the chunks, the real model for a question."""

    def __init__(self, dimension: int) -> None:
        super().__init__(dimension)
        self._model = load_embedder()

    @property
    def temperature(self) -> float:
        """That of e5."""
        return 0.01

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self._model.embed_query(text)


def run(chunks: int = 100_000, queries: int = 60, seed: int = 1) -> dict[str, Any]:
    """Median milliseconds of a query and its parts, and of the peer on a few of the queries."""
    embedder = _RealQuestions(384)
    texts, vectors = generated_texts(chunks, seed), unit_vectors(chunks, 384, seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "arkiv"
        write_archive(folder, texts, vectors)
        with Archive.open(folder, write=True) as archive, Indexes.open(archive, WordAnalyser(), embedder):
            pass
        start = time.perf_counter()
        with Archive.open(folder) as archive, Indexes.open(archive, WordAnalyser(), embedder) as indexes:
            open_ms = 1000 * (time.perf_counter() - start)
            searcher = Searcher(archive, indexes, embedder)
            asked = questions(queries + 1, seed + 1)
            searcher.search(asked[0])
            assert indexes.dense is not None
            dense, selection = indexes.dense, Filter(since="2012", until="2016")
            vector = embedder.embed_query(asked[0])
            parts = {
                "query": lambda q: searcher.search(q, SHOWN),
                "filtered_query": lambda q: searcher.search(q, SHOWN, selection),
                "embedding": lambda q: embedder.embed_query(q),
                "lexical": lambda q: indexes.lexical.search(q, CANDIDATES),
                "dense": lambda q: dense.search(vector, CANDIDATES),
            }
            medians = {name: _median_ms(step, asked[1:]) for name, step in parts.items()}
    peer = _median_ms(_peer(texts, vectors, embedder), asked[1:6])
    return {
        "benchmark": "warm_query",
        "chunks": chunks,
        "load_average": round(os.getloadavg()[0], 1),
        "open_ms": round(open_ms, 1),
        **{f"{name}_ms": round(value, 2) for name, value in medians.items()},
        "peer": "rank-bm25 and a matrix product",
        "peer_ms": round(peer, 1),
        "peer_to_query_ratio": round(peer / medians["query"], 1),
        "target_ms": 40,
    }


def _median_ms(step: Callable[[str], object], asked: list[str]) -> float:
    times = []
    for text in asked:
        start = time.perf_counter()
        step(text)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _peer(texts: list[str], vectors: NDArray[np.float32], embedder: RandomEmbedder) -> Callable[[str], object]:
    from rank_bm25 import BM25Okapi

    ranking = BM25Okapi([text.split() for text in texts])

    def ranked(question: str) -> object:
        words = ranking.get_scores(question.split())
        meaning = vectors @ embedder.embed_query(question)
        return np.argsort(-(words / max(1e-9, float(words.max())) + meaning))[:SHOWN]

    return ranked


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
