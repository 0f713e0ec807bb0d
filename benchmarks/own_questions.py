"""Our own questions over real minutes that have none in ``../shared/gold``, written by readers who had not run Klubbat.

``questions/own-*.jsonl`` hold no text of the minutes: ``evidence_at`` is the range of the evidence in
the file, which is looked up in ``../shared/corpus`` here.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.corpora import SHARED
from engine.evaluation import Question, read_questions

FOLDER = Path(__file__).with_name("questions")


def own_questions(part: str = "*") -> list[Question]:
    """The questions of part ``a``, of part ``b`` or of both, with their evidence.

    Part ``a`` helps to fit the confidence and was looked at, ``b`` is only measured. Raises SystemExit
    where the minutes are not here.
    """
    from dataclasses import replace

    found = []
    for file in sorted(FOLDER.glob(f"own-{part}.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for question, line in zip(read_questions(file), lines, strict=True):
            start, end = json.loads(line)["evidence_at"]
            found.append(replace(question, evidence=_text(question.doc)[start:end] if end > start else ""))
    return found


def _text(doc: str) -> str:
    paths = [p for p in (SHARED / "corpus").rglob("*") if p.is_file() and doc in p.as_posix()]
    if len(paths) != 1:
        raise SystemExit(f"{doc}: {len(paths)} files of that name in {SHARED / 'corpus'}")
    with paths[0].open(encoding="utf-8", newline="") as file:
        return file.read()
