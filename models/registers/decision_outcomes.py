"""How a point ended: who had another opinion, and how the votes fell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from corpus.records import Paragraph
from corpus.tables import read_rows
from models.registers.decision_parts import Part, Point
from models.registers.decision_wordings import compiled, form
from models.registers.minutes import Minutes
from models.registers.records import Decision

_PERSON = re.compile(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)+(?: \([A-ZÅÄÖ]{1,3}\))?")
_FIRST = 200  # characters of a reservation, where its author stands


@cache
def _votes() -> re.Pattern[str]:
    rows = read_rows("models.registers.tables", "decision_votes")
    return compiled("|".join(rf"(?<!\w)(?:{row['pattern']})(?!\w)" for row in rows))


def with_outcomes(minutes: Minutes, point: Point, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions of a point with their votes and reservations, as written.

    What the point's own parts say (*Reservation*, *Omröstning*) is about all of them; a sentence of
    running text is about the last decision before it.
    """
    about_all: list[str] = []
    about_one: dict[int, list[str]] = {}
    shared_vote: str | None = None
    for part in point.parts:
        for paragraph in part.paragraphs:
            if paragraph.kind == "heading":
                continue
            names = _reserving(minutes, part, paragraph)
            before = [at for at, one in enumerate(decisions) if one.proof.start < paragraph.end]
            if part.role != "open":
                about_all += names
            elif names and before:
                about_one.setdefault(before[-1], []).extend(names)
            if part.role == "course" or (part.role == "open" and len(decisions) == 1):
                shared_vote = shared_vote or _vote(minutes.words(paragraph))
    return [
        replace(
            one,
            reservations=tuple(dict.fromkeys([*about_all, *about_one.get(at, ())])),
            vote=_vote(minutes.words(one.proof)) or shared_vote,
        )
        for at, one in enumerate(decisions)
    ]


def _reserving(minutes: Minutes, part: Part, paragraph: Paragraph) -> list[str]:
    """Who reserve themselves in a paragraph."""
    text = re.sub(r"\s+", " ", minutes.words(paragraph))
    reserving = form("reserves").finditer(text) if "reserver" in text else ()
    found = [form("reserves_lead").sub("", match["who"] or match["after"]).strip(" ,*_") for match in reserving]
    if not found and part.role == "reservation" and "reservation" in part.section.heading.casefold():
        found = _PERSON.findall(text[:_FIRST])
    return [one for one in found if one]


def _vote(text: str) -> str | None:
    match = _votes().search(text)
    return re.sub(r"\s+", " ", match[0]) if match else None
