"""Reading the archive itself: the sections of a document, and the state of it all."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableError
from corpus.personal_numbers import mask_personal_numbers
from engine.places import place_of, source_line
from models.registers.version import facts_version

if TYPE_CHECKING:
    from corpus.records import Section
    from engine.service import Service
    from index.archive import Archive


def read_sections(archive: Archive, key: str, wanted: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The source line of a document and its outermost sections, or those that ``wanted`` names.

    ``wanted`` is a number (*6*, *§ 6*) or part of a heading.

    Raises:
        UnreadableError: there is no such document or section.
    """
    document = archive.find(key)
    if document is None:
        raise UnreadableError(f"Arkivet har ingen handling {key!r}. Visa handlingarna med: klubbat documents")
    sections = archive.sections(document.id)
    text = archive.text(document.id)
    chosen = [s for s in sections if s.parent is None] if wanted is None else _named(sections, wanted)
    if not chosen:
        known = ", ".join(s.number or s.heading for s in sections if s.parent is None and (s.number or s.heading))
        raise UnreadableError(f"Handlingen har ingen paragraf {wanted!r}. Den har: {mask_personal_numbers(known)}")
    by_ordinal = {s.ordinal: s for s in sections}
    rows = []
    for section in chosen:
        place = place_of(section, by_ordinal)
        rows.append(
            {
                "document": document.id,
                "section": place.number,
                "heading": mask_personal_numbers(section.heading),
                "section_path": place.path,
                "start": section.start,
                "end": section.end,
                "text": mask_personal_numbers(text[section.start : section.end]),
            }
        )
    return f"{source_line(document, None)} ({document.id})\n{document.path}", rows


def _named(sections: list[Section], wanted: str) -> list[Section]:
    number = re.sub(r"^§+\s*|^punkt\s+|[.)]$", "", wanted.strip(), flags=re.IGNORECASE).casefold()
    same = [s for s in sections if s.number and s.number.removeprefix("§ ").casefold() == number]
    heading = wanted.strip().casefold()
    return same or [s for s in sections if heading and heading in s.heading.casefold()]


def read_status(service: Service) -> tuple[dict[str, Any], dict[str, str]]:
    """The state of an archive as values by key, and the Swedish word for each key."""
    state = service.archive.status()
    documents = service.archive.documents()
    dates = sorted(d.date for d in documents if d.date)
    grades = Counter(d.quality.grade for d in documents)
    facts = service.archive.fact_status(facts_version())
    files = Counter(one.outcome for one in service.archive.files())
    values: dict[str, Any] = {
        "folder": str(state.folder),
        "documents": state.counts.documents,
        "first_date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
        "sections": state.counts.sections,
        "paragraphs": state.counts.paragraphs,
        "chunks": state.counts.chunks,
        "pages_without_text": state.counts.pages_without_text,
        "ocr_pages": sum(d.quality.ocr_pages for d in documents),
        "poor_documents": grades["poor"],
        "need_ocr": grades["needs_ocr"],
        "refused_files": files["refused"],
        "quarantined_files": files["quarantined"],
        "facts": sum(count for _, count in facts.counts),
        "outdated_facts": facts.outdated,
        "faulty_facts": len(facts.faults),
        "lexical_chunks": service.indexes.lexical.chunks,
        "dense_chunks": service.indexes.dense.chunks if service.indexes.dense else 0,
        "current": "ja" if service.indexes.is_current() else "nej",
        "model": service.searcher.embedder.fingerprint,
        "megabytes": round(state.database_bytes / 1e6, 1),
        "last_added_at": state.last_added_at,
    }
    words = {
        "folder": "Arkiv",
        "documents": "Handlingar",
        "first_date": "Äldsta datum",
        "last_date": "Nyaste datum",
        "sections": "Paragrafer och rubriker",
        "paragraphs": "Stycken",
        "chunks": "Sökbara stycken",
        "pages_without_text": "Sidor utan text",
        "ocr_pages": "Sidor lästa med OCR",
        "poor_documents": "Svårlästa handlingar",
        "need_ocr": "Handlingar som behöver OCR",
        "refused_files": "Filer som inte gick att läsa",
        "quarantined_files": "Filer i karantän",
        "facts": "Uppgifter i registren",
        "outdated_facts": "Handlingar att läsa om",
        "faulty_facts": "Handlingar utan uppgifter",
        "lexical_chunks": "I ordregistret",
        "dense_chunks": "I betydelseregistret",
        "current": "Registren aktuella",
        "model": "Inbäddningsmodell",
        "megabytes": "Storlek (MB)",
        "last_added_at": "Senast tillagt",
    }
    return values, words
