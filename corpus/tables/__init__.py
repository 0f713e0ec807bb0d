"""Swedish knowledge as tables: tab-separated files that a Swede who does not program can extend.

Lines that start with ``#`` are comments; the first other line names the columns. Every row of
every table carries an example from the language of minutes (invented).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources


def read_rows(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of ``<package>/<name>.tsv``, column name to cell.

    Raises:
        ValueError: a row has more or fewer cells than there are columns.
    """
    text = resources.files(package).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{package}/{name}.tsv: {len(row)} cells where {len(header)} belong: {row}")
        yield dict(zip(header, (cell.strip() for cell in row), strict=True))


@cache
def digest(package: str, *names: str) -> str:
    """Eight hexadecimal digits that change when a table of the package (or one of ``names``) does."""
    summed = hashlib.sha256()
    for file in sorted(resources.files(package).iterdir(), key=lambda one: one.name):
        stem, dot, ending = file.name.partition(".")
        if dot and ending == "tsv" and (not names or stem in names):
            summed.update(file.name.encode() + b"\0" + file.read_bytes())
    return summed.hexdigest()[:8]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of this package, read once."""
    return tuple(read_rows("corpus.tables", name))
