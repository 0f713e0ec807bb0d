"""Transcripts that document portals make of a PDF: every page is one long line.

*10 9 Under det första året …*: the physical page, the printed one, then the page's text, in
which headings have lost their lines. Pages and headings are found again from the numbers and
from the table of contents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.lines import Line
from corpus.records import Mark, Page

_PAGE_LINE = re.compile(r"(\d{1,3})[ \t]+(?=\S)")
_PRINTED = re.compile(r"(\d{1,3})[ \t]+(?=\S)")
_CONTENTS = re.compile(r"\s*(innehåll|innehållsförteckning)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}\.?")
_MIN_PAGES = 4
_MIN_MEAN_LENGTH = 300
_MAX_HEADING_WORDS = 14
_MIN_UNNUMBERED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Transcript:
    """The pages of a transcript, the marks of its page numbers, and its lines with headings apart."""

    pages: tuple[Page, ...]
    marks: tuple[Mark, ...]
    lines: list[Line]


def find_transcript(text: str, lines: Sequence[Line]) -> Transcript | None:
    """Read ``lines`` as a transcript with a page a line; None where the text is something else."""
    found = _page_lines(lines)
    if found is None:
        return None
    offsets = Counter(int(p[1]) - n for n, _, p in found if p)
    offset = offsets.most_common(1)[0][0] if offsets else None
    pages: list[Page] = []
    marks: list[Mark] = []
    bodies: dict[int, int] = {}
    for n, line, printed in found:
        end = _PAGE_LINE.match(line.text).end()  # type: ignore[union-attr]
        if printed and int(printed[1]) - n == offset:
            end = printed.end()
        marks.append(Mark(line.start, line.start + end, "page_number"))
        bodies[line.start] = line.start + end
    starts = [line.start for _, line, _ in found]
    for (n, line, _), following in zip(found, [*starts[1:], found[-1][1].end], strict=True):
        pages.append(Page(n, line.start, following))
    contents = [s for s in bodies.values() if _CONTENTS.match(text, s)]
    known = ""
    for start in contents[:1]:
        line = next(x for _, x, _ in found if bodies[x.start] == start)
        known = " ".join(_WORD.findall(text[start : line.end]))
        marks.append(Mark(start, line.end, "contents"))
    return Transcript(tuple(pages), tuple(marks), list(_split(lines, bodies, known)))


def _page_lines(lines: Sequence[Line]) -> list[tuple[int, Line, re.Match[str] | None]] | None:
    found: list[tuple[int, Line, re.Match[str] | None]] = []
    for line in lines:
        match = _PAGE_LINE.match(line.text)
        if match and int(match[1]) == len(found) + 1:
            found.append((int(match[1]), line, _PRINTED.match(line.text, match.end())))
    long_enough = found and sum(len(line.text) for _, line, _ in found) >= _MIN_MEAN_LENGTH * len(found)
    return found if len(found) >= _MIN_PAGES and long_enough else None


def _split(lines: Sequence[Line], bodies: dict[int, int], contents: str) -> Iterator[Line]:
    """The lines again: page lines cut before and after their headings, blanks between pages gone."""
    inside = False
    first, last = min(bodies), max(bodies)
    for line in lines:
        inside = first <= line.start <= last
        if line.start not in bodies:
            if not (inside and line.blank):
                yield line
            continue
        body = bodies[line.start]
        page = int(_PAGE_LINE.match(line.text)[1])  # type: ignore[index]
        text = line.text[body - line.start :]
        at = 0
        for start, end in _headings(text, contents):
            if start > at:
                yield _piece(body, text, at, start, page)
            yield Line(body + start, body + start, "", 0, page)
            yield _piece(body, text, start, end, page)
            yield Line(body + end, body + end, "", 0, page)
            at = end
        if at < len(text):
            yield _piece(body, text, at, len(text), page)


def _piece(body: int, text: str, start: int, end: int, page: int) -> Line:
    piece = text[start:end]
    stripped = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Line(body + start, body + start + len(stripped), stripped, 0, page)


def _headings(text: str, contents: str) -> Iterator[tuple[int, int]]:
    """Ranges of headings inside running text: words that stand so in the table of contents."""
    if not contents:
        return
    words = list(_WORD.finditer(text))
    k = 0
    while k < len(words):
        length = _heading_words(words, k, contents)
        if length:
            yield words[k].start(), words[k + length - 1].end()
            k += length
        else:
            k += 1


def _heading_words(words: Sequence[re.Match[str]], k: int, contents: str) -> int:
    """How many words from ``k`` make a heading; 0 where none begins.

    A numbered one needs its title in the table of contents; one without a number at least three
    words of it, and a capital letter after it, since sentences begin so.
    """
    numbered = _NUMBER.fullmatch(words[k][0]) is not None
    title = k + 1 if numbered else k
    if title >= len(words) or not words[title][0][0].isupper():
        return 0
    best = 0
    for n in range(1, min(_MAX_HEADING_WORDS, len(words) - title) + 1):
        phrase = " ".join(w[0] for w in words[title : title + n])
        if f" {phrase} " not in f" {contents} ":
            break
        following = words[title + n][0] if title + n < len(words) else "A"
        if (following[0].isupper() or _NUMBER.fullmatch(following)) and phrase[-1] not in ",;":
            best = n
    if not numbered and best < _MIN_UNNUMBERED_WORDS:
        return 0
    return best + (title - k) if best else 0


def with_pages(lines: Sequence[Line], pages: Sequence[Page]) -> list[Line]:
    """Lines with the page that each stands on."""
    out, k = [], 0
    for line in lines:
        while k < len(pages) and pages[k].end <= line.start:
            k += 1
        on = k < len(pages) and pages[k].start <= line.start
        out.append(replace(line, page=pages[k].number if on else None))
    return out
