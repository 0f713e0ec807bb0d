"""The words of an answer from the registers: sentence forms, lists, dates written out, and the check.

The forms stand in ``engine/tables/answer_phrases.tsv``. ``unsupported`` finds the names, dates, times and
numbers of an answer that its citations do not hold: such an answer is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from corpus.personal_numbers import mask_personal_numbers
from corpus.tables import read_rows, table
from engine.hits import Citation, Language
from models.dates import find_dates
from models.lemma_data import dictionary_lemma
from models.registers.names import first_names
from models.swedish import without_genitive, words
from models.times import find_times

MAX_ANSWER = 400
_SHORT = 250  # characters of a quotation that is an answer as it stands
_CAPITAL = re.compile(r"(?<![\w@./-])[A-ZÅÄÖÉÜ][\w]*(?:[-'’.:/@][\w]+)*")
_LONG_NAME = 4
_NUMBER = re.compile(r"\d+(?:[\u00a0 .,:/-]?\d+)*")

_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SWEDISH_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@cache
def _forms() -> dict[tuple[str, str], str]:
    return {(row["key"], row["language"]): row["form"] for row in read_rows("engine.tables", "answer_phrases")}


@cache
def _form_words() -> frozenset[str]:
    words = (word.lower() for form in _forms().values() for word in re.findall(r"[^\W\d_]+", form))
    return frozenset(words) | {row["name"] for row in table("months")}


def phrase(key: str, language: Language, **values: str) -> str:
    """A sentence form with its places filled in, as one sentence with a capital and one full stop.

    Raises KeyError where the table has no such form.
    """
    text = _forms()[key, language].format(**values)
    return sentence(text)


def sentence(text: str) -> str:
    """Words on one line, with a capital first, a full stop last and personal numbers masked."""
    flat = " ".join(mask_personal_numbers(text).split())
    flat = re.sub(r",([:.])", r"\1", re.sub(r"\s+([.,;:?!])", r"\1", flat))
    flat = re.sub(r"\s+([.,;:?!])", r"\1", re.sub(r"[.;,:]+\.$", ".", flat))
    flat = flat[:1].upper() + flat[1:]
    return flat if flat.endswith((".", "?", "!", "…", ".”", '."')) else flat.rstrip(" ,;:") + "."


def listed(items: Iterable[str], language: Language) -> str:
    """*A, B och C*."""
    every = [item for item in dict.fromkeys(items) if item]
    word = _forms()["and", language]
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {word} {every[-1]}"


def written_date(iso: str, language: Language) -> str:
    """*den 5 oktober 2018*, *5 October 2018*; *oktober 2018* or *2018* where that is all that is known."""
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    names = _SWEDISH_MONTHS if language == "sv" else tuple(name.capitalize() for name in _ENGLISH_MONTHS)
    if not month:
        return str(year)
    if not day:
        return f"{names[month - 1]} {year}"
    return f"{'den ' if language == 'sv' else ''}{day} {names[month - 1]} {year}"


def cut(text: str, most: int = MAX_ANSWER) -> str:
    """Text on one line, cut at a word where it is too long."""
    flat = " ".join(mask_personal_numbers(text).split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def own_words(quote: str) -> str:
    """A quotation as an answer; nothing where it is too long to be one."""
    text = sentence(cut(re.sub(r"[*_`#|>]+", " ", quote)))
    return text if len(text) <= _SHORT or len(quote) <= _SHORT else ""


def unsupported(text: str, citations: Sequence[Citation], counted: Iterable[str] = ()) -> list[str]:
    """The names, dates, times and numbers of ``text`` that no citation holds, as written.

    A citation holds the words of its passage, of the headings above it and of the title, body and date of
    its document. ``counted``: numbers that count what is cited. Forms may differ: *den 5 oktober 2018* is held
    by *5/10* in minutes of that year, *kl. 18.00* by *18:00*, *Eks* by *Ek*.
    """
    sources = [_source(one) for one in citations]
    days = {iso for source, meeting in sources for iso in _days(source, meeting)}
    clocks = {clock for source, _ in sources for clock in _clocks(source)}
    every = "\n".join(source for source, _ in sources)
    names = {form for word in re.findall(r"\w+", every) for form in (word.lower(), without_genitive(word).lower())}
    numbers = {_digits(m[0]) for m in _NUMBER.finditer(every)} | set(re.findall(r"\d+", every))
    lacking: list[str] = []
    meeting = next((day for _, day in sources if day), None)
    rest = text
    for found in reversed(find_dates(text, meeting)):
        written = rest[found.start : found.end]
        if found.start_date not in days and found.end_date not in days and " ".join(written.split()) not in every:
            lacking.append(written)
        rest = rest[: found.start] + " " * (found.end - found.start) + rest[found.end :]
    for clock in reversed(find_times(rest)):
        written = rest[clock.start : clock.end]
        if not (_clocks(written) <= clocks):
            lacking.append(written)
        rest = rest[: clock.start] + " " * (clock.end - clock.start) + rest[clock.end :]
    known = _form_words()
    for match in _CAPITAL.finditer(rest):
        parts = re.findall(r"[^\W\d_]+", match[0])
        forms = [(part.lower(), without_genitive(part).lower()) for part in parts]
        begins = not rest[: match.start()].strip() or rest[: match.start()].rstrip().endswith((".", "?", "!", ":"))
        if match[0].lower() not in names and not all(
            a in names or b in names or (begins and (a in known or is_word(a))) or _joined(a, names) for a, b in forms
        ):
            lacking.append(match[0])
    allowed = set(counted)
    lacking += [
        m[0]
        for m in _NUMBER.finditer(rest)
        if m[0] not in allowed and _digits(m[0]) not in numbers and not set(re.findall(r"\d+", m[0])) <= numbers
    ]
    return lacking


def is_word(word: str) -> bool:
    """Whether a word is one that sentences begin with (*Avgiften*) and no name alone."""
    lemma = dictionary_lemma(word)
    return lemma is not None and lemma[:1].islower() and word.capitalize() not in first_names()


def other_names(text: str, question: str, people: frozenset[str]) -> list[str]:
    """The names of a text, and what has figures and letters, without those of the question and of people."""
    said = {form for word in words(question) for form in (word, without_genitive(word))}
    found = []
    for match in re.finditer(r"(?<![\w@])(?:[A-ZÅÄÖÉÜ][\w&-]*|\d+[^\W\d_]+)", text):
        word = match[0].lower()
        forms = {word, without_genitive(word)}
        starts = re.search(r"(?:\A|[.:!?•–\-*]|\d\.)\W*\Z", text[: match.start()]) is not None
        after = re.match(r" ([A-ZÅÄÖÉÜ][\w-]*)", text[match.end() :])
        if starts and after is not None and after[1].lower() in people:
            continue  # a title: *Controller Siri Al*
        if not (forms & said or forms & people or (starts and is_word(word)) or word in _form_words()):
            found.append(match[0])
    return found


def _joined(word: str, names: set[str]) -> bool:
    """Whether a name begins a joined word: *Skype* in *Skypemöte*."""
    return len(word) >= _LONG_NAME and any(name.startswith(word) for name in names)


def _source(citation: Citation) -> tuple[str, date | None]:
    chunk = citation.chunk
    document = chunk.document
    day = date.fromisoformat(document.date) if document.date and len(document.date) == 10 else None
    heads = (*chunk.section_path, chunk.section.number or "", document.title, document.body or "", document.date or "")
    return mask_personal_numbers("\n".join([chunk.text, chunk.search_text, *heads])), day


def _days(text: str, meeting: date | None) -> set[str]:
    found = find_dates(text, meeting)
    return {day for one in found for day in (one.start_date, one.end_date)} | set(re.findall(r"\d{4}-\d\d-\d\d", text))


def _clocks(text: str) -> set[str]:
    loose = {f"{int(h):02}:{m}" for h, m in re.findall(r"\b(\d{1,2})[.:](\d\d)\b", text)}
    return loose | {value for one in find_times(text) for value in (one.start_time, one.end_time) if value}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
