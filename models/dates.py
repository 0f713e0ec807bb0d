"""Dates of every Swedish form, in ISO 8601: days, weeks, months, seasons, quarters and years.

What the words say is read first (``models/date_patterns.py``), then the year is found: the one that
is written, else that of a date joined to it (*den 1 januari till den 30 juni 2019*), else the one
that brings the date nearest to the meeting (``models/periods.py``). Without a meeting a date without
a year is not returned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import gcd

from models import periods
from models.date_patterns import month_numbers, pattern, value
from models.references import find_references

_FARTHEST_HEADING = 300  # characters; twelve days of a year with their weekdays


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at characters ``start`` to ``end``: first and last day (``YYYY-MM-DD``), equal for a day.

    ``precision`` is "day", "week", "part_of_month", "month", "quarter", "season" (also terms and half
    years) or "year". ``inferred_year`` tells that the year came from the meeting, not from the text.
    """

    start: int
    end: int
    start_date: str
    end_date: str
    precision: str
    inferred_year: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """A date in the text before its year is known."""

    start: int
    end: int
    of: periods.OfYear
    precision: str
    year: int | None = None
    weekday: int | None = None
    side: str = ""  # of the meeting: "past", "coming" or either
    relative: bool = False
    joinable: bool = True


def find_dates(text: str, meeting: date | None = None) -> list[FoundDate]:
    """The dates of a text in reading order; impossible ones (31 februari) are left out.

    A range (*12–14/9*, *januari–mars*) is one date, a list (*den 3 och 4 maj*) several. Dates without a
    year get the year that lies nearest to ``meeting``, at most about six months before or after it, after
    a word of a deadline (*senast 31/12*) the coming one where that is within eight months;
    words such as *i morgon* and *nästa fredag* (the Friday of next week) count from it.
    """
    mentions = sorted(_mentions(text, meeting), key=lambda one: (one.start, one.end))
    found: list[FoundDate] = []
    previous: _Mention | None = None
    for one in _with_years(text, mentions):
        period = _period(one, meeting)
        if period is None:
            previous = None
            continue
        day = FoundDate(one.start, one.end, period[0].isoformat(), period[1].isoformat(), one.precision,
                        one.year is None)  # fmt: skip
        merged = _merged(text, previous, found[-1], day) if previous and found and one.joinable else None
        if merged:
            found[-1] = merged
            previous = None
        else:
            found.append(day)
            previous = one if one.joinable else None
    return found


def _period(one: _Mention, meeting: date | None) -> periods.Period | None:
    if one.year is not None:
        return one.of(one.year)
    return periods.nearest(one.of, meeting, one.weekday, one.side) if meeting else None


