"""Tables with a column for who was there: *Namn | Uppgift | Närvarande*, *ja* or *nej* on each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.registers.listed import Listed, read_list
from models.registers.minutes import Minutes
from models.registers.names import begins_no_name, rows
from models.registers.records import Proof


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Any pattern of a kind of ``tables/roll_columns.tsv``."""
    return re.compile("|".join(row["pattern"] for row in rows("roll_columns") if row["kind"] == kind), re.IGNORECASE)


def tables_of(minutes: Minutes) -> Iterator[tuple[Listed, bool, Proof]]:
    """The persons of such tables, whether they were there, and their rows."""
    text = minutes.text
    columns: dict[str, int] | None = None
    for paragraph in minutes.paragraphs:
        if paragraph.kind != "row":
            columns = None if paragraph.kind == "heading" else columns
            continue
        at = paragraph.start
        for raw in text[paragraph.start : paragraph.end].split("\n"):
            start, at = at, at + len(raw) + 1
            cells = _cells(raw)
            found = _columns(cells)
            if found is not None:
                columns = found
                continue
            present = _present(cells, columns) if columns else None
            entry = _entry(cells, columns) if columns and present is not None else None
            if entry is not None and present is not None:
                begin = start + len(raw) - len(raw.lstrip())
                yield entry, present, Proof(paragraph.section, paragraph.number, begin, start + len(raw.rstrip()))


def is_table_head(row: str) -> bool:
    """Whether a row of a table names its columns: *Namn | Organisation*."""
    cells = _cells(row)
    named = [n for n, cell in enumerate(cells) if _pattern("name").fullmatch(cell)]
    return len(cells) > 1 and bool(named) and (named[0] == 0 or begins_no_name(cells[0]))


def tells_presence(row: str) -> bool:
    """Whether a row is the head of a table that tells on each row who was there."""
    return _columns(_cells(row)) is not None


def _cells(row: str) -> list[str]:
    """The cells of a row, empty ones too."""
    inside = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip(" *_") for cell in re.split(r"[|\t]", inside)]


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Where name, presence and absence stand, if these are the heads of such a table."""
    found: dict[str, int] = {}
    for kind in ("name", "presence", "absence"):
        at = next((n for n, cell in enumerate(cells) if _pattern(kind).fullmatch(cell)), None)
        if at is not None:
            found[kind] = at
    return found if {"name", "presence"} <= found.keys() else None


def _present(cells: list[str], columns: dict[str, int]) -> bool | None:
    """What a row says of presence; None where it says nothing."""
    if len(cells) <= max(columns.values()):
        return None
    told = cells[columns["presence"]]
    if _pattern("yes").match(told):
        return True
    away = cells[columns["absence"]] if "absence" in columns else ""
    return False if _pattern("no").match(told) or _pattern("yes").match(away) else None


def _entry(cells: list[str], columns: dict[str, int]) -> Listed | None:
    """The person of a row, with what its other cells say."""
    others = [cell for n, cell in enumerate(cells) if n not in columns.values() and cell]
    part = re.sub(r"^\w+[,; ]*", "", cells[columns["presence"]])  # *ja, från § 3*
    joined = " | ".join([cells[columns["name"]], *others, *([part] if part else [])])
    entries = read_list(joined, 0, len(joined), each_line=True)
    return entries[0] if entries and entries[0].person else None
