"""Related words: the everyday word beside the one that officials write (*dagis*, *förskola*)."""

from __future__ import annotations

from functools import cache

from corpus.tables import read_rows
from models.swedish import normal_form


def related(word: str) -> tuple[str, ...]:
    """The words that the table puts beside ``word``, a lower-case word or its normal form; none by default."""
    return _beside().get(word, ())


@cache
def _beside() -> dict[str, tuple[str, ...]]:
    """From each word of the table, and its normal form, to the words beside it."""
    beside: dict[str, dict[str, None]] = {}
    for row in read_rows("models.tables", "related"):
        pairs = [(row["word"], row["related"])]
        if row["direction"] == "both":
            pairs.append((row["related"], row["word"]))
        for word, other in pairs:
            for key in {word, normal_form(word)}:
                beside.setdefault(key, {})[other] = None
    return {word: tuple(others) for word, others in beside.items()}
