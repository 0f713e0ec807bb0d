"""Times in a follow-up: a month that is named without its year, and a question without its times."""

from __future__ import annotations

import re
from functools import cache

from corpus.dates import dates_in
from corpus.tables import table

_MEETING = r"(?:mötet|möte|sammanträdet|sammanträde|meeting)"
_MEETING_LEFT = re.compile(rf"(?i)\b(?:på|vid|under|at|in)\s+(?:the\s+)?{_MEETING}\s*(?:den|on|i|in)?\s*(?=[?.!]*$)")
_SMALL_LEFT = re.compile(r"(?i)\s+(?:den|on|i|in|the)\s*(?=[?.!]*$)")
_YEAR = re.compile(r"(?:(?:år|under|in|during|for|för) )?(?:19|20)\d\d")
_YEAR_LEFT = re.compile(r"(?i)\s(?:(?:år|under|in|during)\s)?(?:19|20)\d\d\s*(?=[?.!]*$)")


@cache
def months() -> dict[str, int]:
    """The names of the months, with their numbers."""
    return {row["name"]: int(row["month"]) for row in table("months") if len(row["name"]) > 2}


def month_in(line: str) -> tuple[str, int] | None:
    """A month that is named, where the date in numbers is not."""
    for word in re.findall(r"\w+", line.lower()):
        if word in months() and word != "may":  # an English verb too
            return word, months()[word]
    return None


def is_year(text: str) -> bool:
    """Whether a text is a year and no more: *2031*, *år 2031*."""
    return _YEAR.fullmatch(text.strip(" ?.!")) is not None


def without_times(question: str, *, years: bool = False) -> str:
    """A question without the phrases that say when or at which meeting: *på mötet den 12 mars 2031*.

    ``years``: without a year at its end, too.
    """
    for found in reversed(list(dates_in(question))):
        question = question[: found.start] + question[found.end :]
    names = "|".join(months())
    question = re.sub(rf"(?i)\b(?:i|in|den|the|on)?\s*(?:{names})\b(?:\s+\d{{4}}\b)?", " ", question)
    question = _MEETING_LEFT.sub(" ", question)
    if years:
        question = _YEAR_LEFT.sub("", question)
    return " ".join(_SMALL_LEFT.sub(" ", question).split())
