"""Who was there: every way in which minutes list it."""

from __future__ import annotations

import json

import pytest

from benchmarks.corpora import SHARED
from models.registers.attendance import find_attendance
from models.registers.minutes import Minutes
from models.registers.records import Attendance
from tests.models.registers.conftest import read_minutes
from tests.models.registers.lists import HEAD, OPENING, attendance, who


def test_a_tab_list_gives_person_and_organisation() -> None:
    rows = attendance("Närvarande:\tAda Ek\tGranviks kommun\n\tBo Lind\tRegion Sjöbygden, § 1-3\n")
    assert who(rows) == [("Ada Ek", "Granviks kommun", "present"), ("Bo Lind", "Region Sjöbygden", "present")]
    assert [row.part for row in rows] == [None, "§ 1-3"]


def test_a_comma_run_over_two_lines_is_read_as_one() -> None:
    rows = attendance("Närvarande: Ada Ek, Bo Lind, Eva\nAlm, Per Sten\nFrånvarande: Kaj Holm och Siv Berg")
    assert [row.person for row in rows if row.status == "present"] == ["Ada Ek", "Bo Lind", "Eva Alm", "Per Sten"]
    assert [row.person for row in rows if row.status == "absent"] == ["Kaj Holm", "Siv Berg"]


def test_a_missing_comma_does_not_make_one_person_of_two() -> None:
    rows = attendance("Närvarande: Anna Ek, Lars Lind Eva Alm, Per Sten")
    assert [row.person for row in rows] == ["Anna Ek", "Lars Lind", "Eva Alm", "Per Sten"]


def test_municipal_columns_give_members_substitutes_and_officials() -> None:
    rows = attendance(
        "Beslutande    Ledamöter                     Tjänstgörande ersättare\n"
        "Ada Ek (S), Ordförande        Per Sten (S) för Siv\n"
        "Bo Lind (M), 1:e vice         Berg (S)\n"
        "ordförande\n"
        "Övriga närvarande Ersättare                 Tjänstepersoner\n"
        "Kaj Holm (V)                  Lena Dahl, förvaltningschef\n"
        "Olle Frid, ekonomichef,\n"
        "kommunstyrelsens förvaltning\n"
        "§§ 71-73"
    )
    by_name = {row.person: row for row in rows}
    assert set(by_name) == {"Ada Ek", "Bo Lind", "Per Sten", "Kaj Holm", "Lena Dahl", "Olle Frid"}
    assert by_name["Per Sten"].substitute_for == "Siv Berg"
    assert by_name["Per Sten"].capacity == "tjänstgörande ersättare"
    assert by_name["Kaj Holm"].capacity == "ersättare"
    assert by_name["Olle Frid"].organisation == "kommunstyrelsens förvaltning"
    assert by_name["Olle Frid"].part == "§§ 71-73"
    assert by_name["Bo Lind"].organisation == "M"


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ("Bo Lind (från § 4)", "från § 4"),
        ("Bo Lind §§ 94–106", "§§ 94–106"),
        ("Bo Lind, lämnade vid 5.2", "lämnade vid 5.2"),
        ("Bo Lind (kom 18.30)", "kom 18.30"),
        ("Bo Lind (t.o.m. § 7)", "t.o.m. § 7"),
    ],
)
def test_a_part_of_the_meeting_is_kept_as_written(entry: str, part: str) -> None:
    rows = attendance(f"Närvarande:\n- Ada Ek\n- {entry}\n")
    assert [row.part for row in rows if row.person == "Bo Lind"] == [part]


@pytest.mark.parametrize(
    "entry",
    [
        "Eva Alm (S), ersättare för Bo Lind (S)",
        "Eva Alm, röstar i stället för Bo Lind",
        "Eva Alm (S) för Bo Lind (S)",
        "Eva Alm (S), ersätter Bo Lind (S)",
    ],
)
def test_a_substitute_names_whom_it_sits_for(entry: str) -> None:
    rows = attendance(f"Närvarande:\n- Ada Ek\n- {entry}\n")
    assert rows[-1].person == "Eva Alm"
    assert (rows[-1].substitute_for or "").startswith("Bo Lind")


