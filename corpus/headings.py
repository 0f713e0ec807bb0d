"""Headings: what a line that names a section is, and the words that such lines are made of.

Levels: 1–6 Markdown, 9 an appendix, 10 a paragraph sign (§), 11–14 numbered points, 20 plain
lines, 30 the parts of a point (*Beslut*, *Diskussion*). A lower level encloses a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.tables import table

APPENDIX, PARAGRAPH_SIGN, NUMBERED, PLAIN, PART = 9, 10, 11, 20, 30

MAX_HEADING = 120  # characters of a line that is a heading and nothing else
MAX_LINE = 400  # a line longer than this is text, whatever it begins with
MAX_PLAIN_HEADING = 80
_MAX_POINT_WORDS = 6
_MAX_LEADING = 100  # characters of a heading with its text on the same line

_OPENING_MARKUP = re.compile(r"(?:</?\w[^<>]*>|\*{1,3}|__?(?=\S)|\|[ \t]*)+")
_ENDS = re.compile(r"(?<!\b\w)(?<!m\.fl)(?<!\bnr)(?<!\bst)(?<!\bkl)[.:?!]\s+(?=[A-ZÅÄÖ\"”(])|[ \t]{3,}|\t[ \t]*")
_CELLS = re.compile(r"[ \t]{3,}|\t|[ \t]+\|[ \t]*")
_MAX_CELL = 40  # characters of a column beside a heading: a name, initials, *Kassör*


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on the lines ``first`` to ``last`` (indexes, both included).

    With ``last`` before ``first`` the heading has no line of its own: its line is text as well.
    """

    first: int
    last: int
    number: str | None
    text: str
    level: int
    bullet: bool = False


def tolerant(pattern: str) -> str:
    """A pattern that also matches where text recognition lost å, ä and ö; classes stay as they are."""
    seen_as = {"å": "[åa&]", "ä": "[äa]", "ö": "[öoé6]"}
    return re.sub(r"\[[^\]]*\]|[åäö]", lambda match: seen_as.get(match[0], match[0]), pattern)


def _any_row(name: str, needs_colon: str | None = None) -> str:
    """One pattern that matches what any row of a table (with this ``needs_colon``) does."""
    rows = (row for row in table(name) if needs_colon is None or row["needs_colon"] == needs_colon)
    return tolerant("|".join(row["pattern"] for row in rows))


@cache
def _parts() -> re.Pattern[str]:
    free, colon = (_any_row("parts", needed) for needed in ("no", "yes"))
    return re.compile(rf"(?:{free}):?|(?:{colon}):", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_row('parts', 'yes')})\b", re.IGNORECASE)


@cache
def _points() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_row('points')})(?:,? (?:kl|klockan)\.? ?\d[\d.:]*)?[.:]?", re.IGNORECASE)


def is_part(text: str) -> bool:
    """Whether a line is the heading of a part, e.g. *Beslutsunderlag* or *Ej närvarande kommuner:*."""
    return len(text) <= MAX_PLAIN_HEADING and _parts().fullmatch(plain(text).strip()) is not None


def is_label(text: str) -> bool:
    """A label with its value on the same line: *Protokolljusterare Eva Ek*, *Plats och tid för …*."""
    return _labels().match(text) is not None


def is_point(text: str) -> bool:
    """Whether a line is what a point of minutes is usually called: *Mötets öppnande*, *Övriga frågor*."""
    return len(text) <= MAX_PLAIN_HEADING and _points().fullmatch(plain(text)) is not None


def plain(text: str) -> str:
    """A heading without Markdown emphasis, links, escapes, line breaks and table bars."""
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", re.sub(r"</?\w[^<>]*>", "", text))
    text = re.sub(r"\\(?=[.()\[\]#*_+-])|\\$", "", text)
    text = re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text)
    return re.sub(r"\s+", " ", text.strip(" |\t")).strip()


def opened(text: str) -> str:
    """A line without the markup at its start: ***1. Ekonomi***, *| § 4 | Skyltar |*."""
    match = _OPENING_MARKUP.match(text)
    return text[match.end() :] if match else text


def first_cell(text: str) -> str:
    """A heading without the column beside it: *Underhåll | Jens*, *Protokoll      BG*."""
    cells = [cell for cell in _CELLS.split(text) if cell.strip(" |*_")]
    return text if len(cells) < 2 or any(map(_goes_on, cells[1:])) else cells[0]


def _goes_on(cell: str) -> bool:
    """Whether what stands after a gap is more of the text: *Mötet    avslutades*; a sign alone is noise."""
    cell = cell.strip()
    return len(cell) > _MAX_CELL or (cell[0].islower() and len(cell) > 1)


def leading(text: str) -> str | None:
    """The heading of a line that goes on with its text: of *Ekonomi: Utfallet följer budget.* the first word."""
    match = _ENDS.search(text, 2, _MAX_LEADING)
    if match:
        return plain(text[: match.start()])
    words = text[:_MAX_LEADING].split() if text.endswith(".") else []
    for n in range(min(_MAX_POINT_WORDS, len(words) - 2), 0, -1):  # *Ekonomi Kassören går igenom läget.*
        if words[n][0].isupper() and is_point(" ".join(words[:n])):
            return " ".join(words[:n])
    return None
