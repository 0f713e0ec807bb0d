"""Confidence: how probable it is that the documents answer the question, and the bar for silence.

A logistic model of a few pieces of evidence; where the passages were read, what the reader says is one
of them, and the kind of words and the shared words add nothing to it. Cosine, and how far the best passage leads,
added nothing either. The weights and thresholds stand
in ``engine/tables/confidence.tsv``; ``benchmarks/calibrate.py`` fits them and measures them by
leaving one document out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.tables import read_rows

Model = Literal["plain", "read"]
FEATURES: dict[Model, tuple[str, ...]] = {"plain": ("kind", "coverage"), "read": ("reading", "meant", "hit")}
# Log odds of the reader beyond this say no more than this.
_MOST_ODDS = 12.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    ``kind``: it holds what is asked for (a date, an amount, a name that the question does not say).
    ``coverage``: the share of the question's topic terms that stand in the passage or its headings.
    ``log_odds``: what the reader says of the passage, None where it was not read. ``meant``: whether the passage
    is of a document that the question means, None where it names neither a time nor a body. ``hit``: the score
    of the passage in the ranking.
    """

    kind: bool
    coverage: float
    log_odds: float | None = None
    meant: bool | None = None
    hit: float = 0.0

    @property
    def model(self) -> Model:
        """Which of the two models weighs it."""
        return "plain" if self.log_odds is None else "read"

    def values(self) -> tuple[float, ...]:
        """The numbers that the model weighs, in the order of ``FEATURES``."""
        if self.log_odds is None:
            return float(self.kind), self.coverage
        reading = max(-_MOST_ODDS, min(_MOST_ODDS, self.log_odds)) / _MOST_ODDS
        return reading, 0.5 if self.meant is None else float(self.meant), self.hit


@cache
def _tables() -> dict[str, dict[str, float]]:
    models: dict[str, dict[str, float]] = {}
    for row in read_rows("engine.tables", "confidence"):
        models.setdefault(row["model"], {})[row["name"]] = float(row["value"])
    return models


def confidence(evidence: Evidence) -> float:
    """The probability, in (0, 1), that the question is answered by the passage."""
    table = _tables()[evidence.model]
    names = FEATURES[evidence.model]
    z = table["intercept"] + sum(table[n] * v for n, v in zip(names, evidence.values(), strict=True))
    return 1 / (1 + math.exp(-z))


def threshold(evidence: Evidence | None = None) -> float:
    """The confidence below which an answer of this evidence is withheld."""
    return _tables()["plain" if evidence is None else evidence.model]["threshold"]