def test_a_board_for_culture_is_no_one_to_sit_for() -> None:
    rows = attendance("Närvarande:\n- Ada Ek, utvecklare, förvaltningen för Kultur & Fritid § 220\n- Bo Lind\n")
    assert rows[0].organisation == "förvaltningen för Kultur & Fritid"
    assert rows[0].substitute_for is None


def test_chairing_some_sections_is_no_part_of_the_meeting() -> None:
    rows = attendance("Närvarande:\tAda Ek\tGranviks kommun, ordförande §§ 1-3\n\tBo Lind\tÄlvtorps kommun\n")
    assert rows[0].part is None


def test_a_markdown_table_with_a_column_of_presence() -> None:
    rows = attendance(
        "| Namn | Uppgift | Närvarande |\n|---|---|---|\n| Ada Ek (S) | ordförande | ja |\n"
        "| Bo Lind (M) | ledamot | nej |\n| Eva Alm (V) | ledamot | ja, från § 3 |\n",
        "protokoll.md",
    )
    assert [(row.person, row.status, row.part) for row in rows] == [
        ("Ada Ek", "present", None),
        ("Bo Lind", "absent", None),
        ("Eva Alm", "present", "från § 3"),
    ]


def test_a_markdown_table_of_names_and_organisations() -> None:
    rows = attendance(
        "## Närvarande\n\n| Namn | Organisation |\n|---|---|\n| Ada Ek | Granviks kommun |\n"
        "| Bo Lind | Svensk Skog |\n",
        "protokoll.md",
    )
    assert who(rows) == [("Ada Ek", "Granviks kommun", "present"), ("Bo Lind", "Svensk Skog", "present")]


def test_an_organisation_of_two_capitalised_words_is_no_person() -> None:
    rows = attendance("Medverkande\nAda Ek, Trafikverket\nBo Lind, Svenska Fisk\nEva Alm, Stora Skogen\n")
    assert who(rows) == [
        ("Ada Ek", "Trafikverket", "present"),
        ("Bo Lind", "Svenska Fisk", "present"),
        ("Eva Alm", "Stora Skogen", "present"),
    ]


def test_labels_that_lost_their_dots_in_a_scan_are_read() -> None:
    rows = attendance("Narvarande: Ada Ek, Bo Lind\nFranvarande: Per Sten")
    assert [(row.person, row.status) for row in rows] == [
        ("Ada Ek", "present"),
        ("Bo Lind", "present"),
        ("Per Sten", "absent"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ordförande öppnade. Närvarande var Bo Lind, Granviks kommun, och Eva Alm, Region Sjöbygden.",
        "I mötet deltog Bo Lind, Granviks kommun, och Eva Alm, Region Sjöbygden.",
    ],
)
def test_a_sentence_of_the_opening_tells_who_was_there(text: str) -> None:
    rows = find_attendance(read_minutes(f"{HEAD}§ 1 Mötets öppnande\n{text}\n"))
    assert who(rows) == [("Bo Lind", "Granviks kommun", "present"), ("Eva Alm", "Region Sjöbygden", "present")]


def test_initials_in_brackets_are_no_party() -> None:
    assert [row.organisation for row in attendance("Närvarande: Ada Ek (AE), Bo Lind (BL)")] == [None, None]
    assert [row.organisation for row in attendance("Närvarande: Ada Ek (MP), Bo Lind (KD)")] == ["MP", "KD"]


def test_a_column_of_organisations_before_the_names() -> None:
    rows = attendance("Närvarande:\tGranviks kommun\tAda Ek\n\tÄlvtorps kommun\tBo Lind\n")
    assert who(rows) == [("Ada Ek", "Granviks kommun", "present"), ("Bo Lind", "Älvtorps kommun", "present")]


def test_roles_without_names_are_kept_as_written() -> None:
    rows = attendance("## Närvarande\n\n- Kassör\n- Ordförande\n- Webbansvarig\n", "protokoll.md")
    assert [row.person for row in rows] == ["Kassör", "Ordförande", "Webbansvarig"]


