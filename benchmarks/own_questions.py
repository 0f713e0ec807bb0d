"""Our own questions over real minutes that have none in ``../shared/gold``, written by readers who had not run Klubbat.

``questions/own-*.jsonl`` hold no text of the minutes: ``evidence_at`` is the range of the evidence in the
file, which is looked up in ``../shared/corpus`` here; of a PDF, in the text that the archive of all
documents keeps, so a changed reading of PDF files moves those ranges.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from benchmarks.corpora import SHARED, archive_of
from engine.evaluation import Question, read_questions

FOLDER = Path(__file__).with_name("questions")


def own_questions(part: str = "*") -> list[Question]:
    """The questions of part ``a``, ``b`` or ``c``, or of all, with their evidence.

    Parts ``a`` and ``b`` help to fit the confidence and were looked at, ``c`` is only measured. Raises
    SystemExit where the minutes are not here.
    """
    from dataclasses import replace

    found = []
    for file in sorted(FOLDER.glob(f"own-{part}.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for question, line in zip(read_questions(file), lines, strict=True):
            start, end = json.loads(line)["evidence_at"]
            found.append(replace(question, evidence=text_of(question.doc)[start:end] if end > start else ""))
    return found


@cache
def text_of(doc: str) -> str:
    """The text that the ranges of a document's evidence count in. Raises SystemExit where it is not here."""
    paths = [p for p in (SHARED / "corpus").rglob("*") if p.is_file() and doc in p.as_posix()]
    if len(paths) != 1:
        raise SystemExit(f"{doc}: {len(paths)} files of that name in {SHARED / 'corpus'}")
    if paths[0].suffix == ".pdf":
        return _kept_text(doc)
    with paths[0].open(encoding="utf-8", newline="") as file:
        return file.read()


def _kept_text(doc: str) -> str:
    from index.archive import Archive

    with Archive.open(archive_of("all")) as archive:
        (found,) = [one for one in archive.documents() if any(doc in path for path in one.paths)]
        return archive.text(found.id)
