"""Days that options give."""

from __future__ import annotations

from datetime import date

from corpus.dates import iso_day
from corpus.errors import UsageError


def day_of(given: str | None) -> date:
    """The day that ``--today`` gives, else today's.

    Raises:
        UsageError: it is no day.
    """
    if given is None:
        return date.today()
    day = iso_day(given.strip())
    if day is None:
        raise UsageError(f"Ogiltigt datum: {given!r}. Skriv en dag som 2018-10-05.")
    return day
