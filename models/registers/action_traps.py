"""What looks like a commission and is none: negations, proposals, conditions, old and finished ones."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from corpus.headings import plain
from corpus.tables import read_rows
from models.dates import find_dates
from models.registers.action_text import rows, tells_done
from models.registers.minutes import Minutes
from models.registers.wordings import Found

Part = Literal["own", "forwarded", "old", "proposal", "none"]
_RECENT = 21  # days before the meeting in which a commission was most likely given by it or since the last one
_YEAR = re.compile(r"(?<![\w/-])((?:19|20)\d\d)(?![\w/-])")
_JOINS = re.compile(r"[;:,(.?!–—]|\b(?:och|men|så|samt)\b")
_DECIDED_THEN = re.compile(r"\b(?:beslutade|beslöt|bestämde)\b", re.IGNORECASE)
_DECIDED = re.compile(r"\b(?:besl[uö]t(?!a\b)|ena[ds]|bestäm|fastställ|överenskom)\w*", re.IGNORECASE)


@cache
def _parts() -> tuple[tuple[Part, bool, re.Pattern[str]], ...]:
    """Kind, whether it may be a numbered point, and pattern."""
    kinds: dict[str, Part] = {
        "forwarded": "forwarded",
        "proposal": "proposal",
        "none": "none",
        "old": "old",
        "previous": "old",
    }
    return tuple(
        (kinds[row["kind"]], row["kind"] == "previous", re.compile(row["pattern"], re.IGNORECASE))
        for row in rows("action_parts")
    )


@cache
def _decided_part() -> re.Pattern[str]:
    pattern = next(row["pattern"] for row in read_rows("corpus.tables", "parts") if row["example"] == "Överenskommelse")
    return re.compile(rf"{pattern}|[\w ]+s beslut", re.IGNORECASE)


def part_of(minutes: Minutes, ordinal: int) -> Part:
    """What part of its point a section is, by its heading and those above it."""
    for section in minutes.above(ordinal):
        heading = plain(section.heading).strip(" :")
        if _decided_part().fullmatch(heading):
            return "own"
        for kind, numbered, pattern in _parts():
            if pattern.fullmatch(heading) and (section.number is None or numbered):
                return kind
    return "own"


def is_decided_part(minutes: Minutes, ordinal: int) -> bool:
    """Whether a section is the decision of its point, by its own heading."""
    return _decided_part().fullmatch(plain(minutes.section(ordinal).heading).strip(" :")) is not None


@cache
def _traps(where: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["reason"], re.compile(row["pattern"], re.IGNORECASE))
                 for row in rows("action_traps") if row["where"] == where)  # fmt: skip


def is_trap(text: str, one: Found, following: str, part: Part, day: date | None) -> bool:
    """Whether a wording in a sentence is no commission.

    ``following`` is the next sentence, ``part`` where it stands, ``day`` the day of the meeting.
    """
    past = one.tense != "present"
    then = _DECIDED_THEN.search(text[: one.start])
    if then and (part == "old" or _is_old(text[: one.start], day)):
        return True
    if part in ("proposal", "none") or (part == "old" and one.tense == "past") or text.rstrip(' )"').endswith("?"):
        return True
    if past and _is_old(text, day):
        return True
    before = text[: one.start]
    goes_on = re.match(r"(?:och|samt)\b", text[one.start :])  # *föreslår att avslå motionen och ge Eva i uppdrag …*
    if not goes_on and not before.rstrip().endswith("att"):
        before = _JOINS.split(before)[-1] if one.tense != "noun" else before
    for reason, pattern in _traps("before"):
        if (reason == "old" and not past) or (reason == "condition" and one.tense == "noun"):
            continue
        for match in pattern.finditer(before):
            if reason == "negation" or not _DECIDED.search(before, match.end()):
                return True
    inside = text[one.start : one.task_start]
    if past and (any(pattern.search(inside) for _, pattern in _traps("inside")) or _says_past_year(inside, day)):
        return True
    rest = text[one.task_start :]
    if past and any(pattern.search(rest) for reason, pattern in _traps("after") if reason == "finished"):
        return True
    if any(pattern.search(rest) for reason, pattern in _traps("after") if reason == "negation"):
        return True
    if one.wording == "plan" and any(pattern.search(rest) for reason, pattern in _traps("after") if reason == "habit"):
        return True
    return tells_done(following)


def _says_past_year(text: str, day: date | None) -> bool:
    """*fick 2028 i uppdrag*: a bare year between the words, which is no date by itself."""
    return day is not None and any(int(year) < day.year for year in _YEAR.findall(text))


def _is_old(text: str, day: date | None) -> bool:
    """Whether the sentence says a day or a year before the meeting: *fick 2019 i uppdrag*."""
    if day is None:
        return False
    for found in find_dates(text, day):
        if found.precision == "day" and (day - date.fromisoformat(found.end_date)).days > _RECENT:
            return True
        if found.precision != "day" and found.end_date < day.replace(month=1, day=1).isoformat():
            return True
    return False
