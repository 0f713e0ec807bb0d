"""The facts of a document: the extractors in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import Document
from models.pipeline.entities import find_all_entities
from models.registers.actions import find_actions
from models.registers.amounts import find_register_amounts
from models.registers.attendance import find_attendance
from models.registers.decisions import find_decisions
from models.registers.heads import find_meeting
from models.registers.minutes import Entity, EntityFinder, Minutes, Sentence, minutes_of
from models.registers.next_meetings import find_next_meetings
from models.registers.people import People
from models.registers.records import Fact
from models.registers.roles import find_roles
from models.registers.statements import find_statements
from models.sentences import split_sentences


def sentences_of(document: Document, find: EntityFinder | None = None) -> Iterator[Sentence]:
    """The sentences of the paragraphs in reading order, with their entities where ``find`` is given."""
    for paragraph in document.paragraphs:
        if paragraph.kind == "boilerplate":
            continue
        text = document.text[paragraph.start : paragraph.end]
        entities = tuple(find(text)) if find is not None else ()
        for span in split_sentences(text):
            inside = tuple(
                Entity(one.kind, one.start + paragraph.start, one.end + paragraph.start)
                for one in entities
                if span.start <= one.start and one.end <= span.end
            )
            start, end = span.start + paragraph.start, span.end + paragraph.start
            yield Sentence(paragraph.section, paragraph.number, start, end, inside)


def facts_of(document: Document) -> tuple[Fact, ...]:
    """Every fact of a document, by type in a fixed order, each type in reading order.

    Raises:
        OSError: the weights of the pipeline are missing or damaged.
    """
    texts = [document.text[one.start : one.end] for one in document.paragraphs if one.kind != "boilerplate"]
    known = dict(zip(texts, find_all_entities(texts), strict=True))  # all at once is twice as fast
    return read_facts(minutes_of(document, tuple(sentences_of(document, known.__getitem__))))


def read_facts(minutes: Minutes) -> tuple[Fact, ...]:
    """Every fact of minutes whose sentences are known, by type in a fixed order, each in reading order."""
    meeting = find_meeting(minutes)
    attendance = find_attendance(minutes)
    roles = find_roles(minutes, meeting, attendance)
    following = find_next_meetings(minutes, meeting)
    people = People.of(minutes, meeting, attendance, roles)
    return (
        *(() if meeting is None else (meeting,)),
        *attendance,
        *roles,
        *following,
        *find_actions(minutes, people, meeting, following),
        *find_decisions(minutes, meeting),
        *find_statements(minutes, people),
        *find_register_amounts(minutes),
    )
