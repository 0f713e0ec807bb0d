"""Attendance: who was at the meeting and who was not, from the lists of its head and its roll call.

Where the lists are is told by ``models/registers/rolls.py``, what stands on their lines by
``models/registers/listed.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from models.registers.called import called_in_vain
from models.registers.listed import Listed, is_run_of_nicks, read_list
from models.registers.minutes import Minutes
from models.registers.names import is_organisation, is_person, is_title, rows, titles
from models.registers.records import Attendance, Presence, Proof
from models.registers.roll_tables import is_table_head, tables_of
from models.registers.rolls import GAP, SENTENCE_END, Label, Line, OpenList, is_body_line, lists_of, only_names

_RAN_TOGETHER = re.compile(r"[^()]+\((?:[A-ZÅÄÖ]{1,4}|-)\)(?P<between>[^()]*)\((?:[A-ZÅÄÖ]{1,4}|-)\)")
_OF_ORGANISATION = re.compile(r"[\W]*([A-ZÅÄÖ][^:\n]{3,60}):\**\s+(?=\S)")  # *Älvtorps kommun: Ada Ek, Bo Ek*
_OPEN_END = re.compile(r"(?<=[\w,] )(?:för|och|i|av|på|samt)$")  # of a line whose entry goes on below
_UNFINISHED = re.compile(r"(?:[,-]|\b(?:vice|för|och|tf\.?|senior|biträdande|ersättare))$")  # of a cell
_NEAR = 300  # characters from a list to a sentence that tells of absence
_FIRST_SECTIONS = 3
_MAX_LABEL = 120
_MEMBERS = re.compile("ledamot|ersättare|suppleant")
_RIGHT_COLUMN = 18  # characters of indentation: a cell of a second column


def find_attendance(minutes: Minutes) -> list[Attendance]:
    """Those who were present or absent, each once, in reading order.

    ``person`` is as written, without titles and parties; None for a body. The proof is the row of the
    person, in a run of names the line or lines that hold the run.
    """
    if minutes.kind in ("plan", "report"):
        return []
    found: list[Attendance] = []
    called: list[Attendance] = []
    seen = _Seen()
    for one in lists_of(minutes):
        if one.label.status == "other":
            _extend(called, _Seen(), minutes, replace(one, label=replace(one.label, status="absent")))
        else:
            _extend(found, seen, minutes, one)
    for entry, present, proof in tables_of(minutes):
        if not seen.holds(entry):
            said = entry.capacity.lower() if entry.capacity else None
            status: Presence = "present" if present else "absent"
            found.append(
                Attendance(entry.person, entry.organisation, status, said, entry.substitute_for, entry.part, proof)
            )
    _told(found, seen, minutes)
    found += called_in_vain(called, found)
    found = _without_initials(found)
    return _came_and_went(sorted(found, key=lambda one: one.proof.start), minutes)


@cache
def _coming_and_going(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("coming_and_going") if row["kind"] == kind)


def _told(found: list[Attendance], seen: _Seen, minutes: Minutes) -> None:
    """Add those of whom a sentence says that they were there, or, close to the lists, that they were not."""
    ends = [one.proof.end for one in found]
    for sentence in minutes.sentences:
        near = any(0 <= sentence.start - end <= _NEAR or sentence.start <= end <= sentence.end for end in ends)
        kinds: list[Presence] = ["absent"] if near else []
        kinds += ["present"] if sentence.section <= _FIRST_SECTIONS else []
        words = minutes.words(sentence)
        for kind in kinds:
            match = next((m for m in (p.match(words) for p in _coming_and_going(kind)) if m), None)
            if match is None or not only_names(match["who"]):
                continue
            for entry in read_list(match["who"], 0, len(match["who"]), each_line=False, alone=True):
                if kind == "absent" and any(one.person and _names(entry.person or "", one.person) for one in found):
                    continue  # *Ada* who is in the list
                if not seen.holds(entry):
                    proof = sentence.proof
                    found.append(Attendance(entry.person, entry.organisation, kind, None, None, None, proof))


def _without_initials(found: list[Attendance]) -> list[Attendance]:
    """Without the organisations that are initials: *Ada Ek (AE), Bo Lind (BL)*."""
    short = [
        one for one in found if one.person and one.organisation and re.fullmatch("[A-ZÅÄÖ]{2,3}", one.organisation)
    ]
    if len(short) < 2 or not all(_initials(one.person or "") == one.organisation for one in short):
        return found
    return [replace(one, organisation=None) if one in short else one for one in found]


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[ -]+", name) if word)


def _came_and_went(found: list[Attendance], minutes: Minutes) -> list[Attendance]:
    """With the part of the meeting of those who came late or left early, where one person is meant."""
    for sentence in minutes.sentences:
        words = minutes.words(sentence)
        for match in (m for pattern in _coming_and_going("part") for m in pattern.finditer(words)):
            named = [n for n, one in enumerate(found) if one.person and _names(match["who"], one.person)]
            if len(named) == 1 and found[named[0]].part is None and found[named[0]].status == "present":
                found[named[0]] = replace(found[named[0]], part=match["part"].strip(" ."))
    return found


def _names(written: str, person: str) -> bool:
    """Whether a name in a sentence can be a person of the list: the same, or the first name of it."""
    return _folded(person) == _folded(written) or _folded(person).split()[:1] == _folded(written).split()


def _extend(found: list[Attendance], seen: _Seen, minutes: Minutes, one: OpenList) -> None:
    if not one.lines:
        return
    text = minutes.text
    nicks = (
        _all_single(text, one)
        or any(_is_nick(other) for other in found)
        or any(is_run_of_nicks(text[line.start : line.end]) for line in one.lines)
    )
    if one.columns:
        collapsed = _is_collapsed(text, one)
        for label, cells in zip(one.columns, _by_column(text, one), strict=True):
            label = replace(label, capacity=None) if collapsed else label
            for entry, line in _entries(text, cells, nicks):
                if collapsed and entry.substitute_for is None:  # an office elsewhere: *byalagets ordförande*
                    entry = replace(entry, capacity=None)
                _append(found, seen, one, label, entry, line, one.start)
        return
    told = one.told_to > 0 and one.inline
    for entry, line in _entries(text, one.lines, nicks, run=told):
        _append(found, seen, one, one.label, entry, line, one.start)


def _append(
    found: list[Attendance],
    seen: _Seen,
    one: OpenList,
    label: Label,
    entry: Listed,
    line: tuple[Line, Line],
    label_start: int,
) -> None:
    """Add an entry, if nobody of that name is there yet."""
    if seen.holds(entry):
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


class _Seen:
    """Who is listed already: by name, by initial and surname (*G. Ask* is *Gun Ask*), a body by its name."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._bodies: set[str] = set()
        self._full: set[tuple[str, str]] = set()
        self._short: set[tuple[str, str]] = set()

    def holds(self, entry: Listed) -> bool:
        """Whether the person or body is there already; from now on it is."""
        if entry.person is None:
            name, held = _folded(entry.organisation), self._bodies
        else:
            name, held = _folded(entry.person), self._names
        words = name.split()
        known = name in held
        held.add(name)
        if entry.person is not None and len(words) > 1:
            key = (words[0][0], words[-1])
            short = len(words[0]) == 1
            known = known or key in (self._full if short else self._short)
            (self._short if short else self._full).add(key)
        return known


