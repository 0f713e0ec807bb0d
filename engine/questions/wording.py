"""What a question is about: its language, the kind of answer that it asks for, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from corpus.dates import dates_in
from corpus.tables import read_rows, table
from engine.hits import Language
from engine.questions.patterns import Range, compiled, said
from models.swedish import stopwords, words

_REMEMBERED = 64  # questions: several parts of one search ask the same of one
_SHORT_FORM = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")
_CAPITAL_OR_DIGIT = re.compile(r"\b(?:[A-ZÅÄÖ]\w+|\d+)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, and the words that say it: characters ``start`` to ``end``, of them ``said``.

    ``wanted`` is one of ``engine.questions.understanding.Wanted``; ``kind`` what a text must hold to answer it.
    """

    wanted: str
    kind: str
    start: int
    end: int
    said: tuple[Range, ...] = ()


@cache
def _rows() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = read_rows("engine.tables", "questions")
    return tuple((compiled(row["pattern"]), row["wanted"], row["kind"]) for row in rows)


@lru_cache(_REMEMBERED)
def asked_for(question: str) -> Asked:
    """What is asked for, by the words at the beginning of the question, else by those anywhere in it."""
    start = len(question) - len(question.lstrip(" \t\n\"'”»"))
    for pattern, wanted, kind in _rows():
        if match := pattern.match(question, start):
            return Asked(wanted, kind, match.start(), match.end(), tuple(said(match)))
    for pattern, wanted, kind in _rows():
        if kind != "yes_no" and (match := pattern.search(question)):
            return Asked(wanted, kind, match.start(), match.end(), tuple(said(match)))
    return Asked("statement", "statement", start, start)


def answer_kind(question: str) -> str:
    """What an answer must hold: day, clock, date, amount, number, reference, name, place, reason, yes_no or statement.

    The kinds of ``evidence.tsv``, and what JSON calls ``kind``; what is asked for in finer words is
    ``engine.questions.understanding.Understood.wanted``, from the same row of the same table.
    """
    return asked_for(question).kind


def is_question(query: str) -> bool:
    """Whether a query asks something: it ends with a question mark or begins as a question of the table does."""
    asked = asked_for(query)
    begins = asked.end > asked.start and not query[: asked.start].strip(" \t\n\"'”»")
    return begins or query.rstrip(" \"'”»").endswith("?")


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


def is_keywords(query: str, most: int) -> bool:
    """Whether a query is no sentence but up to ``most`` words, or figures, that all say something of the topic."""
    for written, _ in figures_in(query):
        query = query.replace(written, "1", 1)
    every = words(query)
    return 0 < len(every) <= most and "?" not in query and not any(word in stopwords() for word in every)


def short_forms(question: str) -> list[str]:
    """The short forms in capitals (*KS*, *AU*) as they stand: the analysis knows what they are short for.

    None in a question that is written in capitals.
    """
    return [] if question.isupper() and " " in question else _SHORT_FORM.findall(question)


def has_figures(question: str) -> bool:
    """Whether a question may hold a date, an amount, a number or a short form: else those of a text meet nothing."""
    return any(c.isdigit() for c in question) or bool(short_forms(question))


@lru_cache(_REMEMBERED)
def figures_in(text: str, day: date | None = None) -> tuple[tuple[str, frozenset[str]], ...]:
    """Dates, times, amounts and reference numbers as they stand, each with its terms in any spelling.

    As single words (*9*, *6*) they would be lost. ``day``: that of the text, for dates without a year.
    """
    if not any(c.isdigit() for c in text):
        return ()
    from models.normal_terms import find_terms  # its patterns take a tenth of a second to compile

    found = [(text[one.start : one.end], frozenset(one.terms)) for one in find_terms(text, day)]
    return tuple((written, terms) for written, terms in found if terms and any(c.isdigit() for c in written))


def without_dates(question: str) -> str:
    """The question without its full dates (*den 5 oktober 2031*)."""
    for found in reversed(list(dates_in(question))):
        question = question[: found.start] + question[found.end :]
    return question


@cache
def _evidence() -> dict[str, re.Pattern[str]]:
    """For each kind of answer what a text must hold, from the table."""
    months = "(?:" + "|".join(row["name"] for row in table("months")) + ")"
    kinds: dict[str, list[str]] = {}
    for row in read_rows("engine.tables", "evidence"):
        pattern = row["pattern"].replace("{month}", months)
        kinds.setdefault(row["kind"], []).append(f"(?:{pattern})" if row["case"] == "yes" else f"(?i:{pattern})")
    return {kind: re.compile("|".join(patterns)) for kind, patterns in kinds.items()}


def holds_kind(text: str, kind: str, question: str = "") -> bool:
    """Whether ``text`` holds something of the kind that is asked for and that the question does not say.

    *Hur många kronor kostade bron?* is not answered by *Bron blev dyrare.*, and *Vem var Eva Ek?*
    not by *Eva Ek.* True for kinds without a form of their own (statements, yes or no).
    """
    pattern = _evidence().get(kind)
    if pattern is None:
        return True
    said = set(_CAPITAL_OR_DIGIT.findall(question))
    rest = _CAPITAL_OR_DIGIT.sub(lambda m: "·" if m[0] in said else m[0], text)
    return pattern.search(rest) is not None
