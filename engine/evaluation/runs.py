"""Runs: what an evaluation found for each question, kept in a file to be compared with later."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableError, UsageError
from engine.contracts import answer_object, results_object
from engine.evaluation.measures import Measures, answer_measures, means, ranking_measures
from engine.evaluation.question_files import Question

if TYPE_CHECKING:
    from engine.service import Service

FORMAT = "klubbat-run"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a run. ``fingerprint`` names the question with its known answer.

    ``answer`` is None where the documents were silent; ``confidence`` is in [0, 1].
    """

    id: str
    question: str
    kind: str
    difficulty: str
    lang: str
    fingerprint: str
    answer: str | None
    confidence: float
    measures: Measures


@dataclass(frozen=True, slots=True)
class Run:
    """An evaluation. ``limit``: how many hits were looked at; ``saved_at``: ISO time in UTC, to the second."""

    version: str
    saved_at: str
    documents: int
    model: str
    limit: int
    questions: tuple[Asked, ...]

    def figures(self) -> dict[str, float]:
        """Each measure, and each by kind, difficulty and language as ``answer:amount``; ``questions``."""
        names = {name for one in self.questions for name in one.measures}
        return {**means(((one, one.measures) for one in self.questions), names), "questions": len(self.questions)}


def evaluate(service: Service, questions: Sequence[Question], limit: int, advance: Callable[[int, int], None]) -> Run:
    """Ask and search for every question; ``advance`` is told of each (1, how many in all)."""
    asked = []
    for one in questions:
        answer = answer_object(service.ask(one.question), service.places)
        results = service.search(one.question, limit, reranker=service.reading(one.question))
        hits = results_object(results, service.places, service.analyser)["hits"]
        asked.append(
            Asked(
                id=one.id,
                question=answer["question"],
                kind=one.kind,
                difficulty=one.difficulty,
                lang=one.lang,
                fingerprint=one.fingerprint,
                answer=answer["answer"],
                confidence=answer["confidence"],
                measures={**answer_measures(one, answer), **ranking_measures(one, hits)},
            )
        )
        advance(1, len(questions))
    return Run(
        version=_version(),
        saved_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        documents=service.archive.counts().documents,
        model=service.searcher.embedder.fingerprint,
        limit=limit,
        questions=tuple(asked),
    )


def check_place(file: Path) -> None:
    """Refuse, before any question is asked, a place where no run can be saved: UsageError."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise UsageError(f"Körningen kan inte sparas i {file}. Ange en fil i en mapp som finns.")


def save_run(run: Run, file: Path) -> None:
    """Write a run as one JSON object; the file is there whole or, after a crash, as it was before."""
    value = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(run), "figures": run.figures()}
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def load_run(file: Path) -> Run:
    """Read a saved run.

    Raises UnreadableError where the file is none, is damaged, or is of a later version.
    """
    try:
        value = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableError(
            f"Körningen {file} kan inte läsas. Ange en fil som klubbat eval --save har skrivit."
        ) from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise UnreadableError(f"{file} är ingen sparad körning. Gör en med: klubbat eval GULD.jsonl --save FIL.json")
    if value.get("format_version") != FORMAT_VERSION:
        raise UnreadableError(
            f"Körningen {file} är sparad i en form som den här versionen av Klubbat inte läser. Mät om med --save."
        )
    try:
        return Run(
            version=_text(value["version"]),
            saved_at=_text(value["saved_at"]),
            documents=int(value["documents"]),
            model=_text(value["model"]),
            limit=int(value["limit"]),
            questions=tuple(_asked(row) for row in value["questions"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(f"Körningen {file} är skadad. Mät om med --save.") from error


def _asked(row: dict[str, Any]) -> Asked:
    found = {_text(name): float(value) for name, value in row["measures"].items()}
    if not all(math.isfinite(value) and 0 <= value <= 1 for value in found.values()):
        raise ValueError(found)
    return Asked(
        id=_text(row["id"]),
        question=_text(row["question"]),
        kind=_text(row["kind"]),
        difficulty=_text(row["difficulty"]),
        lang=_text(row["lang"]),
        fingerprint=_text(row["fingerprint"]),
        answer=None if row["answer"] is None else _text(row["answer"]),
        confidence=float(row["confidence"]),
        measures=found,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("klubbat")
    except PackageNotFoundError:  # run from a folder, not installed
        return "okänd"
