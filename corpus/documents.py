"""From the bytes of a file to a structured document: reading, cleaning, structure, chunks."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePath

from corpus.chunks import SentenceSplitter, make_chunks
from corpus.cleaning import find_marks
from corpus.description import describe
from corpus.lines import lines_of, marked_lines, merge_marks
from corpus.readers import read_bytes
from corpus.records import Document, Source
from corpus.structure import find_structure
from corpus.transcripts import find_transcript, with_pages

ID_LENGTH = 16
# The key in a document's metadata of the version of the code and tables that read it.
READING_KEY = "reading"


def document_id(sha256: str) -> str:
    """The id of a document: the first 16 hexadecimal digits of the SHA-256 of its file."""
    return sha256[:ID_LENGTH]


def document_from_bytes(data: bytes, name: str, split: SentenceSplitter) -> Document:
    """Read and structure a file.

    Raises:
        corpus.errors.UnreadableError: the file has no text that can be read.
    """
    return document_from_source(read_bytes(data, name), name, hashlib.sha256(data).hexdigest(), split)


def document_from_source(source: Source, name: str, sha256: str, split: SentenceSplitter) -> Document:
    """Structure a text that is already read. ``name`` is the file's name, for kind and date."""
    text = source.text
    lines = lines_of(text, source.pages)
    marks = find_marks(source, lines)
    live = [line for line, skipped in zip(lines, marked_lines(lines, marks), strict=True) if not skipped]
    transcript = find_transcript(text, live)
    if transcript:
        source = replace(source, pages=transcript.pages)
        marks = merge_marks([*marks, *transcript.marks])
        lines = with_pages(transcript.lines, transcript.pages)
        live = lines
    structure = find_structure(text, lines, marks)
    description = describe(source, PurePath(name).name, live, structure.sections)
    head, *rest = structure.sections
    sections = (replace(head, heading=description.title), *rest)
    chunks = make_chunks(text, sections, structure.paragraphs, marks, split)
    return Document(
        id=document_id(sha256),
        sha256=sha256,
        format=source.format,
        text=text,
        title=description.title,
        kind=description.kind,
        body=description.body,
        date=description.date,
        sections=sections,
        paragraphs=structure.paragraphs,
        chunks=tuple(chunks),
        marks=marks,
        pages=source.pages,
        metadata=source.metadata,
        pages_without_text=source.pages_without_text,
        repairs=source.repairs,
        known=source.known,
    )
