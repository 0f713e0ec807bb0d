"""The document that an answer came from: the quotation with what stands around it, its sections, one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.personal_numbers import mask_personal_numbers
from engine.chat.notes import note
from engine.chat.telling import named
from engine.hits import Citation, Language
from engine.reading import read_sections

if TYPE_CHECKING:
    from engine.service import Service
    from index.records import StoredChunk, StoredDocument

_AROUND = 600  # characters shown on each side of a quotation
_LISTED = 40  # sections of a document that are listed


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation with its surroundings: ``before``, ``quote`` and ``after`` are one stretch of the document."""

    head: str
    before: str
    quote: str
    after: str


def quotation_of(citation: Citation, service: Service) -> Quotation:
    """A citation with where it stands, and the text around it inside its section."""
    chunk, proof = citation.chunk, citation.proof
    text = mask_personal_numbers(service.archive.text(chunk.document.id))
    start = max(min(chunk.section.start, chunk.start), proof.start - _AROUND)
    end = min(max(chunk.section.end, chunk.end), proof.end + _AROUND)
    return Quotation(
        _head(chunk, service),
        ("…" if start > chunk.section.start else "") + text[start : proof.start].lstrip(),
        text[proof.start : proof.end],
        text[proof.end : end].rstrip() + ("…" if end < chunk.section.end else ""),
    )


def _head(chunk: StoredChunk, service: Service) -> str:
    """The source on one line, what that leaves out, and the file."""
    source, document = service.places.source_line(chunk), chunk.document
    beside = [part for part in (document.title, service.places.of(chunk).path) if part and part not in source]
    return mask_personal_numbers("\n".join((source, *beside, f"{document.path} ({document.id})")))


def section_of(chunk: StoredChunk, wanted: str, service: Service) -> str | None:
    """The section of a document that ``wanted`` names, else that of the chunk; None where it is not there."""
    own = service.places.of(chunk).number or chunk.section.heading or None
    try:
        source, sections = read_sections(service.archive, chunk.document.id, wanted or own)
    except UnreadableError:
        return None
    return "\n\n".join((source, *(one["text"].strip() for one in sections)))


def contents_of(document: StoredDocument, service: Service) -> str:
    """The sections of a document, a line for each."""
    source, sections = read_sections(service.archive, document.id, None)
    lines = [" ".join(filter(None, (one["section"], one["heading"]))) for one in sections]
    return "\n".join((source, "", *(f"  {line}" for line in dict.fromkeys(lines) if line)))


def no_section(document: StoredDocument, wanted: str, service: Service, spoken: Language) -> str:
    """That a document has no such section, and which it has."""
    _, sections = read_sections(service.archive, document.id, None)
    known = [one["section"] or one["heading"] for one in sections if one["section"] or one["heading"]]
    listed = ", ".join(dict.fromkeys(known[:_LISTED])) + (" …" if len(known) > _LISTED else "")
    return mask_personal_numbers(note("no_section", spoken, f"”{wanted}”", named(document, spoken), listed))
