"""Markdown: front matter and comments become metadata and pages, the text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.plain import decode, form_feed_pages
from corpus.records import Mark, Page, Source

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
# What YAML and TOML lines look like; a text between two rules is no front matter.
_FRONT_LINE = re.compile(r"\s*|\s+.*|\s*[-#\]}].*|[\w.-]+\s*[:=](\s.*)?")
_PAGE = re.compile(r"(?:sida|page|sid\.?)\s+(\d{1,4})", re.IGNORECASE)
_FIELD = re.compile(r"^[ \t]*(?:\.\.[ \t]*)?([A-Za-zÅÄÖåäö_]+)[ \t]*[:=][ \t]*(\S.*)$", re.MULTILINE)


def read(data: bytes, name: str) -> Source:
    """Read Markdown. ``<!-- sida 4 -->`` starts page 4; ``key: value`` lines of the head are metadata."""
    text = decode(data)
    marks: list[Mark] = []
    metadata: list[tuple[str, str]] = []
    starts: list[tuple[int, int]] = []
    front = _FRONT_MATTER.match(text)
    if front and all(_FRONT_LINE.fullmatch(line) for line in front[2].split("\n")):
        marks.append(Mark(front.start(), front.end(), "front_matter"))
        metadata += _fields(front[2])
    for start, end in _comments(text):
        inner = text[start + 4 : end - 3]
        page = _PAGE.fullmatch(inner.strip()) if len(inner) < 100 else None
        if page:
            starts.append((int(page[1]), start))
        elif not metadata:
            metadata += _fields(inner)
        marks.append(Mark(start, end, "page_number" if page else "markup"))
    ends = [*(start for _, start in starts[1:]), len(text)]
    pages = tuple(Page(number, start, end) for (number, start), end in zip(starts, ends, strict=False))
    return Source(
        text=text,
        format="md",
        pages=pages or form_feed_pages(text),
        marks=tuple(marks),
        metadata=tuple(metadata),
    )


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of comments; one that is never closed is text."""
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        if end < 0:
            return
        yield at, end + 3
        at = text.find("<!--", end + 3)


def _fields(text: str) -> list[tuple[str, str]]:
    found = [(key.lower(), value.strip().strip("\"'")) for key, value in _FIELD.findall(text)]
    return [(key, value) for key, value in found if value and value != "null"]
