"""Gutters: the upright strips of white between columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout.words import Row

_NARROWEST = 0.35  # of a line height: what is left between the longest line and the next column
_NEAR = 8.0  # line heights from a gutter: text that begins farther to the right is of another column
_FARTHEST = 3.0  # line heights without any text end a column


@dataclass(frozen=True, slots=True)
class Gutter:
    """White between ``left`` and ``right`` in the rows ``first`` to ``last`` (both included).

    ``support`` counts the rows with text on both sides.
    """

    first: int
    last: int
    left: float
    right: float
    support: int

    @property
    def middle(self) -> float:
        """The strip's middle."""
        return (self.left + self.right) / 2

    def __contains__(self, row: int) -> bool:
        return self.first <= row <= self.last


def find_gutters(rows: Sequence[Row], height: float) -> list[Gutter]:
    """The gutters of ``rows``, from wide spaces within rows; ``height`` is the usual line height.

    A strip grows up and down from a space, as long as no text stands in it, and ends at the last
    rows with text to its right. The narrowest spaces go first: a wide one may hold a whole column.
    """
    spaces = [
        (b.left - a.right, i, a.right, b.left)
        for i, row in enumerate(rows)
        for a, b in zip(row.segments, row.segments[1:], strict=False)
    ]
    spaces.sort()
    gutters: list[Gutter] = []
    for _, i, a, b in spaces:
        if any(i in g and a <= g.left and g.right <= b for g in gutters):
            continue
        gutters.append(_grown(rows, i, a, b, height))
    return sorted(gutters, key=lambda g: g.middle)


def _grown(rows: Sequence[Row], start: int, a: float, b: float, height: float) -> Gutter:
    ends = [start, start]
    for k, step in ((0, -1), (1, 1)):
        i, last = start + step, start
        strip = (a, b)
        while 0 <= i < len(rows):
            distance = rows[i].top - rows[last].bottom if step > 0 else rows[last].top - rows[i].bottom
            narrowed = _narrowed(rows[i], *strip, _NARROWEST * height)
            if distance > _FARTHEST * height or narrowed is None:
                break
            strip = narrowed
            if any(strip[1] <= segment.left < strip[1] + _NEAR * height for segment in rows[i].segments):
                ends[k] = i  # a column ends with its text
                a, b = strip
            last = i
            i += step
    support = sum(row.left < a and row.right > b for row in rows[ends[0] : ends[1] + 1])
    return Gutter(ends[0], ends[1], a, b, support)


def _narrowed(row: Row, a: float, b: float, least: float) -> tuple[float, float] | None:
    """The part of the strip that this row leaves white; None where its text stands across."""
    for segment in row.segments:
        if segment.right <= a or segment.left >= b:
            continue
        if segment.left <= a < segment.right < b:
            a = segment.right
        elif a < segment.left < b <= segment.right:
            b = segment.left
        else:
            return None
    return (a, b) if b - a >= least else None
