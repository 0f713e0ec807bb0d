"""From logits to spans, for measuring in training; ``models.reader`` does the same without torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.training.reader.features import Feature
from models.training.reader.network import MOST_ANSWER


def best_span(logits: NDArray[np.float32], feature: Feature) -> tuple[int, int, float, float]:
    """Character range of the best span, its logit sum, and the log odds of any span against no answer.

    ``logits``: shape (length, 2) of one input.
    """
    first, count = feature.first, len(feature.offsets)
    null = float(logits[0].sum())
    if not count:
        return 0, 0, -1e4, -1e4
    start, end = logits[first : first + count, 0], logits[first : first + count, 1]
    scores = np.full((count, min(MOST_ANSWER, count)), -1e4)
    for width in range(scores.shape[1]):
        scores[: count - width, width] = start[: count - width] + end[width:]
    at, width = divmod(int(scores.argmax()), scores.shape[1])
    highest = float(scores.max())
    odds = highest + float(np.log(np.exp(scores - highest).sum())) - null
    return feature.offsets[at][0], feature.offsets[at + width][1], highest, odds
