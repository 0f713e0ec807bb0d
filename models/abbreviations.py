"""What abbreviations stand for: *KS* is kommunstyrelsen, *t ex* is till exempel.

The table ``models/tables/short_forms.tsv`` holds every spelling; another table
(``abbreviations.tsv``) holds those whose full stop does not end a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows


@dataclass(frozen=True, slots=True)
class FoundAbbreviation:
    """An abbreviation at characters ``start`` to ``end`` and its full form, lower case."""

    start: int
    end: int
    full: str


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Spelling → full form: those where case decides, and the others in lower case."""
    cased: dict[str, str] = {}
    free: dict[str, str] = {}
    for row in read_rows("models.tables", "short_forms"):
        for short in row["short"].split("|"):
            target, key = (cased, short) if row["case"] == "yes" else (free, short.lower())
            target.setdefault(key, row["full"])
    return cased, free


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def whole(spellings: dict[str, str]) -> str:
        names = "|".join(sorted(map(re.escape, spellings), key=len, reverse=True))
        return rf"(?<![\w.])(?:{names})(?![\w-]|\.\w|/\w)"

    cased, free = _spellings()
    return re.compile(whole(cased)), re.compile(whole(free), re.IGNORECASE)


def find_abbreviations(text: str) -> list[FoundAbbreviation]:
    """The abbreviations of a text in reading order, none inside another.

    *KS beslutar m.m.* → kommunstyrelsen, med mera. *TF* is the law, *tf* is tillförordnad.
    """
    cased, free = _patterns()
    found: dict[int, FoundAbbreviation] = {}
    taken = bytearray(len(text))
    for match in cased.finditer(text):
        found[match.start()] = FoundAbbreviation(match.start(), match.end(), _spellings()[0][match[0]])
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in free.finditer(text):
        if 1 not in taken[match.start() : match.end()]:
            full = _spellings()[1][match[0].lower()]
            found[match.start()] = FoundAbbreviation(match.start(), match.end(), full)
    return [found[start] for start in sorted(found)]
