"""Outlines: lists whose bullets number the points, as web pages make of minutes (*• 1*, *• § 27*)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.lines import BULLET, Line

_LONE_NUMBER = re.compile(
    r"(\d{1,3})[.)]?$|(§)[ \t\u00a0]*(\d{1,4})[.)]?(?:\s+(?:dnr|diarienr|ärendenr)\b.{0,40})?$", re.IGNORECASE
)
_MIN_POINTS = 3
_LONGEST = 80  # characters of a bullet that holds a number and a reference only


def lone_number(line: Line) -> tuple[str, int] | None:
    """The number that is all of a bullet, with its sign: *• § 27   Dnr TN-2031-00018* → § and 27."""
    bullet = BULLET.match(line.text)
    match = _LONE_NUMBER.match(line.text[bullet.end() :][:_LONGEST]) if bullet else None
    return (match[2] or "", int(match[1] or match[3])) if match else None


def outline_indent(lines: Sequence[Line]) -> int | None:
    """The indent of the bullets of an outline; None where the lines hold none."""
    lone = [line for line in lines if lone_number(line)]
    return lone[0].indent if len(lone) >= _MIN_POINTS else None


def outline_content(lines: Sequence[Line], live: Sequence[int], indent: int | None) -> set[int]:
    """The bullets without a number that are the text of the point above them, by line index.

    Between § 26 and § 27 they are. Between 4 and 9 they are points that lost their numbers;
    where no number follows, they are what the others of the outline are.
    """
    content: set[int] = set()
    waiting: list[int] = []
    above: tuple[str, int] | None = None
    usual = False
    for i in live:
        if indent is None or lines[i].indent != indent or not lines[i].bullet:
            continue
        number = lone_number(lines[i])
        if number is None:
            waiting.append(i)
            continue
        if above and waiting and number == (above[0], above[1] + 1):
            content.update(waiting)
            usual = True
        above, waiting = number, []
    if usual and above:
        content.update(waiting)
    return content
