"""Headings: which lines of a text name a section, with number and level.

Levels: 1–6 Markdown, 10 a paragraph sign (§), 11–14 numbered points, 20 plain lines,
30 the parts of a point (*Beslut*, *Diskussion*). A lower level encloses a higher one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.lines import BULLET, Line
from corpus.outlines import lone_number, outline_content, outline_indent
from corpus.tables import table

PARAGRAPH_SIGN, NUMBERED, PLAIN, PART = 10, 11, 20, 30

_MARKDOWN = re.compile(r"(#{1,6})[ \t]*([^#\s].*?)[ \t]*#*$")
_BOLD = re.compile(r"(\*\*|__)([^*_]{2,100})\1:?$")
_SIGN = re.compile(r"§[ \t\u00a0]*(\d{1,4}(?:\.\d{1,2})?[ \t]?[a-zA-Z]?\b)[.:)]?[ \t\u00a0]*(.*)$")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?[ \t\u00a0]*(?:\|[ \t]*)?[ \t\u00a0](\S.*)$")
_REFERENCE = re.compile(r"(?:dnr|diarienr|diarienummer|ärende|ärendenr|au|ks|kf)\b.{0,40}$", re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}\s*\d*$")
_SUBPOINT = re.compile(r"(\d{1,2})[ \t]?([a-z])[.)]?[ \t]+(\S.*)$")
_MAX_HEADING = 120
_MAX_LINE = 400  # a line longer than this is text, whatever it begins with
_MAX_PLAIN_HEADING = 80
_MAX_HEADING_LINES = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on the lines ``first`` to ``last`` (indexes, both included)."""

    first: int
    last: int
    number: str | None
    text: str
    level: int
    bullet: bool = False


@cache
def _parts() -> re.Pattern[str]:
    free = "|".join(row["pattern"] for row in table("parts") if row["needs_colon"] != "yes")
    colon = "|".join(row["pattern"] for row in table("parts") if row["needs_colon"] == "yes")
    return re.compile(rf"(?:{free}):?|(?:{colon}):", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    """A label with its value on the same line: *Protokolljusterare Eva Ek*, *Plats och tid för …*."""
    words = "|".join(row["pattern"] for row in table("parts") if row["needs_colon"] == "yes")
    return re.compile(rf"(?:{words})\b", re.IGNORECASE)


def is_part(text: str) -> bool:
    """Whether a line is the heading of a part, e.g. *Beslutsunderlag* or *Ej närvarande kommuner:*."""
    return len(text) <= _MAX_PLAIN_HEADING and _parts().fullmatch(plain(text).strip()) is not None


def plain(text: str) -> str:
    """A heading without Markdown emphasis, links and table bars."""
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", re.sub(r"</?\w[^<>]*>", "", text))
    text = re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text)
    return re.sub(r"\s+", " ", text.strip(" |\t")).strip()


