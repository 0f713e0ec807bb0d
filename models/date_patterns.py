"""The patterns of dates, made from ``models/tables/date_words.tsv`` and the names of months."""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import read_rows, table

Rows = tuple[tuple[str, str], ...]

_YEAR = r"(?:19|20)\d\d"
# Not the beginning of a number, and not of a time: 5 oktober 18.30.
_END = r"(?!\d|[.,/:]\d)"
_NUMBER = r"\d{1,2}(?:(?::?[ae]|:d?de|:dje|:te|st|nd|rd|th)(?!\w))?"
_LEFT = r"(?<![\w/.,:§])"
_DASH = r"\s?[-–—]{1,2}\s?"


@cache
def _table() -> tuple[dict[str, str], ...]:
    return tuple(read_rows("models.tables", "date_words"))


def rows(kind: str) -> Rows:
    """The rows of a kind: pattern and value."""
    return tuple((row["pattern"], row["value"]) for row in _table() if row["kind"] == kind)


@cache
def words(*kinds: str) -> str:
    """All wordings of some kinds, as one group.

    Raises:
        ValueError: the table has no row of these kinds; an empty group would match everywhere.
    """
    found = [pattern for kind in kinds for pattern, _ in rows(kind)]
    if not found:
        raise ValueError(f"models.tables/date_words.tsv has no row of the kind {' or '.join(kinds)}")
    return "(?:" + "|".join(found) + ")"


def value(kind: str, written: str) -> str:
    """The value of the row that a wording fits.

    Raises:
        KeyError: no row fits.
    """
    for pattern, found in rows(kind):
        if re.fullmatch(pattern, written.strip(" .,"), re.IGNORECASE):
            return found
    raise KeyError(written)


@cache
def month_numbers() -> dict[str, int]:
    """Names of months, lower case."""
    return {row["name"]: int(row["month"]) for row in table("months")}


@cache
def month() -> str:
    """The names of months as one group; a short form may have a full stop."""
    numbers = month_numbers()
    short = {one for one in numbers for other in numbers if other != one and other.startswith(one)}
    names = sorted(numbers, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(one) + (r"(?!\w)\.?" if one in short else r"(?!\w)") for one in names) + ")"


def _year_tail() -> str:
    """A year after a day or a month: *2018*, *år 2018*, *-18*; not *-18 maj* and not *18.30*."""
    return (
        rf"(?:,?\s{{0,2}}(?:av\s|of\s|år\s)?[-–’']?(?P<year>{_YEAR}){_END}"
        rf"|\s?[-–’'](?P<short>\d\d)(?![\d/]|[.,:]\d|\s?[-–/]\d|\s{month()}))?"
    )


