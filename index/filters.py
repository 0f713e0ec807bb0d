"""Filters: which documents a search looks in. They are resolved before anything is ranked."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, get_args

from corpus.errors import UsageError
from corpus.records import DocumentKind
from index.schema import fold

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filter:
    """A selection of documents; every given condition must hold.

    ``body``: part of the name of the meeting body, in any case. ``kind``: a DocumentKind.
    ``since`` and ``until``: inclusive, ``2018``, ``2018-10`` or ``2018-10-05``; a year or a
    month means the whole of it, and a document without a date is then left out. ``path``: part
    of a path, or a pattern with ``*``, ``?`` or ``[…]`` for a whole path or its last parts.
    ``documents``: ids, of which any may match.

    Raises UsageError for a value that cannot be used.
    """

    body: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    path: str | None = None
    documents: tuple[str, ...] = ()

    everything: ClassVar[Filter]

    def __post_init__(self) -> None:
        kinds = get_args(DocumentKind)
        if self.kind is not None and self.kind not in kinds:
            raise UsageError(f"Okänd sorts handling: {self.kind!r}. Välj en av: {', '.join(kinds)}.")
        first = None if self.since is None else first_day(self.since)
        last = None if self.until is None else last_day(self.until)
        if first is not None and last is not None and first > last:
            raise UsageError(f"Perioden är tom: {self.since} kommer efter {self.until}. Byt plats på dem.")

    @property
    def is_empty(self) -> bool:
        """Whether the filter lets every document through."""
        return self == Filter()

    def where(self) -> tuple[str, list[str]]:
        """An SQL condition on the table ``documents``, and its parameters."""
        conditions: list[str] = []
        values: list[str] = []
        if self.body is not None:
            conditions.append("contains(body, ?)")
            values.append(fold(self.body).strip())
        if self.kind is not None:
            conditions.append("kind = ?")
            values.append(self.kind)
        if self.since is not None:
            conditions.append("date >= ?")
            values.append(first_day(self.since))
        if self.until is not None:
            conditions.append("substr(date, 1, 10) <= ?")
            values.append(last_day(self.until))
        if self.path is not None:
            conditions.append("id IN (SELECT document FROM paths WHERE path_matches(path, ?))")
            values.append(fold(self.path))
        if self.documents:
            conditions.append("id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self.documents))
        return " AND ".join(conditions) or "1", values


Filter.everything = Filter()


def first_day(text: str) -> str:
    """The first day of a year, month or day, as ``YYYY-MM-DD``; UsageError if it is none."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1).isoformat()


def last_day(text: str) -> str:
    """The last day of a year, month or day, as ``YYYY-MM-DD``; UsageError if it is none."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1]).isoformat()


def _parts(text: str) -> tuple[int, int | None, int | None]:
    found = _DATE.fullmatch(text.strip())
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            date(year or 0, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            pass
        else:
            assert year is not None
            return year, month, day
    raise UsageError(f"Ogiltigt datum: {text!r}. Skriv 2018, 2018-10 eller 2018-10-05.")
