"""What a question is about: its language, the kind of answer that it asks for, its words."""

from __future__ import annotations

import re
from functools import cache

from corpus.dates import dates_in
from corpus.tables import read_rows
from engine.hits import Language
from models.swedish import stopwords, words

_MONTH = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    r"jan|feb|apr|jun|jul|aug|sep|sept|okt|nov|dec|january|february|march|may|june|july|august|october)"
)
_DAY = rf"\d{{4}}-\d\d-\d\d|(?<!\d)\d{{1,2}}\s*/\s*\d{{1,2}}(?!\d)|\b\d{{1,2}}(?:[:]?[ea])?\s+{_MONTH}\b"
_CLOCK = r"\bkl\.?\s*\d{1,2}|\bklockan\s\d|(?<!\d)\d{1,2}[.:]\d\d(?!\d)"
_NUMBER_WORD = (
    r"\b(?:ett|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|inga|ingen|samtliga|tva|one|two|three|four|five)\b"
)
# What a text must hold, beside the words of the question itself, to answer a question of a kind.
_EVIDENCE = {
    "day": rf"{_DAY}|\b(?:mitten|början|slutet) av {_MONTH}|\b{_MONTH}\s+\d{{4}}",
    "clock": _CLOCK,
    "date": rf"{_DAY}|{_CLOCK}|\b(?:19|20)\d\d\b|\b{_MONTH}\b|\bv(?:ecka|\.)?\s?\d{{1,2}}\b|\b(?:mån|tis|ons|tors|fre|lör|sön)dag"
    r"|\b(?:ett|två|tre|\d) (?:år|månader|veckor)\b|\b(?:våren|sommaren|hösten|vintern|årsskiftet|nästa)\b",
    "amount": r"\d[\d \u00a0.,]*\s*(?:kr|kronor|:-|mkr|tkr|msek|miljon|miljard|euro|öre|procent|%)"
    r"|(?<![\d-])(?!(?:19|20)\d\d\b)\d{3,}(?![\d-])",
    "number": rf"(?<![\d-])(?!(?:19|20)\d\d\b)\d|{_NUMBER_WORD}",
    "reference": r"\d{2,}",
    "name": r"[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+|(?<=[a-zåäö,:;(@*/–-] )[*@(]?[A-ZÅÄÖ][a-zåäöéü]+|@\w+|\b[A-ZÅÄÖ]{2,5}\b|\n\s*[-*]?\s*[A-ZÅÄÖ][a-zé]+"
    r"|\b\w+(?:nämnden|styrelsen|utskottet|kontoret|förvaltningen|avdelningen|enheten|gruppen|grupp|ledningen|verket|"
    r"kommunen|kommuner|regionen|rådet|föreningen|mötet|styrgruppen)\b",
    "reason": r"\b(?:eftersom|därför|då|för att|på grund av|p\.?g\.?a|orsak\w*|anledning\w*|beror|berodde|grund\w*|"
    r"i syfte|medför\w*|innebär\w*|så att|because|since)\b",
}
_CAPITAL_OR_DIGIT = re.compile(r"\b(?:[A-ZÅÄÖ]\w+|\d+)\b")
_FLAGS = {kind: 0 if kind == "name" else re.IGNORECASE for kind in _EVIDENCE}


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("engine.tables", "questions")
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["kind"]) for row in rows)


def answer_kind(question: str) -> str:
    """What is asked for: day, clock, date, amount, number, reference, name, place, reason, yes_no or statement."""
    text = question.strip().lstrip("\"'”»")
    for pattern, kind in _kinds():
        if pattern.match(text):
            return kind
    for pattern, kind in _kinds():
        if kind != "yes_no" and pattern.search(text):
            return kind
    return "statement"


def language(question: str) -> Language:
    """Swedish unless more of the words are English ones that say nothing of a topic."""
    counts = {"sv": 0, "en": 0}
    known = _function_words()
    for word in words(question):
        for name in known.get(word, ()):
            counts[name] += 1
    return "en" if counts["en"] > counts["sv"] else "sv"


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for row in read_rows("models.tables", "stopwords"):
        known[row["word"]] = (*known.get(row["word"], ()), row["language"])
    return known


def content_words(question: str) -> list[str]:
    """The words that say something of the topic; all words where none of them does.

    A date that is written out (*den 5 oktober 2031*) also gives its ISO form, which is what the
    indexes know the document by.
    """
    every = words(question)
    telling = [word for word in every if word not in stopwords()]
    return [*(telling or every), *(found.iso for found in dates_in(question))]


@cache
def _evidence(kind: str) -> re.Pattern[str] | None:
    return re.compile(_EVIDENCE[kind], _FLAGS[kind]) if kind in _EVIDENCE else None


def holds_kind(text: str, kind: str, question: str = "") -> bool:
    """Whether ``text`` holds something of the kind that is asked for and that the question does not say.

    *Hur många kronor kostade bron?* is not answered by *Bron blev dyrare.*, and *Vem var Eva Ek?*
    not by *Eva Ek.* True for kinds without a form of their own (statements, yes or no).
    """
    pattern = _evidence(kind)
    if pattern is None:
        return True
    said = {word for word in _CAPITAL_OR_DIGIT.findall(question)}
    rest = _CAPITAL_OR_DIGIT.sub(lambda m: "·" if m[0] in said else m[0], text)
    return pattern.search(rest) is not None
