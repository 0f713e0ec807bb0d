"""How well spans meet the right answers: exact match and F1 of words, and the best threshold for silence.

Rajpurkar et al. 2016 (SQuAD) and 2018 (SQuAD 2.0), with Swedish instead of English articles left in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: the span that was read, its log odds against no answer, and the right answers (none: silence)."""

    read: str
    log_odds: float
    right: tuple[str, ...]

    @property
    def f1(self) -> float:
        """The best F1 over the right answers."""
        return max((f1(self.read, one) for one in self.right), default=0.0)

    @property
    def exact(self) -> float:
        """1.0 where the span is one of the right answers."""
        return max((float(plain(self.read) == plain(one)) for one in self.right), default=0.0)


def plain(text: str) -> str:
    """Lower case, no punctuation, single spaces."""
    return " ".join(re.sub(r"[^\w\s%]", " ", text.casefold()).split())


def f1(read: str, right: str) -> float:
    """The harmonic mean of precision and recall over words."""
    a, b = plain(read).split(), plain(right).split()
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else float(a == b)


def span_figures(judged: Sequence[Judged]) -> tuple[float, float]:
    """F1 and exact match over the questions that have an answer, silence not allowed."""
    asked = [one for one in judged if one.right]
    return float(np.mean([one.f1 for one in asked])), float(np.mean([one.exact for one in asked]))


def silence_figures(judged: Sequence[Judged], threshold: float | None = None) -> tuple[float, float, float]:
    """F1 on answerable questions, accuracy on the others, and the threshold of the log odds.

    Without ``threshold`` it is the one that maximises the mean of both. A span below it counts as silence.
    """
    odds = np.array([one.log_odds for one in judged])
    answerable = np.array([bool(one.right) for one in judged])
    scores = np.array([one.f1 for one in judged])

    def figures(bar: float) -> tuple[float, float]:
        spoken = odds >= bar
        return float(np.mean((scores * spoken)[answerable])), float(np.mean(~spoken[~answerable]))

    bars = [threshold] if threshold is not None else [*np.unique(odds), float(odds.max()) + 1]
    best = max(bars, key=lambda bar: sum(figures(float(bar))))
    return *figures(float(best)), float(best)
