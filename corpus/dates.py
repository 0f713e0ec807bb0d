"""Dates as they are written in the heads of Swedish minutes, turned into ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.tables import table

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./](\d\d)[-./](\d\d)(?!\d)")
_SHORT_ISO = re.compile(r"(?<![\d-])(\d\d)-(\d\d)-(\d\d)(?![\d-])")
_SLASH = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?:\s*[-–]?\s*)((?:19|20)\d\d|\d\d(?=\b))(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SHORT_COMPACT = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where it stands and what day it is (``YYYY-MM-DD``)."""

    start: int
    end: int
    iso: str


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in table("months")}


@cache
def _worded() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    pattern = rf"(?<!\d)(\d{{1,2}})(?::?[ea])?\s+({names})\.?,?\s+((?:19|20)\d\d)(?!\d)"
    return re.compile(pattern, re.IGNORECASE)


def _iso(year: int, month: int, day: int) -> str | None:
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def dates_in(text: str) -> Iterator[FoundDate]:
    """Full dates (day, month and year) in reading order, e.g. *fredagen den 5 oktober 2031*."""
    found: dict[int, FoundDate] = {}

    def note(match: re.Match[str], year: int, month: int, day: int) -> None:
        iso = _iso(year, month, day)
        if iso:
            found.setdefault(match.start(), FoundDate(match.start(), match.end(), iso))

    for m in _worded().finditer(text):
        note(m, int(m[3]), _months()[m[2].lower()], int(m[1]))
    for m in _ISO.finditer(text):
        note(m, int(m[1]), int(m[2]), int(m[3]))
    for m in _SLASH.finditer(text):
        note(m, int(m[3]), int(m[2]), int(m[1]))
    for m in _SHORT_ISO.finditer(text):
        note(m, int(m[1]), int(m[2]), int(m[3]))
    yield from (found[start] for start in sorted(found))


def date_in_name(name: str) -> str | None:
    """The date in a file name: *protokoll-2031-03-04*, *20310304*, *310304*; None without one."""
    for m in _ISO.finditer(name.replace("_", "-")):
        return _iso(int(m[1]), int(m[2]), int(m[3]))
    for pattern in (_COMPACT, _SHORT_ISO, _SHORT_COMPACT):
        for m in pattern.finditer(name):
            iso = _iso(int(m[1]), int(m[2]), int(m[3]))
            if iso:
                return iso
    return None


def iso_day(text: str | None) -> date | None:
    """The day that an ISO date names; None where ``text`` is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