def test_bodies_without_persons() -> None:
    rows = attendance(
        "Närvarande: Skatteverket, SMHI, Havs- och vattenmyndigheten, Sambruk\nEj närvarande: Trafikverket"
    )
    assert who(rows) == [
        (None, "Skatteverket", "present"),
        (None, "SMHI", "present"),
        (None, "Havs- och vattenmyndigheten", "present"),
        (None, "Sambruk", "present"),
        (None, "Trafikverket", "absent"),
    ]


def test_the_organisation_stands_before_its_persons() -> None:
    rows = attendance("Deltagare:\nGranviks kommun: Ada Ek, Bo Lind\nRegion Sjöbygden: Eva Alm\n")
    assert who(rows) == [
        ("Ada Ek", "Granviks kommun", "present"),
        ("Bo Lind", "Granviks kommun", "present"),
        ("Eva Alm", "Region Sjöbygden", "present"),
    ]


def test_titles_are_no_part_of_the_name() -> None:
    rows = attendance(
        "Närvarande: ordförande Ada Ek, kassör Bo Lind, sekreterare Eva Alm samt ledamöterna Per Sten och Kaj Holm"
    )
    assert [row.person for row in rows] == ["Ada Ek", "Bo Lind", "Eva Alm", "Per Sten", "Kaj Holm"]


def test_a_roll_call_of_user_names() -> None:
    rows = attendance(
        "Följande medlemmar befanns närvara och ha rösträtt: adek, bolind, Eva Alm.\n\n"
        "Dessutom närvarade kaj utan rösträtt.\n"
    )
    assert [row.person for row in rows] == ["adek", "bolind", "Eva Alm", "kaj"]


def test_those_who_came_later_keep_when() -> None:
    rows = attendance(
        "Följande personer befanns närvara:\n\n* Ada Ek\n* Bo Lind\n\n"
        "Från punkt 8 närvarade även följande personer:\n\n* Eva Alm\n"
    )
    assert [(row.person, row.part) for row in rows] == [
        ("Ada Ek", None),
        ("Bo Lind", None),
        ("Eva Alm", "Från punkt 8"),
    ]


def test_a_sentence_about_leaving_gives_the_part() -> None:
    minutes = read_minutes(
        HEAD + "Närvarande: Ada Ek, Bo Lind" + OPENING + "\n§ 2 Ekonomi\nBo Lind lämnade mötet kl. 19.12.\n"
    )
    assert [(row.person, row.part) for row in find_attendance(minutes)] == [
        ("Ada Ek", None),
        ("Bo Lind", "lämnade mötet kl. 19.12"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Närvarande: 34 medlemmar enligt bifogad lista",
        "Närvarande: hela styrelsen",
        "Frånvarande: ingen",
        "Frånvarande: -",
        "Frånvarande:\n\nPunkt | Vad | Ansvar\n",
    ],
)
def test_a_label_without_names_gives_nobody(text: str) -> None:
    assert attendance(text) == []


def test_an_election_is_no_attendance() -> None:
    minutes = read_minutes(
        HEAD + "Närvarande: Ada Ek, Bo Lind" + OPENING + "\n§ 5 Val av styrelse\nLedamöter: Eva Alm, Per Sten\n"
        "Suppleanter: Kaj Holm\n"
    )
    assert [row.person for row in find_attendance(minutes)] == ["Ada Ek", "Bo Lind"]


def test_a_plan_has_no_attendance() -> None:
    minutes = read_minutes("Handlingsplan 2031\n\nDeltagare: Ada Ek, Bo Lind\n", "handlingsplan.txt")
    assert find_attendance(minutes) == []


def test_the_proof_is_the_row_of_the_person() -> None:
    minutes = read_minutes(HEAD + "Närvarande:\tAda Ek\tGranviks kommun\n\tBo Lind\tÄlvtorps kommun\n" + OPENING)
    proofs = [minutes.words(row.proof) for row in find_attendance(minutes)]
    assert proofs == ["Närvarande:\tAda Ek\tGranviks kommun", "Bo Lind\tÄlvtorps kommun"]


