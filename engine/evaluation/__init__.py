"""Evaluation: how well answers and rankings meet a file of questions with known answers."""

from engine.evaluation.measures import (
    MAX_ANSWER,
    answer_measures,
    fold,
    holds_evidence,
    is_correct,
    ranking_measures,
    score_answers,
    score_rankings,
)
from engine.evaluation.question_files import UNANSWERABLE, Question, read_questions

__all__ = [
    "MAX_ANSWER",
    "UNANSWERABLE",
    "Question",
    "answer_measures",
    "fold",
    "holds_evidence",
    "is_correct",
    "ranking_measures",
    "read_questions",
    "score_answers",
    "score_rankings",
]
