"""Terms: what the lexical index stores for a text and looks up for a question.

One interface, the same for documents and questions. ``Analyser.version`` is part of the
fingerprint of the lexical index: change it when the terms change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text, in reading order; every term is free of white space.

    ``exact`` holds the lower-cased words as they stand, ``lemmas`` one normal form a word and then
    those of repaired words, dates, amounts, numbers and short forms, ``parts`` what a word is made of
    (compound parts), where that is known.
    """

    exact: tuple[str, ...]
    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTerms:
    """What the analysis makes of one word.

    ``word`` is the lower-cased word as it stands, ``lemma`` its normal form, ``parts`` the normal
    forms of what it is made of (*grundskolan* → *grund*, *skol*), ``repaired`` the normal form of
    the word that it probably was before text recognition damaged it, where it was damaged.
    """

    word: str
    lemma: str
    parts: tuple[str, ...] = ()
    repaired: str | None = None


class Analyser(Protocol):
    """Turns text into terms."""

    @property
    def version(self) -> str:
        """Changes whenever the terms of some text change."""
        ...

    def damaged(self, text: str) -> bool:
        """Whether text recognition damaged a text, a whole document, so that its words need repair."""
        ...

    def terms(self, text: str, damaged: bool = False, *, day: date | None = None, figures: bool = True) -> Terms:
        """The terms of a text.

        ``damaged`` says that it is part of a damaged document. Dates in it without a year are
        those nearest to ``day``, its own date. Without ``figures`` dates, amounts, numbers and short
        forms are words only: their patterns take a tenth of a second to compile.
        """
        ...
