"""Rows of a table without lines: what stands beside a point belongs to it.

The column with most text is divided into units (a heading, a point, a paragraph); the entries of
the other columns go to the unit in whose height they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.layout.pieces import Piece, plain
from corpus.layout.words import Row, joined

_STARTS = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[A-Za-zÅÄÖåäö]\)|[ivx]{2,5}[.)]|[A-ZÅÄÖ]\.|\([\da-z]\)"
    r"|[-–—•▪●○◦·*»]|§ ?\d+\w?)(?:\s|$)"
)
_SPACE = 0.3  # of a line height: a space between words
_SLACK = 0.06  # of a column's width: no margin is kept exactly
_LISTED = 0.6  # of the rows have an entry: then each is a row of its own
_LONG = 40  # letters a row: longer rows are running text and no list
_GAP = 1.35  # of the usual distance between rows


@dataclass(slots=True)
class Unit:
    """Rows of the main column that belong together, with the entries beside them by column."""

    rows: list[Row]
    beside: dict[int, list[Row]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Where its first row begins."""
        return self.rows[0].top

    @property
    def bottom(self) -> float:
        """Where its last row ends."""
        return self.rows[-1].bottom


def table_rows(columns: Sequence[Sequence[Row]], rules: Sequence[float], pitch: float) -> list[Piece]:
    """The rows of a table: one piece a unit with an entry beside it, else one a row of text.

    ``columns`` from left to right, ``rules`` the heights of ruling lines across the table, ascending,
    ``pitch`` the usual distance between rows.
    """
    main = max(range(len(columns)), key=lambda c: sum(len(row.text) for row in columns[c]))
    sides = {c: column for c, column in enumerate(columns) if c != main}
    starts = _starts(columns[main], sides, main)
    units = _units(columns[main], starts, rules, pitch)
    alone: list[Piece] = []
    units = _divided(units, sides, starts, rules, pitch)
    for c, column in sides.items():
        for block in _blocks(column, units, starts, rules, pitch):
            unit = _home(block, units, rules, before=c < main)
            if unit is None:
                alone.append(Piece(joined(row.text for row in block), block[0].middle, block[-1].middle))
            else:
                unit.beside.setdefault(c, []).extend(block)
    pieces = [piece for unit in _headed(units, rules, pitch) for piece in _written(unit, main)]
    return sorted([*pieces, *alone], key=lambda piece: piece.first) if alone else pieces


def _starts(main: Sequence[Row], sides: dict[int, Sequence[Row]], at: int) -> set[int]:
    """The ``id`` of rows of the main column that begin a unit because of what stands beside them.

    In a list (*name, part, address*) nearly every row has an entry and is a unit; and so is a row
    beside a new entry of a column before the main one.
    """
    starts: set[int] = set()
    short = sum(len(row.text) for row in main) < _LONG * len(main)
    for c, column in sides.items():
        beside = [row for row in main if any(_beside(row, other) and _begins(other.text) for other in column)]
        if c < at:
            starts |= {id(row) for row in beside if short or not row.text[0].islower()}
        elif short and sum(any(_beside(row, other) for other in column) for row in main) >= _LISTED * len(main):
            starts |= {id(row) for row in main if not row.text[0].islower()}
    return starts


def _divided(
    units: Sequence[Unit], sides: dict[int, Sequence[Row]], starts: set[int], rules: Sequence[float], pitch: float
) -> list[Unit]:
    """The units, parted at a sentence beside which a second entry of a column begins."""
    out: list[Unit] = []
    entries = {c: [block[0] for block in _blocks(column, units, starts, rules, pitch)] for c, column in sides.items()}
    for unit in units:
        part = Unit([])
        for row in unit.rows:
            new = [c for c, column in entries.items() if any(_beside(row, entry) for entry in column)]
            if part.rows and not row.text[0].islower() and any(c in part.beside for c in new):
                out.append(part)
                part = Unit([])
            part.rows.append(row)
            for c in new:
                part.beside[c] = []
        out.append(part)
    return [Unit(part.rows) for part in out]


def _headed(units: Sequence[Unit], rules: Sequence[float], pitch: float) -> list[Unit]:
    """The units, with headings that have an entry beside them or beside the text under them.

    The entry beside a numbered heading goes to the text under it, so that the heading stays a line
    of its own; a lettered one becomes one unit with its text.
    """
    out: list[Unit] = []
    for unit in units:
        above = out[-1] if out else None
        if (
            above is not None
            and len(above.rows) == 1
            and _STARTS.match(above.rows[0].text)
            and not _STARTS.match(unit.rows[0].text)
            and not _ruled(rules, above.rows[-1], unit.rows[0])
            and unit.rows[0].middle - above.rows[-1].middle < _GAP * pitch
        ):
            numbered = above.rows[0].text[0] in "0123456789§"
            if numbered and above.beside and not unit.beside:
                unit.beside, above.beside = above.beside, {}
            elif not numbered and bool(above.beside) != bool(unit.beside):
                out[-1] = Unit([*above.rows, *unit.rows], above.beside or unit.beside)
                continue
        out.append(unit)
    return out


