"""Answers and rankings on the gold questions: the tables of docs/figures.md.

    python -m benchmarks.gold [--fusion] [--related]

Prints one row an archive and question file; with ``--fusion`` also the rankings of the lexical
side alone, the dense side alone, convex combinations and reciprocal rank fusion; with ``--related``
also the rankings with and without related words, on questions in everyday words too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.corpora import QUESTIONS, archive_of
from benchmarks.own_questions import own_questions
from engine.contracts import answer_object, results_object
from engine.evaluation import Question, read_questions, score_answers, score_rankings
from engine.search.searcher import Ranking, Searcher
from engine.service import Service
from index.lexical_query import FieldWeights

RUNS = (
    ("seeds", "seeds"),
    ("all", "seeds"),
    ("all", "real"),
    ("all", "own-a"),
    ("all", "own-b"),
    ("all", "own-c"),
    ("samples", "samples"),
)
LIMIT = 30
RELATED_WEIGHTS = (0.0, 0.1, 0.2, 0.3)
ANSWERS = ("answer", "cited", "abstained", "false_null")
RANKINGS = ("found@1000", "found@3000", "found@10000", "recall@1", "recall@10", "mrr@10", "ndcg@10")


def questions_of(gold: str) -> list[Question]:
    """The questions of a file by its name, or a part of our own."""
    return own_questions(gold[-1]) if gold.startswith("own-") else read_questions(QUESTIONS[gold])


def rankings(service: Service, questions: list[Question], ranking: Ranking | None = None) -> dict[str, float]:
    """The ranking measures of ``klubbat search``, or of a way to fuse without reading."""
    searcher = Searcher(service.archive, service.indexes, service.searcher.embedder, ranking)
    asked = [q for q in questions if q.answerable]
    if ranking is None:  # as ``klubbat search`` does it
        found = [(q, service.search(q.question, LIMIT, reranker=service.reading(q.question))) for q in asked]
    else:
        found = [(q, searcher.search(q.question, LIMIT)) for q in asked]
    return score_rankings(
        (q, results_object(results, service.places, service.analyser)["hits"]) for q, results in found
    )


def answers(service: Service, questions: list[Question]) -> dict[str, float]:
    """The answer measures."""
    return score_answers((q, answer_object(service.ask(q.question), service.places)) for q in questions)


def _row(label: str, figures: dict[str, float], names: tuple[str, ...]) -> None:
    print("| " + " | ".join([label, *(f"{figures[name]:.3f}" for name in names if name in figures)]) + " |", flush=True)


def main() -> None:
    """Print the tables."""
    folders: dict[str, Path] = {name: archive_of(name) for name in dict.fromkeys(name for name, _ in RUNS)}
    names = (*ANSWERS, *RANKINGS)
    print("| archive / questions | " + " | ".join(names) + " |")
    print("|---|" + "---|" * len(names))
    for archive, gold in RUNS:
        questions = questions_of(gold)
        with Service.open(folders[archive]) as service:
            _row(f"{archive} / {gold}", {**answers(service, questions), **rankings(service, questions)}, names)
            if "--fusion" in sys.argv:
                for weight in (0.0, 0.2, 0.35, 0.5, 0.65, 1.0):
                    way = Ranking(lexical_weight=weight)
                    _row(f"convex, lexical {weight}", rankings(service, questions, way), RANKINGS)
                _row("reciprocal ranks", rankings(service, questions, Ranking("rrf")), RANKINGS)
    if "--related" in sys.argv:
        for archive, gold in (*RUNS[1:], ("samples", "everyday")):
            with Service.open(folders[archive]) as service:
                for weight in RELATED_WEIGHTS:
                    way = Ranking(weights=FieldWeights(related=weight))
                    figures = rankings(service, questions_of(gold), way)
                    _row(f"{archive} / {gold}, related {weight}", figures, RANKINGS)


if __name__ == "__main__":
    main()
