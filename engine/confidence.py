"""Confidence: how probable it is that the documents answer the question, and the bar for silence.

A logistic model of four pieces of evidence. Its weights and the threshold stand in
``engine/tables/confidence.tsv``; ``benchmarks/calibrate.py`` fits them and measures them by
leaving one document out.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from functools import cache

from corpus.tables import read_rows


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    ``kind``: it holds what is asked for. ``coverage``: share of the question's terms that stand
    in the passage or its context. ``cosine``: of the sentence and the question. ``hit``: the
    fused score of the passage, in [0, 1].
    """

    kind: bool
    coverage: float
    cosine: float
    hit: float

    def values(self) -> tuple[float, ...]:
        """The numbers that the model weighs, in the order of its table."""
        return tuple(float(value) for value in astuple(self))


@cache
def _model() -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in read_rows("engine.tables", "confidence")}


def confidence(evidence: Evidence) -> float:
    """The probability, in (0, 1), that the question is answered by the passage."""
    model = _model()
    names = ("kind", "coverage", "cosine", "hit")
    z = model["intercept"] + sum(model[n] * v for n, v in zip(names, evidence.values(), strict=True))
    return 1 / (1 + math.exp(-z))


def threshold() -> float:
    """The confidence below which an answer is withheld."""
    return _model()["threshold"]
