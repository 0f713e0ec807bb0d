"""The meetings that minutes announce: *Nästa möte: torsdag 18 december kl. 19*, lists of meeting days.

A day without a year lies after the meeting whose minutes these are. A weekday alone (*Nästa möte
onsdag 12.15*) is the first such day after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from corpus.headings import is_part
from corpus.tables import read_rows
from models.dates import FoundDate, find_dates
from models.registers.lines import unmarked
from models.registers.minutes import Minutes, Sentence
from models.registers.records import Meeting, NextMeeting, Proof
from models.times import FoundTime, find_times

_CLOCK = re.compile(r"(?<![\d.:/-])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d/-]|[.:]\d)")
_WEEKDAY = re.compile(r"\b(mån|tis|ons|tors|fre|lör|sön)dag(?:en)?s?\b", re.IGNORECASE)
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_PLACE = re.compile(r"[\s,;(–—-]*\b((?:i|på|hos|vid)\s(?!samband|anslutning)[^.;\n()]*)", re.IGNORECASE)
_NAMED_PLACE = re.compile(r"\s*,\s*([A-ZÅÄÖ][\w-]*(?: [\w-]+){0,4})(?=\s*(?:[.;\n(]|$))")
_PLACE_BEFORE = re.compile(r"\b((?:i|på|hos|vid)\s[A-ZÅÄÖ][\w-]*(?: [\w-]+){0,3}?)(?:,| +den)? *\Z")
_BEFORE_OF_LIST = re.compile(r"[,;\n]|\boch\b|\bsamt\b|\s{3,}")
_SHORTEST_BODY = 3  # letters: *års-*, *vår-* and *höst-* are kinds of meetings
_YEAR = re.compile(r"\b20\d\d\b")
_LOOSE_END = re.compile(r"(?:[\s,]+(?:och|samt|kl\.?|klockan))+$")
_OPENS = re.compile(
    r"\W*(?:(?:nästa|kommande)\s+\w*(?:möte|sammanträde)\w*\W*)?"
    r"(?:(?:på|nästa|är|hålls|blir|fortfarande|som vanligt)\s+)*",
    re.IGNORECASE,
)
_PAST_FORM = re.compile(r"\b(?:hölls|höll|ägde rum|var|förra|föregående|senaste)\b[^.]{0,40}$", re.IGNORECASE)
_BEGINS_WITH_DAY = re.compile(
    r"\W*(?:(?:mån?|tis?|ons?|tors?|fre?|lör?|sön?)(?:dag(?:en)?)?\.?\s+)?(?:den\s+)?\d{1,4}(?:[/-]\d|\s+[a-zåäö]{3})",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:senast|före|innan|t\.?o\.?m\.?|deadline)\b[^,.;]{0,15}$", re.IGNORECASE)
_BODY_NAME = re.compile(
    r"\b((?:[A-ZÅÄÖ][\w-]*(?:forum|råd|nätverk|grupp|nämnd|styrelse|delegation)(?:et|en)?)(?: (?:med|för) [\w-]+)?)"
)


@dataclass(frozen=True, slots=True)
class _Announced:
    """A text in which days are those of coming meetings, from ``start`` on."""

    text: str
    start: int
    body: str | None
    sentence: Sentence
    listed: bool
    year: int | None = None
    outer: bool = False  # under a part (*Beslut*) of the point that the heading is of


@cache
def _patterns(where: str) -> tuple[re.Pattern[str], ...]:
    rows = read_rows("models.registers.tables", "next_meetings")
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in rows if row["where"] == where)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("models.registers.tables", "meeting_forms")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["form"]) for row in rows)


def find_next_meetings(minutes: Minutes, meeting: Meeting | None) -> list[NextMeeting]:
    """The announced meetings in reading order, each day and hour once.

    ``meeting`` gives the year where none is written, and the body where no other is named; without
    one (plans, reports) nothing is found.
    """
    if meeting is None or not meeting.date or len(meeting.date) < len("2031-01-01"):
        return []
    day = date.fromisoformat(meeting.date)
    found: list[NextMeeting] = []
    for one in _announced(minutes):
        for new in _meetings(minutes, one, meeting, day):
            same = next((old for old in found if old.date == new.date and _same_body(old, new)), None)
            if same is None:
                found.append(new)
            elif not same.time and new.time:
                found[found.index(same)] = replace(new, place=new.place or same.place)
    return found


def _same_body(old: NextMeeting, new: NextMeeting) -> bool:
    return old.body == new.body or old.time is None or new.time is None or old.time == new.time


def _announced(minutes: Minutes) -> Iterator[_Announced]:
    listing = -1  # the section in which a plan of meetings goes on: *Följande mötesplan beslutades:*
    planned: int | None = None
    for sentence in minutes.sentences:
        text = unmarked(minutes.words(sentence))
        section = minutes.section(sentence.section)
        if any(pattern.search(text) for pattern in _patterns("plan")):
            listing, planned = sentence.section, _only_year(text)
        elif listing != sentence.section or not _BEGINS_WITH_DAY.match(text):
            listing = -1
        headings = [one.heading for one in minutes.above(sentence.section)]
        match = next((m for p in _patterns("sentence") for m in [p.search(text)] if m), None)
        if match:
            yield _Announced(text, match.start(), _named_body(match), sentence, False)
            continue
        headed = next((m for p in _patterns("heading") for heading in headings for m in [p.search(heading)] if m), None)
        if headed and (text != section.heading or find_dates(text, date(2000, 1, 1)) or _WEEKDAY.search(text)):
            year = _only_year(headed.string)
            yield _Announced(
                text,
                0,
                _named_body(headed),
                sentence,
                True,
                year,
                headed.string != section.heading and is_part(section.heading),
            )
        elif listing == sentence.section:
            yield _Announced(text, 0, None, sentence, True, planned)


def _only_year(text: str) -> int | None:
    years = _YEAR.findall(text)
    return int(years[0]) if len(years) == 1 else None


def _named_body(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    name = groups.get("whole") or groups.get("body")
    return name if name and len(name) > _SHORTEST_BODY else None


def _meetings(minutes: Minutes, one: _Announced, meeting: Meeting, day: date) -> Iterator[NextMeeting]:
    found = [at for at in find_dates(one.text, day) if at.precision == "day" and at.start_date == at.end_date]
    days = [
        (at, iso)
        for at in found
        if (iso := _coming(at, day, one.year)) and at.start >= one.start - 60 and not _elsewhen(one, at)
    ]
    if one.outer and len(days) < 2:
        return  # running text of the matter: election days, days of other bodies
    weeks = next((k for k in (1, 2) for p in _patterns(f"week{k}") if p.search(one.text)), 0)
    if not days and not found and weeks:
        when = FoundDate(one.start, one.start, "", "", "day", True)
        days = [(when, (day + timedelta(weeks=weeks)).isoformat())]
    if not days:
        weekday = _WEEKDAY.match(one.text, _opening_end(one))
        if not weekday or found:
            return
        ahead = (_WEEKDAYS.index(weekday[1].casefold()) - day.weekday() - 1) % 7 + 1
        when = FoundDate(weekday.start(), weekday.end(), "", "", "day", True)
        days = [(when, (day + timedelta(ahead)).isoformat())]
    if not one.listed and len(days) > 1:  # of several in a sentence those of a list, not of other matters
        days = [pair for k, pair in enumerate(days) if k == 0 or _goes_on(one.text, days[k - 1][0], pair[0])]
    body = _body(one, meeting)
    for k, (at, iso) in enumerate(days):
        end = days[k + 1][0].start if k + 1 < len(days) else len(one.text)
        begin = at.start if len(days) > 1 else 0
        time, after = _time(one.text, begin, at, end)
        place = _place(one, days[k - 1][0].end if k else 0, at, max(at.end, after), end)
        yield NextMeeting(
            body=body,
            date=iso,
            time=time,
            place=place,
            form=next((form for pattern, form in _forms() if pattern.search(one.text)), None),
            proof=_proof(minutes, one, at) if len(days) > 1 else one.sentence.proof,
        )


def _coming(at: FoundDate, day: date, headed: int | None) -> str | None:
    """The day in ISO, in the year of the heading or the coming one where the text has none; None if it is past."""
    if at.inferred_year and headed and headed >= day.year:
        stated = f"{headed}{at.start_date[4:]}"
        return stated if stated > day.isoformat() else None
    if at.start_date > day.isoformat():
        return at.start_date
    if not at.inferred_year:
        return None
    year, rest = at.start_date.split("-", 1)
    later = f"{int(year) + 1}-{rest}"
    return later if later > day.isoformat() and int(year) <= day.year else None


def _place(one: _Announced, begin: int, at: FoundDate, after: int, end: int) -> str | None:
    """Where it is: *… kl. 19 hos Asta*, *… kl. 19, Folkets hus*, *… i Granvik den 3 maj*."""
    match = _PLACE.match(one.text, after) or _NAMED_PLACE.match(one.text, after)
    if match:
        written = match[1][: max(0, end - match.start(1))]
    else:
        before = _PLACE_BEFORE.search(one.text[begin : at.start])
        written = before[1] if before else ""
    return _LOOSE_END.sub("", " ".join(written.split())).strip(" ,") or None


def _opening_end(one: _Announced) -> int:
    match = _OPENS.match(one.text, one.start)
    return match.end() if match else one.start


def _elsewhen(one: _Announced, at: FoundDate) -> bool:
    before = one.text[max(0, at.start - 50) : at.start]
    return _DEADLINE.search(before) is not None or _PAST_FORM.search(before) is not None


def _goes_on(text: str, first: FoundDate, second: FoundDate) -> bool:
    gap = text[first.end : second.start]
    return len(gap) < 60 and "." not in gap.strip(". ") and _BEFORE_OF_LIST.search(gap) is not None


def _time(text: str, start: int, at: FoundDate, end: int) -> tuple[str | None, int]:
    """The hours that stand with a day (``12:00-13:00`` for a range), and where they end."""
    times: Sequence[FoundTime] = [one for one in find_times(text) if start <= one.start < end]
    if times:
        one = times[0]
        return f"{one.start_time}-{one.end_time}" if one.end_time else one.start_time, one.end
    for match in _CLOCK.finditer(text, start, end):
        if match.end() <= at.start or match.start() >= at.end:
            return f"{int(match[1]):02}:{match[2]}", match.end()
    return None, 0


def _proof(minutes: Minutes, one: _Announced, at: FoundDate) -> Proof:
    """The line of a list that a day stands on."""
    raw = minutes.words(one.sentence)
    found = raw.find(one.text[at.start : at.end])
    if found < 0:
        return one.sentence.proof
    first = raw.rfind("\n", 0, found) + 1
    last = raw.find("\n", found)
    return replace(
        one.sentence.proof,
        start=one.sentence.start + first,
        end=one.sentence.start + (last if last >= 0 else len(raw)),
    )


def _is_own(name: str, own: str) -> bool:
    """Whether a name is that of the body that met: *styrelse* of a *styrelsemöte*, *nämnden* of *Valnämnden*."""
    stem = name.removesuffix("en").removesuffix("et")
    return re.search(rf"\b{re.escape(name)}s?\s?(?:möte|sammanträde)", own) is not None or (
        stem != name and re.search(rf"{re.escape(stem)}(?:en|et)?s?(?!\w)", own) is not None
    )


def _body(one: _Announced, meeting: Meeting) -> str | None:
    """The body that is named, with its own word; else that of the meeting."""
    own = f"{meeting.title} {meeting.body}".casefold()
    here = next((m for p in _patterns("listed") for m in [p.search(one.text)] if m), None) if one.listed else None
    name = (_named_body(here) if here else None) or one.body
    if name and not _is_own(name.casefold(), own):
        return name
    named = _BODY_NAME.search(one.text)
    if named and meeting.body and named[1].casefold() not in meeting.body.casefold():
        return named[1]
    return meeting.body
