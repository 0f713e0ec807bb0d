"""Finds the headings of a text: each line is tried as every kind of heading, the surest kind first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.headings import APPENDIX, MAX_LINE, NUMBERED, PART, Heading, is_part, plain
from corpus.lines import BULLET, Line
from corpus.markup_headings import fenced_lines, markup_heading
from corpus.neighbours import Neighbours
from corpus.numbered_headings import Count, NumberedHeadings
from corpus.outlines import lone_number, outline_content, outline_indent
from corpus.plain_headings import appendix_heading, bold_heading, part_heading, plain_heading, usual_point

_MIN_SIGNS = 3  # headings with § that make a text one whose points are counted so
_MIN_MARKUP = 3  # headings with markup that make a text one whose headings all have it
_MIN_POINTS = 4  # a row of numbered points that the markup of a page around it does not replace


def _with_parts(headings: Sequence[Heading]) -> Iterator[Heading]:
    """Headings with markup that name a part are parts where they stand inside a numbered section."""
    inside: int | None = None  # the level of the numbered section around
    for heading in headings:
        if inside is not None and heading.level <= inside:
            inside = None
        if inside is not None and heading.number is None and is_part(heading.text):
            yield replace(heading, level=PART)
            continue
        if inside is None and heading.number is not None:
            inside = heading.level
        yield heading


class HeadingFinder:
    """Finds the headings among the lines of one text; ``skipped`` lines are passed over."""

    def __init__(self, lines: Sequence[Line], skipped: Sequence[bool]) -> None:
        self.around = Neighbours(lines, skipped)
        self.lines, self.live = lines, self.around.live
        self._fenced = fenced_lines(lines, self.live)
        self._outline = outline_indent([lines[i] for i in self.live])
        self._content = outline_content(lines, self.live, self._outline)
        self._markup = self._find_markup()
        self._numbered = NumberedHeadings(self.around, self._fenced | set(self._markup))

    def find(self) -> list[Heading]:
        """The headings in reading order."""
        headings: list[Heading] = []
        signs = self._numbered.signs
        signed = len(signs) >= _MIN_SIGNS and signs[0] < self.live[len(self.live) // 2]
        marked_up = len(self._markup) >= _MIN_MARKUP and self._numbered.points < max(_MIN_POINTS, len(self._markup))
        count = Count(signed=signed, marked_up=marked_up)
        done = -1
        for i in self.live:
            if i <= done or i in self._fenced:
                continue
            heading = self._heading(i, count)
            if heading is None:
                continue
            if heading.level == APPENDIX:
                count.restart()
            done = max(i, heading.last)
            headings.append(heading)
            count.take(heading, self.lines[i].indent)
        return list(_with_parts(headings))

    def live_after(self, i: int) -> int | None:
        """The index of the next line that is neither blank nor skipped, if ``i`` is such a line."""
        return self.around.next(i) if i in self.around else None

    def _heading(self, i: int, count: Count) -> Heading | None:
        around = self.around
        sure = (
            self._markup.get(i)
            or self._bullet_point(i)
            or self._numbered.sign(i, count)
            or self._numbered.point(i, count)
            or part_heading(around, i)
            or bold_heading(around, i)
            or appendix_heading(around, i)
        )
        if sure or count.marked_up:
            return sure
        guess = usual_point(around, i) or plain_heading(around, i)
        if guess and count.signed:  # what has no number is a part of a §, or stands in the head
            return replace(guess, level=PART) if count.sign else None
        return guess

    def _find_markup(self) -> dict[int, Heading]:
        found = ((i, markup_heading(self.around, i)) for i in self.live if i not in self._fenced)
        return {i: heading for i, heading in found if heading}

    def _bullet_point(self, i: int) -> Heading | None:
        """A bullet of a numbered outline: with number and heading, or without either."""
        line = self.lines[i]
        if self._outline is None or line.indent != self._outline or not line.bullet:
            return None
        found = lone_number(line)
        if found is None:
            text = BULLET.sub("", line.text, count=1)
            if i not in self._content:
                return Heading(i, i - 1, None, "", NUMBERED, bullet=True)
            return Heading(i, i, None, plain(text).rstrip(": "), PART) if is_part(text) else None
        number = f"{found[0]} {found[1]}".strip()
        j = self.around.next(i)
        if j is None or self.lines[j].bullet or len(self.lines[j].text) > MAX_LINE:
            return Heading(i, i, number, "", NUMBERED, bullet=True)
        return Heading(i, j, number, plain(self.lines[j].text), NUMBERED, bullet=True)
