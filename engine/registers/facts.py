"""Facts: what is read out of documents as rows of data. Each type of fact is one entry of a table.

A type is a function from the archive and a document to rows, and the columns that people see of
them. What is common to all rows (the type, the document) is added here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from corpus.headings import PART
from corpus.personal_numbers import mask_personal_numbers
from engine.contracts import Json, document_object
from engine.places import place_of
from engine.registers.rows import COLUMNS, fact_row, listed_fact
from engine.registers.text import headline, table_row
from index.filters import Filter
from index.records import StoredDocument
from models.registers.records import TYPES

if TYPE_CHECKING:
    from corpus.records import Section
    from index.facts import FactReader


@dataclass(frozen=True, slots=True)
class FactType:
    """How a type of fact is read, and which keys of its rows a table shows, with Swedish headings."""

    rows: Callable[[FactReader, StoredDocument], Iterator[Json]]
    columns: Mapping[str, str]


def is_fact(section: Section) -> bool:
    """Whether a section is one that people would name: no part of one, no point of an agenda."""
    return section.kind == "section" and section.level < PART and bool(section.number or section.heading)


def section_rows(archive: FactReader, document: StoredDocument) -> Iterator[Json]:
    """The numbered or titled sections: ``{"number", "heading", "section_path", "start", "end"}``.

    The parts of a section (*Beslut*, *Beslutsgång*), the points of an agenda and sections that
    have neither number nor heading are none.
    """
    sections = {section.ordinal: section for section in archive.sections(document.id)}
    for section in sections.values():
        if is_fact(section):
            yield {
                "number": section.number,
                "heading": mask_personal_numbers(section.heading),
                "section_path": place_of(section, sections).path,
                "start": section.start,
                "end": section.end,
            }


def register_rows(name: str, archive: FactReader, document: StoredDocument) -> Iterator[Json]:
    """The facts of one type that extractors read, as ``engine.registers.rows`` describes their rows."""
    found = archive.facts_of(document, (name,))
    sections = {section.ordinal: section for section in archive.sections(document.id)} if found else {}
    for one in found:
        yield fact_row(one, sections)


# Each type: its rows, and which of their keys a table shows.
FACT_TYPES: dict[str, FactType] = {
    "section": FactType(section_rows, {"number": "§", "heading": "Rubrik"}),
    **{name: FactType(partial(register_rows, name), {"section": "§", **COLUMNS[name]}) for name in TYPES},
}


def known_types(asked: Sequence[str]) -> tuple[str, ...]:
    """The types that were asked for, each once; all of them if none was.

    Raises:
        UsageError: there is no such type.
    """
    unknown = [name for name in asked if name not in FACT_TYPES]
    if unknown:
        raise UsageError(f"Okänt slag av uppgift: {unknown[0]!r}. Välj bland: {', '.join(FACT_TYPES)}.")
    return tuple(dict.fromkeys(asked)) or tuple(FACT_TYPES)


def read_facts(archive: FactReader, types: Sequence[str], selection: Filter = Filter.everything) -> Iterator[Json]:
    """The facts of these types in the selected documents: ``{"type", "document": {…}, …}``."""
    for document in archive.documents(selection):
        about = document_object(document)
        for name in types:
            for row in FACT_TYPES[name].rows(archive, document):
                yield {"type": name, "document": about, **row}


def fact_columns(types: Sequence[str]) -> dict[str, str]:
    """The columns of a table of facts of these types, key to Swedish heading; of several a summary in words."""
    if len(types) > 1:
        return {"type": "Slag", "path": "Fil", "section": "§", "summary": "Uppgift"}
    return {"path": "Fil", **FACT_TYPES[types[0]].columns}


def listed_row(row: Json) -> Json:
    """A row of ``read_facts`` without nested objects, for CSV."""
    if row["type"] == "section":
        return {**row, "document": row["document"]["id"], "path": row["document"]["path"]}
    return listed_fact(row)


def summarised_row(row: Json) -> Json:
    """A row of ``read_facts`` as a table shows it, with a summary in words."""
    if row["type"] == "section":
        return {**listed_row(row), "section": row["number"], "summary": headline(row)}
    return table_row(row)
