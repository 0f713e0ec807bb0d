"""Conditions on chunks: a boolean tree that says which chunks a search may find at all.

A condition chooses and does not rank. It holds for the dense side too: ``LexicalIndex.matching``
gives the chunks that it lets through.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from index.filters import Filter

# A word as ``models.swedish.words`` takes it, with a star before or after it for any letters.
MAYBE_TRUNCATED = re.compile(r"\*?[^\W_]+(?:[-'’:./@][^\W_]+)*\*?")


@dataclass(frozen=True, slots=True)
class Word:
    """The word in any of its forms, in the chunk or in what it stands under (headings, body, title).

    A compound with the word in it also counts, unless the condition is negated: who leaves out
    *avgift* has not left out *parkeringsavgift*.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words in a row, exactly as they stand but for capitals; ``skol*`` in it is truncated."""

    text: str


@dataclass(frozen=True, slots=True)
class Truncated:
    """One word with ``*`` before, after or at both ends for any letters: ``skol*``, ``*skola``."""

    pattern: str

    @property
    def regex(self) -> str:
        """A regular expression for the whole word, lower case."""
        return word_regex(self.pattern)


@dataclass(frozen=True, slots=True)
class InDocuments:
    """In a document that the filter lets through."""

    selection: Filter


@dataclass(frozen=True, slots=True)
class InSection:
    """In the section with this number, or below it: ``14`` for *§ 14*."""

    number: str


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    condition: Condition


Condition = Word | Phrase | Truncated | InDocuments | InSection | All | AnyOf | Not


def word_regex(pattern: str) -> str:
    """The regular expression of a word with stars, lower case, in composed Unicode form (NFC)."""
    folded = unicodedata.normalize("NFC", pattern).lower()
    return ".*".join(re.escape(piece) for piece in folded.split("*"))
