"""Attendance: who was at the meeting and who was not, from the lists of its head and its roll call.

A label (*Närvarande:*, *Ej närvarande kommuner*; ``tables/attendance_labels.tsv``) opens a list, and what is
no entry of a list closes it. The lines of a list are read by ``models/registers/listed.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from corpus.headings import is_label
from corpus.records import Paragraph
from models.registers.listed import Listed, is_nobody, read_list
from models.registers.minutes import Minutes
from models.registers.names import is_organisation, is_person, is_title, name_at, rows, titles
from models.registers.records import Attendance, Presence, Proof

_NOISE = re.compile(r"[^\w(‹]*")
_GAP = re.compile(r"\s*[\t|]\s*|\s{3,}")
_LABEL_END = re.compile(r"\**:\**\s*|\s*[\t|]\s*|\s{2,}|$")
_FIELD = re.compile(r"[^\w(]*[A-ZÅÄÖ][\w /-]{1,40}:(?!\d)")
_CELLS_HEAD = re.compile(r"[\s|:-]*")
_RAN_TOGETHER = re.compile(r"[^()]+\((?:[A-ZÅÄÖ]{1,4}|-)\)(?P<between>[^()]*)\((?:[A-ZÅÄÖ]{1,4}|-)\)")
_RECENT = 300  # characters below a list in which a further label belongs to it
_MAX_LABEL = 60
_MAX_PLAIN_WORDS = 9
_RIGHT_COLUMN = 18  # characters of indentation: a cell of a second column


@dataclass(frozen=True, slots=True)
class _Label:
    """What a label says of those below it. ``status`` *other* lists neither present nor absent."""

    status: str
    capacity: str | None
    needs_list: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph, by its characters; ``indent`` of its first character in the text."""

    paragraph: Paragraph
    start: int
    end: int
    indent: int


@dataclass(slots=True)
class _List:
    """An open list: its label, its columns if it has several, and its lines so far."""

    label: _Label
    start: int
    columns: tuple[_Label, ...] = ()
    inline: bool = False
    part: str | None = None
    lines: list[_Line] = field(default_factory=list)


@cache
def _labels() -> tuple[tuple[re.Pattern[str], _Label], ...]:
    return tuple(
        (
            re.compile(row["pattern"], re.IGNORECASE),
            _Label(row["status"], row["capacity"] or None, row["needs_list"] == "yes"),
        )
        for row in rows("attendance_labels")
    )


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], _Label], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), _Label(row["status"], None, False))
        for row in rows("attendance_sentences")
    )


def find_attendance(minutes: Minutes) -> list[Attendance]:
    """Those who were present or absent, each once, in reading order.

    ``person`` is as written, without titles and parties; None for a body. The proof is the row of the
    person, in a run of names the line or lines that hold the run.
    """
    if minutes.kind in ("plan", "report"):
        return []
    found: list[Attendance] = []
    for one in _lists(minutes):
        _extend(found, minutes, one)
    return found


def _lists(minutes: Minutes) -> Iterator[_List]:
    """The lists of names, each with its lines, closed where no entry follows."""
    text = minutes.text
    open_list: list[_List] = []
    closed_at = -_RECENT
    for line in _lines(minutes):
        words = text[line.start : line.end]
        opened = _opened(minutes, line, closed_at, bool(open_list))
        if opened is not None:
            if open_list:
                closed_at = line.start
                yield open_list.pop()
            open_list.append(opened)
            continue
        if not open_list:
            continue
        if line.paragraph.kind == "heading" or not _goes_on(text, open_list[0], line, words):
            closed_at = line.start
            yield open_list.pop()
        else:
            open_list[0].lines.append(line)
    yield from open_list


def _lines(minutes: Minutes) -> Iterator[_Line]:
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
                yield _Line(paragraph, start, start + len(stripped), start - begin)
            at += len(raw) + 1


# -- labels -------------------------------------------------------------------------------------


def _opened(minutes: Minutes, line: _Line, closed_at: int, is_open: bool) -> _List | None:
    """The list that a line opens, with what stands on the line after the label."""
    text = minutes.text
    at, labels = line.start, list[_Label]()
    in_head = line.paragraph.section == 0 or is_open or line.start - closed_at <= _RECENT
    while at < line.end:
        found = _label_at(text, at, line.end, heading=line.paragraph.kind == "heading")
        if found is None or (found[0].needs_list and not in_head and not labels):
            break
        labels.append(found[0])
        at = found[1]
    if not labels:
        return _by_sentence(minutes, line)
    row = labels[0]
    columns = (
        labels[1:] if len(labels) > 1 and not row.needs_list and all(_is_column(one) for one in labels[1:]) else labels
    )
    rest = _Line(line.paragraph, at, line.end, at - text.rfind("\n", 0, at) - 1)
    inline = at < line.end
    label = columns[0] if len(columns) == 1 and len(labels) > 1 else row
    return _List(label, line.start, tuple(columns) if len(columns) > 1 else (), inline, None, [rest] if inline else [])


