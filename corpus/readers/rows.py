"""Rows of tables as lines of text, alike in every format: ``cell | cell | cell``."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST_ENTRY = 80  # characters of a line in a cell that is an entry of a list (names) and no running text
_OPEN = ",;:.-–—/&("  # what a line can end with that needs no comma after it


def row_text(cells: Sequence[str]) -> str:
    """One line of the cells, without bars at its ends; an empty cell inside keeps its place."""
    return " | ".join(cells).strip(" |")


def cell_text(lines: Sequence[str]) -> str:
    """The lines of a cell as one: names below each other get commas, running text gets spaces."""
    pieces = [piece for piece in (" ".join(line.split()) for line in lines) if piece]
    entries = len(pieces) > 1 and all(len(piece) <= _LONGEST_ENTRY for piece in pieces)
    text = ""
    for piece in pieces:
        comma = entries and text[-1:] not in ("", *_OPEN) and piece[0].isupper()
        text += (", " if comma else " " if text else "") + piece
    return text
