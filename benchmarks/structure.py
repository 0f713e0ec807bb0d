"""Sections and paragraphs of the gold documents: F1 of the sections, and evidence in one paragraph.

    python -m benchmarks.structure [--misses]

*Paragraph* is the paragraph as it is stored, *citation* the text of a citation (a chunk). Nothing
is indexed: the documents are read as ``klubbat add`` reads them.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.corpora import SHARED
from corpus.documents import document_from_bytes
from corpus.errors import UnreadableError
from corpus.records import Chunk, Document, Paragraph
from engine.registers.facts import is_fact
from models.sentences import split_sentences

NAMES = ("seeds", "real")


def _tool(name: str) -> ModuleType:
    """A scoring program that lies beside the gold files."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{SHARED / 'tools' / name}.py is not here")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def documents(key: str) -> tuple[tuple[Path, Document], ...]:
    """The documents whose path holds ``key``; those that cannot be read are left out."""
    out = []
    for path in sorted(p for p in (SHARED / "corpus").rglob("*") if p.is_file() and key in p.as_posix()):
        try:
            out.append((path, document_from_bytes(path.read_bytes(), path.name, split_sentences)))
        except UnreadableError as error:
            print(f"left out: {path.name}: {error}", file=sys.stderr)
    return tuple(out)


def section_rows(path: Path, document: Document) -> list[dict[str, Any]]:
    """What ``klubbat facts --type section`` prints of a document."""
    about = {"path": path.as_posix()}
    return [
        {"type": "section", "document": about, "number": s.number, "heading": s.heading}
        for s in document.sections
        if is_fact(s)
    ]


def evidence_share(
    questions: Iterable[dict[str, Any]], fold: Callable[[str], str], parts: str
) -> tuple[float, list[str]]:
    """The share of questions whose evidence stands in one part of its document, and the others' ids."""
    missed, total = [], 0
    for question in questions:
        if not question.get("evidence"):
            continue
        total += 1
        wanted = fold(question["evidence"])
        texts = (
            document.text[one.start : one.end]
            for _, document in documents(question["doc"])
            for one in _parts(document, parts)
        )
        if not any(wanted in fold(text) for text in texts):
            missed.append(str(question["id"]))
    return 1 - len(missed) / total, missed


def _parts(document: Document, name: str) -> tuple[Paragraph, ...] | tuple[Chunk, ...]:
    return document.paragraphs if name == "paragraph" else document.chunks


def main() -> None:
    """Print the table."""
    facts, answers = _tool("score_facts"), _tool("score")
    print("| gold | section F1 | precision | recall | evidence in one paragraph | in one citation |")
    print("|---|---|---|---|---|---|")
    for name in NAMES:
        gold = [row for row in facts.read(SHARED / "gold" / f"{name}-facts.jsonl") if row["type"] == "section"]
        keys = sorted({row["doc"] for row in gold})
        found = [row for key in keys for path, document in documents(key) for row in section_rows(path, document)]
        result, misses = facts.score(gold, found)
        questions = list(answers.read(SHARED / "gold" / f"{name}-questions.jsonl").values())
        figures = result["section"]
        shares = [evidence_share(questions, answers.fold, parts) for parts in ("paragraph", "citation")]
        cells = [figures["f1"], figures["precision"], figures["recall"], *(share for share, _ in shares)]
        print("| " + " | ".join([name, *(f"{cell:.3f}" for cell in cells)]) + " |")
        if "--misses" in sys.argv:
            for miss in misses:
                print("\t".join(miss), file=sys.stderr)
            print(f"evidence in no paragraph: {', '.join(shares[0][1])}", file=sys.stderr)


if __name__ == "__main__":
    main()
