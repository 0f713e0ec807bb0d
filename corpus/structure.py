"""Structure: the sections of a text and the paragraphs in them.

Section 0 is the head: everything before the first section. Headings at the very start that have
no text of their own are the title, not sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.headings import PART, PLAIN, Heading, HeadingFinder
from corpus.lines import NUMBERED, Line, without_marked
from corpus.records import Mark, Paragraph, ParagraphKind, Section

_TITLE_LINES = 6
_MIN_AGENDA = 3
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
    skipped = _skipped(lines, marks)
    finder = HeadingFinder(lines, skipped)
    headings = _after_title(finder, finder.find())
    sections = _sections(text, lines, headings, finder)
    paragraphs = _paragraphs(text, lines, skipped, headings, sections, marks)
    sections = _agendas(sections, paragraphs)
    return Structure(tuple(sections), tuple(paragraphs))


def _skipped(lines: Sequence[Line], marks: Sequence[Mark]) -> list[bool]:
    skipped, k = [], 0
    for line in lines:
        while k < len(marks) and marks[k].end <= line.start:
            k += 1
        inside = k < len(marks) and marks[k].start <= line.start and line.end <= marks[k].end
        skipped.append(bool(line.text) and inside)
    return skipped


def _after_title(finder: HeadingFinder, headings: list[Heading]) -> list[Heading]:
    """Without the headings that are the title: a Markdown title, or early lines with no number."""
    early = set(finder.live[:_TITLE_LINES])
    tops = [h for h in headings if h.level == 1]
    rest = []
    for k, heading in enumerate(headings):
        below = finder.live[finder._place[heading.last] + 1 :][:1] if heading.last in finder._place else []
        bodyless = bool(below) and k + 1 < len(headings) and headings[k + 1].first == below[0]
        is_title = not rest and heading.number is None and heading.first in early and not heading.bullet
        single_top = heading.level == 1 and len(tops) == 1
        if is_title and heading.level != PART and (single_top or bodyless or heading.level == PLAIN):
            continue
        rest.append(heading)
    return rest


def _sections(text: str, lines: Sequence[Line], headings: Sequence[Heading], finder: HeadingFinder) -> list[Section]:
    first = lines[headings[0].first].start if headings else len(text)
    sections = [Section(0, None, "", 0, "head", 0, first)]
    open_sections: list[Section] = []
    for k, heading in enumerate(headings):
        start = lines[heading.first].start
        end = len(text)
        for later in headings[k + 1 :]:
            if later.level <= heading.level:
                end = lines[later.first].start
                break
        while open_sections and open_sections[-1].level >= heading.level:
            open_sections.pop()
        section = Section(
            ordinal=k + 1,
            number=heading.number,
            heading=heading.text,
            level=heading.level,
            kind="section",
            start=start,
            end=end,
            parent=open_sections[-1].ordinal if open_sections else None,
        )
        open_sections.append(section)
        sections.append(section)
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
    footnotes = [m for m in marks if m.reason == "footnote"]
    for ordinal, (a, b) in enumerate(zip(starts, ends, strict=True)):
        if ordinal:
            heading = headings[ordinal - 1]
            if heading.last >= heading.first:
                line = lines[heading.first]
                paragraphs.append(Paragraph(ordinal, 0, "heading", line.start, lines[heading.last].end, line.page))
        number = 0
        for kind, start, end, page in _joined(text, _blocks(lines, skipped, a, b), marks):
            number += 1
            if start >= signing_from and kind in ("text", "row") and _SIGNING.fullmatch(text[start:end].strip()):
                kind = "signature"
            paragraphs.append(Paragraph(ordinal, number, kind, start, end, page))
        for mark in footnotes:
            if lines[a].start <= mark.start < lines[b - 1].end if a < b else False:
                number += 1
                paragraphs.append(Paragraph(ordinal, number, "text", mark.start, mark.end))
    return paragraphs


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
        starts_item = line.bullet or (NUMBERED.match(line.text) is not None and (not group or _ended(group[-1])))
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
            before = text[start:end]
            gap = without_marked(text, end, block[1], marks)
            torn = before[-1] not in ".!?:;" and text[block[1]].islower() and len(before) > 40
            if kind in ("text", "item") and torn and not gap.strip():
                out[-1] = (kind, start, block[2], page)
                continue
        out.append(block)
    return out


def _agendas(sections: list[Section], paragraphs: Sequence[Paragraph]) -> list[Section]:
    """Mark runs of points without text whose headings or numbers return later: the agenda."""
    bodies = {p.section for p in paragraphs if p.kind != "heading"}
    parents = {s.parent for s in sections}
    out = list(sections)
    run: list[int] = []
    for k in [*range(1, len(sections)), None]:
        if k is not None:
            section = sections[k]
            bare = section.number is not None and k not in bodies and k not in parents
            if bare:
                run.append(k)
                continue
        if len(run) >= _MIN_AGENDA:
            later = {sections[j].heading.casefold() for j in range(run[-1] + 1, len(sections))}
            numbers = {sections[j].number for j in range(run[-1] + 1, len(sections))}
            for j in run:
                if sections[j].heading.casefold() in later or sections[j].number in numbers:
                    out[j] = replace(sections[j], kind="agenda")
        run = []
    return out
