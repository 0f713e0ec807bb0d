"""Pieces: the lines of text that a part of a page has become."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.layout.words import Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of output. ``first`` and ``last`` are the heights of its first and last row.

    ``apart`` asks for a blank line before it.
    """

    text: str
    first: float
    last: float
    apart: bool = False


def plain(row: Row, apart: bool = False) -> Piece:
    """A row as it stands."""
    return Piece(row.text, row.middle, row.middle, apart)
