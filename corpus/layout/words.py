"""Words with boxes, and the lines that they stand in.

Lengths are points (1/72 inch) from the upper left corner of the page: ``top`` is less than
``bottom``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

# A wider space than this, in line heights, may be one between columns. Justified text stays below.
_WIDE = 0.9
# The sign or number in front of a point stays with its text, however wide the space after it.
_MARKER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[A-Za-zÅÄÖåäö][.)]|[ivx]{2,5}[.)]|\([\da-z]\)"
    r"|[-–—•▪●○◦·*>»]|§ ?\d+(?:\.\d+)?\w?\.?)"
)
_MARKER_REACH = 5.0  # line heights


class Word(NamedTuple):
    """A word and its box; ``confidence`` (0 to 1) is that of the text recognition."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    confidence: float = 1.0


class Rule(NamedTuple):
    """A ruling line: horizontal where ``top`` equals ``bottom``, upright where ``left`` equals ``right``."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it lies."""
        return self.right - self.left > self.bottom - self.top


@dataclass(slots=True)
class Segment:
    """Words of one line with no wide space between them."""

    words: list[Word]
    left: float
    right: float
    top: float
    bottom: float
    _text: str | None = None  # asked for many times once the rows stand

    @property
    def text(self) -> str:
        """The words with single spaces."""
        if self._text is None:
            self._text = " ".join([word.text for word in self.words])
        return self._text

    def add(self, words: Sequence[Word]) -> None:
        """Append words to the right."""
        self._text = None
        self.words += words
        for word in words:
            self.right = max(self.right, word.right)
            self.top = min(self.top, word.top)
            self.bottom = max(self.bottom, word.bottom)


@dataclass(slots=True)
class Row:
    """What stands at the same height, from left to right."""

    segments: list[Segment]
    top: float
    bottom: float
    _text: str | None = None

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        """Where its text begins."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Where its text ends."""
        return self.segments[-1].right

    @property
    def text(self) -> str:
        """Its words with single spaces, however wide the spaces are."""
        if self._text is None:
            self._text = " ".join([segment.text for segment in self.segments])
        return self._text


def segments_of(words: Iterable[Word]) -> list[Segment]:
    """Join words that follow each other on one line with no wide space between."""
    segments: list[Segment] = []
    last: Segment | None = None
    right = top = bottom = 0.0
    for word in words:
        if last is not None:
            height = bottom - top
            if -0.5 * height < word.left - right < _WIDE * height and abs(word.bottom - bottom) < 0.3 * height:
                last.words.append(word)
                right = word.right
                last.right = right
                if word.top < last.top:
                    last.top = word.top
                if word.bottom > last.bottom:
                    last.bottom = word.bottom
                continue
        last = Segment([word], word.left, word.right, word.top, word.bottom)
        segments.append(last)
        right, top, bottom = word.right, word.top, word.bottom
    return segments


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """The rows of a page from top to bottom, markers joined to the text that they stand before."""
    rows: list[Row] = []
    row: Row | None = None
    for segment in sorted(segments, key=lambda s: s.top + s.bottom):
        if row is not None:
            shared = min(row.bottom, segment.bottom) - max(row.top, segment.top)
            if shared > 0.5 * min(row.bottom - row.top, segment.bottom - segment.top):
                row.segments.append(segment)
                row._text = None
                continue
        row = Row([segment], segment.top, segment.bottom)
        rows.append(row)
    for row in rows:
        if len(row.segments) > 1:
            _tidy(row)
    return rows


def line_height(rows: Sequence[Row]) -> float:
    """The usual height of a line's box."""
    return median([row.bottom - row.top for row in rows]) if rows else 0.0


def joined(texts: Iterable[str]) -> str:
    """Lines of a cell as one: a word divided at a line end is made whole, *sommar-* before *och* is not."""
    out = ""
    for text in texts:
        if not out:
            out = text
        elif out[-1] in "-\u00ad" and out[-2:-1].isalpha() and text[:1].islower() and not _ELLIPSIS.match(text):
            out = out[:-1] + text
        elif out[-1] in "-/" and out[-2:-1].isalnum() and not _ELLIPSIS.match(text):
            out += text
        else:
            out += " " + text
    return out


_ELLIPSIS = re.compile(r"(?:och|eller|samt|respektive|resp|men|till|/)\b")


def _tidy(row: Row) -> None:
    """Sort the segments, join those that touch, and the markers with the text after them."""
    row.segments.sort(key=lambda s: s.left)
    height = row.bottom - row.top
    kept = [row.segments[0]]
    for segment in row.segments[1:]:
        last = kept[-1]
        space = segment.left - last.right
        marker = (
            len(kept) == 1
            and space < _MARKER_REACH * height
            and _MARKER.fullmatch(last.words[-1].text if last is not row.segments[0] else last.text) is not None
            and any(c.isalpha() for c in segment.text)
        )
        if marker or space < _WIDE * height:
            last.add(segment.words)
        else:
            kept.append(segment)
    row.segments = kept
    row._text = None
