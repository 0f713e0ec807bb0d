"""Markdown: front matter and comments become metadata and pages, the text stays as it is."""

from __future__ import annotations

import re

from corpus.readers.plain import decode, form_feed_pages
from corpus.records import Mark, Page, Source

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_PAGE = re.compile(r"\s*(?:sida|page|sid\.?)\s+(\d{1,4})\s*", re.IGNORECASE)
_FIELD = re.compile(r"^[ \t]*(?:\.\.[ \t]*)?([A-Za-zÅÄÖåäö_]+)[ \t]*[:=][ \t]*(\S.*?)[ \t]*$", re.MULTILINE)


def read(data: bytes, name: str) -> Source:
    """Read Markdown. ``<!-- sida 4 -->`` starts page 4; ``key: value`` lines of the head are metadata."""
    text = decode(data)
    marks: list[Mark] = []
    metadata: list[tuple[str, str]] = []
    starts: list[tuple[int, int]] = []
    front = _FRONT_MATTER.match(text)
    if front:
        marks.append(Mark(front.start(), front.end(), "front_matter"))
        metadata += _fields(front[2])
    for comment in _COMMENT.finditer(text):
        page = _PAGE.fullmatch(comment[1])
        if page:
            starts.append((int(page[1]), comment.start()))
        elif not metadata:
            metadata += _fields(comment[1])
        marks.append(Mark(comment.start(), comment.end(), "page_number" if page else "markup"))
    ends = [*(start for _, start in starts[1:]), len(text)]
    pages = tuple(Page(number, start, end) for (number, start), end in zip(starts, ends, strict=False))
    return Source(
        text=text,
        format="md",
        pages=pages or form_feed_pages(text),
        marks=tuple(marks),
        metadata=tuple(metadata),
    )


def _fields(text: str) -> list[tuple[str, str]]:
    return [(key.lower(), value.strip("\"'")) for key, value in _FIELD.findall(text) if value != "null"]