def _is_column(label: _Label) -> bool:
    return label.needs_list or label.capacity is not None


def _label_at(text: str, at: int, end: int, *, heading: bool) -> tuple[_Label, int] | None:
    """The label that begins at ``at``, and where what follows it begins."""
    noise = _NOISE.match(text, at, end)
    start = noise.end() if noise else at
    if heading:
        start += len(re.match(r"(?:\d+(?:\.\d+)*[.)]?|§ ?\d+\.?)?\W*", text[start:end])[0])  # type: ignore[index]
    stop = _LABEL_END.search(text, start, min(end, start + _MAX_LABEL))
    if stop is None or stop.start() == start:
        return None
    words = text[start : stop.start()].strip(" *_")
    for pattern, label in _labels():
        if pattern.fullmatch(words):
            two = _two_labels(words)
            if two is not None:
                return two[0], start + text[start:end].index(two[1])
            return label, stop.end()
    two = _two_labels(words)
    return (two[0], start + text[start:end].index(two[1])) if two else None


def _two_labels(words: str) -> tuple[_Label, str] | None:
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


def _by_sentence(minutes: Minutes, line: _Line) -> _List | None:
    """The list that a sentence leads in or holds: *Följande medlemmar närvarade: …*."""
    paragraph = line.paragraph
    if paragraph.kind == "heading" or line.start - paragraph.start > 2:
        found = re.search(
            r"[.;] +(?=(?:ej )?(?:närvarande|frånvarande)\s*:)", minutes.text[line.start : line.end], re.IGNORECASE
        )
        label = _label_at(minutes.text, line.start + found.end(), line.end, heading=False) if found else None
        if label is None:
            return None
        return _List(label[0], line.start, (), True, None, [replace(line, start=label[1])])
    for pattern, label_of in _sentences():
        match = pattern.match(minutes.text, line.start, paragraph.end)
        if match is None:
            continue
        groups = match.groupdict()
        part = groups.get("part")
        if groups.get("who"):
            return _List(
                label_of, line.start, (), True, part, [_Line(paragraph, match.start("who"), match.end("who"), 0)]
            )
        if match.end() >= line.end:
            return _List(label_of, line.start, (), False, part)
        return _List(label_of, line.start, (), True, part, [replace(line, start=match.end())])
    found = re.search(
        r"[.;] +(?=(?:ej )?(?:närvarande|frånvarande)\s*:)", minutes.text[line.start : line.end], re.IGNORECASE
    )
    label = _label_at(minutes.text, line.start + found.end(), line.end, heading=False) if found else None
    return _List(label[0], line.start, (), True, None, [replace(line, start=label[1])]) if label else None


# -- which lines belong -------------------------------------------------------------------------


def _goes_on(text: str, one: _List, line: _Line, words: str) -> bool:
    """Whether a line is an entry of an open list, or goes on with the entry above."""
    bare = words.strip(" *_-–•·")
    if _CELLS_HEAD.fullmatch(words) or is_nobody(bare):
        return True
    last = one.lines[-1] if one.lines else None
    same = last is not None and last.paragraph is line.paragraph
    wrapped = last is not None and text[last.start : last.end].rstrip().endswith((",", " och", "-", "&"))
    if (is_label(bare) and not bare[:1].islower()) or _FIELD.match(words):
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


def _titled(text: str, one: _List) -> bool:
    """Whether every entry so far has its title in front: *Ordförande Ada Ek*."""
    return all(titles().match(text[line.start : line.end].strip(" *-–•")) for line in one.lines)


def _columned(text: str, one: _List) -> bool:
    """Whether the first line of a list has columns, so that others with columns follow."""
    first = one.lines[0]
    words = text[first.start : first.end]
    return _GAP.search(words) is not None or (bool(one.columns)) or words.count(",") <= 1


def _mostly_names(bare: str) -> bool:
    """Whether a line is no sentence: few words in small letters follow each other."""
    return re.search(r"(?:\b[a-zåäö]+ ){6}", re.sub(r"\([^)]*\)", "", bare)) is None


# -- reading a list -----------------------------------------------------------------------------


def _extend(found: list[Attendance], minutes: Minutes, one: _List) -> None:
    if one.label.status == "other" or not one.lines:
        return
    text = minutes.text
    if one.columns:
        for label, cells in zip(one.columns, _by_column(text, one), strict=True):
            for entry, line in _entries(text, cells):
                _append(found, one, label, entry, line, one.start)
        return
    for entry, line in _entries(text, one.lines):
        _append(found, one, one.label, entry, line, one.start)


