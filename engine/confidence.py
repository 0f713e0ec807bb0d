"""Confidence: how probable it is that the documents answer the question, and the bar for silence.

A logistic model of two pieces of evidence; the cosine and the score of the passage added nothing.
Its weights and the threshold stand in
``engine/tables/confidence.tsv``; ``benchmarks/calibrate.py`` fits them and measures them by
leaving one document out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows

FEATURES = ("kind", "coverage")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    ``kind``: it holds what is asked for (a date, an amount, a name that the question does not say).
    ``coverage``: the share of the question's topic terms that stand in the passage or its headings.
    """

    kind: bool
    coverage: float

    def values(self) -> tuple[float, float]:
        """The numbers that the model weighs, in the order of its table."""
        return float(self.kind), self.coverage


@cache
def _model() -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in read_rows("engine.tables", "confidence")}


def confidence(evidence: Evidence) -> float:
    """The probability, in (0, 1), that the question is answered by the passage."""
    model = _model()
    z = model["intercept"] + sum(model[n] * v for n, v in zip(FEATURES, evidence.values(), strict=True))
    return 1 / (1 + math.exp(-z))


def threshold() -> float:
    """The confidence below which an answer is withheld."""
    return _model()["threshold"]
