"""A page: its words in reading order, as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median_low

from corpus.headings import is_part
from corpus.layout.gutters import Gutter, find_gutters
from corpus.layout.pieces import Piece, plain
from corpus.layout.rows import table_rows
from corpus.layout.words import Row, Rule, Segment, Word, line_height, rows_of, segments_of
from corpus.tables import table

_HEAD, _FOOT = 0.16, 0.92  # of the page's height: where heads end and feet begin
_WIDE_SPACE = 2.5  # line heights: a space within one row that parts two cells
_GAP = 1.35
_APART = 1.6  # of the usual distance between rows: what stands above is another matter
_NAME = re.compile(r"[A-ZÅÄÖ][\w'-]+\.?(?: (?:[A-ZÅÄÖ][\w.'-]*|von|af|de)){1,3}(?:,? \([^()]{1,6}\))?(?:, .*)?")
_LABEL_WORDS = 4
_MIN_PROSE_ROWS = 5
_MIN_PROSE_LETTERS = 20


def page_text(words: Iterable[Word], height: float, rules: Sequence[Rule] = ()) -> str:
    """The text of a page of ``height`` points.

    Columns of prose come one after the other, a table row on one line with bars between its
    cells, and a blank line where the space shows a new paragraph.
    """
    rows = rows_of(segments_of(words))
    if not rows:
        return ""
    size = line_height(rows)
    page = _Page(height, size, _pitch(rows, size), rules)
    pieces: list[Piece] = []
    for part in _parted(rows, page.pitch):
        pieces += page.signatures(part) if _signing(part[0]) else page.pieces(part)
    return _written(pieces, page.pitch)


def _parted(rows: Sequence[Row], pitch: float) -> Iterator[Sequence[Row]]:
    """The rows, parted above every row of labels for those who sign.

    Among signatures a label stands apart from what is above it; a word directly below a name
    (*Eva Ek, sekreterare*) is a part and no label.
    """
    start = 0
    for k, row in enumerate(rows):
        if k > start and _signing(row, 1 if _signing(rows[start]) else 2):
            if _signing(rows[start]) and row.middle - rows[k - 1].middle < _APART * pitch:
                continue
            yield rows[start:k]
            start = k
    yield rows[start:]


def _pitch(rows: Sequence[Row], size: float) -> float:
    """The usual distance from a row to the next."""
    steps = [b.middle - a.middle for a, b in pairwise(rows)]
    near = [step for step in steps if 0.6 * size < step < 2.2 * size]
    return median_low(near) if near else 1.2 * size


def _written(pieces: Sequence[Piece], pitch: float) -> str:
    lines: list[str] = []
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (piece.apart or not -pitch < piece.first - last.last < _GAP * pitch):
            lines.append("")
        lines.append(piece.text)
        last = piece
    return "\n".join(lines)


class _Page:
    """What stays the same for all parts of a page."""

    def __init__(self, height: float, size: float, pitch: float, rules: Sequence[Rule]) -> None:
        self.height, self.size, self.pitch = height, size, pitch
        self.rules = sorted(rule.top for rule in rules if rule.horizontal)

    def pieces(self, rows: Sequence[Row]) -> list[Piece]:
        """The pieces of some rows: those with columns by what the columns are, others as they are."""
        if not any(len(row.segments) > 1 for row in rows):
            return [plain(row) for row in rows]
        gutters = [g for g in find_gutters(rows, self.size) if self._parts(g)]
        out: list[Piece] = []
        at = 0
        while at < len(rows):
            within = [g for g in gutters if g.first <= at <= g.last]
            if not within:
                out.append(plain(rows[at]))
                at += 1
                continue
            end = at
            while True:
                reach = max(g.last for g in gutters if at <= g.last and g.first <= end)
                if reach == end:
                    break
                end = reach
            begin, end = self._whole(rows, at, end, within, gutters)
            del out[len(out) - (at - begin) :]
            region, at = rows[begin : end + 1], begin
            moved = [
                Gutter(g.first - at, g.last - at, g.left, g.right, g.support)
                for g in gutters
                if at <= g.first and g.last <= end
            ]
            out += self._region(region, moved)
            at = end + 1
        return out

    def signatures(self, rows: Sequence[Row]) -> list[Piece]:
        """A row of labels with all that stands below each: *Vid protokollet*, the name, the part."""
        borders = [segment.left - 0.5 * self.size for segment in rows[0].segments[1:]]
        end = 1
        while end < len(rows) and not any(s.left < b < s.right for s in rows[end].segments for b in borders):
            end += 1
        out: list[Piece] = []
        below = list(rows[:end])
        for border in borders:
            left, below = _split(below, border)
            out += _apart([plain(row) for row in left])
        out += _apart([plain(row) for row in below])
        return out + self.pieces(rows[end:])

    def _whole(
        self, rows: Sequence[Row], first: int, last: int, within: Sequence[Gutter], gutters: Sequence[Gutter]
    ) -> tuple[int, int]:
        """The rows of a region with those of its first and last paragraph that have nothing beside them.

        Only rows without any gutter are taken, close to the next, that stay left of the last column.
        """
        free = [not any(k in gutter for gutter in gutters) for k in range(len(rows))]
        ends = []
        for at, step in ((first, -1), (last, 1)):
            border = max((g.right for g in gutters if at in g), default=0.0)
            k = at + step
            while 0 <= k < len(rows) and free[k] and rows[k].right <= border:
                if abs(rows[k].middle - rows[k - step].middle) > _GAP * self.pitch:
                    break
                k += step
            ends.append(k - step)
        return ends[0], ends[1]

    def _parts(self, gutter: Gutter) -> bool:
        """Whether a strip is more than a wide space within one row."""
        width = gutter.right - gutter.left
        return gutter.support > 1 or gutter.last > gutter.first or width > _WIDE_SPACE * self.size

    def _region(self, rows: Sequence[Row], gutters: Sequence[Gutter]) -> list[Piece]:
        longest = max(g.last - g.first for g in gutters)
        mains = [g for g in gutters if g.last - g.first >= 0.75 * longest]
        first = mains[0]
        left, right = _split(rows, first.middle)
        if _labels(left, right, rows):
            return _labelled(left, self.pieces(right))
        if self._edge(rows):
            return [Piece(segment.text, row.middle, row.middle) for row in rows for segment in row.segments]
        for gutter in mains:
            left, right = _split(rows, gutter.middle)
            if self._prose(left, right) or _lists(left, right):
                return [*_apart(self.pieces(left)), *_apart(self.pieces(right))]
        least = {g: self.size * (1.0 if g.support > 1 else _WIDE_SPACE) for g in gutters}
        columns = _columns(rows, [g for g in gutters if g in mains or g.right - g.left > least[g]])
        return table_rows(columns, self.rules, self.pitch)

    def _edge(self, rows: Sequence[Row]) -> bool:
        """Whether the rows are the head or the foot of the page."""
        return rows[-1].bottom < _HEAD * self.height or rows[0].top > _FOOT * self.height

    def _prose(self, left: Sequence[Row], right: Sequence[Row]) -> bool:
        if min(len(left), len(right)) < _MIN_PROSE_ROWS:
            return False
        spans = []
        for side in (left, right):
            width = max(row.right for row in side) - min(row.left for row in side)
            spans.append(width)
            filled = sum(row.right - row.left for row in side) / len(side) / width
            letters = sum(len(row.text) for row in side) / len(side)
            if filled < 0.7 or letters < _MIN_PROSE_LETTERS:
                return False
        top, bottom = max(left[0].top, right[0].top), min(left[-1].bottom, right[-1].bottom)
        ruled = sum(top < rule < bottom for rule in self.rules)
        return 0.55 < spans[0] / spans[1] < 1.8 and ruled < 3


def _split(rows: Sequence[Row], at: float) -> tuple[list[Row], list[Row]]:
    """The rows left and right of an upright line; a segment goes where it begins."""
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        if row.right <= at or row.segments[-1].left < at:
            left.append(row)
        elif row.left >= at:
            right.append(row)
        else:
            left.append(_row([s for s in row.segments if s.left < at]))
            right.append(_row([s for s in row.segments if s.left >= at]))
    return left, right


def _columns(rows: Sequence[Row], gutters: Sequence[Gutter]) -> list[list[Row]]:
    columns: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        if len(row.segments) == 1:
            columns[sum(g.middle <= row.left for g in gutters)].append(row)
            continue
        cells: dict[int, list[Segment]] = {}
        for segment in row.segments:
            cells.setdefault(sum(g.middle <= segment.left for g in gutters), []).append(segment)
        for c, cell in cells.items():
            columns[c].append(_row(cell))
    return [column for column in columns if column]


def _row(segments: list[Segment]) -> Row:
    if len(segments) == 1:
        return Row(segments, segments[0].top, segments[0].bottom)
    return Row(segments, min(s.top for s in segments), max(s.bottom for s in segments))


def _labels(left: Sequence[Row], right: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether the left column holds labels: *Tid:*, *Närvarande:*, *Plats och tid*."""
    if not left or not right:
        return False
    begin = min(row.left for row in left)
    if max(row.right for row in left) - begin > 0.4 * (max(row.right for row in rows) - begin):
        return False
    named = sum(row.text.endswith(":") or _label().fullmatch(row.text) is not None for row in left)
    return named >= 0.5 * len(left)


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(row["pattern"] for row in table("parts"))
    return re.compile(rf"(?:{words})", re.IGNORECASE)


