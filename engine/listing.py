"""Listings in the form that was asked for: table, JSON, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.table import Table

from corpus.errors import UsageError

_WRAPPED = {
    *("title", "body", "heading", "text", "quote", "folder", "path", "summary"),
    *("person", "organisation", "organisations", "role", "roles", "assignees", "task", "by", "content", "purpose"),
    *("place", "chair", "secretary", "adjusters", "name", "capacity", "substitute_for", "part", "flags"),
}

Form = Literal["text", "json", "jsonl", "csv", "table"]


def chosen_form(asked: Sequence[Form], default: Form = "text") -> Form:
    """The one output form that was asked for, else the default.

    Raises:
        UsageError: more than one was asked for.
    """
    if len(asked) > 1:
        raise UsageError(f"Välj en av {' '.join('--' + form for form in asked)}.")
    return asked[0] if asked else default


def print_json(value: Any) -> None:
    """One JSON value, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:
    """One JSON value on a line of its own, written at once."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def print_rows(rows: Iterable[Mapping[str, Any]], form: Form, columns: Mapping[str, str], console: Console) -> None:
    """Rows as a table with ``columns`` (key to Swedish heading), or with every key for scripts."""
    every = list(rows)
    if form == "json":
        print_json(every)
    elif form == "jsonl":
        for row in every:
            print_json_line(row)
    elif form == "csv":
        _print_csv(every, list(dict.fromkeys(key for row in every for key in row)) or list(columns))
    else:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for key, heading in columns.items():
            table.add_column(heading, overflow="fold", no_wrap=key not in _WRAPPED)
        for row in every:
            table.add_row(*(_cell(row.get(key)) for key in columns))
        console.print(table)


def _print_csv(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in names])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
