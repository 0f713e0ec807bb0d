"""What stands in a text without belonging to it: found and marked, never removed.

Each finder takes the lines (and pages) of a text and yields marks; ``find_marks`` runs them all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.headings import is_part
from corpus.lines import Line, marked_lines, merge_marks
from corpus.records import Mark, Page, Source
from corpus.tables import table

_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_LEADER = re.compile(r"(?:\.{3,}|…|[ \t]{3,}|\t)\s*\d{1,4}$|[^\d\s.]\s\.{2,}.*\d{1,4}$|\s\d{1,3}$")
_CONTENTS = re.compile(r"#{0,6}\s*(innehåll|innehållsförteckning|innehall\w*|inneh&ll\w*|contents)\s*:?", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(\d{1,4})\W*")
# A repeated line without letters that is no row of figures: a page number, *3 (12)*, a date.
_PAGE_FIGURES = re.compile(r"\W*\d{1,4}(\W{1,3}\d{1,4})?\W*|(\d{2,4}[-./]){2}\d{2,4}")
_SENTENCE = re.compile(r"[A-ZÅÄÖ].*\s.*\s.*[.!?]")
_PROSE = re.compile(r"([a-zåäö]{2}|\s\d{4})[.!?]\s+[A-ZÅÄÖ]")
_READ_MORE = re.compile(r"läs mer[ .…»>]*", re.IGNORECASE)
_EDGE_LINES = 5  # lines at the top and foot of a page that can be a repeated head or foot
_MIN_REPEATS = 3
_MAX_SHAPED = 80  # characters of a line that can be a page number
_MIN_PORTAL_LINKS = 3
_MAX_PORTAL_GAP = 1200  # characters of title and excerpt between two links of a portal's list
_MAX_BOILERPLATE = 300
_MAX_CONTENTS_LINE = 400


@cache
def _boilerplate() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["reason"]) for row in table("boilerplate"))


@cache
def _any_boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("boilerplate")), re.IGNORECASE)


def find_marks(source: Source, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Every range of the source that is skipped, sorted, without overlaps."""
    marks = list(source.marks)
    marks += boilerplate_lines(lines)
    marks += repeated_page_lines(lines, source.pages)
    marks += contents_lists(lines)
    marks += portal_link_list(lines, len(source.text))
    merged = merge_marks(marks)
    return merge_marks([*merged, *torn_footnotes(lines, marked_lines(lines, merged))])


def boilerplate_lines(lines: Sequence[Line]) -> Iterator[Mark]:
    """Lines of navigation, cookie notices, portals and page frames, from the table."""
    for line in lines:
        if not line.text or len(line.text) > _MAX_BOILERPLATE:
            continue
        bare = line.text.lstrip("•*- ").strip()
        if bare and _any_boilerplate().fullmatch(bare):
            reason = next(reason for pattern, reason in _boilerplate() if pattern.fullmatch(bare))
            yield Mark(line.start, line.end, reason)


def _shape(text: str, page: int) -> str:
    """A line with its numbers and gaps made alike: *3 (12)* and *4 (12)* are one page head.

    A number alone is a page's if it goes up with the pages; the numbers of points do not.
    """
    if number := _PAGE_NUMBER.fullmatch(text[:_MAX_SHAPED]):
        return f"{int(number[1]) - page:+}"
    return re.sub(r"\s+", " ", re.sub(r"\d+", "0", text)).casefold()


def _names_section(text: str) -> bool:
    """Whether a line at the top of a page is a heading that has the shape of other headings."""
    return re.match(r"§|\d{1,2}[.)]\s", text) is not None or is_part(text)


def _can_repeat(text: str) -> bool:
    """Whether a line can be a page head or foot: no heading of a section, no row of figures."""
    if not any(c.isalpha() for c in text):
        return _PAGE_FIGURES.fullmatch(text[:80]) is not None
    return not _names_section(text)


