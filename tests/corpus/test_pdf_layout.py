"""The reading order of pages: columns, tables, labels, heads, signatures."""

from __future__ import annotations

import pytest
from pdf_making import LEADING, made, page, put, sheet

from corpus.readers import read_bytes


def text_of(data: bytes) -> str:
    return read_bytes(data, "protokoll.pdf").text


def lines_of(data: bytes) -> list[str]:
    return [line for line in text_of(data).split("\n") if line]


LEFT = [
    "Föreningen har under året arbetat med",
    "att rusta upp bryggan vid badplatsen och",
    "med att göra i ordning stigen runt sjön.",
    "Arbetet har skett på fyra städdagar som",
    "samlade tolv medlemmar var och avslutades",
    "med korvgrillning nere vid stranden.",
]
RIGHT = [
    "Nästa år planerar styrelsen en ny flotte",
    "som ersätter den gamla från förra seklet.",
    "Pengar till virket söks hos kommunen och",
    "hos den lokala sparbanken, som tidigare",
    "har gett bidrag till föreningens arbete",
    "med barn och unga i stadsdelen.",
]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    data = page((60, 180, LEFT), (310, 180, RIGHT))
    assert lines_of(data) == LEFT + RIGHT


def test_a_responsible_person_stands_on_the_row_of_the_point() -> None:
    def points(top: float) -> list[tuple[float, float, list[str]]]:
        return [
            (60, top, ["Punkt"]),
            (100, top, ["Vad"]),
            (450, top, ["Ansvarig"]),
            (66, top + LEADING, ["1."]),
            (100, top + LEADING, ["Bryggan"]),
            (
                118,
                top + 2 * LEADING,
                [
                    "A) Plankorna närmast land är ruttna och byts före midsommar.",
                    "Virke finns i boden sedan i fjol och räcker till hela bryggan.",
                    "B) Stegen har lossnat och skruvas fast på nästa städdag, som är",
                    "den femte maj.",
                    "C) Livbojen hänger på sin plats.",
                ],
            ),
            (450, top + 2 * LEADING, ["Eva Ek köper", "skruv"]),
            (450, top + 4 * LEADING, ["Bo"]),
        ]

    assert lines_of(page(*points(200))) == [
        "Punkt Vad | Ansvarig",
        "1. Bryggan",
        "A) Plankorna närmast land är ruttna och byts före midsommar. "
        "Virke finns i boden sedan i fjol och räcker till hela bryggan. | Eva Ek köper skruv",
        "B) Stegen har lossnat och skruvas fast på nästa städdag, som är den femte maj. | Bo",
        "C) Livbojen hänger på sin plats.",
    ]


def test_the_person_beside_a_numbered_heading_goes_to_the_text_under_it() -> None:
    data = page(
        (66, 200, ["4.", "", "5."]),
        (100, 200, ["Städdagen", "Städdagen hålls den första lördagen i maj.", "Ekonomi", "Kassan är god."]),
        (400, 200, ["Eva Ek"]),
    )
    assert lines_of(data) == [
        "4. Städdagen", "Städdagen hålls den första lördagen i maj. | Eva Ek", "5. Ekonomi", "Kassan är god.",
    ]  # fmt: skip


def test_each_row_of_a_list_is_a_row() -> None:
    data = page(
        (60, 200, ["Eva Ek", "Bo Alm", "Kim Björk"]),
        (200, 200, ["ordförande", "kassör", "ledamot"]),
        (330, 200, ["hus nr 4", "hus nr 11", "hus nr 9"]),
    )
    assert lines_of(data) == [
        "Eva Ek | ordförande | hus nr 4", "Bo Alm | kassör | hus nr 11", "Kim Björk | ledamot | hus nr 9",
    ]  # fmt: skip


def test_ruling_lines_part_rows_that_stand_close() -> None:
    rows = ["Bryggan vid den stora badplatsen behöver", "nya plankor", "Stigen runt sjön", "röjs"]

    def rule(pdf) -> None:  # type: ignore[no-untyped-def]
        for k in (0, 2, 4):
            pdf.line(55, 190 + k * LEADING, 500, 190 + k * LEADING)

    data = page((60, 200, rows), (400, 200, ["Eva Ek", "", "Bo Alm"]), draw=rule)
    assert lines_of(data) == [
        "Bryggan vid den stora badplatsen behöver nya plankor | Eva Ek", "Stigen runt sjön röjs | Bo Alm",
    ]  # fmt: skip


def test_two_lists_of_names_are_read_one_after_the_other() -> None:
    present = ["Närvarande", "Eva Ek", "Bo Alm", "Kim Björk"]
    absent = ["Frånvarande", "Åke Ask", "Mia Lind"]
    assert lines_of(page((60, 200, present), (320, 200, absent))) == present + absent


def test_labels_stand_before_their_values() -> None:
    data = page(
        (60, 200, ["Plats:", "Närvarande:", "", "Frånvarande:"]),
        (180, 200, ["Bystugan", "Eva Ek, Bo Alm, Kim Björk, Åke Ask, Mia Lind,", "Per Gran", "Ulf Rönn"]),
    )
    assert lines_of(data) == [
        "Plats: Bystugan",
        "Närvarande: Eva Ek, Bo Alm, Kim Björk, Åke Ask, Mia Lind,",
        "Per Gran",
        "Frånvarande: Ulf Rönn",
    ]


def test_the_parts_of_a_page_head_are_lines_of_their_own() -> None:
    data = page((60, 50, ["Ladans byalag"]), (300, 50, ["PROTOKOLL"]), (500, 50, ["3 (12)"]), (60, 160, LEFT))
    assert lines_of(data)[:3] == ["Ladans byalag", "PROTOKOLL", "3 (12)"]


def test_signatures_are_read_label_by_label() -> None:
    data = page(
        (60, 160, LEFT),
        (60, 400, ["Vid protokollet", "", "", "Eva Ek", "Sekreterare"]),
        (320, 400, ["Justeras", "", "", "Bo Alm", "Ordförande"]),
    )
    assert lines_of(data)[len(LEFT) :] == [
        "Vid protokollet",
        "Eva Ek",
        "Sekreterare",
        "Justeras",
        "Bo Alm",
        "Ordförande",
    ]


def test_a_number_stays_with_its_text_and_a_gap_parts_paragraphs() -> None:
    data = page((60, 200, ["1.", "", "2."]), (90, 200, ["Mötet öppnas", "", "Val av justerare", "Bo Alm väljs."]))
    assert text_of(data) == "1. Mötet öppnas\n\n2. Val av justerare\nBo Alm väljs."


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_upright(turn: int) -> None:
    pdf = sheet()
    pdf.add_page()
    with pdf.rotation(turn, pdf.w / 2, pdf.h / 2):
        put(pdf, 60, 300, *LEFT)
    assert lines_of(made(pdf)) == LEFT


def test_a_page_that_is_shown_turned_is_read_as_its_text_runs() -> None:
    data = page((60, 200, LEFT))
    assert lines_of(data.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate 90\n")) == LEFT
