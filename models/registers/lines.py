"""The lines of minutes with their place, for heads, lists and signatures, where a line is the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.headings import is_point
from corpus.records import ParagraphKind
from corpus.tables import read_rows
from models.registers.full_names import find_names
from models.registers.minutes import Minutes
from models.registers.records import Proof

_BETWEEN = re.compile(r"(?<=\w)\*+[ \t]+\*+(?=\w)")  # *Asta Gren* *Bo Ek*
_MARKUP = re.compile(r"[*_`#%\\]+|^\s*[>|•=-]+\s*|[¹²³⁴-⁹]")
_MAX_HEAD_LINES = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A line without markup; ``start`` and ``end`` are those of the line as it stands in the document."""

    text: str
    section: int
    paragraph: int
    kind: ParagraphKind
    start: int
    end: int

    @property
    def proof(self) -> Proof:
        """The line as a proof."""
        return Proof(self.section, self.paragraph, self.start, self.end)


def unmarked(text: str) -> str:
    """A text without the signs of emphasis, headings and footnotes."""
    return _MARKUP.sub("", _BETWEEN.sub(", ", text)).strip()


def lines_of(minutes: Minutes) -> Iterator[Line]:
    """The lines that hold words, in reading order."""
    for one in minutes.paragraphs:
        start = one.start
        for raw in minutes.text[one.start : one.end].split("\n"):
            text = unmarked(raw)
            if any(map(str.isalnum, text)):
                yield Line(text, one.section, one.number, one.kind, start, start + len(raw))
            start += len(raw) + 1


@cache
def turns(turn: str) -> re.Pattern[str]:
    """The words of an ``opening`` or a ``closing`` of the meeting."""
    rows = read_rows("models.registers.tables", "meeting_turns")
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["turn"] == turn), re.IGNORECASE)


def head_lines(minutes: Minutes) -> list[Line]:
    """The lines before the first point: title, date, place, who was there."""
    found: list[Line] = []
    for line in lines_of(minutes):
        section = minutes.section(line.section)
        point = section.number or is_point(section.heading) or turns("opening").search(section.heading)
        if (section.kind != "head" and point) or len(found) == _MAX_HEAD_LINES:
            break
        found.append(line)
    return found


def signing_lines(minutes: Minutes, closed: int | None) -> list[Line]:
    """The lines among which the signatures stand: those known as such, and what follows ``closed``.

    ``closed`` is the character after the words that close the meeting; None where nothing does.
    """
    last = closed if closed is not None else len(minutes.text)
    marked = [line.start for line in lines_of(minutes) if line.kind == "signature"]
    first = min([last, *(start for start in marked if start >= len(minutes.text) // 2)])
    return [line for line in lines_of(minutes) if line.start >= first or line.kind == "signature"]


def roster(minutes: Minutes) -> list[str]:
    """The full names in the head, where those present stand, each once."""
    return list(dict.fromkeys(name.text for line in head_lines(minutes) for name in find_names(line.text)))


def names_of(minutes: Minutes) -> list[str]:
    """The full names anywhere in the text, each once."""
    return list(dict.fromkeys(name.text for line in lines_of(minutes) for name in find_names(line.text)))
