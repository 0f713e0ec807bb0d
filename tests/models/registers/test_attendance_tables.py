"""Every row of the tables of attendance and people is whole and matches its example."""

from __future__ import annotations

import re

import pytest

from corpus.tables import read_rows

TABLES = (
    "attendance_labels",
    "attendance_sentences",
    "attendance_parts",
    "coming_and_going",
    "roll_columns",
    "titles",
    "organisations",
    "not_names",
)
ROWS = [(name, row) for name in TABLES for row in read_rows("models.registers.tables", name)]
CAPITALS_MATTER = {"attendance_parts", "coming_and_going"}


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_every_pattern_finds_its_example(name: str, row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], 0 if name in CAPITALS_MATTER else re.IGNORECASE)
    example = row["example"]
    if name == "attendance_labels":
        assert pattern.fullmatch(example.split(":")[0]), row
    elif name == "attendance_sentences":
        assert pattern.match(example), row
    else:
        assert pattern.search(example), row


@pytest.mark.parametrize("row", [row for name, row in ROWS if name == "attendance_labels"])
def test_a_label_is_read_by_its_own_row(row: dict[str, str]) -> None:
    label = row["example"].split(":")[0]
    first = next(
        one for n, one in ROWS if n == "attendance_labels" and re.fullmatch(one["pattern"], label, re.IGNORECASE)
    )
    assert first["status"] == row["status"]


def test_first_names_are_single_capitalised_words() -> None:
    names = [row["name"] for row in read_rows("models.registers.tables", "first_names")]
    assert len(names) == len(set(names)) > 500
    assert all(re.fullmatch(r"[A-ZÅÄÖÉ][\w-]+", name) for name in names)
