"""Lines of a text with their offsets, and the few judgements on a line that several rooms need."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Mark, Page

# "e" and "=" are what text recognition makes of a round bullet; (S) is a party, (a) an item.
BULLET = re.compile(r"(?:[-–—•▪●○◦·*=»]|=>|e(?=[ \t][a-zåäö|])|[a-zA-ZåäöÅÄÖ]\)|\([a-zåäö\d]\))[ \t\u00a0]+")
_CELL = re.compile(r"\S \| (?![a-zåäö])")
# A number without a full stop begins an item only above a capital letter: not *2 februari*.
NUMBERED = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[A-Z]\))[ \t\u00a0]+\S|\d{1,2}[ \t\u00a0]+(?=[A-ZÅÄÖ*]))")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``text`` is stripped, ``start`` and ``end`` are the offsets of that text."""

    start: int
    end: int
    text: str
    indent: int
    page: int | None = None

    @property
    def blank(self) -> bool:
        """Nothing but white space."""
        return not self.text

    @property
    def bullet(self) -> bool:
        """Begins with the sign of a list item."""
        return BULLET.match(self.text) is not None

    @property
    def row(self) -> bool:
        """A row of a table: cells between tabs or bars.

        A single bar above a small letter is an I that text recognition misread: *| samverkan med …*.
        """
        return "\t" in self.text or self.text.count("|") >= 2 or _CELL.search(self.text) is not None


def lines_of(text: str, pages: Sequence[Page] = ()) -> list[Line]:
    """The lines of ``text`` in order; a form feed also ends a line."""
    return list(_lines(text, pages))


def _lines(text: str, pages: Sequence[Page]) -> Iterator[Line]:
    at, page_index = 0, 0
    for raw in re.split(r"[\n\f]", text):
        stripped = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if stripped else 0
        start = at + indent
        while page_index < len(pages) and pages[page_index].end <= start:
            page_index += 1
        page = None
        if page_index < len(pages) and pages[page_index].start <= start:
            page = pages[page_index].number
        yield Line(start, start + len(stripped), stripped, indent, page)
        at += len(raw) + 1


def marked_lines(lines: Sequence[Line], marks: Sequence[Mark]) -> list[bool]:
    """For each line whether all of its text is marked; ``marks`` are sorted and do not overlap."""
    out, k = [], 0
    for line in lines:
        while k < len(marks) and marks[k].end <= line.start:
            k += 1
        at, j = line.start, k
        while j < len(marks) and marks[j].start < line.end and at < line.end:
            if line.text[at - line.start : max(at, marks[j].start) - line.start].strip():
                break
            at = max(at, marks[j].end)
            j += 1
        out.append(bool(line.text) and not line.text[at - line.start :].strip())
    return out


def overlapping(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """The marks that share a character with the range; ``marks`` are sorted and do not overlap."""
    first = bisect_right(marks, start, key=lambda m: m.end)
    last = first
    while last < len(marks) and marks[last].start < end:
        last += 1
    return marks[first:last]


def without_marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """``text[start:end]`` with every marked range replaced by a space."""
    pieces, at = [], start
    for mark in overlapping(marks, start, end):
        pieces.append(text[at : max(at, mark.start)])
        at = min(end, mark.end)
    pieces.append(text[at:end])
    return " ".join(pieces)


def merge_marks(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks sorted by start, overlapping ones joined under the reason of the first."""
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.end <= mark.start:
            continue
        if merged and mark.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Mark(last.start, max(last.end, mark.end), last.reason)
        else:
            merged.append(mark)
    return tuple(merged)
