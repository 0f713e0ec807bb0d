"""The small words of ``engine/tables/chat_words.tsv``, as patterns."""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import read_rows


@cache
def any_of(kind: str) -> str:
    """What any row of a kind matches, as one group of a pattern."""
    rows = read_rows("engine.tables", "chat_words")
    return "(?:" + "|".join(row["pattern"] for row in rows if row["kind"] == kind) + ")"


@cache
def _whole(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){any_of(kind)}(?![\w-])", re.IGNORECASE)


def is_word(kind: str, word: str) -> bool:
    """Whether a word is one of a kind."""
    return _whole(kind).fullmatch(word) is not None


def word_in(kind: str, text: str, start: int = 0) -> re.Match[str] | None:
    """The first word of a kind in a text from ``start`` on."""
    return _whole(kind).search(text, start)
