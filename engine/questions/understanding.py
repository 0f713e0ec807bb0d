"""What a question asks for: the kind of answer, the relation it is asked through, the topic, and its limits.

What is asked for stands in ``engine/tables/questions.tsv``, relations in ``relations.tsv``, limits in
``limits.tsv``. Nothing here loads a model: a question is understood by its words in some milliseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, cast

from engine.hits import Language
from engine.questions.limits import find_limits
from engine.questions.names import is_meeting_word, limit_pattern
from engine.questions.relations import relation_of
from engine.questions.wording import asked_for, language
from models.swedish import stopwords

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

    @property
    def names_time(self) -> bool:
        """Whether it names a time that its documents are of.

        *Nästa möte efter den 21 maj* does not: the minutes of that day tell of it.
        """
        if self.relation == "next_meeting" and self.limits.until is None:
            return False
        return self.limits.since is not None or self.limits.until is not None


# What a question for words asks for, where its relation says more.
_TOLD: dict[Relation, Wanted] = {"assigned": "task", "undertaken": "task", "decided": "decision"}
_REMEMBERED = 64  # questions: registers, search and passages all ask how one is to be understood
_QUOTED = 2  # characters: a question may stand in quotation marks
_WORD = re.compile(r"[^\W_]+(?:[-:/.'’][^\W_]+)*")


@lru_cache(_REMEMBERED)
def understand(question: str, today: date | None = None) -> Understood:
    """What ``question`` (Swedish or English) asks for, where, and of what.

    ``today``: the day that words such as *förra året* count from; without it they limit nothing.
    Of two readings the one whose row stands first in the tables is kept.
    """
    question = " ".join(question.split())
    asked = asked_for(question)
    wanted = cast("Wanted", asked.wanted)
    relation = relation_of(question, wanted)
    if wanted == "statement" and relation is not None:
        wanted = _TOLD.get(relation.relation, wanted)
    begins = (asked.start, asked.end) if asked.start < _QUOTED else (0, 0)
    found = find_limits(question, begins, wanted, None if relation is None else relation.relation, today)
    gone = [*asked.said, *found.places, *(() if relation is None else relation.said)]
    return Understood(
        question,
        language(question),
        wanted,
        None if relation is None else relation.relation,
        _topic(question, gone),
        Limits(**found.values),  # type: ignore[arg-type]
    )


def _topic(question: str, gone: list[tuple[int, int]]) -> tuple[str, ...]:
    """The words as they stand that are no small words, no words for a meeting, and not in what is gone."""
    words = []
    for match in _WORD.finditer(question):
        word = match[0].lower()
        covered = any(start <= match.start() and match.end() <= end for start, end in gone)
        small = word in stopwords() or limit_pattern("small").fullmatch(word) or is_meeting_word(word)
        if not covered and not small:
            words.append(match[0])
    return tuple(words)
