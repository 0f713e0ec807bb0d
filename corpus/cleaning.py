"""What stands in a text without belonging to it: found and marked, never removed.

Each finder takes the lines (and pages) of a text and yields marks; ``find_marks`` runs them all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.headings import is_part
from corpus.lines import Line, merge_marks
from corpus.records import Mark, Page, Source
from corpus.tables import table

_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_LEADER = re.compile(r"(?:\.{3,}|…|[ \t]{3,}|\t)\s*\d{1,4}$|[^\d\s.]\s\.{2,}.*\d{1,4}$|\s\d{1,3}$")
_CONTENTS = re.compile(r"#{0,6}\s*(innehåll|innehållsförteckning|innehall\w*|inneh&ll\w*|contents)\s*:?", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*")
_EDGE_LINES = 5  # lines at the top and foot of a page that can be a repeated head or foot
_MIN_REPEATS = 3
_MIN_PORTAL_LINKS = 3


@cache
def _boilerplate() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["reason"]) for row in table("boilerplate"))


def find_marks(source: Source, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Every range of the source that is skipped, sorted, without overlaps."""
    marks = list(source.marks)
    marks += boilerplate_lines(lines)
    marks += repeated_page_lines(lines, source.pages)
    marks += contents_lists(lines)
    marks += portal_link_list(lines, len(source.text))
    marks += torn_footnotes(lines)
    return merge_marks(marks)


def boilerplate_lines(lines: Sequence[Line]) -> Iterator[Mark]:
    """Lines of navigation, cookie notices, portals and page frames, from the table."""
    for line in lines:
        bare = line.text.lstrip("•*- ").strip()
        if bare and len(bare) <= 300:
            for pattern, reason in _boilerplate():
                if pattern.fullmatch(bare):
                    yield Mark(line.start, line.end, reason)
                    break


def _shape(text: str) -> str:
    """A line with its numbers and gaps made alike: *3 (12)* and *4 (12)* are one page head."""
    return re.sub(r"\s+", " ", re.sub(r"\d+", "0", text)).casefold()


def _names_section(text: str) -> bool:
    """Whether a line at the top of a page is a heading that has the shape of other headings."""
    return re.match(r"§|\d{1,2}[.)]\s", text) is not None or is_part(text)


def repeated_page_lines(lines: Sequence[Line], pages: Sequence[Page]) -> Iterator[Mark]:
    """Heads and feet that return on at least three pages and on a third of them.

    The first occurrence of a head stays: it names the body and the date of the minutes.
    """
    if len(pages) < _MIN_REPEATS:
        return
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        if line.text and line.page is not None and not line.text.startswith("<!--"):
            by_page.setdefault(line.page, []).append(line)
    edges = {page: {*on[:_EDGE_LINES], *on[-_EDGE_LINES:]} for page, on in by_page.items()}
    counts = Counter(shape for edge in edges.values() for shape in {_shape(line.text) for line in edge})
    needed = max(_MIN_REPEATS, len(by_page) / 3)
    seen: set[str] = set()
    for page in sorted(by_page):
        for line in by_page[page]:
            shape = _shape(line.text)
            if line in edges[page] and counts[shape] >= needed and not _names_section(line.text):
                if shape in seen or _PAGE_NUMBER.fullmatch(line.text):
                    yield Mark(line.start, line.end, "page_head")
                seen.add(shape)


def contents_lists(lines: Sequence[Line]) -> Iterator[Mark]:
    """A table of contents: the line *Innehåll* and what follows with page numbers at line ends."""
    for i, line in enumerate(lines):
        if not _CONTENTS.fullmatch(line.text):
            continue
        last, misses, hits = i, 0, 0
        for j in range(i + 1, len(lines)):
            if line.page is not None and lines[j].page != line.page and hits:
                break
            text = lines[j].text
            if not text:
                continue
            if _LEADER.search(text):
                last, misses, hits = j, 0, hits + 1
            else:
                misses += 1
                if misses > 3:
                    break
        if hits >= 2:
            yield Mark(line.start, lines[last].end, "contents")


def portal_link_list(lines: Sequence[Line], length: int) -> Iterator[Mark]:
    """The list of other documents at the end of a portal's page: title, excerpt, *Läs mer*."""
    links = [i for i, line in enumerate(lines) if re.fullmatch(r"läs mer[ .…»>]*", line.text, re.IGNORECASE)]
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


def torn_footnotes(lines: Sequence[Line]) -> Iterator[Mark]:
    """A footnote that a page break put into the middle of a sentence.

    The sentence before has no end and the text after goes on in lower case:
    *… självkörande bussar. Det / ³ Fotnotens text … / finns också möjligheter …*
    """
    for i, line in enumerate(lines):
        if not line.text or line.text.lstrip("*_")[0:1] not in _SUPERSCRIPT or not line.text.lstrip("*_"):
            continue
        before = next((x for x in reversed(lines[:i]) if x.text), None)
        last = i
        while last + 1 < len(lines) and not lines[last + 1].blank:
            last += 1
        after = next((x for x in lines[last + 1 :] if x.text), None)
        if before and after and before.text[-1] not in ".!?:;" and after.text[0].islower():
            yield Mark(line.start, lines[last].end, "footnote")
