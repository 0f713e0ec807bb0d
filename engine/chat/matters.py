"""What a question is about, in its own words: *se över avgifterna*, and of it the thing, *avgifterna*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.tables import read_rows
from engine.chat.words import is_word
from engine.questions.names import is_meeting_word, limit_pattern
from engine.questions.patterns import Range
from engine.questions.relations import relation_of
from engine.questions.wording import asked_for
from models.swedish import stopwords

_WORD = re.compile(r"[^\s?!.,:;\"”»]+(?:[.:,]\d+)*")
_FINITE_PASSIVE = re.compile(r"^[a-zåäö]{3,}[dt]es$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_ASKED = 3  # words: *vilket datum* alone is no matter
_PLURAL = re.compile(r"(?:arna|orna|erna)$")


@dataclass(frozen=True, slots=True)
class Matter:
    """Words of a question: ``text`` is what it is about, the range that of the thing, with its article."""

    text: str
    start: int
    end: int


@cache
def _infinitives() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("engine.tables", "infinitives"))


def is_telling(word: str) -> bool:
    """Whether a word says something of a matter: no small word, no word for a meeting."""
    low = word.lower()
    return not (
        _YEAR.fullmatch(low) or low in stopwords() or limit_pattern("small").fullmatch(low) or is_meeting_word(low)
    )


def matter_of(question: str, places: Sequence[Range] = ()) -> Matter | None:
    """The matter of a question; None where it has none. ``places``: what is no part of it, such as a body's name."""
    asked = asked_for(question)
    relation = relation_of(question, asked.wanted)  # type: ignore[arg-type]
    gone = [*asked.said, *places, *(() if relation is None else relation.said)]
    words = list(_WORD.finditer(question))
    left = [not any(start < word.end() and word.start() < end for start, end in gone) for word in words]
    verbs = [number for number in range(len(words)) if left[number] and _is_verb(words, number)]
    telling = [n for n, word in enumerate(words) if left[n] and (is_telling(word[0]) or n in verbs)]
    if all(_is_passive(words[n][0]) for n in telling):  # none, or no more than *fördelas*
        return _asked_itself(words, asked.start, asked.end)
    last = telling[-1]
    if _is_passive(words[last][0]) and last + 1 < len(words) and is_word("particle", words[last + 1][0]):
        last += 1  # *sättas upp*
    begins = _with_articles(words, telling[0])
    kept = [words[n][0] for n in range(begins, last + 1) if left[n] or n < telling[0]]
    first = telling[-1]
    while first > telling[0] and left[first - 1]:
        first -= 1
    start, end = _thing(words, verbs, first, telling[-1])
    if start > begins and is_word("about", words[start - 1][0]) and not any(n < start for n in verbs):
        kept = [word[0] for word in words[start : last + 1]]  # *(vad sa Siri) om bron*
    return Matter(" ".join(kept), words[start].start(), words[end].end())


def _asked_itself(words: list[re.Match[str]], start: int, end: int) -> Matter | None:
    """The last word that says what is asked for, where it is a matter too: *Hur hög är hyran?*."""
    inside = [word for word in words if start <= word.start() and word.end() <= end]
    if len(inside) < _LEAST_ASKED or not is_telling(inside[-1][0]):
        return None
    return Matter(inside[-1][0], inside[-1].start(), inside[-1].end())


def _thing(words: list[re.Match[str]], verbs: list[int], first: int, last: int) -> tuple[int, int]:
    """Of a run of words those that name a thing: without a verb before it, *om*, or a passive after it."""
    while last > first and _is_passive(words[last][0]):
        last -= 1
    for number in range(last - 1, first - 2, -1):
        if number >= 0 and is_word("about", words[number][0]):
            return _with_articles(words, number + 1), last
    for number in range(last - 1, first - 1, -1):
        if number > 0 and is_word("verb_with", words[number - 1][0]) and is_word("lead", words[number][0]):
            return number + 1, last
    while first < last and _is_finite(words, first):
        first += 1
    inside = [number for number in verbs if first <= number < last]
    if inside:
        first = inside[-1] + 1
        while first < last and is_word("particle", words[first][0]):
            first += 1
    return _with_articles(words, first), last


def _with_articles(words: list[re.Match[str]], first: int) -> int:
    while first > 0 and is_word("article", words[first - 1][0]):
        first -= 1
    return first


def _is_verb(words: list[re.Match[str]], number: int) -> bool:
    """Whether a word is an infinitive by its form and by a word that it follows on: *att se*, *ska kansliet skicka*."""
    word = words[number][0]
    before = [one[0].lower() for one in words[max(0, number - 4) : number]]
    if not before or not word.islower():
        return False
    if before[-1] == "to" or words[number].string[words[number - 1].end()] == ":":  # *När: ta fram en plan*
        return True
    formed = word in _infinitives() or (len(word) > 2 and word.endswith("a") and not _PLURAL.search(word))
    led = before if word.endswith("a") else before[-1:]
    return formed and any(is_word("before_verb", one) for one in led)


def _is_finite(words: list[re.Match[str]], number: int) -> bool:
    """Whether a word is the verb of a question: right after *vem*, or a passive (*höjdes avgiften*)."""
    word = words[number][0]
    return _FINITE_PASSIVE.search(word) is not None or (number > 0 and words[number - 1][0].lower() in ("vem", "who"))


def _is_passive(word: str) -> bool:
    return word.islower() and len(word) > 4 and word.endswith(("as", "ats", "ades", "tes"))
