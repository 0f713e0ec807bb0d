"""The tables that commissions are read by are whole, and every row reads its own example."""

from __future__ import annotations

import re
from datetime import date

import pytest

from models.registers.action_text import rows
from models.registers.assignees import Named, is_word, names_nobody
from models.registers.deadlines import find_deadline
from models.registers.plans import find_plans
from models.registers.wordings import find_wordings

TABLES = (
    *("action_wordings", "action_traps", "action_parts", "action_lists"),
    *("assignee_words", "not_assignees", "plan_verbs", "deadline_wordings"),
)
_NAMED = Named(
    full=frozenset({"Eva Ek", "Bo Alm"}),
    first=frozenset({"Eva", "Bo"}),
    last=frozenset({"Ek", "Alm"}),
    proper=frozenset(),
    listed=frozenset(),
)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_an_example(name: str) -> None:
    assert rows(name)
    assert all(row["example"] for row in rows(name))


def test_every_wording_finds_its_example() -> None:
    for row in rows("action_wordings"):
        assert row["name"] in {one.wording for one in find_wordings(row["example"])}, row


@pytest.mark.parametrize("name", ["action_traps", "action_parts", "action_lists", "assignee_words", "not_assignees"])
def test_every_pattern_matches_its_example(name: str) -> None:
    for row in rows(name):
        if row.get("where") == "in_task":
            assert re.search(row["pattern"], row["example"].rstrip(" .)"), re.IGNORECASE), row
        elif name in ("action_parts", "action_lists") and row.get("where") not in ("label", "tag"):
            assert re.fullmatch(row["pattern"], row["example"], re.IGNORECASE), row
        elif row.get("where") == "before":
            ends = range(len(row["example"]) + 1)
            assert any(re.search(row["pattern"], row["example"][:end], re.IGNORECASE) for end in ends), row
        elif row.get("where") == "after":
            starts = range(len(row["example"]))
            assert any(re.search(row["pattern"], row["example"][start:], re.IGNORECASE) for start in starts), row
        else:
            assert re.search(row["pattern"], row["example"], re.IGNORECASE), row


def test_every_verb_of_a_plan_finds_its_example() -> None:
    for row in rows("plan_verbs"):
        if row["use"] in ("plan", "dated", "between", "auxiliary", "lead"):
            assert find_plans(row["example"], _NAMED, lambda text: "nästa möte" in text), row


def test_every_wording_of_a_deadline_finds_its_example() -> None:
    for row in rows("deadline_wordings"):
        if row["kind"] in ("lead", "next_meeting", "text"):
            found = find_deadline(row["example"], date(2031, 1, 3))
            assert found is not None and (row["kind"] != "lead" or found.iso), row


def test_words_for_assignees_are_told_from_other_capitals() -> None:
    assert is_word("Byggnadsnämnden") and is_word("vice ordförande") and not is_word("Bryggan")
    assert names_nobody("Ingen") and names_nobody("Mötet") and not names_nobody("Eva")
