"""Every row of the tables matches the example that stands beside it."""

from __future__ import annotations

import re

import pytest

from corpus.tables import read_rows

WHOLE = ("office_words", "head_labels", "role_words", "role_openers", "no_names")
INSIDE = ("meeting_turns", "election_words", "next_meetings", "meeting_forms", "role_clauses")


def _rows(*names: str) -> list[tuple[str, dict[str, str]]]:
    return [(name, row) for name in names for row in read_rows("models.registers.tables", name)]


@pytest.mark.parametrize(("name", "row"), _rows(*WHOLE, *INSIDE))
def test_a_row_matches_its_example(name: str, row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    words = row["example"].split() if name == "role_words" else []  # *regional representant*
    whole = any(pattern.fullmatch(one) for one in [row["example"], *words])
    assert whole if name in WHOLE else pattern.search(row["example"])


@pytest.mark.parametrize(("name", "row"), _rows("organisation_words"))
def test_a_word_of_an_organisation_is_in_its_example(name: str, row: dict[str, str]) -> None:
    flags = 0 if row["pattern"].startswith("[A-Z") else re.IGNORECASE
    assert any(re.fullmatch(row["pattern"], word, flags) for word in row["example"].split())
