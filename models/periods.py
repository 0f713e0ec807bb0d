"""Periods of the calendar, and which year a date without one belongs to."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

Period = tuple[date, date]
"""First and last day."""
OfYear = Callable[[int], Period | None]
"""What a date without a year means in a year; None where that year has no such day."""

_FAR = 243  # days; a weekday that fits farther away is more likely a slip of the pen


def full_year(written: str) -> int:
    """*18* → 2018, *85* → 1985, *2018* → 2018."""
    year = int(written)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def days(month: int, first: int, last: int) -> OfYear:
    """The days ``first`` to ``last`` of a month."""

    def of(year: int) -> Period | None:
        try:
            return (date(year, month, first), date(year, month, last)) if first <= last else None
        except ValueError:
            return None

    return of


def part_of_month(month: int, first: int, last: int) -> OfYear:
    """A third of a month; ``last`` is cut at the end of the month."""

    def of(year: int) -> Period:
        return date(year, month, first), date(year, month, min(last, calendar.monthrange(year, month)[1]))

    return of


def last_day(month: int) -> OfYear:
    """The last day of a month."""
    return lambda year: (_end(year, month), _end(year, month))


def months(first: int, last: int) -> OfYear:
    """Whole months. Where ``last`` comes before ``first`` the period begins in the year before."""
    return lambda year: (date(year - (last < first), first, 1), _end(year, last))


def week(first: int, last: int | None = None) -> OfYear:
    """ISO weeks, Monday to Sunday."""

    def of(year: int) -> Period | None:
        try:
            return date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last or first, 7)
        except ValueError:
            return None

    return of


def split_year(month: int) -> OfYear:
    """Twelve months from a month on, without July where it is a school year (August to June)."""
    return lambda year: (date(year, month, 1), _end(year + 1, 6))


def turn(month: int) -> OfYear:
    """The last day of a month and the day after it: *årsskiftet*, *halvårsskiftet*."""
    return lambda year: (_end(year, month), _end(year, month) + timedelta(1))


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def nearest(of: OfYear, meeting: date, weekday: int | None = None, side: str = "") -> Period | None:
    """The period of the year that lies nearest to the meeting, so at most about six months away.

    A weekday that is written decides between two years within eight months. A tie goes to the
    later one. ``side`` "past" takes the last one that has begun, "coming" the first that is not over,
    where that is within eight months.
    """
    found = [period for year in range(meeting.year - 1, meeting.year + 2) if (period := of(year))]
    if weekday:
        near = [one for one in found if _distance(one, meeting) <= _FAR]
        found = [one for one in near if one[0].isoweekday() == weekday] or found
    if side == "past":
        found = [one for one in found if one[0] <= meeting] or found
    elif side == "coming":
        found = [one for one in found if one[1] >= meeting and _distance(one, meeting) <= _FAR] or found
    return min(found, key=lambda one: (_distance(one, meeting), -one[0].toordinal()), default=None)


def _distance(period: Period, meeting: date) -> int:
    first, last = period
    return max((first - meeting).days, (meeting - last).days, 0)
