"""The component ``klubbat_figures``: dates, amounts and reference numbers as groups of spans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from models.amounts import find_amounts
from models.dates import find_dates
from models.pipeline.tokenizer import text_of
from models.references import find_references

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

# Only the place of a date is wanted; any meeting makes those without a year count.
_ANY_MEETING = date(2000, 6, 15)


class _Found(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def mark_figures(doc: Doc) -> Doc:
    """Set ``doc.spans["dates"]``, ``["amounts"]`` and ``["references"]``; a token is never cut."""
    text = text_of(doc)
    doc.spans["dates"] = _spans(doc, find_dates(text, _ANY_MEETING), "date")
    doc.spans["amounts"] = _spans(doc, find_amounts(text), "amount")
    doc.spans["references"] = _spans(doc, find_references(text), "reference")
    return doc


def _spans(doc: Doc, found: Iterable[_Found], label: str) -> list[Span]:
    """One span for each place; two findings of one place (*§§ 3 och 5*) are one."""
    places = dict.fromkeys((one.start, one.end) for one in found)
    spans = (doc.char_span(*place, label=label, alignment_mode="expand") for place in places)
    return [span for span in spans if span is not None]
