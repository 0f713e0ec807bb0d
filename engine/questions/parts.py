"""Which part of a meeting's head a question asks for, from ``engine/tables/meeting_parts.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.tables import read_rows


@cache
def _parts() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("engine.tables", "meeting_parts")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["part"]) for row in rows)


def part_of(question: str) -> str | None:
    """The part of a meeting's head that a question asks for: chair, secretary, adjusters, start, end."""
    return next((part for pattern, part in _parts() if pattern.search(question)), None)


def said_of_parts(question: str) -> Iterator[str]:
    """The words of the question that ask for a part."""
    for pattern, _ in _parts():
        for found in pattern.finditer(question):
            yield found[0]
