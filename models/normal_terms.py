"""Index terms of dates, times, amounts, references and abbreviations, so that spellings meet.

The same for documents and questions: *5/10-18* in the minutes and *den 5 oktober 2018* in the
question are both ``2018-10-05``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.abbreviations import find_abbreviations
from models.amounts import FoundAmount, find_amounts
from models.dates import FoundDate, find_dates
from models.references import FoundReference, find_references
from models.times import find_times

_MOST_DAYS = 14  # a longer range gives its first and last day only
_UNITS = {"SEK": "kr", "percent": "procent", "percentage_points": "procentenheter", "permille": "promille"}


@dataclass(frozen=True, slots=True)
class FoundTerms:
    """What stands at ``text[start:end]`` and the terms that it has in any spelling."""

    start: int
    end: int
    terms: tuple[str, ...]


def find_terms(text: str, meeting: date | None = None) -> Iterator[FoundTerms]:
    """The dates, times, amounts, references and abbreviations of a text, in this order, with their terms.

    Days ``2018-10-05``, weeks ``2018-w42``, months (also of seasons) ``2018-10``, quarters ``2018-q4``,
    years none (the word is a term already), times ``kl:13:00`` (two for *halv sju*), amounts ``kr:4850000``,
    ``eur:500``, ``procent:2.5``, references as in ``models/references.py`` in lower case, a law also without
    its section, abbreviations as the lower-case words of their full forms.
    """
    for day in find_dates(text, meeting):
        yield FoundTerms(day.start, day.end, tuple(_of_date(day)))
    for time in find_times(text):
        ends = (time.start_time, time.end_time, time.later_time)
        yield FoundTerms(time.start, time.end, tuple(f"kl:{one}" for one in ends if one))
    for amount in find_amounts(text):
        yield FoundTerms(amount.start, amount.end, tuple(_of_amount(amount)))
    for reference in find_references(text):
        yield FoundTerms(reference.start, reference.end, tuple(_of_reference(reference)))
    for short in find_abbreviations(text):
        yield FoundTerms(short.start, short.end, tuple(re.findall(r"[^\W\d_]+", short.full)))


def normal_terms(text: str, meeting: date | None = None) -> list[str]:
    """The terms of a text, without white space, as ``find_terms`` finds them."""
    return [term for found in find_terms(text, meeting) for term in found.terms]


def _of_date(found: FoundDate) -> Iterator[str]:
    first, last = date.fromisoformat(found.start_date), date.fromisoformat(found.end_date)
    if found.precision == "day":
        count = (last - first).days + 1
        days = [first + timedelta(n) for n in range(count)] if count <= _MOST_DAYS else [first, last]
        yield from (day.isoformat() for day in days)
    elif found.precision == "week":
        weeks = dict.fromkeys((first + timedelta(n)).isocalendar()[:2] for n in range(0, (last - first).days, 7))
        yield from (f"{year}-w{number:02}" for year, number in weeks)
    elif found.precision == "quarter":
        yield f"{first.year}-q{(first.month + 2) // 3}"
    elif found.precision in ("month", "part_of_month", "season"):
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        yield from (f"{month // 12}-{month % 12 + 1:02}" for month in months[:12])


def _of_amount(found: FoundAmount) -> Iterator[str]:
    unit = _UNITS.get(found.unit, found.unit.lower())
    for value in dict.fromkeys((found.value, found.high)):
        yield f"{unit}:{value:f}"


def _of_reference(found: FoundReference) -> Iterator[str]:
    value = found.value.lower()
    yield value
    law = re.match(r"sfs-\d{4}-\d+", value)
    if law and law[0] != value:
        yield law[0]
