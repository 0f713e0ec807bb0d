"""Offices (*kassör*, *vice ordförande*, *ersättare*) in questions and in what the registers say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.tables import read_rows
from engine.questions.turns import says
from models.swedish import normal_form

# The offices of a meeting alone, by the part of its head that says who has them.
MEETING_OFFICES = {"chair": "ordförande", "secretary": "sekreterare", "adjusters": "justerare"}
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*")


def offices_of(question: str) -> frozenset[str]:
    """The offices that a question asks for, one form for each; *ersättare för revisorn* is one, the first."""
    found: list[str] = []
    for office, match in _offices_in(question):
        if not found or says("beside", question[: match.start()]):
            found.append(office)
    described = None if found else described_office(question)
    return frozenset(found if described is None else [described[0]])


def holds_office(text: str, wanted: frozenset[str], *, for_meeting: bool = True) -> bool:
    """Whether a text names one of the wanted offices; without ``for_meeting`` one that is not of the meeting alone."""
    return any(
        _is_one_of(office, wanted)
        and (for_meeting or not (says("of_meeting", match[0]) or says("for_meeting", text[match.end() :])))
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
            yield ("vice " if says("vice", text[: match.start()]) else "") + office, match


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
