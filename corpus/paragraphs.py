"""Paragraphs: what is cited as one piece of text, with its kind and its page.

A paragraph is what belongs together: lines up to a blank one, an item of a list with the items
below it, the rows of a table, a list of names, a line that ends with a colon and the list that it
leads in. What is marked (page heads, navigation) is a paragraph of kind *boilerplate*.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.headings import Heading
from corpus.lines import NUMBERED, Line, overlapping, without_marked
from corpus.records import Mark, Paragraph, ParagraphKind, Section
from corpus.tables import table

MAX_TABLE = 1500  # characters of rows, items or names that stay one paragraph
_SIGNING_FROM = 0.8  # of the text: signatures stand at the end
_MAX_SIGNING = 300
_SHORT_LINE = 60
_NAME = re.compile(r"(?:[-–•*·] *)?[A-ZÅÄÖ][\w.´'-]+(?:,? +[A-ZÅÄÖ(‹<][\w.´'›>)-]*){1,5}")
_DASH = re.compile(r"[–—] [a-zåäö]")  # at the start of a line: an item, or a clause of the sentence above
_LABELLED = re.compile(
    r"(?:\*\*)?[A-ZÅÄÖ][\w /-]{1,40}:(?:\*\*)?[ \t]+\S[^\n]{0,100}[^.!?\n]|[^\n]{1,60}\n[ \t]*:[ \t]+[^\n]+"
)


@cache
def _signing() -> re.Pattern[str]:
    labels = "|".join(row["pattern"] for row in table("signing"))
    return re.compile(rf"(?:(?:{labels})(?!\w)|_{{5,}}).{{0,60}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of lines that is one paragraph."""

    kind: ParagraphKind
    start: int
    end: int
    page: int | None

    @property
    def length(self) -> int:
        return self.end - self.start


def find_paragraphs(
    text: str,
    lines: Sequence[Line],
    skipped: Sequence[bool],
    headings: Sequence[Heading],
    sections: Sequence[Section],
    marks: Sequence[Mark],
) -> list[Paragraph]:
    """The paragraphs of all sections in reading order; headings and boilerplate have number 0."""
    starts = [0, *(h.last + 1 for h in headings)]
    ends = [*(h.first for h in headings), len(lines)]
    paragraphs: list[Paragraph] = []
    footnotes = _footnotes(lines, marks)
    signing = False
    for ordinal, (a, b) in enumerate(zip(starts, ends, strict=True)):
        if ordinal:
            heading = headings[ordinal - 1]
            if heading.last >= heading.first:
                first = lines[heading.first]
                end = lines[heading.last].end
                paragraphs.append(Paragraph(ordinal, 0, "heading", first.start, end, first.page))
        number = 0
        for block in _joined(text, list(_blocks(lines, skipped, a, b)), marks):
            number += 1
            signing = block.start >= _SIGNING_FROM * len(text) and _is_signing(text, block, signing)
            kind = "signature" if signing else block.kind
            paragraphs.append(Paragraph(ordinal, number, kind, block.start, block.end, block.page))
        for index in range(bisect_left(footnotes, (a,)), bisect_left(footnotes, (b,))):
            number += 1
            i, mark = footnotes[index]
            paragraphs.append(Paragraph(ordinal, number, "text", mark.start, mark.end, lines[i].page))
    return _with_boilerplate(text, lines, sections, paragraphs, marks)


def _footnotes(lines: Sequence[Line], marks: Sequence[Mark]) -> list[tuple[int, Mark]]:
    """The torn footnotes, each with the index of its first line."""
    torn = {mark.start: mark for mark in marks if mark.reason == "footnote"}
    return [(i, torn[line.start]) for i, line in enumerate(lines) if line.text and line.start in torn]


def _is_signing(text: str, block: _Block, after_signing: bool) -> bool:
    """Whether a block is signed words, or a name below such words."""
    if block.kind == "item" or block.length > _MAX_SIGNING:
        return False
    rows = [line.strip() for line in text[block.start : block.end].splitlines() if line.strip()]
    if any(len(row) > 2 * _SHORT_LINE for row in rows) or rows[-1].endswith("."):
        return _signing().fullmatch(" ".join(rows)) is not None
    return any(_signing().fullmatch(row) for row in rows) or (after_signing and all(_NAME.fullmatch(r) for r in rows))


# -- lines to blocks ----------------------------------------------------------------------------


def _blocks(lines: Sequence[Line], skipped: Sequence[bool], a: int, b: int) -> Iterator[_Block]:
    """Blocks by blank lines, items, tables, and short last lines where no blank is set."""
    group: list[Line] = []
    widest = 0
    for i in range(a, b):
        line = lines[i]
        if line.blank or skipped[i]:
            if group:
                yield _block(group)
            group, widest = [], 0
            continue
        if group and _parts(group, line, widest):
            yield _block(group)
            group = []
        group.append(line)
        widest = max(widest, len(line.text))
    if group:
        yield _block(group)


def _block(group: Sequence[Line]) -> _Block:
    kind: ParagraphKind = "row" if group[0].row else "text"
    if _starts_item(group[0]):
        kind = "item"
    return _Block(kind, group[0].start, group[-1].end, group[0].page)