def _labelled(left: Sequence[Row], values: Sequence[Piece]) -> list[Piece]:
    """Each label before the value at its height."""
    out: list[Piece] = []
    waiting = list(left)
    for k, value in enumerate(values):
        label: list[Row] = []
        following = values[k + 1].first if k + 1 < len(values) else float("inf")
        while waiting and waiting[0].middle < min(following - 1, value.last + (waiting[0].bottom - waiting[0].top)):
            label.append(waiting.pop(0))
        text = " ".join([*(row.text for row in label), value.text])
        out.append(Piece(text, value.first, value.last, value.apart))
    out += [plain(row) for row in waiting]
    return out


@cache
def _signing_labels() -> re.Pattern[str]:
    words = "|".join(row["pattern"] for row in table("signing"))
    return re.compile(rf"(?:{words}):?", re.IGNORECASE)


def _signing(row: Row, least: int = 1) -> bool:
    """Whether a row holds nothing but labels above signatures: *Vid protokollet*, *Justeras*."""
    if len(row.segments) < least or len(row.segments[0].words) > _LABEL_WORDS:
        return False
    return all(_signing_labels().fullmatch(segment.text) for segment in row.segments)


def _lists(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both columns are lists of their own: of names, or each under a heading such as *Närvarande*."""
    if min(len(left), len(right)) < 2:
        return False
    if is_part(left[0].text) and is_part(right[0].text) and abs(left[0].middle - right[0].middle) < 3:
        return True
    return all(sum(_NAME.fullmatch(row.text) is not None for row in side) >= 0.7 * len(side) for side in (left, right))


def _apart(pieces: list[Piece]) -> list[Piece]:
    if not pieces:
        return pieces
    head, *rest = pieces
    return [Piece(head.text, head.first, head.last, True), *rest]
