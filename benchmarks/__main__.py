"""All measurements of speed, one after the other: ``make bench``.

Each runs in a process of its own, so that none inherits the memory or the threads of another.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks.corpora import ROOT

NAMES = ("bulk_embedding", "lexical_search", "warm_query", "cold_ask")


def main() -> None:
    """Print what every measurement prints; the exit code tells whether one failed."""
    failed = [
        name
        for name in NAMES
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False).returncode
    ]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
