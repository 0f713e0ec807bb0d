"""Headings by their markup: Markdown with signs (*## Ekonomi*) and with lines below (*=====*)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import MAX_HEADING, MAX_LINE, Heading, plain
from corpus.lines import Line
from corpus.neighbours import Neighbours
from corpus.numbering import NUMBER, paragraph_sign, without_reference

_ATX = re.compile(r"(#{1,6})[ \t]*([^#\s].*?)[ \t]*#*$")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_FENCE = re.compile(r"`{3,}|~{3,}")
_SUBPOINT = re.compile(r"(\d{1,2})[ \t]?([a-z])[.)]?[ \t]+(\S.*)$")
_DATE = re.compile(r"\d{4}|\d{1,2}[-/. ]\w+[-/. ]\d{2,4}\b")


def fenced_lines(lines: Sequence[Line], live: Sequence[int]) -> set[int]:
    """The lines between fences (three backticks), which are quoted as they stand: no headings."""
    fenced: set[int] = set()
    opened: int | None = None
    for k, i in enumerate(live):
        fence = _FENCE.match(lines[i].text)
        if not fence:
            continue
        if opened is None:
            opened = k
        else:
            fenced.update(live[opened : k + 1])
            opened = None
    return fenced


def markup_heading(around: Neighbours, i: int) -> Heading | None:
    """A heading that the markup of the text says is one."""
    line = around.lines[i].text
    if len(line) > MAX_LINE:
        return None
    match = _ATX.match(line)
    if match:
        return _numbered(i, i, match[2], len(match[1]))
    level = _underlined(around, i)
    return _numbered(i, i + 1, line, level) if level else None


def _underlined(around: Neighbours, i: int) -> int | None:
    """The level of a line with a line of = or - directly below it, about as long; else None."""
    line, below = around.lines[i], around.adjacent(i, 1)
    if below is None or not _UNDERLINE.fullmatch(below.text) or len(line.text) > MAX_HEADING:
        return None
    if not around.blank_before(i) or line.bullet or line.row or not any(c.isalpha() for c in line.text):
        return None
    if below.text[0] == "-" and len(below.text) < 0.6 * len(line.text):
        return None
    return 1 if below.text[0] == "=" else 2


def _numbered(first: int, last: int, text: str, level: int) -> Heading:
    bare = plain(text)
    sign = paragraph_sign(bare)
    if sign:
        return Heading(first, last, f"§ {sign[0]}", without_reference(sign[1]).strip(), level)
    subpoint, number = _SUBPOINT.match(bare), NUMBER.match(bare)
    if subpoint:
        return Heading(first, last, f"{subpoint[1]} {subpoint[2]}", subpoint[3], level)
    if number and not _DATE.match(bare) and (number[2][0].isupper() or bare[number.end(1)] in ".)"):
        return Heading(first, last, number[1], number[2], level)
    return Heading(first, last, None, bare, level)