def _starts_item(line: Line) -> bool:
    return line.bullet or NUMBERED.match(line.text) is not None


def _parts(group: Sequence[Line], line: Line, widest: int) -> bool:
    """Whether a line directly below begins a paragraph of its own."""
    first, last = group[0], group[-1]
    room = line.end - first.start <= MAX_TABLE
    if _DASH.match(line.text) and not _ended(last):
        return False
    if line.bullet or (NUMBERED.match(line.text) is not None and _ended(last)):
        named = _NAME.fullmatch(line.text) and _NAME.fullmatch(last.text)
        nested = _starts_item(first) and line.indent > first.indent
        return not (room and (named or nested))
    if line.row or last.row:
        return not (room and line.row and last.row)
    return _paragraph_ended(last, line, widest)


def _ended(line: Line) -> bool:
    return line.text[-1] in ".!?:;)" or len(line.text) < _SHORT_LINE


def _paragraph_ended(line: Line, following: Line, widest: int) -> bool:
    """Whether a soft-wrapped paragraph ends here: a sentence end well short of the margin."""
    if line.text[-1] not in ".!?:" or not (following.text[0].isupper() or following.text[0].isdigit()):
        return False
    return widest >= 50 and len(line.text) < 0.8 * widest


# -- blocks over blank lines --------------------------------------------------------------------


def _joined(text: str, blocks: Sequence[_Block], marks: Sequence[Mark]) -> list[_Block]:
    """Join what a page break or a footnote tore, what a colon leads in, and labels with their values."""
    out: list[_Block] = []
    for block in blocks:
        if out:
            above = out[-1]
            nothing_between = not without_marked(text, above.end, block.start, marks).strip()
            if nothing_between and (_torn(text, above, block) or _belongs(text, above, block)):
                out[-1] = replace(above, end=block.end)
                continue
        out.append(block)
    return out


def _torn(text: str, above: _Block, block: _Block) -> bool:
    """No end before, lower case after."""
    if block.kind != "text" or above.kind not in ("text", "item"):
        return False
    return text[above.end - 1] not in ".!?:;" and text[block.start].islower() and above.length > 40


def _belongs(text: str, above: _Block, block: _Block) -> bool:
    if block.end - above.start > MAX_TABLE or above.kind != "text" or block.kind == "item":
        return False
    last = text.rfind("\n", above.start, above.end) + 1
    lead = above.end - max(last, above.start)
    if text[above.end - 1] == ":" and lead <= 2 * _SHORT_LINE:
        return block.kind == "row" or _is_list(text, block)
    below = text[block.start : block.end]
    return block.kind == "text" and bool(_labelled(text, above, last) and _LABELLED.fullmatch(below))


def _labelled(text: str, above: _Block, last: int) -> bool:
    """Whether a block ends with a label and its value, on one line or on two."""
    on_two = text.rfind("\n", above.start, max(above.start, last - 1)) + 1
    return any(_LABELLED.fullmatch(text, max(at, above.start), above.end) for at in (last, on_two))


def _is_list(text: str, block: _Block) -> bool:
    """Several short lines, none of them a sentence."""
    rows = [line.strip() for line in text[block.start : block.end].splitlines() if line.strip()]
    return len(rows) > 1 and all(len(row) <= _SHORT_LINE and row[-1] not in ".!?" for row in rows)


# -- boilerplate --------------------------------------------------------------------------------


def _with_boilerplate(
    text: str, lines: Sequence[Line], sections: Sequence[Section], paragraphs: list[Paragraph], marks: Sequence[Mark]
) -> list[Paragraph]:
    """With the marked ranges that no paragraph encloses, in reading order."""
    footnotes = {m.start for m in marks if m.reason == "footnote"}
    taken = [Mark(p.start, p.end, p.kind) for p in paragraphs if p.start not in footnotes]
    section_starts = [s.start for s in sections]
    line_starts = [line.start for line in lines]
    boilerplate: list[Paragraph] = []
    for mark in marks:
        if mark.reason == "footnote":
            continue
        for start, end in _uncovered(text, mark, overlapping(taken, mark.start, mark.end), section_starts):
            ordinal = bisect_right(section_starts, start) - 1
            page = lines[max(0, bisect_right(line_starts, start) - 1)].page
            boilerplate.append(Paragraph(ordinal, 0, "boilerplate", start, end, page))
    return sorted([*paragraphs, *boilerplate], key=lambda p: (p.section, p.start in footnotes, p.start, -p.end))


def _uncovered(
    text: str, mark: Mark, covering: Sequence[Mark], section_starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The parts of a mark outside paragraphs, cut where sections begin, without white space around."""
    cuts = section_starts[bisect_right(section_starts, mark.start) : bisect_left(section_starts, mark.end)]
    at = mark.start
    for start, end in [*((c.start, c.end) for c in covering), *((cut, cut) for cut in cuts), (mark.end, mark.end)]:
        piece = text[at:start]
        if piece.strip():
            yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())
        at = max(at, end)
