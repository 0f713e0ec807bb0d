"""Evaluation: how well answers and rankings meet a file of questions with known answers.

A question file holds one object a line: ``id``, ``doc`` (part of the document's path), ``lang``,
``kind`` (``unanswerable`` where the right answer is silence), ``question``, ``must_contain`` (a
list of groups; of each group one string must occur in the answer), ``evidence`` (the words that
prove it) and ``difficulty``.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableError

UNANSWERABLE = "unanswerable"
MAX_ANSWER = 400
FOUND_AT = (500, 1000, 3000, 10000)
RECALL_AT = (1, 3, 5, 10)
EVIDENCE_SHARE = 0.6  # of the evidence's words, for a text that holds it in another form


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what is known of its answer."""

    id: str
    doc: str
    lang: str
    kind: str
    question: str
    must_contain: tuple[tuple[str, ...], ...]
    evidence: str
    difficulty: str

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return self.kind != UNANSWERABLE


def read_questions(file: Path) -> list[Question]:
    """Read a question file.

    Raises UnreadableError with the number of the first line that is not as described above.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"Frågefilen {file} kan inte läsas. Ange en fil i UTF-8 med ett JSON-objekt per rad."
        ) from error
    questions = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            questions.append(_question(line, file, number))
    if not questions:
        raise UnreadableError(f"Frågefilen {file} är tom. Skriv ett JSON-objekt per rad.")
    return questions


def _question(line: str, file: Path, number: int) -> Question:
    try:
        row = json.loads(line)
        return Question(
            id=str(row.get("id", number)),
            doc=str(row.get("doc", "")),
            lang=str(row.get("lang", "sv")),
            kind=str(row.get("kind", "statement")),
            question=str(row["question"]),
            must_contain=tuple(tuple(map(str, group)) for group in row.get("must_contain", [])),
            evidence=str(row.get("evidence", "")),
            difficulty=str(row.get("difficulty", "lexical")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(f'{file}, rad {number}: inte ett JSON-objekt med fältet "question".') from error


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


def score_answers(pairs: Iterable[tuple[Question, Mapping[str, Any]]]) -> dict[str, float]:
    """``answer``, ``cited``, ``abstained`` and ``false_null`` of answer objects, with breakdowns."""
    sums: dict[str, list[float]] = defaultdict(list)
    for question, answer in pairs:
        text = answer["answer"]
        if not question.answerable:
            sums["abstained"].append(float(not text))
            continue
        correct = is_correct(text, question)
        for name in ("answer", *(f"answer:{part}" for part in (question.kind, question.difficulty, question.lang))):
            sums[name].append(float(correct))
        citations = answer["citations"]
        sums["cited"].append(float(bool(citations) and holds_evidence(citations[0], question)))
        sums["false_null"].append(float(not text))
    return _means(sums)


def score_rankings(pairs: Iterable[tuple[Question, Sequence[Mapping[str, Any]]]]) -> dict[str, float]:
    """``found@N`` (characters read), ``recall@k``, ``mrr@10`` and ``ndcg@10`` of lists of hits."""
    sums: dict[str, list[float]] = defaultdict(list)
    for question, hits in pairs:
        if not question.answerable:
            continue
        rank = next((i for i, hit in enumerate(hits, 1) if holds_evidence(hit, question)), None)
        read = sum(len(hit["text"]) for hit in hits[:rank]) if rank else math.inf
        for limit in FOUND_AT:
            sums[f"found@{limit}"].append(float(read <= limit))
        for k in RECALL_AT:
            sums[f"recall@{k}"].append(float(rank is not None and rank <= k))
        near = rank is not None and rank <= 10
        sums["mrr@10"].append(1 / rank if rank and near else 0.0)
        sums["ndcg@10"].append(1 / math.log2(rank + 1) if rank and near else 0.0)
    return _means(sums)


def _means(sums: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: round(sum(values) / len(values), 4) for name, values in sums.items()}
