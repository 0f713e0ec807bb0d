"""How well damaged words and questions are repaired.

Run: ``python -m benchmarks.repair [--seed]``. Needs ``../shared/data`` beside the repository: the treebanks PUD and
Talbanken (Universal Dependencies, CC BY-SA 4.0) and the questions of SweQUAD and XQuAD; what is missing is
skipped with the reason. ``--seed``: see benchmarks/damaged_search.py. Prints one line a measure.
"""

from __future__ import annotations

import csv
import json
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.repair import is_damaged, repaired, restored

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
TREEBANKS = ("pud-test", "tb-test")
QUESTIONS = ("swequad-dev.json", "xquad.sv.json")
LOST = str.maketrans("åäöÅÄÖ", "aaoAAO")
SENTENCES = 10  # a short document


def sentences(path: Path) -> Iterator[list[str]]:
    """The words of each sentence of a CoNLL-U file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        yield [unicodedata.normalize("NFC", row[1]) for row in rows if row[0].isdigit()]


def treebank(path: Path) -> None:
    """Accuracy on stripped words, false repairs on clean ones, and documents taken for damaged."""
    found = list(sentences(path))
    words = [word.lower() for sentence in found for word in sentence if word.isalpha()]
    for damaged in (True, False):
        start = time.perf_counter()
        bare = [word.translate(LOST) for word in words]
        right = sum((repaired(one, bare=damaged) or one) == word for one, word in zip(bare, words, strict=True))
        false = sum(repaired(word, bare=damaged) is not None for word in words)
        took = (time.perf_counter() - start) / len(words) / 2
        before = sum(one == word for one, word in zip(bare, words, strict=True))
        print(
            f"{path.stem}, text {'damaged' if damaged else 'not known to be damaged'}: accuracy "
            f"{before / len(words):.4f} -> {right / len(words):.4f}, false repairs on clean text "
            f"{false / len(words):.2%}, {len(words)} words, {took * 1e6:.0f} µs a word"
        )
    texts = [" ".join(word for s in found[i : i + SENTENCES] for word in s) for i in range(0, len(found), SENTENCES)]
    clean = sum(is_damaged(text) for text in texts) / len(texts)
    lost = sum(is_damaged(text.translate(LOST)) for text in texts) / len(texts)
    print(f"{path.stem}, {SENTENCES} sentences at a time: taken for damaged {lost:.1%} stripped, {clean:.1%} clean")


def confusions() -> None:
    """The words of tests/models/data/damaged.tsv."""
    with (ROOT / "tests" / "models" / "data" / "damaged.tsv").open(encoding="utf-8") as lines:
        pairs = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))[1:]
    for damaged in (True, False):
        got = [(repaired(written, bare=damaged), right) for written, right in pairs]
        right_ones = sum(new == right for new, right in got)
        wrong = sum(new not in (None, right) for new, right in got)
        print(f"damaged.tsv, damaged={damaged}: {right_ones} of {len(pairs)} right, {wrong} wrong")


def _asked(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("question"), str):
            yield node["question"]
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from _asked(one)


def questions(path: Path) -> None:
    """Questions with their letters stripped, and those that never had any."""
    asked = sorted(set(_asked(json.loads(path.read_text(encoding="utf-8")))))
    without = [one for one in asked if one == one.translate(LOST)]
    having = [one for one in asked if one != one.translate(LOST)]
    changed = [one for one in without if restored(one) != one]
    exact = sum(restored(one.translate(LOST)) == one for one in having)
    words = [pair for one in having for pair in zip(one.split(), restored(one.translate(LOST)).split(), strict=True)]
    print(
        f"{path.stem}: {exact / len(having):.3f} of {len(having)} stripped questions exact, "
        f"{sum(a == b for a, b in words) / len(words):.4f} of their words; "
        f"{len(changed)} of {len(without)} questions without å, ä, ö changed"
    )


def main() -> None:
    """Print every measure, or with ``--seed`` how well damaged texts are found."""
    if "--seed" in sys.argv:
        from benchmarks import damaged_search

        damaged_search.main()
        return
    confusions()
    for path in [DATA / "treebank" / f"{name}.conllu" for name in TREEBANKS]:
        treebank(path) if path.exists() else print(f"skipped, {path.name} is not in ../shared/data/treebank")
    for path in [DATA / "qa" / name for name in QUESTIONS]:
        questions(path) if path.exists() else print(f"skipped, {path.name} is not in ../shared/data/qa")


if __name__ == "__main__":
    main()
