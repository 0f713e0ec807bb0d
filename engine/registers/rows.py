"""The registers: facts of the archive as rows for scripts and tables, each with its source.

A row is ``{"type", "document": {…}, <fields of the fact>, "section", "heading", "section_path",
"paragraph", "page", "quote", "quote_start", "quote_end"}``; offsets count characters of the
document's text. Personal identity numbers are masked in all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.personal_numbers import mask_personal_numbers
from engine.contracts import Json, document_object
from engine.places import place_of
from engine.registers.query import RegisterQuery, named_in
from index.filters import Filter
from index.records import StoredFact
from index.schema import fold
from models.registers.records import Action
from models.registers.rows import row_of

if TYPE_CHECKING:
    from corpus.records import Section
    from index.facts import FactReader

# The keys that a table of each type shows, with their Swedish headings.
COLUMNS: dict[str, Mapping[str, str]] = {
    "meeting": {
        "date": "Datum",
        "start": "Från",
        "end": "Till",
        "body": "Organ",
        "place": "Plats",
        "chair": "Ordförande",
        "secretary": "Sekreterare",
        "adjusters": "Justerare",
    },
    "attendance": {
        "person": "Person",
        "organisation": "Organisation",
        "status": "Närvaro",
        "capacity": "Som",
        "substitute_for": "Ersätter",
        "part": "Del",
    },
    "role": {"person": "Person", "role": "Roll", "organisation": "Organisation"},
    "next_meeting": {"date": "Datum", "time": "Tid", "body": "Organ", "place": "Plats", "form": "Form"},
    "action": {"assignees": "Mottagare", "task": "Uppdrag", "deadline": "Frist", "flags": "Anmärkning"},
    "decision": {"kind": "Slag", "text": "Beslut", "by": "Av"},
    "statement": {"person": "Person", "verb": "Sade", "content": "Innehåll"},
    "amount": {"written": "Belopp", "purpose": "Ändamål"},
}


@dataclass(frozen=True, slots=True)
class Found:
    """The facts that a register query finds. ``names``: the persons that the asked name fits, as written."""

    facts: tuple[StoredFact, ...]
    names: tuple[str, ...] = ()

    @property
    def warning(self) -> str | None:
        """What to know of an asked name that several persons have."""
        if len(self.names) < 2:
            return None
        return f"Namnet passar på flera: {mask_personal_numbers('; '.join(self.names))}."


class Sections:
    """The sections of one document at a time, by ordinal."""

    def __init__(self, archive: FactReader) -> None:
        self._archive = archive
        self._document = ""
        self._sections: dict[int, Section] = {}

    def of(self, fact: StoredFact) -> dict[int, Section]:
        """The sections of the fact's document."""
        if fact.document.id != self._document:
            self._sections = {one.ordinal: one for one in self._archive.sections(fact.document.id)}
            self._document = fact.document.id
        return self._sections


def find_facts(
    archive: FactReader, types: Sequence[str], query: RegisterQuery, selection: Filter = Filter.everything
) -> Found:
    """The facts that fit, by date of their document; a name given in full excludes longer ones."""
    sections = Sections(archive)
    found: list[tuple[StoredFact, tuple[str, ...]]] = []
    for one in archive.facts(types, selection):
        names = named_in(one.fact, query.person) if query.person is not None else ()
        if query.person is not None and not names:
            continue
        if query.fits(one, sections.of(one)):
            found.append((one, names))
    if query.person is not None:
        exact = fold(" ".join(query.person.split()))
        whole = [(one, names) for one, names in found if exact in map(fold, names)]
        if whole:
            return Found(tuple(one for one, _ in whole))
    named = {fold(name): name for _, names in reversed(found) for name in names}
    return Found(tuple(one for one, _ in found), tuple(sorted(named.values(), key=fold)))


def rows_of_facts(archive: FactReader, facts: Sequence[StoredFact]) -> Iterator[Json]:
    """One row a fact, in order."""
    sections = Sections(archive)
    for one in facts:
        yield fact_row(one, sections.of(one))


def fact_row(found: StoredFact, sections: dict[int, Section]) -> Json:
    """The row of one fact; ``sections`` are those of its document, by ordinal."""
    proof = found.fact.proof
    place = place_of(sections[proof.section], sections)
    return {
        "type": found.type,
        "document": document_object(found.document),
        **masked(row_of(found.fact)),
        **({"flags": flags_of(found.fact)} if isinstance(found.fact, Action) else {}),
        "section": place.number,
        "heading": place.heading,
        "section_path": place.path,
        "paragraph": proof.paragraph,
        "page": found.page,
        "quote": mask_personal_numbers(found.quote),
        "quote_start": proof.start,
        "quote_end": proof.end,
    }


def flags_of(action: Action) -> list[str]:
    """What a commission lacks, in Swedish: *utan mottagare*, *utan frist*."""
    flags = [] if action.assignees else ["utan mottagare"]
    return flags if action.deadline or action.deadline_text else [*flags, "utan frist"]


def masked(value: Any) -> Any:
    """A JSON value with the personal identity numbers of all its texts masked."""
    if isinstance(value, str):
        return mask_personal_numbers(value)
    if isinstance(value, Mapping):
        return {key: masked(one) for key, one in value.items()}
    return [masked(one) for one in value] if isinstance(value, (list, tuple)) else value


def listed_fact(row: Json) -> Json:
    """A row without nested objects, for tables and CSV: parties by name, the document by id, path, date and body."""
    document = row["document"]
    flat = {key: _listed(value) for key, value in row.items() if key != "document"}
    about = {"document": document["id"], "path": document["path"]}
    return {**flat, **about, "document_date": document["date"], "document_body": document["body"]}


def party_words(party: Mapping[str, Any]) -> str:
    """A party for people: *Sören Ek (Byn)*; *Sören (Sören Ek eller Sören Al)* where nobody can tell."""
    if party["others"]:
        return f"{party['name']} ({' eller '.join(party['others'])})"
    return f"{party['name']} ({party['organisation']})" if party["organisation"] else str(party["name"])


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return party_words(value) if "others" in value else value.get("source", "")
    if isinstance(value, float):
        return int(value) if value.is_integer() else f"{value:.2f}"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return [_listed(one) for one in value] if isinstance(value, (list, tuple)) else value
