"""The JSON contracts: answers, hits and citations as plain objects for scripts.

Personal identity numbers are masked here, with as many characters as they had, so that a quote
stays an exact part of its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from corpus.personal_numbers import mask_personal_numbers
from corpus.quality import Grade
from corpus.records import Span
from engine.hits import Answer, Results
from engine.places import Places
from engine.questions.understanding import Understood
from engine.search.explain import Explanation
from engine.search.proofs import proof_of
from index.records import Extent, StoredChunk, StoredDocument
from models.analysis import Analyser

Json = dict[str, Any]

# The keys that a table shows to people, with their headings.
HIT_COLUMNS = {
    "score": "Poäng",
    "date": "Datum",
    "body": "Organ",
    "section": "§",
    "heading": "Rubrik",
    "quote": "Citat",
}
EXPLAINED_COLUMNS = {**HIT_COLUMNS, "explain": "Varför"}
DOCUMENT_COLUMNS = {
    "id": "Id",
    "date": "Datum",
    "kind": "Sort",
    "body": "Organ",
    "title": "Titel",
    "chunks": "Stycken",
    "reading": "Läsning",
}
GRADE_WORDS: dict[Grade, str] = {"good": "god", "poor": "svag", "needs_ocr": "behöver OCR"}


def document_object(document: StoredDocument) -> Json:
    """``{"id", "path", "title", "date", "body", "kind"}``."""
    return {
        "id": document.id,
        "path": document.path,
        "title": mask_personal_numbers(document.title),
        "date": document.date,
        "body": None if document.body is None else mask_personal_numbers(document.body),
        "kind": document.kind,
    }


def citation_object(chunk: StoredChunk, proof: Span, score: float, places: Places) -> Json:
    """A citation: the document, the place in it, the whole text and the words that prove."""
    place = places.of(chunk)
    text = mask_personal_numbers(chunk.text)
    return {
        "document": document_object(chunk.document),
        "section": place.number,
        "heading": place.heading,
        "section_path": place.path,
        "paragraph": chunk.paragraph,
        "page": chunk.page,
        "page_grade": "poor" if places.is_poor(chunk) else "good",
        "start": chunk.start,
        "end": chunk.end,
        "text": text,
        "quote": text[proof.start - chunk.start : proof.end - chunk.start],
        "score": round(score, 4),
    }


def answer_object(answer: Answer, places: Places, understood: Understood | None = None) -> Json:
    """The object that ``klubbat ask --json`` prints; with ``understood``, for ``--explain``, how the question was."""
    explained = {} if understood is None else {"explain": understood_object(understood)}
    return {
        "question": mask_personal_numbers(answer.question),
        "answer": None if answer.text is None else mask_personal_numbers(answer.text),
        "explanation": mask_personal_numbers(answer.explanation),
        "confidence": round(answer.confidence, 4),
        "kind": answer.kind,
        "citations": [citation_object(c.chunk, c.proof, c.score, places) for c in answer.citations],
        "searched": None if answer.searched is None else extent_object(answer.searched),
        **explained,
    }


def extent_object(extent: Extent) -> Json:
    """``{"documents", "first", "last"}``: how many, and the first and last day of those with a date."""
    return {"documents": extent.documents, "first": extent.first, "last": extent.last}


def understood_object(understood: Understood) -> Json:
    """``"explain"`` of an answer: what was asked for, through which relation, of what, and where.

    Limits that the question does not give are left out; ``since`` and ``until`` are ISO days.
    """
    given = {name: value for name, value in asdict(understood.limits).items() if value}
    masked = {name: mask_personal_numbers(value) if isinstance(value, str) else value for name, value in given.items()}
    return {
        "wanted": understood.wanted,
        "relation": understood.relation,
        "topic": [mask_personal_numbers(word) for word in understood.topic],
        "limits": masked,
    }


def explanation_object(why: Explanation) -> Json:
    """``"explain"`` of a hit: its reasons, and its scores."""
    return {
        "reasons": [{"kind": one.how, "asked": one.asked, "found": one.found, "text": one.text} for one in why.reasons],
        "lexical": round(why.lexical, 4),
        "dense": round(why.dense, 4),
        "fused": round(why.fused, 4),
        "cosine": _rounded(why.cosine),
        "reading": _rounded(why.reading),
    }


def results_object(results: Results, places: Places, analyser: Analyser, explained: Sequence[Explanation] = ()) -> Json:
    """The object that ``klubbat search --json`` prints; ``explained``, one a hit, is for ``--explain``."""
    hits = [
        citation_object(hit.chunk, proof_of(results.words, hit.chunk, analyser), hit.score, places)
        for hit in results.hits
    ]
    for one, why in zip(hits, explained, strict=False):
        one["explain"] = explanation_object(why)
    return {"query": mask_personal_numbers(results.query), "hits": hits, "total": results.total}


def listed_hits(results: Json) -> Iterator[Json]:
    """The hits of ``results_object`` without nested objects, for tables and CSV."""
    for hit in results["hits"]:
        document = hit["document"]
        flat = {key: value for key, value in hit.items() if key != "document"}
        if "explain" in flat:
            flat["explain"] = [reason["text"] for reason in flat["explain"]["reasons"]]
        yield {
            **flat,
            "document": document["id"],
            **{k: document[k] for k in ("path", "title", "date", "body", "kind")},
        }


def listed_document(document: StoredDocument) -> Json:
    """One row of ``klubbat documents``; shares are from 0 to 1."""
    quality = document.quality
    return {
        **document_object(document),
        "paths": list(document.paths),
        "format": document.format,
        "characters": document.characters,
        "sections": document.sections,
        "chunks": document.chunks,
        "pages": quality.pages,
        "pages_without_text": document.pages_without_text,
        "grade": quality.grade,
        "known_words": _rounded(quality.known),
        "ocr_pages": quality.ocr_pages,
        "ocr_confidence": _rounded(quality.confidence),
        "repairs": quality.repairs,
        "added_at": document.added_at,
    }


def shown_document(row: Json) -> Json:
    """A row of ``listed_document`` as a table shows it: how well it was read, in words."""
    without = row["pages_without_text"]
    partly = f", {without} {'sida' if without == 1 else 'sidor'} utan text" if 0 < without < row["pages"] else ""
    return {**row, "reading": GRADE_WORDS[row["grade"]] + partly}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
