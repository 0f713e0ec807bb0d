"""The parts of a point of minutes: which decide, which propose, which tell how it came to that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from corpus.headings import PART
from corpus.records import Paragraph, Section
from corpus.tables import read_rows
from models.registers.minutes import Minutes

PartRole = Literal["decided", "proposed", "motion", "course", "reservation", "background", "open", "aside"]

_SKIPPED = ("agenda", "contents", "skipped")


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs of one section of a point, and what they are to a decision."""

    role: PartRole
    section: Section
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point (§, punkt) with its parts in reading order; ``heading`` without its number."""

    heading: str
    section: Section
    parts: tuple[Part, ...]

    def of(self, *roles: PartRole) -> tuple[Part, ...]:
        """The parts with one of these roles."""
        return tuple(one for one in self.parts if one.role in roles)


@cache
def _roles() -> tuple[tuple[re.Pattern[str], PartRole], ...]:
    rows = read_rows("models.registers.tables", "decision_parts")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), cast(PartRole, row["role"])) for row in rows)


def role_of_heading(heading: str) -> PartRole | None:
    """What a heading makes of its text; None where it is the heading of a point."""
    plain = re.sub(r"\s+", " ", heading).strip(" :.*_#")
    return next((role for pattern, role in _roles() if pattern.fullmatch(plain)), None)


def _role(minutes: Minutes, section: Section) -> tuple[PartRole, Section]:
    """The role of a section by its own heading or that of a part it stands in, and the section of its point."""
    role: PartRole | None = None
    above = list(minutes.above(section.ordinal))
    roles = [role_of_heading(one.heading) if one.kind != "head" else None for one in above]
    if "aside" in roles:  # what stands in an appendix, whatever its own heading is
        return "aside", section
    for one, own in zip(above, roles, strict=True):
        if own is None and one.level == PART:
            own = "aside"
        if own is None:
            return role or "open", one
        role = role or own
    return role or "open", above[-1]


def points_of(minutes: Minutes) -> Iterator[Point]:
    """The points of minutes in reading order; an agenda or table of contents is none."""
    texts: dict[int, list[Paragraph]] = {}
    for paragraph in minutes.paragraphs:
        texts.setdefault(paragraph.section, []).append(paragraph)
    points: dict[int, list[Part]] = {}
    sections: dict[int, Section] = {}
    for section in minutes.sections:
        if section.kind in _SKIPPED or section.ordinal not in texts:
            continue
        role, point = _role(minutes, section)
        sections[point.ordinal] = point
        points.setdefault(point.ordinal, []).append(Part(role, section, tuple(texts[section.ordinal])))
    for ordinal, parts in points.items():
        yield Point(sections[ordinal].heading, sections[ordinal], tuple(parts))
