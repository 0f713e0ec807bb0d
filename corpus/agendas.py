"""Agendas: lists of the points that come, before the minutes of them. They are not indexed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from corpus.records import Paragraph, Section

_MIN_POINTS = 3
_MAX_CATCHWORD = 80  # characters of an item below a point of an agenda


def with_agendas(text: str, sections: Sequence[Section], paragraphs: Sequence[Paragraph]) -> list[Section]:
    """The sections, those of an agenda marked: runs of points without text that return later.

    Before the first point with text a number that returns is enough; after it a run of such
    points (*1 Ordförande Eva Ek, 2 Kassör Bo Ek*) is a list of its own. Where most headings of a
    run return, its points may hold catchwords (*- uppföljning av budget*).
    """
    bodies = {p.section for p in paragraphs if p.kind not in ("heading", "boilerplate")}
    texts = {p.section for p in paragraphs if p.section in bodies and not _is_catchword(text, p)}
    last_heading = {s.heading.casefold(): s.ordinal for s in sections}
    last_number = {s.number: s.ordinal for s in sections}
    first_point = next((s.ordinal for s in sections if s.number and s.ordinal in bodies), len(sections))
    out = list(sections)
    for run in _runs(sections, texts):
        again = [j for j in run if last_heading[sections[j].heading.casefold()] > run[-1]]
        returns = 4 * len(again) >= 3 * len(run)
        for part in [run] if returns else _without(run, bodies):
            for j in part if len(part) >= _MIN_POINTS else ():
                by_heading = sections[j].heading != "" and last_heading[sections[j].heading.casefold()] > part[-1]
                by_number = last_number[sections[j].number] > part[-1] and part[0] < first_point and j not in bodies
                if by_heading or by_number:
                    out[j] = replace(sections[j], kind="agenda")
    return out


def _is_catchword(text: str, paragraph: Paragraph) -> bool:
    """A heading, or a short item that says no sentence."""
    if paragraph.kind in ("heading", "boilerplate"):
        return True
    words = text[paragraph.start : min(paragraph.end, paragraph.start + _MAX_CATCHWORD + 1)]
    return paragraph.kind == "item" and len(words) <= _MAX_CATCHWORD and words[-1] not in ".!?"


def _runs(sections: Sequence[Section], texts: Set[int]) -> Iterator[list[int]]:
    """The runs of numbered sections that hold neither text nor other sections, by ordinal."""
    parents = {s.parent for s in sections}
    run: list[int] = []
    for section in sections[1:]:
        if section.number is not None and section.ordinal not in texts and section.ordinal not in parents:
            run.append(section.ordinal)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _without(run: Sequence[int], bodies: Set[int]) -> Iterator[list[int]]:
    """The parts of a run between the sections that have a body of any kind."""
    part: list[int] = []
    for ordinal in run:
        if ordinal not in bodies:
            part.append(ordinal)
            continue
        yield part
        part = []
    yield part
