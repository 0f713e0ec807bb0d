"""Structure: the sections of a text and the paragraphs in them.

Section 0 is the head: everything before the first section. Headings at the very start that have
no text of their own are the title, not sections.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.heading_finder import HeadingFinder
from corpus.headings import PART, PLAIN, Heading
from corpus.lines import NUMBERED, Line, marked_lines, without_marked
from corpus.records import Mark, Paragraph, ParagraphKind, Section

_TITLE_LINES = 6
_MIN_AGENDA = 3
# What the first points of a meeting are called: never its title.
_FIRST_POINT = re.compile(
    r"(mötets?|sammanträdets?|stämmans?|årsmötets?) (öppn|form)|öppnande|upprop|val av |närvaro|"
    r"((godkännande|fastställande) av )?(dagordning|föredragningslista)|föregående (mötes)?protokoll",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"(vid protokollet|justeras?|justerat|underskrift(er)?|signatur(er)?|ordförande|sekreterare|_{5,}).{0,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections and paragraphs of one text, in reading order."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]


def find_structure(text: str, lines: Sequence[Line], marks: Sequence[Mark]) -> Structure:
    """Find the sections and paragraphs of ``text``; marked ranges belong to no paragraph."""
    skipped = marked_lines(lines, marks)
    finder = HeadingFinder(lines, skipped)
    headings = _after_title(finder, finder.find())
    sections = _sections(text, lines, headings)
    paragraphs = _paragraphs(text, lines, skipped, headings, sections, marks)
    sections = _agendas(sections, paragraphs)
    return Structure(tuple(sections), tuple(paragraphs))


def is_first_point(heading: str) -> bool:
    """Whether a heading is one of those that minutes begin with: *Mötet öppnas*, *Val av justerare*."""
    return _FIRST_POINT.match(heading) is not None


def _after_title(finder: HeadingFinder, headings: list[Heading]) -> list[Heading]:
    """Without the headings that are the title: a Markdown title, or early lines with no number."""
    early = set(finder.live[:_TITLE_LINES])
    tops = [h for h in headings if h.level == 1]
    rest: list[Heading] = []
    for k, heading in enumerate(headings):
        below = finder.live_after(heading.last)
        bodyless = below is not None and k + 1 < len(headings) and headings[k + 1].first == below
        is_title = not rest and heading.number is None and heading.first in early and not heading.bullet
        single_top = heading.level == 1 and len(tops) == 1
        name = heading.level == PLAIN and not is_first_point(heading.text)
        if is_title and heading.level != PART and (single_top or bodyless or name):
            continue
        rest.append(heading)
    return rest


def _sections(text: str, lines: Sequence[Line], headings: Sequence[Heading]) -> list[Section]:
    """Section 0 and one for each heading; a section ends where one of its level or above begins."""
    starts = [lines[h.first].start for h in headings]
    ends = [len(text)] * len(headings)
    parents: list[int | None] = []
    enclosing: list[int] = []
    for k, heading in enumerate(headings):
        while enclosing and headings[enclosing[-1]].level >= heading.level:
            ends[enclosing.pop()] = starts[k]
        parents.append(enclosing[-1] + 1 if enclosing else None)
        enclosing.append(k)
    sections = [Section(0, None, "", 0, "head", 0, starts[0] if starts else len(text))]
    for k, h in enumerate(headings):
        sections.append(Section(k + 1, h.number, h.text, h.level, "section", starts[k], ends[k], parents[k]))
    return sections


def _paragraphs(
    text: str,
    lines: Sequence[Line],
    skipped: Sequence[bool],
    headings: Sequence[Heading],
    sections: Sequence[Section],
    marks: Sequence[Mark],
) -> list[Paragraph]:
    starts = [0, *(h.last + 1 for h in headings)]
    ends = [*(h.first for h in headings), len(lines)]
    paragraphs: list[Paragraph] = []
    signing_from = int(len(text) * 0.8)
    footnotes = _footnotes(lines, marks)
    for ordinal, (a, b) in enumerate(zip(starts, ends, strict=True)):
        if ordinal:
            heading = headings[ordinal - 1]
            if heading.last >= heading.first:
                first = lines[heading.first]
                end = lines[heading.last].end
                paragraphs.append(Paragraph(ordinal, 0, "heading", first.start, end, first.page))
        number = 0
        for kind, start, end, page in _joined(text, _blocks(lines, skipped, a, b), marks):
            number += 1
            if kind in ("text", "row") and start >= signing_from and _is_signing(text, start, end):
                kind = "signature"
            paragraphs.append(Paragraph(ordinal, number, kind, start, end, page))
        for index in range(bisect_left(footnotes, (a,)), bisect_left(footnotes, (b,))):
            number += 1
            i, mark = footnotes[index]
            paragraphs.append(Paragraph(ordinal, number, "text", mark.start, mark.end, lines[i].page))
    return paragraphs


def _footnotes(lines: Sequence[Line], marks: Sequence[Mark]) -> list[tuple[int, Mark]]:
    """The torn footnotes, each with the index of its first line."""
    torn = {mark.start: mark for mark in marks if mark.reason == "footnote"}
    return [(i, torn[line.start]) for i, line in enumerate(lines) if line.text and line.start in torn]


def _is_signing(text: str, start: int, end: int) -> bool:
    return end - start <= 300 and _SIGNING.fullmatch(text[start:end].strip()) is not None


_Block = tuple[ParagraphKind, int, int, int | None]


def _blocks(lines: Sequence[Line], skipped: Sequence[bool], a: int, b: int) -> list[_Block]:
    """Paragraphs by blank lines, bullets, table rows, and short last lines where no blank is set."""
    blocks: list[_Block] = []
    group: list[Line] = []

    def close() -> None:
        if group:
            kind: ParagraphKind = "row" if group[0].row else "text"
            if group[0].bullet or NUMBERED.match(group[0].text):
                kind = "item"
            blocks.append((kind, group[0].start, group[-1].end, group[0].page))
            group.clear()

    widest = 0
    for i in range(a, b):
        line = lines[i]
        if line.blank or skipped[i]:
            close()
            widest = 0
            continue
        numbered = NUMBERED.match(line.text) is not None and (not group or _ended(group[-1]))
        starts_item = line.bullet or numbered
        if group and (starts_item or line.row or group[-1].row or _paragraph_ended(group[-1], line, widest)):
            close()
        group.append(line)
        widest = max(widest, len(line.text))
    close()
    return blocks


def _ended(line: Line) -> bool:
    return line.text[-1] in ".!?:;)" or len(line.text) < 60


def _paragraph_ended(line: Line, following: Line, widest: int) -> bool:
    """Whether a soft-wrapped paragraph ends here: a sentence end well short of the margin."""
    if line.text[-1] not in ".!?:" or not (following.text[0].isupper() or following.text[0].isdigit()):
        return False
    return widest >= 50 and len(line.text) < 0.8 * widest


def _joined(text: str, blocks: Sequence[_Block], marks: Sequence[Mark]) -> list[_Block]:
    """Join what a page break or a footnote tore: no end before, lower case after."""
    out: list[_Block] = []
    for block in blocks:
        if out and block[0] == "text":
            kind, start, end, page = out[-1]
            torn = text[end - 1] not in ".!?:;" and text[block[1]].islower() and end - start > 40
            if kind in ("text", "item") and torn and not without_marked(text, end, block[1], marks).strip():
                out[-1] = (kind, start, block[2], page)
                continue
        out.append(block)
    return out


def _agendas(sections: list[Section], paragraphs: Sequence[Paragraph]) -> list[Section]:
    """Mark runs of points without text whose headings return later: the agenda.

    Before the first point with text a number that returns is enough; after it a run of such
    points (*1 Ordförande Eva Ek, 2 Kassör Bo Ek*) is a list of its own.
    """
    bodies = {p.section for p in paragraphs if p.kind != "heading"}
    parents = {s.parent for s in sections}
    out = list(sections)
    last_heading = {s.heading.casefold(): s.ordinal for s in sections}
    last_number = {s.number: s.ordinal for s in sections}
    first_point = next((s.ordinal for s in sections if s.number and s.ordinal in bodies), len(sections))
    run: list[int] = []
    for k in [*range(1, len(sections)), None]:
        if k is not None:
            section = sections[k]
            bare = section.number is not None and k not in bodies and k not in parents
            if bare:
                run.append(k)
                continue
        if len(run) >= _MIN_AGENDA:
            for j in run:
                point = sections[j]
                by_heading = point.heading != "" and last_heading[point.heading.casefold()] > run[-1]
                by_number = last_number[point.number] > run[-1] and run[0] < first_point
                if by_heading or by_number:
                    out[j] = replace(point, kind="agenda")
        run = []
    return out
