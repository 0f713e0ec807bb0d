"""What a question asks for: the kind of answer, the relation it is asked through, the topic, and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.hits import Language

Wanted = Literal[
    "person", "body", "organisation", "date", "time", "place", "amount", "number", "reference", "reason", "purpose",
    "list", "count", "yes_no", "definition", "task", "decision", "statement",
]  # fmt: skip
Relation = Literal[
    "assigned", "undertaken", "reported", "decided", "elected", "role", "attended", "absent", "said",
    "next_meeting", "meeting", "cost", "deadline",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question says of where to look; None where it says nothing.

    ``since`` and ``until`` are ISO days. ``body`` and ``place`` are words as written, ``section`` a
    number (*6*). ``latest`` (*senaste mötet*) and ``next`` (*nästa möte*) are relative to the archive.
    """

    since: str | None = None
    until: str | None = None
    body: str | None = None
    section: str | None = None
    person: str | None = None
    organisation: str | None = None
    latest: bool = False
    next: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, understood. ``topic`` holds its words without those that say what is asked for and where."""

    question: str
    language: Language
    wanted: Wanted
    relation: Relation | None
    topic: tuple[str, ...]
    limits: Limits