def _within(minutes: Minutes, row: Attendance) -> bool:
    return any(
        one.section == row.proof.section
        and one.number == row.proof.paragraph
        and one.start <= row.proof.start < row.proof.end <= one.end
        for one in minutes.paragraphs
    )


@pytest.mark.skipif(not (SHARED / "gold" / "seeds-facts.jsonl").exists(), reason="the shared gold facts are not here")
def test_every_proof_stands_in_its_paragraph_and_holds_the_name() -> None:
    lines = (SHARED / "gold" / "seeds-facts.jsonl").read_text(encoding="utf-8").splitlines()
    names = {json.loads(line)["doc"] for line in lines}
    files = [file for file in (SHARED / "corpus" / "seeds").iterdir() if any(name in file.name for name in names)]
    found = 0
    for file in files:
        minutes = read_minutes(file.read_text(encoding="utf-8"), file.name)
        for row in find_attendance(minutes):
            found += 1
            assert _within(minutes, row), row
            assert (row.person or row.organisation or "") in " ".join(minutes.words(row.proof).split())
    assert found


@pytest.mark.parametrize("number", [", 800215-0000", " (19800215-0000)", " 198002150000", ", 800215-XXXX"])
def test_a_personal_number_after_a_name_is_left_out(number: str) -> None:
    rows = attendance(f"Närvarande:\n- Ada Ek{number}\n- Bo Lind{number}\n")
    assert who(rows) == [("Ada Ek", None, "present"), ("Bo Lind", None, "present")]


def test_a_roll_below_an_underlined_heading_and_a_sentence_on_votes_is_read() -> None:
    rows = attendance(
        "Fastställande av röstlängd\n==========================\n\nSamtliga närvarande vid mötet har rösträtt.\n\n"
        "-   Ada Ek, 800215-0000\n\n-   Bo Lind, 840307-0000\n\nGodkännande\n===========\n\nGodkändes.\n",
        "protokoll.md",
    )
    assert [row.person for row in rows] == ["Ada Ek", "Bo Lind"]


@pytest.mark.parametrize("part", ["ärende 5-6, 8", "§§ 1-3, 5 och 7", "punkterna 2, 4"])
def test_sections_after_a_comma_belong_to_the_part(part: str) -> None:
    rows = attendance(f"Närvarande:\n- Ada Ek {part}\n- Bo Lind\n")
    assert [row.part for row in rows] == [part, None]


def test_the_sections_of_one_do_not_swallow_the_next_name_of_a_run() -> None:
    rows = attendance("Närvarande: Ada Ek ärende 5-6, 8, Bo Lind, Eva Alm")
    assert [(row.person, row.part) for row in rows] == [
        ("Ada Ek", "ärende 5-6, 8"),
        ("Bo Lind", None),
        ("Eva Alm", None),
    ]


def test_an_entry_that_goes_on_below_keeps_its_part() -> None:
    rows = attendance("Närvarande:\nBo Lind, ekonom\nAda Ek, verksamhetschef\nLokalvård § 62\n\nSekreterare: Siv Berg")
    assert [(row.person, row.part) for row in rows][:2] == [("Bo Lind", None), ("Ada Ek", "§ 62")]


def test_names_below_two_columns_that_fell_together_get_no_capacity() -> None:
    rows = attendance(
        "Beslutande    Ledamöter\nKaj Holm (V)\nPersonalföreträdare           Övriga\n"
        "Ada Ek (S), byalagets\nordförande, Granviks stad\nBo Lind, ekonom\n"
    )
    assert {row.person: row.capacity for row in rows} == {"Kaj Holm": "ledamot", "Ada Ek": None, "Bo Lind": None}


@pytest.mark.parametrize("gap", [" | ", "\t"])
def test_the_second_person_after_an_organisation_gets_it_too(gap: str) -> None:
    rows = attendance(f"Närvarande:\nGranviks kommun{gap}Ada Ek, Bo Lind\nÄlvtorps kommun{gap}Eva Alm\n")
    assert [(row.person, row.organisation) for row in rows] == [
        ("Ada Ek", "Granviks kommun"),
        ("Bo Lind", "Granviks kommun"),
        ("Eva Alm", "Älvtorps kommun"),
    ]
