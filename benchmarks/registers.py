"""The registers against the facts of ``../shared/gold``: precision, recall and F1 a type.

    python -m benchmarks.registers [--misses] [--type TYPE] [--show DOCUMENT] [--speed]

Reads the gold documents and scores what the extractors find by ``../shared/tools/score_facts.py``.
``--show`` prints the facts of every document whose path holds these words, in JSON. ``--speed``:
seconds for the longest documents, with everything loaded, and for the sentences alone as the peer.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.corpora import SHARED
from corpus.documents import document_from_bytes
from corpus.records import Document
from models.registers.reading import facts_of, sentences_of
from models.registers.rows import row_of, type_of
from models.sentences import split_sentences

GOLD = ("seeds", "real")


def rows_of(document: Document, path: str) -> list[dict[str, Any]]:
    """The facts of a document as rows, with their quotation."""
    rows: list[dict[str, Any]] = []
    for fact in facts_of(document):
        quote = document.text[fact.proof.start : fact.proof.end]
        rows.append({"type": type_of(fact), "document": path, **row_of(fact), "quote": quote})
    return rows


def files() -> list[Path]:
    """Every real document and seed text."""
    return sorted(file for file in (SHARED / "corpus").rglob("*") if file.is_file() and file.suffix != ".json")


def read(file: Path) -> Document:
    """A document with its structure."""
    return document_from_bytes(file.read_bytes(), file.name, split_sentences)


def speed(count: int = 5) -> None:
    """Print pages, words and seconds of the longest documents."""
    documents = sorted(map(read, files()), key=lambda one: -len(one.text))[:count]
    facts_of(documents[-1])  # loads what is loaded once
    print("| document | pages | words | facts | seconds | seconds of the sentences alone |\n|---|---|---|---|---|---|")
    for number, document in enumerate(documents, 1):
        start = time.perf_counter()
        found = facts_of(document)
        middle = time.perf_counter()
        tuple(sentences_of(document))
        whole, sentences = middle - start, time.perf_counter() - middle
        size = f"{len(document.pages)} | {len(document.text.split())} | {len(found)}"
        print(f"| {number} | {size} | {whole:.2f} | {sentences:.2f} |", flush=True)


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_facts", SHARED / "tools" / "score_facts.py")
    if spec is None or spec.loader is None:
        raise SystemExit("The scorer is not here.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print the table, or the facts of some documents."""
    arguments = sys.argv[1:]
    asked = arguments[arguments.index("--type") + 1] if "--type" in arguments else None
    if "--speed" in arguments:
        speed()
        return
    if "--show" in arguments:
        wanted = arguments[arguments.index("--show") + 1]
        for file in files():
            if wanted in str(file):
                print(f"# {file.relative_to(SHARED)}")
                for row in rows_of(read(file), file.name):
                    if asked in (None, row["type"]):
                        print(json.dumps({k: v for k, v in row.items() if k != "document"}, ensure_ascii=False))
        return
    scorer = _scorer()
    for gold in GOLD:
        golds = [json.loads(line) for line in (SHARED / "gold" / f"{gold}-facts.jsonl").open(encoding="utf-8")]
        names = {row["doc"] for row in golds}
        rows: list[dict[str, Any]] = []
        seconds = 0.0
        for file in files():
            if any(name in str(file) for name in names):
                document = read(file)
                start = time.perf_counter()
                rows += rows_of(document, str(file.relative_to(SHARED)))
                seconds += time.perf_counter() - start
        result, misses = scorer.score(golds, rows)
        print(f"{gold}: {len(names)} documents, {seconds:.1f} s")
        for kind, figures in result.items():
            if asked in (None, kind):
                print(f"  {kind:14} {figures}")
        if "--misses" in arguments:
            for one in misses:
                if asked in (None, one[1]):
                    print("   ", *one)


if __name__ == "__main__":
    main()