def _with_years(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """Dates joined to one with a year get that year, first from the right, then from the left."""
    out = list(mentions)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        if here.year is None and following.year is not None and _joined(text, here, following):
            first, second = here.of(following.year), following.of(following.year)
            late = first is not None and second is not None and first[0] > second[1]
            out[i] = replace(here, year=following.year - late)
    for before, i in zip(range(len(out)), range(1, len(out)), strict=False):
        here, earlier = out[i], out[before]
        if here.year is None and earlier.year is not None and _joined(text, earlier, here):
            first, second = earlier.of(earlier.year), here.of(earlier.year)
            late = first is not None and second is not None and first[0] > second[1]
            out[i] = replace(here, year=earlier.year + late)
    return out


def _joined(text: str, first: _Mention, second: _Mention) -> bool:
    gap = text[first.end : second.start]
    if len(gap) > 30 or second.relative or first.relative:
        return False
    return bool(pattern("range").fullmatch(gap) or (pattern("list").fullmatch(gap)))


def _merged(text: str, before: _Mention, first: FoundDate, second: FoundDate) -> FoundDate | None:
    gap = text[first.end : second.start]
    if first.precision != second.precision or len(gap) > 30 or not pattern("range").fullmatch(gap):
        return None
    if first.start_date > second.start_date or before.relative:
        return None
    return replace(first, end=second.end, end_date=second.end_date, inferred_year=second.inferred_year)


def _mentions(text: str, meeting: date | None) -> Iterator[_Mention]:
    """All mentions, none over another; the surer forms are looked for first."""
    taken = bytearray(len(text))
    digits = any(map(str.isdigit, text))
    if digits:
        for number in find_references(text):
            if number.kind != "section" or "/" in text[number.start : number.end]:
                taken[number.start : number.end] = b"\1" * (number.end - number.start)
    for name, read in _READERS.items():
        if not digits and name in _WITH_DIGITS:
            continue
        for match in pattern(name).finditer(text):
            for one in read(text, match):
                if 1 not in taken[one.start : one.end]:
                    headed = None if one.year or one.precision != "day" else _heading_year(text, one.start)
                    if headed:
                        yield replace(one, year=headed)
                        continue
                    deadline = not one.year and not one.side and _is_deadline(text, one.start)
                    yield replace(one, side="coming") if deadline else one
            start = match.start("date") if "date" in match.re.groupindex else match.start()
            if match.end() - start < 200 and name in _CLAIMING:
                taken[start : match.end()] = b"\1" * (match.end() - start)
    if meeting:
        yield from (one for one in _relative(text, meeting) if 1 not in taken[one.start : one.end])


def _heading_year(text: str, start: int) -> int | None:
    """The year before the colon of a list of days: *Sammanträden 2031: 4/9, 2/10 och 6/11*."""
    before = text[max(0, start - _FARTHEST_HEADING) : start]
    found = pattern("heading_year").search(before) if ":" in before else None
    return int(found["year"]) if found else None


def _is_deadline(text: str, start: int) -> bool:
    return pattern("coming_lead").search(text[max(0, start - 30) : start]) is not None


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    written = groups.get("before") or groups.get("year") or groups.get("short")
    return periods.full_year(written) if written else None


def _plain(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    """Day, month and year in figures."""
    span = match.span("date") if "date" in match.re.groupindex else match.span()
    month, day = int(match["month"]), int(match["day"])
    if 1 <= month <= 12:
        yield _Mention(*span, periods.days(month, day, day), "day", _year(match))


def _month(written: str) -> int:
    return month_numbers()[written.lower().rstrip(".")]


def _of_days(match: re.Match[str], month: int) -> Iterator[_Mention]:
    """The days before a month: one, a range or a list."""
    year = _year(match)
    weekday = int(value("weekday", match["weekday"])) if match["weekday"] else None
    written = match["days"]
    numbers = [int(n) for n in re.findall(r"\d+", written)]
    begin = match.start("weekday") if weekday else match.start("days")
    if not numbers:
        ordinal = value("ordinal", written)
        of = periods.last_day(month) if ordinal == "last" else periods.days(month, int(ordinal), int(ordinal))
        yield _Mention(begin, match.end(), of, "day", year, weekday)
    elif len(numbers) == 2 and not pattern("list").search(written):
        yield _Mention(begin, match.end(), periods.days(month, *numbers), "day", year, weekday)
    else:
        places = [m.start() + match.start("days") for m in re.finditer(r"\d+", written)]
        for i, (number, place) in enumerate(zip(numbers, places, strict=True)):
            last = i == len(numbers) - 1
            start = begin if i == 0 else place
            end = match.end() if last else place + len(str(number))
            yield _Mention(start, end, periods.days(month, number, number), "day", year, weekday if i == 0 else None)


def _worded(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    yield from _of_days(match, _month(match["month"]))


def _slash(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    month = int(match["month"])
    if not 1 <= month <= 12 or not re.search(r"\d", match["days"]):
        return
    sure = match["weekday"] or match["the"] or _year(match)
    if not sure and _is_fraction(text, match, month):
        return
    yield from _of_days(match, month)


def _is_fraction(text: str, match: re.Match[str], month: int) -> bool:
    """*2/3 majoritet*, *3/4 av rösterna*, *bilaga 3/2*, *24/7*."""
    number = match["days"]
    if match[0] == "24/7" or pattern("not_before").search(text[max(0, match.start() - 20) : match.start()]):
        return True
    after = text[match.end() : match.end() + 20]
    if pattern("not_after").match(after):
        return True
    reduced = number.isdigit() and int(number) < month and gcd(int(number), month) == 1
    return reduced and pattern("share_after").match(after) is not None


def _english(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    alone = match["month"][0].isupper() and pattern("day_after").match(text, match.end())
    if alone or match["year"] or match["suffix"] or match["on"]:
        day = int(match["day"])
        yield _Mention(match.start("month"), match.end(), periods.days(_month(match["month"]), day, day), "day",
                       _year(match))  # fmt: skip


def _year_first(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    day = int(match["day"])
    yield _Mention(*match.span(), periods.days(_month(match["month"]), day, day), "day", _year(match))


def _weeks(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    if match["word"] in ("V", "W") and match.end("word") == match.start("first"):
        return  # V21 is a room
    first, last = int(match["first"]), int(match["last"] or match["first"])
    year = _year(match)
    more = list(re.finditer(r"\d+", match["more"]))
    if first <= last:
        end = match.start("more") if more else match.end()
        yield _Mention(match.start(), end, periods.week(first, last), "week", year)
    for one in more:
        end = match.end() if one is more[-1] else match.start("more") + one.end()
        yield _Mention(match.start("more") + one.start(), end, periods.week(int(one[0])), "week", year)


def _part(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    first, last = map(int, value("part", match["part"]).split("-"))
    of = periods.part_of_month(_month(match["month"]), first, last)
    yield _Mention(match.start(), match.end(), of, "part_of_month", _year(match))


def _months(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    year, written = _year(match), match["first"]
    listed = pattern("list").search(text[max(0, match.start() - 6) : match.start()])
    after = text[match.end() : match.end() + 30]
    followed = re.match(rf"{pattern('list').pattern}(?:{'|'.join(month_numbers())})\b", after, re.IGNORECASE)
    if not match["last"] and pattern("not_month").fullmatch(written.rstrip(".")):
        return
    sure = match["lead"] or year or match["word"] or match["last"] or (written[0].islower() and (listed or followed))
    if not sure or (not year and written[0].isupper() and re.match(r" [A-ZÅÄÖ]", after)):
        return  # Maj Berg, April Ek
    first, last = _month(written), _month(match["last"] or written)
    yield _Mention(match.start("first"), match.end(), periods.months(first, last), "month", year)


def _named(kind: str, precision: str, needs: bool = False) -> Callable[[str, re.Match[str]], Iterator[_Mention]]:
    """A named part of the year: a quarter, a term, a season."""

    def read(text: str, match: re.Match[str]) -> Iterator[_Mention]:
        year, groups = _year(match), match.groupdict()
        if needs and not year and not groups.get("lead"):
            return
        first, last = map(int, value(kind, match["name"]).split("-"))
        second = groups.get("year2")
        side = kind.removesuffix("_season") if kind.endswith("_season") else ""
        of = periods.months(first, last)
        if second and last < first:
            year = (year or 0) + 1
        yield _Mention(match.start("name"), match.end(), of, precision, year, side=side)

    return read


def _split_year(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    month = int(value("split_year", match["name"]))
    yield _Mention(match.start(), match.end(), periods.split_year(month), "year", _year(match))


def _turn(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    of = periods.turn(int(value("turn", match["name"])))
    yield _Mention(match.start(), match.end(), of, "day", _year(match), joinable=False)


def _years(text: str, match: re.Match[str]) -> Iterator[_Mention]:
    first = int(match["of"] or match["year"])
    last = int(match["last"] or first)
    if first <= last:
        start = match.start("of") if match["of"] else match.start("year")
        of = lambda _: (date(first, 1, 1), date(last, 12, 31))  # noqa: E731
        yield _Mention(start, match.end(), of, "year", first, joinable=False)


_READERS: dict[str, Callable[[str, re.Match[str]], Iterator[_Mention]]] = {
    "split_year": _split_year,  # before läsåret 31/32 is read as a day
    "iso": _plain,
    "short_iso": _plain,
    "dotted": _plain,
    "compact": _plain,
    "compact_short": _plain,
    "year_first": _year_first,
    "english": _english,
    "worded": _worded,
    "slash": _slash,
    "week": _weeks,
    "part": _part,
    "split_alone": _split_year,
    "turn": _turn,
    "quarter": _named("quarter", "quarter"),
    "term": _named("term", "season"),
    "past_season": _named("past_season", "season"),
    "coming_season": _named("coming_season", "season"),
    "season": _named("season", "season", needs=True),
    "months": _months,
    "year": _years,
}
_WITH_DIGITS = {
    "iso",
    "short_iso",
    "dotted",
    "compact",
    "compact_short",
    "year_first",
    "english",
    "slash",
    "week",
    "split_year",
    "year",
}
# A form of these that is no date (31 februari) is not read again as something smaller (februari).
_CLAIMING = {"iso", "short_iso", "dotted", "compact", "compact_short", "year_first", "worded", "slash", "week", "part",
             "split_year", "split_alone", "turn", "quarter", "term", "past_season", "coming_season"}  # fmt: skip


def _relative(text: str, meeting: date) -> Iterator[_Mention]:
    """Words that count from the day of the meeting."""

    def mention(match: re.Match[str], first: date, last: date, precision: str) -> _Mention:
        return _Mention(match.start(), match.end(), lambda _: (first, last), precision, relative=True, joinable=False)

    monday = meeting - timedelta(meeting.weekday())
    for match in pattern("relative_day").finditer(text):
        day = meeting + timedelta(int(value("relative_day", match["name"])))
        yield mention(match, day, day, "day")
    for match in pattern("relative_weekday").finditer(text):
        weekday = int(value("weekday", match["weekday"]))
        day = monday + timedelta(6 + weekday)  # that day of next week
        if value("relative_weekday", match["name"]) == "coming":
            day = meeting + timedelta((weekday - meeting.isoweekday() - 1) % 7 + 1)
        yield mention(match, day, day, "day")
    for match in pattern("past_weekday").finditer(text):
        day = meeting - timedelta((meeting.isoweekday() - int(value("weekday", match["weekday"])) - 1) % 7 + 1)
        yield mention(match, day, day, "day")
    for match in pattern("relative_week").finditer(text):
        first = monday + timedelta(7 * int(value("relative_week", match["name"])))
        yield mention(match, first, first + timedelta(6), "week")
    for match in pattern("relative_month").finditer(text):
        index = meeting.year * 12 + meeting.month - 1 + int(value("relative_month", match["name"]))
        begin, end = periods.months(index % 12 + 1, index % 12 + 1)(index // 12) or (meeting, meeting)
        yield mention(match, begin, end, "month")
    for match in pattern("relative_year").finditer(text):
        year = meeting.year + int(value("relative_year", match["name"]))
        yield mention(match, date(year, 1, 1), date(year, 12, 31), "year")
