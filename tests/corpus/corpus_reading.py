"""What the tests of the reading room share: short ways in, and a splitter that needs no spaCy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import document_from_bytes
from corpus.records import Chunk, Document, Section, Span

_SENTENCE = re.compile(r"\S(?:[^.!?]|[.!?](?!\s))*[.!?]*")


def split(text: str) -> Sequence[Span]:
    """Sentences by their full stops: enough where a test is not about sentences."""
    return [Span(m.start(), m.start() + len(m[0].rstrip())) for m in _SENTENCE.finditer(text)]


def read(text: str | bytes, name: str = "handling.txt") -> Document:
    data = text.encode() if isinstance(text, str) else text
    return document_from_bytes(data, name, split)


def sections(document: Document, kind: str = "section") -> list[tuple[str | None, str]]:
    return [(s.number, s.heading) for s in document.sections if s.kind == kind]


def section_of(document: Document, chunk: Chunk) -> Section:
    return document.sections[chunk.section]


def chunk_with(document: Document, words: str) -> Chunk:
    found = [c for c in document.chunks if words in c.search_text]
    assert len(found) == 1, [c.search_text for c in document.chunks]
    return found[0]


def marked(document: Document) -> list[tuple[str, str]]:
    """Reason and text of every marked range."""
    return [(m.reason, document.text[m.start : m.end].strip()) for m in document.marks]


def searchable(document: Document) -> str:
    return "\n".join(chunk.search_text for chunk in document.chunks)
