"""Our lexical index against rank-bm25, over the same terms: median milliseconds a query, and the ratio.

Run: ``python -m benchmarks.lexical_search [chunks]``. Prints one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.generated import WordAnalyser, generated_texts, questions, write_archive
from index.archive import Archive
from index.lexical import LexicalIndex
from index.lexical_query import FieldWeights

LIMIT = 10


def run(chunks: int = 100_000, queries: int = 200, reference_queries: int = 10, seed: int = 1) -> dict[str, Any]:
    """Build both, ask both; ours with the weights that rank-bm25 can follow, and with all fields."""
    from rank_bm25 import BM25Okapi

    texts = generated_texts(chunks, seed)
    asked = questions(queries, seed + 1)
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder) / "arkiv", texts)
        with Archive.open(Path(folder) / "arkiv", write=True) as archive:
            index = LexicalIndex(archive.folder / "lexical", archive, WordAnalyser())
            start = time.perf_counter()
            index.rebuild()
            build_seconds = time.perf_counter() - start
            lemmas_only = FieldWeights(lemmas=1.0, parts=0.0, exact=0.0, context=0.0, related=0.0)
            index.search(asked[0], LIMIT)
            one_field = _median_ms(lambda text: index.search(text, LIMIT, weights=lemmas_only), asked)
            all_fields = _median_ms(lambda text: index.search(text, LIMIT), asked)
            first = int(archive.chunk_ids()[0])
            found = [
                [hit.chunk - first for hit in index.search(text, LIMIT, weights=lemmas_only)]
                for text in asked[:reference_queries]
            ]
    reference = BM25Okapi([text.split() for text in texts], k1=1.2, b=0.75)
    # The slow peer's own way to the best ten: score every chunk, then sort (get_top_n).
    numbers = list(range(chunks))
    slow = _median_ms(lambda text: reference.get_top_n(text.split(), numbers, n=LIMIT), asked[:reference_queries])
    agreement = _agreement(reference, found, asked[:reference_queries])
    return {
        "benchmark": "lexical_search",
        "chunks": chunks,
        "build_seconds": round(build_seconds, 2),
        "ours_ms": round(one_field, 3),
        "ours_all_fields_ms": round(all_fields, 3),
        "rank_bm25_ms": round(slow, 1),
        "ratio": round(slow / one_field, 1),
        "ratio_all_fields": round(slow / all_fields, 1),
        "target_ratio": 100,
        "overlap@10": round(agreement, 3),
    }


def _agreement(reference: Any, found: list[list[int]], asked: list[str]) -> float:
    """The share of the reference's ten best that we have too: a fast search must find the same."""
    shares = []
    for text, ours in zip(asked, found, strict=True):
        scores = reference.get_scores(sorted(set(text.split())))
        best = [int(one) for one in (-scores).argsort(kind="stable")[:LIMIT] if scores[one] > 0]
        shares.append(len(set(best) & set(ours)) / max(1, len(best)))
    return statistics.mean(shares)


def _median_ms(search: Any, asked: list[str]) -> float:
    times = []
    for text in asked:
        start = time.perf_counter()
        search(text)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
