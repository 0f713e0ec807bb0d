"""Headings by their number: *§ 12 Skyltar*, *3. Ekonomi*, a number alone above its heading.

A number alone proves nothing: what was counted before decides whether a line continues the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.headings import (
    MAX_HEADING,
    MAX_LINE,
    NUMBERED,
    PARAGRAPH_SIGN,
    Heading,
    first_cell,
    is_part,
    is_point,
    leading,
    opened,
    plain,
)
from corpus.lines import NUMBERED as NUMBERED_LINE
from corpus.neighbours import Neighbours
from corpus.numbering import (
    LONE_NUMBER,
    MIN_SPOKEN,
    NUMBER,
    find_runs,
    lone_numbers,
    paragraph_sign,
    row_length,
    without_reference,
)

# What text recognition makes of a paragraph sign: believed only where the number continues the row.
_MISREAD_SIGN = re.compile(r"(?:[$S&][ \t]?|[85][ \t]+)(\d{1,3})[.:)]?[ \t]+([A-ZÅÄÖ].*)$")
_MISREAD_ONE = re.compile(r"[lI|]\.[ \t]+(?=[A-ZÅÄÖ])")
_CLOCK = re.compile(r"\d{1,2}\.(?:0\d|[3-5]\d)\b")
_LEADERS = re.compile(r"\.{4,}\s*\d*$")
_LAW = re.compile(r"[–,;-]|(?:och|samt|i|av|kommunallagen|st)\b")
_MAX_HEADING_LINES = 5
_MIN_ROW = 3  # points after which a 1 directly below text is no new beginning
_MAX_DEEPER = 8  # columns that a number may stand to the right of the number above in its row
_MAX_STEP = 5  # numbers that may be missing in a row of points
_WRAPPED_LINE = 45  # characters of a heading line that may go on below with a capital letter


@dataclass(slots=True)
class Count:
    """The last numbers that were headings, and what kinds of headings the text has at all."""

    sign: int = 0
    number: int = 0
    signed: bool = False
    marked_up: bool = False
    spoken: int = 0
    indent: int = 0
    dotted: bool = False

    def take(self, heading: Heading, indent: int) -> None:
        """Count a heading that stands at this indent."""
        digits = re.search(r"\d+", heading.number or "")
        if digits and heading.number and heading.number.startswith("§"):
            self.sign, self.number = int(digits[0]), 0
        elif digits:
            self.number = int(digits[0])
            self.indent = indent
            self.dotted = heading.text.endswith(".")

    def restart(self) -> None:
        """Forget the row: an appendix counts anew."""
        self.sign, self.number, self.signed = 0, 0, False


class NumberedHeadings:
    """Finds the numbered headings of one text."""

    def __init__(self, around: Neighbours, passed: set[int]) -> None:
        self.around = around
        self._runs = {i: run for run in find_runs(around) for i in run.lines}
        self._lone = lone_numbers(around)
        self.signs = [i for i in around.live if i not in passed and self._opens_sign(i)]
        self.points = row_length(around, passed)

    def _opens_sign(self, i: int) -> bool:
        return self.around.blank_before(i) and paragraph_sign(opened(self.around.lines[i].text)) is not None

    # -- the paragraph sign -----------------------------------------------------------------

    def sign(self, i: int, count: Count) -> Heading | None:
        """*§ 6. Rapport om bron*, or *§ 6* with the heading on the lines below."""
        line = opened(self.around.lines[i].text)
        found = paragraph_sign(line) or self._misread_sign(i, line, count)
        if not found or _LEADERS.search(line[-MAX_LINE:]):
            return None
        number, rest = f"§ {plain(found[0])}", without_reference(found[1][:MAX_LINE])
        value = int(re.search(r"\d+", number)[0])  # type: ignore[index]
        in_row = count.sign < value <= count.sign + 3 or (value == count.sign and is_point(rest))
        if not in_row and (not self.around.blank_before(i) or rest[:1].islower()):
            return None
        if _LAW.match(plain(rest)):
            return None
        level = PARAGRAPH_SIGN + ("." in number)
        if len(line) > MAX_HEADING or rest.rstrip().endswith("."):
            head = leading(rest)
            if head is not None or len(line) > MAX_LINE:  # the point and its whole text on one line
                return Heading(i, i - 1, number, head or "", level)
        text = plain(first_cell(rest))
        if not text:
            end, words = self._lines_below(i)
        else:
            end, more = self._wrapped(i, text)
            words = [text, *more]
        return Heading(i, end, number, plain(without_reference(" ".join(words))), level)

    def _misread_sign(self, i: int, line: str, count: Count) -> tuple[str, str] | None:
        match = _MISREAD_SIGN.match(line[:MAX_LINE])
        if not match or not self.around.blank_before(i):
            return None
        follows = count.sign > 0 and count.sign < int(match[1]) <= count.sign + 2
        return (match[1], match[2]) if follows or (match[1] == "1" and is_point(match[2])) else None

    # -- numbered points ----------------------------------------------------------------------

    def point(self, i: int, count: Count) -> Heading | None:
        """*3. Ekonomi*, *4.1 Budget*, *6. Underhåll | Jens*."""
        if i in self._lone:
            return self._lone_heading(i)
        match = self._number(i, count)
        if not match or not self._continues(i, match, count):
            return None
        depth = match[1].count(".")
        level = NUMBERED + min(depth, 3)
        inline = leading(match[2])
        if inline and (is_point(inline) or self._is_spoken(i) or count.spoken >= MIN_SPOKEN):
            count.spoken += 1
            return Heading(i, i - 1, match[1], inline, level)
        text = plain(first_cell(match[2]))
        emphasised = match[2][0] in "*_<"
        if not text or len(self.around.lines[i].text) > MAX_HEADING or not (text[0].isupper() or emphasised):
            return None
        if text[-1] in ".;," and not (emphasised or count.dotted or is_point(text) or self._is_spoken(i)):
            return None
        may_wrap = not self.around.blank_before(i) or len(text) > 50
        end, more = self._wrapped(i, text) if may_wrap else (i, [])
        return Heading(i, end, match[1], " ".join([text, *more]), level)

    def _number(self, i: int, count: Count) -> re.Match[str] | None:
        line = opened(self.around.lines[i].text)
        if len(line) > MAX_LINE or _LEADERS.search(line):
            return None
        if count.number == 0:
            line = _MISREAD_ONE.sub("1. ", line, count=1)
        return None if _CLOCK.match(line) else NUMBER.match(line)

    def _continues(self, i: int, match: re.Match[str], count: Count) -> bool:
        """Whether a number goes on with the row of headings, rather than being a list in a point."""
        value, depth = int(match[1].split(".")[0]), match[1].count(".")
        if count.number and self.around.lines[i].indent > count.indent + _MAX_DEEPER:
            return False
        if count.signed and count.sign:
            return depth > 0 and value == count.sign
        if count.marked_up:
            blank = (self.around.blank_before(i) or self.around.blank_after(i)) and self.around.lines[i].indent <= 3
            return blank and count.number > 0 and value == count.number + 1 and not self._in_list(i, count)
        if value == count.number and depth == 0:  # a number given twice
            alone = self.around.blank_before(i) and self.around.blank_after(i) and value > 1
            return alone or is_point(match[2])
        if value == 1 and count.number >= _MIN_ROW and not (self.around.blank_before(i) or is_point(match[2])):
            return False
        return (value == 1 or count.number <= value <= count.number + _MAX_STEP) and not self._in_list(i, count)

    def _in_list(self, i: int, count: Count) -> bool:
        """Whether the lines directly around are the points before and after: then it is a list.

        Points without text stand so too, but they go on from the points above them.
        """
        run = self._runs.get(i)
        if run is None or run.spoken or run.goes_on or len(run.lines) == 1:
            return False
        return not (run.first > 1 and count.number > 0 and run.first <= count.number + 1 <= run.first + len(run.lines))

    def _is_spoken(self, i: int) -> bool:
        return i in self._runs and self._runs[i].spoken

    # -- a number alone on its line -----------------------------------------------------------

    def _lone_heading(self, i: int) -> Heading:
        number = LONE_NUMBER.match(self.around.lines[i].text)[1]  # type: ignore[index]
        end, words = self._lines_below(i)
        return Heading(i, end, number, " ".join(words), NUMBERED)

    # -- headings over several lines ----------------------------------------------------------

    def _wrapped(self, i: int, so_far: str) -> tuple[int, list[str]]:
        """The continuation of a heading that was broken over lines: it goes on in lower case."""
        more: list[str] = []
        while len(more) < _MAX_HEADING_LINES - 1 and not so_far.endswith((".", ":")):
            here, below = self.around.lines[i].text, self.around.adjacent(i, 1)
            if below is None or below.bullet or not below.text[0].islower() or len(below.text) > MAX_HEADING:
                break
            if re.match(r"\w[.)]\s", below.text) or here.endswith(("\\", "<br>")):
                break
            i += 1
            more.append(plain(first_cell(below.text)))
        return i, more

    def _lines_below(self, i: int) -> tuple[int, list[str]]:
        """The heading lines below a lone *§ 50*, directly or after one blank line."""
        words: list[str] = []
        lines, end = self.around.lines, i
        j = self.around.next(i)
        if j is None or j - i > 2:
            return i, words
        while j is not None and len(words) < _MAX_HEADING_LINES:
            line = lines[j]
            if line.bullet or is_part(line.text) or len(line.text) > MAX_HEADING or paragraph_sign(line.text):
                break
            if words and not self._goes_on(end, j):
                break
            if rest := plain(first_cell(without_reference(line.text))):
                words.append(rest)
            end = j
            j = self.around.next(j)
        return end, words

    def _goes_on(self, above: int, j: int) -> bool:
        """Whether a line belongs to the heading above it, even over a blank line."""
        before, line = self.around.lines[above].text, self.around.lines[j]
        if NUMBERED_LINE.match(line.text) or line.row or (line.text[0].isupper() and line.text.endswith(".")):
            return False
        if j - above > 1:
            short = len(line.text) < len(before) and not line.text.endswith(".") and self.around.blank_after(j)
            return j - above == 2 and line.text[0].islower() and short and len(before) >= 30
        return line.text[0].islower() or len(before) >= _WRAPPED_LINE or not without_reference(before)
