"""Who was not there, and who only seems not to have been."""

from __future__ import annotations

import pytest

from tests.models.registers.lists import attendance, who


def test_notified_absence_in_a_list_of_those_called_is_absence() -> None:
    rows = attendance("Deltagare:\n- Ada Ek\n- Bo Lind, anmält förhinder\n")
    assert [row.status for row in rows] == ["present", "absent"]


def test_a_table_with_a_column_each_for_present_and_absent() -> None:
    rows = attendance(
        "| Namn | Närvarande | Frånvarande |\n|---|---|---|\n| Ada Ek | x | |\n| Bo Lind | | x |\n", "p.md"
    )
    assert [(row.person, row.status) for row in rows] == [("Ada Ek", "present"), ("Bo Lind", "absent")]


@pytest.mark.parametrize(
    "text",
    ["Per Sten hade anmält förhinder.", "Anmält förhinder hade Per Sten.", "Kallade men ej närvarande: Per Sten"],
)
def test_absence_is_told_in_other_words(text: str) -> None:
    rows = attendance(f"Närvarande: Ada Ek, Bo Lind\n\n{text}")
    assert [row.person for row in rows if row.status == "absent"] == ["Per Sten"]
    assert [row.person for row in rows if row.status == "present"] == ["Ada Ek", "Bo Lind"]


def test_present_and_absent_on_one_line() -> None:
    rows = attendance("*Närvarande: Ada Ek, Bo Lind. Frånvarande: Eva Alm.*")
    assert [(row.person, row.status) for row in rows] == [
        ("Ada Ek", "present"),
        ("Bo Lind", "present"),
        ("Eva Alm", "absent"),
    ]


def test_those_called_who_are_not_among_those_present_are_absent() -> None:
    rows = attendance("## Kallade\n\nAda Ek, Bo Lind, Per Sten\n\n## Närvarande\n\nAda Ek, Bo Lind\n", "protokoll.md")
    by_name = {row.person: row.status for row in rows}
    assert by_name == {"Ada Ek": "present", "Bo Lind": "present", "Per Sten": "absent"}


def test_two_columns_of_those_present_and_absent() -> None:
    rows = attendance(
        "| Närvarande | Frånvarande |\n|---|---|\n| Ada Ek | Per Sten |\n| Bo Lind | Kaj Holm |\n", "p.md"
    )
    assert {(row.person, row.status) for row in rows} == {
        ("Ada Ek", "present"),
        ("Bo Lind", "present"),
        ("Per Sten", "absent"),
        ("Kaj Holm", "absent"),
    }


def test_absent_municipalities_one_a_line() -> None:
    rows = attendance("Närvarande: Ada Ek, Bo Lind\n\nEj närvarande kommuner:\n\nGranviks kommun\nÄlvtorps kommun\n")
    assert who(rows)[2:] == [(None, "Granviks kommun", "absent"), (None, "Älvtorps kommun", "absent")]


def test_the_secretary_below_a_list_of_absent_is_not_absent() -> None:
    rows = attendance("Närvarande: Ada Ek, Bo Lind\nFrånvarande: Per Sten\nSekreterare: Eva Alm")
    assert [row.person for row in rows if row.status == "absent"] == ["Per Sten"]


@pytest.mark.parametrize(
    "lists",
    [
        "## Kallade\n\nAda Ek, Bo Lind, Per Sten\n",
        "## Kallade\n\nOrdförande\nStyrelsen\n\n## Närvarande\n\nAda Ek, Bo Lind\n",
        "## Kallade\n\nAda, Bo, Per\n\n## Närvarande\n\nAda Ek, Bo Lind\n",
        "## Kallade\n\nPer Sten, Siv Berg\n\n## Närvarande\n\nAda Ek, Bo Lind\n",
    ],
)
def test_those_called_are_no_absentees_where_the_lists_do_not_answer_each_other(lists: str) -> None:
    assert [row for row in attendance(lists, "protokoll.md") if row.status == "absent"] == []


@pytest.mark.parametrize("words", ["not attending, no update.", "kunde inte närvara.", "kan inte komma."])
def test_a_sentence_that_someone_is_not_attending_is_absence(words: str) -> None:
    rows = attendance(f"Närvarande:\n- Ada Ek\n- Bo Lind\n\n## Bank\n\nNiklas {words}\n", "protokoll.md")
    assert who(rows)[-1] == ("Niklas", None, "absent")


def test_one_who_is_listed_as_present_does_not_become_absent_by_first_name() -> None:
    rows = attendance("Närvarande:\n- Ada Ek\n- Bo Lind\n\n## Bank\n\nAda kan inte komma.\n", "protokoll.md")
    assert [row.status for row in rows] == ["present", "present"]
