"""The facts of a document: the extractors in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import Document
from models.registers.amounts import find_register_amounts
from models.registers.decisions import find_decisions
from models.registers.minutes import EntityFinder, Minutes, Sentence, minutes_of
from models.registers.records import Fact
from models.registers.statements import AsWritten, find_statements
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
                type(one)(one.kind, one.start + paragraph.start, one.end + paragraph.start)
                for one in entities
                if span.start <= one.start and one.end <= span.end
            )
            start, end = span.start + paragraph.start, span.end + paragraph.start
            yield Sentence(paragraph.section, paragraph.number, start, end, inside)


def facts_of(document: Document) -> tuple[Fact, ...]:
    """Every fact of a document, by type in a fixed order, each type in reading order."""
    return read_facts(minutes_of(document, tuple(sentences_of(document))))


def read_facts(minutes: Minutes) -> tuple[Fact, ...]:
    """Every fact of minutes whose sentences are known."""
    found: list[Fact] = []
    found += find_decisions(minutes, None)
    found += find_statements(minutes, AsWritten())
    found += find_register_amounts(minutes)
    return tuple(found)
