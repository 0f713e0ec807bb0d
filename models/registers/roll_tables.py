"""Tables with a column for who was there: *Namn | Uppgift | Närvarande*, *ja* or *nej* on each row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.registers.listed import Listed, read_list
from models.registers.minutes import Minutes
from models.registers.records import Proof

_CELL = re.compile(r"[^|\t]+")
_NAME = re.compile(r"namn|ledam\w+|person|deltagare|name", re.IGNORECASE)
_PRESENCE = re.compile(r"närvar\w*|närv\.?|deltog|på plats|present", re.IGNORECASE)
_YES = re.compile(r"(?:ja|j|x|✓|✔|yes|närv\w*|1)\b|[✓✔x]", re.IGNORECASE)
_NO = re.compile(r"(?:nej|n|no|frånv\w*|ej|0|[-–—])(?!\w)", re.IGNORECASE)


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
            if entry is not None and (_YES.match(told) or _NO.match(told)):
                proof = Proof(paragraph.section, paragraph.number, cells[0][0], start + len(raw.rstrip()))
                yield entry, _YES.match(told) is not None, proof


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Where the name and the presence stand, if these are the heads of such a table."""
    plain = [cell.strip(" *_") for cell in cells]
    name = next((n for n, cell in enumerate(plain) if _NAME.fullmatch(cell)), None)
    presence = next((n for n, cell in enumerate(plain) if _PRESENCE.fullmatch(cell)), None)
    return None if name is None or presence is None else {"name": name, "presence": presence}


def _entry(text: str, cells: list[str], columns: dict[str, int]) -> Listed | None:
    """The person of a row, with what its other cells say."""
    others = [cell for n, cell in enumerate(cells) if n not in columns.values()]
    part = re.sub(r"^\w+[,; ]*", "", cells[columns["presence"]])
    joined = " | ".join([cells[columns["name"]], *others, *([part] if part else [])])
    entries = read_list(joined, 0, len(joined), each_line=True)
    return entries[0] if entries and entries[0].person else None