def _days() -> str:
    """One day, a range of days, or a list of days that ends in *och*."""
    one = rf"(?:{_NUMBER}|{words('ordinal')})"
    other = rf"(?:{words('weekday')}\s(?:den\s)?)?{_NUMBER}"  # måndag 3 och tisdag den 4 maj
    return (
        rf"(?P<days>{_NUMBER}(?:,\s{other}){{0,6}}\s{words('and')}\s{other}"
        rf"|{_NUMBER}(?:{_DASH}|\s{words('to')}\s){other}|{one})"
    )


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of a form, by name."""
    return re.compile(_sources()[name], re.IGNORECASE)


@cache
def _sources() -> dict[str, str]:
    weekday = rf"(?:(?<!\w)(?P<weekday>{words('weekday')})\.?,?\s)?"
    the = r"(?P<the>(?<!\w)(?:den|the)\s)?"
    tail = _year_tail()
    two = r"(?P<year2>\d{4}|\d\d)"
    season_tail = (
        rf"(?:[\s/-]{{0,2}}(?:av\s|of\s|år\s|,\s)?(?P<year>{_YEAR})(?:[/–-]{two})?{_END}"
        rf"|\s?[-/’']?\s?(?P<short>\d\d){_END}(?!\s\w))?"
    )
    more_weeks = (
        rf"(?P<more>(?:(?:,\s|\s{words('and')}\s)(?:{words('week')}\s?)?\d\d?(?!\d|[:./,]\d)"
        rf"(?=[,.;)]|\s{words('and')}\s|\s?$|\s{_YEAR})){{0,6}})"
    )
    return {
        "worded": rf"{weekday}{the}{_LEFT}{_days()}\.?\s{{0,3}}(?:of\s)?(?P<month>{month()}){tail}",
        "english": rf"(?P<on>(?<!\w)(?:on|by|until)\s)?(?<!\w)(?P<month>{month()})\s(?P<day>\d{{1,2}})"
        r"(?P<suffix>st|nd|rd|th)?"
        rf"(?:,?\s(?P<year>{_YEAR}){_END})?(?![\w/]|:\w|[.,-]\d)",
        "year_first": rf"(?<![\w/.:-])(?P<year>{_YEAR})\s(?P<month>{month()})\s(?P<day>\d\d?)(?![\w:/]|[.,-]\d)",
        "iso": rf"(?<![\d/.])(?P<year>{_YEAR})(?P<sep>[-./–\u2011])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)(?!\d)",
        "short_iso": r"(?<![\d/.-])(?P<year>\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",
        "dotted": rf"(?<![\d.,:/-])(?P<day>\d\d?)(?P<sep>[./-])(?P<month>\d\d?)(?P=sep)"
        rf"(?P<year>{_YEAR})(?![\d/]|[.-]\d)",
        "compact": r"(?<![\w./:-])(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
        r"(?!\d|[-+]\d{4}(?!\d)|[.,:/]\d|\s?(?:kr|sek|:-))",
        "compact_short": rf"(?<!\w){words('compact_lead')}[:,]?\s"
        r"(?P<date>(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d))(?!\d|[-+.,:/]\d|\s(?:kr|sek))",
        "slash": rf"{weekday}{the}{_LEFT}(?<!§\s){_days()}/(?P<month>\d{{1,2}})(?!\d|[.,]\d)"
        rf"(?:(?:\s?[-–’']\s?|\s|/)(?P<year>{_YEAR})(?![\d/]|[.,:]\d)"
        rf"|(?:\s?[-–’']|/)(?P<short>\d\d)(?!\d|\s?[/:]|[.,]\d))?(?!/|-\d{{3}})",
        "week": rf"(?:(?<!\w)(?P<before>{_YEAR})[\s,-]{{1,2}})?(?<![\w.])(?P<word>{words('week')})\s?"
        rf"(?P<first>\d\d?)(?:{_DASH}(?P<last>\d\d?))?(?!\d|[.,:]\d|\s?%){more_weeks}"
        rf"(?:(?:[,/]?\s?(?:år\s)?|-)(?P<year>{_YEAR})(?![\d-]|[.,:]\d))?",
        "part": rf"(?<!\w)(?P<part>{words('part')})[\s-](?P<month>{month()})(?:\s{words('month_word')})?{tail}",
        "months": rf"(?P<lead>(?<!\w){words('month_lead')}\s)?(?<!\w)(?P<first>{month()})"
        rf"(?:(?:{_DASH}|/|\s{words('to')}\s)(?P<last>{month()}))?(?P<word>\s{words('month_word')}(?!\w))?{tail}",
        "quarter": rf"(?<!\w)(?:(?P<before>{_YEAR})[\s-])?(?P<name>{words('quarter')})(?!\d){season_tail}",
        "term": rf"(?<!\w)(?P<name>{words('term')})(?![^\W\d]){season_tail}",
        "season": rf"(?P<lead>(?<!\w){words('season_lead')}\s)?(?<!\w)(?P<name>{words('season')})"
        rf"(?![^\W\d]){season_tail}",
        "past_season": rf"(?<!\w)(?P<name>{words('past_season')})(?!\w)",
        "coming_season": rf"(?<!\w)(?P<name>{words('coming_season')})(?!\w)(?!\s\d{{4}})",
        "split_year": rf"(?<!\w)(?P<name>{words('split_year')})\s(?P<year>{_YEAR}|\d\d)[/–-]{two}(?!\d)",
        "split_alone": rf"(?<!\w)(?P<name>{rows('split_year')[0][0]})(?!\w)(?!\s\d)",
        "turn": rf"(?<!\w)(?P<name>{words('turn')})(?!\w)(?:\s(?P<year>{_YEAR})(?:[/–-]{two})?(?!\d))?",
        "year": rf"(?<!\w)(?:{words('year_lead')}\s(?P<year>{_YEAR})(?:[–-](?P<last>{_YEAR}))?"
        rf"(?![\d/–-]|[.,:]\d|\s?(?:kr|st|%))|(?P<of>{_YEAR})\sårs?(?!\w))",
        "relative_day": rf"(?<!\w)(?P<name>{words('relative_day')})(?!\w)",
        "relative_weekday": rf"(?<!\w)(?P<name>{words('relative_weekday')})\s"
        rf"(?P<weekday>{words('weekday')})(?!\w)(?!\s(?:den\s)?\d)",
        "past_weekday": rf"(?<!\w){words('past_weekday')}\s(?P<weekday>{words('weekday')})s(?!\w)",
        "relative_week": rf"(?<!\w)(?P<name>{words('relative_week')})(?!\w)",
        "relative_month": rf"(?<!\w)(?P<name>{words('relative_month')})(?!\w)",
        "relative_year": rf"(?<!\w)(?P<name>{words('relative_year')})(?!\w)",
        "range": rf"{_DASH}(?:den\s)?(?:{words('weekday')}\s)?|[\s,]{{1,2}}{words('to')}\s",
        "list": rf",\s|\s{words('and')}\s",
        "not_before": rf"(?<!\w){words('not_before')}\s?$",
        "not_after": rf"\s?{words('not_after')}(?!\w)",
        "coming_lead": rf"(?<!\w){words('coming_lead')}\s{{0,2}}$",
        "day_after": rf"\s?[,;:.)\n]|\s?$|\s{words('day_after')}(?!\w)",
        "heading_year": rf"(?<!\d)(?P<year>{_YEAR})\s?:\s"
        rf"(?:[\d\s/.,;:•*–-]|{month()}|{words('weekday', 'and')}|(?:den|kl)\b)*+$",
        "not_month": words("not_month"),
        "share_after": rf"\s{words('share_after')}\s",
    }
