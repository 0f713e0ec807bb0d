"""Sentences that leave open what is asked: a task for *någon*, a reconciliation that is not done.

They speak of the very matter, so every model takes them for an answer; who, what or how much they do not tell.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import read_rows
from engine.questions.understanding import Wanted

# That something is not done answers whether it is, and may be the reason why.
_ANSWERED = frozenset({"yes_no", "reason", "purpose"})


def leaves_open(sentence: str, question: str, wanted: Wanted) -> bool:
    """Whether a sentence says of what ``question`` asks for only that it is open (``left_open.tsv``)."""
    return (
        wanted not in _ANSWERED
        and _pattern("open").search(sentence) is not None
        and _pattern("asked").search(question) is None
    )


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rows = [row["pattern"] for row in read_rows("engine.tables", "left_open") if row["kind"] == kind]
    return re.compile("|".join(rows), re.IGNORECASE)
