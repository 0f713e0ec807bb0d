"""Sentences that leave open what is asked: a task for *någon*, a reconciliation that is not done.

They speak of the very matter, so every model takes them for an answer; who, what or how much they do not tell.
"""

from __future__ import annotations

from engine.questions.turns import turn
from engine.questions.understanding import Wanted

_TABLE = "left_open"
# That something is not done answers whether it is, and may be the reason why.
_ANSWERED = frozenset({"yes_no", "reason", "purpose"})


def leaves_open(sentence: str, question: str, wanted: Wanted) -> bool:
    """Whether a sentence says of what ``question`` asks for only that it is open (``left_open.tsv``)."""
    return (
        wanted not in _ANSWERED
        and turn("open", _TABLE).search(sentence) is not None
        and turn("asked", _TABLE).search(question) is None
    )
