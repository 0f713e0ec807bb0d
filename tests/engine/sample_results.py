"""The sample questions with what was answered and found: asked once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.contracts import answer_object, results_object
from engine.evaluation import Question, read_questions
from engine.service import Service

QUESTIONS = Path(__file__).resolve().parents[1] / "data" / "sample-questions.jsonl"


@dataclass(frozen=True)
class SampleResults:
    question: Question
    answer: dict[str, Any]
    hits: list[dict[str, Any]]


def results_of(service: Service, file: Path, limit: int = 30) -> list[SampleResults]:
    """Every question of a file, asked and searched for."""
    return [
        SampleResults(
            question,
            answer_object(service.ask(question.question), service.places),
            results_object(service.search(question.question, limit), service.places, service.analyser)["hits"],
        )
        for question in read_questions(file)
    ]
