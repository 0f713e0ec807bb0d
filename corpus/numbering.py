"""How the numbers of a text run: lists, rows of points, numbers alone above their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.headings import MAX_HEADING, MAX_LINE, first_cell, is_part, is_point, leading, opened
from corpus.neighbours import Neighbours

# *§ 12*, *KS § 12/2031*, *12 § Budget*: the number and what follows.
_SIGN = re.compile(
    r"(?:(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5}[ \t]+)?(?:§+|Paragraf\b)[ \t\u00a0]*"
    r"(?P<after>\d{1,4}(?:\.\d{1,2})?(?:[ \t]?[a-hA-H](?!\w))?)(?!\w)(?:[/:]\d{2,4})?"
    r"|(?P<before>\d{1,4})[ \t\u00a0]*§(?=[.:]?(?:\s+[A-ZÅÄÖ]|$)))"
    r"[.:)]?[ \t\u00a0|]*(?:[–-][ \t]+(?=[A-ZÅÄÖ]))?(?P<rest>.*)$"
)
# A number, its full stop or the edge of its column, and the words: *3. Ekonomi*, *Punkt 3: Ekonomi*.
NUMBER = re.compile(
    r"(?:(?i:punkt|pkt|ärende|dagordningspunkt)[ \t]+(?=\d))?(\d{1,2}(?:\.\d{1,2}){0,3})"
    r"(?:\\?[.)][ \t\u00a0]*(?:\|[ \t]*)?|:[ \t]+|[ \t\u00a0]*\|[ \t]*|[ \t\u00a0]+)"
    r"(?:[–-][ \t]+(?=[A-ZÅÄÖ]))?(\S.*)$"
)
_REFERENCE = (
    r"(?:(?i:dnr|diarienr|diarienummer|ärendenr|ärendenummer)\b[.:]*[ \t]*"
    r"(?:[A-ZÅÄÖ]{1,6}[ \t/-]?)?[\w/:.-]*\d[\w/:.-]*"
    r"|[A-ZÅÄÖ]{1,6}[ /-]?\d{2,4}[-/:.]\d[\d/:.-]*|\d{4}/\d{1,6}(?=\s*$|\s\s)"
    r"|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5}[ \t]*§[ \t]*\d+)"
)
_FIRST_REFERENCE = re.compile(rf"[\s|(]*{_REFERENCE}[\s|),:]*")
_LAST_REFERENCE = re.compile(rf"(?:\s{{2,}}|\s*[|(]\s*|\s+(?=(?i:dnr|diarienr)\b)){_REFERENCE}[\s|)]*$")
LONE_NUMBER = re.compile(r"(\d{1,2})[.)]?")
MIN_SPOKEN = 2  # points with their text on the same line that make others such points too
_MIN_LONE = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Lines directly below each other that count up from ``first``.

    ``spoken``: not a list but minutes, each point with its text: *2. Ekonomi. Saldot är gott.*.
    ``goes_on``: minutes too, the first points have no text: the next run counts on from this one,
    or the last point has its text directly below.
    """

    first: int
    lines: tuple[int, ...]
    spoken: bool
    goes_on: bool = False


def paragraph_sign(line: str) -> tuple[str, str] | None:
    """The number of a line that begins with a paragraph sign, and what follows: *4 a*, *Skyltar*."""
    match = _SIGN.match(line)
    return (match["after"] or match["before"], match["rest"]) if match else None


def without_reference(text: str) -> str:
    """A heading without the reference numbers around it: *Dnr TN-2031-00018*, *(KS 2031/12)*."""
    while match := _FIRST_REFERENCE.match(text):
        text = text[match.end() :]
    return _LAST_REFERENCE.sub("", text)


def find_runs(around: Neighbours) -> Iterator[Run]:
    """The runs of numbered lines; a numbered line with none beside it is a run of one."""
    runs = list(_runs(around))
    for run, following in zip_longest(runs, runs[1:]):
        words = NUMBER.match(opened(around.lines[run.lines[0]].text))
        counts_on = following is not None and following.first == run.first + len(run.lines)
        below = around.adjacent(run.lines[-1], 1)
        texted = below is not None and below.text[0].isupper()
        goes_on = (counts_on or texted) and words is not None and is_point(first_cell(words[2]))
        yield replace(run, goes_on=goes_on)


def _runs(around: Neighbours) -> Iterator[Run]:
    lines: list[int] = []
    heads: list[str | None] = []
    first = 0
    for i in around.live:
        match = NUMBER.match(opened(around.lines[i].text[:MAX_LINE]))
        value = int(match[1]) if match and "." not in match[1] else None
        if value is None or not lines or i != lines[-1] + 1 or value != first + len(lines):
            if lines:
                yield Run(first, tuple(lines), _is_spoken(heads))
            lines, heads, first = [], [], value or 0
        if value is not None and match:
            lines.append(i)
            heads.append(leading(match[2]))
    if lines:
        yield Run(first, tuple(lines), _is_spoken(heads))


def _is_spoken(heads: list[str | None]) -> bool:
    leads = [head for head in heads if head]
    return len(heads) >= MIN_SPOKEN and 2 * len(leads) >= len(heads) and any(is_point(head) for head in leads)


def row_length(around: Neighbours, passed: set[int]) -> int:
    """How many points a row 1, 2, 3 … of lines with a blank above has in a text."""
    wanted, found = 1, 0
    for i in around.live:
        match = NUMBER.match(opened(around.lines[i].text[:MAX_LINE]))
        if not match or "." in match[1] or i in passed or not around.blank_before(i):
            continue
        if wanted <= int(match[1]) <= wanted + 1 and match[2][0].isupper() and match[2][-1] not in ".;,":
            wanted, found = int(match[1]) + 1, found + 1
    return found


def lone_numbers(around: Neighbours) -> set[int]:
    """The numbers alone on a line that count 1, 2, 3 … with a heading below each."""
    chain: list[int] = []
    wanted = 1
    for i in around.live:
        match = LONE_NUMBER.fullmatch(around.lines[i].text)
        if not match or not wanted <= int(match[1]) <= wanted + 1 or around.closes_page(i):
            continue
        below = around.text(i, 1)
        if below[:1].isupper() and len(below) <= MAX_HEADING and not is_part(below):
            chain.append(i)
            wanted = int(match[1]) + 1
    page_numbers = all(around.opens_page(i) for i in chain[1:])
    return set(chain) if len(chain) >= _MIN_LONE and not page_numbers else set()
