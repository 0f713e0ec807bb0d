"""Until when something is to be done: a date, the coming meeting, or words that no date can be told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from models.dates import FoundDate, find_dates
from models.registers.action_text import rows
from models.registers.records import NextMeeting

_BROAD = {"month": 7, "part_of_month": 7, "quarter": 7, "year": 4}  # characters of the ISO date that are told
_AFTER_LEAD = re.compile(r"\W*(?:\w+dag(?:en)?\s+)?(?:den\s+)?", re.IGNORECASE)
_GENERAL = {"möte", "mötet", "möten", "gång", "gången", "träff", "träffen", "sammanträde", "sammanträdet"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """``iso``: a day, a month or a year, None where it cannot be told; ``text`` as written."""

    iso: str | None
    text: str


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{row['pattern']})", re.IGNORECASE)
                 for row in rows("deadline_wordings") if row["kind"] == kind)  # fmt: skip


def find_deadline(
    text: str, day: date | None, next_meetings: Sequence[NextMeeting] = (), *, bare: bool = False
) -> Deadline | None:
    """The deadline in the words of a commission; dates without a year are those nearest to the meeting of ``day``.

    *till nästa styrelsemöte* is the day of the next meeting whose body is a styrelse, or of the only one.
    ``bare``: in an entry of a list a day is a deadline without a word before it (*Städdag 13/9*).
    """
    found = [one for one in (_dated(text, day), _meeting(text, next_meetings, day), _worded(text)) if one]
    if bare and not any(one.iso for one in found):
        for one in find_dates(text, day):
            if one.precision in ("day", "week") and (day is None or one.end_date >= day.isoformat()):
                return Deadline(_iso(one), text[one.start : one.end])
    return found[0] if found else None


def _dated(text: str, day: date | None) -> Deadline | None:
    best: tuple[int, Deadline] | None = None
    for one in find_dates(text, day):
        lead = _lead(text, one) or _relative(text, one)
        if lead is None or (day is not None and one.end_date < day.isoformat()):
            continue
        rank = 0 if lead[1].startswith(("senast", "allra senast", "deadline", "klar")) else 1
        if best is None or rank < best[0]:
            best = rank, Deadline(_iso(one), text[lead[0] : one.end].strip())
    return best[1] if best else None


def _lead(text: str, one: FoundDate) -> tuple[int, str] | None:
    """Where the words of a deadline before a date begin, and the words; a year needs its part: *i början av 2031*."""
    before = text[max(0, one.start - 30) : one.start]
    offset = max(0, one.start - 30)
    for pattern in _patterns("lead"):
        for match in pattern.finditer(before):
            if _AFTER_LEAD.fullmatch(before[match.end() :]):
                words = match[0].lower()
                if one.precision == "year" and not words.startswith(("senast", "i ", "före", "innan")):
                    continue
                return offset + match.start(), words
    return None


def _relative(text: str, one: FoundDate) -> tuple[int, str] | None:
    """*i morgon*, *nästa fredag*: such a day needs no word before it."""
    words = text[one.start : one.end].lower()
    return (one.start, words) if one.precision == "day" and not re.search(r"\d", words) else None


def _iso(one: FoundDate) -> str | None:
    if one.precision == "season":
        return None
    if one.precision in _BROAD:
        return one.end_date[: _BROAD[one.precision]]
    return one.start_date if one.precision == "day" else one.end_date


def _meeting(text: str, meetings: Sequence[NextMeeting], day: date | None) -> Deadline | None:
    for pattern in _patterns("next_meeting"):
        if match := pattern.search(text):
            return Deadline(_day_of(match["meeting"], meetings, day), match[0])
    return None


def _day_of(written: str, meetings: Sequence[NextMeeting], day: date | None) -> str | None:
    dated = [one for one in meetings if one.date and (day is None or one.date > day.isoformat())]
    words = re.sub(r"[\s-]+", "", written.lower().removeprefix("nästa "))
    stem = re.sub(r"(s?möte[tn]?|s?sammanträdet?|träff(en)?|gång(en)?)$", "", words)
    if stem and words not in _GENERAL:
        named = [one for one in dated if _names(one.body, stem)]
        exact = [one for one in named if _plain(one.body).startswith(stem)]
        dated = exact or named
    bodies = {one.body for one in dated}
    if not dated or (len(bodies) > 1 and words in _GENERAL):
        return None
    return min(one.date for one in dated if one.date)


def _plain(body: str | None) -> str:
    return re.sub(r"[\s-]+", "", (body or "").lower())


def _names(body: str | None, stem: str) -> bool:
    return stem in _plain(body)


def _worded(text: str) -> Deadline | None:
    for pattern in _patterns("text"):
        if match := pattern.search(text):
            return Deadline(None, match[0])
    return None
