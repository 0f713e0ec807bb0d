"""The lines of a text that count, and what stands beside each of them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.lines import Line


class Neighbours:
    """The lines that are neither blank nor skipped: ``live`` are their indexes, in order."""

    def __init__(self, lines: Sequence[Line], skipped: Sequence[bool]) -> None:
        self.lines = lines
        self.live = [i for i, line in enumerate(lines) if line.text and not skipped[i]]
        self._place = {i: k for k, i in enumerate(self.live)}

    def __contains__(self, i: int) -> bool:
        return i in self._place

    def next(self, i: int, step: int = 1) -> int | None:
        """The index of the live line ``step`` further on (or back, if negative)."""
        k = self._place[i] + step
        return self.live[k] if 0 <= k < len(self.live) else None

    def text(self, i: int, step: int) -> str:
        """The text of the live line ``step`` further on, whatever is between; empty if there is none."""
        j = self.next(i, step)
        return self.lines[j].text if j is not None else ""

    def adjacent(self, i: int, step: int) -> Line | None:
        """The line directly above or below, unless a blank or skipped line is between."""
        j = self.next(i, step)
        return self.lines[j] if j is not None and abs(j - i) == 1 else None

    def blank_before(self, i: int) -> bool:
        """Nothing stands directly above."""
        return self.adjacent(i, -1) is None

    def blank_after(self, i: int) -> bool:
        """Nothing stands directly below."""
        return self.adjacent(i, 1) is None

    def opens_page(self, i: int) -> bool:
        """The first line of a page, but not of the text."""
        j = self.next(i, -1)
        return j is not None and self.lines[j].page != self.lines[i].page

    def closes_page(self, i: int) -> bool:
        """The last line of a page, or of the text."""
        j = self.next(i)
        return j is None or self.lines[j].page != self.lines[i].page
