"""Measures: what one answer and one list of hits are worth, and their means over many questions."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from engine.evaluation.question_files import Question

MAX_ANSWER = 400
FOUND_AT = (500, 1000, 3000, 10000)
RECALL_AT = (1, 3, 5, 10)
EVIDENCE_SHARE = 0.6  # of the evidence's words, for a text that holds it in another form
LOWER_IS_BETTER = frozenset({"false_null"})
GRADED = frozenset({"mrr@10", "ndcg@10"})  # all others are 0 or 1 for a question

Measures = dict[str, float]


class Grouped(Protocol):
    """A question as part of groups."""

    @property
    def kind(self) -> str:
        """What is asked for."""
        ...

    @property
    def difficulty(self) -> str:
        """How it is asked."""
        ...

    @property
    def lang(self) -> str:
        """``sv`` or ``en``."""
        ...


def fold(text: str) -> str:
    """Text with white space and markup folded, in lower case."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`#|]+", " ", text)).strip().casefold()


def holds_evidence(hit: Mapping[str, Any], question: Question) -> bool:
    """Whether a citation object is of the right document and holds the evidence, or most of its words."""
    if question.doc not in " ".join(str(value) for value in hit["document"].values()):
        return False
    text, evidence = fold(hit["text"]), fold(question.evidence)
    if evidence in text:
        return True
    need = set(re.findall(r"\w+", evidence))
    return bool(need) and len(need & set(re.findall(r"\w+", text))) >= EVIDENCE_SHARE * len(need)


def is_correct(answer: str | None, question: Question) -> bool:
    """Whether an answer is short enough and holds a string of every group."""
    if not answer or len(answer) > MAX_ANSWER:
        return False
    text = fold(answer)
    return all(any(fold(one) in text for one in group) for group in question.must_contain)


def answer_measures(question: Question, answer: Mapping[str, Any]) -> Measures:
    """``answer``, ``cited`` and ``false_null`` of an answer object, or ``abstained``, each 0 or 1."""
    text, citations = answer["answer"], answer["citations"]
    if not question.answerable:
        return {"abstained": float(not text)}
    return {
        "answer": float(is_correct(text, question)),
        "cited": float(bool(citations) and holds_evidence(citations[0], question)),
        "false_null": float(not text),
    }


def ranking_measures(question: Question, hits: Sequence[Mapping[str, Any]]) -> Measures:
    """``found@N`` (characters read), ``recall@k``, ``mrr@10`` and ``ndcg@10`` of a list of hits.

    Empty for a question without an answer. One hit is right, so that nDCG has an ideal of 1
    (Järvelin & Kekäläinen, 2002, "Cumulated gain-based evaluation of IR techniques").
    """
    if not question.answerable:
        return {}
    rank = next((i for i, hit in enumerate(hits, 1) if holds_evidence(hit, question)), None)
    read = sum(len(hit["text"]) for hit in hits[:rank]) if rank else math.inf
    near = rank is not None and rank <= 10
    return {
        **{f"found@{limit}": float(read <= limit) for limit in FOUND_AT},
        **{f"recall@{k}": float(rank is not None and rank <= k) for k in RECALL_AT},
        "mrr@10": 1 / rank if rank and near else 0.0,
        "ndcg@10": 1 / math.log2(rank + 1) if rank and near else 0.0,
    }


def score_answers(pairs: Iterable[tuple[Question, Mapping[str, Any]]]) -> dict[str, float]:
    """The means of the answer measures, ``answer`` also by kind, difficulty and language."""
    return means(((q, answer_measures(q, answer)) for q, answer in pairs), {"answer"})


def score_rankings(pairs: Iterable[tuple[Question, Sequence[Mapping[str, Any]]]]) -> dict[str, float]:
    """The means of the ranking measures."""
    return means(((q, ranking_measures(q, hits)) for q, hits in pairs), ())


def means(measured: Iterable[tuple[Grouped, Measures]], broken_down: Collection[str]) -> dict[str, float]:
    """The mean of each measure over the questions that it concerns; ``broken_down`` ones also as ``answer:amount``."""
    values = columns(measured, broken_down)
    return {name: round(sum(column) / len(column), 4) for name, column in values.items()}


def columns(measured: Iterable[tuple[Grouped, Measures]], broken_down: Collection[str]) -> dict[str, list[float]]:
    """The values of each measure, question by question, under its name and under those of its groups."""
    values: dict[str, list[float]] = defaultdict(list)
    for question, found in measured:
        for name, value in found.items():
            values[name].append(value)
            if name in broken_down:
                for group in (question.kind, question.difficulty, question.lang):
                    values[f"{name}:{group}"].append(value)
    return dict(values)
