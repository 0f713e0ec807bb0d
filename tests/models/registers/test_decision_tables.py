"""Every row of the tables of decisions and statements does what its example shows."""

from __future__ import annotations

import re
from datetime import date

import pytest

from corpus.tables import read_rows
from models.registers.decision_parts import role_of_heading
from models.registers.decision_wordings import compiled, find_wordings, kind_of
from models.registers.statements import AsWritten, find_statements
from tests.models.registers.conftest import minutes_from

DAY = date(2024, 3, 12)


def rows(name: str) -> list[dict[str, str]]:
    return list(read_rows("models.registers.tables", name))


@pytest.mark.parametrize("row", rows("decision_wordings"), ids=lambda row: row["example"])
def test_a_wording_decides_in_its_example(row: dict[str, str]) -> None:
    assert compiled(row["pattern"]).search(row["example"])
    found = find_wordings(row["example"], DAY)
    assert found
    assert row["kind"] in ("-", found[0].kind)


@pytest.mark.parametrize("row", rows("decision_verbs"), ids=lambda row: row["example"])
def test_a_verb_gives_its_example_its_kind(row: dict[str, str]) -> None:
    assert find_wordings(row["example"], DAY)
    assert kind_of(row["example"]) == row["kind"]


@pytest.mark.parametrize("row", rows("decision_traps"), ids=lambda row: row["example"])
def test_a_trap_keeps_its_example_out(row: dict[str, str]) -> None:
    assert find_wordings(row["example"], DAY) == []


@pytest.mark.parametrize("row", rows("decision_parts"), ids=lambda row: row["example"])
def test_a_heading_has_its_role(row: dict[str, str]) -> None:
    assert role_of_heading(row["example"]) == row["role"]


@pytest.mark.parametrize("name", ["decision_points", "decision_votes", "decision_forms", "decision_bodies"])
def test_every_pattern_matches_its_example(name: str) -> None:
    for row in rows(name):
        assert compiled(row["pattern"]).search(row["example"]), row


@pytest.mark.parametrize("row", rows("statement_verbs"), ids=lambda row: row["example"])
def test_a_verb_of_saying_makes_its_example_a_statement(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"])
    minutes = minutes_from(f"Protokoll 2024-03-12\n\n{row['example']}\n")
    assert find_statements(minutes, AsWritten())


@pytest.mark.parametrize("name", ["statement_speakers", "statement_forms"])
def test_every_word_of_statements_matches_its_example(name: str) -> None:
    for row in rows(name):
        assert re.search(row["pattern"], row["example"], re.IGNORECASE), row
