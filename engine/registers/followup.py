"""What became of commissions: whether later minutes report them done, and whether their time is out.

A commission counts as done where a later document of the same body
(one name may be longer: *Tekniska nämnden, Bro kommun*) has a sentence that says so
(``engine/tables/completed.tsv``) and that shares, with its headings, most words of the task. All
others are open: nothing in the archive says that they are done, which is no proof that they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.errors import UsageError
from corpus.personal_numbers import mask_personal_numbers
from corpus.tables import read_rows
from engine.contracts import Json, document_object
from engine.places import place_of, source_line
from engine.registers.query import words_of
from index.facts import FactReader
from index.filters import last_day
from index.records import StoredChunk, StoredFact
from models.registers.records import Action
from models.swedish import normal_form, stopwords, words

# Of the words of a task, this share and at least so many must stand in a report that it is done.
_SHARED, _FEWEST = 0.6, 2
# A sentence without a word of the task reports it only where it speaks of a commission at all.
_OF_COMMISSIONS = frozenset({"uppdrag"})


@dataclass(frozen=True, slots=True)
class Completion:
    """A sentence that says that something is done.

    ``day``: its document's date, ``body``: the words of that body's name, ``words``: its own words, ``headings``:
    those of the headings above it.
    """

    day: str
    body: frozenset[str]
    words: frozenset[str]
    headings: frozenset[str]
    source: Json


def follow_up(archive: FactReader, actions: Sequence[StoredFact], today: date) -> list[Json]:
    """For each action: ``{"open", "overdue", "done"}``, in order.

    ``done`` is None or the report: ``{"document", "section", "heading", "page", "quote", "source"}``.
    ``overdue``: open, and the deadline, or the last day of it, is before ``today``.
    """
    reports = _reports(archive, actions)
    states: list[Json] = []
    for one in actions:
        action = one.fact
        assert isinstance(action, Action)
        done = _done(one, reports)
        is_late = done is None and _is_past(action.deadline, today)
        states.append({"open": done is None, "overdue": is_late, "done": done})
    return states


def is_report(sentence: str) -> bool:
    """Whether a sentence says that something is done."""
    done, other = _patterns()
    return bool(done.search(sentence)) and not other.search(sentence)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = list(read_rows("engine.tables", "completed"))
    one, two = ("|".join(f"(?:{r['pattern']})" for r in rows if r["means"] == means) for means in ("done", "not"))
    return re.compile(one, re.IGNORECASE), re.compile(two, re.IGNORECASE)


def _is_past(deadline: str | None, today: date) -> bool:
    try:
        return deadline is not None and last_day(deadline) < today.isoformat()
    except UsageError:  # no date in numbers
        return False


def _done(found: StoredFact, reports: Sequence[Completion]) -> Json | None:
    """The first later report of the same body that says that a commission is done."""
    action = found.fact
    assert isinstance(action, Action)
    task = _content(action.task) - _content(action.deadline_text or "")
    body, day = words_of(found.document.body or ""), found.document.date
    if len(task) < _FEWEST or not body or not day:
        return None
    enough = max(_FEWEST, _SHARED * len(task))
    for report in reports:
        is_of_task = len(task & (report.words | report.headings)) >= enough and report.words & (task | _OF_COMMISSIONS)
        if is_of_task and report.day > day and is_same_body(body, report.body):
            return report.source
    return None


def is_same_body(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words of two bodies' names may be one's: *Tekniska nämnden* and *Tekniska nämnden, Bro kommun*."""
    return bool(one and other) and (one <= other or other <= one)


def _content(text: str) -> frozenset[str]:
    return frozenset(normal_form(word) for word in words(text) if word.lower() not in stopwords() and len(word) > 2)


def _reports(archive: FactReader, actions: Sequence[StoredFact]) -> list[Completion]:
    """The reports in documents that came after one of the actions, of its body, in order of date."""
    first: dict[frozenset[str], str] = {}
    for one in actions:
        if one.document.body and one.document.date:
            body = words_of(one.document.body)
            first[body] = min(first.get(body, one.document.date), one.document.date)
    later = [
        one.id
        for one in archive.documents()
        if one.body and one.date and _came_after(words_of(one.body), one.date, first)
    ]
    done, _ = _patterns()
    chunks = [one.chunk for one in archive.passages(later) if done.search(one.search_text)] if later else []
    found = [report for chunk in archive.chunks(chunks) for report in _reports_in(archive, chunk)]
    return sorted(found, key=lambda one: one.day)


def _came_after(body: frozenset[str], day: str, first: Mapping[frozenset[str], str]) -> bool:
    return any(day > earliest and is_same_body(body, other) for other, earliest in first.items())


def _reports_in(archive: FactReader, chunk: StoredChunk) -> Iterator[Completion]:
    for span in chunk.sentences:
        sentence = chunk.part(span)
        if not is_report(sentence):
            continue
        sections = {one.ordinal: one for one in archive.sections(chunk.document.id)}
        place = place_of(chunk.section, sections)
        headings = () if chunk.section.kind == "head" else chunk.section_path
        yield Completion(
            chunk.document.date or "",
            words_of(chunk.document.body or ""),
            _content(sentence),
            _content(" ".join(headings)),
            {
                "document": document_object(chunk.document),
                "section": place.number,
                "heading": place.heading,
                "page": chunk.page,
                "quote": mask_personal_numbers(sentence.strip()),
                "source": source_line(chunk.document, place, chunk.page),
            },
        )