def _units(rows: Sequence[Row], starts: set[int], rules: Sequence[float], pitch: float) -> list[Unit]:
    if not rows:
        return []
    margin = sorted(row.right for row in rows)[-1 - len(rows) // 10]  # a line that stands out is no margin
    units = [Unit([rows[0]])]
    for above, row in pairwise(rows):
        text = row.text
        # The row above was ended by its writer if the first word of this one had fitted into it.
        first = row.segments[0].words[0]
        spare = margin - above.right - _SPACE * (row.bottom - row.top)
        short = first.right - first.left + _SLACK * (margin - row.left) < spare
        new = (
            _ruled(rules, above, row)
            or row.middle - above.middle > _GAP * pitch
            or _STARTS.match(text) is not None
            or (short and (text[0].isupper() or text[0].isdigit()))
            or id(row) in starts
        )
        if new:
            units.append(Unit([row]))
        else:
            units[-1].rows.append(row)
    return units


def _blocks(
    column: Sequence[Row], units: Sequence[Unit], starts: set[int], rules: Sequence[float], pitch: float
) -> list[list[Row]]:
    """Entries of a side column: rows close below each other, unless a new unit begins beside one."""
    blocks: list[list[Row]] = []
    for row in column:
        if blocks:
            above = blocks[-1][-1]
            beside = next((unit for unit in units if _beside(unit.rows[0], row)), None)
            own = beside is not None and (id(beside.rows[0]) in starts or _begins(row.text))
            near = row.middle - above.middle < _GAP * pitch
            again = row.text == above.text  # the same person for the next point
            if near and not again and not _ruled(rules, above, row) and not (own and _complete(blocks[-1])):
                blocks[-1].append(row)
                continue
        blocks.append([row])
    return blocks


def _complete(block: Sequence[Row]) -> bool:
    """Whether an entry can end here: not with a joining word or sign."""
    return re.search(r"(?:\b(?:och|av|med|till|för|har|samt|en|ett)|[-/,&])$", block[-1].text) is None


def _home(block: Sequence[Row], units: Sequence[Unit], rules: Sequence[float], *, before: bool) -> Unit | None:
    """The unit beside most rows of the entry, the first of equals; else the last that began above.

    An entry of a column ``before`` the main one that stands below its text begins something new:
    only to the right do entries hang on what they belong to.
    """
    best, most = None, 0
    first, last = block[0].middle, block[-1].middle
    for unit in units:
        if unit.bottom + 1 < first or last < unit.top - 1:
            continue
        beside = sum([unit.top - 1 <= row.middle <= unit.bottom + 1 for row in block])
        if beside > most:
            best, most = unit, beside
    if best is None:
        above = [unit for unit in units if unit.top <= block[0].middle]
        if above and before:
            return None
        if above and not any(above[-1].bottom < rule < block[0].middle for rule in rules):
            best = above[-1]
        elif units and not above:
            best = units[0] if units[0].top - block[-1].bottom < block[-1].bottom - block[-1].top else None
    return best


def _written(unit: Unit, main: int) -> list[Piece]:
    if not unit.beside:
        return [plain(row, apart=k == 0 and len(unit.rows) > 1) for k, row in enumerate(unit.rows)]
    cells = {c: joined(row.text for row in rows) for c, rows in unit.beside.items()}
    cells[main] = joined(row.text for row in unit.rows)
    line = " | ".join(cells[c] for c in sorted(cells))
    return [Piece(line, unit.rows[0].middle, unit.rows[-1].middle, apart=len(unit.rows) > 1)]


def _begins(text: str) -> bool:
    return not text[0].islower() and text[0] not in "/(&"


def _ruled(rules: Sequence[float], above: Row, below: Row) -> bool:
    first = bisect_right(rules, above.middle)
    return first < len(rules) and rules[first] < below.middle


def _beside(row: Row, other: Row) -> bool:
    if row.bottom <= other.top or other.bottom <= row.top:  # most rows of a page
        return False
    shared = min(row.bottom, other.bottom) - max(row.top, other.top)
    return shared > 0.4 * min(row.bottom - row.top, other.bottom - other.top)
