"""Turns of phrase in questions and texts, from ``engine/tables/turns.tsv``: what a kind of them says."""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import read_rows


@cache
def turn(kind: str, table: str = "turns") -> re.Pattern[str]:
    """What any row of a kind matches, anywhere in a text and in any case of letters."""
    rows = [row["pattern"] for row in read_rows("engine.tables", table) if row["kind"] == kind]
    assert rows, kind
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)


def says(kind: str, text: str) -> bool:
    """Whether a text has a turn of this kind."""
    return turn(kind).search(text) is not None
