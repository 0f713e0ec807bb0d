"""All measurements of speed, one after the other: ``make bench``."""

from __future__ import annotations

import json
from importlib import import_module

NAMES = ("bulk_embedding", "lexical_search", "warm_query", "cold_ask")


def main() -> None:
    """Print one JSON object a measurement; one whose material is not here says so."""
    for name in NAMES:
        try:
            print(json.dumps(import_module(f"benchmarks.{name}").run(), ensure_ascii=False), flush=True)
        except SystemExit as reason:
            print(json.dumps({"benchmark": name, "skipped": str(reason)}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
