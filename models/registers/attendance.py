"""Attendance: who was at the meeting and who was not, from the lists of its head and its roll call.

Where the lists are is told by ``models/registers/rolls.py``, what stands on their lines by
``models/registers/listed.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from models.registers.listed import Listed, is_run_of_nicks, read_list
from models.registers.minutes import Minutes
from models.registers.names import is_organisation, is_person, is_title, rows, titles
from models.registers.records import Attendance, Presence, Proof
from models.registers.roll_tables import tables_of
from models.registers.rolls import GAP, Label, Line, OpenList, lists_of

_RAN_TOGETHER = re.compile(r"[^()]+\((?:[A-ZÅÄÖ]{1,4}|-)\)(?P<between>[^()]*)\((?:[A-ZÅÄÖ]{1,4}|-)\)")
_OF_ORGANISATION = re.compile(r"[\W]*([A-ZÅÄÖ][^:\n]{3,60}):\**\s+(?=\S)")  # *Älvtorps kommun: Ada Ek, Bo Ek*
_OPEN_END = re.compile(r"\b(?:för|och|i|av|på|samt)$")  # of a line whose entry goes on below
_MAX_LABEL = 120
_RIGHT_COLUMN = 18  # characters of indentation: a cell of a second column


def find_attendance(minutes: Minutes) -> list[Attendance]:
    """Those who were present or absent, each once, in reading order.

    ``person`` is as written, without titles and parties; None for a body. The proof is the row of the
    person, in a run of names the line or lines that hold the run.
    """
    if minutes.kind in ("plan", "report"):
        return []
    found: list[Attendance] = []
    for one in lists_of(minutes):
        _extend(found, minutes, one)
    for entry, present, proof in tables_of(minutes):
        if not any(_same(other, entry) for other in found):
            said = entry.capacity.lower() if entry.capacity else None
            status: Presence = "present" if present else "absent"
            found.append(
                Attendance(entry.person, entry.organisation, status, said, entry.substitute_for, entry.part, proof)
            )
    return _came_and_went(found, minutes)


@cache
def _coming_and_going() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("coming_and_going"))


def _came_and_went(found: list[Attendance], minutes: Minutes) -> list[Attendance]:
    """With the part of the meeting of those who came late or left early, where one person is meant."""
    for sentence in minutes.sentences:
        words = minutes.words(sentence)
        for match in (m for pattern in _coming_and_going() for m in pattern.finditer(words)):
            named = [n for n, one in enumerate(found) if one.person and _names(match["who"], one.person)]
            if len(named) == 1 and found[named[0]].part is None and found[named[0]].status == "present":
                found[named[0]] = replace(found[named[0]], part=match["part"].strip(" ."))
    return found


def _names(written: str, person: str) -> bool:
    """Whether a name in a sentence can be a person of the list: the same, or the first name of it."""
    return _folded(person) == _folded(written) or _folded(person).split()[:1] == _folded(written).split()


def _extend(found: list[Attendance], minutes: Minutes, one: OpenList) -> None:
    if one.label.status == "other" or not one.lines:
        return
    text = minutes.text
    nicks = (
        _all_single(text, one)
        or any(_is_nick(other) for other in found)
        or any(is_run_of_nicks(text[line.start : line.end]) for line in one.lines)
    )
    if one.columns:
        for label, cells in zip(one.columns, _by_column(text, one), strict=True):
            for entry, line in _entries(text, cells, nicks):
                _append(found, one, label, entry, line, one.start)
        return
    for entry, line in _entries(text, one.lines, nicks):
        _append(found, one, one.label, entry, line, one.start)


def _append(
    found: list[Attendance], one: OpenList, label: Label, entry: Listed, line: tuple[Line, Line], label_start: int
) -> None:
    """Add an entry, if nobody of that name is there yet."""
    if any(_same(other, entry) for other in found):
        return
    first, last = line
    led_in = first.start == one.lines[0].start and first.start - label_start < _MAX_LABEL
    start = label_start if led_in and label_start >= first.paragraph.start else first.start
    end = last.end if last.paragraph is first.paragraph else first.end
    status: Presence = "absent" if label.status == "absent" or entry.absent else "present"
    said = entry.capacity.lower() if entry.capacity else None
    capacity = said if said and (label.capacity is None or entry.substitute_for) else label.capacity
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


def _all_single(text: str, one: OpenList) -> bool:
    """A list of user names below a sentence, one a line."""
    single = sum(" " not in text[line.start : line.end].strip() for line in one.lines)
    return one.told_to > 0 and len(one.lines) > 2 and single * 2 > len(one.lines)


def _is_nick(one: Attendance) -> bool:
    return one.person is not None and one.person.islower()


def _entries(text: str, lines: Sequence[Line], nicks: bool) -> Iterator[tuple[Listed, tuple[Line, Line]]]:
    """The entries of lines with the first and last line that hold them."""
    if lines and all(is_title(_bare(text, line)) for line in lines[:1]) and len(lines) > 1:
        for line in lines:  # roles without names: *Kassör*
            yield Listed(line.start, line.end, re.sub(r" *\([^)]*\)", "", _bare(text, line))), (line, line)
        return
    if not lines:
        return
    if _is_run(text, lines):
        for entry in _read_together(text, lines, each_line=False, alone=nicks):
            yield entry, (lines[0], lines[-1])
        return
    group: list[Line] = []
    for line in lines:
        led = _OF_ORGANISATION.match(text, line.start, line.end)
        if led and is_organisation(led[1]):
            named = replace(line, start=led.end())
            for entry in _read_together(text, [named], each_line=False, alone=True):
                yield replace(entry, organisation=entry.organisation or led[1]), (line, line)
            continue
        if group and _begins(text, line, group, nicks):
            yield from _entries_of(text, group, nicks)
            group = []
        group.append(line)
    yield from _entries_of(text, group, nicks) if group else ()


def _bare(text: str, line: Line) -> str:
    return text[line.start : line.end].strip(" *-–•")


def _entries_of(text: str, group: Sequence[Line], nicks: bool) -> Iterator[tuple[Listed, tuple[Line, Line]]]:
    for entry in _read_together(text, group, each_line=True, alone=nicks):
        yield entry, (group[0], group[-1])


def _read_together(text: str, lines: Sequence[Line], *, each_line: bool, alone: bool) -> list[Listed]:
    """The entries of lines that belong together; lines that do not follow each other are joined."""
    if not each_line and all(text[a.end : b.start].strip() == "" for a, b in pairwise(lines)):
        return read_list(text, lines[0].start, lines[-1].end, each_line=False, alone=alone)
    joined = " ".join(text[line.start : line.end] for line in lines)
    return read_list(joined, 0, len(joined), each_line=each_line, alone=alone)


def _is_run(text: str, lines: Sequence[Line]) -> bool:
    """Whether names run on between commas: two or more on a line."""
    for line in lines:
        words = text[line.start : line.end]
        if _OF_ORGANISATION.match(words) and is_organisation(words.split(":")[0]):
            return False
        if GAP.search(words):
            continue
        if words.count(",") > 1 and is_run_of_nicks(words):
            return True
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


def _begins(text: str, line: Line, group: Sequence[Line], nicks: bool) -> bool:
    """Whether a line begins an entry of its own, below the lines of the entry before."""
    entries = read_list(text, line.start, line.end, each_line=True, alone=nicks)
    if not entries or _OPEN_END.search(text, group[-1].start, group[-1].end):
        return False
    if entries[0].person is not None:
        return True
    above = _read_together(text, group, each_line=True, alone=nicks)
    if text[group[-1].start : group[-1].end].rstrip().endswith((",", "-")) or not text[line.start].isupper():
        return False
    return not above or above[-1].person is None or above[-1].organisation is not None


def _by_column(text: str, one: OpenList) -> list[list[Line]]:
    """The cells of a list with columns, column by column."""
    columns: list[list[Line]] = [[] for _ in one.columns]
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
        elif any(entry.person for entry in read_list(text, line.start, line.end, each_line=True)):
            party = re.search(r"\((?:[A-ZÅÄÖ]{1,4}|-)\)", text[line.start : line.end])
            last = 0 if party else len(columns) - 1
        columns[last].append(line)
    return columns


def _cells(text: str, line: Line) -> Iterator[Line]:
    """The cells of a line; columns that ran into each other are parted at the second party."""
    gaps = [(gap.start(), gap.end()) for gap in GAP.finditer(text, line.start, line.end)]
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
