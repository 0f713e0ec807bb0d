"""Times of day as minutes write them: *kl. 13.00*, *klockan 9*, *18:30–20.15*.

A number with two digits on either side of a point may be many things (a point of the agenda, a
decimal), so without *kl.* it is a time only in a range or beside a word of time; these words stand
in ``models/tables/time_words.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time (``HH:MM``) at characters ``start`` to ``end``; ``end_time`` where it is a range, else None.

    ``later_time`` is twelve hours after ``start_time`` where words leave open which half of the day is meant
    (*halv sju*: 06:30 or 18:30), else None.
    """

    start: int
    end: int
    start_time: str
    end_time: str | None = None
    later_time: str | None = None


_CLOCK = r"(?P<h#>\d{1,2})(?:[.:,]?(?P<m#>[0-5]\d))?(?!\d|[.,:]\d)"
_NOON = 12  # hours
_HALF_A_DAY = 12 * 60  # minutes
_FULL = r"(?P<h#>[01]\d|2[0-4]|\d)[.:](?P<m#>[0-5]\d)(?!\d|[.,:]\d)"


def _of(pattern: str, n: int) -> str:
    return pattern.replace("#", str(n))


@cache
def _words(kind: str) -> str:
    return "|".join(row["pattern"] for row in read_rows("models.tables", "time_words") if row["kind"] == kind)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    clock, to = _words("clock"), _words("to")
    join = rf"(?:\s{{0,2}}[-–—]{{1,2}}\s{{0,2}}|\s{{1,2}}(?:{to})\s{{1,2}})(?:(?:{clock})\s{{0,2}})?"
    bar = r"(?<![\w.,:/§-])"
    unit = rf"(?!\s?(?:{_words('not_after')}))"
    return (
        re.compile(rf"(?<!\w)(?:{clock})\s{{0,2}}{_of(_CLOCK, 1)}(?P<more>{join}{_of(_CLOCK, 2)})?", re.IGNORECASE),
        re.compile(rf"{bar}{_of(_FULL, 1)}{join}{_of(_FULL, 2)}{unit}", re.IGNORECASE),
        re.compile(rf"{bar}{_of(_FULL, 1)}{unit}", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{_words('before')})[:,]?\s{{0,3}}(?:{_words('filler')})?$", re.IGNORECASE),
    )


def find_times(text: str) -> list[FoundTime]:
    """The times of a text in reading order; *kl 25* and *13.75* are none.

    *kl. 13.00* → 13:00; *18:30–20.15* → 18:30 to 20:15; *Granen 13:22* (a property) → nothing; *klockan 7
    på kvällen* → 19:00; *halv sju* → 06:30 or 18:30.
    """
    found = [*_in_figures(text), *_in_words(text)]
    return sorted(found, key=lambda one: one.start)


def _in_figures(text: str) -> list[FoundTime]:
    if not any(map(str.isdigit, text)):
        return []
    cued, ranged, single, before = _patterns()
    found: dict[int, FoundTime] = {}
    taken = bytearray(len(text))

    def note(match: re.Match[str], first: str | None, second: str | None, end: int) -> None:
        if first and 1 not in taken[match.start() : end]:
            taken[match.start() : end] = b"\1" * (end - match.start())
            found[match.start()] = FoundTime(match.start(), end, first, second)

    for match in cued.finditer(text):
        if match[0].startswith("KL") and not match["m1"]:
            continue  # the short form of kommunallagen
        second = _clock(match["h2"], match["m2"]) if match["more"] else None
        end = match.end() if second or not match["more"] else match.start("more")
        half = None if second else _half_day().match(text, end)
        hours = int(match["h1"]) + (_hours_added(half["half"]) if half and int(match["h1"]) < _NOON else 0)
        note(match, _clock(str(hours), match["m1"]), second, half.end() if half else end)
    for match in ranged.finditer(text):
        second = _clock(match["h2"], match["m2"])
        if second and not _name_before(text, match.start()):
            note(match, _clock(match["h1"], match["m1"]), second, match.end())
    for match in single.finditer(text):
        if before.search(text[max(0, match.start() - 40) : match.start()]):
            note(match, _clock(match["h1"], match["m1"]), None, match.end())
    return [found[start] for start in sorted(found)]


def _clock(hour: str, minute: str | None) -> str | None:
    hours, minutes = int(hour), int(minute or 0)
    return f"{hours:02}:{minutes:02}" if hours < 24 or (hours, minutes) == (24, 0) else None


@cache
def _half_day() -> re.Pattern[str]:
    return re.compile(rf"\s(?P<half>{_words('half_day')})(?!\w)", re.IGNORECASE)


def _hours_added(half: str) -> int:
    return int(_value("half_day", half))


def _value(kind: str, written: str) -> str:
    """The value of the row that a wording fits; it must fit one."""
    rows = (row for row in read_rows("models.tables", "time_words") if row["kind"] == kind)
    return next(row["value"] for row in rows if re.fullmatch(row["pattern"], written, re.IGNORECASE))


@cache
def _in_words_pattern() -> re.Pattern[str]:
    clock = rf"(?:{_words('clock')})\s"
    return re.compile(
        rf"(?<!\w)(?:{clock}|(?<!\ben )(?:{clock})?(?P<spoken>{_words('spoken')})\s)"
        rf"(?P<hour>{_words('hour')})(?!\w)(?!\s(?:{_words('not_hour')}))",
        re.IGNORECASE,
    )


def _in_words(text: str) -> Iterator[FoundTime]:
    """*halv sju*, *kvart över sju*, *klockan sju*, with *på kvällen* or *på morgonen* if it is said."""
    for match in _in_words_pattern().finditer(text):
        hour, spoken = int(_value("hour", match["hour"])), match["spoken"]
        minutes = (hour * 60 + (int(_value("spoken", spoken)) if spoken else 0)) % _HALF_A_DAY
        half = _half_day().match(text, match.end())
        end = half.end() if half else match.end()
        if half:
            yield FoundTime(match.start(), end, _from_minutes(minutes + 60 * _hours_added(half["half"])))
        else:
            yield FoundTime(match.start(), end, _from_minutes(minutes), None, _from_minutes(minutes + _HALF_A_DAY))


def _from_minutes(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _name_before(text: str, start: int) -> bool:
    """Whether a word with a capital stands before, as in a property name: *Granen 10:15–11:20*."""
    match = re.search(r"(\w+) $", text[max(0, start - 30) : start])
    return match is not None and match[1][0].isupper() and ":" in text[start : start + 3] and not _known(match[1])


def _known(word: str) -> bool:
    return re.fullmatch(rf"{_words('before')}", word, re.IGNORECASE) is not None
