"""Archives for measuring: the documents of ``../shared`` beside the repository, and the samples."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.intake.adding import add_paths
from models.cache import cache_folder

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCAN = "001_d9e46536655eb568"  # the seed text that lost its å, ä and ö
SOURCES = {
    "seeds": (SHARED / "corpus" / "seeds",),
    "scan": (SHARED / "corpus" / "seeds" / f"{SCAN}.txt",),
    "all": (SHARED / "corpus" / "seeds", SHARED / "corpus" / "real"),
    "samples": (ROOT / "corpus" / "samples",),
}
QUESTIONS = {
    "seeds": SHARED / "gold" / "seeds-questions.jsonl",
    "real": SHARED / "gold" / "real-questions.jsonl",
    "samples": ROOT / "tests" / "data" / "sample-questions.jsonl",
    "everyday": ROOT / "tests" / "data" / "everyday-questions.jsonl",
}


def archive_of(name: str) -> Path:
    """The archive of one set of sources, in the user's cache, brought up to date."""
    missing = [str(source) for source in SOURCES[name] if not source.exists()]
    if missing:
        raise SystemExit(f"These documents are not here: {', '.join(missing)}")
    folder = cache_folder() / "benchmarks" / name
    report = add_paths(folder, SOURCES[name])
    for one in report.left_out:
        print(f"left out: {Path(one.path).name}: {one.reason}", file=sys.stderr)
    return folder
