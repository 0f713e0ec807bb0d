"""People: who was where, as what, with which tasks, and what they said, through time.

A person is a name. Two persons of one name cannot be told apart here; their organisations are
shown. Who *Stefan* or *kassören* means was decided by the extractors, with the reason kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.personal_numbers import mask_personal_numbers
from engine.contracts import Json
from engine.registers.query import is_named, party_names, words_of
from engine.registers.rows import Found, Sections, fact_row
from index.filters import Filter
from index.records import StoredFact
from index.schema import fold
from models.registers.records import Action, Attendance, Decision, Meeting, Party, Role, Statement

if TYPE_CHECKING:
    from index.facts import FactReader

PEOPLE_COLUMNS = {
    "name": "Namn",
    "organisations": "Organisation",
    "roles": "Roller",
    "meetings": "Möten",
    "absences": "Frånvarande",
    "actions": "Uppdrag",
    "statements": "Uttalanden",
    "first": "Första",
    "last": "Senaste",
}
EVENT_COLUMNS = {"date": "Datum", "name": "Namn", "event": "Vad", "text": "Uppgift", "path": "Fil", "section": "§"}
EVENT_WORDS = {
    "meeting": "möte",
    "role": "roll",
    "election": "val",
    "action": "uppdrag",
    "statement": "uttalande",
}
PRESENCE_WORDS = {"present": "närvarande", "absent": "frånvarande"}
_TYPES = ("meeting", "attendance", "role", "action", "statement")


@dataclass(frozen=True, slots=True)
class Mention:
    """What one fact says of a person. ``event``: a key of ``EVENT_WORDS``; ``text`` in Swedish.

    ``certain``: False where the text may mean another one.
    """

    name: str
    event: str
    text: str
    fact: StoredFact
    certain: bool = True
    role: str | None = None
    organisation: str | None = None


@dataclass
class _Person:
    name: str
    mentions: list[Mention] = field(default_factory=list)

    def row(self) -> Json:
        sure = [one for one in self.mentions if one.certain]
        present = {one.fact.document.id for one in sure if one.event == "meeting" and not _is_absence(one)}
        absent = {one.fact.document.id for one in sure if _is_absence(one)} - present
        days = sorted(one.fact.document.date for one in self.mentions if one.fact.document.date)
        return {
            "name": mask_personal_numbers(self.name),
            "organisations": _different(one.organisation for one in sure),
            "roles": _different(one.role for one in sure),
            "meetings": len(present),
            "absences": len(absent),
            "actions": sum(one.event == "action" for one in sure),
            "statements": sum(one.event == "statement" for one in sure),
            "first": days[0] if days else None,
            "last": days[-1] if days else None,
        }


def find_people(archive: FactReader, name: str | None, selection: Filter = Filter.everything) -> list[Json]:
    """The persons, by name; with ``name`` those that it fits, with their ``"events"`` by date.

    Without ``name``, a name counts as a person's where somebody was at a meeting or has a role by
    it; with ``name`` also one that only holds a commission or speaks. A name given in full
    excludes longer ones. Columns as in ``PEOPLE_COLUMNS``.
    """
    people: dict[str, _Person] = {}
    known: set[str] = set()
    for found in archive.facts(_TYPES, selection):
        for one in mentions_in(found):
            if name is None or is_named(name, one.name):
                people.setdefault(fold(one.name), _Person(one.name)).mentions.append(one)
                if one.event in ("meeting", "role"):
                    known.add(fold(one.name))
    if name is not None:
        _add_elections(archive, people, selection)
        exact = fold(" ".join(name.split()))
        chosen = [exact] if exact in people else sorted(people)
    else:
        chosen = sorted(known)
    if name is None:
        return [people[key].row() for key in chosen]
    sections = Sections(archive)
    return [{**people[key].row(), "events": list(_events(people[key], sections))} for key in chosen]


def ambiguity(people: Sequence[Json]) -> str | None:
    """What to know where a name fits several persons."""
    names = tuple(one["name"] for one in people)
    return Found((), names).warning


def mentions_in(found: StoredFact) -> Iterator[Mention]:
    """What a fact says of the persons in it."""
    fact = found.fact
    match fact:
        case Meeting():
            for role, names in (("ordförande", (fact.chair,)), ("sekreterare", (fact.secretary,))):
                yield from (Mention(name, "meeting", role, found, role=role) for name in names if name)
            yield from (Mention(name, "meeting", "justerare", found) for name in fact.adjusters)
        case Attendance() if fact.person:
            text = ", ".join((PRESENCE_WORDS[fact.status], *attended_as(fact.capacity, fact.substitute_for, fact.part)))
            yield Mention(fact.person, "meeting", text, found, role=fact.capacity, organisation=fact.organisation)
        case Role():
            text = ", ".join(part for part in (fact.role, fact.organisation) if part)
            yield Mention(fact.person, "role", text, found, role=fact.role, organisation=fact.organisation)
        case Action():
            for party in fact.assignees:
                yield from _of_party(party, "action", fact.task, found)
        case Statement():
            yield from _of_party(fact.person, "statement", f"{fact.verb} {fact.content}", found)


def attended_as(capacity: str | None, substitute_for: str | None, part: str | None) -> Iterator[str]:
    """As what somebody was at a meeting: *ersättare för Siri Al*, *§ 2*."""
    if substitute_for:
        capacity = capacity if capacity and "ersättare" in capacity.lower() else "ersättare"
        yield f"{capacity} för {substitute_for}"
    elif capacity:
        yield capacity
    if part:
        yield part


def _of_party(party: Party, event: str, text: str, found: StoredFact) -> Iterator[Mention]:
    note = f" ({party.written} kan vara {' eller '.join(party.others)})" if party.others else ""
    for name in party_names(party):
        yield Mention(name, event, text + note, found, certain=not party.others)


def _add_elections(archive: FactReader, people: dict[str, _Person], selection: Filter) -> None:
    """Decisions to elect one of these persons, by the full name."""
    for found in archive.facts(("decision",), selection):
        if isinstance(found.fact, Decision) and found.fact.kind == "elect":
            said = words_of(found.fact.text)
            for one in people.values():
                if len(words_of(one.name)) > 1 and words_of(one.name) <= said:
                    one.mentions.append(Mention(one.name, "election", found.fact.text, found))


def _events(person: _Person, sections: Sections) -> Iterator[Json]:
    """One row for each thing that is known, by date; what one meeting's head and list say is one row."""
    merged: dict[tuple[str, str], list[Mention]] = {}
    for number, one in enumerate(sorted(person.mentions, key=lambda one: one.fact.document.date or "9999")):
        key = "" if one.event == "meeting" else str(number)
        merged.setdefault((one.fact.document.id, key), []).append(one)
    for mentions in merged.values():
        shown = next((one for one in mentions if isinstance(one.fact.fact, Attendance)), mentions[0])
        texts = [shown.text]
        texts += [one.text for one in mentions if one is not shown and one.text not in shown.text]
        row = fact_row(shown.fact, sections.of(shown.fact))
        kept = ("document", "section", "heading", "section_path", "paragraph", "page", "quote")
        yield {
            "date": shown.fact.document.date,
            "name": mask_personal_numbers(person.name),
            "event": shown.event,
            "text": mask_personal_numbers(", ".join(dict.fromkeys(texts))),
            "certain": shown.certain,
            **{key: row[key] for key in kept},
        }


def _is_absence(one: Mention) -> bool:
    return isinstance(one.fact.fact, Attendance) and one.fact.fact.status == "absent"


def _different(values: Iterator[str | None]) -> list[str]:
    found = {fold(value): mask_personal_numbers(value) for value in values if value}
    return list(found.values())