@lru_cache(maxsize=10_000)
def _folded(text: str | None) -> str:
    return re.sub(r"\W+", " ", text or "").strip().casefold()


def _all_single(text: str, one: OpenList) -> bool:
    """A list of user names below a sentence, one a line."""
    single = sum(" " not in text[line.start : line.end].strip() for line in one.lines)
    return one.told_to > 0 and len(one.lines) > 2 and single * 2 > len(one.lines)


def _is_nick(one: Attendance) -> bool:
    return one.person is not None and one.person.islower()


def _entries(
    text: str, lines: Sequence[Line], nicks: bool, *, run: bool = False
) -> Iterator[tuple[Listed, tuple[Line, Line]]]:
    """The entries of lines with the first and last line that hold them."""
    lines = [line for line in lines if not is_table_head(text[line.start : line.end])]
    if len(lines) > 1 and is_body_line(text, lines[0]) and all(_is_short(text, line) for line in lines):
        for line in lines:
            bare = _bare(text, line)
            entries = read_list(text, line.start, line.end, each_line=True)
            person = entries and entries[0].person is not None
            yield (entries[0] if person else Listed(line.start, line.end, None, bare)), (line, line)
        return
    if lines and all(is_title(_bare(text, line)) for line in lines[:1]) and len(lines) > 1:
        for line in lines:  # roles without names: *Kassör*
            yield Listed(line.start, line.end, re.sub(r" *\([^)]*\)", "", _bare(text, line))), (line, line)
        return
    if not lines:
        return
    if run or _is_run(text, lines):
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


def _is_short(text: str, line: Line) -> bool:
    words = text[line.start : line.end]
    return len(words) < _MAX_LABEL and GAP.search(words) is None and words.count(",") < 2


def _bare(text: str, line: Line) -> str:
    return text[line.start : line.end].strip(" *-–•")


def _entries_of(text: str, group: Sequence[Line], nicks: bool) -> Iterator[tuple[Listed, tuple[Line, Line]]]:
    for entry in _read_together(text, group, each_line=True, alone=nicks):
        yield entry, (group[0], group[-1])


def _read_together(text: str, lines: Sequence[Line], *, each_line: bool, alone: bool) -> list[Listed]:
    """The entries of lines that belong together; lines that do not follow each other are joined."""
    if not each_line and all(text[a.end : b.start].strip() == "" for a, b in pairwise(lines)):
        ends = SENTENCE_END.search(text, lines[0].start, lines[-1].end)
        return read_list(text, lines[0].start, ends.start() if ends else lines[-1].end, each_line=False, alone=alone)
    joined = " ".join(text[line.start : line.end] for line in lines)
    return read_list(joined, 0, len(joined), each_line=each_line, alone=alone)


def _is_run(text: str, lines: Sequence[Line]) -> bool:
    """Whether names run on between commas: two or more on a line."""
    one_each = all(text[line.start : line.end].rstrip(" ,").count(",") < 2 for line in lines)
    if len(lines) > 2 and one_each and not any(text[line.start : line.end].rstrip().endswith(",") for line in lines):
        return False  # *Ada Ek, Svenska Fisk* on each line
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
        else:
            unfinished = [n for n, cells in enumerate(columns) if cells and _goes_on_below(text, cells[-1])]
            last = last if last in unfinished else (unfinished or [last])[-1]
        columns[last].append(line)
    return columns


def _is_collapsed(text: str, one: OpenList) -> bool:
    """Whether nothing tells the columns apart: one cell a line, and no members, whom their parties tell."""
    if _MEMBERS.search(one.columns[0].capacity or ""):
        return False
    return all(line.indent < _RIGHT_COLUMN and len(list(_cells(text, line))) == 1 for line in one.lines)


def _goes_on_below(text: str, cell: Line) -> bool:
    return _UNFINISHED.search(text, cell.start, cell.end) is not None


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
