"""From logits to spans of characters with probabilities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

MOST_ANSWER = 30  # tokens, as in training
# Pairs of tokens that are looked at for one span more: several often widen to the same words.
_PAIRS_A_SPAN = 8
# Letters and digits, and what joins digits: 12,5 and 18.30.
_WORD = re.compile(r"\w+(?:(?<=\d)[.,:](?=\d)\w+)*")
_BEFORE = " \t\r\n\f\v\u00a0.,;:!?)]}–—-•*|/_"
_AFTER = " \t\r\n\f\v\u00a0,;:!?([{–—-•*|/_"
# What closes each opening mark; Swedish quotes open and close alike.
_CLOSING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "”": "”",
    '"': '"',
    "’": "’",
    "'": "'",
    "»": "»«",
    "«": "»",
    "„": "“”",
    "“": "”",
}
_OPENING = {mark: "".join(o for o, c in _CLOSING.items() if mark in c) for mark in ")]}”\"’'»«“"}


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A range of characters in ``Passage.text`` and how probable it is that it is the answer."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one passage: its best spans, the most probable first, and whether there is an answer.

    ``no_answer`` is a probability; ``log_odds`` the natural logarithm of the odds of any answer
    against none, as the network says it, not calibrated.
    """

    spans: tuple[FoundSpan, ...]
    no_answer: float
    log_odds: float


# A passage without a character to read.
NOTHING = Reading((), 1.0, float("-inf"))


def reading(logits: Array, first: int, words: Words, starts: Sequence[int], ends: Sequence[int], best: int) -> Reading:
    """What the logits (tokens, 2) of one input say.

    The passage's tokens begin at position ``first`` and have the characters ``starts`` to ``ends``
    of the text of ``words``. Over all pairs of a first and a last token at most ``MOST_ANSWER`` apart, and
    position 0, the softmax of start plus end logit (Devlin et al. 2019, section 4.3).
    """
    count = len(starts)
    if not count:
        return NOTHING
    own = logits[first : first + count].astype(np.float64)
    width = min(MOST_ANSWER, count)
    scores = np.full((count, width), -np.inf)
    for length in range(width):
        scores[: count - length, length] = own[: count - length, 0] + own[length:, 1]
    null = float(logits[0].sum(dtype=np.float64))
    highest = float(scores.max())
    log_odds = highest + float(np.log(np.exp(scores - highest).sum())) - null
    no_answer = 1 / (1 + np.exp(np.clip(log_odds, -700, 700)))
    total = null + float(np.logaddexp(0.0, log_odds))
    pairs = np.argsort(scores, axis=None)[::-1][: best * _PAIRS_A_SPAN]
    found: dict[tuple[int, int], float] = {}
    for at, length in zip(*np.unravel_index(pairs, scores.shape), strict=True):
        if np.isfinite(scores[at, length]):
            span = words.whole(starts[at], ends[at + length])
            if span is not None:
                found[span] = found.get(span, 0.0) + float(np.exp(scores[at, length] - total))
    return Reading(_best(found, best), float(no_answer), log_odds)


def best_window(readings: Sequence[Reading]) -> Reading:
    """The windows of one passage as one: the reading of the window with the highest log odds.

    Spans of different windows are not set beside each other: their probabilities are shares of
    different wholes.
    """
    return max(readings, key=lambda one: one.log_odds, default=NOTHING)


class Words:
    """Where the words and numbers of a text begin and end."""

    def __init__(self, text: str) -> None:
        self._text = text
        places = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """The range widened to whole words, without spaces and punctuation around it; None if nothing is left."""
        start, end = _trimmed(self._text, start, end)
        if start == end:
            return None
        return self._around(start)[0], self._around(end)[1]

    def _around(self, place: int) -> tuple[int, int]:
        """The word that ``place`` stands inside, or ``place`` itself."""
        number = bisect_left(self._starts, place) - 1
        if number >= 0 and place < self._ends[number]:
            return self._starts[number], self._ends[number]
        return place, place


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without spaces and punctuation at the ends; marks that open and close inside stay: *Karin Ekdal (S)*."""
    while start < end:
        first, last = text[start], text[end - 1]
        closing = _CLOSING.get(first)
        closed = closing and next((at for at in range(start + 1, end) if text[at] in closing), None)
        if (first in _BEFORE and not _is_sign(text, start, end)) or (closing and closed is None):
            start += 1
        elif closed == end - 1:
            start, end = start + 1, end - 1
        elif _drops_last(text[start:end], last):
            end -= 1
        else:
            break
    return start, end


def _is_sign(text: str, start: int, end: int) -> bool:
    """A minus before a figure."""
    alone = start == 0 or not text[start - 1].isalnum()
    return text[start] in "-–" and alone and text[start + 1 : min(end, start + 2)].isdigit()


def _drops_last(span: str, last: str) -> bool:
    if last in _OPENING:
        return not any(opening in span[:-1] for opening in _OPENING[last])
    if last == ".":
        # The full stop of an abbreviation such as "m.m." stays.
        return "." not in span[:-1].rpartition(" ")[2]
    return last in _AFTER or last in _CLOSING


def _best(found: dict[tuple[int, int], float], best: int) -> tuple[FoundSpan, ...]:
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FoundSpan(*place, probability) for place, probability in ranked[:best])
