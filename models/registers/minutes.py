"""A document as the registers read it: its sections, paragraphs and sentences, with the names in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from corpus.dates import iso_day
from corpus.records import Document, DocumentKind, Mark, Paragraph, Section, Span
from models.registers.records import Proof

EntityKind = Literal["person", "organisation", "body", "role", "place", "date", "amount", "reference"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name or figure in the text, by its characters in the document."""

    kind: EntityKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its characters in the document, and where it stands."""

    section: int
    paragraph: int
    start: int
    end: int
    entities: tuple[Entity, ...] = ()

    @property
    def proof(self) -> Proof:
        """The sentence as a proof."""
        return Proof(self.section, self.paragraph, self.start, self.end)


# Finds the entities of a text; offsets are those of the text that it is given.
EntityFinder = Callable[[str], Sequence[Entity]]


@dataclass(frozen=True)
class Minutes:
    """What the registers know of a document. ``text`` is whole, every offset is one into it.

    ``paragraphs`` are in reading order, without boilerplate. ``sentences`` are those of
    paragraphs of running text, items and rows, in reading order.
    """

    text: str
    title: str
    kind: DocumentKind
    body: str | None
    day: date | None
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]
    sentences: tuple[Sentence, ...]
    _by_ordinal: dict[int, Section] = field(init=False, repr=False, compare=False)
    _by_paragraph: dict[tuple[int, int], list[Sentence]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_ordinal", {one.ordinal: one for one in self.sections})
        by_paragraph: dict[tuple[int, int], list[Sentence]] = {}
        for one in self.sentences:
            by_paragraph.setdefault((one.section, one.paragraph), []).append(one)
        object.__setattr__(self, "_by_paragraph", by_paragraph)

    def section(self, ordinal: int) -> Section:
        """The section of an ordinal."""
        return self._by_ordinal[ordinal]

    def above(self, ordinal: int) -> Iterator[Section]:
        """The section itself, then those that it stands in, outwards."""
        seen: set[int] = set()
        at: int | None = ordinal
        while at is not None and at in self._by_ordinal and at not in seen:
            seen.add(at)
            yield self._by_ordinal[at]
            at = self._by_ordinal[at].parent

    def words(self, span: Span | Sentence | Paragraph | Section | Proof | Entity) -> str:
        """The characters of a range, as they stand."""
        return self.text[span.start : span.end]

    def of_paragraph(self, paragraph: Paragraph) -> Sequence[Sentence]:
        """The sentences of a paragraph."""
        return self._by_paragraph.get((paragraph.section, paragraph.number), ())


def minutes_of(document: Document, sentences: Sequence[Sentence]) -> Minutes:
    """The view of a document that is read, with its sentences."""
    return Minutes(
        text=document.text,
        title=document.title,
        kind=document.kind,
        body=document.body,
        day=iso_day(document.date),
        sections=document.sections,
        paragraphs=tuple(one for one in document.paragraphs if one.kind != "boilerplate"),
        marks=document.marks,
        sentences=tuple(sentences),
    )