def _append(
    found: list[Attendance], one: _List, label: _Label, entry: Listed, line: tuple[_Line, _Line], label_start: int
) -> None:
    """Add an entry, if nobody of that name is there yet."""
    if any(_same(other, entry) for other in found):
        return
    first, last = line
    start = (
        label_start
        if one.lines and first is one.lines[0] and first.start - label_start < _MAX_LABEL * 2
        else first.start
    )
    if start < first.paragraph.start:
        start = first.start
    end = last.end if last.paragraph is first.paragraph else first.end
    status: Presence = "absent" if label.status == "absent" or entry.absent else "present"
    capacity = entry.capacity.lower() if entry.capacity else label.capacity
    proof = Proof(first.paragraph.section, first.paragraph.number, start, end)
    found.append(
        Attendance(
            entry.person, entry.organisation, status, capacity, entry.substitute_for, entry.part or one.part, proof
        )
    )


def _same(other: Attendance, entry: Listed) -> bool:
    if entry.person is None or other.person is None:
        return (
            entry.person is None and other.person is None and _folded(other.organisation) == _folded(entry.organisation)
        )
    return _folded(other.person) == _folded(entry.person)


def _folded(text: str | None) -> str:
    return re.sub(r"\W+", " ", text or "").strip().casefold()


def _entries(text: str, lines: Sequence[_Line]) -> Iterator[tuple[Listed, tuple[_Line, _Line]]]:
    """The entries of lines with the first and last line that hold them."""
    if not lines:
        return
    if _is_run(text, lines):
        for entry in _read_together(text, lines, each_line=False):
            yield entry, (lines[0], lines[-1])
        return
    group: list[_Line] = []
    for line in lines:
        if group and _begins(text, line):
            yield from ((entry, (group[0], group[-1])) for entry in _read_together(text, group, each_line=True))
            group = []
        group.append(line)
    yield from ((entry, (group[0], group[-1])) for entry in _read_together(text, group, each_line=True))


def _read_together(text: str, lines: Sequence[_Line], *, each_line: bool) -> list[Listed]:
    """The entries of lines that belong together; lines that do not follow each other are joined."""
    if not each_line and all(text[a.end : b.start].strip() == "" for a, b in pairwise(lines)):
        return read_list(text, lines[0].start, lines[-1].end, each_line=False)
    joined = " ".join(text[line.start : line.end] for line in lines)
    return read_list(joined, 0, len(joined), each_line=each_line)


def _is_run(text: str, lines: Sequence[_Line]) -> bool:
    """Whether names run on between commas: two or more on a line."""
    for line in lines:
        words = text[line.start : line.end]
        if _GAP.search(words):
            continue
        pieces = [piece.strip(" *.") for piece in re.split(r",|;| och ", re.sub(r"\([^)]*\)", "", words))]
        named = [
            p
            for p in pieces
            if is_person(re.sub(rf"^(?:{titles().pattern}) ", "", p, flags=re.IGNORECASE), alone=False)
        ]
        if len(named) > 1 or (len(pieces) > 1 and all(len(p.split()) == 1 and not is_title(p) for p in pieces if p)):
            return True
        if line is lines[0] and sum(is_organisation(p) for p in pieces) > 1 and not is_person(pieces[0]):
            return True
    return False


def _begins(text: str, line: _Line) -> bool:
    """Whether a line begins an entry of its own."""
    entries = read_list(text, line.start, line.end, each_line=True)
    if not entries:
        return False
    words = text[line.start : line.end]
    if entries[0].person is None:
        return name_at(words) is not None
    return len(entries[0].person.split()) > 1 or entries[0].organisation is None or not words[:1].isupper()


def _by_column(text: str, one: _List) -> list[list[_Line]]:
    """The cells of a list with columns, column by column."""
    columns: list[list[_Line]] = [[] for _ in one.columns]
    last = 0
    for line in one.lines:
        cells = list(_cells(text, line))
        if len(cells) > 1:
            for n, cell in enumerate(cells[: len(columns)]):
                columns[n].append(cell)
                last = n
            continue
        if line.indent >= _RIGHT_COLUMN:
            last = len(columns) - 1
        elif _begins(text, line):
            party = re.search(r"\((?:[A-ZÅÄÖ]{1,4}|-)\)", text[line.start : line.end])
            last = 0 if party else len(columns) - 1
        columns[last].append(line)
    return columns


def _cells(text: str, line: _Line) -> Iterator[_Line]:
    """The cells of a line; columns that ran into each other are parted at the second party."""
    gaps = [(gap.start(), gap.end()) for gap in _GAP.finditer(text, line.start, line.end)]
    second = _RAN_TOGETHER.match(text, line.start, line.end)
    if not gaps and second is not None:
        title = titles().search(text, second.start("between"), second.end("between"))
        at = title.end() if title else second.start("between")
        gaps = [(at, at + 1)] if not text[second.start("between") : second.end()].lstrip().startswith("för ") else []
    at = line.start
    for start, end in [*gaps, (line.end, line.end)]:
        if text[at:start].strip():
            yield replace(line, start=at, end=start, indent=line.indent + at - line.start)
        at = end