def repeated_page_lines(lines: Sequence[Line], pages: Sequence[Page]) -> Iterator[Mark]:
    """Heads and feet that return on at least three pages and on a third of them.

    The first occurrence of a head stays: it names the body and the date of the minutes. A whole
    sentence (*Nämnden godkänner rapporten.*) is a head or foot only as the outermost line.
    """
    if len(pages) < _MIN_REPEATS:
        return
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        if line.text and line.page is not None and not line.text.startswith("<!--"):
            by_page.setdefault(line.page, []).append(line)
    edges: dict[int, list[tuple[Line, str]]] = {}
    for page, on in by_page.items():
        outer = {line.start for line in (on[0], on[-1])}
        edges[page] = [
            (line, _shape(line.text, page))
            for k, line in enumerate(on)
            if (k < _EDGE_LINES or k >= len(on) - _EDGE_LINES)
            and _can_repeat(line.text)
            and (line.start in outer or not _SENTENCE.fullmatch(line.text[:_MAX_BOILERPLATE]))
        ]
    counts = Counter(shape for edge in edges.values() for shape in {shape for _, shape in edge})
    needed = max(_MIN_REPEATS, len(by_page) / 3)
    seen: set[str] = set()
    for page in sorted(edges):
        for line, shape in edges[page]:
            if counts[shape] >= needed:
                if shape in seen or _PAGE_NUMBER.fullmatch(line.text):
                    yield Mark(line.start, line.end, "page_head")
                seen.add(shape)


def contents_lists(lines: Sequence[Line]) -> Iterator[Mark]:
    """A table of contents: the line *Innehåll* and what follows with page numbers at line ends."""
    done = -1
    for i, line in enumerate(lines):
        if i <= done or len(line.text) > 40 or not _CONTENTS.fullmatch(line.text):
            continue
        last, misses, hits = i, 0, 0
        for j in range(i + 1, len(lines)):
            if line.page is not None and lines[j].page != line.page and hits:
                break
            text = lines[j].text
            if not text:
                continue
            if _PROSE.search(text[:_MAX_CONTENTS_LINE]):
                break
            if len(text) <= _MAX_CONTENTS_LINE and _LEADER.search(text):
                last, misses, hits = j, 0, hits + 1
            else:
                misses += 1
                if misses > 3 or _SENTENCE.fullmatch(text[:_MAX_CONTENTS_LINE]):
                    break
        if hits >= 2:
            done = last
            yield Mark(line.start, lines[last].end, "contents")


def portal_link_list(lines: Sequence[Line], length: int) -> Iterator[Mark]:
    """The list of other documents at the end of a portal's page: title, excerpt, *Läs mer*.

    Only links close after each other are such a list; a page of minutes may hold some of its own.
    """
    links: list[int] = []
    for i, line in enumerate(lines):
        if len(line.text) <= 20 and _READ_MORE.fullmatch(line.text):
            if links and line.start - lines[links[-1]].end > _MAX_PORTAL_GAP:
                links = []
            links.append(i)
    if len(links) < _MIN_PORTAL_LINKS:
        return
    blocks, i = 0, links[0] - 1
    start = links[0]
    while i >= 0 and blocks < 2:
        while i >= 0 and lines[i].blank:
            i -= 1
        while i >= 0 and not lines[i].blank:
            start = i
            i -= 1
        blocks += 1
    tail = sum(len(line.text) for line in lines[links[-1] + 1 :])
    end = length if tail < 2000 else lines[links[-1]].end
    yield Mark(lines[start].start, end, "link_list")


def torn_footnotes(lines: Sequence[Line], skipped: Sequence[bool]) -> Iterator[Mark]:
    """A footnote that a page break put into the middle of a sentence.

    The sentence before has no end and the text after goes on in lower case:
    *… självkörande bussar. Det / ³ Fotnotens text … / finns också möjligheter …*
    Skipped lines (a page number below the footnote) neither belong to it nor stand between.
    """
    before: Line | None = None
    i = 0
    while i < len(lines):
        line = lines[i]
        if not line.text or skipped[i]:
            i += 1
            continue
        last = i
        if line.text.lstrip("*_")[:1] in _SUPERSCRIPT and line.text.strip("*_"):
            while last + 1 < len(lines) and lines[last + 1].text and not skipped[last + 1]:
                last += 1
            after = _first_live(lines, skipped, last + 1)
            if before and after and before.text[-1] not in ".!?:;" and after.text[0].islower():
                yield Mark(line.start, lines[last].end, "footnote")
                i = last + 1
                continue
        before = lines[last]
        i = last + 1


def _first_live(lines: Sequence[Line], skipped: Sequence[bool], i: int) -> Line | None:
    while i < len(lines) and (lines[i].blank or skipped[i]):
        i += 1
    return lines[i] if i < len(lines) else None
