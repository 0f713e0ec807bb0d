"""Structure: the sections of a text and the paragraphs in them.

Section 0 is the head: everything before the first section. Headings at the very start that have
no text of their own are the title, not sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.agendas import with_agendas
from corpus.heading_finder import HeadingFinder
from corpus.headings import PART, PLAIN, Heading, is_point
from corpus.lines import Line, marked_lines
from corpus.paragraphs import find_paragraphs
from corpus.records import Mark, Paragraph, Section
from corpus.tables import table

_TITLE_LINES = 6
# What the first points of a meeting are called: never its title.
_FIRST_POINT = re.compile(
    r"(mötets?|sammanträdets?|stämmans?|årsmötets?) (öppn|form)|öppnande|upprop|val av |närvaro|"
    r"((godkännande|fastställande) av )?(dagordning|föredragningslista)|föregående (mötes)?protokoll",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections and paragraphs of one text, in reading order."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]


def find_structure(text: str, lines: Sequence[Line], marks: Sequence[Mark]) -> Structure:
    """Find the sections and paragraphs of ``text``; marked ranges are boilerplate."""
    skipped = marked_lines(lines, marks)
    finder = HeadingFinder(lines, skipped)
    headings = _after_title(finder, finder.find())
    sections = _sections(text, lines, headings)
    paragraphs = find_paragraphs(text, lines, skipped, headings, sections, marks)
    sections = with_agendas(text, sections, paragraphs)
    return Structure(tuple(sections), tuple(paragraphs))


def is_first_point(heading: str) -> bool:
    """Whether a heading is one of those that minutes begin with: *Mötet öppnas*, *Val av justerare*."""
    return _FIRST_POINT.match(heading) is not None


def _names_document(heading: str) -> bool:
    """Whether a heading is what the document is called: *Årsmöte 2031*, *Protokoll*; no point of a meeting."""
    kinds = (row["pattern"] for row in table("kinds"))
    return not is_point(heading) and any(re.search(kind, heading, re.IGNORECASE) for kind in kinds)


def _after_title(finder: HeadingFinder, headings: list[Heading]) -> list[Heading]:
    """Without the headings that are the title: a Markdown title, or early lines with no number."""
    early = set(finder.live[:_TITLE_LINES])
    tops = [h for h in headings if h.level == 1]
    rest: list[Heading] = []
    for k, heading in enumerate(headings):
        below = finder.live_after(heading.last)
        bodyless = below is not None and k + 1 < len(headings) and headings[k + 1].first == below
        is_title = not rest and heading.number is None and heading.first in early and not heading.bullet
        only_top = len(tops) == 1 and not is_point(heading.text)
        top = heading.level == 1 and (only_top or _names_document(heading.text))
        name = heading.level == PLAIN and not is_first_point(heading.text)
        if is_title and heading.level != PART and (top or (bodyless and not is_point(heading.text)) or name):
            continue
        rest.append(heading)
    return rest


def _sections(text: str, lines: Sequence[Line], headings: Sequence[Heading]) -> list[Section]:
    """Section 0 and one for each heading; a section ends where one of its level or above begins."""
    starts = [lines[h.first].start for h in headings]
    ends = [len(text)] * len(headings)
    parents: list[int | None] = []
    enclosing: list[int] = []
    for k, heading in enumerate(headings):
        while enclosing and headings[enclosing[-1]].level >= heading.level:
            ends[enclosing.pop()] = starts[k]
        parents.append(enclosing[-1] + 1 if enclosing else None)
        enclosing.append(k)
    sections = [Section(0, None, "", 0, "head", 0, starts[0] if starts else len(text))]
    for k, h in enumerate(headings):
        sections.append(Section(k + 1, h.number, h.text, h.level, "section", starts[k], ends[k], parents[k]))
    return sections
