"""The index's share of a warm query: lexical and dense search, and fetching 30 chunks to show.

Run: ``python -m benchmarks.warm_query [chunks]``. Prints one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.generated import (
    RandomEmbedder,
    WordAnalyser,
    generated_texts,
    questions,
    unit_vectors,
    write_archive,
)
from index.archive import Archive
from index.filters import Filter
from index.indexes import Indexes

SHOWN = 30
CANDIDATES = 100


def run(chunks: int = 100_000, queries: int = 100, dimension: int = 384, seed: int = 1) -> dict[str, Any]:
    """Median milliseconds of each step of a query, over an archive of generated words."""
    embedder = RandomEmbedder(dimension)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "arkiv"
        start = time.perf_counter()
        write_archive(folder, generated_texts(chunks, seed), unit_vectors(chunks, dimension, seed))
        stored = time.perf_counter()
        with Archive.open(folder, write=True) as archive, Indexes.open(archive, WordAnalyser(), embedder):
            built = time.perf_counter()
        closed = time.perf_counter()
        with Archive.open(folder) as archive, Indexes.open(archive, WordAnalyser(), embedder) as indexes:
            opened = time.perf_counter()
            steps = _steps(archive, indexes, questions(queries, seed + 1), embedder)
    return {
        "benchmark": "warm_query",
        "chunks": chunks,
        "dimension": dimension,
        "store_seconds": round(stored - start, 1),
        "build_seconds": round(built - stored, 1),
        "open_ms": round(1000 * (opened - closed), 1),
        **{f"{name}_ms": round(statistics.median(times), 2) for name, times in steps.items()},
        "target_ms": 40,
    }


def _steps(
    archive: Archive, indexes: Indexes, asked: list[str], embedder: RandomEmbedder
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {
        "lexical": [], "dense": [], "fetch": [], "total": [], "current": [], "filtered_total": []
    }  # fmt: skip
    assert indexes.dense is not None
    selection = Filter(since="2012", until="2016")
    for number, text in enumerate(["värm upp", *asked]):
        vector = embedder.embed_query(text)
        marks = [time.perf_counter()]
        words = indexes.lexical.search(text, CANDIDATES)
        marks.append(time.perf_counter())
        near = indexes.dense.search(vector, CANDIDATES)
        marks.append(time.perf_counter())
        archive.chunks([hit.chunk for hit in (*words[: SHOWN // 2], *near[: SHOWN // 2])])
        marks.append(time.perf_counter())
        indexes.is_current()
        marks.append(time.perf_counter())
        documents = archive.matching(selection)
        words = indexes.lexical.search(text, CANDIDATES, documents)
        near = indexes.dense.search(vector, CANDIDATES, archive.chunk_ids(documents))
        archive.chunks([hit.chunk for hit in (*words[: SHOWN // 2], *near[: SHOWN // 2])])
        marks.append(time.perf_counter())
        if number:
            spent = np.diff(marks) * 1000
            for name, value in zip(("lexical", "dense", "fetch", "current"), spent, strict=False):
                times[name].append(float(value))
            times["total"].append(float(spent[:3].sum()))
            times["filtered_total"].append(float(spent[4]))
    return times


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
