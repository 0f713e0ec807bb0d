"""Lists of those present and absent: where they begin, and which lines belong to them.

A label (*Närvarande:*, *Ej närvarande kommuner*; ``tables/attendance_labels.tsv``) or a sentence (*Följande
medlemmar närvarade:*; ``tables/attendance_sentences.tsv``) opens a list; what is no entry closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from corpus.headings import is_label, plain
from corpus.records import Paragraph
from models.registers.listed import is_nobody, read_list
from models.registers.minutes import Minutes
from models.registers.names import is_organisation, is_person, is_title, name_at, rows, titles
from models.registers.roll_tables import is_table_head

_NOISE = re.compile(r"[^\w(‹]*")
GAP = re.compile(r"\s*[\t|]\s*|\s{3,}")
_LABEL_END = re.compile(r"\**:\**\s*|\s*[\t|]\s*|\s{2,}|$")
_FIELD = re.compile(r"[^\w(]*[A-ZÅÄÖ][\w /-]{1,40}:(?!\d)")
_CELLS_HEAD = re.compile(r"[\s|:`-]*")
_SINGLE = re.compile(r"[\w-]{2,20}")
_WITHIN = re.compile(r"[.;] +(?=(?:ej )?(?:närvarande|frånvarande|med)\s*:)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=\w{3})\.(?: +(?=[A-ZÅÄÖ])|$)")
_RECENT = 300  # characters below a list in which a further label belongs to it
_NUMBERED = re.compile(r"(?:(?:§ ?)?\d+(?:\.\d+)*[.)]?\s)?(?:</?\w[^<>]*>|\W)*")
_MAX_LABEL = 60
_MAX_PLAIN_WORDS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says of those below it. ``status`` *other* lists neither present nor absent."""

    status: str
    capacity: str | None
    needs_list: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph, by its characters; ``indent`` of its first character in the text."""

    paragraph: Paragraph
    start: int
    end: int
    indent: int


@dataclass(slots=True)
class OpenList:
    """An open list: its label, its columns if it has several, and its lines so far."""

    label: Label
    start: int
    columns: tuple[Label, ...] = ()
    inline: bool = False
    part: str | None = None
    lines: list[Line] = field(default_factory=list)
    told_to: int = 0  # the end of the sentence that opened it


@cache
def _labels() -> tuple[tuple[re.Pattern[str], Label], ...]:
    return tuple(
        (
            re.compile(row["pattern"], re.IGNORECASE),
            Label(row["status"], row["capacity"] or None, row["needs_list"] == "yes"),
        )
        for row in rows("attendance_labels")
    )


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], Label], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), Label(row["status"], None, row["needs_list"] == "yes"))
        for row in rows("attendance_sentences")
    )


def lists_of(minutes: Minutes) -> Iterator[OpenList]:
    """The lists of names, each with its lines, closed where no entry follows."""
    text = minutes.text
    open_list: list[OpenList] = []
    closed_at = -_RECENT
    for line in _lines(minutes):
        words = text[line.start : line.end]
        if open_list and line.start < max(open_list[0].told_to, *(one.end for one in open_list[0].lines[-1:]), 0):
            continue  # within the sentence that holds the list
        opened = _opened(minutes, line, closed_at, bool(open_list))
        if opened is not None:
            if open_list:
                closed_at = line.start
                yield open_list.pop()
            open_list.append(opened)
            second = _second(minutes, opened)
            if second is not None:
                yield open_list.pop()
                open_list.append(second)
            continue
        if not open_list:
            closed_at = -_RECENT if line.paragraph.kind == "heading" else closed_at
            continue
        if (line.paragraph.kind == "heading" and not _is_name(minutes, line)) or not _goes_on(
            text, open_list[0], line, words
        ):
            closed_at = -_RECENT if line.paragraph.kind == "heading" else line.start
            yield open_list.pop()
        else:
            open_list[0].lines.append(line)
    yield from open_list


def _lines(minutes: Minutes) -> Iterator[Line]:
    """The lines of the paragraphs that are no signatures, without blank ones."""
    for paragraph in minutes.paragraphs:
        if paragraph.kind == "signature":
            continue
        at = paragraph.start
        for raw in minutes.text[paragraph.start : paragraph.end].split("\n"):
            stripped = raw.strip()
            if stripped:
                start = at + raw.index(stripped)
                begin = minutes.text.rfind("\n", 0, start) + 1
                yield Line(paragraph, start, start + len(stripped), start - begin)
            at += len(raw) + 1


# -- labels -------------------------------------------------------------------------------------


def _opened(minutes: Minutes, line: Line, closed_at: int, is_open: bool) -> OpenList | None:
    """The list that a line opens, with what stands on the line after the label."""
    text = minutes.text
    at, labels = line.start, list[Label]()
    in_head = line.paragraph.section == 0 or is_open or line.start - closed_at <= _RECENT
    while at < line.end:
        found = _label_at(text, at, line.end, heading=line.paragraph.kind == "heading")
        if found is None or (found[0].needs_list and not in_head and not labels):
            break
        labels.append(found[0])
        at = found[1]
    if not labels:
        return _by_sentence(minutes, line, near=is_open or line.start - closed_at <= _RECENT)
    row = labels[0]
    columns = (
        labels[1:] if len(labels) > 1 and not row.needs_list and all(_is_column(one) for one in labels[1:]) else labels
    )
    rest = Line(line.paragraph, at, line.end, at - text.rfind("\n", 0, at) - 1)
    inline = at < line.end
    label = columns[0] if len(columns) == 1 and len(labels) > 1 else row
    return OpenList(
        label, line.start, tuple(columns) if len(columns) > 1 else (), inline, None, [rest] if inline else []
    )


def _is_column(label: Label) -> bool:
    return label.needs_list or label.capacity is not None


def _label_at(text: str, at: int, end: int, *, heading: bool) -> tuple[Label, int] | None:
    """The label that begins at ``at``, and where what follows it begins."""
    noise = _NOISE.match(text, at, end)
    start = noise.end() if noise else at
    if heading:
        number = _NUMBERED.match(text, start, end)
        start = number.end() if number else start
    stop = _LABEL_END.search(text, start, min(end, start + _MAX_LABEL))
    if stop is None or stop.start() == start:
        return None
    words = plain(text[start : stop.start()]).strip(" .")
    mixed = ":" not in stop[0] and any(word[0].isupper() for word in words.split()[1:]) and not words.isupper()
    for pattern, label in _labels():
        if pattern.fullmatch(words) and not mixed:
            two = _two_labels(words)
            if two is not None:
                return two[0], start + text[start:end].index(two[1])
            return label, stop.end()
    two = _two_labels(words)
    return (two[0], start + text[start:end].index(two[1])) if two else None


def _two_labels(words: str) -> tuple[Label, str] | None:
    """Two labels with one space between: *Övriga närvarande Ersättare*; the first, and the words of the other."""
    pieces = words.split(" ")
    for n in range(len(pieces) - 1, 0, -1):
        first, second = " ".join(pieces[:n]), " ".join(pieces[n:])
        if not second[:1].isupper():
            continue
        left = next((label for pattern, label in _labels() if pattern.fullmatch(first)), None)
        right = next((label for pattern, label in _labels() if pattern.fullmatch(second)), None)
        if left and right:
            return left, second
    return None


def _by_sentence(minutes: Minutes, line: Line, *, near: bool) -> OpenList | None:
    """The list that a sentence leads in or holds: *Följande medlemmar närvarade: …*."""
    text, paragraph = minutes.text, line.paragraph
    inside = _WITHIN.search(text, line.start, line.end)
    label = _label_at(text, inside.end(), line.end, heading=False) if inside else None
    if label is not None:
        return OpenList(label[0], line.start, (), True, None, [replace(line, start=label[1])])
    if paragraph.kind == "heading" or line.start - paragraph.start > 2:
        return None
    for pattern, told in _sentences():
        match = pattern.match(text, line.start, paragraph.end) if near or not told.needs_list else None
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("who"):
            if not _only_names(match["who"]):
                continue
            held = Line(paragraph, match.start("who"), match.end("who"), 0)
            return OpenList(told, line.start, (), True, groups.get("part"), [held], match.end())
        rest = _line_after(text, paragraph, match.end())
        return OpenList(told, line.start, (), rest is not None, groups.get("part"), [rest] if rest else [], match.end())
    return None


def _second(minutes: Minutes, one: OpenList) -> OpenList | None:
    """A further list on the line of the first, which then ends before it: *Med: Ada. Ej med: Bo*."""
    if not one.inline or not one.lines:
        return None
    text, line = minutes.text, one.lines[0]
    within = _WITHIN.search(text, line.start, line.end)
    ends = _SENTENCE_END.search(text, line.start, within.start() + 2 if within else line.end)
    label = _label_at(text, within.end(), line.end, heading=False) if within else None
    if ends is not None and ends.end() < line.end:
        one.lines[0] = replace(line, end=ends.start())
    if within is None or label is None:
        return None
    return OpenList(label[0], within.end(), (), True, None, [replace(line, start=label[1])], line.end)


def _line_after(text: str, paragraph: Paragraph, at: int) -> Line | None:
    """What follows ``at`` on its line."""
    end = text.find("\n", at, paragraph.end)
    end = paragraph.end if end < 0 else end
    stripped = text[at:end].strip()
    start = at + text[at:end].index(stripped)
    return Line(paragraph, start, start + len(stripped), 0) if stripped else None


def _only_names(who: str) -> bool:
    """Whether words of a sentence are names and nothing else: no *ordföranden fann att alla*."""
    entries = read_list(who, 0, len(who), each_line=False, alone=True)
    pieces = [piece for piece in re.split(r",|\s(?:och|samt|&)\s", who) if piece.strip(" *")]
    return len(entries) >= len(pieces)


# -- which lines belong -------------------------------------------------------------------------


def _goes_on(text: str, one: OpenList, line: Line, words: str) -> bool:
    """Whether a line is an entry of an open list, or goes on with the entry above."""
    bare = words.strip(" *_-–•·")
    if _CELLS_HEAD.fullmatch(words) or is_nobody(bare):
        return True
    single = one.told_to and not one.inline and _SINGLE.fullmatch(bare)
    if single or (_only_titles(text, one) and _is_role(line, bare)):
        return True
    last = one.lines[-1] if one.lines else None
    same = last is not None and last.paragraph is line.paragraph
    wrapped = last is not None and text[last.start : last.end].rstrip().endswith((",", " och", "-", "&"))
    field = _FIELD.match(words)
    if field and not one.inline and is_organisation(field[0].strip(" *:")):
        return True
    if line.paragraph.kind == "row" and is_table_head(words):
        return True
    if (is_label(bare) and not bare[:1].islower()) or field:
        return not one.inline and titles().match(bare) is not None and _titled(text, one)
    if one.inline and not same and not wrapped and not _columned(text, one):
        return False
    if bare.endswith(".") and len(bare.split()) > _MAX_PLAIN_WORDS and bare.count(",") < 2:
        return False
    entries = read_list(text, line.start, line.end, each_line=True)
    if entries and entries[0].start - line.start < 12:
        return _mostly_names(bare) or wrapped
    goes = bare[:1].islower() or bare[:1] in "(§‹" or is_organisation(bare) or wrapped
    if last is not None and len(bare) <= _MAX_LABEL and not bare.endswith("."):
        return goes or (same and one.inline and name_at(bare) is not None and "," in text[last.start : last.end])
    return bool(read_list(text, line.start, line.end, each_line=False)) and bare.count(",") >= 1


def _is_name(minutes: Minutes, line: Line) -> bool:
    """Whether a heading is a name in a numbered list, *1. Ada Ek*, which looks like a point."""
    heading = minutes.section(line.paragraph.section).heading
    return is_person(heading) and len(heading.split()) > 1


def _only_titles(text: str, one: OpenList) -> bool:
    """Whether every entry so far is a role without a name."""
    return not one.inline and all(is_title(text[line.start : line.end].strip(" *-–•")) for line in one.lines[:1])


def _is_role(line: Line, bare: str) -> bool:
    return line.paragraph.kind == "item" and len(bare) <= _MAX_LABEL and (is_title(bare) or len(bare.split()) <= 3)


def _titled(text: str, one: OpenList) -> bool:
    """Whether every entry so far has its title in front: *Ordförande Ada Ek*."""
    return all(titles().match(text[line.start : line.end].strip(" *-–•")) for line in one.lines)


def _columned(text: str, one: OpenList) -> bool:
    """Whether the first line of a list has columns, so that others with columns follow."""
    first = one.lines[0]
    words = text[first.start : first.end]
    return GAP.search(words) is not None or (bool(one.columns)) or words.count(",") <= 1


def _mostly_names(bare: str) -> bool:
    """Whether a line is no sentence: few words in small letters follow each other."""
    return re.search(r"(?:\b[a-zåäö]+ ){6}", re.sub(r"\([^)]*\)", "", bare)) is None
