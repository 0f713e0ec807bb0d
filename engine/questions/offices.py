"""Offices (*kassör*, *vice ordförande*, *ersättare*) in questions and in what the registers say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.tables import read_rows
from models.swedish import normal_form

# The offices of a meeting alone, by the part of its head that says who has them.
MEETING_OFFICES = {"chair": "ordförande", "secretary": "sekreterare", "adjusters": "justerare"}
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*")
_VICE = re.compile(r"(?i)\b(?:vice|v|bitr|biträdande|andre|2:e|deputy)\b\.?\s*$")
_BESIDE = re.compile(r"(?i)(?:,|\b(?:och|eller|samt|and|or)) *$")
# What makes an office one of the meeting alone: *mötesordförande*, *ordförande för mötet*.
_OF_MEETING = re.compile(r"(?i)mötes|års?mötes|stämmo|sammanträdes|protokoll")
_FOR_MEETING = re.compile(
    r"(?i)\s*(?:för|vid|på|under|of|for) (?:dagens |detta |the )?(?:\w*möte|\w*stämma|sammanträde|meeting)"
)


def offices_of(question: str) -> frozenset[str]:
    """The offices that a question asks for, one form for each; *ersättare för revisorn* is one, the first."""
    found: list[str] = []
    for office, match in _offices_in(question):
        if not found or _BESIDE.search(question[: match.start()]):
            found.append(office)
    described = None if found else described_office(question)
    return frozenset(found if described is None else [described[0]])


def holds_office(text: str, wanted: frozenset[str], *, for_meeting: bool = True) -> bool:
    """Whether a text names one of the wanted offices; without ``for_meeting`` one that is not of the meeting alone."""
    return any(
        _is_one_of(office, wanted)
        and (for_meeting or not (_OF_MEETING.match(match[0]) or _FOR_MEETING.match(text, match.end())))
        for office, match in _offices_in(text)
    )


def _is_one_of(office: str, wanted: frozenset[str]) -> bool:
    """Whether an office is one of the wanted ones: a *förvaltningschef* is a *chef*, a *vice ordförande* no chair."""
    if office in wanted:
        return True
    listed = {known for _, known in _rows("office")}
    return not office.startswith("vice ") and any(office.endswith(one) for one in wanted if one not in listed)


def question_says(kind: str, question: str) -> bool:
    """Whether a question says what a kind of the table tells: *body*, *meeting*, *replaced*."""
    return any(pattern.search(question) for pattern, _ in _rows(kind))


def described_office(question: str) -> tuple[str, str] | None:
    """The office that a question tells by what its holder does (*sköter kassan*), and the words that tell it."""
    for pattern, office in _rows("described"):
        if match := pattern.search(question):
            return office, match[0]
    return None


def offices_in(text: str) -> list[str]:
    """All offices that a text names, in its order."""
    return [office for office, _ in _offices_in(text)]


def _offices_in(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _WORD.finditer(text):
        office = _office(match[0].lower())
        if office is not None:
            yield ("vice " if _VICE.search(text[: match.start()]) else "") + office, match


@cache
def _office(word: str) -> str | None:
    known = next((office for pattern, office in _rows("office") if pattern.fullmatch(word)), None)
    if known is None and _role().fullmatch(word.rpartition("-")[2]):  # *VA-chef*
        return normal_form(word)
    return known


@cache
def _role() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_rows("models.tables", "roles")), re.IGNORECASE)


@cache
def _rows(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("engine.tables", "offices")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["office"]) for row in rows if row["kind"] == kind)
