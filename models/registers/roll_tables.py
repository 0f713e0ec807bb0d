"""Tables with a column for who was there: *Namn | Uppgift | Närvarande*, *ja* or *nej* on each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.registers.listed import Listed, read_list
from models.registers.minutes import Minutes
from models.registers.names import rows
from models.registers.records import Proof

_CELL = re.compile(r"[^|\t]+")


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
            cells = [(start + m.start(), m[0].strip()) for m in _CELL.finditer(raw) if m[0].strip()]
            found = _columns([cell for _, cell in cells])
            if found is not None:
                columns = found
                continue
            if columns is None or len(cells) <= columns["presence"]:
                continue
            entry = _entry(text, [cell for _, cell in cells], columns)
            told = cells[columns["presence"]][1]
            if entry is not None and (_pattern("yes").match(told) or _pattern("no").match(told)):
                begin = start + len(raw) - len(raw.lstrip())
                proof = Proof(paragraph.section, paragraph.number, begin, start + len(raw.rstrip()))
                yield entry, _pattern("yes").match(told) is not None, proof


def is_table_head(row: str) -> bool:
    """Whether a row of a table names its columns: *Namn | Organisation*."""
    cells = [cell.strip(" *_") for cell in _CELL.findall(row) if cell.strip()]
    return len(cells) > 1 and _pattern("name").fullmatch(cells[0]) is not None


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Where the name and the presence stand, if these are the heads of such a table."""
    plain = [cell.strip(" *_") for cell in cells]
    name = next((n for n, cell in enumerate(plain) if _pattern("name").fullmatch(cell)), None)
    presence = next((n for n, cell in enumerate(plain) if _pattern("presence").fullmatch(cell)), None)
    return None if name is None or presence is None else {"name": name, "presence": presence}


def _entry(text: str, cells: list[str], columns: dict[str, int]) -> Listed | None:
    """The person of a row, with what its other cells say."""
    others = [cell for n, cell in enumerate(cells) if n not in columns.values()]
    part = re.sub(r"^\w+[,; ]*", "", cells[columns["presence"]])  # *ja, från § 3*
    joined = " | ".join([cells[columns["name"]], *others, *([part] if part else [])])
    entries = read_list(joined, 0, len(joined), each_line=True)
    return entries[0] if entries and entries[0].person else None
