"""Where a question says to look: time, meeting, §, body, person and organisation (``limits.tsv``)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from engine.questions.names import Named, body_in, limit_pattern, organisation_in, person_in, role_in
from engine.questions.patterns import Range
from engine.questions.turns import turn

if TYPE_CHECKING:
    from engine.questions.understanding import Relation, Wanted

_YEAR = re.compile(r"(?<![\w/:.§-])(?P<first>(?:19|20)\d\d)(?:\s?[-–]\s?(?P<last>(?:19|20)\d\d))?(?![\w/:-]|[.,]\d)")
# What may stand between *under*, *före*, *efter* … and a time.
_LEADING = re.compile(
    r"(?i)(?:\b(?:the|den|on|i|in|under|year|år|året|månaden|(?:början|slutet|mitten) av|early|late|the end of"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W+)+$"
)
_PLACE = re.compile(r" (?:i|på|vid|in|at) [A-ZÅÄÖ][\w-]*(?: [A-ZÅÄÖ][\w-]*)*$")
_MONTH = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|maj|jun|jul|aug|sep|oct|okt|nov|dec)")
# A season of a question is half a year of meetings: *våren* begins in January, *hösten* ends at Christmas.
_SEASONS = {(3, 5): (1, 6), (9, 11): (8, 12)}
_OF_ORGANISATIONS = {"attended", "absent", "role", "elected"}
_OF_ROLES = {"role", "elected", "cost"}


@dataclass(slots=True)
class FoundLimits:
    """The values of ``Limits`` that were found, and the ranges of the question that say them."""

    values: dict[str, str | bool] = field(default_factory=dict)
    places: list[tuple[int, int]] = field(default_factory=list)

    def note(self, name: str, value: str | bool, start: int, end: int) -> None:
        """Keep the first value of a name, and the place of each."""
        self.values.setdefault(name, value)
        self.places.append((start, end))


def find_limits(
    question: str, asked: Range, wanted: Wanted, relation: Relation | None, today: date | None
) -> FoundLimits:
    """What the question says of where to look.

    ``asked``: the words that say what is asked for. ``wanted`` and ``relation`` tell whether a role names a person
    (*vad sa kassören*) or is the matter (*vem är kassör*), and whether an organisation is a limit.
    """
    found = FoundLimits()
    body = body_in(question, asked)
    _times(question, today, body, found)
    for name in ("latest", "next"):
        if limit_pattern(name).search(question):
            found.values[name] = True
    if relation == "next_meeting" and "since" not in found.values:
        found.values["next"] = True
    _section(question, found)
    if body is not None:
        found.note("body", body.text, body.start, body.end)
    by_form = relation in _OF_ORGANISATIONS
    of_people = by_form or wanted in ("person", "list", "count", "organisation")  # else *ledningen från Granvik*
    organisation = organisation_in(question, by_form, asked, found.places) if of_people else None
    if organisation is not None:
        found.note("organisation", organisation.text, organisation.start, organisation.end)
    person = person_in(question, asked, found.places)
    if person is None and relation not in _OF_ROLES and wanted != "person":
        person = role_in(question, asked)
    if person is not None:
        found.note("person", person.text, person.start, person.end)
    return found


@dataclass(frozen=True, slots=True)
class _Time:
    start: int
    end: int
    since: str
    until: str
    precision: str


def _times(question: str, today: date | None, body: Named | None, found: FoundLimits) -> None:
    for one in _times_in(question, today):
        before = question[: one.start]
        lead = _LEADING.search(before)
        word = before[: lead.start()] if lead else before
        if _last_is(word, "before"):
            found.note("until", _day_from(one.since, -1), one.start, one.end)
        elif _last_is(word, "until"):
            found.note("until", one.until, one.start, one.end)
        elif _last_is(word, "since"):
            found.note("since", one.since, one.start, one.end)
        elif _last_is(word, "after"):
            found.note("since", _day_from(one.until, 1), one.start, one.end)
        elif _last_is(word, "not_time") or ("since" in found.values and "until" in found.values):
            continue
        elif one.precision != "year" or (lead and _last_is(before, "time")) or _after_meeting(before, body):
            found.values.update(since=one.since, until=one.until)
            found.places.append((one.start, one.end))


def _times_in(question: str, today: date | None) -> Iterator[_Time]:
    """Dates, months, seasons and years in reading order; with ``today`` also *förra året*, *i våras*."""
    if not (any(c.isdigit() for c in question) or today):
        return
    from models.dates import find_dates  # its patterns take a tenth of a second to compile

    taken: list[tuple[int, int]] = []
    times: list[_Time] = []
    for match in turn("between").finditer(question):
        taken.append(match.span())
        times.append(_Time(*match.span(), f"{match['first']}-01-01", f"{match['last']}-12-31", "between"))
    for one in find_dates(question, today):
        # A month without a year (*i mars*) may be any year's: only *förra året*, *i våras* count from today.
        bare = one.inferred_year and (_MONTH.search(question[one.start : one.end]) or one.precision == "day")
        if not bare and not _inside((one.start, one.end), taken):
            taken.append((one.start, one.end))
            since, until = _widened(one.start_date, one.end_date, one.precision)
            precision = "relative" if one.inferred_year else one.precision
            times.append(_Time(one.start, one.end, since, until, precision))
    for match in _YEAR.finditer(question):
        if not _inside(match.span(), taken):
            last = match["last"] or match["first"]
            times.append(_Time(*match.span(), f"{match['first']}-01-01", f"{last}-12-31", "year"))
    yield from sorted(times, key=lambda one: one.start)


def _day_from(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _widened(since: str, until: str, precision: str) -> tuple[str, str]:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    wide = _SEASONS.get((first.month, last.month)) if precision == "season" else None
    if wide is None:
        return since, until
    end = calendar.monthrange(last.year, wide[1])[1]
    return date(first.year, wide[0], 1).isoformat(), date(last.year, wide[1], end).isoformat()


def _section(question: str, found: FoundLimits) -> None:
    from models.references import find_references

    if "§" in question or "paragraf" in question.lower():
        for one in find_references(question):
            number = re.search(r"§(\d+[A-Z]?)", one.value) if one.kind == "section" else None
            if number:
                found.note("section", number[1].lower(), one.start, one.end)
    for match in limit_pattern("section").finditer(question):
        number_read = next(filter(None, match.groups()), None)
        if number_read:
            found.note("section", number_read, match.start(), match.end())


def _after_meeting(before: str, body: Named | None) -> bool:
    """Whether a year stands after a meeting or a body, with or without its place: *mötet i Granvik 2031*."""
    before = _PLACE.sub("", before.rstrip(" ,"))
    return _last_is(before, "meeting") or (body is not None and body.end == len(before))


def _last_is(text: str, kind: str) -> bool:
    """Whether what stands right before is a word (or two) of a kind of the table."""
    text = text.rstrip(" ,")
    return any(match.end() == len(text) for match in limit_pattern(kind).finditer(text))


def _inside(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] < end or start < span[1] <= end for start, end in taken)