class HeadingFinder:
    """Finds the headings among the lines of one text; ``skipped`` lines are passed over."""

    def __init__(self, lines: Sequence[Line], skipped: Sequence[bool]) -> None:
        self.lines = lines
        self.live = [i for i, line in enumerate(lines) if line.text and not skipped[i]]
        self._place = {i: k for k, i in enumerate(self.live)}
        self.outline = outline_indent([lines[i] for i in self.live])
        self._content = outline_content(lines, self.live, self.outline)

    def find(self) -> list[Heading]:
        """The headings in reading order."""
        headings: list[Heading] = []
        last_sign = last_number = 0
        done = -1
        for i in self.live:
            if i <= done:
                continue
            heading = (
                self._markdown(i)
                or self._bullet_point(i)
                or self._sign(i, last_sign)
                or self._numbered(i, last_number)
                or self._part(i)
                or self._plain(i)
            )
            if heading is None:
                continue
            done = heading.last
            headings.append(heading)
            if heading.number and heading.number.startswith("§"):
                last_sign = int(re.search(r"\d+", heading.number)[0])  # type: ignore[index]
                last_number = 0
            elif heading.number:
                last_number = int(re.match(r"\d+", heading.number)[0])  # type: ignore[index]
        return headings

    def live_after(self, i: int) -> int | None:
        """The index of the next line that is neither blank nor skipped, if ``i`` is such a line."""
        return self._next(i) if i in self._place else None

    # -- neighbours -------------------------------------------------------------------------

    def _next(self, i: int, step: int = 1) -> int | None:
        k = self._place[i] + step
        return self.live[k] if 0 <= k < len(self.live) else None

    def _adjacent(self, i: int, step: int) -> Line | None:
        """The line directly above or below, unless a blank or skipped line is between."""
        j = self._next(i, step)
        return self.lines[j] if j is not None and abs(j - i) == 1 else None

    def _blank_before(self, i: int) -> bool:
        return self._adjacent(i, -1) is None

    # -- kinds of heading -------------------------------------------------------------------

    def _markdown(self, i: int) -> Heading | None:
        match = _MARKDOWN.match(self.lines[i].text[: _MAX_LINE + 1])
        if not match or len(self.lines[i].text) > _MAX_LINE:
            return None
        level, text = len(match[1]), match[2]
        sign = _SIGN.match(text)
        if sign:
            return Heading(i, i, f"§ {plain(sign[1])}", plain(sign[2]), level)
        number = _SUBPOINT.match(text) or _NUMBER.match(text)
        if number and not re.match(r"\d{4}|\d{1,2}[-/ ]\w+ \d{4}", text):
            label = number[1] if number.re is _NUMBER else f"{number[1]} {number[2]}"
            return Heading(i, i, label, plain(number[number.lastindex or 2]), level)
        return Heading(i, i, None, plain(text), level)

    def _bullet_point(self, i: int) -> Heading | None:
        """A bullet of a numbered outline: with number and heading, or without either."""
        line = self.lines[i]
        if self.outline is None or line.indent != self.outline or not line.bullet:
            return None
        found = lone_number(line)
        if found is None:
            text = BULLET.sub("", line.text, count=1)
            if i not in self._content:
                return Heading(i, i - 1, None, "", NUMBERED, bullet=True)
            return Heading(i, i, None, plain(text).rstrip(": "), PART) if is_part(text) else None
        number = f"{found[0]} {found[1]}".strip()
        j = self._next(i)
        if j is None or self.lines[j].bullet or len(self.lines[j].text) > _MAX_LINE:
            return Heading(i, i, number, "", NUMBERED, bullet=True)
        return Heading(i, j, number, plain(self.lines[j].text), NUMBERED, bullet=True)

    def _sign(self, i: int, last: int) -> Heading | None:
        line = self.lines[i].text
        match = _SIGN.match(line.lstrip("*_ "))
        if not match or _LEADERS.search(line[-_MAX_LINE:]):
            return None
        value = int(re.match(r"\d+", match[1])[0])  # type: ignore[index]
        rest = plain(match[2][:_MAX_LINE])
        if not self._blank_before(i) and not last < value <= last + 3:
            return None
        if rest[:1] in ("–", "-", ",", ";") or re.match(r"(och|samt|i|av|kommunallagen|st)\b", rest):
            return None
        if len(line) > _MAX_LINE:  # the point and its whole text on one line
            return Heading(i, i - 1, f"§ {plain(match[1])}", "", PARAGRAPH_SIGN)
        words, end = [rest] if rest and not _REFERENCE.match(rest) else [], i
        if words:
            end, more = self._wrapped(i, words[0])
            words += more
        else:
            end, words = self._lines_below(i)
        return Heading(i, end, f"§ {plain(match[1])}", " ".join(words), PARAGRAPH_SIGN)

    def _wrapped(self, i: int, so_far: str) -> tuple[int, list[str]]:
        """The continuation of a heading that was broken over lines: it goes on in lower case."""
        more: list[str] = []
        while len(more) < _MAX_HEADING_LINES - 1 and not so_far.endswith((".", ":")):
            below = self._adjacent(i, 1)
            if below is None or below.bullet or not below.text[0].islower() or len(below.text) > _MAX_HEADING:
                break
            if re.match(r"\w[.)]\s", below.text):
                break
            i += 1
            more.append(plain(below.text))
        return i, more

    def _lines_below(self, i: int) -> tuple[int, list[str]]:
        """The heading lines below a lone *§ 50*, directly or after one blank line."""
        words: list[str] = []
        j = self._next(i)
        if j is None or j - i > 2:
            return i, words
        end = i
        while j is not None and (j - end == 1 or not words) and len(words) < _MAX_HEADING_LINES:
            line = self.lines[j]
            if line.bullet or is_part(line.text) or len(line.text) > _MAX_HEADING or _SIGN.match(line.text):
                break
            if words and line.text[0].isupper() and line.text.endswith("."):
                break
            if not _REFERENCE.match(line.text):
                words.append(plain(line.text))
            end = j
            j = self._next(j)
        return end, words

    def _numbered(self, i: int, last: int) -> Heading | None:
        line = self.lines[i]
        match = _NUMBER.match(line.text) if len(line.text) <= _MAX_HEADING else None
        if not match or _LEADERS.search(line.text):
            return None
        text = plain(match[2])
        if not text or not (text[0].isupper() or match[2][0] in "*_") or text[-1] in ".;,":
            return None
        depth = match[1].count(".")
        value = int(match[1].split(".")[0])
        if not (value == 1 or last <= value <= last + 5) or (value == last and depth == 0):
            return None
        if self._in_list(i, value):
            return None
        end, more = self._wrapped(i, text) if not self._blank_before(i) or len(text) > 50 else (i, [])
        return Heading(i, end, match[1], " ".join([text, *more]), NUMBERED + min(depth, 3))

    def _in_list(self, i: int, value: int) -> bool:
        """Whether the lines directly around are the points before and after: then it is a list."""
        around = 0
        for step, wanted in ((-1, value - 1), (1, value + 1)):
            line = self._adjacent(i, step)
            match = _NUMBER.match(line.text) if line else None
            if match and match[1] == str(wanted):
                around += 1
        return around == 2 or (around == 1 and (value == 1 or self._ends_list(i)))

    def _ends_list(self, i: int) -> bool:
        above = self._adjacent(i, -1)
        return above is not None and _NUMBER.match(above.text) is not None and self._adjacent(i, 1) is None

    def _part(self, i: int) -> Heading | None:
        text = self.lines[i].text
        bold = _BOLD.match(text)
        if bold and not re.search(r"\d{4}", text) and self._blank_before(i):
            return Heading(i, i, None, plain(bold[2]).rstrip(":"), PART)
        if is_part(text) and not self.lines[i].bullet:
            return Heading(i, i, None, plain(text).rstrip(": "), PART)
        return None

    def _plain(self, i: int) -> Heading | None:
        """A short line alone that names what stands below: a longer line, or a list."""
        line = self.lines[i]
        if len(line.text) > _MAX_LINE:
            return None
        text = plain(line.text)
        if line.bullet or line.row or len(text) > _MAX_PLAIN_HEADING or len(text) < 3:
            return None
        if not text[0].isupper() or text[-1] in ".,;!:" or len(text.split()) > 10 or ": " in text:
            return None
        if _labels().match(text) or (not self._blank_before(i) and not self._after_page(i)):
            return None
        j = self._next(i)
        if j is None:
            return None
        below = self.lines[j]
        lists = below.bullet and (below.text[0] not in "0123456789")
        long = len(below.text) > max(60, len(text))
        prose = long or (below.text[-1] in ".!?" and len(below.text.split()) > 4)
        if not lists and not prose:
            return None
        if j - i == 1 and not lists and len(text) >= 50:
            return None
        return Heading(i, i, None, text, PLAIN)

    def _after_page(self, i: int) -> bool:
        """Directly below the end of a sentence with a blank below: a heading that opened a page."""
        above, below = self._adjacent(i, -1), self._adjacent(i, 1)
        return above is not None and above.text[-1] in ".!?" and below is None
